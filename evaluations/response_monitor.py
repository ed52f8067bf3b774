"""How many of those who were asked have answered: by survey, unit, region and day. A fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from evaluations.models import Invitation, Survey

DIMENSIONS = ("kelompok", "unit", "wilayah")
# Of a rater the unit is that of the participant rated, so that all who know one unit stand together.
PATHS = {
    "kelompok": ("enrollment__group", "respondent__enrollment__group"),
    "unit": (
        "enrollment__person__agency__name",
        "respondent__enrollment__person__agency__name",
        "respondent__unit",
    ),
    "wilayah": (
        "enrollment__person__agency__region__full_name",
        "respondent__enrollment__person__agency__region__full_name",
    ),
}


@dataclass(frozen=True)
class Rate:
    """How many were asked and how many of them have answered."""

    name: str
    invited: int
    answered: int

    @property
    def share(self) -> float | None:
        return self.answered / self.invited if self.invited else None

    @property
    def silent(self) -> int:
        return self.invited - self.answered


@dataclass(frozen=True)
class DayCount:
    day: date
    n: int


def rates(survey: Survey) -> dict[str, list[Rate]]:
    """The rates of one survey by group of participants, unit and region; those with most people missing first.

    In one query, however many were invited.
    """
    names = {dimension: Coalesce(*map(F, paths), Value("")) for dimension, paths in PATHS.items()}
    counted = (
        survey.invitations.order_by()
        .annotate(**names)
        .values_list(*DIMENSIONS)
        .annotate(invited=Count("pk"), answered=Count("pk", filter=Q(is_answered=True)))
    )
    sums: dict[str, dict[str, list[int]]] = {dimension: {} for dimension in DIMENSIONS}
    for *found, invited, answered in counted:
        for dimension, name in zip(DIMENSIONS, found, strict=True):
            counts = sums[dimension].setdefault(name, [0, 0])
            counts[0] += invited
            counts[1] += answered
    return {
        dimension: sorted(
            (Rate(name, *counts) for name, counts in by_name.items()), key=lambda rate: (-rate.silent, rate.name)
        )
        for dimension, by_name in sums.items()
    }


def days(survey: Survey) -> list[DayCount]:
    """How many answers came on each day; nothing of anonymous answers to invitations, which have none."""
    counted = (
        survey.responses.filter(received_on__isnull=False)
        .order_by("received_on")
        .values_list("received_on")
        .annotate(n=Count("pk"))
    )
    return [DayCount(day, n) for day, n in counted]


def by_survey(surveys: Iterable[Survey]) -> list[tuple[Survey, Rate | None]]:
    """Each survey with its rate; None where there is no list that could be divided by. They come `with_counts`."""
    return [
        (survey, None if survey.is_public else Rate(str(survey), survey.n_invited, survey.n_done))
        for survey in surveys
    ]


def silent_ones(survey: Survey) -> QuerySet:
    """The invitations that nobody has answered yet."""
    return survey.invitations.filter(is_answered=False)


def mail_counts(survey: Survey) -> dict[str, int]:
    """How many invitations stand at which word of the mail, in one query."""
    rows = survey.invitations.order_by().values_list("delivery").annotate(n=Count("pk"))
    counts = dict(rows)
    return {Invitation.Delivery(key).label: n for key, n in counts.items()}
