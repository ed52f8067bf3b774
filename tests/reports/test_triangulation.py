"""Every source of an objective with its own n; gaps and contradictions are said; weak groups are not shown."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluations.actions.findings import add_evidence, record_finding
from evaluations.actions.objectives import set_measures
from evaluations.models import Evidence, Finding, IndicatorSeries, ObjectiveMeasure
from reports.analysis.triangulation import Agreement, Direction, Strand, Strength
from reports.narrative.strengths import strong_points, weak_points
from reports.narrative.triangulation import basis, objective_sentences
from reports.triangulation import triangulate
from tests.evaluations.evidence import make_document, make_interview, make_observation
from tests.reports.answers import add_indicator, add_satisfaction, answer_both_waves
from tests.reports.test_assembly import report_of


@pytest.fixture
def objective(world):
    return world.here.program.objectives.get()


@pytest.fixture
def manager(client, world):
    client.force_login(world.here.users["manajer"])
    return client


def measure(world, objective, dimension="satu"):
    set_measures(
        evaluation=world.here.evaluation, chosen={objective.pk: [(world.version.instrument_id, dimension)]}
    )


def find(world, objective, kind, *sources, **values):
    """A finding of this kind on these sources."""
    first, *others = sources
    given = {"statement": f"Temuan {kind}", "category": "lain", "severity": 2}
    finding = record_finding(
        finding=Finding(evaluation=world.here.evaluation, objective=objective, kind=kind, **given | values),
        source=first,
        quote="antrean panjang" if hasattr(first, "consent") else "",
    )
    for source in others:
        add_evidence(finding=finding, source=source)
    return finding


def only(world):
    (row,) = triangulate(report_of(world.here))
    return row


def strands(row):
    return [(one.kind, one.group, one.strand) for one in row.strands]


def test_all_kinds_of_source_stand_beside_each_other(world, objective):
    answer_both_waves(world.here)
    measure(world, objective)
    find(
        world, objective, "dampak", make_interview(world.here.evaluation), make_observation(world.here.evaluation)
    )
    find(world, objective, "tantangan", make_document(world.here.evaluation))
    series = add_indicator(world.here, [(date(2026, 1, 1), 6), (date(2026, 7, 1), 2)])
    IndicatorSeries.objects.unscoped("test").filter(pk=series.pk).update(objective=objective)
    up, down = Direction.FAVOURABLE, Direction.UNFAVOURABLE
    row = only(world)
    assert strands(row) == [
        ("survei", "Peserta", Strand(up, Strength.STRONG, 6)),
        ("wawancara", "", Strand(up, Strength.WEAK, 1)),
        ("observasi", "", Strand(up, Strength.WEAK, 1)),
        ("dokumen", "", Strand(down, Strength.WEAK, 1)),
        ("indikator", "", Strand(up, Strength.STRONG, 2)),
    ]
    assert row.agreement is Agreement.CONTRADICT
    assert objective_sentences(row) == (
        "Sumber-sumbernya bertentangan: survei peserta, wawancara, observasi, dan indikator menunjukkan keadaan "
        "yang membaik; dokumen menunjukkan keadaan yang belum baik. Penyebab perbedaan ini perlu dicari sebelum "
        "disimpulkan.",
    )


def test_gaps_are_named(world, objective):
    answer_both_waves(world.here)
    measure(world, objective, "")
    row = only(world)
    assert (row.agreement, [one.label for one in row.strands]) == (Agreement.ONE_SOURCE, ["Instrumen uji"])
    assert objective_sentences(row) == (
        "Hanya satu sumber yang menunjukkan arah, yaitu survei peserta: keadaan yang membaik. Belum ada sumber "
        "lain untuk membandingkannya.",
        "Tidak ada data dari wawancara, observasi, dokumen, dan indikator.",
    )


def test_an_objective_without_any_source_says_so(world):
    row = only(world)
    assert (row.strands, row.agreement) == ((), Agreement.SILENT)
    assert objective_sentences(row) == ("Belum ada data untuk sasaran ini.",)


def test_a_group_below_the_minimum_is_no_source(world, objective):
    answer_both_waves(world.here, before=[[2, 3, 4]] * 4, after=[[4, 4, 2]] * 4)
    measure(world, objective)
    assert only(world).strands == ()


def test_ratings_are_a_strand_of_their_own(world, objective):
    series = IndicatorSeries.objects.create(
        evaluation=world.here.evaluation,
        objective=objective,
        name="Predikat kinerja",
        agency_name="Dinas",
        scale="predikat",
        unit="pegawai",
        polarity="naik",
        source="Rekapitulasi",
    )
    program = world.here.program
    for day, counts in ((program.start_date, {"baik": 10, "kurang": 10}), (date(2027, 12, 31), {"baik": 20})):
        series.measurements.create(date=day, counts=counts)
    (strand,) = only(world).strands
    assert strand.strand == Strand(Direction.FAVOURABLE, Strength.STRONG, 20)
    assert basis(strand) == "20 pegawai"


def test_evidence_against_a_finding_turns_its_direction(world, objective):
    finding = find(world, objective, "dampak", make_interview(world.here.evaluation))
    add_evidence(finding=finding, source=make_document(world.here.evaluation))
    Evidence.objects.unscoped("test").filter(document__isnull=False).update(stance="bertentangan")
    assert [(one.kind, one.strand.direction) for one in only(world).strands] == [
        ("wawancara", Direction.FAVOURABLE),
        ("dokumen", Direction.UNFAVOURABLE),
    ]


def test_a_need_speaks_neither_for_nor_against(world, objective):
    find(world, objective, "kebutuhan", make_interview(world.here.evaluation))
    assert only(world).strands == ()


def test_a_finding_without_an_objective_is_no_source(world):
    find(world, None, "dampak", make_interview(world.here.evaluation))
    assert only(world).strands == ()


def test_strengths_and_weaknesses_carry_their_n(world):
    answer_both_waves(world.here)
    add_satisfaction(world.here, before=[[2, 3, 3]] * 6, after=[[4, 2, 3]] * 6)
    find(world, None, "kelemahan", make_interview(world.here.evaluation))
    report = report_of(world.here)
    strong, weak = strong_points(report), weak_points(report)
    assert [point.basis for point in strong] == [
        "Instrumen uji, n = 6 berpasangan",
        "Survei Kepuasan Masyarakat, n = 6",
    ]
    assert [point.statement for point in weak][-1] == "Temuan kelemahan"
    assert "bermutu D (nilai rata-rata 2,00)" in weak[0].statement


def test_the_page_shows_words_and_leads_to_the_findings(manager, world, objective):
    answer_both_waves(world.here)
    measure(world, objective)
    finding = find(world, objective, "dampak", make_interview(world.here.evaluation))
    page = manager.get(reverse("evaluation_triangulation", args=[world.here.evaluation.pk])).content.decode()
    for words in ("membaik", "mendukung", "sejalan", "6 orang", "1 informan", finding.get_absolute_url()):
        assert words in page
    assert "Ukuran sasaran" not in page
    assert "Ratna Uji" not in page


def test_an_evaluation_without_sources_says_what_to_do(manager, world):
    page = manager.get(reverse("evaluation_triangulation", args=[world.here.evaluation.pk])).content.decode()
    assert "Belum ada sumber yang dihubungkan dengan sasaran program." in page


def test_measures_are_chosen_on_a_page_and_kept(evaluator, world, objective):
    url = reverse("objective_measures", args=[world.here.evaluation.pk])
    choice = f"{world.version.instrument_id}:satu"
    assert evaluator.post(url, {f"sasaran-{objective.pk}": [choice]}).status_code == 302
    assert evaluator.get(url).content.decode().count(" checked") == 1
    held = ObjectiveMeasure.objects.unscoped("test").get()
    assert (held.objective, held.dimension) == (objective, "satu")
    evaluator.post(url, {})
    assert not ObjectiveMeasure.objects.unscoped("test").exists()


@pytest.mark.parametrize("choice", ["999:satu", "abc", "1:lain", ""])
def test_a_foreign_measure_is_refused(evaluator, world, objective, choice):
    url = reverse("objective_measures", args=[world.here.evaluation.pk])
    page = evaluator.post(url, {f"sasaran-{objective.pk}": [choice]})
    assert page.status_code == 200
    assert not ObjectiveMeasure.objects.unscoped("test").exists()


def test_measures_of_another_program_are_refused(world):
    foreign = world.there.program.objectives.get()
    with pytest.raises(ValidationError, match="bukan milik evaluasi ini"):
        set_measures(evaluation=world.here.evaluation, chosen={foreign.pk: []})
