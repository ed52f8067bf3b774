"""Which answers lose each other so that nobody is found by the waves they took part in."""

import random
from collections import Counter

import pytest

from evaluations.rare_ways import to_unlink


def people(**counts) -> dict[str, tuple[str, frozenset[int]]]:
    """people(ab=3): three who answered the surveys a and b."""
    return {
        f"{way}-{number}": ("peserta", frozenset(map(ord, way)))
        for way, n in counts.items()
        for number in range(n)
    }


@pytest.mark.parametrize(
    ("ways", "n_unlinked"),
    [
        ({}, 0),
        (people(ab=30), 0),
        (people(ab=30, a=5), 0),
        (people(ab=4), 4),
        (people(ab=30, a=1), 6),  # four of the many beside the one; a fifth, lest four stand alone in b
        (people(ab=8, a=1), 9),  # four would leave four, which is a rare way itself
        (people(abc=30, a=1, c=2), 8),
        (people(a=1), 1),
    ],
)
def test_a_rare_way_is_hidden_among_others(ways, n_unlinked):
    assert len(to_unlink(ways, minimum=5)) == n_unlinked


def test_groups_are_not_hidden_behind_each_other():
    ways = people(ab=30) | {f"p{number}": ("pembanding", frozenset({1, 2})) for number in range(3)}
    assert to_unlink(ways, minimum=5) == {"p0", "p1", "p2"}


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happened_no_small_group_stays_recognisable(seed):
    chance, minimum = random.Random(seed), 5
    names = ["a", "b", "c", "ab", "ac", "bc", "abc"]
    ways = people(**{name: chance.choice([0, 0, 1, 2, 3, 6, 20]) for name in names})
    loose = to_unlink(ways, minimum=minimum)
    linked = Counter(way for mark, way in ways.items() if mark not in loose)
    assert all(n >= minimum for n in linked.values())
    for survey in map(ord, "abc"):
        asked = [mark for mark, way in ways.items() if survey in way[1]]
        n_loose = len(loose.intersection(asked))
        assert n_loose == 0 or n_loose >= minimum or n_loose == len(asked)
