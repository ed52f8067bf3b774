"""Service indicators before and after, for which a fall may be the improvement."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .counts import Number
from .exact import resolution, to_float, to_fraction


class Polarity(StrEnum):
    """Which direction is better."""

    MORE_IS_BETTER = "more_is_better"
    LESS_IS_BETTER = "less_is_better"


class Direction(StrEnum):
    """What a change means once polarity is known."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """From the baseline to the last value, in the indicator's unit; None where a value is missing.

    `percent_change` is relative to the size of the baseline (25.0 means 25%), None for a baseline of 0.
    """

    baseline: float | None
    last: float | None
    target: float | None
    polarity: Polarity
    difference: float | None
    percent_change: float | None
    direction: Direction | None
    target_reached: bool | None


def indicator_change(
    *, baseline: Number | None, last: Number | None, target: Number | None, polarity: Polarity
) -> IndicatorChange:
    """Compare the last value of an indicator with its baseline and its target, knowing which way is better.

    The target counts as reached when it is met exactly. Values are compared as decimals (see `exact`).
    Raises `ValueError` for values that are not finite.
    """
    start, end, goal = (None if value is None else to_fraction(value) for value in (baseline, last, target))
    difference = None if start is None or end is None else _snapped(end - start, start, end)
    return IndicatorChange(
        baseline=to_float(start),
        last=to_float(end),
        target=to_float(goal),
        polarity=polarity,
        difference=to_float(difference),
        percent_change=to_float(difference / abs(start) * 100) if difference is not None and start else None,
        direction=None if difference is None else _direction(difference, polarity),
        target_reached=None if end is None or goal is None else _is_reached(end, goal, polarity),
    )


def _direction(difference: Fraction, polarity: Polarity) -> Direction:
    if difference == 0:
        return Direction.UNCHANGED
    is_better = (difference > 0) == (polarity is Polarity.MORE_IS_BETTER)
    return Direction.IMPROVED if is_better else Direction.WORSENED


def _is_reached(end: Fraction, goal: Fraction, polarity: Polarity) -> bool:
    surplus = _snapped(end - goal, end, goal)
    return surplus >= 0 if polarity is Polarity.MORE_IS_BETTER else surplus <= 0


def _snapped(difference: Fraction, *values: Fraction) -> Fraction:
    """A difference within the resolution of the values is none."""
    return Fraction(0) if abs(difference) <= resolution([(value, 1) for value in values]) else difference
