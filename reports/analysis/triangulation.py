"""Sources of different kinds beside each other: what each says of one objective, and whether they agree.

No score is made of them. Each source (a strand) keeps its own direction, strength and n; the agreement says
only whether the directions are the same (Denzin 1978, *The Research Act*; Farmer et al. 2006 for the words
agreement, partial agreement, dissonance and silence). The thresholds are conventions of this program and are
stated in docs/statistics.md.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from .indicators import Direction as IndicatorDirection
from .indicators import IndicatorChange
from .ordinal import OrdinalChange
from .paired import PairedChange
from .results import Suppressed
from .satisfaction import Satisfaction


class Direction(StrEnum):
    """What a source says of an objective, polarity known."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    MIXED = "mixed"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"  # there are data, but nothing to compare them with, or too few


class Strength(IntEnum):
    """How much a strand can bear."""

    WEAK = 1
    MODERATE = 2
    STRONG = 3


class Agreement(StrEnum):
    """How the strands of one objective stand to each other."""

    AGREE = "agree"
    PARTLY = "partly"
    CONTRADICT = "contradict"
    ONE_SOURCE = "one_source"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Strand:
    """One source: its direction, its strength (None where the direction is unknown) and its n.

    `n` counts pairs, respondents, informants, records or measurements, as the maker of the strand says.
    """

    direction: Direction
    strength: Strength | None
    n: int


LARGE_D, MEDIUM_D = 0.8, 0.5  # |d_z|, Cohen 1988
MANY_VOICES, SOME_VOICES = 5, 3
LARGE_INDEX, MEDIUM_INDEX, LEAST_INDEX = 10.0, 5.0, 1.0  # points of an index of 25 to 100
SMALL_PERCENT = 5.0
LARGE_SUPERIORITY, MEDIUM_SUPERIORITY, LEAST_SUPERIORITY = 0.21, 0.14, 0.06  # distance of A from one half


def of_change(change: PairedChange | Suppressed | None, *, more_is_better: bool = True) -> Strand | None:
    """The strand of a paired change; None where nobody was paired or the group may not be shown.

    The direction is known when the interval of the mean difference leaves out 0; an interval around 0 is no
    change. The strength follows |d_z|: from 0.5 moderate, from 0.8 strong; weak where all moved alike, so that
    there is no spread to measure by.
    """
    if change is None or isinstance(change, Suppressed) or change.n_paired == 0:
        return None
    if change.ci95 is None:
        return _without_spread(change, more_is_better)
    if change.ci95.low <= 0 <= change.ci95.high:
        return Strand(Direction.UNCHANGED, Strength.WEAK, change.n_paired)
    is_better = (change.ci95.low > 0) == more_is_better
    size = abs(change.d_z or 0)
    strength = Strength.STRONG if size >= LARGE_D else Strength.MODERATE if size >= MEDIUM_D else Strength.WEAK
    return Strand(Direction.FAVOURABLE if is_better else Direction.UNFAVOURABLE, strength, change.n_paired)


def _without_spread(change: PairedChange, more_is_better: bool) -> Strand:
    """One pair tells no direction; several that all moved alike have one, and no measure of its strength."""
    if change.n_paired < 2:
        return Strand(Direction.UNKNOWN, None, change.n_paired)
    if change.n_same == change.n_paired:
        return Strand(Direction.UNCHANGED, Strength.WEAK, change.n_paired)
    is_better = (change.n_up > 0) == more_is_better
    return Strand(Direction.FAVOURABLE if is_better else Direction.UNFAVOURABLE, Strength.WEAK, change.n_paired)


def of_satisfaction(
    before: Satisfaction | Suppressed | None, after: Satisfaction | Suppressed | None
) -> Strand | None:
    """The strand of an index in two waves of different persons; n is that of the smaller wave.

    Less than 1 point is no change; from 5 points the change is moderate, from 10 strong. With one wave the
    direction is unknown; with none there is no strand.
    """
    held = [one for one in (before, after) if isinstance(one, Satisfaction) and one.ikm is not None]
    if not held:
        return None
    n = min(one.n_respondents for one in held)
    if len(held) < 2:
        return Strand(Direction.UNKNOWN, None, n)
    difference = float(held[1].ikm - held[0].ikm)
    size = abs(difference)
    if size < LEAST_INDEX:
        return Strand(Direction.UNCHANGED, Strength.WEAK, n)
    strength = (
        Strength.STRONG if size >= LARGE_INDEX else Strength.MODERATE if size >= MEDIUM_INDEX else Strength.WEAK
    )
    return Strand(Direction.FAVOURABLE if difference > 0 else Direction.UNFAVOURABLE, strength, n)


def of_level(n: int) -> Strand | None:
    """The strand of a scale that was asked once: there are answers, but no change can be told."""
    return Strand(Direction.UNKNOWN, None, n) if n else None


def of_voices(favourable: Collection[Hashable], unfavourable: Collection[Hashable]) -> Strand | None:
    """The strand of what was heard, seen or read, from the keys of who or what speaks for and against.

    Who speaks for both counts once. From 3 voices it is moderate, from 5 strong; None without any.
    """
    n = len({*favourable, *unfavourable})
    if n == 0:
        return None
    if favourable and unfavourable:
        direction = Direction.MIXED
    else:
        direction = Direction.FAVOURABLE if favourable else Direction.UNFAVOURABLE
    strength = Strength.STRONG if n >= MANY_VOICES else Strength.MODERATE if n >= SOME_VOICES else Strength.WEAK
    return Strand(direction, strength, n)


def of_ordinal(change: OrdinalChange | Suppressed | None) -> Strand | None:
    """The strand of ordered categories, which have no mean; n is that of the smaller side.

    By the probability of superiority A (Vargha & Delaney 2000): within 0.06 of one half there is no change, from
    0.64 it is moderate, from 0.71 strong, and below one half alike. One side alone has no direction.
    """
    if change is None or isinstance(change, Suppressed) or not (change.n_before or change.n_after):
        return None
    if change.superiority is None:
        return Strand(Direction.UNKNOWN, None, max(change.n_before, change.n_after))
    n = min(change.n_before, change.n_after)
    distance = abs(change.superiority - 0.5)
    if distance < LEAST_SUPERIORITY:
        return Strand(Direction.UNCHANGED, Strength.WEAK, n)
    if distance >= LARGE_SUPERIORITY:
        strength = Strength.STRONG
    else:
        strength = Strength.MODERATE if distance >= MEDIUM_SUPERIORITY else Strength.WEAK
    return Strand(Direction.FAVOURABLE if change.superiority > 0.5 else Direction.UNFAVOURABLE, strength, n)


def of_indicators(changes: Iterable[tuple[IndicatorChange, int]]) -> Strand | None:
    """The strand of the indicators of an objective, from (change, number of measurements) of each.

    Indicators that moved in opposite directions are mixed. Strong when every one reached its target, weak when
    none moved by at least 5% of its baseline, moderate otherwise. None without a measurement.
    """
    measured = [(change, n) for change, n in changes if n]
    if not measured:
        return None
    n = sum(n for _change, n in measured)
    known = [change for change, _n in measured if change.direction is not None]
    if not known:
        return Strand(Direction.UNKNOWN, None, n)
    directions = {_INDICATOR[change.direction] for change in known}
    if directions == {Direction.UNCHANGED}:
        return Strand(Direction.UNCHANGED, Strength.WEAK, n)
    moved = directions - {Direction.UNCHANGED}
    direction = moved.pop() if len(moved) == 1 and len(directions) == 1 else Direction.MIXED
    if all(change.target_reached for change in known):
        strength = Strength.STRONG
    elif all(abs(change.percent_change or 0) < SMALL_PERCENT for change in known):
        strength = Strength.WEAK
    else:
        strength = Strength.MODERATE
    return Strand(direction, strength, n)


_INDICATOR = {
    IndicatorDirection.IMPROVED: Direction.FAVOURABLE,
    IndicatorDirection.WORSENED: Direction.UNFAVOURABLE,
    IndicatorDirection.UNCHANGED: Direction.UNCHANGED,
}


def agreement(strands: Sequence[Strand | None]) -> Agreement:
    """How sources agree: None stands for a source without data, and an unknown direction says nothing.

    For and against together contradict each other. All alike agree. Anything between (mixed, or no change
    beside a change) agrees in part.
    """
    known = [one.direction for one in strands if one is not None and one.direction is not Direction.UNKNOWN]
    if not known:
        return Agreement.SILENT
    if len(known) == 1:
        return Agreement.ONE_SOURCE
    if {Direction.FAVOURABLE, Direction.UNFAVOURABLE} <= set(known):
        return Agreement.CONTRADICT
    if len(set(known)) == 1 and known[0] is not Direction.MIXED:
        return Agreement.AGREE
    return Agreement.PARTLY
