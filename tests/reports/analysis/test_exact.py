from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from reports.analysis.exact import (
    mean,
    median,
    quotient,
    resolution,
    size,
    square_root,
    to_decimal,
    to_float,
    to_fraction,
    variance,
)


def counted(*values):
    return [(to_fraction(value), 1) for value in values]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, Fraction(3)),
        (0.1 + 0.2, Fraction(3, 10)),
        (0.1, Fraction(1, 10)),
        (-1e-300, Fraction(-1, 10**300)),
        (1e22, Fraction(10**22)),
        (Decimal("2.50"), Fraction(5, 2)),
        (Fraction(1, 3), Fraction(1, 3)),
        (np.int64(7), Fraction(7)),
        (np.float64(0.7), Fraction(7, 10)),
    ],
)
def test_to_fraction_takes_the_decimal_that_was_written(value, expected):
    assert to_fraction(value) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_to_fraction_refuses_what_is_not_finite(value):
    with pytest.raises(ValueError, match="finite"):
        to_fraction(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (Fraction(1, 4), 0.25),
        (Decimal("1e400"), None),
        (Fraction(10**400), None),
        (Decimal("-1e400"), None),
        (Fraction(1, 10**400), 0.0),
    ],
)
def test_to_float_never_leaves_the_range_of_floats(value, expected):
    assert to_float(value) == expected


def test_to_float_has_no_negative_zero():
    assert str(to_float(Fraction(-1, 10**400))) == "0.0"


def test_square_root_and_quotient_keep_forty_digits():
    assert square_root(Fraction(2)) == Decimal("1.414213562373095048801688724209698078570")
    assert quotient(Fraction(1), Decimal(3)) == to_decimal(Fraction(1, 3))
    assert quotient(Decimal(1), Decimal(8)) == Decimal("0.125")


@pytest.mark.parametrize(
    ("values", "expected_mean", "expected_median"),
    [((), None, None), ((5,), 5, 5), ((3, 1, 2), 2, 2), ((1, 2, 3, 10), 4, Fraction(5, 2))],
)
def test_mean_and_median_of_few_values(values, expected_mean, expected_median):
    assert mean(counted(*values)) == expected_mean
    assert median(counted(*values)) == expected_median


def test_counts_stand_for_repeated_values():
    repeated, tallied = counted(1, 1, 1, 4), [(Fraction(1), 3), (Fraction(4), 1)]
    assert size(tallied) == 4
    assert mean(tallied) == mean(repeated) == Fraction(7, 4)
    assert median(tallied) == median(repeated) == 1
    assert variance(tallied, tolerance=Fraction(0)) == variance(repeated, tolerance=Fraction(0)) == Fraction(9, 4)


@pytest.mark.parametrize(
    ("values", "expected"),
    [((), None), ((1,), None), ((2, 2, 2), 0), ((0.1 + 0.2, 0.3), 0), ((1, 2, 3, 4), Fraction(5, 3))],
)
def test_variance_needs_two_values_and_is_zero_for_equal_ones(values, expected):
    assert variance(counted(*values), tolerance=Fraction(0)) == expected


def test_variance_within_the_tolerance_is_zero():
    thirds = [(to_fraction(10 / 3) - 3, 1), (to_fraction(8 / 3) - to_fraction(7 / 3), 1)]
    assert variance(thirds, tolerance=resolution(thirds)) == 0
    assert variance(thirds, tolerance=Fraction(0)) > 0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), 0),
        ((0, 0), 0),
        ((0, 0, 0, 5), Fraction(5, 10**12)),
        ((1, -2, 1e15), Fraction(2, 10**12)),
        ((1, 1e15), Fraction(1, 10**12)),
    ],
)
def test_resolution_follows_the_typical_magnitude_and_not_the_largest(values, expected):
    assert resolution(counted(*values)) == expected
