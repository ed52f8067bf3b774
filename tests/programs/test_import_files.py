"""Every kind of file that people send by mistake or on purpose: refused in one clear sentence, nothing kept."""

import pytest
from django.urls import reverse

from tests.files import xls, xlsx, xlsx_with_sheet_xml, zipped
from tests.programs.rosters import HEADER, agree, counts, file_of, job_of, line, nip, person, problems, upload


@pytest.fixture
def url(world):
    return reverse("roster_upload", args=[world.here.program.pk])


BAD_FILES = {
    "empty": (b"", "kosong"),
    "only spaces": (b"  \n \n", "kosong"),
    "renamed pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
    "renamed picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), ""),
    "password": (xls({(0, 0): "NIP", (1, 0): "x"}, encrypted=True), "sandi"),
    "too big": (b"NIP;Nama\n" + b"x" * (25 * 1024 * 1024), "25 MB"),
    "zip bomb": (
        zipped(
            {
                "[Content_Types].xml": b"<Types/>",
                "xl/workbook.xml": b"<workbook/>",
                "xl/worksheets/sheet1.xml": b"0" * (300 * 1024 * 1024),
            }
        ),
        "",
    ),
    "other zip": (zipped({"a.txt": b"x"}), ""),
    "no NIP column": (xlsx([("Nama", "Jabatan"), ("Satu", "Analis")]), "Kolom NIP tidak ditemukan"),
    "header only": (xlsx([HEADER]), "judul kolom"),
    "a header twice": (xlsx([("NIP", "Nama", "Nama"), (nip(1), "a", "b")]), "lebih dari sekali"),
    "entities": (
        xlsx_with_sheet_xml(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>',
            before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        ),
        "",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_is_no_roster_is_refused_at_its_field(staff, url, case):
    content, word = BAD_FILES[case]
    before = counts()
    page = upload(staff, url, content)
    (error,) = page.context["form"].errors["file"]
    assert page.status_code == 200
    assert word in error
    assert error.endswith((".", "…"))
    assert counts() == before


def test_no_file_at_all_is_asked_for(staff, url):
    page = staff.post(url, {})
    assert page.context["form"].errors["file"] == ["Pilih berkas yang akan diimpor."]


def test_merged_titles_and_a_numbering_row_are_read_over(staff, url):
    content = xlsx(
        [
            ("PEMERINTAH KOTA", None, None),
            ("DAFTAR PESERTA PELATIHAN", None, None),
            ("No", "NIP", "Nama"),
            ("(1)", "(2)", "(3)"),
            (1, nip(1), "Satu"),
        ]
    )
    page = upload(staff, url, content)
    assert (job_of(page).counts["new"], problems(page)) == (1, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_survive_other_encodings(staff, url, encoding):
    content = f"NIP;Nama\r\n{nip(1)};Renée Ñusa\r\n".encode(encoding)
    agree(staff, upload(staff, url, content, "peserta.csv"))
    assert person(1).name == "Renée Ñusa"


def test_a_nip_stored_as_number_is_refused_with_the_way_to_mend_it(staff, url):
    page = upload(staff, url, file_of(line(1, nip=float(nip(1)))))
    ((row, column, told),) = problems(page)
    assert (row, column) == (2, "NIP")
    assert told.startswith("NIP tersimpan sebagai bilangan")
    assert "ubah kolom menjadi Teks" in told
