"""Answers of every type, later waves, other versions and what was recalled, counted and paired."""

from dataclasses import replace
from unittest.mock import ANY

from django.utils import timezone

from evaluations.actions.instruments import definition_of, save_as_new_instrument, save_instrument
from evaluations.definitions import InstrumentDefinition, ItemDefinition
from evaluations.models import Response
from reports.analysis.results import Suppressed
from reports.assembly import assemble
from reports.frames import PARTICIPANT, ChoiceFrame
from tests.evaluations.instruments import ANSWERS, every_type
from tests.reports.answers import AFTER, BEFORE, add_survey, answer
from tests.reports.test_frames import frames_of, pairs_of


def test_versions_compare_item_by_item_and_by_whole_scores(world):
    """Version 2 changes the scale of b2 and adds b4: b1 and b3 go on, no score that b2 belonged to does."""
    answer(world.here.surveys["sebelum"], world.here.enrollments[:6], BEFORE)
    old = definition_of(world.version)
    changed = [replace(item, maximum=7, labels=[]) if item.key == "b2" else item for item in old.items]
    reworded = [replace(item, text="Kalimat baru") if item.key == "b3" else item for item in changed]
    save_instrument(definition=replace(old, number=2, items=(*reworded, replace(old.items[0], key="b4"))))
    after = world.here.surveys["sesudah"]
    after.version = world.instrument.versions.get(number=2)
    after.save()
    answer(after, world.here.enrollments[:6], [[*row, 1] for row in AFTER])
    report = assemble(world.here.evaluation, generated_at=timezone.now())
    (result,) = report.competence
    assert [(change.key, change.change.n_paired) for change in result.items] == [("b1", 6), ("b3", 6)]
    assert (result.total, result.dimensions) == (None, ())
    (broken,) = report.breaks
    assert broken.waves == (("Sebelum", 1), ("Sesudah", 2))
    assert broken.compared == ("Butir 1", "Butir 3")


def test_what_was_recalled_is_paired_in_itself_and_with_nothing_else(world):
    survey = world.here.surveys["sesudah"]
    survey.is_retrospective = True
    survey.save()
    answer(survey, world.here.enrollments[:6], AFTER)
    for response, before in zip(Response.objects.unscoped("test").order_by("enrollment"), BEFORE, strict=True):
        response.recalled = before
        response.save()
    frames = frames_of(world.here)
    assert set(frames.changes) == {(survey.pk, survey.pk, PARTICIPANT)}
    change = frames.changes[survey.pk, survey.pk, PARTICIPANT]
    assert pairs_of(change.items["b1"]) == [(1, 3, 1), (2, 3, 1), (2, 4, 1), (3, 4, 1), (3, 5, 1), (4, 4, 1)]
    (result,) = assemble(world.here.evaluation, generated_at=timezone.now()).competence
    assert result.is_retrospective


def test_choices_are_counted_and_not_applicable_is_no_answer(world):
    version = every_type()
    survey = add_survey(world.here, version, "sesudah")
    other = ANSWERS | {"skala": "*", "hambatan": ["dana"], "urutan": ["dana", "tim", "lain"], "utama": None}
    rows = [list(ANSWERS.values())] * 3 + [list(other.values())] * 3
    answer(survey, world.here.enrollments[:6], rows)
    wave = frames_of(world.here).waves[survey.pk, PARTICIPANT]
    assert wave.values["skala"] == {4: 3, None: 3}
    assert wave.choices["hambatan"] == ChoiceFrame(6, {"dana": 6, "lain": 3}, ANY)
    assert (wave.choices["utama"].n, wave.choices["pernah"].chosen) == (3, {"1": 6})
    assert wave.choices["urutan"].places == {"tim": 3 * 1 + 3 * 2, "dana": 3 * 2 + 3 * 1, "lain": 18}
    report = assemble(world.here.evaluation, generated_at=timezone.now())
    (choices,) = report.choices
    barrier = next(question for question in choices.questions if question.key == "hambatan")
    assert [(option.label, option.n) for option in barrier.options] == [
        ("Kurang dana", 6),
        ("Dukungan tim", 0),
        ("Lainnya", 3),
    ]
    main = next(question for question in choices.questions if question.key == "utama")
    assert isinstance(main.options, Suppressed)


def test_the_points_of_a_test_with_options(world):
    options = [{"key": "a", "id": "A", "score": 0}, {"key": "b", "id": "B", "score": 2}]
    items = [
        ItemDefinition(f"q{at}", "pilihan", "?", label=f"Soal {at}", options=options, dimension="")
        for at in (1, 2)
    ]
    definition = InstrumentDefinition(key="soal", number=1, name="Soal", scoring="tes", items=tuple(items))
    version = save_as_new_instrument(definition=definition, owner=None).versions.get()
    for wave, rows in (("sebelum", ["ab", "aa"] * 3), ("sesudah", ["bb", "ab"] * 3)):
        answer(add_survey(world.here, version, wave), world.here.enrollments[:6], [list(row) for row in rows])
    (result,) = assemble(world.here.evaluation, generated_at=timezone.now()).knowledge
    assert (result.minimum, result.maximum) == (0, 100)
    assert (result.change.mean_before, result.change.mean_after) == (25, 75)
