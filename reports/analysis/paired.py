"""Change of the same persons between two waves, from joint counts."""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scipy import optimize, stats

from .counts import PairedCounts
from .exact import mean, median, quotient, square_root, to_decimal, to_float, variance
from .results import Interval
from .signed_rank import Wilcoxon, signed_rank_test


@dataclass(frozen=True, slots=True)
class PairedChange:
    """Before and after of the paired persons; differences are after − before, in the unit of the values.

    `n_before` and `n_after` count everyone with that value, everything else the paired only. Without two
    pairs, or without any spread of the differences, what rests on that spread is None.
    """

    n_before: int
    n_after: int
    n_paired: int
    n_up: int
    n_same: int
    n_down: int
    mean_before: float | None
    mean_after: float | None
    median_before: float | None
    median_after: float | None
    sd_before: float | None
    sd_after: float | None
    mean_difference: float | None
    sd_difference: float | None
    ci95: Interval | None
    t: float | None
    df: int | None
    p: float | None
    wilcoxon: Wilcoxon
    d_z: float | None
    d_z_ci: Interval | None
    d_av: float | None
    g_av: float | None


@dataclass(frozen=True, slots=True)
class _TTest:
    t: float | None = None
    p: float | None = None
    ci: Interval | None = None
    d_z: float | None = None
    d_z_ci: Interval | None = None


def paired_change(counts: PairedCounts, *, confidence: float = 0.95, continuity: bool = False) -> PairedChange:
    """Describe and test the change of the paired persons.

    Paired t test and its interval at level `confidence`; Wilcoxon's signed ranks (with a continuity
    correction if `continuity`); d_z with an interval from the noncentral t distribution (Steiger & Fouladi
    1997); d_av and its small-sample version g_av (Cumming 2012, Hedges 1981). Standard deviations have
    divisor n − 1. Formulas, sources and the behaviour of degenerate data are in docs/statistics.md.
    """
    before, after, differences = counts.exact_before(), counts.exact_after(), counts.differences()
    tolerance = counts.resolution()
    n = counts.n_paired
    mean_difference = mean(differences)
    variances = [variance(values, tolerance=tolerance) for values in (before, after, differences)]
    sd_before, sd_after, sd_difference = [None if value is None else square_root(value) for value in variances]
    d_av = _ratio(mean_difference, _mean_square_root(variances[0], variances[1]))
    df = n - 1 if n >= 2 else None
    test = _t_test(mean_difference, sd_difference, n, confidence)
    return PairedChange(
        n_before=n + counts.n_before_only,
        n_after=n + counts.n_after_only,
        n_paired=n,
        n_up=sum(count for value, count in differences if value > tolerance),
        n_same=sum(count for value, count in differences if abs(value) <= tolerance),
        n_down=sum(count for value, count in differences if value < -tolerance),
        mean_before=to_float(mean(before)),
        mean_after=to_float(mean(after)),
        median_before=to_float(median(before)),
        median_after=to_float(median(after)),
        sd_before=to_float(sd_before),
        sd_after=to_float(sd_after),
        mean_difference=to_float(mean_difference),
        sd_difference=to_float(sd_difference),
        ci95=test.ci,
        t=test.t,
        df=df,
        p=test.p,
        wilcoxon=signed_rank_test(counts, continuity=continuity),
        d_z=test.d_z,
        d_z_ci=test.d_z_ci,
        d_av=to_float(d_av),
        g_av=None if d_av is None else to_float(to_decimal(_small_sample_factor(df)) * d_av),
    )


def _t_test(mean_difference: Fraction | None, sd: Decimal | None, n: int, confidence: float) -> _TTest:
    d_z = _ratio(mean_difference, sd)
    if d_z is None:
        return _TTest()
    root_n = Decimal(n).sqrt()
    t = float(d_z * root_n)
    margin = Decimal(float(stats.t.isf((1 - confidence) / 2, n - 1))) * sd / root_n
    center = to_decimal(mean_difference)
    return _TTest(
        t=t,
        p=float(2 * stats.t.sf(abs(t), n - 1)),
        ci=_interval(center - margin, center + margin, confidence),
        d_z=to_float(d_z),
        d_z_ci=_d_z_interval(t, n, confidence),
    )


def _d_z_interval(t: float, n: int, confidence: float) -> Interval | None:
    """The noncentralities under which the observed t has tail probability (1 − confidence)/2, over √n."""
    tail = (1 - confidence) / 2
    low = _noncentrality(abs(t), n - 1, 1 - tail)
    high = _noncentrality(abs(t), n - 1, tail)
    if low is None or high is None:
        return None
    if t < 0:
        low, high = -high, -low
    return Interval(low / math.sqrt(n), high / math.sqrt(n), confidence)


def _noncentrality(t: float, df: int, probability: float) -> float | None:
    """Solve P(T ≤ t) = probability for the noncentrality; None where SciPy cannot evaluate P (enormous t)."""

    def excess(noncentrality: float) -> float:
        return float(stats.nct.cdf(t, df, noncentrality)) - probability

    # For t ≥ 0, P(T ≤ t) is at least P(Z ≤ −noncentrality): no root lies further down, where SciPy gives NaN.
    lowest = -float(stats.norm.ppf(probability)) - 0.5
    reach = 10 + t * math.sqrt(stats.chi2.isf(1e-6, df) / df)
    if not (excess(lowest) > 0 > excess(reach)):
        return None
    return optimize.brentq(excess, lowest, reach, xtol=1e-12, rtol=1e-12)


def _ratio(numerator: Fraction | None, denominator: Decimal | None) -> Decimal | None:
    if numerator is None or not denominator:
        return None
    return quotient(numerator, denominator)


def _mean_square_root(first: Fraction | None, second: Fraction | None) -> Decimal | None:
    return None if first is None or second is None else square_root((first + second) / 2)


def _small_sample_factor(df: int) -> Fraction:
    return 1 - Fraction(3, 4 * df - 1)


def _interval(low: Decimal, high: Decimal, level: float) -> Interval | None:
    ends = to_float(low), to_float(high)
    return None if None in ends else Interval(*ends, level)
