"""A survey as its respondent meets it: the questions with what was typed, page by page, and how long it takes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from zoneinfo import ZoneInfo

from django.utils import timezone

from evaluations.answer_headings import RECALLED
from evaluations.answer_types import NOT_APPLICABLE
from evaluations.models import Evaluation, Item, Survey
from evaluations.packing import is_recalled

# How long reading and answering takes, by type of item: a scale is a glance and a tap, a text is typed
# with two thumbs. Rounded up to minutes on the page, so that nobody is promised too little.
SECONDS_PER_ITEM = {
    Item.Type.LIKERT: 12,
    Item.Type.YES_NO: 10,
    Item.Type.CHOICE: 15,
    Item.Type.CHOICES: 20,
    Item.Type.RANKING: 45,
    Item.Type.TEXT: 60,
    Item.Type.SHORT_TEXT: 30,
    Item.Type.NOTE: 5,
    Item.Type.PAGE: 0,
    Item.Type.MATRIX: 10,
}
SECONDS_OTHERWISE = 20
ITEMS_PER_PAGE = 6  # where the instrument itself has no pages
ALPHABET = "abcdefghijklmnopqrstuvwxyz"

Typed = str | list[str] | dict[str, str]


@dataclass(frozen=True)
class Question:
    """One item on the page with what was typed and what is wrong with it; `rows` are those of a matrix."""

    number: str
    item: Item
    typed: Typed = ""
    error: str = ""
    recalled: str = ""
    recalled_error: str = ""
    is_asked_twice: bool = False
    rows: "tuple[Question, ...]" = ()

    @property
    def name(self) -> str:
        return field_name(self.item)

    @property
    def recalled_name(self) -> str:
        return recalled_name(self.item)

    @property
    def anchor(self) -> str:
        return f"butir-{self.item.key}"

    @property
    def has_error(self) -> bool:
        return bool(self.error or self.recalled_error)

    @property
    def is_not_applicable(self) -> bool:
        return self.typed == NOT_APPLICABLE

    @property
    def text_typed(self) -> str:
        return "" if self.is_not_applicable or not isinstance(self.typed, str) else self.typed

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(value, label, chosen) of a scale or a list of options; a point without a label shows its number."""
        return self._choices(self.typed)

    @property
    def recalled_choices(self) -> list[tuple[str, str, bool]]:
        return self._choices(self.recalled)

    def _choices(self, typed: Typed) -> list[tuple[str, str, bool]]:
        item, chosen = self.item, set(typed) if isinstance(typed, list) else {typed}
        if item.options:
            pairs = item.option_names
        else:
            pairs = [(str(value), label or str(value)) for value, label in item.scale_points]
        return [(value, label, value in chosen) for value, label in pairs]

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """(field, option, place that was typed) of a ranking."""
        typed = self.typed if isinstance(self.typed, dict) else {}
        return [(f"{self.name}.{key}", name, typed.get(key, "")) for key, name in self.item.option_names]

    @property
    def place_numbers(self) -> list[str]:
        return [str(place) for place in range(1, len(self.item.options) + 1)]


@dataclass(frozen=True)
class Sheet:
    """What stands on one page: its heading (a page break or None) and its questions."""

    number: int
    heading: Item | None
    questions: list[Question] = field(default_factory=list)


def field_name(item: Item) -> str:
    """The name of an item's input; apart from the form's own fields."""
    return f"jawaban-{item.key}"


def recalled_name(item: Item) -> str:
    return f"dulu-{item.key}"


def typed_answers(items: Iterable[Item], data) -> dict[str, Typed]:
    """What a submitted form (a QueryDict) holds, by item key; fields of no item are ignored."""
    return {item.key: _typed(item, data) for item in items if item.is_answered}


def typed_recalled(items: Iterable[Item], data) -> dict[str, str]:
    """What was recalled of the time before, by item key."""
    return {item.key: data.get(recalled_name(item), "") for item in items if is_recalled(item)}


def _typed(item: Item, data) -> Typed:
    name = field_name(item)
    if item.type == Item.Type.CHOICES:
        chosen = data.getlist(name)
        return NOT_APPLICABLE if NOT_APPLICABLE in chosen else [each for each in chosen if each]
    if item.type == Item.Type.RANKING:
        places = {option["key"]: data.get(f"{name}.{option['key']}", "") for option in item.options}
        typed = {key: place for key, place in places.items() if place}
    else:
        typed = data.get(name, "")
    return typed or (NOT_APPLICABLE if item.allows_na and data.get(f"{name}-tb") else typed)


def as_fields(
    items: Iterable[Item], answers: Mapping[str, Typed], recalled: Mapping[str, str]
) -> dict[str, Typed]:
    """Typed answers -> fields of the form, as a page of another device fills them in."""
    fields: dict[str, Typed] = {}
    for item in items:
        typed, name = answers.get(item.key, ""), field_name(item)
        if isinstance(typed, dict):
            fields |= {f"{name}.{key}": place for key, place in typed.items()}
        elif typed:
            fields[name] = typed
    return fields | {f"dulu-{key}": value for key, value in recalled.items() if value}


def questions_of(
    items: Iterable[Item],
    typed: Mapping[str, Typed] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    recalled: Mapping[str, str] | None = None,
    is_retrospective: bool = False,
) -> list[Question]:
    """All items but page breaks in their order, with what was typed and what is wrong, both by item key.

    Only what is answered has a number; the rows of a matrix stand inside it, as 4a, 4b and so on.
    """
    typed, errors, recalled = typed or {}, errors or {}, recalled or {}

    def question(item: Item, number: str, rows: Sequence[Question] = ()) -> Question:
        return Question(
            number=number,
            item=item,
            typed=typed.get(item.key, ""),
            error=errors.get(item.key, ""),
            recalled=recalled.get(item.key, ""),
            recalled_error=errors.get(f"{RECALLED}{item.key}", ""),
            is_asked_twice=is_retrospective and is_recalled(item),
            rows=tuple(rows),
        )

    items = list(items)
    rows: dict[str, list[Item]] = {}
    for item in items:
        if item.matrix:
            rows.setdefault(item.matrix, []).append(item)
    questions, number = [], 0
    for item in items:
        if item.matrix:
            continue
        number += item.is_answered or item.type == Item.Type.MATRIX
        own = rows.get(item.key, ()) if item.type == Item.Type.MATRIX else ()
        numbered = [question(row, f"{number}{_letter(place)}") for place, row in enumerate(own)]
        is_numbered = item.is_answered or item.type == Item.Type.MATRIX
        questions.append(question(item, str(number) if is_numbered else "", numbered))
    return questions


def sheets_of(questions: Iterable[Question], *, in_pages: bool) -> list[Sheet]:
    """The questions by page; without page breaks by a handful if `in_pages`, else on one page."""
    questions = list(questions)
    has_pages = any(question.item.type == Item.Type.PAGE for question in questions)
    sheets = [Sheet(1, None)]
    for question in questions:
        if question.item.type == Item.Type.PAGE:
            if sheets[-1].heading is None and not sheets[-1].questions:
                sheets.pop()
            sheets.append(Sheet(len(sheets) + 1, question.item))
            continue
        if in_pages and not has_pages and len(sheets[-1].questions) == ITEMS_PER_PAGE:
            sheets.append(Sheet(len(sheets) + 1, None))
        sheets[-1].questions.append(question)
    return sheets


def answerable(questions: Iterable[Question]) -> list[Question]:
    """The questions with something to answer, the rows of a matrix instead of the matrix."""
    return [each for question in questions for each in (question.rows or (question,)) if each.item.is_answered]


def minutes_needed(items: Iterable[Item], *, is_retrospective: bool = False) -> int:
    """Whole minutes, rounded up, at least one."""
    seconds = sum(
        SECONDS_PER_ITEM.get(item.type, SECONDS_OTHERWISE) * (2 if is_retrospective and is_recalled(item) else 1)
        for item in items
    )
    return max(1, ceil(seconds / 60))


def today_at(survey: Survey, now: datetime | None = None) -> date:
    """The date at the office that asks: a survey opens and closes by its clock, not by ours."""
    return today_of(survey.evaluation, now)


def today_of(evaluation: Evaluation, now: datetime | None = None) -> date:
    """The date at the office that runs the evaluated program."""
    zone = ZoneInfo(evaluation.program.organizer.time_zone)
    return timezone.localdate(now or timezone.now(), zone)


def _letter(place: int) -> str:
    """a, b … z, aa, ab …"""
    first, last = divmod(place, len(ALPHABET))
    return (_letter(first - 1) if first else "") + ALPHABET[last]
