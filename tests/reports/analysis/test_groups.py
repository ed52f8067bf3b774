import itertools

import pytest

from reports.analysis.groups import suppress_small_groups
from reports.analysis.results import Reason, Suppressed


@pytest.mark.parametrize(
    ("sizes", "too_small", "complementary", "total_hidden"),
    [
        ({}, (), (), False),
        ({"a": 10, "b": 5}, (), (), False),
        ({"a": 3, "b": 10}, ("a",), ("b",), False),
        ({"a": 3, "b": 10, "c": 7}, ("a",), ("c",), False),
        ({"a": 3, "b": 7, "c": 7}, ("a",), ("b",), False),
        ({"a": 3, "b": 4, "c": 10}, ("b", "a"), (), False),
        ({"a": 1, "b": 2, "c": 10, "d": 9}, ("a", "b"), ("d",), False),
        ({"a": 3, "b": 0, "c": 10, "d": 20}, ("a",), ("c",), False),
        ({"a": 3}, ("a",), (), True),
        ({"a": 1, "b": 2}, ("a", "b"), (), True),
        ({"a": 0, "b": 0}, (), (), False),
        ({"a": 0, "b": 10}, (), (), False),
    ],
)
def test_small_groups_and_those_that_would_reveal_them_are_withheld(sizes, too_small, complementary, total_hidden):
    result = suppress_small_groups(sizes, minimum=5)
    assert sorted(result.too_small) == sorted(too_small)
    assert result.complementary == complementary
    assert (result.total is not None) == total_hidden


def test_withheld_results_say_why():
    result = suppress_small_groups({"a": 3, "b": 10, "c": 20}, minimum=5)
    assert result.of("a") == Suppressed(Reason.GROUP_TOO_SMALL, 5)
    assert result.of("b") == Suppressed(Reason.PROTECTS_OTHER_GROUP, 5)
    assert result.of("c") is None
    assert suppress_small_groups({"a": 4}, minimum=5).total == Suppressed(Reason.GROUP_TOO_SMALL, 5)


def test_nothing_follows_from_the_total_whatever_the_sizes():
    for sizes in itertools.product(range(8), repeat=4):
        groups = dict(zip("abcd", sizes, strict=True))
        result = suppress_small_groups(groups, minimum=4)
        hidden = [groups[name] for name in groups if result.of(name)]
        assert all(n >= 4 for name, n in groups.items() if n and not result.of(name))
        if result.total is None and hidden:
            assert len(hidden) >= 2
            assert sum(hidden) >= 4
        if result.total is not None:
            assert sum(hidden) == sum(sizes) < 4


@pytest.mark.parametrize(("sizes", "minimum"), [({"a": -1}, 5), ({"a": 3}, 0)])
def test_impossible_sizes_are_refused(sizes, minimum):
    with pytest.raises(ValueError, match="minimum"):
        suppress_small_groups(sizes, minimum=minimum)
