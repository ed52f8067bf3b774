"""The surveys of an example with invitations and generated answers."""

from asn_eval.accounts.models import User
from evaluations.examples.answers import (
    PAPER,
    Answer,
    ClosedItem,
    Respondent,
    participant_answers,
    public_answers,
)
from evaluations.examples.chance import Chance
from evaluations.examples.programs import checked, saved
from evaluations.models import Evaluation, InstrumentVersion, Invitation, Item, OpenAnswer, Response, Survey
from evaluations.models.surveys import TOKEN_ALPHABET, TOKEN_LENGTH
from programs.models import Enrollment


def save_surveys(
    example: dict, evaluation: Evaluation, enrollments: list[Enrollment], *, author: User
) -> dict[str, Survey]:
    """All surveys by their key in the file, answered."""
    surveys = {}
    drawn: dict[str, dict[str, dict[str, Answer]]] = {}
    for spec in example["surveys"]:
        chance = Chance(example["seed"], spec["key"])
        version = InstrumentVersion.objects.get(instrument__key=spec["instrument"], number=1)
        survey = saved(_survey(spec, evaluation, version, chance))
        survey.refresh_from_db()  # dates are dates from here on, not text
        surveys[spec["key"]] = survey
        seed = f"{example['seed']}:{spec['instrument']}"
        if survey.is_public:
            answers = public_answers(spec["answers"], closed_items(version), seed=f"{seed}:{survey.wave}")
            _save_responses(survey, [(None, answer) for answer in answers], chance, author=author)
            continue
        if spec["instrument"] not in drawn:
            # Both waves come from one draw: the same person answers twice.
            drawn[spec["instrument"]] = participant_answers(
                example["answers"][spec["instrument"]],
                closed_items(version),
                [_respondent(enrollment) for enrollment in enrollments],
                seed=seed,
            )
        answers_by_code = drawn[spec["instrument"]][survey.wave]
        _save_invitations(survey, enrollments, set(answers_by_code), chance)
        pairs = [
            (enrollment, answers_by_code[enrollment.code])
            for enrollment in enrollments
            if enrollment.code in answers_by_code
        ]
        _save_responses(survey, pairs, chance, author=author)
    return surveys


def closed_items(version: InstrumentVersion) -> list[ClosedItem]:
    return [
        ClosedItem(item.key, item.dimension, int(item.minimum), int(item.maximum), item.is_reverse)
        for item in version.items.all()
        if item.is_closed
    ]


def _survey(spec: dict, evaluation: Evaluation, version: InstrumentVersion, chance: Chance) -> Survey:
    is_public = spec["group"] == Survey.Group.PUBLIC
    return Survey(
        evaluation=evaluation,
        version=version,
        public_token=chance.text(TOKEN_ALPHABET, TOKEN_LENGTH) if is_public else None,
        **{name: spec[name] for name in ("group", "wave", "mode", "state", "opens_on", "closes_on")},
    )


def _respondent(enrollment: Enrollment) -> Respondent:
    return Respondent(
        code=enrollment.code,
        in_comparison=enrollment.group == Enrollment.Group.COMPARISON,
        completed=enrollment.status != Enrollment.Status.WITHDRAWN,
    )


def _save_invitations(survey: Survey, enrollments: list[Enrollment], answered: set[str], chance: Chance) -> None:
    Invitation.objects.bulk_create(
        checked(
            Invitation(
                survey=survey,
                enrollment=enrollment,
                token=chance.text(TOKEN_ALPHABET, TOKEN_LENGTH),
                is_answered=enrollment.code in answered,
            )
        )
        for enrollment in enrollments
    )


def _save_responses(
    survey: Survey, answers: list[tuple[Enrollment | None, Answer]], chance: Chance, *, author: User
) -> None:
    open_keys = [item.key for item in survey.version.items.all() if item.type == Item.Type.TEXT]
    # A survey still open is answered up to a day that has passed on every machine that loads it.
    last = min(survey.closes_on, survey.evaluation.end_date)
    responses, texts = [], []
    for enrollment, answer in answers:
        response = checked(
            Response(
                id=chance.uuid(),
                survey=survey,
                enrollment=enrollment,
                answers=answer.values,
                channel=answer.channel,
                received_on=chance.day(survey.opens_on, last),
                entered_by=author if answer.channel == PAPER else None,
            )
        )
        responses.append(response)
        if answer.open_text:
            texts.append((response, answer.open_text))
    Response.objects.bulk_create(responses)
    OpenAnswer.objects.bulk_create(
        checked(OpenAnswer(response=response, item_key=open_keys[0], text=text)) for response, text in texts
    )
