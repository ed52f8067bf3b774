"""Files that are not what they seem, and files made to harm: each gets its sentence, none harms the process."""

import zipfile

import pytest

from asn_eval.tables import Row, read_table, workbook
from tests.files import (
    compound_file,
    ods,
    ods_row,
    refusal,
    understating_sizes,
    unzipped,
    with_encryption_flag,
    xls,
    xlsx,
    xlsx_sharing_one_text,
    xlsx_with_sheet_xml,
    zipped,
)

LINES = [["NIP", "Nama"], ["1", "Ani"], ["2", "Budi"]]
ROWS = (Row(2, ("1", "Ani")), Row(3, ("2", "Budi")))
CELL = '<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>x</t></is></c></row>'

BROKEN = "Berkas ini rusak atau tidak lengkap; buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
PASSWORD = "Berkas ini dilindungi kata sandi; buka di Excel, hapus kata sandinya, lalu simpan ulang."
TOO_LARGE = (
    "Isi berkas ini terlalu besar setelah dibuka; salin hanya kolom dan baris yang diperlukan ke buku kerja baru, "
    "lalu unggah buku kerja itu."
)
STOPPED = (
    "Pembacaan berkas ini terhenti karena isinya rusak atau terlalu besar; salin hanya data yang diperlukan "
    "ke buku kerja baru, lalu unggah buku kerja itu."
)
EMPTY = "Berkas ini kosong; pilih berkas yang berisi data."


def not_a_table(what):
    return f"Berkas ini sebenarnya {what}, bukan tabel yang dapat dibaca; simpan datanya sebagai .xlsx atau CSV."


def renamed(extension, kind):
    return f"Nama berkas berakhiran {extension}, tetapi isinya {kind}; berkas dibaca menurut isinya."


# --- what the file really is -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", EMPTY),
        (b" \r\n\t\n", EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3", not_a_table("dokumen PDF")),
        (b"\x89PNG\r\n\x1a\n\0\0", not_a_table("gambar PNG")),
        (b"\xff\xd8\xff\xe0", not_a_table("gambar JPEG")),
        (b"GIF89a", not_a_table("gambar GIF")),
        (b"{\\rtf1", not_a_table("dokumen RTF")),
        (b"Rar!\x1a\x07\x01", not_a_table("arsip RAR")),
        (b"7z\xbc\xaf\x27\x1c", not_a_table("arsip 7z")),
        (b"\x1f\x8b\x08", not_a_table("arsip GZIP")),
        (b"\xef\xbb\xbf <HTML><table>", not_a_table("halaman web atau XML")),
        (b"<?xml version='1.0'?><Workbook/>", not_a_table("halaman web atau XML")),
        (zipped({"word/document.xml": b"<w/>"}), not_a_table("dokumen Word")),
        (zipped({"ppt/presentation.xml": b"<p/>"}), not_a_table("presentasi PowerPoint")),
        (zipped({"xl/workbook.bin": b"\0"}), not_a_table("buku kerja biner .xlsb")),
        (zipped({"foto.jpg": b"x"}), not_a_table("arsip ZIP")),
        (zipped({}), not_a_table("arsip ZIP")),
        (ods("", mimetype="application/vnd.oasis.opendocument.text"), not_a_table("arsip ZIP")),
        (compound_file({"WordDocument": b"x"}), not_a_table("dokumen Office lama")),
        (compound_file({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), PASSWORD),
        (xls({(0, 0): "NIP"}, encrypted=True), PASSWORD),
        (with_encryption_flag(xlsx(LINES)), PASSWORD),
        (xlsx(LINES)[:-400], BROKEN),
        (b"PK\x03\x04 bukan zip", BROKEN),
        (zipped({"xl/workbook.xml": b"bukan xml"}), BROKEN),
        (compound_file({"Workbook": b"\1" * 5000}), BROKEN),
    ],
)
def test_read_table_names_what_is_not_a_table(content, message):
    assert refusal(content, filename="peserta.xlsx") == message


def test_read_table_recognises_an_encrypted_ods():
    entries = unzipped(ods(ods_row("NIP", "Nama")))
    entries["META-INF/manifest.xml"] += b"<!-- <manifest:encryption-data> -->"
    assert refusal(zipped(entries)) == PASSWORD


@pytest.mark.parametrize(
    ("content", "filename", "notes"),
    [
        (xlsx(LINES), "a.csv", renamed(".csv", "Excel (.xlsx)")),
        (b"NIP;Nama\n1;Ani\n2;Budi", "a.XLSX", renamed(".xlsx", "CSV")),
        (xlsx(LINES), "a.XLSX", None),
        (xlsx(LINES), "a", None),
    ],
)  # fmt: skip
def test_read_table_reads_a_renamed_file_as_what_it_is(content, filename, notes):
    table = read_table(content, filename=filename)
    assert (table.rows, table.notes) == (ROWS, (notes,) if notes else ())


# --- hostile files -----------------------------------------------------------------------------


def bomb(megabytes):
    return zipped({**unzipped(xlsx(LINES)), "xl/worksheets/sheet1.xml": bytes(megabytes << 20)})


def test_read_table_refuses_a_zip_bomb_by_its_directory():
    assert refusal(bomb(101)) == TOO_LARGE


def test_read_table_refuses_a_zip_bomb_below_the_limit_by_its_ratio():
    assert refusal(bomb(20)) == TOO_LARGE


def test_read_table_refuses_a_zip_bomb_that_understates_its_size():
    assert refusal(understating_sizes(bomb(101), "xl/worksheets/sheet1.xml", 100)) == TOO_LARGE


def test_read_table_refuses_an_archive_whose_sizes_are_wrong():
    assert refusal(understating_sizes(xlsx(LINES), "xl/worksheets/sheet1.xml", 100)) == BROKEN


def test_read_table_refuses_an_archive_of_very_many_entries():
    entries = {f"xl/media/{number}": b"" for number in range(2_001)}
    assert refusal(zipped({**unzipped(xlsx(LINES)), **entries}, zipfile.ZIP_STORED)) == TOO_LARGE


def test_read_table_never_opens_an_archive_inside_an_archive():
    nested = {**unzipped(xlsx(LINES)), "xl/embeddings/buku.xlsx": bomb(101), "xl/media/": b""}
    assert read_table(zipped(nested)).rows == ROWS


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (CELL.format(row=1, column="A") + CELL.format(row=1048576, column="XFD"), STOPPED),
        (
            CELL.format(row=1, column="A") + CELL.format(row=1048576, column="B"),
            "Isi berkas melebihi 20.000 baris; bagi menjadi beberapa berkas atau hapus isi di bawah data.",
        ),
        (
            CELL.format(row=1, column="A") + CELL.format(row=2, column="XFD"),
            "Isi berkas melebihi 200 kolom; hapus kolom yang tidak diperlukan.",
        ),
    ],
)
def test_read_table_survives_a_cell_at_the_far_end_of_the_sheet(sheet, message):
    assert refusal(xlsx_with_sheet_xml(sheet)) == message


def test_read_table_survives_a_cell_at_the_far_end_of_an_old_workbook():
    assert refusal(xls({(0, 0): "NIP", (65535, 65535): "Nama"})) == STOPPED


def test_read_table_survives_a_row_repeated_a_million_times():
    message = "Isi berkas melebihi 20.000 baris; bagi menjadi beberapa berkas atau hapus isi di bawah data."
    assert refusal(ods(ods_row("NIP", "Nama") + ods_row("1", "Ani", repeated=1_000_000))) == message


def test_read_table_ignores_empty_rows_repeated_to_the_end():
    content = ods("".join(ods_row(*line) for line in LINES) + ods_row(repeated=1_048_000))
    assert read_table(content).rows == ROWS


@pytest.mark.parametrize(
    ("megabytes", "message"),
    [(1, TOO_LARGE), (8, STOPPED)],
    ids=["the answer would be too long", "the reader runs out of memory"],
)
def test_read_table_refuses_cells_that_share_one_huge_text(megabytes, message):
    assert refusal(xlsx_sharing_one_text(megabytes << 20, n_cells=200)) == message


def test_read_table_does_not_expand_xml_entities():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>'
    assert refusal(xlsx_with_sheet_xml(cell, before=doctype)) == BROKEN


def test_read_table_gives_up_on_a_file_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(workbook, "WALL_SECONDS", 0.001)
    assert refusal(xlsx(LINES)) == STOPPED


def test_read_table_still_reads_after_a_reader_was_ended():
    refusal(xls({(0, 0): "NIP", (65535, 65535): "Nama"}))
    assert read_table(xlsx(LINES)).rows == ROWS
