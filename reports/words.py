"""Small Indonesian words that every sentence and table of a report needs. Pure."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from asn_eval.dates import MONTHS as MONTHS
from asn_eval.dates import day as day
from asn_eval.dates import period as period
from asn_eval.numbers import format_decimal


def moment(value: datetime, zone: str) -> str:
    """23 November 2026, 14.30 WIB"""
    return f"{day(value)}, {value:%H.%M} {zone}"


def listing(words: Sequence[str]) -> str:
    """satu; satu dan dua; satu, dua, dan tiga. With "dan" inside a word: a dan b serta c; a; b dan c; serta d."""
    if any(" dan " in word and not word.startswith("“") for word in words):
        return " serta ".join(words) if len(words) < 3 else f"{'; '.join(words[:-1])}; serta {words[-1]}"
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def sentence_case(text: str) -> str:
    """The first letter large, the rest as it was written."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """For a title inside a sentence; an abbreviation such as SKM stays large."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def survey_name(instrument: str) -> str:
    """For use after the word "survei", which the name of the instrument may begin with already."""
    name = instrument.removeprefix("Survei ")
    return name if name != instrument else lower_first(name)


def closed(text: str) -> str:
    """With a full stop at its end."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def amount(value: Decimal | float | None, unit: str = "") -> str:
    """A value of an indicator without needless zeros: 4, 4,5, 1.250 hari."""
    if value is None:
        return "–"
    return f"{format_decimal(value, decimals(value))} {unit}".strip()


def decimals(value: Decimal | float) -> int:
    """How many decimals a value needs, two at most: 0 for 4, 1 for 4.50."""
    return min(max(-Decimal(str(value)).normalize().as_tuple().exponent, 0), 2)
