"""Results of indicators in a report: measured by a number, or by how many employees had each predicate."""

from dataclasses import dataclass
from datetime import date

from reports.analysis.indicators import BeforeAfter, IndicatorChange, Point, Signal
from reports.analysis.ordinal import OrdinalChange
from reports.analysis.results import Suppressed


@dataclass(frozen=True)
class ComparisonIndicator:
    """The same indicator at a unit that did not take part; ``difference`` runs from its change to ours."""

    agency: str
    points: tuple[Point, ...]
    judged: BeforeAfter
    difference: IndicatorChange


@dataclass(frozen=True)
class IndicatorResult:
    """A service indicator before and after the program from ``starts`` to ``ends``.

    ``signals`` are those of the run chart with the median before the program as its line; None where there are too
    few points to speak of any. ``comparison`` is None without a unit that is measured alike.
    """

    name: str
    agency: str
    unit: str
    source: str
    starts: date
    ends: date
    points: tuple[Point, ...]
    judged: BeforeAfter
    signals: tuple[Signal, ...] | None
    comparison: ComparisonIndicator | None = None
    objective: int | None = None  # the key of the objective that it measures

    @property
    def change(self) -> IndicatorChange:
        return self.judged.change

    @property
    def is_judged(self) -> bool:
        """Whether there is something before and something after to compare."""
        return self.change.direction is not None


@dataclass(frozen=True)
class PredicateCount:
    """How many employees had each predicate on one day, in the order of ``PredicateResult.names``."""

    date: date
    counts: tuple[int, ...] | Suppressed


@dataclass(frozen=True)
class PredicateResult:
    """Performance predicates of a unit, ordered from the worst to the best, never averaged.

    ``change`` compares the last day up to the program's first one with the last day after it; None where one of
    them is missing, ``Suppressed`` where a group is too small to be shown.
    """

    name: str
    agency: str
    source: str
    starts: date
    ends: date
    names: tuple[str, ...]
    good_from: int
    legal_source: str
    counts: tuple[PredicateCount, ...]
    before: PredicateCount | None
    after: PredicateCount | None
    change: OrdinalChange | Suppressed | None
    objective: int | None = None  # the key of the objective that it measures
