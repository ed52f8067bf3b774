"""Two people at the same moment, about one recommendation."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from evaluations.actions.follow_up import answer_recommendation, record_progress
from tests.concurrency import at_once
from tests.reports.two_years import TODAY, next_evaluation, promise
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def press(user, name: str, *args, **typed):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return partial(client.post, reverse(name, args=args), typed)


def test_what_is_ended_is_not_rejected_in_the_same_moment():
    here = build_world().here
    recommendation = promise(here)
    manager, staff = here.users["manajer"], here.users["staf"]
    answer_recommendation(
        recommendation=recommendation, answer="diterima", reason="", answered_by=manager, today=TODAY
    )
    record_progress(recommendation=recommendation, text="Mulai", state="dikerjakan", author=staff, today=TODAY)
    ending = {"text": "Selesai", "state": "selesai", "why_no_proof": "Lisan"}
    answers = at_once(
        press(staff, "progress_create", recommendation.pk, **ending),
        press(manager, "recommendation_answer", recommendation.pk, answer="ditolak", reason="Tidak ada dana."),
    )
    recommendation.refresh_from_db()
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert (recommendation.state, recommendation.answer) in {
        ("selesai", "diterima"),
        ("tidak_dilanjutkan", "ditolak"),
    }
    assert recommendation.notes.count() == 2


def test_two_judgements_are_one_review():
    here = build_world().here
    recommendation = promise(here)
    later = next_evaluation(here)
    user = here.users["evaluator"]
    outcomes = ("berhasil", "sebagian")
    answers = at_once(
        *(press(user, "review_edit", later.pk, recommendation.pk, outcome=one, reason="Sebab") for one in outcomes)
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert later.reviews.get().outcome in outcomes


def test_two_presses_drop_a_proposal_once():
    here = build_world().here
    promise(here)
    key = "kategori:waktu:budaya_belajar"
    user = here.users["evaluator"]
    answers = at_once(*(press(user, "proposal_drop", here.evaluation.pk, usulan=key) for _person in range(2)))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert here.evaluation.dropped_proposals.count() == 1
