import random

import numpy as np
import pytest

from reports.analysis.reliability import ItemMoments, reliability
from tests.reports.real_data import read_rows

ATTITUDE = read_rows("attitude")
ITEMS = tuple(ATTITUDE[0])
ROWS = [[float(value) for value in row.values()] for row in ATTITUDE]
HALF_UNIT = 0.5e-6
# (alpha if dropped, corrected item-total correlation). For learning 0.714446 is printed; in exact fractions it
# is 0.71444549813…, so that the print was rounded twice, and more digits stand here.
PUBLISHED = {
    "rating": (0.809760, 0.671262),
    "complaints": (0.796917, 0.742110),
    "privileges": (0.827848, 0.560711),
    "learning": (0.803031, 0.7144455),
    "raises": (0.795387, 0.786276),
    "critical": (0.863872, 0.265034),
    "advance": (0.840465, 0.460811),
}


def of_rows(rows, counts=None):
    items = [f"b{position}" for position in range(len(rows[0]))] if rows else []
    return reliability(ItemMoments.from_rows(rows, items, counts=counts))


def test_reliability_equals_the_published_values():
    result = reliability(ItemMoments.from_rows(ROWS, ITEMS))
    assert (result.n_rows, result.n_complete, result.n_items) == (30, 30, 7)
    assert round(result.alpha, 6) == 0.843143
    assert (round(result.ci95.low, 6), round(result.ci95.high, 6)) == (0.739376, 0.915773)
    assert round(result.alpha_standardized, 6) == 0.839084
    for item in result.items:
        alpha_if_dropped, item_rest_r = PUBLISHED[item.name]
        assert item.alpha_if_dropped == pytest.approx(alpha_if_dropped, abs=HALF_UNIT)
        assert item.item_rest_r == pytest.approx(item_rest_r, abs=HALF_UNIT)


def test_alpha_equals_the_domain_test_vector():
    rows = [(4, 3, 4), (3, 3, 3), (4, 4, 4), (2, 3, 2), (3, 2, 3)]
    assert round(of_rows(rows).alpha, 4) == 0.8372


def test_item_rest_r_equals_numpy():
    values = np.array(ROWS)
    for position, item in enumerate(reliability(ItemMoments.from_rows(ROWS, ITEMS)).items):
        rest = np.delete(values, position, axis=1).sum(axis=1)
        assert item.item_rest_r == pytest.approx(np.corrcoef(values[:, position], rest)[0, 1], rel=1e-9)


def test_only_complete_rows_count():
    holes = [[None, *row[1:]] for row in ROWS[:4]] + [[None] * 7]
    result = reliability(ItemMoments.from_rows(ROWS + holes, ITEMS))
    assert (result.n_rows, result.n_complete) == (35, 30)
    assert result.alpha == reliability(ItemMoments.from_rows(ROWS, ITEMS)).alpha


def test_counts_equal_the_rows_they_stand_for():
    source = random.Random(4)
    rows = [[source.randint(1, 5) for _ in range(4)] for _ in range(20)]
    counts = [source.randint(1, 9) for _ in rows]
    tallied = of_rows(rows, counts)
    expanded = of_rows([row for row, count in zip(rows, counts, strict=True) for _ in range(count)])
    assert (tallied.n_rows, tallied.n_complete) == (sum(counts), sum(counts))
    assert tallied.alpha == pytest.approx(expanded.alpha, rel=1e-9)
    assert tallied.ci95.low == pytest.approx(expanded.ci95.low, rel=1e-9)


@pytest.mark.parametrize(
    ("rows", "alpha", "standardized", "dropped", "rest"),
    [
        ([], None, None, [], []),
        ([[1], [2]], None, None, [None], [None]),
        ([[1, 2]], None, None, [None, None], [None, None]),
        ([[None, 2], [1, None]], None, None, [None, None], [None, None]),
        ([[3, 3], [3, 3], [3, 3]], None, None, [None, None], [None, None]),
        ([[1, 5], [2, 4], [4, 2]], None, None, [None, None], [-1.0, -1.0]),
        ([[3, 1], [3, 2], [3, 3]], 0.0, None, [None, None], [None, None]),
        ([[0.1 + 0.2, 1, 2], [0.3, 2, 1], [0.3, 3, 5]], 0.54, None, [0.72, 0.0, 0.0], [None, 0.7206, 0.7206]),
        ([[1, 1], [2, 2], [3, 3]], 1.0, 1.0, [None, None], [1.0, 1.0]),
    ],
)
def test_what_is_not_defined_is_none(rows, alpha, standardized, dropped, rest):
    result = of_rows(rows)
    assert result.alpha == (None if alpha is None else pytest.approx(alpha))
    assert result.alpha_standardized == (None if standardized is None else pytest.approx(standardized))
    assert (result.ci95 is None) == (alpha is None)
    rounded = [value and round(value, 4) for value in (item.item_rest_r for item in result.items)]
    assert [item.alpha_if_dropped and round(item.alpha_if_dropped, 4) for item in result.items] == dropped
    assert rounded == rest


def test_items_of_very_different_spread_keep_their_correlation():
    rows = [[value, value * 1e9] for value in (1, 2, 3, 4, 6)]
    assert [round(item.item_rest_r, 9) for item in of_rows(rows).items] == [1.0, 1.0]


@pytest.mark.parametrize("rows", [[[1e300, 1], [2e300, 2], [0, 4]], [[1.7e308, 1], [-1.7e308, 2], [0, 4]]])
def test_answers_beyond_the_range_of_floats_are_undefined_not_infinite(rows):
    result = of_rows(rows)
    assert (result.alpha, result.ci95, result.alpha_standardized) == (None, None, None)


def test_moments_of_overflowing_answers_are_none():
    moments = ItemMoments.from_rows([[1.7e308, 1], [-1.7e308, 2]], ["a", "b"])
    assert (moments.means, moments.covariance) == (None, None)


def test_moments_are_means_and_covariances():
    moments = ItemMoments.from_rows([[1, 2], [3, 6], [None, 1]], ["a", "b"])
    assert moments == ItemMoments(("a", "b"), 3, 2, (2.0, 4.0), ((2.0, 4.0), (4.0, 8.0)))


@pytest.mark.parametrize(("rows", "counts"), [([[1, 2, 3]], None), ([[1]], None), ([[1, 2]], [1, 2])])
def test_lengths_that_do_not_agree_are_refused(rows, counts):
    with pytest.raises(ValueError, match="zip"):
        ItemMoments.from_rows(rows, ["a", "b"], counts=counts)


def test_moments_of_running_sums_equal_the_moments_of_the_rows():
    source = random.Random(8)
    rows = [[source.randint(1, 5) for _ in range(3)] + [2] for _ in range(25)]
    values = np.array(rows)
    from_sums = ItemMoments.from_sums(
        "abcd",
        n_rows=30,
        n_complete=25,
        sums=values.sum(axis=0).tolist(),
        products=(values.T @ values).tolist(),
    )
    from_rows = ItemMoments.from_rows(rows, "abcd")
    assert from_sums.means == pytest.approx(from_rows.means, rel=1e-12)
    assert np.array(from_sums.covariance) == pytest.approx(np.array(from_rows.covariance), rel=1e-9)
    assert (from_sums.n_rows, from_sums.n_complete) == (30, 25)
    assert reliability(from_sums).items[3].item_rest_r is None


@pytest.mark.parametrize(("n_complete", "means"), [(0, None), (1, (3.0, 4.0))])
def test_moments_of_running_sums_of_less_than_two_rows_have_no_covariance(n_complete, means):
    sums, products = [3 * n_complete, 4 * n_complete], [[9, 12], [12, 16]]
    moments = ItemMoments.from_sums("ab", n_rows=2, n_complete=n_complete, sums=sums, products=products)
    assert (moments.means, moments.covariance) == (means, None)


def test_moments_of_some_items_keep_their_order_and_numbers():
    moments = ItemMoments.from_rows([[1, 2, 3], [3, 6, 2]], "abc")
    assert moments.of_items(["c", "a"]) == ItemMoments(("c", "a"), 2, 2, (2.5, 2.0), ((0.5, -1.0), (-1.0, 2.0)))
    nothing = ItemMoments.from_rows([], "abc").of_items(["b"])
    assert (nothing.items, nothing.means, nothing.covariance) == (("b",), None, None)
