"""Sentences for how the numbers came about: the reliability of an instrument and the source of a number."""

from datetime import date

import pytest

from reports.analysis.reliability import ItemMoments, reliability
from reports.analysis.results import Reason, Suppressed
from reports.fact_contents import SurveyFacts
from reports.narrative.method import reliability_sentences, source_line
from reports.result_contents import InstrumentReliability, WaveReliability

TOO_FEW = Suppressed(Reason.GROUP_TOO_SMALL, 5)


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (
            TOO_FEW,
            "Keandalan uji sebelum program tidak ditampilkan karena kurang dari 5 orang menjawab semua butir.",
        ),
        (
            reliability(ItemMoments(("a", "b"), 0, 0, None, None)),
            "Keandalan uji sebelum program tidak dapat dihitung dari 0 jawaban lengkap.",
        ),
        (
            reliability(
                ItemMoments.from_rows([(4, 3, 4), (3, 3, 3), (4, 4, 4), (2, 3, 2), (3, 2, 3)], ("a", "b", "c"))
            ),
            "Keandalan uji sebelum program baik: Cronbach's alpha 0,84, selang 95% 0,18 sampai 0,98, dari 5 "
            "jawaban lengkap atas 3 butir.",
        ),
    ],
)
def test_reliability_is_told_with_its_interval(total, expected):
    measured = InstrumentReliability("Uji", (WaveReliability("Sebelum", total, ()),))
    assert reliability_sentences(measured) == (expected,)


def test_source_names_survey_wave_dates_and_n():
    survey = SurveyFacts(
        "Survei Kepuasan Masyarakat (SKM)",
        "Masyarakat", True, True, "Sebelum", "Anonim", date(2026, 1, 1), date(2026, 1, 31), None, 12,
        date(2026, 1, 3), date(2026, 1, 20),
    )  # fmt: skip
    assert (
        source_line(survey, None)
        == "survei Kepuasan Masyarakat (SKM), masyarakat: sebelum 3 sampai 20 Januari 2026, n = 12."
    )
    assert source_line(None) == ""
