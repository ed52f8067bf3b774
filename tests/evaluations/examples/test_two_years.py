"""Candisari over two program years: what was promised in the first is answered for in the second."""

import pytest

from evaluations.models import Evaluation, IndicatorSeries, Proof, Recommendation, Review
from tests.evaluations.examples import EARLIER, evaluation_of, every_row

pytestmark = pytest.mark.usefixtures("examples")


@pytest.fixture
def earlier() -> Evaluation:
    return every_row(Evaluation).get(program__name=EARLIER)


def test_every_recommendation_was_answered_and_who_refused_said_why(earlier):
    answers = earlier.recommendations.values_list("answer", "answer_reason", "state")
    assert sorted({answer for answer, _reason, _state in answers}) == ["diterima", "ditolak", "sebagian"]
    assert all(reason for answer, reason, _state in answers if answer != "diterima")
    assert all(state == "tidak_dilanjutkan" for answer, _reason, state in answers if answer == "ditolak")


def test_the_way_to_completion_was_noted_and_proved(earlier):
    for done in earlier.recommendations.filter(state=Recommendation.State.DONE):
        states = list(done.notes.values_list("state", flat=True))
        assert states == ["dikerjakan", "selesai"]
    proof = every_row(Proof).get()
    assert (proof.file_name, proof.recommendation.state) == ("rekapitulasi-pendampingan.xlsx", "selesai")
    assert proof.size > 0


def test_the_next_evaluation_judges_each_that_was_not_refused(earlier):
    later = evaluation_of("candisari")
    assert later.start_date > earlier.end_date
    outcomes = dict(every_row(Review).filter(evaluation=later).values_list("recommendation", "outcome"))
    assert sorted(outcomes.values()) == ["berhasil", "sebagian", "tidak"]
    refused = earlier.recommendations.filter(answer="ditolak")
    assert set(outcomes) == {row.pk for row in earlier.recommendations.exclude(pk__in=refused)}


def test_the_same_indicator_runs_on_in_the_second_year(earlier):
    series = every_row(IndicatorSeries).filter(
        evaluation__in=(earlier, evaluation_of("candisari")), name="Rata-rata waktu penyelesaian surat keterangan"
    )
    assert len({(one.agency_name, one.unit, one.polarity) for one in series}) == 1
    assert [one.measurements.count() for one in series.order_by("evaluation__start_date")] == [12, 14]
