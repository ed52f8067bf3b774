"""Reminders of what is overdue: to whom, when, how often, and when not."""

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django_tasks import default_task_backend

from asn_eval.accounts.models import Office
from evaluations.actions.follow_up_mails import reminders_wait, send_due_reminders
from evaluations.actions.mailing import block_address
from evaluations.actions.scheduling import run_schedule
from evaluations.models import MailBlock, Recommendation
from programs.models import Program
from tests.evaluations.evidence import make_finding, make_recommendation

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


@pytest.fixture
def late(here) -> Recommendation:
    return make_recommendation(
        make_finding(here), due_date=MONDAY.date() - timedelta(days=1), owner_email="camat@contoh.go.id"
    )


def change(row, **values) -> None:
    type(row).objects.unscoped("test data").filter(pk=row.pk).update(**values)


def test_the_owner_is_reminded_in_words_that_say_what_and_when(late):
    assert send_due_reminders(now=MONDAY) == 1
    (message,) = mail.outbox
    assert message.to == ["camat@contoh.go.id"]
    assert (
        message.subject
        == "Pengingat: tindak lanjut rekomendasi lewat tenggat 22 November 2026 – BKPSDM Kota Semarang"
    )
    assert late.statement in message.body
    assert "Tenggat: 22 November 2026. Status: Diusulkan." in message.body
    assert late.get_absolute_url() in message.body
    late.refresh_from_db()
    assert late.reminded_on == MONDAY.date()


@pytest.mark.parametrize(("days", "sent"), [(0, 0), (4, 0), (7, 1), (8, 1)])
def test_at_most_one_in_seven_days(late, days, sent):
    send_due_reminders(now=MONDAY)
    assert send_due_reminders(now=MONDAY + timedelta(days=days)) == sent


@pytest.mark.parametrize(
    "values",
    [
        {"due_date": MONDAY.date()},
        {"due_date": MONDAY.date() + timedelta(days=3)},
        {"state": "selesai"},
        {"state": "tidak_dilanjutkan"},
    ],
)
def test_what_is_not_overdue_is_left_alone(late, values):
    change(late, **values)
    assert send_due_reminders(now=MONDAY) == 0


@pytest.mark.parametrize("now", [MONDAY.replace(hour=7), MONDAY.replace(hour=16), MONDAY - timedelta(days=1)])
def test_nobody_is_written_to_outside_working_hours(late, now):
    change(late, due_date=MONDAY.date() - timedelta(days=9))
    assert send_due_reminders(now=now) == 0
    late.refresh_from_db()
    assert late.reminded_on is None


def test_no_task_is_started_at_night(late):
    assert reminders_wait(MONDAY) is True
    assert reminders_wait(MONDAY.replace(hour=22)) is False


def test_without_an_address_the_staff_of_the_office_hear_of_it(here, late):
    change(late, owner_email="")
    assert send_due_reminders(now=MONDAY) == 0
    staff = here.users["staf"]
    staff.email = "staf@contoh.go.id"
    staff.save()
    assert send_due_reminders(now=MONDAY) == 1
    assert mail.outbox[0].to == ["staf@contoh.go.id"]


def test_staff_who_left_hear_of_nothing(here, late):
    change(late, owner_email="")
    staff = here.users["staf"]
    staff.email, staff.is_active = "staf@contoh.go.id", False
    staff.save()
    assert send_due_reminders(now=MONDAY) == 0


def test_a_blocked_address_is_not_written_to(late):
    block_address(email="camat@contoh.go.id", reason=MailBlock.Reason.REFUSED)
    assert send_due_reminders(now=MONDAY) == 0
    assert mail.outbox == []


def test_examples_remind_nobody(here, late):
    Program.objects.visible_to(here.users["staf"]).filter(pk=here.program.pk).update(is_example=True)
    assert send_due_reminders(now=MONDAY) == 0


@pytest.mark.parametrize(("hour", "started"), [(9, ["send_reminders"]), (22, [])])
def test_the_schedule_starts_the_task(settings, late, hour, started):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    run_schedule(now=MONDAY.replace(hour=hour))
    assert [result.task.func.__name__ for result in default_task_backend.results] == started


class Broken(EmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected


def test_a_mail_that_failed_is_tried_again(settings, late):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    assert send_due_reminders(now=MONDAY) == 0
    late.refresh_from_db()
    assert late.reminded_on is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due_reminders(now=MONDAY) == 1


def test_more_than_a_lot_goes_out_at_once(here, late, monkeypatch):
    monkeypatch.setattr("evaluations.actions.follow_up_mails.LOT", 2)
    finding = late.findings.get()
    for number in range(4):
        make_recommendation(
            finding,
            statement=f"Lagi {number}",
            due_date=MONDAY.date() - timedelta(days=2),
            owner_email=f"{number}@contoh.go.id",
        )
    assert send_due_reminders(now=MONDAY) == 5
    assert len({message.to[0] for message in mail.outbox}) == 5


def test_a_line_end_in_a_name_makes_no_header(here, late):
    Office.objects.filter(pk=here.office.pk).update(name="BKPSDM\nBcc: orang@lain.id")
    send_due_reminders(now=MONDAY)
    assert mail.outbox[0].subject.endswith("BKPSDM Bcc: orang@lain.id")
    assert mail.outbox[0].recipients() == ["camat@contoh.go.id"]
