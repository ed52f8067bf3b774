"""The one door for answers."""

from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection
from django.utils import timezone

from evaluations.actions.responses import AlreadyAnswered, SurveyClosed, keep_draft, store_response
from evaluations.answer_sheet import AnswerSheet
from evaluations.authors import NOBODY, Author
from evaluations.models import Response, ResponseDraft, Survey
from tests.evaluations.surveying import add_open_question, public_survey, take_answers, today

LINK, PAPER, FILE = Response.Channel.LINK, Response.Channel.PAPER, Response.Channel.FILE
ANSWERS = {"b1": "4", "b2": "5", "b3": "2"}


@pytest.fixture
def person(world):
    return world.here.enrollments[0]


def store(survey, enrollment=None, **changes):
    arguments = {
        "survey": survey,
        "answers": ANSWERS,
        "author": Author.participant(enrollment) if enrollment else NOBODY,
        "response_id": uuid4(),
        "channel": LINK,
        "received_on": today(),
    }
    return store_response(**arguments | changes)


def test_answers_are_packed_in_the_order_of_the_items(survey, person):
    add_open_question(survey.version)
    response = store(survey, person, answers={"b3": "2", "saran": " Tambah loket ", "b2": "5", "b1": "4"})
    response.refresh_from_db()
    assert response.answers == [4, 5, 2]
    assert list(response.open_answers.values_list("item_key", "text")) == [("saran", "Tambah loket")]
    assert (response.channel, response.received_on, response.entered_by) == (LINK, today(), None)


def test_the_invitation_of_who_answered_is_ticked_off_and_no_other(survey, person, world):
    store(survey, person)
    answered = survey.invitations.filter(is_answered=True).values_list("enrollment", flat=True)
    assert list(answered) == [person.pk]
    assert survey.invitations.count() == len(world.here.enrollments)


def test_who_answers_on_paper_before_the_opening_counts_as_invited(world, person):
    survey = take_answers(world.here.surveys["sesudah"], state=Survey.State.DRAFT)
    store(survey, person, channel=PAPER)
    assert list(survey.invitations.values_list("enrollment", "is_answered")) == [(person.pk, True)]
    survey = take_answers(survey)
    assert survey.invitations.filter(is_answered=True).count() == 1
    assert survey.invitations.count() == 6


def test_a_second_press_returns_the_stored_row(survey, person):
    key = uuid4()
    first = store(survey, person, response_id=key)
    second = store(survey, person, response_id=key, answers={"b1": "1", "b2": "1", "b3": "1"})
    assert second == first
    assert list(survey.responses.values_list("answers", flat=True)) == [[4, 5, 2]]


def test_a_second_press_is_kind_even_when_the_survey_has_closed_meanwhile(survey, person):
    key = uuid4()
    first = store(survey, person, response_id=key)
    survey.state = Survey.State.CLOSED
    survey.save()
    assert store(survey, person, response_id=key) == first


def test_the_same_person_answers_a_survey_once(survey, person):
    store(survey, person)
    with pytest.raises(AlreadyAnswered, match="sudah pernah diterima"):
        store(survey, person)
    assert survey.responses.count() == 1


def test_the_same_person_answers_the_other_wave_as_well(survey, person, world):
    store(survey, person)
    store(take_answers(world.here.surveys["sebelum"]), person)
    assert person.responses.count() == 2


def test_the_form_of_another_person_is_never_mistaken_for_a_second_press(survey, world):
    """Two people share a phone: the second one's answers must not vanish behind the first one's."""
    key = uuid4()
    first, second = world.here.enrollments[:2]
    store(survey, first, response_id=key)
    with pytest.raises(AlreadyAnswered, match="Muat ulang halaman"):
        store(survey, second, response_id=key)
    with pytest.raises(AlreadyAnswered, match="Muat ulang halaman"):
        store(take_answers(world.here.surveys["sebelum"]), first, response_id=key)


@pytest.mark.parametrize(
    ("state", "channel", "refused"),
    [
        (Survey.State.DRAFT, LINK, True),
        (Survey.State.DRAFT, PAPER, False),
        (Survey.State.DRAFT, FILE, False),
        (Survey.State.OPEN, LINK, False),
        (Survey.State.OPEN, PAPER, False),
        (Survey.State.CLOSED, LINK, True),
        (Survey.State.CLOSED, PAPER, True),
        (Survey.State.CLOSED, FILE, True),
    ],
)
def test_the_state_of_the_survey_decides(world, person, state, channel, refused):
    survey = take_answers(world.here.surveys["sesudah"], state=state)
    if refused:
        with pytest.raises(SurveyClosed):
            store(survey, person, channel=channel)
    else:
        store(survey, person, channel=channel)
    assert survey.responses.exists() is not refused


@pytest.mark.parametrize(("days", "refused"), [(-11, True), (-10, False), (10, False), (11, True)])
def test_both_end_days_count_and_no_day_beyond(survey, person, days, refused):
    day = today() + timedelta(days=days)
    if refused:
        with pytest.raises(SurveyClosed, match="di luar itu"):
            store(survey, person, channel=PAPER, received_on=day)
    else:
        assert store(survey, person, channel=PAPER, received_on=day).received_on == day


def test_wrong_and_missing_answers_are_named_by_item(survey, person):
    with pytest.raises(ValidationError) as caught:
        store(survey, person, answers={"b1": "6", "b2": "3,5", "lain": "1"})
    assert caught.value.message_dict == {
        "b1": ["Isi dengan bilangan bulat 1 sampai 5."],
        "b2": ["Isi dengan bilangan bulat 1 sampai 5."],
        "b3": ["Butir ini wajib dijawab."],
        "lain": ["Butir ini tidak ada dalam instrumen."],
    }
    assert not survey.responses.exists()
    assert not survey.invitations.filter(is_answered=True).exists()


@pytest.mark.parametrize("channel", [PAPER, FILE])
def test_paper_and_files_may_have_gaps(survey, person, channel):
    assert store(survey, person, channel=channel, answers={"b2": "5"}).answers == [None, 5, None]


def test_nothing_answered_is_no_response(survey, person):
    with pytest.raises(ValidationError) as caught:
        store(survey, person, channel=PAPER, answers={"b1": " "})
    assert caught.value.message_dict == {NON_FIELD_ERRORS: ["Belum ada butir yang dijawab."]}


def test_public_answers_know_nobody_and_may_be_many(world):
    survey = public_survey(world.here, world.version)
    store(survey)
    store(survey)
    assert list(survey.responses.values_list("enrollment", flat=True)) == [None, None]
    assert not survey.invitations.exists()


def test_a_respondent_of_another_kind_is_a_mistake_of_ours(survey, world):
    with pytest.raises(ValueError, match="authors"):
        store(survey, None)
    with pytest.raises(ValueError, match="authors"):
        store(public_survey(world.here, world.version), world.here.enrollments[0])


def test_who_typed_the_paper_is_kept(survey, person, world):
    user = world.here.users["evaluator"]
    assert store(survey, person, channel=PAPER, entered_by=user).entered_by == user


@contextmanager
def somebody_is_faster(winner: Response):
    """Write `winner` after the look for earlier answers, before ours are written."""

    def run(execute, sql, params, many, context):
        if "evaluations_item" in sql and winner._state.adding:
            winner.save(force_insert=True)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield
    assert not winner._state.adding


def test_the_same_press_that_was_faster_is_found(survey, person):
    key = uuid4()
    winner = Response(
        id=key, survey=survey, enrollment=person, answers=[1, 1, 1], channel=LINK, received_on=today()
    )
    with somebody_is_faster(winner):
        assert store(survey, person, response_id=key).answers == [1, 1, 1]
    assert survey.responses.count() == 1


def test_the_same_person_who_was_faster_elsewhere_keeps_the_first_answers(survey, person):
    winner = Response(survey=survey, enrollment=person, answers=[1, 1, 1], channel=LINK, received_on=today())
    with somebody_is_faster(winner), pytest.raises(AlreadyAnswered):
        store(survey, person)
    assert not survey.responses.exclude(pk=winner.pk).exists()


def test_a_draft_that_nobody_confirmed_goes_after_a_day(survey, world):
    sheet = AnswerSheet((), (), (), "kode", "abc")
    user, now = world.here.users["evaluator"], timezone.now()
    foreign = take_answers(world.there.surveys["sesudah"])
    old = keep_draft(survey=foreign, user=world.there.users["evaluator"], file_name="a.csv", sheet=sheet, now=now)
    recent = keep_draft(survey=survey, user=user, file_name="c" * 300, sheet=sheet, now=now)
    drafts = ResponseDraft.objects.unscoped("test").order_by("pk")
    assert list(drafts) == [old, recent]
    drafts.filter(pk=old.pk).update(created_at=now - timedelta(hours=25))
    drafts.filter(pk=recent.pk).update(created_at=now - timedelta(hours=23))
    newest = keep_draft(survey=survey, user=user, file_name="b.csv", sheet=sheet, now=now)
    assert list(drafts.all()) == [recent, newest]
    assert AnswerSheet.unpacked(recent.sheet) == sheet


def test_dates_are_dates(survey, person):
    store(survey, person)
    assert type(survey.responses.get().received_on) is date
