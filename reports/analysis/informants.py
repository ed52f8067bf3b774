"""Theme by group: how many informants named a theme, each once, however many passages and coders there are."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from .groups import suppress_small_groups
from .results import Suppressed

Cell = int | Suppressed


@dataclass(frozen=True, slots=True)
class Heard:
    """One group of informants: how many were heard, and whether it must be protected when it is small."""

    group: Hashable
    n: int
    is_protected: bool


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme: informants by group in the order of the groups, all informants, and sources that are nobody."""

    theme: Hashable
    cells: tuple[Cell, ...]
    total: Cell
    n_sources: int


@dataclass(frozen=True, slots=True)
class InformantMatrix:
    """All themes by all groups; `heard` are the sizes of the groups, withheld where the group is."""

    groups: tuple[Hashable, ...]
    heard: tuple[Cell, ...]
    total_heard: Cell
    rows: tuple[ThemeRow, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody, or a source that is nobody (`group` None), spoke of a theme."""

    theme: Hashable
    group: Hashable | None
    informant: Hashable


def informant_matrix(
    mentions: Iterable[Mention],
    *,
    parents: Mapping[Hashable, Hashable | None],
    heard: Iterable[Heard],
    minimum: int,
) -> InformantMatrix:
    """Count informants by theme and group.

    `parents` has every theme and the one above it: who named a theme named those above it too, and counts there
    once. Protected groups below `minimum` are withheld, with others as `groups.suppress_small_groups` says; when
    their total is withheld, the totals of the rows are as well. Raises `KeyError` for a mention of a theme or a
    group that is not given, `ValueError` for a circle of themes.
    """
    sizes = list(heard)
    above = {theme: _above(theme, parents) for theme in parents}
    named: dict[Hashable, dict[Hashable | None, set]] = {theme: {} for theme in parents}
    for mention in mentions:
        for theme in above[mention.theme]:
            named[theme].setdefault(mention.group, set()).add(mention.informant)
    known = {None, *(group.group for group in sizes)}
    if strange := {group for groups in named.values() for group in groups} - known:
        raise KeyError(next(iter(strange)))
    withheld, total_withheld = _withheld(sizes, minimum)
    return InformantMatrix(
        groups=tuple(group.group for group in sizes),
        heard=tuple(withheld.get(group.group, group.n) for group in sizes),
        total_heard=total_withheld or sum(group.n for group in sizes),
        rows=tuple(_row(theme, named[theme], sizes, withheld, total_withheld) for theme in parents),
    )


def _above(theme: Hashable, parents: Mapping[Hashable, Hashable | None]) -> list[Hashable]:
    found: list[Hashable] = []
    step: Hashable | None = theme
    while step is not None:
        if step in found:
            raise ValueError("themes form a circle")
        found.append(step)
        step = parents[step]
    return found


def _withheld(sizes: list[Heard], minimum: int) -> tuple[dict[Hashable, Suppressed], Suppressed | None]:
    protected = {str(place): group.n for place, group in enumerate(sizes) if group.is_protected}
    suppression = suppress_small_groups(protected, minimum=minimum)
    withheld = {
        group.group: suppressed
        for place, group in enumerate(sizes)
        if group.is_protected and (suppressed := suppression.of(str(place))) is not None
    }
    return withheld, suppression.total if withheld else None


def _row(theme, groups, sizes, withheld, total_withheld) -> ThemeRow:
    counts = [len(groups.get(group.group, ())) for group in sizes]
    return ThemeRow(
        theme=theme,
        cells=tuple(withheld.get(group.group, n) for group, n in zip(sizes, counts, strict=True)),
        total=total_withheld or sum(counts),
        n_sources=len(groups.get(None, ())),
    )
