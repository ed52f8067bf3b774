"""What leaves in a file: no text becomes a formula, no NIP loses its digits."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import gettext_lazy

from asn_eval.exports import append_row, safe_cell, write_csv, write_workbook
from asn_eval.tables import read_table
from tests.files import saved

NIP = "198601012015051901"
FORMULAS = [
    "=1+1",
    "+62812",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\nteks",
    "  =cmd|' /C calc'!A0",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b =1",
    "\uff1d1+1",
    "-",
]
PLAIN = ["Ani", "a=b", "III/d", "1-2", "", "'=1", " x", "nama@contoh.go.id"]


def read_back(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("text", FORMULAS)
def test_safe_cell_puts_an_apostrophe_before_what_looks_like_a_formula(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [*PLAIN, -5, -1.5, 0, Decimal("-2.50"), None, True, date(2026, 1, 2)])
def test_safe_cell_leaves_other_text_and_every_number_alone(value):
    assert safe_cell(value) is value


def test_write_workbook_writes_no_formula():
    rows = [[text] for text in [*FORMULAS, *PLAIN, "#REF!", "\x00=1\x0b"]]
    worksheet = read_back(write_workbook({"=Judul": (["=A1"], rows)})).active
    cells = [cell for [cell] in worksheet.iter_rows()]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert [cell.value for cell in cells[1:4]] == ["=1+1", "+62812", "-2+3"]
    assert [cell.quotePrefix for cell in cells[1 : len(FORMULAS) + 1]] == [True] * len(FORMULAS)
    assert (cells[-1].value, cells[-2].value) == ("=1", "#REF!")


def test_append_row_writes_no_formula_into_an_ordinary_worksheet():
    workbook = openpyxl.Workbook()
    append_row(workbook.active, ["=1+1", -5, "Ani"])
    [row] = read_back(saved(workbook)).active.iter_rows()
    assert [(cell.value, cell.data_type) for cell in row] == [("=1+1", "s"), (-5, "n"), ("Ani", "s")]


def test_write_workbook_keeps_digits_numbers_and_dates():
    values = [
        NIP,
        int(NIP),
        "0812",
        5,
        -2.5,
        Decimal("78.74"),
        True,
        date(2026, 1, 2),
        None,
        float("nan"),
        float("inf"),
    ]
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    header = [f"k{number}" for number in range(13)]
    content = write_workbook({"Data": (header, [[*values, moment, gettext_lazy("ASN")]])})
    [cells] = read_back(content).active.iter_rows(min_row=2)
    assert [cell.value for cell in cells] == [
        NIP, NIP, "0812", 5, -2.5, 78.74, True, datetime(2026, 1, 2), None, None, None,
        datetime(2026, 1, 2, 10, 4, 5), "ASN",
    ]  # fmt: skip
    assert [cell.number_format for cell in cells[:4]] == ["@", "@", "@", "General"]


def test_write_workbook_freezes_a_bold_header_and_fits_the_columns():
    rows = [["Ani", "x" * 200, "y" * 20]]
    worksheet = read_back(write_workbook({"Data": (["Nama", "Jabatan", "Unit"], iter(rows))})).active
    assert worksheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in worksheet[1]] == [True] * 3
    assert [worksheet.column_dimensions[letter].width for letter in "ABC"] == [8, 60, 22]


def test_write_workbook_writes_every_row_and_survives_short_ones():
    rows = [[number, "x"] if number % 2 else [number] for number in range(250)]
    table = read_table(write_workbook({"Data": (["n", "teks"], rows)}))
    assert [row.cells for row in table.rows[:2]] == [(0.0, None), (1.0, "x")]
    assert len(table.rows) == 250


def test_write_workbook_makes_titles_that_excel_accepts():
    titles = ["[a]:*?/\\b", "'x'", "", "p" * 40, "P" * 40]
    sheets = {title: (["h"], [["1"]]) for title in titles}
    assert read_back(write_workbook(sheets)).sheetnames == ["a      b", "x", "Data", "p" * 28, "P" * 28 + "1"]


def test_write_workbook_refuses_to_write_nothing():
    with pytest.raises(ValueError, match="at least one sheet"):
        write_workbook({})


def test_write_csv_writes_what_indonesian_excel_reads():
    rows = [
        ["Ani; \"A\"", 5, -2.5, Decimal("1234.50"), None, True, date(2026, 1, 2)],
        ["a\nb", 1, 2, 3, 4, False, datetime(2026, 1, 2, 3, 4, 5)],
    ]  # fmt: skip
    content = write_csv(["Nama", "b", "c", "d", "e", "f", "g"], rows)
    assert content == (
        b"\xef\xbb\xbf"
        b'"Nama";"b";"c";"d";"e";"f";"g"\r\n'
        b'"Ani; ""A""";"5";"-2,5";"1234,50";"";"TRUE";"2026-01-02"\r\n'
        b'"a\nb";"1";"2";"3";"4";"FALSE";"2026-01-02 03:04:05"\r\n'
    )


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_write_csv_starts_no_cell_with_a_formula_whatever_the_separator(separator):
    rows = [[text, f"a{separator}{text}", f'a{separator} "{text}"{separator}b'] for text in FORMULAS]
    text = write_csv(["=a", "b", "c"], rows).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
    assert [
        cell for cell in cells if cell.lstrip("\ufeff\u200b \t\r\n\u00a0").startswith(tuple("=+-@\uff1d"))
    ] == []


def test_write_csv_leaves_ordinary_punctuation_inside_a_text():
    text = "a, b; c | d - e, f@g.id"
    assert write_csv(["x"], [[text]]).decode("utf-8-sig").splitlines()[1] == f'"{text}"'


def test_write_csv_protects_digits_that_excel_would_change():
    content = write_csv(["NIP", "HP", "n"], [[NIP, "0812", "0"], [int(NIP), "812", "15"]])
    assert content.decode("utf-8-sig").splitlines()[1:] == [
        f'"\'{NIP}";"\'0812";"0"',
        f'"\'{NIP}";"812";"15"',
    ]
