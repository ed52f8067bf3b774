"""How many were there, and what a class scored. Pure: counts and plain means, no person."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

PRESENT, EXCUSED, ILL, ABSENT = "hadir", "izin", "sakit", "alpa"
STATES = (PRESENT, EXCUSED, ILL, ABSENT)
MISSING = ""
MINIMUM_GROUP = 5  # persons below which no mean is shown, as in evaluations unless they say otherwise


@dataclass
class Tally:
    """The notes about one activity or one person. What nobody noted is missing, never an absence."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*STATES, MISSING), 0))

    def add(self, state: str, number: int = 1) -> None:
        self.counts[state] += number

    @property
    def present(self) -> int:
        return self.counts[PRESENT]

    @property
    def excused(self) -> int:
        return self.counts[EXCUSED]

    @property
    def ill(self) -> int:
        return self.counts[ILL]

    @property
    def absent(self) -> int:
        return self.counts[ABSENT]

    @property
    def missing(self) -> int:
        return self.counts[MISSING]

    @property
    def n(self) -> int:
        """How many notes there are; the share rests on them."""
        return sum(self.counts[state] for state in STATES)

    @property
    def expected(self) -> int:
        return self.n + self.missing

    @property
    def share(self) -> Fraction | None:
        """Present among those noted; None where nothing was noted."""
        return Fraction(self.present, self.n) if self.n else None


def tallies(notes: Iterable[tuple[Hashable, str]]) -> dict[Hashable, Tally]:
    """One tally for each key, from pairs of key and state ("" where nothing was noted)."""
    found: dict[Hashable, Tally] = {}
    for key, state in notes:
        found.setdefault(key, Tally()).add(state)
    return found


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """What one class scored. A mean is None where it would rest on too few persons to be shown."""

    n: int
    n_pre: int
    n_post: int
    n_both: int
    mean_pre: Decimal | None
    mean_post: Decimal | None
    minimum: int


def summarise_scores(
    scores: Sequence[tuple[Decimal | None, Decimal | None]], *, minimum: int = MINIMUM_GROUP
) -> ScoreSummary:
    """Counts and plain means of (pre, post); a missing score is left out of its column, not counted as zero."""
    pre = [before for before, _after in scores if before is not None]
    post = [after for _before, after in scores if after is not None]
    return ScoreSummary(
        n=len(scores),
        n_pre=len(pre),
        n_post=len(post),
        n_both=sum(before is not None and after is not None for before, after in scores),
        mean_pre=_mean(pre, minimum),
        mean_post=_mean(post, minimum),
        minimum=minimum,
    )


def _mean(values: list[Decimal], minimum: int) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values and len(values) >= minimum else None
