"""Reminders of recommendations that are overdue: to their owner, else to the staff of the office."""

from datetime import datetime, timedelta
from logging import getLogger
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import translation

from asn_eval.access import Role
from asn_eval.accounts.models import Office, User
from asn_eval.scoping import ScopedQuerySet
from evaluations.actions.mailing import is_blocked
from evaluations.mail_times import next_working_moment
from evaluations.models import Recommendation
from evaluations.models.recommendations import UNFINISHED

LOT = 50  # mails between two looks at what is still due
AT_MOST_EVERY = timedelta(days=7)
REASON = "what is overdue is overdue in every region"
logger = getLogger(__name__)


def due_reminders(now: datetime) -> ScopedQuerySet:
    """Overdue recommendations of real programs that somebody can be reminded of and was not within a week."""
    staff = User.objects.filter(role=Role.STAFF, is_active=True, office=OuterRef("office")).exclude(email="")
    rows = Recommendation.objects.unscoped(REASON).annotate(
        office=Coalesce("owner_office", "evaluation__program__organizer")
    )
    return rows.filter(
        Q(reminded_on=None) | Q(reminded_on__lte=now.date() - AT_MOST_EVERY),
        ~Q(owner_email="") | Exists(staff),
        state__in=UNFINISHED,
        due_date__lt=now.date(),
        evaluation__program__is_example=False,
    )


def reminders_wait(now: datetime) -> bool:
    """Whether anything may go out at this moment: no task is started for a night or a weekend."""
    at_work = any(next_working_moment(now, zone) <= now for zone in Office.TimeZone.values)
    return at_work and due_reminders(now).exists()


def send_due_reminders(*, now: datetime) -> int:
    """Send what is due, lot by lot, in the working hours of each office; return how many mails went out."""
    sent, after = 0, 0
    while lot := _claim(now, after):
        after = lot[-1][0].pk
        with get_connection() as connection:
            sent += sum(
                _send(recommendation, reminded_on, connection)
                for recommendation, reminded_on, may_go in lot
                if may_go
            )
    return sent


@transaction.atomic
def _claim(now: datetime, after: int) -> list[tuple[Recommendation, object, bool]]:
    """The next lot with the day of the last reminder before this one and whether it may go now.

    Noted as sent before it is: a worker that dies in between costs one reminder, not one with every restart.
    """
    rows = due_reminders(now).filter(pk__gt=after).select_for_update(skip_locked=True, of=("self",), no_key=True)
    lot = []
    for recommendation in rows.select_related(
        "owner_office", "evaluation__program__organizer", "evaluation__program__region"
    ).order_by("pk")[:LOT]:
        before = recommendation.reminded_on
        may_go = next_working_moment(now, _office(recommendation).time_zone) <= now
        if may_go:
            recommendation.reminded_on = now.date()
        lot.append((recommendation, before, may_go))
    claimed = [recommendation for recommendation, _before, may_go in lot if may_go]
    Recommendation.objects.unscoped(REASON).bulk_update(claimed, ["reminded_on"])
    return lot


def _office(recommendation: Recommendation):
    return recommendation.owner_office or recommendation.evaluation.program.organizer


def addressees(recommendation: Recommendation) -> list[str]:
    """The owner's own address, else those of the staff of the office that answers for it."""
    if recommendation.owner_email:
        found = [recommendation.owner_email]
    else:
        staff = User.objects.filter(role=Role.STAFF, is_active=True, office=_office(recommendation))
        found = list(staff.exclude(email="").order_by("pk").values_list("email", flat=True))
    return [address for address in found if not is_blocked(address)]


def _send(recommendation: Recommendation, reminded_before, connection) -> bool:
    to = addressees(recommendation)
    if not to:
        return False
    try:
        message(recommendation, to, connection).send()
    except (SMTPException, OSError):
        # Without the address, which is personal. The next round tries again.
        logger.exception("A reminder could not be sent; it will be tried again.")
        rows = Recommendation.objects.unscoped(REASON).filter(pk=recommendation.pk)
        rows.update(reminded_on=reminded_before)
        return False
    return True


def message(recommendation: Recommendation, to: list[str], connection=None) -> EmailMessage:
    """The reminder, in Indonesian."""
    context = {
        "recommendation": recommendation,
        "program": recommendation.evaluation.program,
        "office": _office(recommendation),
        "link": settings.SITE_URL + recommendation.get_absolute_url(),
    }
    with translation.override("id"):
        subject = " ".join(render_to_string("evaluations/mail/overdue_subject.txt", context).split())
        body = render_to_string("evaluations/mail/overdue_body.txt", context)
    return EmailMessage(subject=subject, body=body.strip() + "\n", to=to, connection=connection)
