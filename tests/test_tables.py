"""Every kind of file that may arrive at an import, from the ordinary to the hostile."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from asn_eval.tables import Row, header_key, read_table
from asn_eval.tables.layout import column_letter
from tests.files import (
    ods,
    ods_row,
    refusal,
    saved,
    xls,
    xlsx,
    xlsx_with_sheet_xml,
)

LINES = [["NIP", "Nama"], ["1", "Ani"], ["2", "Budi"]]
HEADER = ("NIP", "Nama")
ROWS = (Row(2, ("1", "Ani")), Row(3, ("2", "Budi")))
CELL = '<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>x</t></is></c></row>'

EMPTY_WORKBOOK = "Buku kerja ini tidak memuat data; isi judul kolom dan datanya, lalu unggah lagi."


@pytest.mark.parametrize(
    "content",
    [
        xlsx(LINES),
        xls({(r, c): cell for r, line in enumerate(LINES) for c, cell in enumerate(line)}),
        ods("".join(ods_row(*line) for line in LINES)),
        b"NIP;Nama\r\n1;Ani\r\n2;Budi\r\n",
    ],
    ids=["xlsx", "xls", "ods", "csv"],
)
def test_read_table_gives_the_same_rows_for_every_format(content):
    table = read_table(content)
    assert (table.header, table.rows, table.notes, table.header_number) == (HEADER, ROWS, (), 1)


def test_read_table_takes_a_path_its_text_and_an_open_file(tmp_path):
    path = tmp_path / "peserta.csv"
    path.write_bytes(b"NIP;Nama\n1;Ani\n2;Budi\n")
    with path.open("rb") as file:
        tables = [read_table(path), read_table(str(path)), read_table(file)]
    assert [table.rows for table in tables] == [ROWS] * 3


def test_read_table_says_when_a_file_cannot_be_opened(tmp_path):
    path = tmp_path / "hilang.csv"
    assert refusal(path) == f"Berkas {path} tidak dapat dibuka; periksa nama, letak dan izinnya."


def test_read_table_refuses_a_large_file_before_reading_it(tmp_path):
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    expected = "Berkas ini lebih besar dari batas 10 MB; bagi menjadi beberapa berkas yang lebih kecil."
    assert refusal(path) == expected
    with path.open("rb") as file:
        assert refusal(file) == expected
        assert file.tell() == 10 * 1024 * 1024 + 1
    assert refusal(b"x" * 11, max_bytes=10).startswith("Berkas ini lebih besar dari batas")


def test_read_table_takes_a_file_of_exactly_the_limit():
    content = b"NIP;Nama\n1;Ani\n2;Budi\n"
    assert read_table(content, max_bytes=len(content)).rows == ROWS


# --- spreadsheets ------------------------------------------------------------------------------


def test_read_table_keeps_types_and_leaves_formulas_without_value_empty():
    moment = datetime(2026, 2, 3, 14, 30)
    content = xlsx(
        [
            ["NIP", "Nama", "Lahir", "Waktu", "Aktif", "Nilai", "Rumus"],
            [198601012015051901, "  Ani ", date(1986, 1, 1), moment, True, 80.5, "=1+1"],
            ["x", None, None, None, None, None, None],
        ]
    )
    [row, _last] = read_table(content).rows
    # Excel itself keeps 15 digits: what arrives is a float, and the caller has to refuse it as a NIP.
    assert row.cells == (198601012015051901.0, "Ani", date(1986, 1, 1), moment, True, 80.5, None)
    assert [type(cell) for cell in row.cells[:4]] == [float, str, date, datetime]


def test_read_table_gives_the_cached_value_of_a_formula():
    cells = (
        '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>"A"</f><v>Ani</v></c><c r="C2" t="e"><v>#N/A</v></c>'
    )
    header = "".join(f'<c r="{c}1" t="inlineStr"><is><t>{c}</t></is></c>' for c in "ABC")
    table = read_table(xlsx_with_sheet_xml(f'<row r="1">{header}</row><row r="2">{cells}</row>'))
    assert table.rows == (Row(2, (2.0, "Ani", None)),)


def test_read_table_numbers_rows_as_the_spreadsheet_does():
    workbook = openpyxl.Workbook()
    for row, values in ((4, LINES[0]), (5, LINES[1]), (9, LINES[2])):
        for column, value in enumerate(values, 3):
            workbook.active.cell(row, column, value)
    table = read_table(saved(workbook))
    assert (table.header, table.header_number) == (HEADER, 4)
    assert table.rows == (Row(5, ("1", "Ani")), Row(9, ("2", "Budi")))


def test_read_table_reads_the_first_sheet_with_data_and_names_it():
    table = read_table(xlsx([["  "]], Peserta=LINES, Lain=[["a", "b"], ["c", "d"]]))
    assert table.rows == ROWS
    assert table.notes == ("Berkas memiliki 3 lembar; yang dibaca adalah lembar “Peserta”.",)


def test_read_table_passes_over_hidden_sheets_and_charts():
    workbook = openpyxl.Workbook()
    workbook.active.append(["daftar", "pilihan"])
    workbook.active.sheet_state = "hidden"
    workbook.create_chartsheet("Grafik")
    visible = workbook.create_sheet("Isi")
    for line in LINES:
        visible.append(line)
    table = read_table(saved(workbook))
    assert (table.rows, table.notes) == (ROWS, ())


@pytest.mark.parametrize("lines", [[], [[" "], [None, " "]]])
def test_read_table_refuses_a_workbook_without_data(lines):
    assert refusal(xlsx(lines)) == EMPTY_WORKBOOK


# --- delimited text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("NIP,Nama\n1,Ani\n", [(2, ("1", "Ani"))]),
        ("NIP\tNama\n1\tAni\n", [(2, ("1", "Ani"))]),
        ("NIP|Nama\n1|Ani\n", [(2, ("1", "Ani"))]),
        ("NIP;Nama\r1;Ani\r", [(2, ("1", "Ani"))]),
        ("NIP;Nama\n1;Ani, S.Sos.\n2;Budi, S.E.\n", [(2, ("1", "Ani, S.Sos.")), (3, ("2", "Budi, S.E."))]),
        ("NIP;Nilai\n1,5;80,5\n2,5;90,5\n", [(2, ("1,5", "80,5")), (3, ("2,5", "90,5"))]),
        ("NIP,Nama\n1,a; b\n2,c; d\n3,e; f\n", [(2, ("1", "a; b")), (3, ("2", "c; d")), (4, ("3", "e; f"))]),
        ("Daftar; peserta; contoh\nNIP,Nama\n1,Ani\n", [(3, ("1", "Ani"))]),
        ('NIP;Nama\n1;"Ani\nBudi"\n2;"C ""D"""\n', [(2, ("1", "Ani\nBudi")), (3, ("2", 'C "D"'))]),
        ("sep=,\r\nNIP,Nama\r\n1,a;b\r\n", [(2, ("1", "a;b"))]),
        ("SEP=|\nNIP|Nama\n1|a\n", [(2, ("1", "a"))]),
        ("NIP;Nama\n\n;\n1;\n  ; Ani \n", [(4, ("1", None)), (5, (None, "Ani"))]),
        ("NIP;Nama\n1;=HYPERLINK(\"x\")\n", [(2, ("1", '=HYPERLINK("x")'))]),
        ("NIP\n1\n2, 3\n4\n", [(2, ("1",)), (3, ("2, 3",)), (4, ("4",))]),
    ],
)  # fmt: skip
def test_read_table_finds_the_separator(content, rows):
    table = read_table(content.encode())
    assert [(row.number, row.cells) for row in table.rows] == rows


def test_read_table_lets_known_headers_decide_the_separator():
    content = b"Kegiatan;Tempat;Tanggal\nDaftar;a;b\nDaftar;a;b\nNIP,Nama\n1,Ani\n"
    assert read_table(content, header_hint=["nama", "nip"]).rows == (Row(5, ("1", "Ani")),)
    assert read_table(content).header == ("Kegiatan", "Tempat", "Tanggal")


CP1252_NOTE = "Berkas tidak memakai UTF-8 dan dibaca sebagai Windows-1252; periksa huruf beraksen pada nama."


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [("utf-8", ()), ("utf-8-sig", ()), ("utf-16", ()), ("utf-32", ()), ("cp1252", (CP1252_NOTE,))],
)
def test_read_table_reads_the_usual_encodings(encoding, notes):
    table = read_table("NIP;Nama\n1;André\n".encode(encoding))
    assert (table.header, table.rows[0].cells, table.notes) == (HEADER, ("1", "André"), notes)


def test_read_table_reads_big_endian_utf16():
    content = b"\xfe\xff" + "NIP;Nama\n1;André\n".encode("utf-16-be")
    assert read_table(content).rows == (Row(2, ("1", "André")),)


UNDECODABLE = "Huruf di dalam berkas ini tidak dapat dibaca; simpan ulang sebagai .xlsx atau CSV UTF-8."
NUL = "Berkas ini memuat karakter NUL sehingga bukan CSV yang utuh; simpan ulang sebagai CSV UTF-8."
QUOTES = "Tanda kutip pada baris 3 atau sesudahnya tidak berpasangan; perbaiki atau pakai .xlsx."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"NIP;Nama\n1;\x81\x8d\n", UNDECODABLE),
        (b"\xff\xfeN\0I\0P", UNDECODABLE),
        (b"NIP;Nama\n1;A\0ni\n", NUL),
        ("NIP;Nama\n1;Ani\n".encode("utf-16-le"), NUL),
        (b'NIP;Nama\n1;Ani\n2;"Budi\n3;Citra\n', QUOTES),
        (b'NIP;Nama\n1;Ani\n2;"Budi" Santoso\n', QUOTES),
        (b"NIP;Nama\n1;Ani\n2;" + b"x" * 200_000, QUOTES),
        (b";;\n ; \n", "Berkas ini tidak memuat data; isi judul kolom dan datanya, lalu unggah lagi."),
    ],
)
def test_read_table_refuses_text_that_cannot_be_a_table(content, message):
    assert refusal(content) == message


# --- header, columns, rows ---------------------------------------------------------------------


def test_read_table_finds_the_header_below_a_letterhead():
    lines = [
        ["DAFTAR PESERTA"],
        [],
        ["Kegiatan", ":", "Pelatihan contoh"],
        ["No", "N I P", "Nama  \n Lengkap", "Gol."],
        [1, "x", "Ani", "III/d"],
    ]
    table = read_table(xlsx(lines), header_hint=["nama lengkap", "nip", "gol"])
    assert table.header == ("No", "N I P", "Nama Lengkap", "Gol.")
    assert table.rows == (Row(5, (1.0, "x", "Ani", "III/d")),)
    assert table.notes == ("Judul kolom dibaca dari baris 4; baris di atasnya dilewati.",)


def test_read_table_looks_for_the_header_in_twenty_rows_only():
    lines = [["a", "b"]] * 19
    assert read_table(xlsx([*lines, *LINES]), header_hint=HEADER).header == HEADER
    assert read_table(xlsx([["c", "d"], *lines, *LINES]), header_hint=HEADER).header == ("c", "d")


def test_read_table_without_a_hint_takes_the_first_row_with_two_cells():
    assert read_table(xlsx([["Judul"], *LINES])).header == HEADER
    assert read_table(xlsx([["Saran"], ["baik"], ["cukup"]])).header == ("Saran",)


def test_read_table_writes_numbers_in_the_header_without_decimals():
    assert read_table(xlsx([["id", 1, 2.5], ["a", 4, 5]])).header == ("id", "1", "2.5")


def test_read_table_refuses_a_header_name_that_occurs_twice():
    message = "Judul kolom “NIP”, “nip”, “Nama” muncul lebih dari sekali; beri setiap kolom judul yang berbeda."
    assert refusal(b"NIP;nip;Nama;Nama;Unit\n1;2;3;4;5\n") == message


def test_read_table_notes_data_without_a_header_and_drops_trailing_empty_columns():
    table = read_table(b"NIP;;Nama;;;\n1;;Ani;x;;\n2;;Budi;;;\n")
    assert table.header == ("NIP", "", "Nama", "")
    assert table.rows == (Row(2, ("1", None, "Ani", "x")), Row(3, ("2", None, "Budi", None)))
    assert table.notes == ("Kolom D berisi data tetapi tidak berjudul.",)


def test_read_table_leaves_the_other_cells_of_a_merged_header_untitled():
    workbook = openpyxl.Workbook()
    for line in (["NIP", "Nilai"], ["1", 70, 80]):
        workbook.active.append(line)
    workbook.active.merge_cells("B1:C1")
    table = read_table(saved(workbook))
    assert (table.header, table.rows) == (("NIP", "Nilai", ""), (Row(2, ("1", 70.0, 80.0)),))
    assert table.notes == ("Kolom C berisi data tetapi tidak berjudul.",)


def test_read_table_refuses_a_header_without_data():
    message = "Berkas ini hanya memuat judul kolom (baris 2); tambahkan data di bawahnya."
    assert refusal(b"\nNIP;Nama\n;\n") == message


def test_read_table_counts_rows_and_columns_up_to_the_limits():
    content = b"NIP;Nama\n" + b"1;Ani\n" * 30
    assert len(read_table(content, max_rows=30, max_columns=2).rows) == 30
    too_many = "Isi berkas melebihi 29 baris; bagi menjadi beberapa berkas atau hapus isi di bawah data."
    assert refusal(content, max_rows=29) == too_many
    assert refusal(content, max_rows=5).startswith("Isi berkas melebihi 5 baris")
    lower = b"a;b\n" * 19 + content
    assert len(read_table(lower, header_hint=HEADER, max_rows=30).rows) == 30
    assert refusal(lower, header_hint=HEADER, max_rows=29) == too_many
    assert refusal(content, max_columns=1) == "Isi berkas melebihi 1 kolom; hapus kolom yang tidak diperlukan."


@pytest.mark.parametrize(
    ("text", "key"), [("Gol./Ruang", "golruang"), (" NIP / NI PPPK ", "nipnipppk"), ("—", ""), ("No. HP", "nohp")]
)
def test_header_key_ignores_case_spaces_and_punctuation(text, key):
    assert header_key(text) == key


@pytest.mark.parametrize(("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_column_letter_counts_as_spreadsheets_do(position, letters):
    assert column_letter(position) == letters


def test_read_table_accepts_an_upload_that_is_only_a_stream():
    assert read_table(io.BytesIO(xlsx(LINES)), filename="peserta.xlsx").rows == ROWS
