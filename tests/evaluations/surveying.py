"""Surveys that take answers today, whatever day the tests run."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from evaluations.actions.surveys import change_survey_state
from evaluations.models import Evaluation, InstrumentVersion, Item, Response, Survey
from evaluations.models.surveys import new_token
from tests.world import Place


def today() -> date:
    return timezone.localdate()


def take_answers(survey: Survey, *, state: str = Survey.State.OPEN) -> Survey:
    """The survey opened by the button, with today inside its dates."""
    survey.opens_on, survey.closes_on = today() - timedelta(days=10), today() + timedelta(days=10)
    survey.save()
    if state == Survey.State.DRAFT:
        return survey
    survey = change_survey_state(survey=survey, state=Survey.State.OPEN)
    return change_survey_state(survey=survey, state=state) if state == Survey.State.CLOSED else survey


def public_survey(
    place: Place, version: InstrumentVersion, *, wave: str = Survey.Wave.AFTER, state: str = Survey.State.OPEN
) -> Survey:
    survey = Survey.objects.create(
        evaluation=place.evaluation,
        version=version,
        group=Survey.Group.PUBLIC,
        wave=wave,
        mode=Survey.Mode.ANONYMOUS,
        opens_on=today() - timedelta(days=10),
        closes_on=today() + timedelta(days=10),
        public_token=new_token(),
    )
    return take_answers(survey, state=state)


def add_open_question(version: InstrumentVersion) -> Item:
    """A text item between the closed ones, so that the order of packing can go wrong."""
    return Item.objects.create(
        version=version,
        position=0,
        key="saran",
        label="Saran",
        text="Apa saran Anda?",
        type=Item.Type.TEXT,
        is_required=False,
    )


def both_waves_open(place: Place) -> Evaluation:
    for survey in place.surveys.values():
        take_answers(survey)
    return place.evaluation


def answer(survey: Survey, enrollment=None, **changes) -> Response:
    values = {"answers": [4, 4, 2], "channel": "tautan", "received_on": today()}
    response = Response.objects.create(survey=survey, enrollment=enrollment, **values | changes)
    survey.invitations.filter(enrollment=enrollment).update(is_answered=True)
    return response


def text_of(client, name: str, *args, **query) -> str:
    """The text of a page, which must be shown."""
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()
