"""What a case study is told from: sources of its own evaluation, with the words that say it."""

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.actions.findings import SOURCE_FIELD, Source, held_to_be_quoted, quoted_passage, refusal
from evaluations.models import CaseEvidence, CaseStudy, Excerpt, Interview


@transaction.atomic
def link_source(
    *, case: CaseStudy, source: Source, quote: str = "", excerpt: Excerpt | None = None
) -> CaseEvidence:
    """Rest ``case`` on one more source; a marked passage is pinned, so that its words follow the text.

    Raises ``ValidationError`` when the source belongs to another evaluation, an interview has no such words, or
    this very link is there already.
    """
    if source.evaluation_id != case.evaluation_id:
        raise refusal("source", _("Sumber ini milik evaluasi lain."), "foreign")
    if isinstance(source, Interview):
        source = held_to_be_quoted(source)
    if excerpt is not None:
        excerpt.refresh_from_db(fields=["quote"])
    words = excerpt.quote if excerpt else quoted_passage(source, quote)
    field = SOURCE_FIELD[type(source)]
    if case.sources.filter(**{field: source}, quote=words).exists():
        raise refusal(
            "excerpt" if excerpt else "quote", _("Sumber ini sudah tertaut dengan kutipan yang sama."), "duplicate"
        )
    link = CaseEvidence(case_study=case, quote=words, excerpt=excerpt, **{field: source})
    link.full_clean()
    link.save()
    return link
