from fractions import Fraction

import pytest

from reports.analysis.counts import PairedCounts


def test_from_pairs_counts_combinations_and_keeps_the_unpaired_apart():
    counts = PairedCounts.from_pairs([(1, 2), (None, 3), (1, 2), (2, 2), (4, None), (5, None), (None, None)])
    assert counts == PairedCounts((1, 2), (2, 2), (2, 1), n_before_only=2, n_after_only=1)
    assert counts.n_paired == 3


def test_from_pairs_of_nothing_is_empty():
    assert PairedCounts.from_pairs([]) == PairedCounts((), (), ())


def test_differences_are_exact_and_ascending():
    counts = PairedCounts((0.7, 2.0), (1.9, 1.0), (3, 1))
    assert counts.differences() == [(Fraction(-1), 1), (Fraction(6, 5), 3)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((1,), (1, 2), (1,)), "length"),
        (((1,), (1,), ()), "length"),
        (((float("nan"),), (1,), (1,)), "finite"),
        (((1,), (float("inf"),), (1,)), "finite"),
        (((1,), (1,), (0,)), "positive"),
        (((1,), (1,), (1,), -1), "positive"),
        (((1,), (1,), (1,), 0, -1), "positive"),
    ],
)
def test_counts_that_cannot_be_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        PairedCounts(*arguments)
