"""What a case study is told from: sources of its own evaluation, with the words that say it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.actions.findings import SOURCE_FIELD, Source, refusal
from evaluations.coded_texts import texts_of
from evaluations.models import CaseEvidence, CaseStudy, Excerpt, Interview
from evaluations.passages import find_passage


def source_of(excerpt: Excerpt) -> Source:
    """The record that a marked passage leads to; an open answer leads to its survey, never to a person."""
    source = excerpt.text_source
    return source.response.survey if excerpt.text_field == "open_answer" else source


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
    words = excerpt.quote if excerpt else _said(source, quote)
    field = SOURCE_FIELD[type(source)]
    if case.sources.filter(**{field: source}, quote=words).exists():
        raise refusal(
            "excerpt" if excerpt else "quote", _("Sumber ini sudah tertaut dengan kutipan yang sama."), "duplicate"
        )
    link = CaseEvidence(case_study=case, quote=words, excerpt=excerpt, **{field: source})
    link.full_clean()
    link.save()
    return link


def _said(source: Source, quote: str) -> str:
    """The quote as its source has it; of an interview only what was really said."""
    if not isinstance(source, Interview):
        return quote.strip()
    if not quote.strip():
        raise refusal("quote", _("Isi petikan wawancara yang menjadi dasar kasus ini."), "required")
    found = next(filter(None, (find_passage(text.text, quote) for text in texts_of(source))), None)
    if found is None:
        raise ValidationError(
            {"quote": _("Petikan ini tidak ada dalam catatan wawancara. Salin persis seperti tertulis.")}
        )
    return found
