"""Nothing in the journal tells who answered a survey, what, or when."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asn_eval.history.models import LogEntry
from asn_eval.history.registration import KINDS
from evaluations.actions.surveys import change_survey_state
from evaluations.models import Invitation, OpenAnswer, Response, ResponseDraft
from tests.evaluations.surveying import public_survey, take_answers
from tests.evaluations.test_answering_pages import ANSWERS, form_id, personal_url, public_url
from tests.history.entries import all_entries

SILENT = (Invitation, Response, OpenAnswer, ResponseDraft)


@pytest.mark.parametrize("model", SILENT)
def test_what_respondents_do_is_no_record_with_a_history(model):
    assert model not in KINDS


def test_no_record_with_a_history_points_at_an_answer():
    leading = {
        (kind.label, field.name)
        for kind in KINDS.values()
        for field in (*kind.fields, *kind.model._meta.many_to_many)
        if field.related_model in SILENT
    }
    assert leading == set()


def send_answers(client, url) -> str:
    """Open the form and send it; the statements that this asks of the database."""
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url).content.decode()
        assert client.post(url, {"formulir": form_id(page)} | ANSWERS).status_code in (200, 302)
    return " ".join(query["sql"] for query in asked.captured_queries)


def test_answering_by_a_personal_link_writes_and_reads_no_entry(world, client):
    survey = take_answers(world.here.surveys["sesudah"])
    invitation = survey.invitations.first()
    before = len(all_entries())
    asked = send_answers(client, personal_url(invitation))
    assert survey.responses.count() == 1
    assert len(all_entries()) == before
    assert LogEntry._meta.db_table not in asked
    assert "accounts_user" not in asked


def test_answering_by_the_public_link_writes_and_reads_no_entry(world, client):
    survey = public_survey(world.here, world.version)
    before = len(all_entries())
    asked = send_answers(client, public_url(survey))
    assert survey.responses.count() == 1
    assert len(all_entries()) == before
    assert LogEntry._meta.db_table not in asked


def test_a_member_of_staff_who_answers_is_not_named_either(world, client):
    """Signed in on the same browser: the answer is still nobody's."""
    client.force_login(world.here.users["evaluator"])
    survey = public_survey(world.here, world.version)
    before = len(all_entries())
    send_answers(client, public_url(survey))
    assert survey.responses.count() == 1
    assert len(all_entries()) == before


def test_opening_a_survey_tells_its_state_and_not_who_is_invited(world):
    survey = world.here.surveys["sesudah"]
    before = len(all_entries())
    change_survey_state(survey=survey, state="dibuka")
    assert survey.invitations.count() == 6
    assert [entry.changes for entry in all_entries()[before:]] == [{"state": ["draf", "dibuka"]}]


def test_answers_leave_an_evaluation_and_a_survey_as_they_were(world, client):
    """No column of what has a history is written when somebody answers, such as a time of the last answer."""
    survey = take_answers(world.here.surveys["sesudah"])
    asked = send_answers(client, personal_url(survey.invitations.first()))
    kept = {kind.model._meta.db_table for kind in KINDS.values()}
    written = {table for table in kept if f'UPDATE "{table}"' in asked or f'INSERT INTO "{table}"' in asked}
    assert written == set()
