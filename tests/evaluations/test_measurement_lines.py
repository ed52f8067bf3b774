"""Pasted lines and files become days with numbers, or a sentence for each line that does not."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from asn_eval.tables import Row, Table, read_table
from evaluations.measurement_lines import (
    MOST_LINES,
    Column,
    LineError,
    lines_of,
    read_count,
    read_measurements,
    read_value,
    split_line,
)

TODAY = date(2026, 11, 23)
NUMBER = (
    Column("value", frozenset({"nilai", "value"}), is_count=False),
    Column("n", frozenset({"jumlahkasus", "n"}), is_count=True),
)
COUNTS = tuple(Column(key, frozenset({key}), is_count=True) for key in ("kurang", "baik", "sangatbaik"))


def read(text, columns=NUMBER, unit="hari"):
    return read_measurements(text, columns, today=TODAY, unit=unit)


def held(text, columns=NUMBER):
    reading = read(text, columns)
    assert reading.problems == []
    return [(line.number, line.date.isoformat(), dict(line.values)) for line in reading.lines]


JANUARY = (1, "2026-01-31", {"value": Decimal("12.5"), "n": 30})


@pytest.mark.parametrize(
    "text",
    [
        "31/01/2026\t12,5\t30",
        "31/01/2026;12,5;30",
        "31/01/2026 | 12,5 | 30",
        "Januari 2026   12,5   30",
        "Januari 2026 12,5 30",
        "31 Januari 2026: 12,5 30",
        "2026-01-31,12.5,30",
        "31/01/2026\t12,5 hari\t30,0",
        "31/01/2026\t 12,50 \t30\t\t",
        "31/01/2026\t12,5\t30\r\n\r\n \t ;\n",
    ],
)
def test_columns_are_told_apart_however_they_were_copied(text):
    assert held(text) == [JANUARY]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Tanggal\tNilai (hari)\tJumlah kasus", "31/01/2026\t12,5\t30"),
        ("Bulan;n;Nilai", "Januari 2026;30;12,5"),
        ("periode\twaktu rata-rata\tkasus lain", "Januari 2026\t12,5\t30"),
    ],
)
def test_a_heading_says_what_stands_where(head, row):
    number, *rest = held(f"{head}\n{row}")[0]
    assert (number, *rest) == (2, *JANUARY[1:])


def test_columns_that_are_not_known_are_named_and_left():
    reading = read("Tanggal;Target;Nilai\n31/01/2026;99;12,5")
    assert [dict(line.values) for line in reading.lines] == [{"value": Decimal("12.5")}]
    assert reading.notes == ["Kolom yang tidak dibaca: Target."]


def test_a_line_without_a_value_is_no_measurement():
    reading = read("Januari 2026\t12,5\nFebruari 2026\t\t30\nMaret 2026\t-")
    assert ([line.number for line in reading.lines], reading.problems) == ([1], [])
    assert reading.notes == ["Baris tanpa nilai dilewati: 2, 3."]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("kemarin\t5", "Tanggal “kemarin” tidak dikenali; tulis seperti 31/01/2026 atau Januari 2026."),
        ("31/02/2026\t5", "Tanggal “31/02/2026” tidak dikenali; tulis seperti 31/01/2026 atau Januari 2026."),
        ("24/11/2026\t5", "Tanggal ini belum tiba."),
        ("Desember 2026\t5", "Tanggal ini belum tiba."),
        ("01/01/0206\t5", "Tahun ini tampaknya keliru; periksa tanggalnya."),
        ("31/01/2026\tlima", "“lima” bukan bilangan."),
        ("31/01/2026\tNaN", "“NaN” bukan bilangan."),
        ("31/01/2026\t1e9", "“1e9” bukan bilangan."),
        ("31/01/2026\t=1+1", "“=1+1” bukan bilangan."),
        ("31/01/2026\t1.234", "“1.234” dapat dibaca dua cara. Tulis 1234 atau 1,2340."),
        ("31/01/2026\t99999999999", "Nilai “99999999999” terlalu besar."),
        ("31/01/2026\t5\t-1", "Jumlah “-1” harus bilangan bulat, 0 atau lebih."),
        ("31/01/2026\t5\t2,5", "Jumlah “2,5” harus bilangan bulat, 0 atau lebih."),
        ("31/01/2026\t5\t99999999999", "Jumlah “99999999999” harus bilangan bulat, 0 atau lebih."),
        ("31/01/2026\t5\t30\t7", "Baris ini berisi lebih banyak kolom daripada yang dibaca, yaitu 3."),
        ("<script>alert(1)</script>", "Tanggal “<script>alert(1)</script>” tidak dikenali; tulis seperti"),
    ],
)
def test_a_line_that_cannot_be_is_named_with_its_number(line, message):
    reading = read(f"Januari 2025\t4\n\n{line}")
    assert [one.number for one in reading.lines] == [1]
    assert [(one.number, one.message[: len(message)]) for one in reading.problems] == [(3, message)]


def test_the_same_day_twice_names_the_first_line():
    reading = read("31/01/2026\t5\nJanuari 2026\t5")
    assert [(one.number, one.message) for one in reading.problems] == [(2, "Tanggal ini sudah ada pada baris 1.")]


def test_too_many_lines_end_with_one_sentence():
    lines = "\n".join(f"{1 + day % 28}/{1 + day % 12}/{1950 + day % 70}\tx" for day in range(MOST_LINES + 50))
    reading = read(lines)
    assert len(reading.problems) == MOST_LINES + 1
    assert reading.problems[-1].message == "Paling banyak 2000 baris sekali simpan."


def test_predicates_are_counts_by_heading_or_in_their_order():
    expected = [(2, "2025-12-31", {"kurang": 1, "baik": 20, "sangatbaik": 1250})]
    assert held("Tahun\tSangat Baik\tKurang\tBaik\n2025\t1.250\t1\t20", COUNTS) == expected
    assert held("\n2025\t1\t20\t1.250", COUNTS) == expected
    assert held("2025\t\t20\t", COUNTS) == [(1, "2025-12-31", {"baik": 20})]
    assert [one.message for one in read("2025\t0\t0\t0", COUNTS).problems] == ["Isi paling sedikit satu jumlah."]
    assert read("2025\t\t\t", COUNTS).notes == ["Baris tanpa nilai dilewati: 1."]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("7", "7"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("0,123", "0.123"),
        ("−0,5", "-0.5"),
        ("85%", "85"),
        ("85 %", "85"),
        ("3,333333333", "3.3333"),
        ("1 250,5", "1250.5"),
    ],
)
def test_values_are_read_in_both_spellings(typed, value):
    assert read_value(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["1.2.3", "1,2,3", "12,5,", "--5", "5-", "½", "٥", "9" * 400])
def test_what_is_no_value_is_refused(typed):
    with pytest.raises(LineError):
        read_value(typed)


@pytest.mark.parametrize(
    ("typed", "count"), [("0", 0), ("30", 30), ("30,0", 30), ("1.250", 1250), ("1,250", 1250)]
)
def test_counts_are_whole(typed, count):
    assert read_count(typed) == count


def test_a_file_keeps_the_numbers_of_its_rows():
    table = Table(
        header=("Tanggal", "Nilai", "n"),
        rows=(
            Row(4, (datetime(2026, 1, 31), 12.345, 30.0)),
            Row(7, ("Februari 2026", 1 / 3, None)),
            Row(8, (date(2026, 3, 31), "dua\tbelas", True)),
        ),
        header_number=3,
    )
    reading = read(lines_of(table))
    assert [(one.number, one.date.isoformat(), dict(one.values)) for one in reading.lines] == [
        (4, "2026-01-31", {"value": Decimal("12.345"), "n": 30}),
        (7, "2026-02-28", {"value": Decimal("0.3333")}),
    ]
    assert [(one.number, one.message) for one in reading.problems] == [(8, "“dua belas” bukan bilangan.")]


def test_a_csv_file_of_excel_is_read():
    content = "Laporan layanan\r\n\r\nBulan;Nilai;Jumlah kasus\r\nJanuari 2026;12,5;30\r\n".encode("utf-16")
    assert held(lines_of(read_table(content, header_hint={"Bulan", "Nilai"}))) == [(4, *JANUARY[1:])]


@pytest.mark.parametrize("raw", ["a" * 100_000, "1 " * 50_000, "," * 50_000, "\t" * 50_000, "\0"])
def test_lines_of_any_length_are_taken_apart(raw):
    assert len(split_line(raw)) >= 1
