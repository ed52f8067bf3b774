"""Which files may be kept as material: name and content together."""

import io
import zipfile

import pytest

from programs import material_files
from programs.material_files import MaterialRefused, check_file, clean_name, content_type_of
from tests.files import ods, xlsx, zipped

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
EXE = b"MZ\x90\x00" + bytes(200)
DOCX = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
PPTX = zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<presentation/>"})
XLSX = xlsx([["NIP"]])
ODS = ods("")


def open_document(kind: str) -> bytes:
    return ods("", mimetype=f"application/vnd.oasis.opendocument.{kind}")


def check(name: str, content: bytes):
    return check_file(name, len(content), io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("Modul 1.pdf", PDF, "pdf"),
        ("MODUL.PDF", PDF, "pdf"),
        ("a.docx", DOCX, "docx"),
        ("a.pptx", PPTX, "pptx"),
        ("a.xlsx", XLSX, "xlsx"),
        ("a.ods", ODS, "ods"),
        ("a.odt", open_document("text"), "odt"),
        ("a.odp", open_document("presentation"), "odp"),
        ("a.jpg", JPEG, "jpg"),
        ("a.jpeg", JPEG, "jpg"),
        ("a.png", PNG, "png"),
        ("setup.exe.pdf", PDF, "pdf"),
    ],
)
def test_file_whose_name_and_content_agree_is_taken(name, content, ending):
    checked = check(name, content)
    assert checked.kind.ending == ending
    assert checked.name.endswith(f".{ending}")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("modul.pdf", EXE),
        ("modul.docx", EXE),
        ("modul.jpg", EXE),
        ("modul.png", JPEG),
        ("modul.pdf", DOCX),
        ("modul.docx", XLSX),
        ("modul.xlsx", zipped({"jahat.exe": EXE})),
        ("modul.odt", ODS),
        ("modul.ods", zipped({"content.xml": b"", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})),
        # Two files in one: a program, a page or an archive before or behind the document.
        ("modul.pdf", EXE + PDF),
        ("modul.pdf", b"<script>alert(1)</script>" + PDF),
        ("modul.pdf", PDF + bytes(3000) + DOCX),
        ("modul.docx", EXE + DOCX),
        ("modul.docx", DOCX + EXE),
        ("foto.jpg", JPEG + DOCX),
        ("foto.png", PNG + EXE),
        # Cut off on the way.
        ("modul.pdf", PDF[:20]),
        ("modul.docx", DOCX[:-10]),
        ("modul.docx", b"PK\x03\x04" + bytes(100)),
        ("foto.jpg", JPEG[:-2]),
        ("foto.png", PNG[:-4]),
    ],
)
def test_file_whose_content_is_something_else_is_refused(name, content):
    with pytest.raises(MaterialRefused, match="Isi berkas ini bukan"):
        check(name, content)


def test_document_with_macros_is_refused():
    parts = {"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b"x"}
    with pytest.raises(MaterialRefused, match="bukan DOCX"):
        check("surat.docx", zipped(parts))


def test_archive_of_a_million_parts_is_refused_before_it_is_opened(monkeypatch):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(100):
            archive.writestr(f"{'x' * 200}{number}", b"")
    monkeypatch.setattr(material_files, "MAX_DIRECTORY_BYTES", 1000)
    opened = []
    monkeypatch.setattr(zipfile, "ZipFile", lambda *args: opened.append(args))
    with pytest.raises(MaterialRefused):
        check("a.docx", buffer.getvalue())
    assert opened == []


@pytest.mark.parametrize(
    "name",
    ["modul.exe", "modul", "modul.docm", "a.zip", "a.mp4", "a.svg", "a.html", "laporan\u202efdp.exe", ".pdf.", ""],
)
def test_file_of_another_kind_is_refused_with_the_list(name):
    with pytest.raises(MaterialRefused, match="pdf, docx, pptx, xlsx, odt, odp, ods, jpg, png"):
        check(name, PDF)


def test_empty_file_and_too_large_file_are_refused():
    with pytest.raises(MaterialRefused, match="kosong"):
        check("a.pdf", b"")
    with pytest.raises(MaterialRefused, match="20 MB"):
        check_file("a.pdf", 20 * 1024 * 1024 + 1, io.BytesIO(PDF))
    assert check_file("a.pdf", 20 * 1024 * 1024, io.BytesIO(PDF)).name == "a.pdf"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\siti\\modul.pdf", "modul.pdf"),
        ("modul\0.pdf", "modul.pdf"),
        ("gpj\u202efdp.pdf", "gpjfdp.pdf"),
        ("\u200emodul\u200b\ufeff.pdf", "modul.pdf"),
        ("modul\r\nSet-Cookie: a.pdf", "modul Set-Cookie: a.pdf"),
        ("  modul   satu .pdf", "modul satu.pdf"),
        (".pdf", ".pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("a." + "y" * 300, "a.yyyyyyyyyy"),
        ("e\u0301.pdf", "\u00e9.pdf"),
    ],
)
def test_names_lose_what_nobody_sees(name, clean):
    assert clean_name(name) == clean


def test_file_without_a_name_before_its_ending_gets_one():
    assert check(".pdf", PDF).name == "materi.pdf"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.pdf", "application/pdf"), ("a.exe", "application/octet-stream"), ("a", "application/octet-stream")],
)
def test_content_type_is_known_or_plain_bytes(name, expected):
    assert content_type_of(name) == expected
