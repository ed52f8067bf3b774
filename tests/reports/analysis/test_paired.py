import dataclasses
import math
import random

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from reports.analysis.counts import PairedCounts
from reports.analysis.paired import paired_change
from tests.reports.real_data import pairs

# Values printed by other software, to the digits printed: half a unit of the last digit may differ.
SLEEP = {
    "n_before": "10",
    "n_after": "10",
    "n_paired": "10",
    "n_up": "9",
    "n_same": "1",
    "n_down": "0",
    "mean_before": "0.75",
    "mean_after": "2.33",
    "sd_before": "1.789010",
    "sd_after": "2.002249",
    "mean_difference": "1.58",
    "sd_difference": "1.229995",
    "ci95.low": "0.7001142",
    "ci95.high": "2.4598858",
    "t": "4.0621277",
    "df": "9",
    "p": "0.002833",
    "d_z": "1.284558",
    "d_z_ci.low": "0.414628",
    "d_z_ci.high": "2.118017",
    "d_av": "0.832181",
    "g_av": "0.760851",
}
READING_INSTRUCTION = {
    "n_paired": "66",
    "n_up": "19",
    "n_same": "7",
    "n_down": "40",
    "mean_before": "9.787879",
    "mean_after": "8.075758",
    "mean_difference": "-1.712121",
    "sd_difference": "3.006481",
    "ci95.low": "-2.451206",
    "ci95.high": "-0.973036",
    "t": "-4.626452",
    "df": "65",
    "p": "1.825e-05",
    "d_z": "-0.569477",
    "d_av": "-0.532950",
    "g_av": "-0.526777",
}
# DOMAIN test vector: a knowledge test of five persons.
FIVE_PERSONS = {
    "mean_before": "60",
    "mean_after": "77",
    "mean_difference": "17.00",
    "sd_difference": "7.5829",
    "t": "5.0130",
    "df": "4",
    "p": "0.007422",
    "ci95.low": "7.5846",
    "ci95.high": "26.4154",
    "d_z": "2.2419",
}
FIVE_PAIRS = [(60, 80), (55, 75), (70, 85), (65, 70), (50, 75)]


def half_unit(printed: str) -> float:
    """Half a unit of the last printed digit."""
    mantissa, _, exponent = printed.partition("e")
    decimals = len(mantissa.partition(".")[2])
    return 0.5 * 10.0 ** (int(exponent or 0) - decimals)


def attribute(result, path):
    for name in path.split("."):
        result = getattr(result, name)
    return result


@pytest.mark.parametrize(
    ("data", "path", "printed"),
    [(pairs("sleep"), *entry) for entry in SLEEP.items()]
    + [(pairs("reading_instruction"), *entry) for entry in READING_INSTRUCTION.items()]
    + [(FIVE_PAIRS, *entry) for entry in FIVE_PERSONS.items()],
)
def test_paired_change_equals_the_published_value(data, path, printed):
    result = attribute(paired_change(PairedCounts.from_pairs(data)), path)
    assert result == pytest.approx(float(printed), rel=1e-12, abs=half_unit(printed) * (1 + 1e-9))


def random_pairs(seed: int) -> list[tuple[float, float]]:
    source = random.Random(seed)
    return [(source.gauss(10, 3), source.gauss(11, 4)) for _ in range(source.randint(2, 60))]


@pytest.mark.parametrize("seed", range(12))
def test_paired_change_equals_scipy_to_a_millionth(seed):
    before, after = map(np.array, zip(*random_pairs(seed), strict=True))
    result = paired_change(PairedCounts.from_pairs(zip(before, after, strict=True)))
    reference = stats.ttest_rel(after, before)
    interval = reference.confidence_interval(0.95)
    observed = (result.t, result.p, result.df, result.ci95.low, result.ci95.high)
    expected = (reference.statistic, reference.pvalue, reference.df, interval.low, interval.high)
    assert observed == pytest.approx(expected, rel=1e-6)
    moments = (result.sd_before, result.sd_after, result.median_before, result.median_after)
    assert moments == pytest.approx(
        (before.std(ddof=1), after.std(ddof=1), np.median(before), np.median(after)), rel=1e-6
    )


@pytest.mark.parametrize("seed", range(4))
def test_counts_equal_the_persons_they_stand_for_and_statsmodels_frequency_weights(seed):
    source = random.Random(seed)
    counts = PairedCounts.from_pairs(
        (source.randint(1, 5), source.randint(1, 5)) for _ in range(source.randint(30, 2000))
    )
    persons = PairedCounts(
        *zip(
            *[
                (before, after, 1)
                for before, after, count in zip(counts.before, counts.after, counts.count, strict=True)
                for _ in range(count)
            ],
            strict=True,
        )
    )
    assert paired_change(counts) == paired_change(persons)
    differences = np.subtract(counts.after, counts.before)
    t, p, df = DescrStatsW(differences, weights=counts.count).ttest_mean(0)
    result = paired_change(counts)
    assert (result.t, result.p, result.df) == pytest.approx((t, p, df), rel=1e-6)


@pytest.mark.parametrize(("n", "d"), [(5, 0.3), (10, -1.3), (40, 0.0001), (200, 3.0)])
def test_d_z_interval_ends_are_the_noncentralities_with_the_observed_tail(n, d):
    differences = np.linspace(-1, 1, n)
    differences = differences / differences.std(ddof=1) + d
    result = paired_change(PairedCounts.from_pairs((0.0, value) for value in differences))
    low, high = result.d_z_ci.low, result.d_z_ci.high
    assert low < result.d_z < high
    assert stats.nct.sf(result.t, n - 1, low * math.sqrt(n)) == pytest.approx(0.025, rel=1e-6)
    assert stats.nct.cdf(result.t, n - 1, high * math.sqrt(n)) == pytest.approx(0.025, rel=1e-6)


def test_confidence_changes_the_intervals_only():
    counts = PairedCounts.from_pairs(pairs("sleep"))
    wide, narrow = paired_change(counts, confidence=0.99), paired_change(counts, confidence=0.9)
    assert wide.ci95.low < narrow.ci95.low < narrow.ci95.high < wide.ci95.high
    assert (wide.ci95.level, narrow.d_z_ci.level) == (0.99, 0.9)
    assert dataclasses.replace(wide, ci95=None, d_z_ci=None) == dataclasses.replace(narrow, ci95=None, d_z_ci=None)


@pytest.mark.parametrize(("lift", "n"), [(1, 21), (1, 25), (0, 33), (0, 44), (0, 59)])
def test_d_z_interval_exists_where_the_distribution_is_hard_to_evaluate(lift, n):
    """SciPy's noncentral t answers NaN far below t; the search must not go there."""
    result = paired_change(PairedCounts.from_pairs((0, lift + spread % 3) for spread in range(n)))
    assert result.d_z_ci.low < result.d_z < result.d_z_ci.high


RESTS_ON_SPREAD = ("t", "p", "ci95", "d_z", "d_z_ci")
NEEDS_TWO = (*RESTS_ON_SPREAD, "sd_before", "sd_after", "sd_difference", "df", "d_av", "g_av")
NEEDS_ONE = (
    *NEEDS_TWO,
    *("mean_before", "mean_after", "median_before", "median_after", "mean_difference"),
)


@pytest.mark.parametrize(
    ("data", "undefined"),
    [
        ([], NEEDS_ONE),
        ([(1, None), (None, 2)], NEEDS_ONE),
        ([(3, 4)], NEEDS_TWO),
        ([(3, 4), (3, 4)], (*RESTS_ON_SPREAD, "d_av", "g_av")),
        ([(3, 3), (4, 4), (5, 5)], RESTS_ON_SPREAD),
        ([(1, 2), (2, 3), (3, 4)], RESTS_ON_SPREAD),
        ([(1, 2), (2, 2), (3, 2)], ()),
        ([(1, 2), (2, 4)], ()),
    ],
)
def test_exactly_the_undefined_numbers_are_none(data, undefined):
    result = paired_change(PairedCounts.from_pairs(data))
    fields = [field.name for field in dataclasses.fields(result)]
    assert [name for name in fields if getattr(result, name) is None] == [
        name for name in fields if name in undefined
    ]


def test_two_pairs_have_a_small_sample_factor_of_zero():
    assert paired_change(PairedCounts.from_pairs([(1, 2), (2, 4)])).g_av == 0.0


@pytest.mark.parametrize(
    "data",
    [
        [(0.1, 0.4), (0.2, 0.5), (0.3, 0.6)],
        [(0.3, 0.1 + 0.2), (0.7, 0.7), (1.1, 0.1 + 1.0)],
        [(3, 3.3333333333333335), (2.3333333333333335, 2.6666666666666665), (1, 1.3333333333333333)],
        [(1e300, 1.1e300), (2e300, 2.1e300)],
        [(1e9 + 0.1, 1e9 + 0.2), (0.1, 0.2)],
    ],
)
def test_floating_point_noise_is_no_variance(data):
    result = paired_change(PairedCounts.from_pairs(data))
    assert (result.sd_difference, result.t, result.p, result.d_z) == (0.0, None, None, None)


def test_values_that_differ_by_noise_only_are_the_same():
    result = paired_change(PairedCounts.from_pairs([(0.3, 0.1 + 0.2), (1 / 3, 1.3333333333333333 - 1), (1, 2)]))
    assert (result.n_up, result.n_same, result.n_down) == (1, 2, 0)


def test_one_enormous_value_does_not_hide_small_changes():
    result = paired_change(PairedCounts.from_pairs([(1, 2), (2, 1), (3, 5), (1e15, 1e15)]))
    assert (result.n_up, result.n_same, result.n_down) == (2, 1, 1)


@pytest.mark.parametrize(
    "data",
    [
        [(1e300, -1e300), (1e-300, 1e300)],
        [(1.7e308, -1.7e308), (-1.7e308, 1.7e308), (1, 2)],
        [(5e-324, 1e-323), (0, 2e-323)],
        [(0, 1e12), (0, 1e12 + 3)],
        [(0, 1), (0, 1 + 1e-11), (0, 1)],
    ],
)
def test_extreme_values_give_finite_numbers_or_none(data):
    result = paired_change(PairedCounts.from_pairs(data))
    numbers = dataclasses.astuple(dataclasses.replace(result, ci95=None, d_z_ci=None, wilcoxon=None))
    ends = [end for interval in (result.ci95, result.d_z_ci) if interval for end in dataclasses.astuple(interval)]
    assert all(math.isfinite(number) for number in (*numbers, *ends) if number is not None)


def test_an_effect_beyond_the_reach_of_the_noncentral_t_has_no_interval():
    result = paired_change(PairedCounts.from_pairs([(0, 1), (0, 1 + 1e-11), (0, 1)]))
    assert result.t > 1e10
    assert result.d_z_ci is None


def test_unpaired_persons_enter_no_mean():
    result = paired_change(PairedCounts.from_pairs([(1, 2), (2, 4), (100, None), (None, 100), (None, 90)]))
    assert (result.n_before, result.n_after, result.n_paired) == (3, 4, 2)
    assert (result.mean_before, result.mean_after) == (1.5, 3.0)
