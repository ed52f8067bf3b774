"""How a number is written, and nothing else: Indonesian 1.234,56 or English 1,234.56.

Rounding is half up on the shortest decimal that stands for the number, which is what a reader with a
spreadsheet gets. ``None`` and anything not finite become an en dash. A value that rounds to zero has
no sign.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isfinite

MISSING = "–"
MINUS = "−"
SMALLEST_P_SHOWN = Decimal("0.001")
LARGEST_P_SHOWN = Decimal("0.999")

Number = int | float | Decimal | Fraction


@dataclass(frozen=True)
class Marks:
    """What a language puts into a number."""

    decimal: str
    thousands: str
    range_word: str


MARKS = {"id": Marks(",", ".", "sampai"), "en": Marks(".", ",", "to")}


def marks_of(language: str) -> Marks:
    """The marks of ``language`` ("id", "en", "en-gb" …); Indonesian for any other."""
    return MARKS.get(language.split("-")[0], MARKS["id"])


def format_integer(value: Number | None, language: str = "id") -> str:
    """1234 -> "1.234"."""
    return format_decimal(value, 0, language)


def format_decimal(value: Number | None, places: int = 2, language: str = "id") -> str:
    """12.5 with two places -> "12,50"; a negative number takes a minus sign, not a hyphen."""
    rounded = _rounded(value, places)
    if rounded is None:
        return MISSING
    return (MINUS if rounded < 0 else "") + _digits(abs(rounded), marks_of(language))


def format_signed(value: Number | None, places: int = 2, language: str = "id") -> str:
    """1.58 -> "+1,58", -1.58 -> "−1,58"; what rounds to zero has no sign."""
    rounded = _rounded(value, places)
    sign = "+" if rounded is not None and rounded > 0 else ""
    return sign + format_decimal(value, places, language)


def format_percent(share: Number | None, places: int = 1, language: str = "id") -> str:
    """A share of one: 0.125 -> "12,5%"."""
    if share is None or not isfinite(share):
        return MISSING
    return format_decimal(_exact(share) * 100, places, language) + "%"


def format_rupiah(value: Number | None, language: str = "id", *, sen: bool = True) -> str:
    """1500000 -> "Rp1.500.000", written together; sen only where there are any, unless ``sen`` is off."""
    rounded = _rounded(value, 2 if sen else 0)
    if rounded is None:
        return MISSING
    sign = MINUS if rounded < 0 else ""
    return f"{sign}Rp{format_decimal(abs(rounded), 0 if rounded == int(rounded) else 2, language)}"


def format_p(p: Number | None, language: str = "id") -> str:
    """A p-value as a sentence has it: "p < 0,001", "p = 0,012"."""
    cell = format_p_cell(p, language)
    if cell == MISSING:
        return MISSING
    return f"p {cell}" if cell[0] in "<>" else f"p = {cell}"


def format_p_cell(p: Number | None, language: str = "id") -> str:
    """A p-value as a table has it: "< 0,001", "0,012". A p-value is never printed as 0 or as 1."""
    if p is None or not isfinite(p):
        return MISSING
    exact = _exact(p)
    if exact < SMALLEST_P_SHOWN:
        return f"< {format_decimal(SMALLEST_P_SHOWN, 3, language)}"
    if exact > LARGEST_P_SHOWN:
        return f"> {format_decimal(LARGEST_P_SHOWN, 3, language)}"
    return format_decimal(exact, 3, language)


def format_interval(low: Number | None, high: Number | None, places: int = 2, language: str = "id") -> str:
    """An interval from its ends: "0,70 sampai 2,46". A dash would read as a minus sign."""
    if _rounded(low, places) is None or _rounded(high, places) is None:
        return MISSING
    ends = (format_decimal(end, places, language) for end in (low, high))
    return f" {marks_of(language).range_word} ".join(ends)


def _exact(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(repr(float(value)))


def _rounded(value: Number | None, places: int) -> Decimal | None:
    if value is None or not isfinite(value):
        return None
    return _exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _digits(value: Decimal, marks: Marks) -> str:
    english = f"{value:,f}"
    return english.translate(str.maketrans({",": marks.thousands, ".": marks.decimal}))
