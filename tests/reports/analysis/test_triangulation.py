"""Each source keeps its own direction, strength and n; what is unknown agrees with nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.analysis.counts import PairedCounts
from reports.analysis.indicators import Polarity, indicator_change
from reports.analysis.ordinal import ordinal_change
from reports.analysis.paired import paired_change
from reports.analysis.results import Reason, Suppressed
from reports.analysis.satisfaction import satisfaction
from reports.analysis.triangulation import (
    Agreement,
    Direction,
    Strand,
    Strength,
    agreement,
    of_change,
    of_indicators,
    of_level,
    of_ordinal,
    of_satisfaction,
    of_voices,
)

FEW = Suppressed(Reason.GROUP_TOO_SMALL, 5)
UP, DOWN, SAME = Direction.FAVOURABLE, Direction.UNFAVOURABLE, Direction.UNCHANGED
MIXED, UNKNOWN = Direction.MIXED, Direction.UNKNOWN


def change(*pairs):
    return paired_change(PairedCounts.from_pairs(pairs))


CLEAR = change((2, 4), (3, 4), (2, 3), (3, 5), (1, 3), (2, 4))
NONE = change((2, 3), (3, 2), (4, 4), (3, 3), (2, 3), (3, 2))


@pytest.mark.parametrize(
    ("result", "more_is_better", "expected"),
    [
        (CLEAR, True, Strand(UP, Strength.STRONG, 6)),
        (CLEAR, False, Strand(DOWN, Strength.STRONG, 6)),
        (NONE, True, Strand(SAME, Strength.WEAK, 6)),
        (replace(CLEAR, d_z=0.79), True, Strand(UP, Strength.MODERATE, 6)),
        (replace(CLEAR, d_z=0.49), True, Strand(UP, Strength.WEAK, 6)),
        (change((2, 3)), True, Strand(UNKNOWN, None, 1)),
        (change((2, 3), (3, 4)), True, Strand(UP, Strength.WEAK, 2)),
        (change((2, 1), (3, 2)), True, Strand(DOWN, Strength.WEAK, 2)),
        (change((2, 2), (3, 3)), True, Strand(SAME, Strength.WEAK, 2)),
        (change(), True, None),
        (FEW, True, None),
        (None, True, None),
    ],
)
def test_a_change_has_a_direction_when_its_interval_leaves_out_zero(result, more_is_better, expected):
    assert of_change(result, more_is_better=more_is_better) == expected


def index(value: int, n: int = 10):
    return satisfaction({"u1": {value: n}, "u2": {3: n}}, n_respondents=n)


def ikm(value: str):
    return replace(index(3), ikm=Decimal(value))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (index(2, 8), index(4), Strand(UP, Strength.STRONG, 8)),
        (index(4), index(3), Strand(DOWN, Strength.STRONG, 10)),
        (index(3), index(3), Strand(SAME, Strength.WEAK, 10)),
        (ikm("70.00"), ikm("70.99"), Strand(SAME, Strength.WEAK, 10)),
        (ikm("70.00"), ikm("71.00"), Strand(UP, Strength.WEAK, 10)),
        (ikm("70.00"), ikm("75.00"), Strand(UP, Strength.MODERATE, 10)),
        (None, index(3), Strand(UNKNOWN, None, 10)),
        (FEW, index(3), Strand(UNKNOWN, None, 10)),
        (FEW, None, None),
        (None, None, None),
    ],
)
def test_an_index_is_compared_between_its_waves(before, after, expected):
    assert of_satisfaction(before, after) == expected


@pytest.mark.parametrize(
    ("favourable", "unfavourable", "expected"),
    [
        ({"w1"}, (), Strand(UP, Strength.WEAK, 1)),
        ({"w1", "w2", "w3"}, (), Strand(UP, Strength.MODERATE, 3)),
        ((), {"w1", "w2", "w3", "w4", "w5"}, Strand(DOWN, Strength.STRONG, 5)),
        ({"w1", "w2"}, {"w2"}, Strand(MIXED, Strength.WEAK, 2)),
        ((), (), None),
    ],
)
def test_voices_are_counted_once_each(favourable, unfavourable, expected):
    assert of_voices(favourable, unfavourable) == expected


def moved(baseline, last, target=None, polarity=Polarity.LESS_IS_BETTER):
    return indicator_change(baseline=baseline, last=last, target=target, polarity=polarity)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([(moved(10, 6, 7), 12)], Strand(UP, Strength.STRONG, 12)),
        ([(moved(10, 8, 7), 12)], Strand(UP, Strength.MODERATE, 12)),
        ([(moved(100, 97, 50), 4)], Strand(UP, Strength.WEAK, 4)),
        ([(moved(10, 12), 4)], Strand(DOWN, Strength.MODERATE, 4)),
        ([(moved(10, 6, 7), 12), (moved(10, 12), 4)], Strand(MIXED, Strength.MODERATE, 16)),
        ([(moved(10, 6, 7), 12), (moved(10, 10, 7), 4)], Strand(MIXED, Strength.MODERATE, 16)),
        ([(moved(10, 10), 4)], Strand(SAME, Strength.WEAK, 4)),
        ([(moved(10, None), 1)], Strand(UNKNOWN, None, 1)),
        ([(moved(None, None), 0)], None),
        ([], None),
    ],
)
def test_indicators_know_which_way_is_better(changes, expected):
    assert of_indicators(changes) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((0, 10, 10), (0, 0, 20), Strand(UP, Strength.STRONG, 20)),
        ((0, 0, 20), (0, 10, 10), Strand(DOWN, Strength.STRONG, 20)),
        ((0, 10, 10), (0, 7, 13), Strand(UP, Strength.WEAK, 20)),
        ((0, 10, 10), (0, 6, 14), Strand(UP, Strength.WEAK, 20)),
        ((0, 10, 10), (0, 4, 16), Strand(UP, Strength.MODERATE, 20)),
        ((0, 10, 10), (0, 9, 11), Strand(SAME, Strength.WEAK, 20)),
        ((0, 0, 0), (1, 2, 3), Strand(UNKNOWN, None, 6)),
        ((0, 0, 0), (0, 0, 0), None),
    ],
)
def test_ordered_categories_are_compared_by_superiority(before, after, expected):
    assert of_ordinal(ordinal_change(before, after, good_from=2)) == expected


def test_what_is_withheld_of_ordered_categories_is_no_strand():
    assert of_ordinal(FEW) is None
    assert of_ordinal(None) is None


def test_what_was_asked_once_has_no_direction():
    assert of_level(12) == Strand(UNKNOWN, None, 12)
    assert of_level(0) is None


@pytest.mark.parametrize(
    ("directions", "expected"),
    [
        ((), Agreement.SILENT),
        ((None, UNKNOWN), Agreement.SILENT),
        ((UP, None, UNKNOWN), Agreement.ONE_SOURCE),
        ((UP, UP, None), Agreement.AGREE),
        ((DOWN, DOWN), Agreement.AGREE),
        ((SAME, SAME), Agreement.AGREE),
        ((UP, SAME), Agreement.PARTLY),
        ((UP, MIXED), Agreement.PARTLY),
        ((MIXED, MIXED), Agreement.PARTLY),
        ((UP, DOWN, SAME), Agreement.CONTRADICT),
    ],
)
def test_sources_agree_contradict_or_are_silent(directions, expected):
    strands = [one if one is None else Strand(one, Strength.WEAK, 3) for one in directions]
    assert agreement(strands) == expected
