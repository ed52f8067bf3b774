"""Joint counts of a value before and a value after: what paired analyses are given instead of persons."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from .exact import Counted, resolution, to_fraction

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class PairedCounts:
    """How many persons had each combination of values, and how many have one of the two only.

    `before`, `after` and `count` run in parallel, one place per combination. Raises `ValueError` for unequal
    lengths, values that are not finite and counts below 1 (below 0 for the unpaired).
    """

    before: tuple[Number, ...]
    after: tuple[Number, ...]
    count: tuple[int, ...]
    n_before_only: int = 0
    n_after_only: int = 0

    def __post_init__(self) -> None:
        if not len(self.before) == len(self.after) == len(self.count):
            raise ValueError("before, after and count differ in length")
        if not all(math.isfinite(value) for value in (*self.before, *self.after)):
            raise ValueError("values must be finite numbers")
        if any(count < 1 for count in self.count) or min(self.n_before_only, self.n_after_only) < 0:
            raise ValueError("counts must be positive")

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[Number | None, Number | None]]) -> Self:
        """Return the counts of (before, after) pairs; None is missing, and a pair without both is not counted."""
        tally = Counter(pairs)
        complete = sorted((pair, count) for pair, count in tally.items() if None not in pair)
        return cls(
            before=tuple(before for (before, _after), _count in complete),
            after=tuple(after for (_before, after), _count in complete),
            count=tuple(count for _pair, count in complete),
            n_before_only=sum(n for (before, after), n in tally.items() if before is not None and after is None),
            n_after_only=sum(n for (before, after), n in tally.items() if before is None and after is not None),
        )

    @property
    def n_paired(self) -> int:
        """Persons with both values."""
        return sum(self.count)

    def exact_before(self) -> list[tuple[Fraction, int]]:
        """Values before of the paired, exact, with their counts."""
        return [(to_fraction(value), count) for value, count in zip(self.before, self.count, strict=True)]

    def exact_after(self) -> list[tuple[Fraction, int]]:
        """Values after of the paired, exact, with their counts."""
        return [(to_fraction(value), count) for value, count in zip(self.after, self.count, strict=True)]

    def differences(self) -> list[tuple[Fraction, int]]:
        """After − before of the paired, exact, with their counts, ascending."""
        return sorted(
            (to_fraction(after) - to_fraction(before), count)
            for before, after, count in zip(self.before, self.after, self.count, strict=True)
        )

    def resolution(self) -> Fraction:
        """The distance up to which two numbers of this data are the same (see `exact.resolution`)."""
        values: Counted = [*self.exact_before(), *self.exact_after()]
        return resolution(values)
