from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from evaluations.models import Item
from evaluations.questionnaire import minutes_needed, questions_of, today_at, typed_answers

SCALE = {"type": "likert", "minimum": 1, "maximum": 3}


def item(key: str, **values) -> Item:
    return Item(key=key, **(SCALE | values))


@pytest.mark.parametrize(
    ("kinds", "minutes"),
    [
        (["likert"], 1),
        (["likert"] * 5, 1),
        (["likert"] * 6, 2),
        (["likert"] * 12, 3),
        (["teks", "angka"], 2),
        ([], 1),
    ],
)
def test_minutes_needed_rounds_up(kinds, minutes):
    assert minutes_needed([item(str(number), type=kind) for number, kind in enumerate(kinds)]) == minutes


def test_typed_answers_hold_the_items_and_nothing_else():
    data = {"jawaban-a": "2", "formulir": "x", "jawaban-z": "1"}
    assert typed_answers([item("a"), item("b")], data) == {"a": "2", "b": ""}


def test_questions_keep_what_was_typed_and_what_is_wrong():
    first, second = questions_of([item("a"), item("b")], {"a": "2", "b": "9"}, {"b": "Salah."})
    assert (first.number, first.typed, first.error, first.name) == ("1", "2", "", "jawaban-a")
    assert (second.number, second.typed, second.error, second.anchor) == ("2", "9", "Salah.", "butir-b")


def test_a_scale_point_without_label_shows_its_number():
    labels = [{"id": "Rendah", "en": "Low"}]
    (question,) = questions_of([item("a", labels=labels)], {"a": "2"})
    assert question.choices == [("1", "Rendah", False), ("2", "2", True), ("3", "3", False)]


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Jakarta", date(2026, 7, 1)), ("Asia/Makassar", date(2026, 7, 2)), ("Asia/Jayapura", date(2026, 7, 2))],
)
def test_today_is_the_date_at_the_office_that_asks(zone, day):
    organizer = SimpleNamespace(time_zone=zone)
    survey = SimpleNamespace(evaluation=SimpleNamespace(program=SimpleNamespace(organizer=organizer)))
    assert today_at(survey, datetime(2026, 7, 1, 16, 30, tzinfo=UTC)) == day
