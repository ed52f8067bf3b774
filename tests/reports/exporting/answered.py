"""Surveys with an item of every type that many people have answered, in every mode."""

from datetime import timedelta

from django.urls import reverse

from evaluations.authors import Author
from evaluations.models import Invitation, OpenAnswer, Response, Survey
from evaluations.pseudonyms import make_key
from tests.evaluations.every_type import PACKED
from tests.evaluations.surveying import today


def survey_of(place, version, *, mode: str, wave: str = "sesudah", group: str = "peserta", **more) -> Survey:
    survey = Survey.objects.create(
        evaluation=place.evaluation,
        version=version,
        group=group,
        wave=wave,
        mode=mode,
        opens_on=today() - timedelta(days=60),
        closes_on=today() + timedelta(days=10),
        state=Survey.State.OPEN,
        public_token=f"umum-{version.pk}-{wave}" if group == "masyarakat" else None,
        **more,
    )
    if survey.is_anonymous:
        make_key(place.evaluation)
    return survey


def answer(survey: Survey, enrollments, *, packed=PACKED, text: str = "", day=None, **more) -> list[Response]:
    """One response of each; the enrollments may be a number, for the public."""
    responses = []
    for number, enrollment in enumerate(range(enrollments) if isinstance(enrollments, int) else enrollments):
        is_known = not isinstance(enrollment, int)
        author = Author.participant(enrollment).columns(survey) if is_known else {}
        dated = None if author.get("pseudonym") else day or today()
        response = Response.objects.create(
            survey=survey, answers=packed, channel=Response.Channel.LINK, received_on=dated, **author | more
        )
        if is_known:
            Invitation.objects.create(survey=survey, enrollment=enrollment, is_answered=True)
        if text:
            OpenAnswer.objects.create(response=response, item_key="saran", text=f"{text} {number}")
        responses.append(response)
    return responses


def seal(survey: Survey) -> Survey:
    survey.is_sealed, survey.state = True, Survey.State.CLOSED
    survey.save()
    return survey


def download(client, survey: Survey, form: str) -> bytes:
    response = client.get(reverse("survey_export_file", args=[survey.pk, form]))
    assert response.status_code == 200
    return response.content


def sheets_of(content: bytes) -> dict[str, list[tuple]]:
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content))
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet] for sheet in book}
