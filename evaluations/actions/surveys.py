"""Surveys are planned for the waves at once, opened, closed, and their participants invited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from asn_eval.scoping import ScopedQuerySet
from evaluations.models import SURVEY_TRANSITIONS, Evaluation, InstrumentVersion, Invitation, Survey
from evaluations.models.surveys import new_token
from programs.models import Enrollment


@dataclass(frozen=True)
class WavePlan:
    """When one wave is asked; both days count."""

    wave: str
    opens_on: date
    closes_on: date


@transaction.atomic
def plan_waves(
    *, evaluation: Evaluation, version: InstrumentVersion, group: str, mode: str, waves: Sequence[WavePlan]
) -> list[Survey]:
    """Create one survey for each wave. Raises `ValidationError`, with none created, when one cannot be."""
    surveys = []
    for plan in waves:
        survey = Survey(
            evaluation=evaluation,
            version=version,
            group=group,
            wave=plan.wave,
            mode=mode,
            opens_on=plan.opens_on,
            closes_on=plan.closes_on,
            public_token=new_token() if group == Survey.Group.PUBLIC else None,
        )
        survey.full_clean()
        survey.save()
        surveys.append(survey)
    return surveys


@transaction.atomic
def change_survey_state(*, survey: Survey, state: str) -> Survey:
    """Open, close or reopen; opening invites the participants.

    Raises `ValidationError` for a step that does not exist, and for opening a survey that nobody can answer.
    """
    stored = lock_survey(survey)
    if state not in SURVEY_TRANSITIONS[stored.state]:
        raise ValidationError(
            _("Status survei ini sekarang “%(state)s” dan tidak dapat langsung diubah ke status yang diminta.")
            % {"state": stored.get_state_display()}
        )
    stored.state = state
    stored.save(update_fields=["state"])
    if state == Survey.State.OPEN and not stored.is_public:
        invite_participants(survey=stored)
        if not stored.invitations.exists():
            raise ValidationError(
                _("Program ini belum mempunyai peserta. Tambahkan peserta lebih dahulu, lalu buka survei.")
            )
    return stored


def lock_survey(survey: Survey) -> Survey:
    """The stored row, locked against a change of state until the transaction ends; answers may still come in."""
    return survey.evaluation.surveys.select_for_update(no_key=True).get(pk=survey.pk)


@transaction.atomic
def invite_participants(*, survey: Survey) -> int:
    """Invite every participant, of both groups, who has not withdrawn and has no link yet; return how many."""
    if survey.is_public:
        raise ValidationError(_("Survei masyarakat memakai satu tautan umum dan tidak mempunyai undangan."))
    invitations = [Invitation(survey=survey, enrollment=enrollment) for enrollment in uninvited(survey)]
    Invitation.objects.bulk_create(invitations, ignore_conflicts=True)
    return len(invitations)


def uninvited(survey: Survey) -> ScopedQuerySet:
    """Participants of both groups who have not withdrawn and have no link to `survey`."""
    return (
        survey.evaluation.program.enrollments.exclude(status=Enrollment.Status.WITHDRAWN)
        .exclude(pk__in=survey.invitations.values("enrollment"))
        .order_by("pk")
    )
