"""Normalised gain (N-gain): how much of what could be gained was gained, from joint counts."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .counts import Number, PairedCounts
from .exact import mean, to_decimal, to_float, to_fraction

# Hake (1998), "Interactive-engagement versus traditional methods", Am. J. Phys. 66, 64-74.
HIGH_FROM = 0.70
MEDIUM_FROM = 0.30
# A gain that should be 0.7 may come out of floating point as 0.6999999999999999.
BAND_DECIMALS = 12


class GainBand(StrEnum):
    """Hake's bands, and one for a loss."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    DECREASED = "decreased"


@dataclass(frozen=True, slots=True)
class NormalizedGain:
    """Gain of the class from its means, and mean of the persons' own gains with their number.

    Persons already at the maximum before have no gain of their own: `n_at_maximum` counts them.
    """

    class_gain: float | None
    mean_gain: float | None
    n_individuals: int
    n_at_maximum: int
    band_class: GainBand | None
    band_mean: GainBand | None


def n_gain(counts: PairedCounts, *, maximum: Number) -> NormalizedGain:
    """Return (after − before)/(maximum − before), for the class and as the mean over persons (Hake 1998).

    `maximum` is the highest possible score. Raises `ValueError` when a score lies above it. The gain of the
    class is None for nobody paired or a mean before at the maximum; the mean gain for nobody below it.
    """
    top = to_fraction(maximum)
    before, after = counts.exact_before(), counts.exact_after()
    if any(value > top for value, _count in (*before, *after)):
        raise ValueError(f"a score lies above the maximum {maximum}")
    n_at_maximum = sum(count for value, count in before if value == top)
    n_individuals = counts.n_paired - n_at_maximum
    # Decimals: their exponents cannot overflow, whatever floats come in.
    gains = [
        to_decimal((late - early) / (top - early)) * count
        for (early, count), (late, _count) in zip(before, after, strict=True)
        if early < top
    ]
    mean_gain = to_float(sum(gains) / n_individuals) if n_individuals else None
    class_gain = _class_gain(mean(before), mean(after), top)
    return NormalizedGain(
        class_gain=class_gain,
        mean_gain=mean_gain,
        n_individuals=n_individuals,
        n_at_maximum=n_at_maximum,
        band_class=gain_band(class_gain),
        band_mean=gain_band(mean_gain),
    )


def gain_band(gain: float | None) -> GainBand | None:
    """Return Hake's band of a normalised gain: high from 0.70, medium from 0.30, decreased below 0."""
    if gain is None:
        return None
    rounded = round(gain, BAND_DECIMALS)
    if rounded < 0:
        return GainBand.DECREASED
    if rounded < MEDIUM_FROM:
        return GainBand.LOW
    return GainBand.MEDIUM if rounded < HIGH_FROM else GainBand.HIGH


def _class_gain(before: Fraction | None, after: Fraction | None, top: Fraction) -> float | None:
    if before is None or after is None or before >= top:
        return None
    return to_float((after - before) / (top - before))
