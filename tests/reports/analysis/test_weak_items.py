"""Which items ask for something to be done."""

import pytest

from reports.analysis.counts import PairedCounts
from reports.analysis.distributions import distribution
from reports.analysis.paired import paired_change
from reports.analysis.weak_items import Weakness, low_item, stagnant_item


@pytest.mark.parametrize(
    ("counts", "limit", "is_low"),
    [
        ({2: 5, 3: 5}, None, True),
        ({3: 10}, None, False),
        ({3: 9, 2: 1}, None, True),
        ({}, None, False),
        ({3: 10}, 3.0644, True),
        ({4: 1, 3: 9}, 3.0644, False),
    ],
)
def test_an_item_is_low_below_the_middle_of_its_scale(counts, limit, is_low):
    found = low_item(distribution(counts), minimum=1, maximum=5, limit=limit)
    assert (found is not None) == is_low


def test_a_low_item_says_how_low_and_of_how_many():
    found = low_item(distribution({1: 2, 2: 6}), minimum=1, maximum=5)
    assert (found.weakness, found.n, found.mean, found.gain) == (Weakness.LOW_MEAN, 8, 1.75, None)


@pytest.mark.parametrize(
    ("pairs", "gain"),
    [
        ([(3, 3)] * 6, 0.0),
        ([(3, 2)] * 6, -1.0),
        ([(3, 4)] * 6, None),
        ([(4, 4)] * 6, None),
        ([(5, 4)] * 6, None),
        ([], None),
        ([(3, None)] * 6, None),
    ],
)
def test_no_gain_counts_only_where_there_was_room(pairs, gain):
    change = paired_change(PairedCounts.from_pairs(pairs))
    found = stagnant_item(change, minimum=1, maximum=5)
    assert (found and found.gain) == gain
    assert found is None or found.weakness is Weakness.NO_GAIN
