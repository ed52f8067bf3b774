"""What was coded becomes what a finding rests on."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.actions.findings import SOURCE_FIELD, add_evidence, refusal, source_of
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
    added = []
    for excerpt in excerpts:
        source = source_of(excerpt)
        part = f"item:{excerpt.open_answer.item_key}" if excerpt.open_answer_id else ""
        said = {SOURCE_FIELD[type(source)]: source, "quote": excerpt.quote, "part": part}
        if not finding.evidence.filter(**said).exists():
            added.append(add_evidence(finding=finding, source=source, excerpt=excerpt, part=part, stance=stance))
    return added


@transaction.atomic
def record_finding_from(*, finding: Finding, excerpts: Collection[Excerpt]) -> Finding:
    """Save a new ``finding`` together with the marked passages that it rests on."""
    finding.full_clean()
    finding.save()
    add_excerpts(finding=finding, excerpts=excerpts)
    return finding
