"""How the units of the participants answered: invitations counted, small units withheld. One query."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Q

from evaluations.models import Evaluation, Survey
from programs.models import Enrollment
from reports.analysis.groups import suppress_small_groups
from reports.fact_contents import SurveyResponse, UnitResponse


def unit_responses(evaluation: Evaluation, surveys: Iterable[Survey], minimum: int) -> tuple[SurveyResponse, ...]:
    """One entry per survey of participants that somebody was invited to, in the order of `surveys`."""
    invited: dict[int, Counter[str]] = {}
    answered: dict[int, Counter[str]] = {}
    counted = (
        evaluation.surveys.filter(
            group=Survey.Group.PARTICIPANT, invitations__enrollment__group=Enrollment.Group.PARTICIPANT
        )
        .order_by()
        .values_list("pk", "invitations__enrollment__person__agency__name")
        .annotate(n=Count("invitations"), done=Count("invitations", filter=Q(invitations__is_answered=True)))
    )
    for survey, unit, n, done in counted:
        invited.setdefault(survey, Counter())[unit or ""] += n
        answered.setdefault(survey, Counter())[unit or ""] += done
    return tuple(
        SurveyResponse(
            instrument=survey.version.instrument.name,
            wave=survey.wave_shown,
            units=_units(invited[survey.pk], answered[survey.pk], minimum),
        )
        for survey in surveys
        if survey.pk in invited
    )


def _units(invited: Counter[str], answered: Counter[str], minimum: int) -> tuple[UnitResponse, ...]:
    suppression = suppress_small_groups(invited, minimum=minimum)
    largest_first = sorted(invited.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        UnitResponse(
            unit=unit or "Tanpa unit kerja",
            n_invited=suppression.of(unit) or n,
            n_answered=suppression.of(unit) or answered[unit],
        )
        for unit, n in largest_first
    )
