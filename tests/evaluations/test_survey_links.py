"""Handing out a survey: the cards with personal links, the poster with the public one, their QR codes."""

import re
from base64 import b64decode
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import segno
from django.urls import reverse

from evaluations.models import Invitation
from evaluations.views.surveys import qr_image
from tests.evaluations.surveying import answer, public_survey, take_answers, text_of
from tests.queries import page_queries
from tests.world import add_participant


def svg_of(data_uri: str) -> ElementTree.Element:
    head, _comma, body = data_uri.partition(",")
    assert head.startswith("data:image/svg+xml")
    return ElementTree.fromstring(b64decode(body) if head.endswith("base64") else unquote(body))  # noqa: S314


def test_every_participant_has_a_card_with_link_and_code(evaluator, survey, world):
    text = text_of(evaluator, "survey_links", survey.pk)
    for invitation in survey.invitations.select_related("enrollment__person"):
        url = f"http://testserver{reverse('answer_personal', args=[invitation.token])}"
        assert url in text
        assert invitation.enrollment.person.name in text
        assert invitation.enrollment.code in text
    images = re.findall(r'<img src="([^"]+)"', text)
    assert len(images) == 6
    assert all(svg_of(image).tag == "{http://www.w3.org/2000/svg}svg" for image in images)
    assert "http://testserver" not in "".join(images)


def drawn_modules(data_uri: str, border: int) -> set[tuple[int, int]]:
    """(row, column) of the dark modules that the path of a code draws: "m" moves, "h" draws to the right."""
    path = svg_of(data_uri).find("{http://www.w3.org/2000/svg}path").get("d")
    dark, column, row = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([mMh])([^mMh]*)", path):
        steps = [float(number) for number in numbers.replace(",", " ").split()]
        if command == "h":
            dark |= {(int(row) - border, int(column) - border + step) for step in range(int(steps[0]))}
            column += steps[0]
        else:
            column, row = (column + steps[0], row + steps[1]) if command == "m" else steps
    return dark


def test_a_qr_code_carries_exactly_the_link():
    url = "http://testserver/jawab/abcdefgh23456789/"
    matrix = segno.make(url, error="m", micro=False).matrix
    expected = {(row, column) for row, line in enumerate(matrix) for column, dark in enumerate(line) if dark}
    assert drawn_modules(qr_image(url), border=2) == expected
    assert drawn_modules(qr_image(url.replace("a", "b")), border=2) != expected


def test_links_may_be_printed_for_who_has_not_answered(evaluator, survey, world):
    answer(survey, world.here.enrollments[0])
    text = text_of(evaluator, "survey_links", survey.pk, belum="1")
    assert world.here.people[0].name not in text
    assert world.here.people[1].name in text


def test_a_public_survey_has_one_poster(evaluator, world):
    survey = public_survey(world.here, world.version)
    text = text_of(evaluator, "survey_links", survey.pk)
    assert f"http://testserver{reverse('answer_public', args=[survey.public_token])}" in text
    assert text.count("<img ") == 1


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("draf", "Survei belum dibuka; tautan baru dapat dipakai"),
        ("ditutup", "tautan tidak menerima jawaban lagi"),
    ],
)
def test_links_that_do_not_work_say_so(evaluator, world, state, message):
    survey = take_answers(world.here.surveys["sesudah"], state=state)
    assert message in text_of(evaluator, "survey_links", survey.pk)


def test_the_links_take_the_same_queries_for_few_and_many(evaluator, survey, world):
    url = reverse("survey_links", args=[survey.pk])
    evaluator.get(url)
    few = page_queries(evaluator, url)
    for number in range(7, 12):
        Invitation.objects.create(survey=survey, enrollment=add_participant(world.here, number))
    assert page_queries(evaluator, url) == few
