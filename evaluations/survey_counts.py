"""How many were asked and how many answered, in the query of the surveys themselves."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evaluations.models import Invitation, Response


def with_counts(surveys: QuerySet) -> QuerySet:
    """`surveys` with `n_invited`, `n_done` (of those), `n_answered` and `n_on_paper`.

    Subqueries, not joins: two joins would multiply every invitation by every response.
    """
    paper = Response.objects.filter(channel=Response.Channel.PAPER)
    return surveys.annotate(
        n_invited=_counted(Invitation.objects.all()),
        n_done=_counted(Invitation.objects.filter(is_answered=True)),
        n_answered=_counted(Response.objects.all()),
        n_on_paper=_counted(paper),
    )


def _counted(rows: QuerySet) -> Coalesce:
    per_survey = rows.filter(survey=OuterRef("pk")).order_by().values("survey").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(per_survey, output_field=IntegerField()), 0)
