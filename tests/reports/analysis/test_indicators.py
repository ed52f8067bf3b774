from decimal import Decimal

import pytest

from reports.analysis.indicators import Direction, IndicatorChange, Polarity, indicator_change

MORE, LESS = Polarity
IMPROVED, WORSENED, UNCHANGED = Direction


def change(baseline, last, target=None, polarity=MORE):
    return indicator_change(baseline=baseline, last=last, target=target, polarity=polarity)


@pytest.mark.parametrize(
    ("baseline", "last", "polarity", "direction"),
    [
        (10, 12, MORE, IMPROVED),
        (10, 8, MORE, WORSENED),
        (10, 8, LESS, IMPROVED),
        (10, 12, LESS, WORSENED),
        (10, 10, LESS, UNCHANGED),
        (0.3, 0.1 + 0.2, MORE, UNCHANGED),
        (1 / 3, 1.3333333333333333 - 1, LESS, UNCHANGED),
        (None, 10, MORE, None),
        (10, None, MORE, None),
    ],
)
def test_polarity_decides_what_a_change_means(baseline, last, polarity, direction):
    assert change(baseline, last, polarity=polarity).direction == direction


@pytest.mark.parametrize(
    ("last", "target", "polarity", "reached"),
    [
        (80, 80, MORE, True),
        (79.9, 80, MORE, False),
        (81, 80, MORE, True),
        (15, 15, LESS, True),
        (15.1, 15, LESS, False),
        (14, 15, LESS, True),
        (0.1 + 0.2, 0.3, LESS, True),
        (None, 15, LESS, None),
        (15, None, LESS, None),
    ],
)
def test_a_target_that_is_met_exactly_is_reached(last, target, polarity, reached):
    assert change(None, last, target, polarity).target_reached is reached


@pytest.mark.parametrize(
    ("baseline", "last", "difference", "percent"),
    [(40, 30, -10, -25), (-4, -2, 2, 50), (0, 5, 5, None), (40, 40, 0, 0), (None, 5, None, None)],
)
def test_percent_change_is_relative_to_the_size_of_the_baseline(baseline, last, difference, percent):
    result = change(baseline, last)
    assert (result.difference, result.percent_change) == (difference, percent)


def test_values_of_the_database_are_taken_exactly():
    result = change(Decimal("14.2000"), Decimal("10.65"), Decimal("11.00"), LESS)
    assert result == IndicatorChange(14.2, 10.65, 11.0, LESS, -3.55, -25.0, IMPROVED, True)


def test_values_that_are_not_finite_are_refused():
    with pytest.raises(ValueError, match="finite"):
        change(float("nan"), 1)
