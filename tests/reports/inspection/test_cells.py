from datetime import date, datetime

import pytest
from django.utils import translation

from reports.inspection.cells import CellError, in_words, to_json, to_label, to_number


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("3.5", 3.5),
        ("3,5", 3.5),
        (" 3,5\u00a0", 3.5),
        ("-2", -2.0),
        ("+4", 4.0),
        ("1.5e-3", 0.0015),
        ("0.123", 0.123),
        (7, 7.0),
        (7.25, 7.25),
        (None, None),
        ("", None),
        ("  ", None),
        ("NA", None),
        ("n/a", None),
        ("-", None),
    ],
)
def test_to_number_reads_what_people_write(cell, number):
    assert to_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("abc", "Bukan angka"),
        ("tujuh", "Bukan angka"),
        ("NaN", "Bukan angka"),
        ("inf", "Bukan angka"),
        ("5%", "Bukan angka"),
        ("#DIV/0!", "Bukan angka"),
        ("3.5.", "Bukan angka"),
        ("1.234,56", "ribuan"),
        ("1,234.56", "ribuan"),
        ("1.234.567", "ribuan"),
        ("1 234", "ribuan"),
        ("1e999", "terhingga"),
        (float("nan"), "terhingga"),
        (float("-inf"), "terhingga"),
        (True, "logika"),
        (date(2026, 11, 23), "tanggal"),
        (datetime(2026, 11, 23, 7, 30), "tanggal"),
    ],
)
def test_to_number_refuses_what_is_none(cell, message):
    with pytest.raises(CellError, match=message):
        to_number(cell)


@pytest.mark.parametrize(
    ("cell", "label"),
    [("S01", "S01"), (" S01 ", "S01"), (7.0, "7"), (7, "7"), (7.5, "7.5"), ("-", None), (None, None)],
)
def test_to_label_names_persons_and_groups(cell, label):
    assert to_label(cell) == label


def test_to_label_refuses_a_number_that_was_rounded():
    with pytest.raises(CellError, match="15 digit"):
        to_label(1.98609261986092e17)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(2026, 11, 23), "2026-11-23"),
        (float("nan"), "nan"),
        (2.5, 2.5),
        ("x", "x"),
        (None, None),
        (True, True),
    ],
)
def test_to_json_keeps_a_cell_as_json_can_hold_it(cell, expected):
    assert to_json(cell) == expected


@pytest.mark.parametrize(("number", "words"), [(5.0, "5"), (2.5, "2,5"), (-1.0, "-1"), (0.1 + 0.2, "0,3")])
def test_numbers_in_messages_are_written_as_people_write_them(number, words):
    with translation.override("id"):
        assert in_words(number) == words
