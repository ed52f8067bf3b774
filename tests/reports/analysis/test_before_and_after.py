from datetime import date
from decimal import Decimal

import pytest

from reports.analysis.indicators import (
    Direction,
    Level,
    Point,
    Polarity,
    before_and_after,
    difference_of_changes,
    level,
)

MORE, LESS = Polarity
STARTS, ENDS = date(2026, 2, 1), date(2026, 6, 30)


def points(*pairs) -> list[Point]:
    """(month of 2026, value[, cases])"""
    return [Point(date(2026, month, 1), value, *rest) for month, value, *rest in pairs]


def judged(*pairs, polarity=LESS, **values):
    return before_and_after(points(*pairs), starts=STARTS, ends=ENDS, polarity=polarity, **values)


def test_levels_lie_before_and_after_the_program():
    """A point on the first day is before; one on the last day, and all between, belong to neither."""
    at = before_and_after(
        [
            Point(date(2026, 1, 1), 7, 10),
            Point(STARTS, Decimal("5.0"), 30),
            Point(date(2026, 4, 1), 99, 1),
            Point(ENDS, 98, 1),
            Point(date(2026, 7, 1), 2, 5),
            Point(date(2026, 8, 1), 4),
            Point(date(2026, 9, 1), 2.5, 5),
        ],
        starts=STARTS,
        ends=ENDS,
        polarity=LESS,
    )
    assert at.before == Level(2, 40, 6, 6, 5, 7, date(2026, 1, 1), STARTS)
    assert at.after == Level(3, None, pytest.approx(8.5 / 3), 2.5, 2, 4, date(2026, 7, 1), date(2026, 9, 1))
    change = at.change
    assert (change.baseline, change.last, change.difference, change.direction) == (
        6,
        2.5,
        -3.5,
        Direction.IMPROVED,
    )


def test_the_order_of_the_points_does_not_matter():
    pairs = ((1, 7), (2, 5), (7, 2), (8, 3))
    assert judged(*pairs, target=3) == judged(*reversed(pairs), target=3)


@pytest.mark.parametrize(
    ("pairs", "before", "after", "direction"),
    [
        ((), None, None, None),
        (((1, 5),), 5, None, None),
        (((7, 5),), None, 5, None),
        (((3, 5), (4, 6)), None, None, None),
        (((1, 5), (7, 5)), 5, 5, Direction.UNCHANGED),
        (((1, 5), (2, 5), (7, 5), (8, 5)), 5, 5, Direction.UNCHANGED),
        (((1, 0.3), (7, 0.1 + 0.2)), 0.3, 0.3, Direction.UNCHANGED),
    ],
)
def test_what_cannot_be_compared_says_so(pairs, before, after, direction):
    at = judged(*pairs)
    medians = (at.before and at.before.median, at.after and at.after.median)
    assert (*medians, at.change.direction) == (before, after, direction)


def test_a_known_baseline_is_what_the_change_runs_from():
    at = judged((1, 7), (7, 4), known_baseline=Decimal("8.0000"))
    assert (at.before.median, at.known_baseline, at.change.baseline, at.change.percent_change) == (7, 8, 8, -50)
    assert judged((7, 4), known_baseline=8).change.direction == Direction.IMPROVED


@pytest.mark.parametrize(
    ("afterwards", "polarity", "reached", "n"),
    [
        (((7, 4), (8, 3)), LESS, True, 1),
        (((7, 3), (8, 4)), LESS, False, 1),
        (((7, 4), (8, 4)), MORE, True, 2),
        ((), LESS, None, None),
    ],
)
def test_the_target_is_judged_by_the_newest_point(afterwards, polarity, reached, n):
    at = judged((1, 3), *afterwards, target=3, polarity=polarity)
    assert (at.change.target_reached, at.n_reaching) == (reached, n)


@pytest.mark.parametrize(
    ("earlier", "later", "within"),
    [(((1, 4), (2, 6)), 5, False), (((1, 4), (2, 6), (1, 5)), 6, True), (((1, 4), (2, 6), (1, 5)), 6.1, False)],
)
def test_a_range_needs_three_points_before(earlier, later, within):
    assert judged(*earlier, (7, later)).is_within_usual is within


def test_the_comparison_unit_moves_the_other_way():
    own, other = judged((1, 10), (7, 6)), judged((1, 9), (7, 8.5))
    gap = difference_of_changes(own.change, other.change)
    assert (gap.baseline, gap.last, gap.difference, gap.direction) == (-0.5, -4, -3.5, Direction.IMPROVED)
    same = difference_of_changes(own.change, own.change)
    assert (same.difference, same.direction) == (0, Direction.UNCHANGED)
    assert difference_of_changes(own.change, judged((1, 9)).change).direction is None


def test_nothing_has_no_level():
    assert level([]) is None
