"""What the programs of a year amount to: tallies by type and region, completion that may be shown, map classes.

Regions are their official codes; one lies inside another when its code begins with the other's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from operator import attrgetter

from .groups import suppress_small_groups
from .results import Reason, Suppressed

# Length of a code by level: province 33, regency or city 33.74, district 33.74.08.
CODE_LENGTHS = (2, 5, 8)


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over some programs; those of different programs add up (`add_up`)."""

    programs: int = 0
    activities: int = 0
    lesson_hours: Decimal = Decimal(0)
    enrollments: int = 0
    completed: int = 0
    with_outcome: int = 0  # completed, failed or withdrawn
    persons_with_outcome: int = 0
    planned: Decimal = Decimal(0)
    realised: Decimal = Decimal(0)
    budget_lines: int = 0
    unrealised_lines: int = 0  # nobody has noted yet what was spent


_VALUES = attrgetter(*(field.name for field in fields(Tally)))


@dataclass(frozen=True, slots=True)
class Completion:
    """How many completed, of those whose outcome is known."""

    completed: int
    n: int

    @property
    def share(self) -> float:
        return self.completed / self.n


ShownCompletion = Completion | Suppressed | None  # None: nobody's outcome is known


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Groups that do not overlap, and their total, each with the completion that may be shown of it."""

    groups: Mapping[str, Tally]
    completion: Mapping[str, ShownCompletion]
    total: Tally
    total_completion: ShownCompletion


@dataclass(frozen=True, slots=True)
class MapClass:
    """One shade of a map: the smallest and the largest value that has it."""

    low: float
    high: float


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Return the tally of all of them; of none, zeros."""
    columns = zip(*map(_VALUES, tallies), strict=True)
    return Tally(*map(sum, columns))


def break_down(groups: Mapping[str, Tally], *, minimum: int) -> Breakdown:
    """Return groups and total with the completion of each that may be shown.

    Sizes are persons with an outcome; what is withheld follows `groups.suppress_small_groups`.
    """
    hidden = suppress_small_groups(
        {name: tally.persons_with_outcome for name, tally in groups.items()}, minimum=minimum
    )
    total = add_up(groups.values())
    return Breakdown(
        groups=groups,
        completion={name: _completion(tally, hidden.of(name)) for name, tally in groups.items()},
        total=total,
        total_completion=_completion(total, hidden.total),
    )


def regional_breakdown(
    tallies: Mapping[str, Tally], *, area: Sequence[str], chosen: str = "", minimum: int
) -> Breakdown:
    """Return the regions of the level below ``chosen``, or below ``area`` when nothing is chosen.

    `tallies` are by the code that a program itself carries, all of them inside `area`; an empty `area` is the
    whole country. What a region's own page may show is decided among its neighbours too: were it withheld there
    and shown here, the neighbour that it protects would follow from the sum.
    """
    path = [code for code in _ladder(chosen) if not area or any(code.startswith(outer) for outer in area)]
    within, protected = tuple(outermost(area)), None
    for code in path:
        if within == (code,):
            continue
        siblings = break_down(region_groups(tallies, within=within), minimum=minimum)
        if isinstance(siblings.completion.get(code), Suppressed):
            protected = siblings.completion[code]
        tallies = {leaf: tally for leaf, tally in tallies.items() if leaf.startswith(code)}
        within = (code,)
    shown = break_down(region_groups(tallies, within=within), minimum=minimum)
    return shown if protected is None else _withhold(shown, protected)


def withhold_completion(breakdown: Breakdown, *, minimum: int) -> Breakdown:
    """Return the same without any completion: for a table that would cross another one."""
    return _withhold(breakdown, Suppressed(Reason.PROTECTS_OTHER_GROUP, minimum))


def region_groups(tallies: Mapping[str, Tally], *, within: Sequence[str]) -> dict[str, Tally]:
    """Return the tallies by group, in the order of their codes.

    Below one region (or, for no region, the whole country) the groups are those of the next level, and the
    region's own code for what belongs to none of them; of several regions, each is a group.
    """
    groups: dict[str, list[Tally]] = {}
    for code in sorted(tallies):
        groups.setdefault(_group_of(code, within), []).append(tallies[code])
    return {name: add_up(parts) for name, parts in groups.items()}


def outermost(codes: Iterable[str]) -> list[str]:
    """Return the codes that lie inside no other of them, in order."""
    kept: list[str] = []
    for code in sorted(set(codes)):
        if not kept or not code.startswith(kept[-1]):
            kept.append(code)
    return kept


def map_classes(values: Iterable[float], *, at_most: int = 5) -> tuple[MapClass, ...]:
    """Return up to `at_most` classes that hold about equally many different values.

    However many regions share a value, it fills no more than one class, and what stands out keeps its own.
    Raises `ValueError` for `at_most` below 1.
    """
    if at_most < 1:
        raise ValueError("at least one class is needed")
    different = sorted(set(values))
    n_classes = min(at_most, len(different))
    ends = [len(different) * part // n_classes for part in range(1, n_classes + 1)]
    return tuple(
        MapClass(different[start], different[end - 1]) for start, end in zip([0, *ends], ends, strict=False)
    )


def class_of(value: float, classes: Sequence[MapClass]) -> int:
    """Return the number of the class of a value, from 1; 0 when it lies below all of them."""
    return sum(value >= each.low for each in classes)


def _completion(tally: Tally, hidden: Suppressed | None) -> ShownCompletion:
    if not tally.with_outcome:
        return None
    return hidden or Completion(tally.completed, tally.with_outcome)


def _withhold(breakdown: Breakdown, hidden: Suppressed) -> Breakdown:
    return Breakdown(
        groups=breakdown.groups,
        completion={name: shown and hidden for name, shown in breakdown.completion.items()},
        total=breakdown.total,
        total_completion=breakdown.total_completion and hidden,
    )


def _ladder(code: str) -> list[str]:
    """33.74.08 -> 33, 33.74, 33.74.08"""
    return [code[:length] for length in CODE_LENGTHS if length <= len(code)]


def _group_of(code: str, within: Sequence[str]) -> str:
    if len(within) > 1:
        return next(outer for outer in within if code.startswith(outer))
    inside = within[0] if within else ""
    length = next((length for length in CODE_LENGTHS if length > len(inside)), len(inside))
    return code[:length]
