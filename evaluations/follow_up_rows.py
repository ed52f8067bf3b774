"""The register of recommendations: which ones, in which words, counted how."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from asn_eval.accounts.models import Office
from evaluations.models import Evaluation, ProgressNote, Recommendation
from evaluations.models.recommendations import UNFINISHED

State = Recommendation.State


def in_register(rows: QuerySet) -> QuerySet:
    """``rows`` with the office that answers for each, named or of the program, and whether there is more to do."""
    ended = Case(When(state__in=UNFINISHED, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(office=Coalesce("owner_office", "evaluation__program__organizer"), has_ended=ended)


def with_words(rows: QuerySet) -> QuerySet:
    """``rows`` with everything that a line of the register says."""
    last = ProgressNote.objects.filter(recommendation=OuterRef("pk")).order_by("-date", "-pk")
    return rows.select_related(
        "owner_office", "evaluation__program__region", "evaluation__program__organizer"
    ).annotate(last_note=Subquery(last.values("text")[:1]), last_note_on=Subquery(last.values("date")[:1]))


def is_late(today: date) -> Q:
    return Q(state__in=UNFINISHED, due_date__lt=today)


@dataclass(frozen=True)
class Counts:
    """How many recommendations stand where; ``late`` and ``unanswered`` are among those not finished."""

    total: int
    proposed: int
    running: int
    done: int
    dropped: int
    late: int
    unanswered: int


def counted(today: date) -> dict[str, Count]:
    """The columns of ``Counts``, for an aggregate over the register or over groups of it."""
    states = {"proposed": State.PROPOSED, "running": State.RUNNING, "done": State.DONE, "dropped": State.DROPPED}
    return {
        "total": Count("pk"),
        **{name: Count("pk", filter=Q(state=state)) for name, state in states.items()},
        "late": Count("pk", filter=is_late(today)),
        "unanswered": Count("pk", filter=Q(answer="", state__in=UNFINISHED)),
    }


def counts_of(rows: QuerySet, today: date) -> Counts:
    return Counts(**rows.order_by().aggregate(**counted(today)))


BY_OFFICE, BY_REGION = "office", "evaluation__program__region__full_name"


def grouped(rows: QuerySet, group: str, today: date) -> list[dict]:
    """How many recommendations of the register stand where, per value of ``group``; the largest group first."""
    counts = rows.order_by().annotate(group=F(group)).values("group").annotate(**counted(today))
    return list(counts.order_by("-total", "group"))


def office_names(groups: list[dict]) -> dict[int, str]:
    """The names of the offices that the register was grouped by."""
    offices = Office.objects.filter(pk__in=[one["group"] for one in groups])
    return dict(offices.values_list("pk", "name"))


def years_of(rows: QuerySet) -> list[int]:
    """The years in which recommendations are due, the last first."""
    first, last = rows.order_by().aggregate(first=Min("due_date"), last=Max("due_date")).values()
    return list(range(last.year, first.year - 1, -1)) if first else []


def earlier_evaluations(evaluations: QuerySet, evaluation: Evaluation) -> QuerySet:
    """Of ``evaluations`` those that began before this one in its region, or of its type of program."""
    program = evaluation.program
    return evaluations.filter(
        Q(program__region=program.region_id) | Q(program__type=program.type),
        start_date__lt=evaluation.start_date,
    )


def promised_before(recommendations: QuerySet, evaluation: Evaluation) -> QuerySet:
    """Of ``recommendations`` those of earlier evaluations of the region or of the type of program."""
    program = evaluation.program
    return recommendations.filter(
        Q(evaluation__program__region=program.region_id) | Q(evaluation__program__type=program.type),
        evaluation__start_date__lt=evaluation.start_date,
    )


def with_promises(evaluations: QuerySet, evaluation: Evaluation) -> QuerySet:
    """``evaluations`` that recommended anything, with how much of it was done and judged by ``evaluation``."""
    judged = Q(recommendations__reviews__evaluation=evaluation)
    return (
        evaluations.annotate(
            n_promised=Count("recommendations", distinct=True),
            n_done=Count("recommendations", filter=Q(recommendations__state=State.DONE), distinct=True),
            n_judged=Count("recommendations", filter=judged, distinct=True),
        )
        .filter(n_promised__gt=0)
        .select_related("program__region")
    )
