"""Findings never stand without evidence, recommendations never without a finding."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.coded_texts import texts_of
from evaluations.models import (
    CaseStudy,
    DocumentReview,
    Evidence,
    Excerpt,
    Finding,
    IndicatorSeries,
    Interview,
    Observation,
    Recommendation,
    Survey,
)
from evaluations.passages import find_passage

Source = Interview | Observation | DocumentReview | IndicatorSeries | Survey | CaseStudy
Stance = Evidence.Stance
SOURCE_FIELD = {
    Interview: "interview",
    Observation: "observation",
    DocumentReview: "document",
    IndicatorSeries: "indicator",
    Survey: "survey",
    CaseStudy: "case_study",
}


def refusal(field: str, message: str, code: str) -> ValidationError:
    """An error that a form shows at ``field``."""
    return ValidationError({field: ValidationError(message, code=code)})


@transaction.atomic
def record_finding(
    *, finding: Finding, source: Source, quote: str = "", part: str = "", excerpt: Excerpt | None = None
) -> Finding:
    """Save a new ``finding`` together with the evidence it rests on.

    Raises ``ValidationError`` when the source belongs to another evaluation or
    the quote is not in the interview.
    """
    finding.full_clean()
    finding.save()
    add_evidence(finding=finding, source=source, quote=quote, part=part, excerpt=excerpt)
    return finding


@transaction.atomic
def add_evidence(
    *,
    finding: Finding,
    source: Source,
    quote: str = "",
    stance: str = Stance.SUPPORTS,
    part: str = "",
    excerpt: Excerpt | None = None,
) -> Evidence:
    """Rest ``finding`` on one more source of its own evaluation, or record that the source contradicts it.

    ``part`` names what of a survey says it; ``excerpt`` is the marked passage that does, whose words are then
    the quote. Raises ``ValidationError`` when the source belongs to another evaluation, the quote is not in the
    interview, the survey has no such part, or this very evidence is there already.
    """
    if source.evaluation_id != finding.evaluation_id:
        raise refusal("source", _("Sumber ini milik evaluasi lain."), "foreign")
    if isinstance(source, Interview):
        source = held_to_be_quoted(source)
    if excerpt is not None:
        excerpt.refresh_from_db(fields=["quote"])
    if excerpt is not None and source_of(excerpt) != source:
        raise refusal("source", _("Bagian bertanda ini berasal dari sumber lain."), "foreign_excerpt")
    if part:
        _check_part(source, part)
    field = SOURCE_FIELD[type(source)]
    passage = excerpt.quote if excerpt else quoted_passage(source, quote)
    if finding.evidence.filter(**{field: source}, quote=passage, part=part).exists():
        raise refusal("quote", _("Bukti ini sudah tercatat pada temuan."), "duplicate")
    evidence = Evidence(
        finding=finding, quote=passage, stance=stance, part=part, excerpt=excerpt, **{field: source}
    )
    evidence.full_clean()
    evidence.save()
    return evidence


def source_of(excerpt: Excerpt) -> Source:
    """The record that a marked passage is evidence from: of an open answer, its survey."""
    text_source = excerpt.text_source
    return text_source.response.survey if excerpt.open_answer_id else text_source


def _check_part(source: Source, part: str) -> None:
    if isinstance(source, Survey):
        kind, _colon, key = part.partition(":")
        version = source.version
        if (kind == "dimension" and key in version.dimensions) or (
            kind == "item" and version.items.filter(key=key).exists()
        ):
            return
    raise refusal("part", _("Survei ini tidak mempunyai bagian itu."), "unknown_part")


def quoted_passage(source: Source, quote: str) -> str:
    """The quote as its source has it; of an interview only what was really said."""
    if not isinstance(source, Interview):
        return quote.strip()
    if not quote.strip():
        raise refusal("quote", _("Isi petikan wawancara yang mendasari temuan."), "required")
    found = (find_passage(text.text, quote) for text in texts_of(source))
    passage = next((passage for passage in found if passage is not None), None)
    if passage is None:
        raise refusal(
            "quote", _("Petikan ini tidak ada dalam catatan wawancara. Salin persis seperti tertulis."), "not_said"
        )
    return passage


def held_to_be_quoted(interview: Interview) -> Interview:
    """``interview`` as it is now, under lock, so that nobody masks, withdraws or erases it meanwhile.

    Raises ``ValidationError`` when its informant took the consent back.
    """
    held = interview.evaluation.interviews.select_for_update(of=("self",)).get(pk=interview.pk)
    refuse_withdrawn(held)
    return held


def refuse_withdrawn(interview: Interview) -> None:
    """Nothing more is quoted of an informant who took the consent back."""
    if interview.withdrawn_on:
        raise refusal(
            "quote", _("Informan menarik persetujuannya; ucapannya tidak dapat dikutip lagi."), "withdrawn"
        )


@transaction.atomic
def remove_evidence(*, evidence: Evidence) -> None:
    """Take one piece of evidence away; ``ValidationError`` when it is the last that supports the finding."""
    # Two people removing one each of the last two must not both succeed.
    finding = evidence.finding.evaluation.findings.select_for_update().get(pk=evidence.finding_id)
    supporting = finding.evidence.filter(stance=Stance.SUPPORTS)
    if evidence.stance == Stance.SUPPORTS and supporting.count() == 1:
        raise ValidationError(
            _("Bukti terakhir tidak dapat dihapus: temuan harus bertumpu pada paling sedikit satu sumber."),
            code="last",
        )
    evidence.delete()


def answered_by_it_alone(finding: Finding) -> list[Recommendation]:
    """The recommendations that answer nothing but ``finding``: without it they would hang in the air."""
    return [
        recommendation
        for recommendation in finding.recommendations.prefetch_related("findings")
        if len(recommendation.findings.all()) == 1
    ]


@transaction.atomic
def save_recommendation(*, recommendation: Recommendation, findings: Collection[Finding]) -> Recommendation:
    """Save a new or changed ``recommendation`` and the findings it answers.

    Raises ``ValidationError`` when there are none or one belongs to another evaluation.
    """
    if not findings:
        raise refusal("findings", _("Pilih paling sedikit satu temuan."), "required")
    if any(finding.evaluation_id != recommendation.evaluation_id for finding in findings):
        raise refusal("findings", _("Temuan ini milik evaluasi lain."), "foreign")
    recommendation.full_clean()
    recommendation.save()
    recommendation.findings.set(findings)
    return recommendation
