"""Observations and documents with their sheets, indicators, case studies with their sources."""

from evaluations.models import CaseEvidence, CaseStudy, DocumentReview, IndicatorSeries, Observation
from tests.evaluations.sheets_of_kind import make_sheet_version
from tests.world import Place

URLS: dict[str, tuple[str, str | None]] = {
    "observation_list": ("E", "evaluation"),
    "observation_sheet": ("E", "observation with sheet"),
    "document_list": ("E", "evaluation"),
    "document_sheet": ("E", "document with sheet"),
    "measurement_lines": ("E", "indicator"),
    "measurement_export": ("E", "series of predicates"),
    "case_evidence_add": ("E", "case with source"),
    "case_evidence_delete": ("E", "case evidence"),
}


def rows(place: Place) -> dict[str, object]:
    evaluation = place.evaluation
    case = CaseStudy.objects.create(
        evaluation=evaluation, title="Loket satu pintu", unit="Loket", before="a", applied="b", after="c"
    )
    series = IndicatorSeries.objects.create(
        evaluation=evaluation,
        name="Predikat kinerja",
        agency_name="Dinas",
        scale=IndicatorSeries.Scale.PREDICATE,
        unit="pegawai",
        polarity="naik",
        source="e-Kinerja",
    )
    series.measurements.create(date="2025-12-31", counts={"baik": 10, "sangat_baik": 3})
    return {
        "observation with sheet": Observation.objects.create(
            evaluation=evaluation,
            unit="Loket",
            date="2026-07-02",
            after="Antrean tertib",
            version=make_sheet_version("observasi"),
            sheet={"senyum": 3, "tunggu": 12},
        ),
        "document with sheet": DocumentReview.objects.create(
            evaluation=evaluation,
            title="SOP",
            date="2026-01-03",
            shows="Alur layanan",
            version=make_sheet_version("dokumen"),
        ),
        "series of predicates": series,
        "case with source": case,
        "case evidence": CaseEvidence.objects.create(case_study=case, indicator=series),
    }
