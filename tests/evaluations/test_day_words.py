from datetime import date, datetime

import pytest

from evaluations.day_words import read_day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31/01/2026", date(2026, 1, 31)),
        ("31-1-2026", date(2026, 1, 31)),
        ("31.01.26", date(2026, 1, 31)),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31 00:00:00", date(2026, 1, 31)),
        ("2026-01-31T08.30", date(2026, 1, 31)),
        ("31 Januari 2026", date(2026, 1, 31)),
        ("5 peb 2026", date(2026, 2, 5)),
        ("31-Mei-26", date(2026, 5, 31)),
        (" 7   Agustus,  2026 ", date(2026, 8, 7)),
        ("Januari 2026", date(2026, 1, 31)),
        ("februari 2024", date(2024, 2, 29)),
        ("Des. 2025", date(2025, 12, 31)),
        ("Jan-26", date(2026, 1, 31)),
        ("Nopember 2025", date(2025, 11, 30)),
        ("may 2025", date(2025, 5, 31)),
        ("02/2026", date(2026, 2, 28)),
        ("2026-02", date(2026, 2, 28)),
        ("Triwulan I 2026", date(2026, 3, 31)),
        ("TW IV 2025", date(2025, 12, 31)),
        ("tw2 2025", date(2025, 6, 30)),
        ("Q3 2025", date(2025, 9, 30)),
        ("Semester II Tahun 2025", date(2025, 12, 31)),
        ("2025", date(2025, 12, 31)),
        ("Tahun 2025", date(2025, 12, 31)),
        (datetime(2026, 1, 31, 8), date(2026, 1, 31)),
        (date(2026, 1, 31), date(2026, 1, 31)),
    ],
)
def test_days_are_read_as_people_write_them(typed, day):
    assert read_day(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "kemarin",
        "31/02/2026",
        "01/31/2026",
        "0/1/2026",
        "31 Foo 2026",
        "Foo 2026",
        "13/2026",
        "2026-13",
        "Semester III 2025",
        "Triwulan V 2025",
        "45321",
        "12,5",
        "٣١/٠١/٢٠٢٦",
        "31/01/0000",
        "1" * 5000,
        "a " * 5000,
    ],
)
def test_what_is_no_day_is_none(typed):
    assert read_day(typed) is None
