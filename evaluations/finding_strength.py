"""Findings with their evidence -> how widespread and how sure each is, in a fixed number of queries."""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, QuerySet

from asn_eval.accounts.models import search_key
from evaluations.chain_strength import Piece, Strength, strength_of
from evaluations.models import Evaluation, Evidence, Finding
from evaluations.survey_counts import with_counts

# Everything that naming a piece of evidence and weighing it reads.
SOURCES = ("interview", "observation", "document", "indicator", "case_study", "survey__version__instrument")
WEIGHED = (*SOURCES, "excerpt__open_answer")
TEXTS = ("interview__text", "observation__before", "observation__after", "document__shows")


def with_evidence(findings: QuerySet) -> QuerySet:
    """``findings`` with their evidence and its sources, without the long texts of these."""
    evidence = Evidence.objects.select_related(*WEIGHED).defer(*TEXTS)
    return findings.prefetch_related(Prefetch("evidence", evidence))


def strengths_of(findings: Sequence[Finding], evaluation: Evaluation) -> dict[int, Strength]:
    """Finding -> strength, of findings of ``evaluation`` that were read ``with_evidence``."""
    cited = {piece.survey_id for finding in findings for piece in finding.evidence.all() if piece.survey_id}
    answered = _answered(evaluation, cited) if cited else {}
    return {
        finding.pk: strength_of(
            [piece_of(evidence) for evidence in finding.evidence.all() if not is_withdrawn(evidence)],
            answered,
            minimum=evaluation.minimum_group,
        )
        for finding in findings
    }


def is_withdrawn(evidence: Evidence) -> bool:
    """Whether the informant took the consent back: what they said then counts for nothing."""
    return evidence.interview_id is not None and evidence.interview.withdrawn_on is not None


def piece_of(evidence: Evidence) -> Piece:
    """One piece of evidence as the strength of its finding counts it."""
    field, source = evidence.source_field, evidence.source
    supports = evidence.stance == Evidence.Stance.SUPPORTS
    open_answer = evidence.excerpt.open_answer if evidence.excerpt_id else None
    if field == "interview":
        return Piece(
            field, source.pk, supports, is_informant=True, unit=search_key(source.unit), role=source.informant_role
        )
    if field == "survey":
        # An open answer is one voice: two of one nameless person must not be known as theirs. The survey as a
        # whole, or a part of it, is another.
        who = f"answer-{open_answer.pk}" if open_answer else f"survey-{source.pk}"
        return Piece(
            field,
            who,
            supports,
            is_informant=open_answer is not None,
            role=source.group,
            survey=source.pk,
            part=evidence.part,
        )
    unit = getattr(source, "agency_name" if field == "indicator" else "unit")
    return Piece(field, source.pk, supports, unit=search_key(unit))


def _answered(evaluation: Evaluation, surveys: Iterable[int]) -> dict[int, tuple[int, int | None]]:
    """Survey -> (answered, invited); None invited where a survey is open to the public."""
    rows = with_counts(evaluation.surveys.filter(pk__in=surveys))
    return {survey.pk: (survey.n_answered, None if survey.is_public else survey.n_invited) for survey in rows}
