import pytest
from scipy.stats import mannwhitneyu

from reports.analysis.indicators import Direction
from reports.analysis.ordinal import OrdinalChange, ordinal_change


def test_superiority_equals_the_published_statistic():
    """Permeability of tissue, Hollander & Wolfe 1973, p. 69; R's wilcox.test gives W = 35."""
    x = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    y = [1.15, 0.88, 0.90, 0.74, 1.21]
    values = sorted({*x, *y})
    change = ordinal_change([y.count(v) for v in values], [x.count(v) for v in values], good_from=0)
    assert (change.u, change.superiority, change.direction) == (35, 0.7, Direction.IMPROVED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((1, 3, 8, 20, 8), (0, 1, 4, 22, 14)),
        ((0, 0, 5, 5, 0), (3, 2, 0, 4, 1)),
        ((0, 2, 0, 7, 1), (0, 1, 3, 5, 1)),
    ],
)
def test_ties_count_half_as_in_scipy(before, after):
    spread = [[place for place, n in enumerate(side) for _ in range(n)] for side in (before, after)]
    statistic = mannwhitneyu(spread[1], spread[0]).statistic
    change = ordinal_change(before, after, good_from=3)
    assert change.u == statistic
    assert change.superiority == pytest.approx(statistic / (sum(before) * sum(after)))


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ((0, 5, 5), (0, 5, 5), Direction.UNCHANGED),
        ((0, 5, 5), (0, 10, 10), Direction.UNCHANGED),
        ((0, 10, 0), (5, 0, 5), Direction.UNCHANGED),
        ((0, 5, 5), (5, 5, 0), Direction.WORSENED),
        ((0, 5, 5), (0, 4, 6), Direction.IMPROVED),
    ],
)
def test_the_direction_is_that_of_the_whole_distribution(before, after, direction):
    assert ordinal_change(before, after, good_from=1).direction == direction


def test_shares_of_good_ones_are_told_with_their_n():
    change = ordinal_change((1, 1, 2), (0, 1, 4), good_from=2)
    assert (change.n_before, change.n_after, change.good_before, change.good_after) == (4, 5, 0.5, 0.8)


def test_a_side_without_anybody_is_not_compared():
    assert ordinal_change((0, 0), (1, 2), good_from=1) == OrdinalChange(
        (0, 0), (1, 2), 0, 3, None, 2 / 3, None, None, None
    )


@pytest.mark.parametrize(("before", "after"), [((1,), (1, 2)), ((1, -1), (1, 2))])
def test_counts_that_do_not_belong_together_are_refused(before, after):
    with pytest.raises(ValueError, match="same categories"):
        ordinal_change(before, after, good_from=0)
