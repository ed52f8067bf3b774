"""What was coded becomes what a finding rests on."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.actions.findings import refusal
from evaluations.models import Evidence, Excerpt, Finding


@transaction.atomic
def add_excerpts(
    *, finding: Finding, excerpts: Collection[Excerpt], stance: str = Evidence.Stance.SUPPORTS
) -> list[Evidence]:
    """Marked passages speak for ``finding``, or against it; what it has as evidence already is left as it is.

    A passage of an open answer is evidence of its survey, so that nobody is led to a single sheet.
    """
    if not excerpts:
        raise refusal("excerpts", _("Centang paling sedikit satu bagian."), "required")
    if any(excerpt.evaluation_id != finding.evaluation_id for excerpt in excerpts):
        raise refusal("excerpts", _("Bagian ini milik evaluasi lain."), "foreign")
    known = set(finding.evidence.filter(excerpt__in=excerpts).values_list("excerpt_id", flat=True))
    added = [_evidence(finding, excerpt) for excerpt in excerpts if excerpt.pk not in known]
    for evidence in added:
        evidence.stance = stance
        evidence.full_clean()
        evidence.save()
    return added


def _evidence(finding: Finding, excerpt: Excerpt) -> Evidence:
    if excerpt.open_answer_id is None:
        return Evidence(
            finding=finding, excerpt=excerpt, quote=excerpt.quote, **{excerpt.text_field: excerpt.text_source}
        )
    answer = excerpt.open_answer
    return Evidence(
        finding=finding,
        excerpt=excerpt,
        quote=excerpt.quote,
        survey=answer.response.survey,
        part=f"item:{answer.item_key}",
    )


@transaction.atomic
def record_finding_from(*, finding: Finding, excerpts: Collection[Excerpt]) -> Finding:
    """Save a new ``finding`` together with the marked passages that it rests on."""
    finding.full_clean()
    finding.save()
    add_excerpts(finding=finding, excerpts=excerpts)
    return finding
