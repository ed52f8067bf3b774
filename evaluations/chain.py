"""The chain of evidence around one record, sources <-> findings <-> recommendations, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.citations import named_for
from evaluations.models import Evidence, Finding, Recommendation, Theme
from evaluations.models.findings import SOURCE_FIELDS

LINKS_SHOWN = 4  # of one kind; the others stand behind a disclosure


@dataclass(frozen=True)
class Link:
    """One record of the chain. ``url`` is empty for who may not read it, and for the page itself."""

    text: str
    note: str
    url: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Step:
    """All records of one kind around a page, in the order in which they were recorded."""

    name: str
    links: tuple[Link, ...]

    @property
    def is_here(self) -> bool:
        return any(link.is_here for link in self.links)

    @property
    def first(self) -> tuple[Link, ...]:
        return self.links[:LINKS_SHOWN]

    @property
    def others(self) -> tuple[Link, ...]:
        return self.links[LINKS_SHOWN:]


def chain_around(record, user) -> tuple[Step, Step, Step]:
    """Sources, findings and recommendations that hang together with ``record``, as ``user`` may see them.

    ``record`` is a finding, a recommendation, any source of evidence, or a theme. The findings on it are followed
    to all their sources and recommendations; a source also leads to the findings on a case study told from it.
    """
    rows = list(_rows(record, user))
    sources = {
        (row.source_field, row.source.pk): _source_link(row, user, is_here=_is(record, row.source)) for row in rows
    }
    findings = {row.finding_id: _finding_link(row.finding, record) for row in rows}
    answers = {row.answer_pk: _answer_link(row, record) for row in rows if row.answer_pk}
    own = _own_link(record)
    if not rows:
        # What stands alone is the only link of its kind.
        alone = {0: own}
        sources = {} if isinstance(record, Finding | Recommendation | Theme) else alone
        findings = alone if isinstance(record, Finding) else {}
        answers = alone if isinstance(record, Recommendation) else {}
    return (
        Step(_("Bukti"), tuple(sources.values())),
        Step(_("Temuan"), tuple(findings.values())),
        Step(_("Rekomendasi"), tuple(answers.values())),
    )


def _rows(record, user) -> Iterable[Evidence]:
    return (
        Evidence.objects.visible_to(user)
        .filter(_around(record))
        .select_related("finding", *SOURCE_FIELDS, "survey__version__instrument")
        .defer("interview__text", "observation__before", "observation__after", "document__shows")
        .annotate(
            answer_pk=F("finding__recommendations"),
            answer_statement=F("finding__recommendations__statement"),
            answer_state=F("finding__recommendations__state"),
        )
        .order_by("pk", "answer_pk")
    )


def _around(record) -> Q:
    if isinstance(record, Finding):
        return Q(finding=record)
    if isinstance(record, Recommendation):
        answered = Recommendation.findings.through.objects.filter(recommendation=record)
        return Q(finding__in=answered.values("finding"))
    if isinstance(record, Theme):
        return Q(finding__in=Evidence.objects.filter(excerpt__codings__theme=record).values("finding"))
    around = Q(finding__in=record.evidence.values("finding"))
    if hasattr(record, "caseevidence"):  # a case study that is told from it may carry a finding as well
        told = Evidence.objects.filter(case_study__in=record.caseevidence.values("case_study"))
        around |= Q(finding__in=told.values("finding"))
    return around


def _is(record, other) -> bool:
    return type(record) is type(other) and record.pk == other.pk


def _own_link(record) -> Link:
    return Link(str(record), "", is_here=True)


def _source_link(row: Evidence, user, *, is_here: bool) -> Link:
    source = row.source
    name, url = named_for(source, user)
    note = str(source._meta.verbose_name)
    if row.stance == Evidence.Stance.CONTRADICTS:
        note = _("%(kind)s, bertentangan") % {"kind": note}
    return Link(name, note, "" if is_here else url, is_here)


def _finding_link(finding: Finding, record) -> Link:
    is_here = _is(record, finding)
    url = "" if is_here else finding.get_absolute_url()
    return Link(finding.statement, finding.get_kind_display(), url, is_here)


def _answer_link(row, record) -> Link:
    is_here = isinstance(record, Recommendation) and record.pk == row.answer_pk
    url = "" if is_here else reverse("recommendation_detail", args=[row.answer_pk])
    return Link(row.answer_statement, Recommendation.State(row.answer_state).label, url, is_here)
