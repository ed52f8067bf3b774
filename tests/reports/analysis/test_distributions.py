import math

import pytest

from reports.analysis.distributions import Distribution, Share, distribution, share
from reports.analysis.multiple import holm


def wilson(count, n, z=1.959963984540054):
    p = count / n
    middle = p + z * z / (2 * n)
    reach = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)


# DOMAIN 5.4, Tabel 3.27 (n = 57): printed percentages.
@pytest.mark.parametrize(("count", "percent"), [(38, 66.7), (15, 26.3), (4, 7.0), (0, 0.0)])
def test_share_equals_the_published_percentage(count, percent):
    assert round(share(count, 57).share * 100, 1) == percent


@pytest.mark.parametrize(("count", "n"), [(38, 57), (0, 57), (57, 57), (1, 1), (3, 10)])
def test_share_has_wilsons_interval(count, n):
    interval = share(count, n).ci95
    assert (interval.low, interval.high) == pytest.approx(wilson(count, n), rel=1e-9, abs=1e-12)
    assert 0 <= interval.low <= count / n <= interval.high <= 1


def test_share_of_nobody_is_undefined():
    assert share(0, 0) == Share(0, 0, None, None)


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5), (1, 0)])
def test_share_of_impossible_counts_is_refused(count, n):
    with pytest.raises(ValueError, match="count"):
        share(count, n)


def test_distribution_states_values_counts_and_missing():
    assert distribution({4: 1, 1: 2, 2: 0}, n_missing=3) == Distribution(
        values=(1.0, 2.0, 4.0),
        counts=(2, 0, 1),
        n=3,
        n_missing=3,
        mean=2.0,
        median=1.0,
        sd=pytest.approx(math.sqrt(3)),
    )


@pytest.mark.parametrize(
    ("counts", "mean", "median", "sd"),
    [
        ({}, None, None, None),
        ({3: 0}, None, None, None),
        ({3: 1}, 3, 3, None),
        ({3: 4}, 3, 3, 0),
        ({3: 4, 5: 0}, 3, 3, 0),
    ],
)
def test_distribution_of_little_says_so(counts, mean, median, sd):
    result = distribution(counts)
    assert (result.mean, result.median, result.sd) == (mean, median, sd)


@pytest.mark.parametrize(("counts", "n_missing"), [({3: -1}, 0), ({3: 1}, -1)])
def test_distribution_of_negative_counts_is_refused(counts, n_missing):
    with pytest.raises(ValueError, match="negative"):
        distribution(counts, n_missing=n_missing)


@pytest.mark.parametrize(
    ("p_values", "adjusted"),
    [
        ([], ()),
        ([None, None], (None, None)),
        ([0.04], (0.04,)),
        # Worked by hand: 0.01 × 3, 0.02 × 2, then the maximum so far.
        ([0.02, None, 0.01, 0.03], (0.04, None, 0.03, 0.04)),
        ([0.9, 0.8], (1.0, 1.0)),
    ],
)
def test_holm_adjusts_the_defined_in_place(p_values, adjusted):
    assert holm(p_values) == pytest.approx(adjusted)
