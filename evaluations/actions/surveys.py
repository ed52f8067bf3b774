"""Surveys are planned for the waves at once, opened, closed, and their respondents invited."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from asn_eval.scoping import ScopedQuerySet
from evaluations.actions.instrument_items import check_can_be_asked
from evaluations.actions.mailing import queue_mails, stop_mails
from evaluations.actions.saved_answers import forget_saved_answers
from evaluations.actions.sealing import seal_survey
from evaluations.models import (
    SURVEY_TRANSITIONS,
    Consent,
    Evaluation,
    InstrumentVersion,
    Invitation,
    Respondent,
    Survey,
)
from evaluations.models.surveys import new_token
from evaluations.promises import consent_text
from evaluations.pseudonyms import is_destroyed, make_key
from evaluations.questionnaire import today_of
from programs.models import Enrollment

CHUNK = 2_000  # invitations written at a time


@dataclass(frozen=True)
class WavePlan:
    """When one wave is asked; both days count."""

    wave: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class SurveyPlan:
    """What is asked of one group, how, and in which waves. ``settings`` are further columns of a survey."""

    version: InstrumentVersion
    group: str
    mode: str
    waves: Sequence[WavePlan]
    is_retrospective: bool = False
    settings: dict[str, object] = field(default_factory=dict)


@transaction.atomic
def plan_surveys(*, evaluation: Evaluation, plans: Sequence[SurveyPlan]) -> list[Survey]:
    """Create one survey for each wave of each plan; all or none. Raises `ValidationError`."""
    return [_plan_one(evaluation, plan, wave) for plan in plans for wave in plan.waves]


def plan_waves(
    *, evaluation: Evaluation, version: InstrumentVersion, group: str, mode: str, waves: Sequence[WavePlan]
) -> list[Survey]:
    """As `plan_surveys`, for one group."""
    return plan_surveys(evaluation=evaluation, plans=[SurveyPlan(version, group, mode, waves)])


def _plan_one(evaluation: Evaluation, plan: SurveyPlan, wave: WavePlan) -> Survey:
    is_public = plan.group == Survey.Group.PUBLIC
    survey = Survey(
        evaluation=evaluation,
        version=plan.version,
        group=plan.group,
        wave=wave.wave,
        mode=Survey.Mode.ANONYMOUS if is_public else plan.mode,
        is_retrospective=plan.is_retrospective,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        public_token=new_token() if is_public else None,
        **plan.settings,
    )
    check_mode(survey)
    survey.full_clean()
    survey.save()
    return survey


def check_mode(survey: Survey) -> None:
    """Raise `ValidationError` where anonymous answers of this evaluation could no longer be linked."""
    if survey.is_anonymous and not survey.is_public and is_destroyed(survey.evaluation):
        raise ValidationError(
            {
                "mode": _(
                    "Gelombang anonim evaluasi ini sudah disegel. Pakai mode rahasia, atau buat evaluasi baru."
                )
            }
        )


@transaction.atomic
def change_survey_state(*, survey: Survey, state: str) -> Survey:
    """Open, take back, close or reopen; opening invites, closing an anonymous survey seals it.

    Raises `ValidationError` for a step that does not exist, and for opening a survey that nobody can answer.
    """
    stored = lock_survey(survey)
    if state not in SURVEY_TRANSITIONS[stored.state]:
        raise ValidationError(
            _("Status survei ini sekarang “%(state)s” dan tidak dapat langsung diubah ke status yang diminta.")
            % {"state": stored.get_state_display()}
        )
    if state == Survey.State.DRAFT and stored.responses.exists():
        raise ValidationError(_("Survei ini sudah dijawab dan tidak dapat dikembalikan menjadi rencana."))
    if stored.is_sealed:
        raise ValidationError(
            _("Survei anonim ini sudah disegel ketika ditutup: jawabannya tidak dapat ditambah atau diubah lagi.")
        )
    stored.state = state
    stored.save(update_fields=["state"])
    if state == Survey.State.OPEN:
        _open(stored)
        queue_mails(survey=stored, now=timezone.now())
    else:
        stop_mails(survey=stored)
    if state == Survey.State.CLOSED:
        forget_saved_answers(survey=stored)
        seal_survey(survey=stored, today=today_of(stored.evaluation))
    return stored


def _open(survey: Survey) -> None:
    check_can_be_asked(survey.version)
    keep_consent(survey=survey)
    if survey.is_public:
        return
    if survey.is_anonymous:
        make_key(survey.evaluation)
    invite(survey=survey)
    if not survey.invitations.exists():
        raise ValidationError(
            _("Program ini belum mempunyai peserta. Tambahkan peserta lebih dahulu, lalu buka survei.")
            if survey.is_of_participants
            else _("Evaluasi ini belum mempunyai responden %(group)s. Tambahkan lebih dahulu, lalu buka survei.")
            % {"group": survey.get_group_display().lower()}
        )


def keep_consent(*, survey: Survey) -> Consent:
    """What respondents read from now on, as a row of its own; the last one where nothing about it changed."""
    texts = {}
    for column, language in (("text", "id"), ("text_en", "en")):
        with translation.override(language):
            texts[column] = consent_text(survey)
    last = survey.consents.first()
    if last and (last.text, last.text_en) == (texts["text"], texts["text_en"]):
        return last
    number = last.number + 1 if last else 1
    consent = Consent(survey=survey, number=number, created_on=today_of(survey.evaluation), **texts)
    consent.full_clean()
    consent.save()
    survey.consent = consent
    survey.save(update_fields=["consent"])
    return consent


def renew_consents(*, evaluation: Evaluation) -> None:
    """Something that respondents are told has changed: from now on they read the new words."""
    for survey in evaluation.surveys.filter(state=Survey.State.OPEN).select_related(
        "evaluation__program__organizer"
    ):
        keep_consent(survey=survey)


def lock_survey(survey: Survey) -> Survey:
    """The stored row, locked against a change of state until the transaction ends.

    Anonymous answers wait meanwhile, so that none comes in behind the seal; other ones may still come in.
    """
    rows = survey.evaluation.surveys.select_for_update(no_key=not survey.is_anonymous)
    return rows.get(pk=survey.pk)


@transaction.atomic
def invite(*, survey: Survey) -> int:
    """Invite everyone of the survey's group who has no link yet; return how many."""
    if survey.is_public:
        raise ValidationError(_("Survei masyarakat memakai satu tautan umum dan tidak mempunyai undangan."))
    column = "enrollment_id" if survey.is_of_participants else "respondent_id"
    keys = list(uninvited(survey).values_list("pk", flat=True))
    Invitation.objects.bulk_create(
        (Invitation(survey=survey, **{column: key}) for key in keys), ignore_conflicts=True, batch_size=CHUNK
    )
    return len(keys)


def uninvited(survey: Survey) -> ScopedQuerySet:
    """Those of the survey's group who have no link to it, without participants who have withdrawn."""
    program = survey.evaluation.program
    withdrawn = Enrollment.Status.WITHDRAWN
    if survey.is_of_participants:
        invited = survey.invitations.filter(enrollment__isnull=False).values("enrollment")
        return program.enrollments.exclude(status=withdrawn).exclude(pk__in=invited).order_by("pk")
    invited = survey.invitations.filter(respondent__isnull=False).values("respondent")
    respondents = survey.evaluation.respondents.filter(group=survey.group).exclude(enrollment__status=withdrawn)
    return respondents.exclude(pk__in=invited).order_by("pk")


@transaction.atomic
def extend_deadline(*, survey: Survey, invitation_ids: Sequence[int], closes_on: date | None) -> int:
    """Give these persons until `closes_on`, or take that back (None); return how many.

    Raises `ValidationError` for a day before that of the survey.
    """
    if closes_on is not None and closes_on <= survey.closes_on:
        raise ValidationError({"closes_on": _("Batas waktu sendiri harus sesudah tanggal tutup survei.")})
    return survey.invitations.filter(pk__in=invitation_ids, is_answered=False).update(closes_on=closes_on)


def add_respondents(*, respondents: Sequence[Respondent]) -> list[Respondent]:
    """Save new respondents, all or none. Raises `ValidationError`."""
    with transaction.atomic():
        for respondent in respondents:
            respondent.full_clean()
            respondent.save()
    return list(respondents)
