"""Answers on an observation sheet or a checklist: as the form takes them, as they are stored, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.numbers import format_decimal
from evaluations.answer_types import NOT_APPLICABLE, Value
from evaluations.day_words import read_day
from evaluations.keying_marks import meant_by
from evaluations.models import DocumentReview, Item, Observation
from evaluations.questionnaire import Typed
from evaluations.sheet_comparison import SheetLine, compare_sheets

# What the record itself says already stands in a new sheet: item key -> its field.
KNOWN_FIELDS = {"tanggal": "date", "unit": "unit"}


@dataclass(frozen=True)
class SheetAnswer:
    """An answered item as a page shows it."""

    label: str
    words: str
    is_text: bool


def typed_of(sheet: Mapping[str, Value], items: Iterable[Item]) -> dict[str, Typed]:
    """Stored answers as the fields of the form hold them."""
    return {item.key: _typed(item, sheet[item.key]) for item in items if sheet.get(item.key) is not None}


def known_of(row: Observation | DocumentReview, items: Iterable[Item]) -> dict[str, Typed]:
    """What an empty sheet may take over from its record."""
    found = {}
    for item in items:
        value = getattr(row, KNOWN_FIELDS.get(item.key, ""), None)
        if item.type == Item.Type.DATE and hasattr(value, "isoformat"):
            found[item.key] = value.isoformat()
        elif item.type == Item.Type.SHORT_TEXT and isinstance(value, str):
            found[item.key] = value
    return found


def answers_of(row: Observation | DocumentReview, items: Iterable[Item]) -> list[SheetAnswer]:
    """The answered items in their order, in words."""
    return [
        SheetAnswer(item.label_shown, in_words(item, row.sheet[item.key]), item.is_open)
        for item in items
        if row.sheet.get(item.key) is not None
    ]


def side_by_side(before: Observation, after: Observation) -> list[SheetLine]:
    """Both sheets item by item."""
    sides = [(list(row.version.items.all()), row.sheet) for row in (before, after)]
    return compare_sheets(*sides, words_of=in_words)


def visit_pairs(visits: Iterable[Observation]) -> list[tuple[Observation, Observation]]:
    """The last filled-in sheet before and the last after the program of each unit and instrument that has both."""
    latest: dict[tuple[str, int, str], Observation] = {}
    for visit in sorted(visits, key=lambda visit: (visit.date, visit.pk)):
        if visit.sheet:
            latest[unit_key(visit), visit.version.instrument_id, visit.moment] = visit
    before, after = Observation.Moment.BEFORE, Observation.Moment.AFTER
    return [
        (visit, latest[unit, instrument, after])
        for (unit, instrument, moment), visit in latest.items()
        if moment == before and (unit, instrument, after) in latest
    ]


def unit_key(visit: Observation) -> str:
    """By which two visits are known to be of one unit."""
    return " ".join(visit.unit.split()).casefold()


def in_words(item: Item, value: Value) -> str:
    """An answer as a reader meets it: the name of a scale's point, a date, a number with its unit."""
    if value is None:
        return "–"
    if value == NOT_APPLICABLE:
        return _("tidak berlaku")
    if item.type == Item.Type.LIKERT:
        name = dict(item.scale_points).get(value, "")
        return f"{name} ({value})" if name and name != str(value) else str(value)
    if item.type == Item.Type.DATE:
        return date_format(read_day(value))
    if item.type in (Item.Type.NUMBER, Item.Type.SCORE):
        return f"{_number(value)} {item.unit}".strip()
    return meant_by(item, value)


def _typed(item: Item, value: Value) -> Typed:
    if item.type == Item.Type.RANKING and isinstance(value, list):
        return {key: str(place) for place, key in enumerate(value, start=1)}
    if isinstance(value, list):
        return value
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _number(value: int | float) -> str:
    places = len(str(value).partition(".")[2]) if isinstance(value, float) else 0
    return format_decimal(value, places, get_language() or "id")
