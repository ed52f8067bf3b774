"""Rules of Perla, Provost and Murray 2011; the counts were made by hand on their definitions."""

from datetime import date, timedelta

import pytest

from reports.analysis.indicators import Direction, Point, Polarity, SignalKind, run_signals

SHIFT, TREND = SignalKind.SHIFT, SignalKind.TREND
FIRST = date(2025, 1, 1)


def signals(values, *, centre=10, polarity=Polarity.MORE_IS_BETTER, **rules):
    points = [Point(FIRST + timedelta(days=place), value) for place, value in enumerate(values)]
    return run_signals(points, centre=centre, polarity=polarity, **rules)


def told(values, **options):
    """(kind, rises, first place, last place, points)"""
    return [
        (one.kind, one.rises, (one.start - FIRST).days, (one.end - FIRST).days, one.n_points)
        for one in signals(values, **options)
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # Five above the line are too few, six are a shift.
        ([9, 9, 9, 9, 9, 11, 12, 11, 12, 11], []),
        ([9, 11, 9, 9, 11, 12, 11, 12, 11, 12], [(SHIFT, True, 4, 9, 6)]),
        # Points on the line neither add to a shift nor break it.
        ([9, 11, 9, 9, 11, 12, 10, 12, 11, 12, 11], [(SHIFT, True, 4, 10, 6)]),
        ([9, 11, 9, 9, 11, 12, 10, 12, 11, 12], []),
        # Four rising steps join five points; of equal neighbours one counts.
        ([9, 11, 9, 11, 9, 11, 8, 9.1, 9.2, 11], []),
        ([11, 9, 11, 9, 11, 8, 8.5, 9, 11, 12], [(TREND, True, 5, 9, 5)]),
        ([11, 9, 11, 9, 11, 8, 8, 8.5, 9, 9, 11, 12], [(TREND, True, 5, 11, 5)]),
        ([9, 12, 9, 12, 9, 12, 11, 10.5, 9, 8], [(TREND, False, 5, 9, 5)]),
        # The turning point belongs to both trends.
        ([9, 12, 8, 9, 11, 12, 13, 12, 11, 9, 8], [(TREND, True, 2, 6, 5), (TREND, False, 6, 10, 5)]),
        # Nothing moves.
        ([10] * 12, []),
    ],
)
def test_shifts_and_trends_follow_the_published_rules(values, expected):
    assert told(values) == expected


def test_a_long_series_asks_for_a_longer_shift():
    """Anhøj and Olesen 2014: more than round(log2 24 + 3) = 8 of 24 points."""
    restless = [9, 11] * 8
    assert told([*restless[1:], 9, *[11, 12, 11.5, 12.5, 11, 12, 11.5, 12.5]]) == []
    assert told([*restless[:-1], *[12, 11.5, 12.5, 11, 12, 11, 12, 11, 12]]) == [(SHIFT, True, 15, 23, 9)]


@pytest.mark.parametrize(
    ("polarity", "direction"),
    [(Polarity.MORE_IS_BETTER, Direction.IMPROVED), (Polarity.LESS_IS_BETTER, Direction.WORSENED)],
)
def test_polarity_says_what_a_rise_means(polarity, direction):
    found = signals([9, 11, 9, 9, 11, 12, 11, 12, 11, 12], polarity=polarity)
    assert [one.direction for one in found] == [direction]


@pytest.mark.parametrize(("values", "centre"), [([], 10), ([11] * 9, 10), ([11] * 12, None)])
def test_few_points_or_no_line_give_no_answer(values, centre):
    assert signals(values, centre=centre) is None


def test_points_are_taken_in_the_order_of_their_days():
    days = [FIRST + timedelta(days=place) for place in range(10)]
    points = [Point(day, value) for day, value in zip(days, [9, 11, 9, 9, 11, 12, 11, 12, 11, 12], strict=True)]
    found = run_signals(reversed(points), centre=10, polarity=Polarity.MORE_IS_BETTER)
    assert [(one.kind, one.start, one.end) for one in found] == [(SHIFT, days[4], days[9])]
