"""The page of a survey: following the answers, opening, closing and inviting."""

import pytest
from django.urls import reverse

from evaluations.models import Invitation
from tests.evaluations.surveying import answer, public_survey, take_answers, text_of
from tests.queries import page_queries
from tests.world import add_participant, make_instrument


def test_the_response_rate_is_written_out(evaluator, survey, world):
    for enrollment in world.here.enrollments[:4]:
        answer(survey, enrollment, channel="kertas")
    page = evaluator.get(reverse("survey_detail", args=[survey.pk]))
    assert "4 dari 6 (66,7%)" in " ".join(page.content.decode().split())
    assert page.context["object"].n_on_paper == 4


def test_who_has_not_answered_is_named_to_who_hands_out_links(evaluator, survey, world):
    answer(survey, world.here.enrollments[0])
    text = text_of(evaluator, "survey_detail", survey.pk)
    assert world.here.people[0].name not in text
    assert world.here.people[1].name in text


@pytest.mark.parametrize("role", ["manajer", "auditor", "staf", "admin"])
def test_nobody_else_reads_names_or_links(client, survey, world, role):
    client.force_login(world.here.users[role])
    text = text_of(client, "survey_detail", survey.pk)
    assert "0 dari 6" in text
    for enrollment in world.here.enrollments:
        assert enrollment.person.name not in text
        assert enrollment.code not in text
    public = public_survey(world.here, make_instrument("lain"))
    assert public.public_token not in text_of(client, "survey_detail", public.pk)
    for name in ("survey_links", "survey_keying", "response_import", "response_template"):
        assert client.get(reverse(name, args=[survey.pk])).status_code == 403


@pytest.mark.parametrize(
    ("start", "state", "message"),
    [
        ("draf", "dibuka", "6 orang sudah mempunyai tautan sendiri."),
        ("dibuka", "ditutup", "Survei ditutup. Jawaban baru tidak diterima lagi."),
        ("ditutup", "dibuka", "6 orang sudah mempunyai tautan sendiri."),
        ("ditutup", "draf", "tidak dapat langsung diubah"),
        ("draf", "", "tidak dapat langsung diubah"),
    ],
)
def test_a_survey_is_opened_and_closed_by_button(evaluator, world, start, state, message):
    survey = take_answers(world.here.surveys["sesudah"], state=start)
    text = evaluator.post(
        reverse("survey_state", args=[survey.pk]), {"state": state}, follow=True
    ).content.decode()
    assert message in text


def test_a_survey_without_participants_says_what_to_do(evaluator, world):
    world.here.program.enrollments.all().delete()
    url = reverse("survey_state", args=[world.here.surveys["sesudah"].pk])
    assert (
        "Tambahkan peserta lebih dahulu" in evaluator.post(url, {"state": "dibuka"}, follow=True).content.decode()
    )


def test_participants_who_join_later_get_a_link_by_button(evaluator, survey, world):
    assert "Perbarui undangan" not in text_of(evaluator, "survey_detail", survey.pk)
    late = add_participant(world.here, 7)
    assert "Perbarui undangan (1 orang baru)" in text_of(evaluator, "survey_detail", survey.pk)
    url = reverse("survey_invite", args=[survey.pk])
    assert "1 orang baru mendapat tautan." in evaluator.post(url, follow=True).content.decode()
    assert "Semua orang sudah mempunyai tautan." in evaluator.post(url, follow=True).content.decode()
    assert survey.invitations.filter(enrollment=late).exists()
    assert evaluator.get(url).status_code == 405


def test_the_page_of_a_survey_takes_the_same_queries_for_few_and_many(evaluator, survey, world):
    url = reverse("survey_detail", args=[survey.pk])
    evaluator.get(url)
    few = page_queries(evaluator, url)
    for number in range(7, 12):
        enrollment = add_participant(world.here, number)
        Invitation.objects.create(survey=survey, enrollment=enrollment)
    for enrollment in world.here.enrollments[:3]:
        answer(survey, enrollment)
    assert page_queries(evaluator, url) == few
