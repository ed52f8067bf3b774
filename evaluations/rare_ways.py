"""Whose answers may stay linked over the waves: the list of invitations tells who answered which. Pure.

Once the key is gone nobody can turn a pseudonym back. But if one person alone answered before and not after, the
pseudonym that occurs only before is that person's. So a way through the waves that fewer than the smallest group
took is not kept: its answers stay, each for itself, among enough others of the same survey that are not linked.
"""

from collections import Counter
from collections.abc import Hashable, Mapping

Way = Hashable


def to_unlink(ways: Mapping[str, tuple[Way, frozenset[int]]], *, minimum: int) -> set[str]:
    """The pseudonyms whose answers are to lose each other.

    ``ways`` has for each pseudonym what else is known of the person (the group) and the surveys that were
    answered. Afterwards every way that is still linked was taken by at least ``minimum`` persons, and in each
    survey and group the answers without a link are none or at least ``minimum``, as far as so many answered at
    all: persons of the most common ways are unlinked with them. Who answered a single survey has no link to
    lose, but is one of those without.
    """
    taken = Counter(ways.values())
    loose = {mark for mark, way in ways.items() if taken[way] < minimum}
    while short := _too_few(ways, loose, minimum):
        linked = Counter(ways[mark] for mark in ways if mark not in loose and _holds(ways[mark], short))
        if not linked:
            break
        way = max(linked, key=lambda each: (linked[each], -len(each[1]), sorted(each[1])))
        own = sorted(mark for mark in ways if mark not in loose and ways[mark] == way)
        # What is left of this way must not become rare itself.
        n = minimum - _n_loose(ways, loose, short)
        loose.update(own if len(own) - n < minimum else own[:n])
    return loose


def _too_few(
    ways: Mapping[str, tuple[Way, frozenset[int]]], loose: set[str], minimum: int
) -> tuple[Way, int] | None:
    """A (group, survey) in which a few answers are without a link, and more could be."""
    counts: Counter[tuple[Way, int]] = Counter()
    totals: Counter[tuple[Way, int]] = Counter()
    for mark, (group, surveys) in ways.items():
        for survey in surveys:
            totals[group, survey] += 1
            counts[group, survey] += mark in loose
    few = (place for place, n in sorted(counts.items(), key=str) if 0 < n < minimum and n < totals[place])
    return next(few, None)


def _n_loose(ways: Mapping[str, tuple[Way, frozenset[int]]], loose: set[str], place: tuple[Way, int]) -> int:
    return sum(_holds(ways[mark], place) for mark in loose)


def _holds(way: tuple[Way, frozenset[int]], place: tuple[Way, int]) -> bool:
    group, survey = place
    return way[0] == group and survey in way[1]
