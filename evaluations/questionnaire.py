"""A survey as its respondent meets it: the questions with what was typed, how long it takes, who reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from zoneinfo import ZoneInfo

from django.utils import timezone

from evaluations.models import Evaluation, Item, Survey

# How long reading and answering takes, by type of item: a scale is a glance and a tap, a text is typed
# with two thumbs. Rounded up to minutes on the page, so that nobody is promised too little.
SECONDS_PER_ITEM = {Item.Type.LIKERT: 12, Item.Type.NUMBER: 20, Item.Type.TEXT: 60}


@dataclass(frozen=True)
class Question:
    """One item on the page with what was typed and what is wrong with it."""

    number: int
    item: Item
    typed: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return field_name(self.item)

    @property
    def anchor(self) -> str:
        return f"butir-{self.item.key}"

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(value, label, chosen) of a scale item; a point without a label shows its number."""
        return [
            (str(value), label or str(value), str(value) == self.typed) for value, label in self.item.scale_points
        ]


def field_name(item: Item) -> str:
    """The name of an item's input; apart from the form's own fields."""
    return f"jawaban-{item.key}"


def typed_answers(items: Iterable[Item], data: Mapping[str, str]) -> dict[str, str]:
    """What a submitted form holds, by item key; fields of no item are ignored."""
    return {item.key: data.get(field_name(item), "") for item in items}


def questions_of(
    items: Iterable[Item], typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> list[Question]:
    """The questions in their order, with what was typed and what is wrong, both by item key."""
    typed, errors = typed or {}, errors or {}
    return [
        Question(number, item, typed.get(item.key, ""), errors.get(item.key, ""))
        for number, item in enumerate(items, start=1)
    ]


def minutes_needed(items: Iterable[Item]) -> int:
    """Whole minutes, rounded up, at least one."""
    return max(1, ceil(sum(SECONDS_PER_ITEM.get(item.type, 20) for item in items) / 60))


def today_at(survey: Survey, now: datetime | None = None) -> date:
    """The date at the office that asks: a survey opens and closes by its clock, not by ours."""
    return today_of(survey.evaluation, now)


def today_of(evaluation: Evaluation, now: datetime | None = None) -> date:
    """The date at the office that runs the evaluated program."""
    zone = ZoneInfo(evaluation.program.organizer.time_zone)
    return timezone.localdate(now or timezone.now(), zone)
