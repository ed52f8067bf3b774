"""The frozen report: what is in it, what is withheld, and what it costs to make."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from scipy import stats

from asn_eval.accounts.models import Office
from evaluations.models import Evaluation, Evidence, Finding, Interview, Observation
from programs.models import Enrollment, Person, Program
from reports.analysis.indicators import Direction
from reports.analysis.paired import PairedChange
from reports.analysis.results import Reason, Suppressed
from reports.assembly import assemble, code_version
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
    respond,
)

NOW = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
TOO_FEW = Suppressed(Reason.GROUP_TOO_SMALL, 5)


def report_of(place):
    evaluation = (
        Evaluation.objects.unscoped("test")
        .select_related("program__region", "program__organizer")
        .get(pk=place.evaluation.pk)
    )
    return assemble(evaluation, generated_at=NOW)


def texts_in(value):
    """Every text that stands anywhere in a report."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts_in(getattr(value, one.name))


def scores(rows):
    return [(a + b + (6 - c)) / 3 for a, b, c in rows]


def test_paired_change_of_the_total_agrees_with_scipy(world):
    answer_both_waves(world.here)
    total = report_of(world.here).competence[0].total
    t = stats.ttest_rel(scores(AFTER), scores(BEFORE))
    assert total.n_paired == 6
    assert (total.t, total.p) == pytest.approx((t.statistic, t.pvalue), rel=1e-9)
    assert (total.ci95.low, total.ci95.high) == pytest.approx(tuple(t.confidence_interval(0.95)), rel=1e-9)


def test_p_of_items_is_adjusted_for_their_number(world):
    answer_both_waves(world.here)
    items = report_of(world.here).competence[0].items
    raw = [one.change.p for one in items]
    order = sorted(range(3), key=lambda place: raw[place])
    expected, reached = {}, 0.0
    for rank, place in enumerate(order):
        reached = max(reached, min(1.0, raw[place] * (3 - rank)))
        expected[place] = reached
    assert [one.p_holm for one in items] == pytest.approx([expected[place] for place in range(3)])
    assert items[2].label == "Butir 3 (dibalik)"


def test_fewer_than_the_minimum_are_withheld_everywhere(world):
    answer_both_waves(world.here, before=BEFORE[:4], after=AFTER[:4])
    report = report_of(world.here)
    result = report.competence[0]
    assert result.total == TOO_FEW
    assert {one.change for one in (*result.dimensions, *result.items)} == {TOO_FEW}
    assert [wave.total for wave in report.reliabilities[0].waves] == [TOO_FEW, TOO_FEW]
    assert (result.before.n_answered, result.after.n_answered) == (4, 4)


def test_nobody_paired_is_said_and_not_withheld(world):
    answer_both_waves(world.here, before=BEFORE, after=[None] * 6)
    total = report_of(world.here).competence[0].total
    assert isinstance(total, PairedChange)
    assert (total.n_before, total.n_after, total.n_paired, total.mean_before) == (6, 0, 0, None)


def test_comparison_group_stands_beside_the_participants(world):
    others = enroll_more(world.here, 5, group=Enrollment.Group.COMPARISON)
    answer_both_waves(world.here)
    for wave, row in (("sebelum", [3, 3, 3]), ("sesudah", [3, 4, 3])):
        answer(world.here.surveys[wave], others, [row] * 5)
    report = report_of(world.here)
    result = report.competence[0]
    assert (result.total.n_paired, result.comparison.total.n_paired) == (6, 5)
    assert result.comparison.total.mean_difference == pytest.approx(1 / 3)
    assert [(one.respondents, one.wave, one.n_invited, one.n_answered) for one in report.surveys] == [
        ("Peserta", "Sebelum", 6, 6),
        ("Kelompok pembanding", "Sebelum", 5, 5),
        ("Peserta", "Sesudah", 6, 6),
        ("Kelompok pembanding", "Sesudah", 5, 5),
    ]
    assert (report.participants.n_participants, report.participants.n_comparison) == (6, 5)


def test_knowledge_test_has_its_gain(world):
    add_test(world.here, [(60, 80), (55, 75), (70, 85), (65, 70), (50, 75)])
    result = report_of(world.here).knowledge[0]
    assert result.change.mean_difference == pytest.approx(17.0)
    assert result.gain.class_gain == pytest.approx(0.4250)
    assert result.gain.mean_gain == pytest.approx(0.4175, abs=5e-5)
    assert (result.minimum, result.maximum) == (0, 100)


def test_satisfaction_of_each_wave_has_its_grade(world):
    add_satisfaction(world.here, before=[[3, 3, 3]] * 6, after=[[4, 4, 4]] * 5 + [[4, 4, 3]])
    result = report_of(world.here).satisfaction[0]
    assert (result.satisfaction_before.ikm, result.satisfaction_before.grade) == (Decimal("75.00"), "C")
    assert (result.satisfaction_after.ikm, result.satisfaction_after.grade) == (Decimal("98.61"), "A")
    assert (result.before.n_invited, result.before.response_rate) == (None, None)


def test_satisfaction_of_few_respondents_is_withheld(world):
    add_satisfaction(world.here, before=[[3, 3, 3]] * 4, after=[])
    result = report_of(world.here).satisfaction[0]
    assert (result.satisfaction_before, result.satisfaction_after) == (TOO_FEW, None)


def test_satisfaction_with_an_unsur_that_few_answered_is_withheld(world):
    few = [[3, 3, 3]] * 4 + [[4, 4, None]] * 6
    nobody = [[4, 4, None]] * 6
    add_satisfaction(world.here, before=few, after=nobody)
    result = report_of(world.here).satisfaction[0]
    assert result.satisfaction_before == TOO_FEW
    assert [item.n for item in result.satisfaction_after.items] == [6, 6, 0]


def test_nobody_asked_twice_has_answered_yet(world):
    result = report_of(world.here).competence[0]
    assert (result.total.n_paired, result.total.n_before, result.total.n_after) == (0, 0, 0)
    assert [one.change.n_paired for one in result.dimensions] == [0]


def test_single_wave_is_described_without_a_change(world):
    alone = add_survey(world.here, world.version, "sesudah", group="masyarakat")
    for row in AFTER:
        respond(alone, row)
    level = next(one for one in report_of(world.here).levels)
    total = level.scores[0].distribution
    assert (total.n, total.mean) == (6, pytest.approx(sum(scores(AFTER)) / 6))


@pytest.mark.parametrize(
    ("values", "baseline", "last", "direction"),
    [
        ([(date(2026, 1, 1), 6), (date(2026, 2, 1), 5), (date(2026, 7, 1), 2)], 5.5, 2, Direction.IMPROVED),
        ([(date(2026, 1, 1), 5), (date(2026, 3, 1), 1), (date(2026, 7, 1), 6)], 5, 6, Direction.WORSENED),
        ([(date(2026, 3, 1), 5), (date(2026, 7, 1), 6)], None, 6, None),
        ([(date(2026, 3, 1), 5)], None, None, None),
        ([(date(2026, 1, 1), 5)], 5, None, None),
        ([], None, None, None),
    ],
)
def test_indicator_runs_from_before_the_program_to_after_it(world, values, baseline, last, direction):
    add_indicator(world.here, values)
    result = report_of(world.here).indicators[0]
    assert (result.change.baseline, result.change.last) == (baseline, last)
    assert result.change.direction == direction


def test_range_of_an_indicator_needs_three_values_before_the_program(world):
    add_indicator(world.here, [(date(2025, month, 1), value) for month, value in ((9, 4), (10, 6), (11, 5))])
    assert report_of(world.here).indicators[0].judged.usual == (4, 6)


def test_findings_keep_the_chain_to_their_sources(world):
    add_challenge(world.here)
    seen = Observation.objects.create(
        evaluation=world.here.evaluation, unit="Loket", date=date(2026, 7, 9), after="x"
    )
    impact = Finding.objects.create(
        evaluation=world.here.evaluation, kind="dampak", statement="Warga cepat dilayani", category="layanan"
    )
    Evidence.objects.create(finding=impact, observation=seen, quote="Antrean pendek.")
    report = report_of(world.here)
    (challenge,) = report.findings_of("tantangan")
    assert [(one.kind, one.source, one.quote) for one in challenge.evidence] == [
        ("Wawancara", "Pimpinan unit kerja", "Anggaran kami kecil sekali.")
    ]
    assert report.recommendations[0].answers == ("Anggaran pelatihan terbatas",)
    (impact_facts,) = report.findings_of("dampak")
    assert [(one.kind, one.source, one.date) for one in impact_facts.evidence] == [
        ("Observasi", "Loket", date(2026, 7, 9))
    ]
    assert report.challenge_themes.n_informants == 2
    assert [(one.category, one.n_informants) for one in report.challenge_themes.themes] == [("Anggaran", 1)]


@pytest.mark.parametrize(
    ("consent", "name_shown", "quote_shown"),
    [("nama", True, True), ("peran", False, True), ("tanpa_kutipan", False, False)],
)
def test_informants_appear_as_far_as_they_allowed(world, consent, name_shown, quote_shown):
    add_challenge(world.here, consent=consent)
    texts = " ".join(texts_in(report_of(world.here)))
    assert ("Nama Sangat Rahasia" in texts) is name_shown
    assert ("Anggaran kami kecil sekali." in texts) is quote_shown


def test_no_participant_and_no_nip_is_in_the_report(world):
    answer_both_waves(world.here)
    add_challenge(world.here)
    texts = " ".join(texts_in(report_of(world.here)))
    people = list(Person.objects.unscoped("test").values_list("name", "nip"))
    assert people
    assert not [value for person in people for value in person if value in texts]
    assert Interview.objects.unscoped("test").filter(informant_name="Informan Rahasia").exists()
    assert "Informan Rahasia" not in texts


def test_moment_is_told_in_the_time_zone_of_the_office(world):
    Office.objects.filter(pk=world.here.office.pk).update(time_zone=Office.TimeZone.WIT)
    report = report_of(world.here)
    assert report.office.time_zone == "WIT"
    assert report.generated_at.isoformat() == "2026-11-24T02:30:00+09:00"


def test_facts_of_the_program(world):
    report = report_of(world.here)
    assert report.program.region == "Kota Semarang, Jawa Tengah"
    assert report.program.type == "Pelatihan"
    assert report.program.total_lesson_hours == 8
    assert [(one.statement, one.target) for one in report.program.objectives] == [("Kompetensi meningkat", 4)]
    assert report.code_version == code_version() == "0.1.0"
    assert report.is_example is False


def test_labels_are_indonesian_whatever_the_language_of_the_reader(world):
    with translation.override("en"):
        report = report_of(world.here)
    assert (report.program.type, report.surveys[0].wave) == ("Pelatihan", "Sebelum")


def test_small_groups_of_participants_are_withheld_with_one_more(world):
    for number, person in enumerate(world.here.people):
        Person.objects.unscoped("test").filter(pk=person.pk).update(status="PPPK" if number < 2 else "PNS")
    enroll_more(world.here, 4)
    by_status = {one.label: one.n for one in report_of(world.here).participants.by_status}
    assert by_status == {
        "PNS": Suppressed(Reason.PROTECTS_OTHER_GROUP, 5),
        "PPPK": Suppressed(Reason.GROUP_TOO_SMALL, 5),
    }


def test_an_evaluation_with_nothing_in_it_is_a_report(world):
    world.here.evaluation.surveys.all().delete()
    Program.objects.unscoped("test").filter(pk=world.here.program.pk).update(is_example=True)
    report = report_of(world.here)
    assert (report.surveys, report.competence, report.knowledge, report.satisfaction, report.levels) == ((),) * 5
    assert report.is_example is True


def fill(place, n):
    more = enroll_more(place, n - 6)
    answer_both_waves(place)
    for wave, rows in (("sebelum", BEFORE), ("sesudah", AFTER)):
        answer(place.surveys[wave], more, [rows[number % 6] for number in range(len(more))])
    add_satisfaction(place, before=[[3, 3, 3]] * n, after=[[4, 4, 4]] * n)
    add_indicator(place, [(date(2026, 1, 1), 6), (date(2026, 7, 1), 2)])
    add_challenge(place)


@pytest.mark.parametrize("n", [6, 60])
def test_queries_are_constant(world, django_assert_num_queries, n):
    fill(world.here, n)
    evaluation = (
        Evaluation.objects.unscoped("test")
        .select_related("program__region", "program__organizer")
        .get(pk=world.here.evaluation.pk)
    )
    with django_assert_num_queries(24):
        report = assemble(evaluation, generated_at=NOW)
    assert report.competence[0].total.n_paired == n
