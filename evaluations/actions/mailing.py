"""Invitations and reminders by mail: queued on the invitation itself, sent in small lots, with a limit."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from logging import getLogger
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import models, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from asn_eval.scoping import ScopedQuerySet
from evaluations.mail_times import next_working_moment
from evaluations.models import Invitation, MailBlock, Survey

LOT = 50  # mails between two looks at what is still due
RETRY_AFTER = timedelta(hours=1)
FIRST_PERMANENT_FAILURE = 500  # SMTP: the server will never take it
REASON = "mails go to everybody who was invited, in every region"
Delivery = Invitation.Delivery
logger = getLogger(__name__)


def has_address() -> Q:
    """The condition on an invitation that somebody can be written to."""
    return ~Q(enrollment__person__email="", enrollment__isnull=False) & ~Q(
        respondent__email="", respondent__isnull=False
    )


def queue_mails(*, survey: Survey, now: datetime) -> int:
    """Let the first mail to everybody who has an address and has had none be due; return how many.

    One statement, however many are invited.
    """
    if not survey.sends_mail or survey.state != Survey.State.OPEN:
        return 0
    due = next_working_moment(now, survey.evaluation.program.organizer.time_zone)
    waiting = survey.invitations.filter(
        has_address(), is_answered=False, n_mails=0, next_mail_at=None, delivery=Delivery.NONE
    )
    return Invitation.objects.unscoped(REASON).filter(pk__in=waiting.values("pk")).update(next_mail_at=due)


def stop_mails(*, survey: Survey) -> None:
    """Nobody is written to any more about this survey."""
    survey.invitations.filter(next_mail_at__isnull=False).update(next_mail_at=None)


def due_mails(now: datetime) -> ScopedQuerySet:
    """The invitations that a mail should go out for."""
    return Invitation.objects.unscoped(REASON).filter(
        next_mail_at__lte=now,
        is_answered=False,
        survey__state=Survey.State.OPEN,
        survey__sends_mail=True,
        n_mails__lt=F("survey__most_mails"),
    )


def send_due_mails(*, now: datetime) -> int:
    """Send what is due, lot by lot, in the working hours of each office; return how many mails went out."""
    sent = 0
    while (lot := _claim(now)) is not None:
        if lot:
            with get_connection() as connection:
                sent += sum(_send(invitation, connection, now) for invitation in lot)
    return sent


@transaction.atomic
def _claim(now: datetime) -> list[Invitation] | None:
    """The next lot, already counted as sent and due again later; None when nothing is due.

    Counted before it is sent: a worker that dies in between costs one person one mail, the other way round
    somebody would get the same mail with every restart.
    """
    rows = due_mails(now).select_for_update(skip_locked=True, of=("self",), no_key=True)
    lot = list(
        rows.select_related(
            "survey__version__instrument",
            "survey__evaluation__program__organizer",
            "enrollment__person",
            "respondent",
        ).order_by("next_mail_at", "pk")[:LOT]
    )
    may_go = []
    for invitation in lot:
        survey = invitation.survey
        zone = survey.evaluation.program.organizer.time_zone
        moment = next_working_moment(now, zone)
        if moment > now:
            invitation.next_mail_at = moment
            continue
        invitation.n_mails += 1
        is_last = invitation.n_mails >= survey.most_mails
        following = next_working_moment(now + timedelta(days=survey.remind_after), zone)
        invitation.next_mail_at = None if is_last or following.date() > last_day(invitation) else following
        may_go.append(invitation)
    Invitation.objects.unscoped(REASON).bulk_update(lot, ["n_mails", "next_mail_at"])
    return may_go if lot else None


def last_day(invitation: Invitation):
    """The last day on which this person may answer."""
    own, common = invitation.closes_on, invitation.survey.closes_on
    return max(own, common) if own else common


def _send(invitation: Invitation, connection, now: datetime) -> bool:
    address = invitation.addressee_email
    if not address or is_blocked(address):
        _note(invitation, delivery=invitation.delivery or Delivery.NONE, next_mail_at=None)
        return False
    try:
        message(invitation, connection).send()
    except SMTPRecipientsRefused as refused:
        code = max((code for code, _words in refused.recipients.values()), default=0)
        _failed(invitation, address, is_permanent=code >= FIRST_PERMANENT_FAILURE, now=now)
        return False
    except (SMTPResponseException, SMTPException, OSError):
        # Without the address, which is personal: the invitation names it to who may see it.
        logger.exception("A mail could not be sent; it will be tried again.")
        _failed(invitation, address, is_permanent=False, now=now)
        return False
    _note(invitation, delivery=Delivery.SENT)
    return True


def _failed(invitation: Invitation, address: str, *, is_permanent: bool, now: datetime) -> None:
    if is_permanent:
        block_address(email=address, reason=MailBlock.Reason.BOUNCED)
        return
    _note(
        invitation,
        delivery=Delivery.FAILED,
        n_mails=models.F("n_mails") - 1,
        next_mail_at=now + RETRY_AFTER,
    )


def _note(invitation: Invitation, **changes) -> None:
    # Who has answered meanwhile is not written to again.
    if changes.get("next_mail_at") is not None:
        changes["next_mail_at"] = models.Case(
            models.When(is_answered=False, then=models.Value(changes["next_mail_at"])), default=None
        )
    Invitation.objects.unscoped(REASON).filter(pk=invitation.pk).update(**changes)


def message(invitation: Invitation, connection=None) -> EmailMultiAlternatives:
    """The invitation or, from the second on, the reminder, in Indonesian."""
    survey = invitation.survey
    link = settings.SITE_URL + reverse("answer_personal", args=[invitation.token])
    stop = settings.SITE_URL + reverse("mail_stop", args=[invitation.token])
    context = {
        "survey": survey,
        "program": survey.evaluation.program,
        "organizer": survey.evaluation.program.organizer,
        "name": invitation.addressee_name,
        "link": link,
        "stop": stop,
        "last_day": last_day(invitation),
        "is_reminder": invitation.n_mails > 1,
    }
    with translation.override("id"):
        subject = " ".join(render_to_string("evaluations/mail/subject.txt", context).split())
        body = render_to_string("evaluations/mail/body.txt", context)
    return EmailMultiAlternatives(
        subject=subject,
        body=body.strip() + "\n",
        to=[invitation.addressee_email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        connection=connection,
    )


def is_blocked(email: str) -> bool:
    return MailBlock.objects.filter(email=email.strip().lower()).exists()


@transaction.atomic
def block_address(*, email: str, reason: str) -> int:
    """Write to this address no more, in no survey; return how many invitations that concerns.

    Its owner's own word outweighs what a mail server says.
    """
    email = email.strip().lower()
    block, is_new = MailBlock.objects.get_or_create(email=email, defaults={"reason": reason})
    if not is_new and reason == MailBlock.Reason.REFUSED != block.reason:
        block.reason = reason
        block.save(update_fields=["reason"])
    to_them = Invitation.objects.unscoped(REASON).filter(
        Q(enrollment__person__email__iexact=email) | Q(respondent__email__iexact=email),
        survey__is_sealed=False,
    )
    keys = list(to_them.values_list("pk", flat=True))
    return _block(keys, reason)


def _block(keys: Sequence[int], reason: str) -> int:
    rows = Invitation.objects.unscoped(REASON).filter(pk__in=keys)
    return rows.update(delivery=reason, next_mail_at=None)


@transaction.atomic
def allow_address(*, email: str) -> None:
    """Take a block back: the address was mended, or its owner asks for mails again."""
    email = email.strip().lower()
    MailBlock.objects.filter(email=email).delete()
    to_them = Invitation.objects.unscoped(REASON).filter(
        Q(enrollment__person__email__iexact=email) | Q(respondent__email__iexact=email),
        survey__is_sealed=False,
        delivery__in=[Delivery.BOUNCED, Delivery.REFUSED],
    )
    Invitation.objects.unscoped(REASON).filter(pk__in=list(to_them.values_list("pk", flat=True))).update(
        delivery=Delivery.NONE
    )
