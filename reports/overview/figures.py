"""The bridge from rows to tallies: one query per kind of record, whatever the number of programs."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from evaluations.models.evaluations import DEFAULT_MINIMUM_GROUP
from programs.models import Activity, BudgetLine, Enrollment, Program
from reports.analysis.overview import (
    Breakdown,
    Tally,
    add_up,
    break_down,
    outermost,
    regional_breakdown,
    withhold_completion,
)
from reports.overview.choice import Choice

STATUS = Enrollment.Status
OUTCOMES = (STATUS.COMPLETED, STATUS.FAILED, STATUS.WITHDRAWN)
MINIMUM = DEFAULT_MINIMUM_GROUP
PROVINCE_LENGTH = 2

Tallies = dict[tuple[str, str], Tally]  # (code of the region, type of program) -> sums


@dataclass(frozen=True)
class Figures:
    """The numbers of one choice."""

    regions: Breakdown
    types: Breakdown
    n_persons: int

    @property
    def total(self) -> Tally:
        return self.regions.total


def tally_year(user, choice: Choice) -> Tallies:
    """Everything that started in the chosen year, in the whole area of ``user``, by region and type."""
    started = (choice.first_day, choice.last_day)

    def rows(model, path: str, **sums):
        by = (f"{path}region__code", f"{path}type")
        visible = model.objects.visible_to(user).filter(**{f"{path}start_date__range": started})
        return visible.order_by().values_list(*by).annotate(**sums)

    participants = Q(group=Enrollment.Group.PARTICIPANT)
    with_outcome = participants & Q(status__in=OUTCOMES)
    tallies: Tallies = defaultdict(Tally)
    for code, kind, programs in rows(Program, "", n=Count("pk")):
        tallies[code, kind] += Tally(programs=programs)
    for code, kind, activities, hours in rows(Activity, "program__", n=Count("pk"), hours=Sum("lesson_hours")):
        tallies[code, kind] += Tally(activities=activities, lesson_hours=hours)
    for code, kind, enrollments, completed, known, persons in rows(
        Enrollment,
        "program__",
        n=Count("pk", filter=participants),
        completed=Count("pk", filter=participants & Q(status=STATUS.COMPLETED)),
        known=Count("pk", filter=with_outcome),
        persons=Count("person", filter=with_outcome, distinct=True),
    ):
        tallies[code, kind] += Tally(
            enrollments=enrollments, completed=completed, with_outcome=known, persons_with_outcome=persons
        )
    for code, kind, lines, planned, realised, known in rows(
        BudgetLine, "program__", n=Count("pk"), plan=Sum("planned"), real=Sum("realised"), known=Count("realised")
    ):
        tallies[code, kind] += Tally(
            planned=planned, realised=realised or 0, budget_lines=lines, unrealised_lines=lines - known
        )
    return dict(tallies)


def figures(user, choice: Choice, tallies: Tallies) -> Figures:
    inside = {key: tally for key, tally in tallies.items() if key[0].startswith(choice.code)}
    types = break_down(_by(1, inside), minimum=MINIMUM)
    if choice.region:
        # Types of one region beside types of all would cross the table of regions: what either hides, both tell.
        types = withhold_completion(types, minimum=MINIMUM)
    return Figures(
        regions=regional_breakdown(_by(0, tallies), area=area_of(user), chosen=choice.code, minimum=MINIMUM),
        types=types,
        n_persons=_count_persons(user, choice),
    )


def by_province(user, tallies: Tallies) -> Breakdown:
    """The provinces of the area, for the map."""
    by_code = _by(0, tallies)
    provinces = defaultdict(Tally)
    for code, tally in by_code.items():
        provinces[code[:PROVINCE_LENGTH]] += tally
    breakdown = break_down(provinces, minimum=MINIMUM)
    area = outermost(area_of(user))
    crosses = len(area) > 1 and any(len(code) > PROVINCE_LENGTH for code in area)
    # Parts of several provinces have a table of their own, which sums by province would open.
    return withhold_completion(breakdown, minimum=MINIMUM) if crosses else breakdown


def area_of(user) -> tuple[str, ...]:
    """The codes of the person's area; none for the whole country."""
    return () if user.sees_every_region else user.region_codes


def years_of(user) -> list[int]:
    """The years in which programs of the area started, the latest first."""
    return [start.year for start in Program.objects.visible_to(user).dates("start_date", "year", order="DESC")]


def _by(part: int, tallies: Mapping[tuple[str, str], Tally]) -> dict[str, Tally]:
    """The tallies by region (part 0) or by type (part 1) alone."""
    groups: dict[str, list[Tally]] = defaultdict(list)
    for key, tally in tallies.items():
        groups[key[part]].append(tally)
    return {name: add_up(parts) for name, parts in groups.items()}


def _count_persons(user, choice: Choice) -> int:
    """Participants, each counted once however many programs they took part in."""
    enrollments = Enrollment.objects.visible_to(user).filter(
        group=Enrollment.Group.PARTICIPANT,
        program__start_date__range=(choice.first_day, choice.last_day),
        program__region__code__startswith=choice.code,
    )
    return enrollments.aggregate(n=Count("person", distinct=True))["n"]
