"""Marking passages: verified against the text, each coder's for themselves, and held by what rests on them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from evaluations.actions.coding import finish_reading, lift_theme, mark_passage, remove_excerpt, theme_named
from evaluations.actions.excerpt_evidence import add_excerpts, record_finding_from
from evaluations.actions.sealing import seal_survey
from evaluations.models import Excerpt, OpenAnswer, Reading
from tests.evaluations.coding import finish, make_theme, mark, open_survey, passages
from tests.evaluations.evidence import make_interview, make_observation, new_finding


@pytest.fixture
def coder(here):
    return here.users["evaluator"]


@pytest.fixture
def interview(here):
    return make_interview(here.evaluation, text="Loket penuh 😀 sejak pagi.\r\nJadwal berbenturan dengan layanan.")


def code(error) -> str:
    return next(one for errors in error.value.error_dict.values() for one in errors).code


def test_a_passage_is_counted_in_characters_and_kept_as_it_stands(interview, coder, here):
    mark(interview, make_theme(here.evaluation), coder, "sejak pagi.\r\nJadwal")
    excerpt = interview.excerpts.get()
    assert (excerpt.start, excerpt.end) == (14, 33)
    assert interview.text[14:33] == excerpt.quote == "sejak pagi.\r\nJadwal"


def test_the_end_of_a_line_may_be_written_in_another_way(interview, coder, here):
    mark_passage(
        source=interview,
        part="",
        start=14,
        end=33,
        quote="sejak pagi.\nJadwal",
        theme=make_theme(here.evaluation),
        coder=coder,
    )
    assert interview.excerpts.get().quote == "sejak pagi.\r\nJadwal"


@pytest.mark.parametrize(
    ("part", "start", "end", "quote", "expected"),
    [
        ("", 0, 5, "loket", "moved"),
        ("", 5, 5, "", "moved"),
        ("", 6, 2, "Loket", "moved"),
        ("", -5, 0, "Loket", "moved"),
        ("", 0, 10**9, "Loket", "moved"),
        ("lain", 0, 5, "Loket", "moved"),
        ("", 5, 6, " ", "empty"),
    ],
)
def test_what_does_not_stand_there_is_refused(interview, coder, here, part, start, end, quote, expected):
    theme = make_theme(here.evaluation)
    with pytest.raises(ValidationError) as error:
        mark_passage(source=interview, part=part, start=start, end=end, quote=quote, theme=theme, coder=coder)
    assert code(error) == expected
    assert passages(interview) == []


def test_a_passage_of_a_whole_day_is_refused(here, coder):
    interview = make_interview(here.evaluation, text="kata " * 5_000)
    with pytest.raises(ValidationError) as error:
        mark(interview, make_theme(here.evaluation), coder, interview.text)
    assert code(error) == "too_long"


def test_a_theme_of_another_evaluation_is_refused(interview, coder, world):
    with pytest.raises(ValidationError) as error:
        mark(interview, make_theme(world.there.evaluation), coder, "Loket")
    assert code(error) == "foreign"


def test_several_themes_stand_on_one_passage_and_a_second_press_changes_nothing(interview, coder, here):
    schedule, budget = make_theme(here.evaluation), make_theme(here.evaluation, "Anggaran")
    for theme in (schedule, budget, schedule):
        mark(interview, theme, coder, "Loket penuh")
    assert passages(interview) == [(coder.username, "Loket penuh", ["Anggaran", "Jadwal"])]


def test_coders_do_not_touch_each_others_passages(interview, here):
    theme, first, second = make_theme(here.evaluation), here.users["evaluator"], here.users["admin"]
    coding = mark(interview, theme, first, "Loket penuh")
    mark(interview, theme, second, "Loket penuh")
    lift_theme(coding=coding)
    assert passages(interview) == [(second.username, "Loket penuh", ["Jadwal"])]


def test_a_passage_goes_with_its_last_theme_only(interview, coder, here):
    first = mark(interview, make_theme(here.evaluation), coder, "Loket penuh")
    second = mark(interview, make_theme(here.evaluation, "Anggaran"), coder, "Loket penuh")
    lift_theme(coding=first)
    assert passages(interview) == [(coder.username, "Loket penuh", ["Anggaran"])]
    lift_theme(coding=second)
    assert passages(interview) == []


def test_a_passage_that_a_finding_quotes_stays_and_the_finding_is_named(interview, coder, here):
    coding = mark(interview, make_theme(here.evaluation), coder, "Jadwal berbenturan")
    finding = record_finding_from(finding=new_finding(here.evaluation), excerpts=[coding.excerpt])
    for take_away in (lambda: lift_theme(coding=coding), lambda: remove_excerpt(excerpt=coding.excerpt)):
        with transaction.atomic(), pytest.raises(ValidationError) as error:
            take_away()
        assert str(finding) in error.value.messages[0]
    assert Excerpt.objects.visible_to(coder).filter(pk=coding.excerpt_id).exists()


def test_a_name_finds_the_theme_that_is_there_however_it_is_written(here, coder):
    theme = make_theme(here.evaluation, "Jadwal padat")
    found = theme_named(evaluation=here.evaluation, name="  jadwal   PADAT ", kind="tantangan", user=coder)
    other = theme_named(evaluation=here.evaluation, name="Jadwal padat", kind="saran", user=coder)
    assert (found, other.key, other.created_by) == (theme, "jadwal-padat-2", coder)


def test_reading_is_finished_once_and_taken_back(interview, coder):
    finish(interview, coder, coder)
    assert interview.readings.get().coder == coder
    finish_reading(source=interview, coder=coder, is_finished=False)
    assert not interview.readings.exists()


# --- What was coded becomes evidence ---


def test_passages_become_evidence_of_their_source_each_once(interview, coder, here):
    theme = make_theme(here.evaluation)
    observation = make_observation(here.evaluation)
    excerpts = [
        mark(interview, theme, coder, "Jadwal berbenturan").excerpt,
        mark(observation, theme, coder, "tertib", part="after", text=observation.after).excerpt,
    ]
    finding = record_finding_from(finding=new_finding(here.evaluation), excerpts=excerpts)
    assert add_excerpts(finding=finding, excerpts=excerpts) == []
    assert [(piece.source, piece.quote, piece.excerpt) for piece in finding.evidence.all()] == [
        (interview, "Jadwal berbenturan", excerpts[0]),
        (observation, "tertib", excerpts[1]),
    ]


def test_an_open_answer_is_evidence_of_its_survey(here, coder):
    survey = open_survey(here)
    answer = OpenAnswer.objects.visible_to(coder).order_by("pk").first()
    coding = mark(answer, make_theme(here.evaluation), coder, "Tambah loket")
    finding = record_finding_from(finding=new_finding(here.evaluation), excerpts=[coding.excerpt])
    piece = finding.evidence.get()
    assert (piece.source, piece.part, piece.quote) == (survey, "item:saran", "Tambah loket")


@pytest.mark.parametrize("which", ["none", "foreign"])
def test_a_finding_needs_passages_of_its_own_evaluation(world, coder, which):
    foreign = world.there.evaluation.interviews.get()
    theirs = mark(foreign, make_theme(world.there.evaluation), world.there.users["evaluator"], "Jadwal")
    excerpts = [] if which == "none" else [theirs.excerpt]
    with transaction.atomic(), pytest.raises(ValidationError):
        record_finding_from(finding=new_finding(world.here.evaluation), excerpts=excerpts)


def test_sealing_carries_codes_and_evidence_over_to_the_rows_written_anew(here, coder):
    """The second anonymous wave may write a sealed survey anew, which was coded meanwhile."""
    survey = open_survey(here, mode="anonim", state="ditutup")
    answers = OpenAnswer.objects.visible_to(coder).filter(response__survey=survey)
    answer = answers.get(text__contains="nomor 3")
    coding = mark(answer, make_theme(here.evaluation), coder, "nomor 3")
    finish(answer, coder)
    finding = record_finding_from(finding=new_finding(here.evaluation), excerpts=[coding.excerpt])
    assert seal_survey(survey=survey, today=here.evaluation.end_date)
    written = answers.get(text__contains="nomor 3")
    assert written.pk != answer.pk
    assert passages(written) == [(coder.username, "nomor 3", ["Jadwal"])]
    assert Reading.objects.visible_to(coder).get().open_answer == written
    assert finding.evidence.get().excerpt_id == coding.excerpt_id
    assert survey.responses.count() == answers.count() == 5
