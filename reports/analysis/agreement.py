"""How far two coders agree on one theme, beyond what chance alone would give: Cohen's kappa from four counts."""

from dataclasses import dataclass
from enum import StrEnum

from .results import Interval

# With two categories: 2k² units for a kappa (Cicchetti 1981), 16k² for its interval (Fleiss & Cicchetti 1978).
MINIMUM_UNITS = 8
ENOUGH_FOR_INTERVAL = 64


class NoKappa(StrEnum):
    """Why there is no kappa."""

    TOO_FEW = "too_few"
    NO_VARIATION = "no_variation"


@dataclass(frozen=True, slots=True)
class CodedUnits:
    """Units of text by who gave them a theme; the counts say nothing about which units these are."""

    both: int
    first_only: int
    second_only: int
    neither: int

    def __post_init__(self):
        if min(self.both, self.first_only, self.second_only, self.neither) < 0:
            raise ValueError("counts must not be negative")

    @property
    def n(self) -> int:
        return self.both + self.first_only + self.second_only + self.neither


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders, one theme. `reason` tells why `kappa` is None; `is_rough` that n is small for its interval."""

    units: CodedUnits
    observed: float | None
    kappa: float | None
    standard_error: float | None
    interval: Interval | None
    is_rough: bool
    reason: NoKappa | None

    @property
    def n(self) -> int:
        return self.units.n


def agreement(units: CodedUnits, *, minimum: int = MINIMUM_UNITS, confidence: float = 0.95) -> Agreement:
    """Return the share of units on which both coders agree, and Cohen's kappa with its interval.

    Undefined, and said so, when chance agreement is certain: both coders gave the theme to every unit or to none.
    The interval is cut at −1 and 1; at complete agreement the standard error is 0 and tells nothing, so there is
    no interval. Raises `ValueError` for a minimum below 1 and a confidence outside (0, 1).
    """
    if minimum < 1 or not 0 < confidence < 1:
        raise ValueError("the minimum must be at least 1 and the confidence between 0 and 1")
    n = units.n
    observed = (units.both + units.neither) / n if n else None
    one_sided = n in (units.both, units.neither)
    reason = NoKappa.TOO_FEW if n < minimum else NoKappa.NO_VARIATION if one_sided else None
    if reason is not None:
        return Agreement(units, observed, None, None, None, False, reason)
    import numpy as np
    from statsmodels.stats.inter_rater import cohens_kappa

    # Its test of "no agreement", which nobody asks for here, is 0 / 0 when one coder never used the theme.
    with np.errstate(invalid="ignore", divide="ignore"):
        found = cohens_kappa([[units.both, units.first_only], [units.second_only, units.neither]])
    kappa, error = float(found.kappa), float(found.std_kappa)
    # The first digits that floating point leaves of a standard error of zero.
    if error < 1e-9:
        return Agreement(units, observed, kappa, None, None, n < ENOUGH_FOR_INTERVAL, None)
    return Agreement(
        units, observed, kappa, error, _interval(kappa, error, confidence), n < ENOUGH_FOR_INTERVAL, None
    )


def _interval(kappa: float, error: float, confidence: float) -> Interval:
    from scipy import stats

    reach = float(stats.norm.ppf((1 + confidence) / 2)) * error
    return Interval(max(-1.0, kappa - reach), min(1.0, kappa + reach), confidence)
