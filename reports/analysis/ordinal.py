"""Ordered categories before and after, which have no mean: shares, and who would win a comparison of two."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .exact import to_float
from .indicators import Direction


@dataclass(frozen=True, slots=True)
class OrdinalChange:
    """Two distributions over the same categories, from the worst to the best.

    `superiority` is the chance that one drawn afterwards stands higher than one drawn before, ties counting half;
    `u` is the statistic of Mann and Whitney behind it. `good_*` are shares of one. What rests on a side without
    anybody is None.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    n_before: int
    n_after: int
    good_before: float | None
    good_after: float | None
    u: float | None
    superiority: float | None
    direction: Direction | None


def ordinal_change(before: Sequence[int], after: Sequence[int], *, good_from: int) -> OrdinalChange:
    """Compare two distributions of counts over categories that are ordered from the worst to the best.

    Categories from the position `good_from` on count as good. Raises `ValueError` for counts that do not belong
    together or are negative.
    """
    if len(before) != len(after) or min([*before, *after], default=0) < 0:
        raise ValueError("counts over the same categories, none of them negative")
    n_before, n_after = sum(before), sum(after)
    pairs = n_before * n_after
    wins = sum(
        count * (sum(before[:place]) + Fraction(before[place], 2)) for place, count in enumerate(after) if count
    )
    superiority = Fraction(wins) / pairs if pairs else None
    return OrdinalChange(
        before=tuple(before),
        after=tuple(after),
        n_before=n_before,
        n_after=n_after,
        good_before=_share(before, good_from),
        good_after=_share(after, good_from),
        u=to_float(Fraction(wins)) if pairs else None,
        superiority=to_float(superiority),
        direction=None if superiority is None else _direction(superiority),
    )


def _share(counts: Sequence[int], good_from: int) -> float | None:
    n = sum(counts)
    return sum(counts[good_from:]) / n if n else None


def _direction(superiority: Fraction) -> Direction:
    if superiority == Fraction(1, 2):
        return Direction.UNCHANGED
    return Direction.IMPROVED if superiority > Fraction(1, 2) else Direction.WORSENED
