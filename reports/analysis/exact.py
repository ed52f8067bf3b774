"""Exact arithmetic over counted values, so that 1.9 − 0.7 equals 1.4 − 0.2.

Floats are taken as the decimal number that their first 15 significant digits write, which is all that a
spreadsheet keeps. Sums, differences and variances of those decimals are then exact fractions. What noise is
left comes from repeating decimals (scale means such as 2.333…); it is smaller than `resolution`.
"""

import math
from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import accumulate

# Relative to the typical magnitude of the data: a thousand times coarser than the 15 digits that are kept,
# far finer than anything that is measured.
RESOLUTION = Fraction(1, 10**12)

# More digits than a float holds and exponents that no ratio of floats exceeds.
_CONTEXT = Context(prec=40, Emin=-999_999, Emax=999_999)

Counted = Sequence[tuple[Fraction, int]]


def to_fraction(value: int | float | Decimal | Fraction) -> Fraction:
    """Return the exact value of a number; raises `ValueError` for NaN and infinity."""
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    return Fraction(value) if isinstance(value, Decimal) else Fraction(f"{float(value):.15g}")


def to_decimal(value: Fraction) -> Decimal:
    """Return a fraction to 40 significant digits."""
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def to_float(value: Fraction | Decimal | None) -> float | None:
    """Return the nearest float; None stays None and a number beyond the range of floats becomes None."""
    if value is None:
        return None
    nearest = float(to_decimal(value) if isinstance(value, Fraction) else value)
    # Adding 0.0 turns the negative zero of an underflow into plain zero.
    return nearest + 0.0 if math.isfinite(nearest) else None


def square_root(value: Fraction) -> Decimal:
    """Return the square root to 40 significant digits."""
    return _CONTEXT.sqrt(to_decimal(value))


def quotient(numerator: Fraction | Decimal, denominator: Decimal) -> Decimal:
    """Return a ratio to 40 significant digits."""
    top = to_decimal(numerator) if isinstance(numerator, Fraction) else numerator
    return _CONTEXT.divide(top, denominator)


def size(counted: Counted) -> int:
    """Return how many values there are, each as often as it is counted."""
    return sum(count for _value, count in counted)


def mean(counted: Counted) -> Fraction | None:
    """Return the mean; None for no values."""
    n = size(counted)
    if n == 0:
        return None
    whole, unit = _whole(counted)
    return Fraction(sum(value * count for value, count in whole), n * unit)


def median(counted: Counted) -> Fraction | None:
    """Return the middle value, or the mean of the two middle ones; None for no values."""
    n = size(counted)
    if n == 0:
        return None
    ordered = sorted(counted)
    return (_at(ordered, (n - 1) // 2) + _at(ordered, n // 2)) / 2


def variance(counted: Counted, *, tolerance: Fraction) -> Fraction | None:
    """Return the variance with divisor n − 1; None for fewer than two values.

    Values that lie within `tolerance` of one another are equal, and their variance is exactly 0.
    """
    n = size(counted)
    if n < 2:
        return None
    values = [value for value, _count in counted]
    if max(values) - min(values) <= tolerance:
        return Fraction(0)
    whole, unit = _whole(counted)
    total = sum(value * count for value, count in whole)
    squares = sum(value * value * count for value, count in whole)
    return Fraction(n * squares - total * total, n * (n - 1) * unit * unit)


def resolution(counted: Counted) -> Fraction:
    """Return the distance up to which two numbers of this data are the same number.

    It is 10⁻¹² of the lower median of the nonzero magnitudes, so that one extreme value does not blur all
    others; 0 when every value is 0.
    """
    magnitudes = sorted((abs(value), count) for value, count in counted if value)
    n = size(magnitudes)
    return _at(magnitudes, (n - 1) // 2) * RESOLUTION if n else Fraction(0)


def _whole(counted: Counted) -> tuple[list[tuple[int, int]], int]:
    """Return the values as whole multiples of 1/unit, and the unit: sums of integers are fast and exact."""
    unit = math.lcm(*(value.denominator for value, _count in counted))
    return [(value.numerator * (unit // value.denominator), count) for value, count in counted], unit


def _at(ordered: Counted, position: int) -> Fraction:
    """Return the value at a position, counted from 0, among the repeated values."""
    reached = accumulate(count for _value, count in ordered)
    return next(value for (value, _count), end in zip(ordered, reached, strict=True) if position < end)
