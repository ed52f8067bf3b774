"""One variable at a time: how answers are spread, and shares with their uncertainty."""

from collections.abc import Mapping
from dataclasses import dataclass

from statsmodels.stats.proportion import proportion_confint

from .counts import Number
from .exact import mean, median, resolution, size, square_root, to_float, to_fraction, variance
from .results import Interval


@dataclass(frozen=True, slots=True)
class Distribution:
    """Values in ascending order with their counts; mean, median and SD (divisor n − 1) carry this n."""

    values: tuple[float, ...]
    counts: tuple[int, ...]
    n: int
    n_missing: int
    mean: float | None
    median: float | None
    sd: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole with the interval of the proportion; None where the whole is empty."""

    count: int
    n: int
    share: float | None
    ci95: Interval | None


def distribution(counts: Mapping[Number, int], *, n_missing: int = 0) -> Distribution:
    """Describe how often each value occurred; missing answers are stated, never counted as a value.

    Raises `ValueError` for values that are not finite and for negative counts.
    """
    if n_missing < 0 or any(count < 0 for count in counts.values()):
        raise ValueError("counts must not be negative")
    exact = sorted((to_fraction(value), count) for value, count in counts.items())
    spread = variance([pair for pair in exact if pair[1]], tolerance=resolution(exact))
    return Distribution(
        values=tuple(to_float(value) for value, _count in exact),
        counts=tuple(count for _value, count in exact),
        n=size(exact),
        n_missing=n_missing,
        mean=to_float(mean(exact)),
        median=to_float(median(exact)),
        sd=None if spread is None else to_float(square_root(spread)),
    )


def share(count: int, n: int, *, confidence: float = 0.95) -> Share:
    """Return count/n with Wilson's score interval (1927), which stays within 0 and 1 for small n.

    Raises `ValueError` unless 0 ≤ count ≤ n.
    """
    if not 0 <= count <= n:
        raise ValueError("count must lie between 0 and n")
    if n == 0:
        return Share(count, n, None, None)
    part = count / n
    low, high = proportion_confint(count, n, alpha=1 - confidence, method="wilson")
    # For nobody and for everybody an end is the share itself, from which floating point may stray inwards.
    return Share(count, n, part, Interval(float(min(low, part)), float(max(high, part)), confidence))
