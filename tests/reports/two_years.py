"""Two evaluations of one region, a year apart, for the tests of what came of recommendations."""

from datetime import date

from evaluations.actions.follow_up import answer_recommendation, record_progress, review_recommendation
from evaluations.models import Evaluation, Finding, IndicatorSeries, Measurement, Recommendation, Survey
from tests.evaluations.evidence import make_finding, make_recommendation
from tests.reports.answers import answer
from tests.world import Place

TODAY = date(2026, 8, 3)


def promise(place: Place, **values) -> Recommendation:
    """A recommendation of the place's evaluation, for a challenge of the schedule."""
    finding = next(iter(place.evaluation.findings.all()), None) or make_finding(place)
    return make_recommendation(finding, **values)


def carry_out(place: Place, recommendation: Recommendation) -> Recommendation:
    """Accepted by the manager, begun and ended by the staff."""
    answer_recommendation(
        recommendation=recommendation,
        answer="diterima",
        reason="",
        answered_by=place.users["manajer"],
        today=TODAY,
    )
    for state, text in (("dikerjakan", "Jadwal bersama disusun"), ("selesai", "Jadwal bersama dipakai")):
        record_progress(
            recommendation=recommendation,
            text=text,
            state=state,
            why_no_proof="Tercatat dalam rapat" if state == "selesai" else "",
            author=place.users["staf"],
            today=TODAY,
        )
    recommendation.refresh_from_db()
    return recommendation


def next_evaluation(place: Place, *, program=None, title="Evaluasi tahun berikutnya") -> Evaluation:
    return Evaluation.objects.create(
        program=program or place.program, title=title, start_date=date(2027, 1, 5), end_date=date(2027, 9, 30)
    )


def judge(place: Place, later: Evaluation, recommendation: Recommendation, outcome="berhasil"):
    return review_recommendation(
        evaluation=later,
        recommendation=recommendation,
        outcome=outcome,
        reason="Bentrok jadwal tidak ada lagi.",
        reviewed_by=place.users["evaluator"],
    )


def add_challenge_of_schedule(place: Place, evaluation: Evaluation) -> Finding:
    return Finding.objects.create(
        evaluation=evaluation,
        kind=Finding.Kind.CHALLENGE,
        statement="Jadwal masih berbenturan di satu unit",
        category=Finding.Category.SCHEDULE,
        severity=2,
    )


def add_series(evaluation: Evaluation, values, **fields) -> IndicatorSeries:
    given = {
        "name": "Waktu layanan",
        "agency_name": "Dinas",
        "unit": "hari",
        "polarity": "turun",
        "source": "Register",
    }
    series = IndicatorSeries.objects.create(evaluation=evaluation, **given | fields)
    for day, value in values:
        Measurement.objects.create(series=series, date=day, value=value)
    return series


def ask_again(place: Place, evaluation: Evaluation, rows, version=None, wave="sesudah") -> Survey:
    """The survey after the program, held in the later evaluation as well."""
    survey = Survey.objects.create(
        evaluation=evaluation,
        version=version or place.surveys["sesudah"].version,
        group="peserta",
        wave=wave,
        mode="rahasia",
        opens_on=date(2027, 7, 1),
        closes_on=date(2027, 7, 31),
    )
    answer(survey, place.enrollments[: len(rows)], rows)
    return survey
