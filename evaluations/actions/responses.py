"""The only way in for answers: a respondent's page, the keying of paper and the import of files all end here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from evaluations.answer_sheet import AnswerSheet
from evaluations.answering import Value, check_answers
from evaluations.models import Invitation, Item, OpenAnswer, Response, ResponseDraft, Survey
from programs.models import Enrollment

# Answers in a file that nobody confirms are not ours to keep.
DRAFT_LIFE = timedelta(days=1)


class ResponseRefused(Exception):
    """The answers cannot be stored; the message tells the person why."""


class AlreadyAnswered(ResponseRefused):
    """This person has answered this survey; the first answers stay."""


class SurveyClosed(ResponseRefused):
    """The survey takes no answers, or none of that day."""


@dataclass(frozen=True)
class NewResponse:
    """A response that may be written, with its open texts by item key."""

    response: Response
    texts: Mapping[str, str]


@transaction.atomic
def store_response(
    *,
    survey: Survey,
    answers: Mapping[str, object],
    enrollment: Enrollment | None = None,
    response_id: UUID,
    channel: str,
    received_on: date,
    entered_by: User | None = None,
) -> Response:
    """Store one respondent's `answers` (by item key) and tick off the invitation.

    Idempotent: a second call with the same `response_id` for the same survey and person returns the stored row.
    Raises `AlreadyAnswered`, `SurveyClosed`, and `ValidationError` with Indonesian messages by item key (under
    `NON_FIELD_ERRORS` when nothing was answered). Required items may be missing on paper and in files only.
    """
    _check_respondent(survey, enrollment)
    stored = _find_stored(survey, enrollment, response_id)
    if stored:
        return stored
    check_accepts(survey=survey, channel=channel, received_on=received_on)
    new = build_response(
        survey=survey,
        items=list(survey.version.items.all()),
        answers=answers,
        enrollment=enrollment,
        response_id=response_id,
        channel=channel,
        received_on=received_on,
        entered_by=entered_by,
    )
    try:
        with transaction.atomic():
            return write_responses(survey=survey, new=[new])[0]
    except IntegrityError:
        # The same form, or the same person, was faster by a moment.
        stored = _find_stored(survey, enrollment, response_id)
        if stored is None:
            raise
        return stored


def check_accepts(*, survey: Survey, channel: str, received_on: date) -> None:
    """Raise `SurveyClosed` when `survey` takes no answers of `channel` that were given on `received_on`."""
    if survey.state == Survey.State.CLOSED:
        raise SurveyClosed(_("Survei ini sudah ditutup sehingga tidak menerima jawaban lagi."))
    if channel == Response.Channel.LINK and survey.state != Survey.State.OPEN:
        raise SurveyClosed(_("Survei ini belum dibuka."))
    if not survey.opens_on <= received_on <= survey.closes_on:
        raise SurveyClosed(
            _("Survei ini menerima jawaban tanggal %(opens)s sampai %(closes)s; tanggal %(day)s di luar itu.")
            % {
                "opens": date_format(survey.opens_on),
                "closes": date_format(survey.closes_on),
                "day": date_format(received_on),
            }
        )


def build_response(
    *,
    survey: Survey,
    items: list[Item],
    answers: Mapping[str, object],
    enrollment: Enrollment | None,
    response_id: UUID,
    channel: str,
    received_on: date,
    entered_by: User | None,
) -> NewResponse:
    """An unsaved response with its answers checked and packed. Raises `ValidationError` by item key."""
    values, errors = check_answers(items, answers, may_be_incomplete=channel != Response.Channel.LINK)
    if errors:
        raise ValidationError(errors)
    if all(value is None for value in values.values()):
        raise ValidationError({NON_FIELD_ERRORS: _("Belum ada butir yang dijawab.")})
    response = Response(
        id=response_id,
        survey=survey,
        enrollment=enrollment,
        answers=pack(items, values),
        channel=channel,
        received_on=received_on,
        entered_by=entered_by,
    )
    return NewResponse(response, open_texts(items, values))


def says_the_same(response: Response, items: list[Item], answers: Mapping[str, object]) -> bool:
    """Whether `response` holds exactly these `answers`, as they were typed on paper."""
    values, errors = check_answers(items, answers, may_be_incomplete=True)
    texts = dict(response.open_answers.values_list("item_key", "text"))
    return not errors and response.answers == pack(items, values) and texts == open_texts(items, values)


def pack(items: Iterable[Item], values: Mapping[str, Value]) -> list[int | float | None]:
    """The closed answers in the order of the items; None where one is missing."""
    return [values.get(item.key) for item in items if item.is_closed]


def open_texts(items: Iterable[Item], values: Mapping[str, Value]) -> dict[str, str]:
    """The open answers that were given, by item key."""
    return {item.key: values[item.key] for item in items if not item.is_closed and values.get(item.key)}


@transaction.atomic
def write_responses(*, survey: Survey, new: list[NewResponse]) -> list[Response]:
    """Insert checked responses of one survey and tick off the invitations. Raises `IntegrityError`.

    `check_answers` has gone through every value and the unique keys refuse what somebody else just wrote, so
    `full_clean` would only repeat both with four queries a row.
    """
    responses = Response.objects.bulk_create([each.response for each in new])
    OpenAnswer.objects.bulk_create(
        OpenAnswer(response=each.response, item_key=key, text=text)
        for each in new
        for key, text in each.texts.items()
    )
    _tick_off(survey, [response.enrollment_id for response in responses if response.enrollment_id])
    return responses


def _tick_off(survey: Survey, enrollment_ids: list[int]) -> None:
    """Who answered counts as invited, also when the paper came before the link."""
    Invitation.objects.bulk_create(
        [
            Invitation(survey=survey, enrollment_id=enrollment_id, is_answered=True)
            for enrollment_id in enrollment_ids
        ],
        update_conflicts=True,
        unique_fields=["survey", "enrollment"],
        update_fields=["is_answered"],
    )


def _check_respondent(survey: Survey, enrollment: Enrollment | None) -> None:
    if survey.is_public != (enrollment is None):
        raise ValueError("a public survey has no enrollments, any other one has")
    if enrollment and enrollment.program_id != survey.evaluation.program_id:
        raise ValueError("the enrollment belongs to another program")


def _find_stored(survey: Survey, enrollment: Enrollment | None, response_id: UUID) -> Response | None:
    """The row of an earlier press of the same button. Raises `AlreadyAnswered` for any other earlier row."""
    enrollment_id = enrollment.pk if enrollment else None
    everywhere = Response.objects.unscoped("a respondent has no account; the form's key is unique everywhere")
    stored = everywhere.filter(pk=response_id).first()
    if stored and (stored.survey_id, stored.enrollment_id) == (survey.pk, enrollment_id):
        return stored
    if stored:
        raise AlreadyAnswered(_("Formulir ini sudah pernah dikirim. Muat ulang halaman untuk memulai yang baru."))
    if enrollment and survey.responses.filter(enrollment=enrollment).exists():
        raise AlreadyAnswered(_("Jawaban untuk survei ini sudah pernah diterima."))
    return None


@transaction.atomic
def keep_draft(*, survey: Survey, user: User, file_name: str, sheet: AnswerSheet, now: datetime) -> ResponseDraft:
    """Keep what a file holds until the person has seen it, and remove every draft that has passed its time."""
    everywhere = ResponseDraft.objects.unscoped("answers that nobody confirmed expire in every region")
    everywhere.filter(created_at__lt=now - DRAFT_LIFE).delete()
    draft = ResponseDraft(survey=survey, created_by=user, file_name=file_name[-200:], sheet=sheet.packed())
    draft.full_clean()
    draft.save()
    return draft
