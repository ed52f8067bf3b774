"""Who was asked: reached, missing, given more time; the rate by group, unit and region."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.models import MailBlock, Survey
from evaluations.response_monitor import Rate, days, rates
from programs.models import Agency, Enrollment
from tests.evaluations.surveying import public_survey, take_answers
from tests.queries import page_queries
from tests.world import add_participant


@pytest.fixture
def survey(world) -> Survey:
    person = world.here.enrollments[0].person
    person.phone, person.email = "+6281234567890", "peserta1@contoh.go.id"
    person.save()
    return take_answers(world.here.surveys["sesudah"])


def list_url(survey) -> str:
    return reverse("invitation_list", args=[survey.pk])


def change(client, survey, **data):
    return client.post(reverse("invitation_change", args=[survey.pk]), data, follow=True).content.decode()


def test_a_number_gets_a_message_that_only_needs_to_be_sent(evaluator, survey, world):
    page = evaluator.get(list_url(survey))
    shown = {each.addressee_name: each for each in page.context["object_list"]}
    first = shown["Peserta Kota Semarang 1"]
    assert first.whatsapp.startswith("https://wa.me/6281234567890?text=")
    text = unquote(first.whatsapp)
    assert f"/jawab/{first.token}/" in text
    assert "Batas waktu: " in text
    assert shown["Peserta Kota Semarang 2"].whatsapp == ""


@pytest.mark.parametrize(("query", "n"), [("", 6), ("status=belum", 5), ("status=sudah", 1), ("q=semarang 2", 1)])
def test_the_list_is_narrowed(evaluator, survey, query, n):
    survey.invitations.filter(pk=survey.invitations.first().pk).update(is_answered=True)
    assert len(evaluator.get(f"{list_url(survey)}?{query}").context["object_list"]) == n


def test_more_time_is_given_and_taken_back(evaluator, survey):
    first = survey.invitations.first()
    later = (survey.closes_on + timedelta(days=5)).isoformat()
    text = change(evaluator, survey, tindakan="perpanjang", undangan=[first.pk], closes_on=later)
    assert "Waktu 1 orang diperpanjang." in text
    first.refresh_from_db()
    assert first.closes_on.isoformat() == later
    assert "sesudah tanggal tutup" in change(
        evaluator, survey, tindakan="perpanjang", undangan=[first.pk], closes_on=survey.opens_on.isoformat()
    )
    assert "Isi tanggal perpanjangan." in change(evaluator, survey, tindakan="perpanjang", undangan=[first.pk])
    assert "Centang paling sedikit satu orang." in change(
        evaluator, survey, tindakan="perpanjang", closes_on=later
    )
    change(evaluator, survey, tindakan="cabut", undangan=[first.pk])
    first.refresh_from_db()
    assert first.closes_on is None


def test_an_invitation_of_another_survey_is_not_touched(evaluator, survey, world):
    other = take_answers(world.there.surveys["sesudah"]).invitations.first()
    later = (survey.closes_on + timedelta(days=5)).isoformat()
    change(evaluator, survey, tindakan="perpanjang", undangan=[other.pk, "x", "9" * 30], closes_on=later)
    other.refresh_from_db()
    assert other.closes_on is None


def test_a_wrong_address_is_marked_and_allowed_again(evaluator, survey):
    survey.sends_mail = True
    survey.save()
    first = survey.invitations.get(enrollment__person__email="peserta1@contoh.go.id")
    change(evaluator, survey, tindakan="salah", undangan=[first.pk])
    assert MailBlock.objects.get().email == "peserta1@contoh.go.id"
    assert len(evaluator.get(f"{list_url(survey)}?status=gagal").context["object_list"]) == 1
    change(evaluator, survey, tindakan="boleh", undangan=[first.pk])
    first.refresh_from_db()
    assert (MailBlock.objects.count(), first.delivery, first.next_mail_at is not None) == (0, "", True)


def test_the_rate_by_unit_group_and_region(survey, world):
    unit = Agency.objects.create(name="Kecamatan Candisari", region=world.here.region)
    for enrollment in world.here.enrollments[:2]:
        enrollment.person.agency = unit
        enrollment.person.save()
    Enrollment.objects.unscoped("test").filter(pk=world.here.enrollments[5].pk).update(group="pembanding")
    done = [enrollment.pk for enrollment in world.here.enrollments[1:4]]
    survey.invitations.filter(enrollment__in=done).update(is_answered=True)
    found = rates(survey)
    assert found["unit"] == [Rate(world.here.agency.name, 4, 2), Rate("Kecamatan Candisari", 2, 1)]
    assert found["kelompok"] == [Rate("peserta", 5, 3), Rate("pembanding", 1, 0)]
    assert found["wilayah"] == [Rate(world.here.region.full_name, 6, 3)]
    assert found["unit"][0].share == 0.5


def test_the_monitor_takes_the_same_queries_for_few_and_many(evaluator, survey, world):
    urls = [reverse("response_monitor", args=[survey.evaluation_id]), list_url(survey)]
    before = [page_queries(evaluator, each) for each in urls]
    for number in range(7, 30):
        add_participant(world.here, number)
    evaluator.post(reverse("survey_invite", args=[survey.pk]))
    assert survey.invitations.count() == 29
    assert [page_queries(evaluator, each) for each in urls] == before


def test_answers_of_the_public_are_counted_by_day(evaluator, survey, world):
    public = public_survey(world.here, world.version)
    for _person in range(2):
        evaluator.post(
            reverse("answer_public", args=[public.public_token]), {f"jawaban-b{at}": "3" for at in (1, 2, 3)}
        )
    assert [(each.day, each.n) for each in days(public)] == [(timezone.localdate(), 2)]
    page = evaluator.get(f"{reverse('response_monitor', args=[survey.evaluation_id])}?survei={public.pk}")
    assert "tingkat respons tidak dapat dihitung" in page.content.decode()


def test_the_public_link_hangs_on_a_wall(evaluator, survey, world):
    public = public_survey(world.here, world.version)
    poster = evaluator.get(reverse("survey_poster", args=[public.pk]))
    assert (poster["Content-Type"], poster.content[:5]) == ("application/pdf", b"%PDF-")
    assert evaluator.get(reverse("survey_poster", args=[survey.pk])).url == reverse(
        "survey_links", args=[survey.pk]
    )


def test_cards_carry_the_code_that_is_typed(evaluator, survey):
    text = evaluator.get(reverse("survey_links", args=[survey.pk])).content.decode()
    assert all(f"<strong>{invitation.code}</strong>" in text for invitation in survey.invitations.all())
