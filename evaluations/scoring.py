"""From answers to scores: reverse items, the rule for missing answers, conversion to 0-100. Pure."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Number = int | float | Decimal


def reversed_value(value: Number, *, minimum: Number, maximum: Number) -> Number:
    """Return minimum + maximum − value, the answer a positively worded item would have got.

    Raises `ValueError` for a value outside the scale.
    """
    _check_range(value, minimum, maximum)
    return minimum + maximum - value


def scale_score(
    answers: Sequence[Number | None],
    *,
    reverse: Sequence[bool],
    minimum: Number,
    maximum: Number,
    min_answered_share: float = 0.5,
) -> float | None:
    """Return the mean of the answered items of a scale, reverse items turned; None for too few answers.

    `answers` and `reverse` run in parallel, None is missing and never counts as 0. The mean of the answered
    items stands for the scale when at least `min_answered_share` of the items is answered (0.5: the half
    rule of Fayers & Machin, Quality of Life, 2nd ed. 2007, ch. 15). Raises `ValueError` for an answer
    outside the scale, unequal lengths or a share outside 0 to 1.
    """
    if not 0 <= min_answered_share <= 1:
        raise ValueError("the share of answered items must lie between 0 and 1")
    answered = [
        _turned(answer, is_reverse, minimum, maximum)
        for answer, is_reverse in zip(answers, reverse, strict=True)
        if answer is not None
    ]
    # 2/3 as a float is a little less than two thirds: compare with the simple fraction that was meant.
    needed = Fraction(min_answered_share).limit_denominator(1000) * len(answers)
    if not answered or len(answered) < needed:
        return None
    return float(sum(answered, Fraction(0)) / len(answered))


def percent_of_maximum(score: Number | None, *, maximum: Number) -> float | None:
    """Return score/maximum × 100: on a scale of 1 to 4 the lowest answer is 25 (as SKM converts).

    None stays None. Raises `ValueError` for a score above the maximum or below 0.
    """
    if score is None:
        return None
    _check_range(score, 0, maximum)
    return float(_exact(score) / _exact(maximum) * 100)


def percent_of_range(score: Number | None, *, minimum: Number, maximum: Number) -> float | None:
    """Return (score − minimum)/(maximum − minimum) × 100: the lowest answer is 0, the highest 100.

    None stays None. Raises `ValueError` for a score outside the scale or a scale without width.
    """
    if score is None:
        return None
    _check_range(score, minimum, maximum)
    low = _exact(minimum)
    return float((_exact(score) - low) / (_exact(maximum) - low) * 100)


def _turned(answer: Number, is_reverse: bool, minimum: Number, maximum: Number) -> Fraction:
    low, high, value = _exact(minimum), _exact(maximum), _exact(answer)
    _check_range(value, low, high)
    return low + high - value if is_reverse else value


def _exact(value: Number) -> Fraction:
    """The decimal that was written: 0.1 is a tenth, not the float beside it."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def _check_range(value: Number | Fraction, minimum: Number | Fraction, maximum: Number | Fraction) -> None:
    if not minimum < maximum:
        raise ValueError(f"a scale from {minimum} to {maximum} has no width")
    if not (math.isfinite(value) and minimum <= value <= maximum):
        raise ValueError(f"{value} lies outside {minimum} to {maximum}")
