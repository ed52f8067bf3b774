"""The bridge from rows to tallies: one query per kind of record, whatever the number of programs."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, Sum

from asn_eval.accounts.models import Region
from evaluations.models.evaluations import DEFAULT_MINIMUM_GROUP
from programs.models import Activity, BudgetLine, Enrollment, Program
from reports.analysis.overview import (
    Breakdown,
    Tally,
    add_up,
    break_down,
    outermost,
    region_groups,
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
    code_of = dict(Region.objects.open_to(user).values_list("pk", "code"))

    def rows(model, path: str, **sums):
        # By the key of the region, which the program itself carries: reaching for its code costs a join.
        by = (f"{path}region_id", f"{path}type")
        visible = model.objects.visible_to(user).filter(**{f"{path}start_date__range": started})
        for region, kind, *values in visible.order_by().values_list(*by).annotate(**sums):
            yield code_of[region], kind, *values

    participants = Q(group=Enrollment.Group.PARTICIPANT)
    with_outcome = participants & Q(status__in=OUTCOMES)
    sums: dict[tuple[str, str], dict[str, object]] = defaultdict(dict)
    for code, kind, programs in rows(Program, "", n=Count("pk")):
        sums[code, kind] = {"programs": programs}
    for code, kind, activities, hours in rows(Activity, "program__", n=Count("pk"), hours=Sum("lesson_hours")):
        sums[code, kind] |= {"activities": activities, "lesson_hours": hours}
    for code, kind, enrollments, completed, known, persons in rows(
        Enrollment,
        "program__",
        n=Count("pk", filter=participants),
        completed=Count("pk", filter=participants & Q(status=STATUS.COMPLETED)),
        known=Count("pk", filter=with_outcome),
        persons=Count("person", filter=with_outcome, distinct=True),
    ):
        sums[code, kind] |= {
            "enrollments": enrollments,
            "completed": completed,
            "with_outcome": known,
            "persons_with_outcome": persons,
        }
    for code, kind, lines, planned, realised, known in rows(
        BudgetLine, "program__", n=Count("pk"), plan=Sum("planned"), real=Sum("realised"), known=Count("realised")
    ):
        sums[code, kind] |= {
            "planned": planned,
            "realised": realised or 0,
            "budget_lines": lines,
            "unrealised_lines": lines - known,
        }
    return {key: Tally(**values) for key, values in sums.items()}


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
    breakdown = break_down(region_groups(_by(0, tallies), within=()), minimum=MINIMUM)
    area = outermost(area_of(user))
    crosses = len(area) > 1 and any(len(code) > PROVINCE_LENGTH for code in area)
    # Parts of several provinces have a table of their own, which sums by province would open.
    return withhold_completion(breakdown, minimum=MINIMUM) if crosses else breakdown


def area_of(user) -> tuple[str, ...]:
    """The codes of the person's area; none for the whole country."""
    return () if user.sees_every_region else user.region_codes


def years_of(user) -> list[int]:
    """From the last year in which a program of the area started back to the first."""
    ends = Program.objects.visible_to(user).aggregate(first=Min("start_date"), last=Max("start_date"))
    if ends["last"] is None:
        return []
    return list(range(ends["last"].year, ends["first"].year - 1, -1))


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
