"""Invitations and reminders by mail: to whom, when, how often, and when no more."""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.urls import reverse

from evaluations.actions.mailing import allow_address, block_address, queue_mails, send_due_mails
from evaluations.actions.scheduling import run_schedule
from evaluations.models import Invitation, MailBlock, Respondent, Survey
from tests.evaluations.surveying import take_answers

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
ALL = "the test looks at every row"


@pytest.fixture
def survey(world) -> Survey:
    """Open, with mails three days apart and two at most; four of six participants have an address."""
    for number, enrollment in enumerate(world.here.enrollments[:4], start=1):
        enrollment.person.email = f"peserta{number}@contoh.go.id"
        enrollment.person.save()
    survey = world.here.surveys["sesudah"]
    survey.sends_mail, survey.remind_after, survey.most_mails = True, 3, 2
    survey = take_answers(survey)
    survey.opens_on, survey.closes_on = MONDAY.date() - timedelta(days=5), MONDAY.date() + timedelta(days=20)
    survey.save()
    survey.invitations.update(next_mail_at=None)
    queue_mails(survey=survey, now=MONDAY)
    return survey


def addresses() -> list[str]:
    return sorted(message.to[0] for message in mail.outbox)


def at(**later) -> datetime:
    return MONDAY + timedelta(**later)


def test_everybody_with_an_address_gets_one_invitation(survey):
    assert send_due_mails(now=MONDAY) == 4
    assert addresses() == [f"peserta{number}@contoh.go.id" for number in range(1, 5)]
    message = mail.outbox[0]
    invitation = survey.invitations.get(enrollment__person__email=message.to[0])
    assert f"/jawab/{invitation.token}/" in message.body
    assert invitation.addressee_name in message.body
    assert message.subject.startswith("mohon isi Instrumen uji")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/berhenti/{invitation.token}/" in message.extra_headers["List-Unsubscribe"]
    assert send_due_mails(now=MONDAY) == 0


def test_a_reminder_comes_after_the_days_that_were_chosen_and_the_cap_holds(survey):
    send_due_mails(now=MONDAY)
    assert send_due_mails(now=at(days=2)) == 0
    assert send_due_mails(now=at(days=3)) == 4
    assert mail.outbox[-1].subject.startswith("Pengingat: ")
    assert send_due_mails(now=at(days=14)) == 0
    assert set(survey.invitations.values_list("n_mails", flat=True)) == {0, 2}


def test_who_has_answered_is_left_alone(survey):
    send_due_mails(now=MONDAY)
    done = survey.invitations.filter(enrollment__person__email="peserta1@contoh.go.id")
    done.update(is_answered=True)
    send_due_mails(now=at(days=3))
    assert addresses().count("peserta1@contoh.go.id") == 1
    assert addresses().count("peserta2@contoh.go.id") == 2


@pytest.mark.parametrize(
    ("now", "sent"),
    [(at(hours=8), 0), (at(days=5), 0), (at(days=4, hours=23), 0), (at(days=7), 4)],  # evening, Saturday, Monday
)
def test_nothing_is_sent_outside_the_hours_of_the_office(survey, now, sent):
    assert send_due_mails(now=now) == sent
    if not sent:
        assert survey.invitations.filter(next_mail_at__gt=now).count() == 4


def test_a_closed_survey_writes_to_nobody(survey):
    survey.state = Survey.State.CLOSED
    survey.save()
    assert send_due_mails(now=MONDAY) == 0


def test_no_reminder_is_planned_beyond_the_last_day(survey):
    survey.closes_on = MONDAY.date() + timedelta(days=1)
    survey.save()
    send_due_mails(now=MONDAY)
    assert not survey.invitations.filter(next_mail_at__isnull=False).exists()


class Refusing(EmailBackend):
    """A mail server that knows one address no more, and breaks off at another."""

    def send_messages(self, messages):
        for message in messages:
            if message.to == ["peserta1@contoh.go.id"]:
                raise SMTPRecipientsRefused({message.to[0]: (550, b"No such user")})
            if message.to == ["peserta2@contoh.go.id"]:
                raise SMTPServerDisconnected
        return super().send_messages(messages)


def test_a_wrong_address_is_written_to_no_more_and_a_broken_line_is_tried_again(survey, settings):
    settings.EMAIL_BACKEND = "tests.evaluations.test_mailing.Refusing"
    assert send_due_mails(now=MONDAY) == 2
    wrong = survey.invitations.get(enrollment__person__email="peserta1@contoh.go.id")
    broken = survey.invitations.get(enrollment__person__email="peserta2@contoh.go.id")
    assert (wrong.delivery, wrong.next_mail_at) == (Invitation.Delivery.BOUNCED, None)
    assert MailBlock.objects.get().email == "peserta1@contoh.go.id"
    assert (broken.delivery, broken.n_mails) == (Invitation.Delivery.FAILED, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due_mails(now=at(hours=1)) == 1
    assert addresses().count("peserta2@contoh.go.id") == 1


def test_the_last_line_of_a_mail_stops_all_others(survey, client):
    send_due_mails(now=MONDAY)
    invitation = survey.invitations.get(enrollment__person__email="peserta1@contoh.go.id")
    url = reverse("mail_stop", args=[invitation.token])
    assert "Hentikan surel" in client.get(url).content.decode()
    assert MailBlock.objects.count() == 0
    stopped = client.post(url, {"List-Unsubscribe": "One-Click"})
    assert "Surel dihentikan" in stopped.content.decode()
    send_due_mails(now=at(days=3))
    assert addresses().count("peserta1@contoh.go.id") == 1
    assert client.get(reverse("answer_personal", args=[invitation.token])).status_code == 200


def test_a_block_holds_for_every_survey_and_its_owners_word_outweighs_a_servers(survey, world):
    block_address(email="Peserta1@Contoh.go.id", reason=MailBlock.Reason.BOUNCED)
    block_address(email="peserta1@contoh.go.id", reason=MailBlock.Reason.REFUSED)
    block_address(email="peserta1@contoh.go.id", reason=MailBlock.Reason.BOUNCED)
    assert MailBlock.objects.get().reason == MailBlock.Reason.REFUSED
    assert send_due_mails(now=MONDAY) == 3
    allow_address(email="peserta1@contoh.go.id")
    queue_mails(survey=survey, now=MONDAY)
    assert send_due_mails(now=MONDAY) == 1


def test_other_respondents_are_written_to_alike(survey, world):
    rater = Respondent.objects.create(
        evaluation=world.here.evaluation,
        group="atasan",
        enrollment=world.here.enrollments[0],
        name="Atasan Satu",
        email="atasan@contoh.go.id",
    )
    rated = Survey.objects.create(
        evaluation=world.here.evaluation,
        version=survey.version,
        group="atasan",
        wave="sesudah",
        mode="rahasia",
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
        sends_mail=True,
        state=Survey.State.OPEN,
    )
    Invitation.objects.create(survey=rated, respondent=rater)
    queue_mails(survey=rated, now=MONDAY)
    send_due_mails(now=MONDAY)
    assert addresses().count("atasan@contoh.go.id") == 1


# --- What becomes due by itself -----------------------------------------------------


def test_surveys_open_and_close_by_the_date_of_their_office(world):
    survey = world.here.surveys["sesudah"]
    survey.follows_dates = True
    survey.opens_on, survey.closes_on = MONDAY.date(), MONDAY.date() + timedelta(days=2)
    survey.save()
    midnight = MONDAY.replace(hour=0)
    for now, state in (
        (midnight - timedelta(minutes=1), "draf"),
        (midnight, "dibuka"),
        (midnight + timedelta(days=3, minutes=-1), "dibuka"),
        (midnight + timedelta(days=3), "ditutup"),
    ):
        run_schedule(now=now)
        survey.refresh_from_db()
        assert survey.state == state, now
    assert survey.invitations.count() == 6


def test_a_survey_waits_for_who_was_given_more_time(world):
    survey = take_answers(world.here.surveys["sesudah"])
    survey.follows_dates = True
    survey.opens_on, survey.closes_on = MONDAY.date(), MONDAY.date()
    survey.save()
    survey.invitations.filter(pk=survey.invitations.first().pk).update(closes_on=MONDAY.date() + timedelta(days=3))
    run_schedule(now=at(days=3))
    survey.refresh_from_db()
    assert survey.state == "dibuka"
    run_schedule(now=at(days=4))
    survey.refresh_from_db()
    assert survey.state == "ditutup"


def test_a_survey_without_anybody_to_ask_does_not_stop_the_others(world, caplog):
    lonely, other = world.here.surveys["sebelum"], world.there.surveys["sesudah"]
    lonely.group = "atasan"
    for survey in (lonely, other):
        survey.follows_dates = True
        survey.opens_on = survey.closes_on = MONDAY.date()
        survey.save()
    assert run_schedule(now=MONDAY).opened == 1
    assert "belum mempunyai responden atasan" in caplog.text


def test_the_command_queues_and_the_worker_sends(survey, monkeypatch):
    survey.invitations.update(next_mail_at=None)
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    call_command("run_schedule")
    assert len(mail.outbox) == 4
