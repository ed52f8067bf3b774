"""Sentences for indicators: levels before and after, the target, the chart, the unit beside it, predicates."""

from datetime import date
from decimal import Decimal

import pytest

from reports.analysis.indicators import Point, Polarity, before_and_after, difference_of_changes, run_signals
from reports.analysis.ordinal import ordinal_change
from reports.analysis.results import Reason, Suppressed
from reports.indicator_contents import ComparisonIndicator, IndicatorResult, PredicateCount, PredicateResult
from reports.narrative.indicators import (
    indicator_cautions,
    indicator_headline,
    indicator_paragraphs,
    predicate_sentences,
)

STARTS, ENDS = date(2026, 2, 1), date(2026, 6, 30)
LESS, MORE = Polarity.LESS_IS_BETTER, Polarity.MORE_IS_BETTER


def judged(points, polarity=LESS, **values):
    return before_and_after(points, starts=STARTS, ends=ENDS, polarity=polarity, **values)


def indicator(values, *, polarity=LESS, target=3, unit="hari", baseline=None, other=None, n=None):
    """``values`` are (month of 2026, value)."""
    points = tuple(Point(date(2026, month, 1), Decimal(str(value)), n) for month, value in values)
    own = judged(points, polarity, target=target, known_baseline=baseline)
    comparison = None
    if other is not None:
        beside = tuple(Point(date(2026, month, 1), Decimal(str(value))) for month, value in other)
        at = judged(beside, polarity)
        comparison = ComparisonIndicator(
            "Kecamatan lain", beside, at, difference_of_changes(own.change, at.change)
        )
    centre = own.before and own.before.median
    return IndicatorResult(
        name="waktu penyelesaian",
        agency="Disdukcapil",
        unit=unit,
        source="register",
        starts=STARTS,
        ends=ENDS,
        points=points,
        judged=own,
        signals=run_signals(points, centre=centre, polarity=polarity),
        comparison=comparison,
    )


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            indicator([(1, 5), (7, 2.5)]),
            "Waktu penyelesaian di Disdukcapil turun dari 5 hari (1 Januari 2026) sebelum program menjadi "
            "2,5 hari "
            "(1 Juli 2026) sesudahnya, 50,0%. Karena pada indikator ini makin rendah makin baik, perubahan ini "
            "adalah perbaikan. Target 3 hari tercapai.",
        ),
        (
            indicator([(1, 5), (2, 6), (7, 6), (8, 7), (9, 8)], target=None, n=1200),
            "Waktu penyelesaian di Disdukcapil naik dari 5,5 hari (nilai tengah 2 pengukuran, 2.400 kasus) "
            "sebelum "
            "program menjadi 7 hari (nilai tengah 3 pengukuran, 3.600 kasus) sesudahnya, 27,3%. Karena pada "
            "indikator ini makin rendah makin baik, perubahan ini adalah kemunduran.",
        ),
        (
            indicator([(1, 40), (7, 60), (8, 81)], polarity=MORE, target=80, unit="persen"),
            "Waktu penyelesaian di Disdukcapil naik dari 40 persen (1 Januari 2026) sebelum program menjadi 70,5 "
            "persen (nilai tengah 2 pengukuran) sesudahnya, 30,5 poin persentase. Karena pada indikator ini makin "
            "tinggi makin baik, perubahan ini adalah perbaikan. Target 80 persen tercapai pada pengukuran "
            "terakhir "
            "(81 pada 1 Agustus 2026); 1 dari 2 pengukuran sesudah program memenuhinya.",
        ),
        (
            indicator([(7, 4)], target=None, baseline=8),
            "Waktu penyelesaian di Disdukcapil turun dari 8 hari (nilai awal) sebelum program menjadi 4 "
            "hari (1 Juli "
            "2026) sesudahnya, 50,0%. Karena pada indikator ini makin rendah makin baik, perubahan ini adalah "
            "perbaikan.",
        ),
        (
            indicator([(1, 0), (7, 2)], target=None),
            "Waktu penyelesaian di Disdukcapil naik dari 0 hari (1 Januari 2026) sebelum program menjadi 2 "
            "hari (1 "
            "Juli 2026) sesudahnya. Karena pada indikator ini makin rendah makin baik, perubahan ini adalah "
            "kemunduran.",
        ),
        (
            indicator([(1, 5), (7, 5)], target=None),
            "Waktu penyelesaian di Disdukcapil tetap: 5 hari (1 Januari 2026) sebelum program dan 5 hari (1 Juli "
            "2026) sesudahnya. Karena pada indikator ini makin rendah makin baik, belum ada perbaikan maupun "
            "kemunduran.",
        ),
        (
            indicator([(1, 10), (7, 6)], target=None, other=[(1, 9), (7, 8.5)]),
            "Waktu penyelesaian di Disdukcapil turun dari 10 hari (1 Januari 2026) sebelum program menjadi 6 hari "
            "(1 Juli 2026) sesudahnya, 40,0%. Karena pada indikator ini makin rendah makin baik, perubahan ini "
            "adalah perbaikan. Pada unit pembanding, Kecamatan lain, nilai tengahnya dari 9 menjadi 8,5 hari "
            "(−0,5). Selisih kedua perubahan −3,5 hari, ke arah yang lebih baik.",
        ),
        (
            indicator([(1, 5)]),
            "Waktu penyelesaian di Disdukcapil baru diukur satu kali: 5 hari (1 Januari 2026). Perubahannya belum "
            "dapat dinilai.",
        ),
        (
            indicator([(1, 5), (2, 6)]),
            "Waktu penyelesaian di Disdukcapil: sebelum program 5,5 hari (nilai tengah 2 pengukuran). Belum ada "
            "pengukuran sesudah program, sehingga perubahannya belum dapat dinilai.",
        ),
        (
            indicator([(3, 5), (7, 6)]),
            "Waktu penyelesaian di Disdukcapil: sesudah program 6 hari (1 Juli 2026). Belum ada pengukuran "
            "sebelum "
            "program, sehingga perubahannya belum dapat dinilai.",
        ),
        (indicator([]), "Belum ada pengukuran untuk waktu penyelesaian di Disdukcapil."),
    ],
    ids=[
        "fall is good",
        "rise is bad",
        "percent",
        "known baseline",
        "from zero",
        "same",
        "comparison",
        "one value",
        "before only",
        "after only",
        "none",
    ],
)
def test_an_indicator_is_told_with_its_polarity(result, expected):
    assert " ".join(indicator_paragraphs(result)) == expected
    assert indicator_headline(result).endswith(".")


def monthly(values, start=(2025, 3)):
    """One value a month from March 2025, a year before the program ends."""
    months = [
        (start[0] + (start[1] - 1 + place) // 12, (start[1] - 1 + place) % 12 + 1) for place in range(len(values))
    ]
    return tuple(Point(date(year, month, 1), value) for (year, month), value in zip(months, values, strict=True))


def charted(values):
    points = monthly(values)
    own = judged(points)
    signals = run_signals(points, centre=own.before.median, polarity=LESS)
    return IndicatorResult("waktu", "Loket", "hari", "register", STARTS, ENDS, points, own, signals)


def test_a_shift_since_the_program_is_told_and_one_of_before_is_not():
    told = indicator_paragraphs(charted([6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 3, 4, 3, 4, 3, 3, 4]))
    assert told[1] == (
        "Grafiknya menunjukkan pergeseran (7 pengukuran berturut-turut di bawah nilai tengah sebelum program, "
        "1 Maret 2026 sampai 1 September 2026)."
    )
    told = indicator_paragraphs(charted([6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6]))
    assert "tidak menunjukkan pergeseran atau kecenderungan sejak program dimulai" in told[-1]


def test_a_trend_that_was_under_way_is_a_caution():
    falling = charted([9, 9.5, 9, 9.5, 9, 9.5, 9, 9.5, 8, 7, 6, 5, 4, 3.5, 3, 2.5, 2, 1.5, 1])
    assert any("sudah dimulai sebelum program" in caution for caution in indicator_cautions(falling))
    later = charted([9, 9.5, 9, 9.5, 9, 9.5, 9, 9.5, 9, 9.5, 9, 9.5, 8, 7, 6, 5, 4, 3, 2])
    assert not any("sudah dimulai sebelum program" in caution for caution in indicator_cautions(later))


@pytest.mark.parametrize(
    ("result", "n"),
    [
        (indicator([(1, 5), (7, 4)]), 2),
        (indicator([(1, 5), (7, 4)], other=[(1, 5), (7, 5)]), 1),
        (indicator([(1, 5)]), 0),
    ],
    ids=["few and alone", "few", "not judged"],
)
def test_what_weakens_a_change_is_said(result, n):
    cautions = indicator_cautions(result)
    assert len(cautions) == n
    assert any("Tidak ada unit pembanding" in one for one in cautions) is (n == 2)


def predicates(before, after, *, minimum=5):
    def side(day, counts):
        return None if counts is None else PredicateCount(day, counts)

    change = None
    if before is not None and after is not None:
        small = min(sum(before), sum(after)) < minimum
        change = (
            Suppressed(Reason.GROUP_TOO_SMALL, minimum) if small else ordinal_change(before, after, good_from=1)
        )
    return PredicateResult(
        name="predikat kinerja",
        agency="Disdukcapil",
        source="e-Kinerja",
        starts=STARTS,
        ends=ENDS,
        names=("Kurang", "Baik", "Sangat Baik"),
        good_from=1,
        legal_source="Peraturan",
        counts=(),
        before=side(date(2025, 12, 31), before),
        after=side(date(2026, 12, 31), after),
        change=change,
    )


def test_predicates_are_told_by_share_and_superiority_and_never_averaged():
    told = predicate_sentences(predicates((4, 4, 2), (1, 5, 4)))
    assert told == (
        "Predikat kinerja di Disdukcapil: pegawai berpredikat Baik atau lebih 60,0% dari 10 orang sebelum program "
        "(31 Desember 2025) dan 90,0% dari 10 orang sesudahnya (31 Desember 2026).",
        "Peluang seorang pegawai sesudah program berpredikat lebih baik daripada seorang pegawai "
        "sebelumnya, dengan "
        "predikat yang sama dihitung setengah, adalah 68% (50% berarti tidak berbeda): secara "
        "keseluruhan predikat "
        "bergeser ke atas.",
    )


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (predicates((1, 1, 1), (3, 3, 3)), "tidak ditampilkan karena kurang dari 5 pegawai"),
        (predicates(None, (3, 3, 3)), "belum ada data sebelum program"),
        (predicates((3, 3, 3), None), "belum ada data sesudah program"),
        (predicates(None, None), "belum ada data sebelum dan sesudah program"),
    ],
    ids=["small", "after only", "before only", "none"],
)
def test_predicates_that_cannot_be_compared_say_so(result, words):
    (told,) = predicate_sentences(result)
    assert words in told
