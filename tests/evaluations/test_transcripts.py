"""Transcripts as they come in: which text is read, what is said about it, what is refused."""

import io

import pytest

from evaluations import transcripts
from evaluations.transcripts import Transcript, TranscriptRefused, clean_text, read_transcript
from tests.evaluations.documents import docx, docx_of, paragraph
from tests.files import understating_sizes, with_encryption_flag, xlsx

SAID = "Kata “Ibu” – kafé\nbaris kedua"


def read(name: str, content: bytes, longest: int = 2_000_000) -> Transcript:
    return read_transcript(name, len(content), io.BytesIO(content), longest=longest)


# --- Plain text ------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_a_text_in_unicode_is_read_as_it_is(encoding):
    assert read("a.txt", SAID.encode(encoding)) == Transcript(SAID)


def test_a_text_of_windows_is_read_and_its_lines_are_named():
    read_back = read("a.txt", "biasa\nkafé\nbiasa\n“ya”".encode("cp1252"))
    assert read_back.text == "biasa\nkafé\nbiasa\n“ya”"
    assert read_back.note == (
        "2 baris tidak memakai UTF-8 dan dibaca sebagai Windows-1252 (2, 4); periksa huruf beraksen."
    )


def test_lines_in_two_encodings_are_read_each_in_its_own():
    assert read("a.txt", "kafé\n".encode() + "kafé\n".encode("cp1252")).text == "kafé\nkafé"


def test_a_letter_that_cannot_be_read_is_replaced_and_its_line_named():
    read_back = read("a.txt", b"baik\nrusak \x81\xff di sini")
    assert read_back.text == "baik\nrusak �ÿ di sini"
    assert read_back.note == "Ada huruf yang tidak dapat dibaca dan diganti “�” pada 1 baris (2)."


def test_many_lines_are_named_by_the_first_five():
    assert "(1, 2, 3, 4, 5, …)" in read("a.txt", "é\n".encode("cp1252") * 9).note


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("a\r\nb\rc\x0bd\x0ce\u2028f", "a\nb\nc\nd\ne\nf"),
        ("a\0b\x07c\x7fd\x9fe", "abcde"),
        ("\ufeffjudul \u202ekanan\u202c", "judul kanan"),
        ("kolom\tdua", "kolom\tdua"),
        ("<p class=MsoNormal>ya</p>", "<p class=MsoNormal>ya</p>"),
        ("setengah \ud83d pasangan", "setengah  pasangan"),
        ("🙂 kafe\u0301", "🙂 kafe\u0301"),
    ],
)
def test_marks_that_nobody_sees_go_and_markup_stays(pasted, kept):
    assert clean_text(pasted) == kept


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.doc", b"x", "Hanya berkas .txt dan .docx yang dapat dibaca."),
        ("a", b"x", "Hanya berkas .txt dan .docx yang dapat dibaca."),
        ("a.txt", b"", "Berkas ini kosong."),
        ("a.txt", b" \n\t ", "tidak memuat teks"),
        ("a.txt", b"%PDF-1.7 ...", "bukan teks biasa"),
        ("a.txt", b"{\\rtf1\\ansi halo}", "bukan teks biasa"),
        ("a.txt", b"PK\x03\x04arsip", "bukan teks biasa"),
        ("a.txt", b"ab\x01\x02\x03\x04cd" * 50, "bukan teks yang dapat dibaca"),
        ("a.txt", b"x" * 101, "lebih panjang dari 100 karakter"),
        ("a.txt", "é".encode() * 101, "lebih panjang dari 100 karakter"),
        ("a.txt", b"x" * 401, "lebih panjang dari 100 karakter"),
    ],
)
def test_a_text_that_cannot_be_taken_is_refused_with_a_reason(name, content, why):
    with pytest.raises(TranscriptRefused, match=why):
        read(name, content, longest=100)


def test_two_million_characters_are_taken():
    text = ("kata " * 400_000).strip()
    assert len(read("a.txt", text.encode()).text) == 1_999_999


# --- Documents of Word -----------------------------------------------------------------


def test_paragraphs_and_cells_are_read_in_their_order():
    row = "<w:tr><w:tc>{}{}</w:tc><w:tc>{}</w:tc></w:tr>".format(*map(paragraph, "ABC"))
    body = paragraph("Satu") + f"<w:tbl>{row}</w:tbl>" + paragraph("Dua")
    assert read("a.docx", docx(body)) == Transcript("Satu\nA\nB\tC\nDua")


def test_what_a_reader_of_the_document_sees_is_read():
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"
        "<w:del><w:r><w:delText>dibuang</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>dipindah</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>d</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert read("a.docx", docx(body)).text == "a\tb\ncd"


def test_markup_inside_a_document_stays_text():
    assert read("a.docx", docx_of(["&lt;script&gt;alert(1)&lt;/script&gt; &amp; ya"])).text == (
        "<script>alert(1)</script> & ya"
    )


MACROS = {"word/vbaProject.bin": b"x"}
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (docx_of(["ya"])[:-40], "bukan DOCX yang utuh"),
        (xlsx([["x"]]), "bukan DOCX yang utuh"),
        (b"Kata saya begini", "bukan DOCX yang utuh"),
        (docx(paragraph("ya"), **MACROS), "bukan DOCX yang utuh"),
        (docx(paragraph("&b;"), before=BOMB), "bukan dokumen Word yang wajar"),
        (docx(paragraph("&a;"), before=OUTSIDE), "bukan dokumen Word yang wajar"),
        (docx("<w:p><w:r>"), "rusak atau terkunci"),
        (with_encryption_flag(docx_of(["ya"])), "rusak atau terkunci"),
        (understating_sizes(docx_of(["ya"] * 50), "word/document.xml", 60), "rusak atau terkunci"),
        (docx(""), "tidak memuat teks"),
        (docx_of(["x" * 60, "x" * 60]), "lebih panjang dari 100 karakter"),
    ],
)
def test_a_document_that_cannot_be_taken_is_refused_with_a_reason(content, why):
    with pytest.raises(TranscriptRefused, match=why):
        read("a.docx", content, longest=100)


@pytest.mark.parametrize(("limit", "value"), [("MAX_BODY_BYTES", 5_000), ("MAX_ELEMENTS", 500)])
def test_a_document_that_grows_when_it_is_unpacked_is_refused_on_the_way(monkeypatch, limit, value):
    monkeypatch.setattr(transcripts, limit, value)
    with pytest.raises(TranscriptRefused, match="terlalu besar setelah dibuka"):
        read("a.docx", docx("<w:p/>" * 10_000))


def test_a_file_is_judged_before_it_is_read():
    content = io.BytesIO(b"")
    with pytest.raises(TranscriptRefused, match="lebih panjang"):
        read_transcript("a.docx", 21 * 1024 * 1024, content, longest=100)
