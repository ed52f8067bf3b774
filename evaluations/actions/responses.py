"""The only way in for answers: a respondent's page, the keying of paper and the import of files all end here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from evaluations.answer_headings import RECALLED
from evaluations.answer_sheet import AnswerSheet
from evaluations.answering import check_answers
from evaluations.authors import NOBODY, Author
from evaluations.models import Invitation, Item, OpenAnswer, Response, ResponseDraft, Survey
from evaluations.open_surveys import insert, tick_off
from evaluations.packing import is_recalled, open_texts, pack
from evaluations.pseudonyms import KeyDestroyed

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
    """A response that may be written, with its open texts by item key and who is to be ticked off."""

    response: Response
    texts: Mapping[str, str]
    author: Author = NOBODY


def store_response(
    *,
    survey: Survey,
    answers: Mapping[str, object],
    author: Author = NOBODY,
    response_id: UUID,
    channel: str,
    received_on: date,
    recalled: Mapping[str, object] | None = None,
    items: Sequence[Item] | None = None,
    invitation_id: int | None = None,
    until: date | None = None,
    consent_id: int | None = None,
    entered_by: User | None = None,
) -> Response:
    """Store one respondent's `answers` (by item key) and tick off the invitation.

    Idempotent: a second call with the same `response_id` for the same survey and person returns the stored row.
    `recalled` are the answers about the time before of a retrospective survey; `until` is a longer time that this
    person was given; `items` and `invitation_id` spare reading them again. Raises `AlreadyAnswered`,
    `SurveyClosed`, and `ValidationError` with Indonesian messages by item key (under `NON_FIELD_ERRORS` when
    nothing was answered, behind `RECALLED` for what was recalled). Required items may be missing on paper and in
    files only.
    """
    _check_author(survey, author)
    try:
        check_accepts(survey=survey, channel=channel, received_on=received_on, until=until)
        new = build_response(
            survey=survey,
            items=list(survey.version.items.all()) if items is None else items,
            answers=answers,
            recalled=recalled,
            author=author,
            response_id=response_id,
            channel=channel,
            received_on=received_on,
            consent_id=consent_id,
            entered_by=entered_by,
        )
    except (SurveyClosed, ValidationError):
        # A second press after the survey closed is told what became of the first.
        stored = _find_stored(survey, author, response_id)
        if stored:
            return stored
        raise
    try:
        with transaction.atomic():
            write_responses(survey=survey, new=[new], invitation_id=invitation_id)
            if survey.is_anonymous:
                _check_still_open(survey)
    except IntegrityError:
        # The same form, or the same person, was faster.
        stored = _find_stored(survey, author, response_id)
        if stored is None:
            raise
        return stored
    return new.response


def check_accepts(*, survey: Survey, channel: str, received_on: date, until: date | None = None) -> None:
    """Raise `SurveyClosed` when `survey` takes no answers of `channel` that were given on `received_on`.

    `until` is the last day that this person was given, where it is not that of the survey.
    """
    if survey.state == Survey.State.CLOSED:
        raise SurveyClosed(_("Survei ini sudah ditutup sehingga tidak menerima jawaban lagi."))
    if channel == Response.Channel.LINK and survey.state != Survey.State.OPEN:
        raise SurveyClosed(_("Survei ini belum dibuka."))
    last = max(survey.closes_on, until) if until else survey.closes_on
    if not survey.opens_on <= received_on <= last:
        raise SurveyClosed(
            _("Survei ini menerima jawaban tanggal %(opens)s sampai %(closes)s; tanggal %(day)s di luar itu.")
            % {
                "opens": date_format(survey.opens_on),
                "closes": date_format(last),
                "day": date_format(received_on),
            }
        )


def build_response(
    *,
    survey: Survey,
    items: Sequence[Item],
    answers: Mapping[str, object],
    author: Author,
    response_id: UUID,
    channel: str,
    received_on: date,
    recalled: Mapping[str, object] | None = None,
    consent_id: int | None = None,
    entered_by: User | None = None,
) -> NewResponse:
    """An unsaved response with its answers checked and packed. Raises `ValidationError` by item key."""
    is_partial = channel != Response.Channel.LINK
    values, errors = check_answers(items, answers, may_be_incomplete=is_partial, today=received_on)
    before = None
    if survey.is_retrospective:
        scales = [item for item in items if is_recalled(item)]
        before, wrong = check_answers(scales, recalled or {}, may_be_incomplete=is_partial, today=received_on)
        errors |= {f"{RECALLED}{key}": message for key, message in wrong.items()}
    if errors:
        raise ValidationError(errors)
    if all(value is None for value in values.values()):
        raise ValidationError({NON_FIELD_ERRORS: _("Belum ada butir yang dijawab.")})
    has_no_day = survey.is_anonymous and not survey.is_public
    response = Response(
        id=response_id,
        survey=survey,
        answers=pack(items, values),
        recalled=None if before is None else pack(items, before),
        channel=channel,
        received_on=None if has_no_day else received_on,
        consent_id=consent_id,
        entered_by=entered_by,
        **author.columns(survey),
    )
    return NewResponse(response, open_texts(items, values), author)


def says_the_same(
    response: Response,
    items: Sequence[Item],
    answers: Mapping[str, object],
    recalled: Mapping[str, object] | None = None,
) -> bool:
    """Whether `response` holds exactly these `answers`, as they were typed on paper."""
    values, errors = check_answers(items, answers, may_be_incomplete=True)
    texts = dict(response.open_answers.values_list("item_key", "text"))
    same = not errors and response.answers == pack(items, values) and texts == open_texts(items, values)
    if same and response.recalled is not None:
        scales = [item for item in items if is_recalled(item)]
        before, errors = check_answers(scales, recalled or {}, may_be_incomplete=True)
        same = not errors and response.recalled == pack(items, before)
    return same


def write_responses(
    *, survey: Survey, new: Sequence[NewResponse], invitation_id: int | None = None
) -> list[Response]:
    """Insert checked responses of one survey and tick off the invitations, in a transaction of the caller.

    Raises `IntegrityError`, and `SurveyClosed` where the invitation is gone.

    `check_answers` has gone through every value and the unique keys refuse what somebody else just wrote, so
    `full_clean` would only repeat both with four queries a row.
    """
    if len(new) == 1:
        insert(new[0].response)
    else:
        Response.objects.bulk_create([each.response for each in new])
    texts = [
        OpenAnswer(response=each.response, item_key=key, text=text)
        for each in new
        for key, text in each.texts.items()
    ]
    if len(texts) == 1:
        insert(texts[0])
    elif texts:
        OpenAnswer.objects.bulk_create(texts)
    if invitation_id is not None:
        if not tick_off(invitation_id):
            raise SurveyClosed(_("Tautan ini tidak berlaku lagi."))
    elif not survey.is_public:
        _tick_off(survey, [each.author for each in new])
    return [each.response for each in new]


def _tick_off(survey: Survey, authors: Sequence[Author]) -> None:
    """Who answered counts as invited, also when the paper came before the link."""
    for column in ("enrollment", "respondent"):
        invitations = [
            Invitation(survey=survey, is_answered=True, **author.invitation())
            for author in authors
            if getattr(author, f"{column}_id") is not None
        ]
        if invitations:
            Invitation.objects.bulk_create(
                invitations,
                update_conflicts=True,
                unique_fields=["survey", column],
                update_fields=["is_answered", "next_mail_at"],
            )


def _check_author(survey: Survey, author: Author) -> None:
    if survey.is_public != (author == NOBODY):
        raise ValueError("a public survey has no authors, any other one has")


def _check_still_open(survey: Survey) -> None:
    """What comes in while a survey is being sealed waits for that, and is then refused."""
    if not survey.evaluation.surveys.filter(pk=survey.pk).exclude(state=Survey.State.CLOSED).exists():
        raise SurveyClosed(_("Survei ini sudah ditutup sehingga tidak menerima jawaban lagi."))


def _stored(survey: Survey, author: Author, response_id: UUID) -> Response | None:
    """The row of an earlier press of the same button, if there is one."""
    everywhere = Response.objects.unscoped("a respondent has no account; the form's key is unique everywhere")
    stored = everywhere.filter(pk=response_id, survey=survey).first()
    return stored if stored and _is_by(stored, survey, author) else None


def _find_stored(survey: Survey, author: Author, response_id: UUID) -> Response | None:
    """The row of an earlier press of the same button. Raises `AlreadyAnswered` for any other earlier row."""
    stored = _stored(survey, author, response_id)
    if stored:
        return stored
    everywhere = Response.objects.unscoped("a respondent has no account; the form's key is unique everywhere")
    if everywhere.filter(pk=response_id).exists():
        raise AlreadyAnswered(_("Formulir ini sudah pernah dikirim. Muat ulang halaman untuk memulai yang baru."))
    columns = _columns(survey, author)
    if columns and survey.responses.filter(**columns).exists():
        raise AlreadyAnswered(_("Jawaban untuk survei ini sudah pernah diterima."))
    return None


def _is_by(stored: Response, survey: Survey, author: Author) -> bool:
    columns = _columns(survey, author)
    return columns is not None and all(getattr(stored, column) == value for column, value in columns.items())


def _columns(survey: Survey, author: Author) -> dict[str, object] | None:
    """What an answer of this author would carry; None where nobody can tell any more."""
    try:
        return author.columns(survey)
    except KeyDestroyed:
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
