import itertools
import random

import numpy as np
import pytest
from scipy import stats

from reports.analysis.counts import PairedCounts
from reports.analysis.signed_rank import Wilcoxon, WilcoxonMethod, signed_rank_test
from tests.reports.real_data import pairs

EXACT, NORMAL, CONTINUITY = WilcoxonMethod


def of_differences(*differences):
    return PairedCounts.from_pairs((0.0, float(difference)) for difference in differences)


@pytest.mark.parametrize(
    ("name", "arguments", "w", "n_nonzero", "method", "p"),
    [
        ("sleep", {}, (45, 0), 9, EXACT, "0.003906"),
        ("sleep", {"exact_up_to": 0}, (45, 0), 9, NORMAL, "0.007632"),
        ("sleep", {"exact_up_to": 0, "continuity": True}, (45, 0), 9, CONTINUITY, "0.009091"),
        ("reading_instruction", {}, (366.5, 1403.5), 59, NORMAL, "8.0552e-05"),
        ("reading_instruction", {"continuity": True}, (366.5, 1403.5), 59, CONTINUITY, "8.1839e-05"),
    ],
)
def test_signed_rank_equals_the_published_value(name, arguments, w, n_nonzero, method, p):
    result = signed_rank_test(PairedCounts.from_pairs(pairs(name)), **arguments)
    assert (result.w_plus, result.w_minus, result.n_nonzero, result.method) == (*w, n_nonzero, method)
    digits = len(p.partition("e")[0].replace(".", "").lstrip("0"))
    assert float(f"{result.p:.{digits}g}") == float(p)


@pytest.mark.parametrize("seed", range(12))
def test_exact_p_equals_scipy_where_nothing_is_tied(seed):
    source = random.Random(seed)
    differences = [source.gauss(0.4, 1) for _ in range(source.randint(1, 25))]
    reference = stats.wilcoxon(differences, method="exact")
    result = signed_rank_test(of_differences(*differences))
    assert min(result.w_plus, result.w_minus) == reference.statistic
    assert result.p == pytest.approx(reference.pvalue, rel=1e-12)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("continuity", [False, True])
def test_normal_p_equals_scipy_with_ties(seed, continuity):
    source = random.Random(seed)
    differences = [source.randint(-3, 4) for _ in range(200)]
    reference = stats.wilcoxon(differences, zero_method="wilcox", correction=continuity, method="asymptotic")
    result = signed_rank_test(of_differences(*differences), continuity=continuity)
    assert result.p == pytest.approx(reference.pvalue, rel=1e-9)


@pytest.mark.parametrize("differences", [(1, 1, -1), (2, 2, 2, 2), (1, -1, 3, 3, -3, 4), (1, 2, 2, -5, 5, 5, 5)])
def test_exact_p_with_ties_equals_the_count_over_all_sign_patterns(differences):
    ranks = stats.rankdata(np.abs(differences))
    observed = sum(rank for rank, difference in zip(ranks, differences, strict=True) if difference > 0)
    sums = [
        sum(rank for rank, is_plus in zip(ranks, signs, strict=True) if is_plus)
        for signs in itertools.product([False, True], repeat=len(ranks))
    ]
    tail = min(sum(value <= observed for value in sums), sum(value >= observed for value in sums))
    assert signed_rank_test(of_differences(*differences)).p == min(1.0, 2 * tail / len(sums))


@pytest.mark.parametrize("data", [[], [(1, 1), (2, 2)], [(0.3, 0.1 + 0.2)]])
def test_without_a_nonzero_difference_there_is_no_test(data):
    assert signed_rank_test(PairedCounts.from_pairs(data)) == Wilcoxon(0.0, 0.0, 0, None, None)


@pytest.mark.parametrize(("n", "method"), [(1, EXACT), (25, EXACT), (26, NORMAL)])
def test_the_method_follows_the_number_of_nonzero_differences(n, method):
    result = signed_rank_test(of_differences(*range(1, n + 1), 0, 0, 0))
    assert (result.n_nonzero, result.method) == (n, method)


def test_one_difference_proves_nothing():
    assert signed_rank_test(of_differences(5)).p == 1.0


def test_differences_equal_but_for_noise_share_their_rank():
    # 1.9 − 0.7 is 1.1999999999999997 in floats and 1.4 − 0.2 is 1.2.
    result = signed_rank_test(PairedCounts.from_pairs([(0.7, 1.9), (1.4, 0.2), (0, 5)]))
    assert (result.w_plus, result.w_minus) == (4.5, 1.5)


def test_continuity_never_turns_the_statistic_around():
    differences = [sign * value for value in range(1, 41) for sign in (1, -1)]
    assert signed_rank_test(of_differences(*differences), continuity=True).p == 1.0
