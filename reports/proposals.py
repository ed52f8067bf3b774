"""What may be recommended: offered from three sources, and entered by nobody but the evaluator.

The key of a proposal says where it comes from, and stays the same, so that what was dropped stays dropped.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from asn_eval.numbers import format_decimal, format_integer
from evaluations.follow_up_rows import earlier_evaluations
from evaluations.models import Evaluation, Evidence, Finding, Recommendation, Review
from evaluations.proposal_wording import wordings
from reports.words import amount

Kind, Origin = Recommendation.Kind, Recommendation.Origin
# Findings that call for something to be done.
ASKING = (Finding.Kind.CHALLENGE, Finding.Kind.WEAKNESS, Finding.Kind.NEED)
WORKED = (Review.Outcome.HELPED, Review.Outcome.PARTLY)
MOST_EARLIER = 20
MOST_ITEMS = 10
LONGEST_LABEL = 200


@dataclass(frozen=True)
class Proposal:
    """One thing that may be recommended, with the findings it would answer and where it comes from."""

    key: str
    origin: str
    kind: str
    statement: str
    first_step: str
    findings: tuple[Finding, ...]
    source: str
    source_url: str = ""
    earlier: Recommendation | None = None
    finding_query: str = ""  # for the page that records a finding, where none rests on the source yet

    @property
    def kind_name(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class Offer:
    """The proposals of one evaluation that are open, by their source, and those that were dropped."""

    from_categories: tuple[Proposal, ...]
    from_earlier: tuple[Proposal, ...]
    from_items: tuple[Proposal, ...]
    dropped: tuple[Proposal, ...]

    @property
    def open(self) -> tuple[Proposal, ...]:
        return (*self.from_categories, *self.from_earlier, *self.from_items)


def offer_for(evaluation: Evaluation, user) -> Offer:
    """What may be recommended in ``evaluation``, from what ``user`` may see."""
    findings = list(
        evaluation.findings.filter(kind__in=ASKING).prefetch_related(
            Prefetch("evidence", Evidence.objects.only("finding", "survey", "part"))
        )
    )
    taken = list(evaluation.recommendations.prefetch_related("findings"))
    parts = (
        _from_categories(findings, taken),
        _from_earlier(evaluation, user, findings, taken),
        _from_items(evaluation, findings, taken),
    )
    dropped = set(evaluation.dropped_proposals.values_list("key", flat=True))
    open_parts = [tuple(one for one in part if one.key not in dropped) for part in parts]
    return Offer(*open_parts, dropped=tuple(one for part in parts for one in part if one.key in dropped))


def _by_category(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    found = defaultdict(list)
    for finding in findings:
        found[finding.category].append(finding)
    return found


def _from_categories(findings: Sequence[Finding], taken: Sequence[Recommendation]) -> list[Proposal]:
    by_category = _by_category(findings)
    # What the evaluator wrote unasked need not be offered either.
    answered = {(finding.category, one.kind) for one in taken for finding in one.findings.all()}
    return [
        Proposal(
            key=f"kategori:{wording.category}:{wording.kind}",
            origin=Origin.CATEGORY,
            kind=wording.kind,
            statement=wording.statement,
            first_step=wording.first_step,
            findings=tuple(by_category[wording.category]),
            source=_("Kategori temuan: %(category)s")
            % {"category": Finding.Category(wording.category).label.lower()},
        )
        for wording in wordings()
        if wording.category in by_category and (wording.category, wording.kind) not in answered
    ]


def _from_earlier(
    evaluation: Evaluation, user, findings: Sequence[Finding], taken: Sequence[Recommendation]
) -> list[Proposal]:
    by_category = _by_category(findings)
    accepted = {one.earlier_id for one in taken}
    proposals = []
    for earlier in _that_worked(evaluation, user, by_category):
        if earlier.pk in accepted:
            continue
        categories = {finding.category for finding in earlier.findings.all()}
        review = earlier.helpful[0]
        values = {
            "evaluation": earlier.evaluation.title,
            "region": earlier.evaluation.program.region.name,
            "outcome": review.get_outcome_display().lower(),
            "reason": review.reason,
        }
        proposals.append(
            Proposal(
                key=f"terdahulu:{earlier.pk}",
                origin=Origin.EARLIER,
                kind=earlier.kind,
                statement=earlier.statement,
                first_step=earlier.implementation,
                findings=tuple(one for category in categories for one in by_category.get(category, ())),
                source=_("%(evaluation)s (%(region)s), dinilai %(outcome)s: %(reason)s") % values,
                source_url=earlier.get_absolute_url(),
                earlier=earlier,
            )
        )
    return proposals


def _that_worked(evaluation: Evaluation, user, categories: Iterable[str]) -> QuerySet:
    """What was recommended earlier for these categories, was carried out, and helped."""
    before = earlier_evaluations(Evaluation.objects.visible_to(user), evaluation)
    reviews = Review.objects.visible_to(user).filter(outcome__in=WORKED)
    helpful = Prefetch("reviews", reviews.order_by("outcome", "-pk"), to_attr="helpful")
    rows = Recommendation.objects.visible_to(user).filter(
        evaluation__in=before.order_by().values("pk"),
        state=Recommendation.State.DONE,
        reviews__in=reviews.order_by().values("pk"),
        findings__category__in=list(categories),
    )
    rows = rows.select_related("evaluation__program__region").prefetch_related(helpful, "findings")
    return rows.order_by("-evaluation__start_date", "priority", "pk").distinct()[:MOST_EARLIER]


def _from_items(
    evaluation: Evaluation, findings: Sequence[Finding], taken: Sequence[Recommendation]
) -> list[Proposal]:
    # Analysis loads slow libraries.
    from reports.analysis.weak_items import Weakness
    from reports.weak_results import weak_results

    answered = {finding.pk for one in taken if one.origin == Origin.WEAK_ITEM for finding in one.findings.all()}
    proposals = []
    for result in weak_results(evaluation):
        survey, item, weak = result.survey, result.item, result.weak
        part = f"item:{item.key}"
        on_it = tuple(finding for finding in findings if _rests_on(finding, survey.pk, part))
        if answered.intersection(finding.pk for finding in on_it):
            continue
        values = {
            "survey": str(survey),
            "item": item.label,
            "mean": format_decimal(weak.mean, 2),
            "low": amount(item.minimum),
            "high": amount(item.maximum),
            "n": format_integer(weak.n),
        }
        told = (
            _("%(survey)s, butir “%(item)s”: rata-rata %(mean)s pada skala %(low)s–%(high)s (n = %(n)s).")
            if weak.weakness == Weakness.LOW_MEAN
            else _(
                "%(survey)s, butir “%(item)s”: tidak naik, rata-rata sesudah program %(mean)s pada skala "
                "%(low)s–%(high)s (n = %(n)s)."
            )
        )
        label = item.label[:LONGEST_LABEL]
        proposals.append(
            Proposal(
                key=f"butir:{survey.version_id}:{survey.group}:{item.key}",
                origin=Origin.WEAK_ITEM,
                kind=Kind.MORE_TRAINING if survey.is_of_participants else Kind.FIT_NEEDS,
                statement=_("Memperkuat hal yang dinilai rendah: %(item)s") % {"item": label},
                first_step=_(
                    "Bahas hasil butir ini dengan peserta dan unit kerja, cari sebabnya, lalu sesuaikan materi "
                    "atau pendampingan."
                ),
                findings=on_it,
                source=told % values,
                finding_query=f"sumber=survey-{survey.pk}&bagian={part}",
            )
        )
    return proposals[:MOST_ITEMS]


def _rests_on(finding: Finding, survey: int, part: str) -> bool:
    return any(piece.survey_id == survey and piece.part == part for piece in finding.evidence.all())
