"""Evidence for the tests of the chain, beside what tests/world.py holds."""

from datetime import date, timedelta

from django.utils import timezone

from evaluations.actions.findings import record_finding, save_recommendation
from evaluations.models import (
    CaseStudy,
    DocumentReview,
    Evaluation,
    Finding,
    IndicatorSeries,
    Interview,
    Observation,
    Recommendation,
)
from tests.world import Place

SAID = "Jadwal pelatihan berbenturan dengan layanan."


def make_interview(evaluation: Evaluation, **values) -> Interview:
    given = {
        "informant_role": Interview.Role.UNIT_HEAD,
        "informant_name": "Ratna Uji",
        "unit": "Loket terpadu",
        "date": date(2026, 7, 3),
        "consent": Interview.Consent.BY_ROLE,
        "text": "Kata Ratna Uji: antrean panjang.\nAnggaran habis pada triwulan ketiga.",
    }
    return Interview.objects.create(evaluation=evaluation, **given | values)


def make_observation(evaluation: Evaluation, unit: str = "Loket") -> Observation:
    return Observation.objects.create(
        evaluation=evaluation, unit=unit, date=date(2026, 7, 1), after="Antrean tertib"
    )


def make_document(evaluation: Evaluation) -> DocumentReview:
    return DocumentReview.objects.create(
        evaluation=evaluation, title="SOP antrean", date=date(2026, 1, 2), shows="Alur baru"
    )


def make_indicator(evaluation: Evaluation, **values) -> IndicatorSeries:
    given = {
        "name": "Waktu layanan",
        "agency_name": "Dinas",
        "unit": "hari",
        "polarity": "turun",
        "source": "Register",
    }
    return IndicatorSeries.objects.create(evaluation=evaluation, **given | values)


def make_case_study(evaluation: Evaluation) -> CaseStudy:
    return CaseStudy.objects.create(
        evaluation=evaluation, title="Loket cepat", unit="Loket", before="a", applied="b", after="c", source="d"
    )


def new_finding(evaluation: Evaluation, **values) -> Finding:
    given = {
        "kind": Finding.Kind.CHALLENGE,
        "statement": "Jadwal berbenturan dengan layanan",
        "category": Finding.Category.SCHEDULE,
        "severity": 3,
    }
    return Finding(evaluation=evaluation, **given | values)


def make_finding(place: Place, source=None, quote: str = "", **values) -> Finding:
    source = source or place.evaluation.interviews.first()
    quote = quote or (SAID if isinstance(source, Interview) else "")
    return record_finding(finding=new_finding(place.evaluation, **values), source=source, quote=quote)


def new_recommendation(evaluation: Evaluation, **values) -> Recommendation:
    given = {
        "statement": "Jadwal pelatihan disusun bersama unit",
        "kind": Recommendation.Kind.FLEXIBLE_SCHEDULE,
        "owner": "BKPSDM",
        "due_date": timezone.localdate() + timedelta(days=90),
    }
    return Recommendation(evaluation=evaluation, **given | values)


def make_recommendation(finding: Finding, **values) -> Recommendation:
    recommendation = new_recommendation(finding.evaluation, **values)
    return save_recommendation(recommendation=recommendation, findings=[finding])
