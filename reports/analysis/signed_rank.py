"""Wilcoxon's signed-rank test over counted differences, exact also when differences are tied.

SciPy's exact distribution assumes untied ranks; with ties the exact conditional distribution is computed
here: every sign pattern of the observed midranks is equally likely under the null hypothesis.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scipy import stats

from .counts import PairedCounts
from .exact import Counted

# At 25 nonzero differences the normal approximation is good to three digits of p.
EXACT_UP_TO = 25


class WilcoxonMethod(StrEnum):
    """How the p of a signed-rank test was found."""

    EXACT = "exact"
    NORMAL = "normal_tie_corrected"
    NORMAL_CONTINUITY = "normal_tie_corrected_continuity"


@dataclass(frozen=True, slots=True)
class Wilcoxon:
    """Rank sums of the rises and falls; method and two-sided p are None when no difference is nonzero."""

    w_plus: float
    w_minus: float
    n_nonzero: int
    method: WilcoxonMethod | None
    p: float | None


@dataclass(frozen=True, slots=True)
class _Rank:
    """One tied group of absolute differences: its midrank, doubled to be whole, and the counts by sign."""

    doubled: int
    n_plus: int
    n_minus: int

    @property
    def n(self) -> int:
        return self.n_plus + self.n_minus


def signed_rank_test(
    counts: PairedCounts, *, exact_up_to: int = EXACT_UP_TO, continuity: bool = False
) -> Wilcoxon:
    """Test whether rises and falls balance, two-sided, by Wilcoxon's signed ranks.

    Zero differences are dropped (Wilcoxon 1945), tied ones share their mean rank; two absolute differences
    within `counts.resolution()` are tied. p is exact for up to `exact_up_to` nonzero differences, otherwise
    normal with tie correction, with a continuity correction of 0.5 only where `continuity` asks for it.
    """
    ranks = _ranks(counts.differences(), counts.resolution())
    doubled_plus = sum(rank.doubled * rank.n_plus for rank in ranks)
    doubled_minus = sum(rank.doubled * rank.n_minus for rank in ranks)
    n = sum(rank.n for rank in ranks)
    if n == 0:
        return Wilcoxon(0.0, 0.0, 0, None, None)
    if n <= exact_up_to:
        method, p = WilcoxonMethod.EXACT, _exact_p(ranks, doubled_plus)
    else:
        method = WilcoxonMethod.NORMAL_CONTINUITY if continuity else WilcoxonMethod.NORMAL
        p = _normal_p(ranks, doubled_plus / 2, n, 0.5 if continuity else 0.0)
    return Wilcoxon(doubled_plus / 2, doubled_minus / 2, n, method, p)


def _ranks(differences: Counted, tolerance: Fraction) -> list[_Rank]:
    nonzero = sorted((abs(value), value > 0, count) for value, count in differences if abs(value) > tolerance)
    groups: list[list[int]] = []
    last = None
    for size, is_rise, count in nonzero:
        if last is None or size - last > tolerance:
            groups.append([0, 0])
        groups[-1][0 if is_rise else 1] += count
        last = size
    ranks, below = [], 0
    for n_plus, n_minus in groups:
        tied = n_plus + n_minus
        ranks.append(_Rank(2 * below + tied + 1, n_plus, n_minus))
        below += tied
    return ranks


def _exact_p(ranks: list[_Rank], doubled_plus: int) -> float:
    """Twice the smaller tail of the conditional distribution of W+, at most 1."""
    doubled = [rank.doubled for rank in ranks for _person in range(rank.n)]
    ways = [1] + [0] * sum(doubled)
    for rank in doubled:
        for total in range(len(ways) - 1, rank - 1, -1):
            ways[total] += ways[total - rank]
    smaller_tail = min(sum(ways[: doubled_plus + 1]), sum(ways[doubled_plus:]))
    return min(1.0, 2 * smaller_tail / 2 ** len(doubled))


def _normal_p(ranks: list[_Rank], w_plus: float, n: int, continuity: float) -> float:
    expected = n * (n + 1) / 4
    ties = sum(rank.n**3 - rank.n for rank in ranks)
    deviation = math.sqrt((2 * n * (n + 1) * (2 * n + 1) - ties) / 48)
    distance = max(0.0, abs(w_plus - expected) - continuity)
    return float(2 * stats.norm.sf(distance / deviation))
