"""Closing an anonymous survey: what the order of rows could tell is wiped out with the key that links persons."""

import secrets
import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models.functions import MD5

from evaluations.models import Evaluation, Excerpt, Invitation, OpenAnswer, Reading, Response, Survey
from evaluations.pseudonyms import destroy_key
from evaluations.rare_ways import to_unlink

CHUNK = 1_000  # rows written at a time
REASON = "the survey is in hand; its rows are put in an order that tells nothing"
chance = secrets.SystemRandom()


@transaction.atomic
def seal_survey(*, survey: Survey, today: date) -> bool:
    """Seal `survey`, which is closed and locked, if it is anonymous and has invitations; say whether it was.

    A database keeps rows in the order in which they came, numbers them, and knows which were written in one
    transaction: the answer and the tick on the invitation would still be found together. So all answers and all
    invitations of the survey are written anew, each in a random order, with new keys, in this one transaction.
    When no other anonymous wave of the evaluation is left to be answered, the key of the pseudonyms is destroyed.
    """
    if survey.is_public or not survey.is_anonymous or survey.is_sealed:
        return False
    _rewrite_responses(survey)
    _rewrite_invitations(survey)
    survey.is_sealed = True
    survey.save(update_fields=["is_sealed"])
    others = survey.evaluation.surveys.filter(mode=Survey.Mode.ANONYMOUS, is_sealed=False)
    if not others.exclude(group=Survey.Group.PUBLIC).exists():
        _unlink_rare_ways(survey.evaluation)
        destroy_key(survey.evaluation, today)
    return True


def _unlink_rare_ways(evaluation: Evaluation) -> None:
    """Who alone answered these waves and not those must not be found by it (evaluations.rare_ways).

    Everything anonymous is written anew once more, so that what was changed does not lie apart from the rest.
    """
    waves = evaluation.surveys.filter(mode=Survey.Mode.ANONYMOUS).exclude(group=Survey.Group.PUBLIC)
    responses = Response.objects.unscoped(REASON).filter(survey__in=waves)
    answered: dict[str, tuple[tuple[str, bool], set[int]]] = {}
    rows = responses.values_list("pseudonym", "survey__group", "is_comparison", "survey_id")
    for mark, group, is_comparison, wave in rows:
        answered.setdefault(mark, ((group, is_comparison), set()))[1].add(wave)
    ways = {mark: (group, frozenset(surveys)) for mark, (group, surveys) in answered.items()}
    loose = to_unlink(ways, minimum=evaluation.minimum_group)
    if not loose:
        return
    for survey in waves:
        _rewrite_responses(survey, loose)


def _rewrite_responses(survey: Survey, loose: Collection[str] = ()) -> None:
    """The same answers under new keys: a number that somebody noted finds nothing any more.

    Those of the pseudonyms ``loose`` get another one that occurs nowhere else.
    """
    responses = list(survey.responses.all())
    texts: dict[uuid.UUID, list[OpenAnswer]] = {}
    for text in OpenAnswer.objects.unscoped(REASON).filter(response__survey=survey):
        texts.setdefault(text.response_id, []).append(text)
    old = [response.pk for response in responses]
    # What was coded is carried over to the new rows before the old ones go; a pseudonym stands in a survey once.
    survey.responses.exclude(pseudonym="").update(pseudonym=MD5("pseudonym"))
    chance.shuffle(responses)
    open_answers, places = [], {}
    for response in responses:
        own = texts.get(response.pk, ())
        response.pk = uuid.uuid4()
        if response.pseudonym in loose:
            response.pseudonym = uuid.uuid4().hex
        response.entered_by = None  # who typed a sheet may tell from which office it came
        for text in own:
            written = OpenAnswer(response=response, item_key=text.item_key, text=text.text)
            open_answers.append(written)
            places[text.pk] = written
    chance.shuffle(open_answers)
    Response.objects.bulk_create(responses, batch_size=CHUNK)
    OpenAnswer.objects.bulk_create(open_answers, batch_size=CHUNK)
    _carry_codes_over(survey, places)
    for start in range(0, len(old), CHUNK):
        survey.responses.filter(pk__in=old[start : start + CHUNK]).delete()


def _carry_codes_over(survey: Survey, places: Mapping[int, OpenAnswer]) -> None:
    """What coders marked in the open answers follows their words to the new rows."""
    for model in (Excerpt, Reading):
        rows = list(model.objects.unscoped(REASON).filter(open_answer__response__survey=survey))
        for row in rows:
            row.open_answer = places.get(row.open_answer_id, row.open_answer)
        model.objects.unscoped(REASON).bulk_update(rows, ["open_answer"], batch_size=CHUNK)


def _rewrite_invitations(survey: Survey) -> None:
    """Who was asked and who is done stays; the counts and dates of mails, which hint at when, do not."""
    invitations = list(survey.invitations.all())
    survey.invitations.all().delete()
    chance.shuffle(invitations)
    Invitation.objects.bulk_create(_fresh(invitations), batch_size=CHUNK)


def _fresh(invitations: Iterable[Invitation]) -> Iterable[Invitation]:
    for invitation in invitations:
        yield Invitation(
            survey_id=invitation.survey_id,
            enrollment_id=invitation.enrollment_id,
            respondent_id=invitation.respondent_id,
            token=invitation.token,
            code=invitation.code,
            is_answered=invitation.is_answered,
            delivery=invitation.delivery,
        )
