"""The whole in a few sentences: a head reads the verdict, what fell and what comes next, as plain as it is."""

from datetime import date

import pytest

from evaluations.models import InstrumentVersion
from programs.models import Enrollment
from reports.narrative.summary import conclusion_sentences, key_numbers, key_sentences, theme_sentences
from tests.reports.answers import (
    AFTER,
    BEFORE,
    add_challenge,
    add_indicator,
    add_satisfaction,
    add_survey,
    add_test,
    answer,
    answer_both_waves,
    enroll_more,
)
from tests.reports.test_assembly import report_of

UNCLEAR = ([2, 3, 4], [4, 3, 3], [1, 3, 5], [4, 3, 2], [3, 2, 4], [3, 3, 3])


def conclusion(place) -> str:
    return " ".join(conclusion_sentences(report_of(place)))


def test_conclusion_names_a_clear_rise(world):
    answer_both_waves(world.here)
    assert "Rata-rata skor instrumen uji meningkat (+1,22; n = 6)." in conclusion(world.here)


def test_conclusion_does_not_call_an_unclear_change_a_rise(world):
    answer_both_waves(world.here, after=UNCLEAR)
    told = conclusion(world.here)
    assert "belum jelas dari data yang ada." in told
    assert "meningkat" not in told.split("belum jelas")[0]


def test_conclusion_names_a_decline(world):
    answer_both_waves(world.here, before=AFTER, after=BEFORE)
    assert "Rata-rata skor instrumen uji menurun (−1,22; n = 6)." in conclusion(world.here)


def test_conclusion_and_summary_set_the_comparison_group_beside_the_participants(world):
    others = enroll_more(world.here, 5, group=Enrollment.Group.COMPARISON)
    answer_both_waves(world.here)
    for wave, row in (("sebelum", [3, 3, 3]), ("sesudah", [3, 4, 3])):
        answer(world.here.surveys[wave], others, [row] * 5)
    beside = "Pada kelompok pembanding selisihnya +0,33 (n = 5)."
    assert beside in conclusion(world.here)
    assert beside in " ".join(key_sentences(report_of(world.here)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((6, 2), "Indikator yang membaik: waktu penyelesaian. Target yang sudah tercapai: waktu penyelesaian."),
        ((4, 6), "Indikator yang memburuk: waktu penyelesaian. Target yang belum tercapai: waktu penyelesaian."),
        ((4, 4), "Indikator yang belum berubah dengan jelas: waktu penyelesaian. Target yang belum tercapai:"),
    ],
)
def test_conclusion_judges_every_indicator_and_its_target(world, values, expected):
    first, last = values
    add_indicator(world.here, [(date(2026, 1, 1), first), (date(2026, 7, 1), last)])
    assert expected in conclusion(world.here)


def test_satisfaction_is_told_with_both_grades(world):
    add_satisfaction(world.here, before=[[3, 3, 2]] * 6, after=[[4, 4, 3]] * 7)
    assert "(+25,00 poin; n = 6 dan 7), mutu C menjadi A." in conclusion(world.here)
    assert (
        "Indeks kepuasan masyarakat (IKM) naik dari 66,67 (mutu C, kurang baik; n = 6) menjadi 91,67 (mutu A, "
        "sangat baik; n = 7), selisih +25,00 poin."
    ) in key_sentences(report_of(world.here))


def test_summary_names_owner_and_due_date_of_the_urgent_recommendations(world):
    add_challenge(world.here)
    told = key_sentences(report_of(world.here))
    assert (
        "Laporan ini memuat 1 rekomendasi berprioritas sedang: susun anggaran pelatihan bersama (BKPSDM, 31 Maret "
        "2027)."
    ) in told
    assert "Ada 1 tantangan yang tercatat, menyangkut anggaran. Yang terberat (keparahan tinggi):" in " ".join(
        told
    )


def test_challenges_of_one_category_are_said_together(world):
    for _number in range(2):
        add_challenge(world.here)
    report = report_of(world.here)
    assert "Ada 2 tantangan yang tercatat, semuanya menyangkut anggaran." in " ".join(key_sentences(report))
    assert theme_sentences(report) == (
        "Dari 3 informan yang diwawancarai, tantangan yang paling banyak disebut adalah anggaran (2 informan).",
    )


def test_a_later_wave_of_a_test_does_not_stand_beside_the_first_in_the_summary(world):
    pairs = [(60, 80), (55, 75), (70, 85), (65, 70), (50, 75)]
    add_test(world.here, pairs)
    version = InstrumentVersion.objects.get(instrument__key="tes")
    later = add_survey(world.here, version, "bulan_3")
    answer(later, world.here.enrollments[: len(pairs)], [[90]] * len(pairs))
    report = report_of(world.here)
    assert [result.after.wave for result in report.knowledge] == ["Sesudah", "3 bulan sesudah"]
    assert [row[:3] for row in key_numbers(report)] == [("Tes pengetahuan", "60,00", "77,00")]
