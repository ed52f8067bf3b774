"""What becomes due by itself: surveys that open and close by their dates, and mails."""

from dataclasses import dataclass
from datetime import datetime
from logging import getLogger

from django.core.exceptions import ValidationError
from django.db.models import Q

from evaluations.actions.follow_up_mails import reminders_wait
from evaluations.actions.mail_tasks import send_mails, send_reminders
from evaluations.actions.mailing import due_mails, queue_mails
from evaluations.actions.surveys import change_survey_state
from evaluations.models import Survey
from evaluations.questionnaire import today_at

REASON = "what is due is due in every region"
logger = getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """How many surveys were opened and closed, and how many mails were queued."""

    opened: int
    closed: int
    queued: int


def run_schedule(*, now: datetime) -> Done:
    """Do what is due. May run at any time, as often as one likes and on several machines."""
    surveys = Survey.objects.unscoped(REASON).select_related("evaluation__program__organizer")
    changed = {Survey.State.OPEN: 0, Survey.State.CLOSED: 0}
    for survey in surveys.filter(_may_be_due(now)).order_by("pk"):
        state = _due_state(survey, now)
        if state is None:
            continue
        try:
            change_survey_state(survey=survey, state=state)
            changed[state] += 1
        except ValidationError as error:
            # Such as a survey without anybody to ask: its page says so too, and somebody must see to it.
            logger.warning("Survey %s could not be changed to %s: %s", survey.pk, state, "; ".join(error.messages))
    writing = surveys.filter(state=Survey.State.OPEN, sends_mail=True).order_by("pk")
    queued = sum(queue_mails(survey=survey, now=now) for survey in writing)
    if due_mails(now).exists():
        send_mails.enqueue()
    if reminders_wait(now):
        send_reminders.enqueue()
    return Done(changed[Survey.State.OPEN], changed[Survey.State.CLOSED], queued)


def _may_be_due(now: datetime) -> Q:
    # A day more than any time zone is away; whether it is due, the clock of the office says.
    day = now.date()
    opening = Q(state=Survey.State.DRAFT, opens_on__lte=day.fromordinal(day.toordinal() + 1))
    closing = Q(state=Survey.State.OPEN, closes_on__lte=day)
    return Q(follows_dates=True) & (opening | closing)


def _due_state(survey: Survey, now: datetime) -> str | None:
    today = today_at(survey, now)
    last = max([survey.closes_on, *survey.invitations.exclude(closes_on=None).values_list("closes_on", flat=True)])
    if survey.state == Survey.State.DRAFT and survey.opens_on <= today <= survey.closes_on:
        return Survey.State.OPEN
    if survey.state == Survey.State.OPEN and today > last:
        return Survey.State.CLOSED
    return None
