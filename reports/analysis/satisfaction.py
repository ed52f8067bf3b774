"""Community satisfaction index (SKM/IKM) by PermenPANRB 14/2017, in exact arithmetic."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .exact import to_decimal
from .results import Reason

SCALE = (1, 2, 3, 4)
CONVERSION = 25
PLACES = 2


@dataclass(frozen=True, slots=True)
class Band:
    """A grade, the lowest converted value (two decimals) that earns it, and what the grade is called."""

    grade: str
    low: Decimal
    name: str = ""


# PermenPANRB 14/2017, table of converted values (88,31-100,00 A; 76,61-88,30 B; 65,00-76,60 C; 25,00-64,99 D).
BANDS_2017 = (
    Band("A", Decimal("88.31"), "Sangat Baik"),
    Band("B", Decimal("76.61"), "Baik"),
    Band("C", Decimal("65.00"), "Kurang Baik"),
    Band("D", Decimal("25.00"), "Tidak Baik"),
)


@dataclass(frozen=True, slots=True)
class SatisfactionItem:
    """One unsur: n answers, their sum, NRR = sum/n and the grade of NRR × 25; None without answers."""

    name: str
    n: int
    sum: int
    nrr: Decimal | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The index (1 to 4), its conversion `ikm` (25 to 100, two decimals) and grade; None with a `reason`."""

    n_respondents: int
    items: tuple[SatisfactionItem, ...]
    index: Decimal | None
    ikm: Decimal | None
    grade: str | None
    reason: Reason | None
    bands: tuple[Band, ...] = BANDS_2017

    @property
    def grade_name(self) -> str:
        """What the bands call the grade; empty where there is none or it has no name."""
        return next((band.name for band in self.bands if band.grade == self.grade), "")

    @property
    def lowest(self) -> tuple[str, ...]:
        """The unsur with the lowest NRR; several when they are level."""
        answered = [item for item in self.items if item.nrr is not None]
        least = min((item.nrr for item in answered), default=None)
        return tuple(item.name for item in answered if item.nrr == least)


def satisfaction(
    unsur_counts: Mapping[str, Mapping[int, int]],
    *,
    n_respondents: int,
    bands: tuple[Band, ...] = BANDS_2017,
    weights: Mapping[str, Fraction] | None = None,
) -> Satisfaction:
    """Return NRR per unsur, the index Σ NRR × 1/k with the exact weight, and IKM = index × 25.

    `unsur_counts` holds for each unsur how many answered 1, 2, 3, 4; missing answers are simply not counted.
    `weights`, where an office has set its own, makes it Σ NRR × w / Σ w; an unsur without one weighs 1.
    IKM is rounded half-up to two decimals once, and only then graded. An unsur without any answer leaves the
    index undefined: dropping it would change what is measured. Raises `ValueError` for other answers, and for
    weights that are negative or all 0.
    """
    tallies = [(name, *_tally(name, counts)) for name, counts in unsur_counts.items()]
    items = tuple(_item(name, n, total, bands) for name, n, total in tallies)
    if not tallies or any(n == 0 for _name, n, _total in tallies):
        return Satisfaction(n_respondents, items, None, None, None, Reason.UNSUR_WITHOUT_ANSWERS, bands)
    weighed = [((weights or {}).get(name, Fraction(1)), Fraction(total, n)) for name, n, total in tallies]
    if any(weight < 0 for weight, _nrr in weighed) or not any(weight for weight, _nrr in weighed):
        raise ValueError("weights must not be negative, and one of them above 0")
    index = sum(weight * nrr for weight, nrr in weighed) / sum(weight for weight, _nrr in weighed)
    ikm = round_half_up(index * CONVERSION, PLACES)
    return Satisfaction(n_respondents, items, to_decimal(index), ikm, grade_of(ikm, bands), None, bands)


def grade_of(converted: Decimal, bands: tuple[Band, ...] = BANDS_2017) -> str | None:
    """Return the grade of a value that is already rounded to two decimals; None below the lowest band."""
    return next((band.grade for band in bands if converted >= band.low), None)


def round_half_up(value: Fraction, places: int) -> Decimal:
    """Round a value of at least 0 to a number of decimals, halves upwards."""
    return Decimal(math.floor(value * 10**places + Fraction(1, 2))).scaleb(-places)


def _tally(name: str, counts: Mapping[int, int]) -> tuple[int, int]:
    if any(answer not in SCALE or count < 0 for answer, count in counts.items()):
        raise ValueError(f"answers to {name} must be counts of 1 to 4")
    return sum(counts.values()), sum(answer * count for answer, count in counts.items())


def _item(name: str, n: int, total: int, bands: tuple[Band, ...]) -> SatisfactionItem:
    if n == 0:
        return SatisfactionItem(name, 0, 0, None, None)
    nrr = Fraction(total, n)
    grade = grade_of(round_half_up(nrr * CONVERSION, PLACES), bands)
    return SatisfactionItem(name, n, total, to_decimal(nrr), grade)
