"""Numbers of certificates and who qualifies: without a database."""

from datetime import date
from decimal import Decimal

import pytest

from programs.certificates.eligibility import Record, Rule, reasons_against
from programs.certificates.numbering import number_in, pattern_problem, roman_month, series_of
from programs.participation import Tally

MARCH = date(2026, 3, 4)


@pytest.mark.parametrize(("month", "roman"), [(1, "I"), (4, "IV"), (8, "VIII"), (9, "IX"), (12, "XII")])
def test_months_are_roman(month, roman):
    assert roman_month(date(2026, month, 1)) == roman


@pytest.mark.parametrize(
    ("pattern", "batch", "sequence", "series", "number"),
    [
        ("{nomor}/BKPSDM/{bulan}/{tahun}", "", 1, "{nomor}/BKPSDM/{bulan}/2026", "001/BKPSDM/III/2026"),
        ("{nomor}/{angkatan}/{tahun}", "Angkatan II", 12, "{nomor}/II/2026", "012/II/2026"),
        ("{nomor}/{angkatan}", "", 1000, "{nomor}/-", "1000/-"),
        ("{nomor}-{nomor}", "", 7, "{nomor}-{nomor}", "007-007"),
        (" {nomor} ", "x", 7, "{nomor}", "007"),
        ("{nomor}/{angkatan}", "{nomor}", 7, "{nomor}/nomor", "007/nomor"),  # a name is no word of the pattern
    ],
)
def test_a_number_is_the_pattern_filled_in(pattern, batch, sequence, series, number):
    found = series_of(pattern, batch=batch, issued_on=MARCH)
    assert (found, number_in(found, sequence=sequence, issued_on=MARCH)) == (series, number)


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("{nomor}/{bulan}", ""),
        ("", "Pola nomor sertifikat belum diisi."),
        ("  ", "Pola nomor sertifikat belum diisi."),
        ("BKPSDM/{tahun}", "Pola nomor harus memuat {nomor}, supaya setiap sertifikat bernomor sendiri."),
        ("{nomor}/{kota}", "Pola nomor memuat {kota} yang tidak dikenal."),
        ("{nomor.__class__}", "Pola nomor memuat {nomor.__class__} yang tidak dikenal."),
        ("{nomor}/{", "Pola nomor memuat { yang tidak dikenal."),
        ("{0}{nomor}", "Pola nomor memuat {0} yang tidak dikenal."),
    ],
)
def test_a_pattern_that_gives_no_number_says_why(pattern, problem):
    assert pattern_problem(pattern) == problem


def record(*, status="selesai", present=8, ill=0, missing=0, post=None, has_certificate=False) -> Record:
    attendance = Tally()
    for state, number in (("hadir", present), ("sakit", ill), ("", missing)):
        attendance.add(state, number)
    return Record(
        status, status.capitalize(), attendance, None if post is None else Decimal(post), has_certificate
    )


@pytest.mark.parametrize(
    ("known", "rule", "reasons"),
    [
        (record(), Rule(), []),
        (record(status="hadir"), Rule(), ["status Hadir"]),
        (record(has_certificate=True, status="hadir"), Rule(), ["sudah mempunyai sertifikat"]),
        (record(present=6, ill=2), Rule(minimum_attendance=75), []),
        (record(present=5, ill=3), Rule(minimum_attendance=75), ["hadir 5 dari 8 kegiatan"]),
        (record(present=5, missing=3), Rule(minimum_attendance=75), ["hadir 5 dari 8 kegiatan, 3 belum dicatat"]),
        (record(present=0), Rule(minimum_attendance=0), []),
        (record(present=0), Rule(minimum_attendance=1), ["hadir 0 dari 0 kegiatan"]),
        (record(post=70), Rule(minimum_post=Decimal(70)), []),
        (record(post="69.99"), Rule(minimum_post=Decimal(70)), ["nilai postes di bawah batas"]),
        (record(), Rule(minimum_post=Decimal(0)), ["belum ada nilai postes"]),
        (
            record(status="terdaftar", present=1, ill=1, post=10),
            Rule(80, Decimal(60)),
            ["status Terdaftar", "hadir 1 dari 2 kegiatan", "nilai postes di bawah batas"],
        ),
    ],
)
def test_every_reason_against_a_certificate_is_named(known, rule, reasons):
    assert reasons_against(known, rule) == reasons
