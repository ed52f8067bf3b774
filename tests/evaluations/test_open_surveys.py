"""What is special to PostgreSQL on the way from a link to its answer; SQLite takes Django's usual way."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from evaluations.models import Invitation, OpenAnswer, Response
from evaluations.open_surveys import write_at_once
from tests.evaluations.surveying import take_answers, today
from tests.world import build_world

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite keeps no plans and takes no such statement"
    ),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def invitation() -> Invitation:
    survey = take_answers(build_world().here.surveys["sesudah"])
    return survey.invitations.order_by("pk").first()


def row(invitation: Invitation, **changes) -> Response:
    values = {
        "answers": [4, 4, 2],
        "channel": "tautan",
        "received_on": today(),
        "enrollment": invitation.enrollment,
    }
    return Response(id=uuid4(), survey=invitation.survey, **values | changes)


def n_stored() -> tuple[int, int, int]:
    ticked = Invitation.objects.unscoped("the test counts every row").filter(is_answered=True)
    responses, texts = (model.objects.unscoped("the test counts every row") for model in (Response, OpenAnswer))
    return responses.count(), texts.count(), ticked.count()


def test_the_plan_of_a_link_is_made_once(client, invitation):
    url = reverse("answer_personal", args=[invitation.token])
    assert {client.get(url).status_code for _opening in range(3)} == {200}
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%token%'")
        assert len(cursor.fetchall()) == 1


def test_an_answer_its_texts_and_the_tick_are_written_together(invitation):
    response = row(invitation)
    write_at_once(
        [response, *(OpenAnswer(response=response, item_key=key, text="Teks") for key in ("a", "b"))],
        invitation.pk,
    )
    assert n_stored() == (1, 2, 1)


def test_where_one_row_is_refused_nothing_is_written(invitation):
    response = row(invitation)
    with pytest.raises(IntegrityError):
        write_at_once([response, row(invitation)], invitation.pk)  # a second one of the same person
    assert n_stored() == (0, 0, 0)
