"""Indicators: what they measure, with what they compare, and their measurements one by one."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from asn_eval.history.models import LogEntry
from evaluations.models import IndicatorSeries, Measurement
from evaluations.predicates import good_from, predicates
from tests.evaluations.evidence import make_finding, make_indicator
from tests.forms import send
from tests.queries import page_queries

TYPED = {
    "name": "Waktu",
    "agency_name": "Dinas",
    "scale": "angka",
    "unit": "hari",
    "polarity": "turun",
    "baseline": "8,5",
    "target": "3",
    "source": "Register",
}
PREDICATES = {"name": "Predikat", "agency_name": "Dinas", "scale": "predikat", "source": "e-Kinerja"}


def make_predicates(evaluation, **values) -> IndicatorSeries:
    given = {"scale": "predikat", "name": "Predikat", "unit": "pegawai", "polarity": "naik"}
    return make_indicator(evaluation, **given | values)


def create(browser, place, typed):
    return browser.post(reverse("indicator_create", args=[place.evaluation.pk]), typed)


def test_the_predicates_come_from_their_file_in_order():
    assert [one.key for one in predicates()] == [
        "sangat_kurang",
        "kurang",
        "butuh_perbaikan",
        "baik",
        "sangat_baik",
    ]
    assert predicates()[good_from()].name == "Baik"


def test_an_indicator_names_its_objective_baseline_and_comparison(evaluator, here):
    objective = here.program.objectives.get()
    other = make_indicator(here.evaluation, agency_name="Kecamatan lain")
    sent = create(evaluator, here, TYPED | {"objective": objective.pk, "compared_with": other.pk})
    series = here.evaluation.indicators.get(name="Waktu")
    assert sent.url == series.get_absolute_url()
    assert (series.objective, series.baseline, series.compared_with) == (objective, Decimal("8.5"), other)
    page = evaluator.get(sent.url).content.decode()
    assert objective.statement in page
    assert f'<a href="{other.get_absolute_url()}">Kecamatan lain</a>' in page
    assert (
        f'<a href="{series.get_absolute_url()}">Waktu, Dinas</a>'
        in evaluator.get(other.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"unit": ""}, "unit", "Bidang ini tidak boleh kosong."),
        ({"polarity": ""}, "polarity", "Bidang ini tidak boleh kosong."),
        ({"target": "1.234"}, "target", "“1.234” dapat dibaca dua cara. Tulis 1234 atau 1,234."),
        ({"objective": "there"}, "objective", "Masukkan pilihan yang valid."),
        ({"compared_with": "there"}, "compared_with", "Masukkan pilihan yang valid."),
        (
            {"compared_with": "minutes"},
            "compared_with",
            "Unit pembanding harus diukur dengan satuan dan arah yang sama.",
        ),
        (
            {"compared_with": "chained"},
            "compared_with",
            "Indikator ini sendiri mempunyai pembanding; pilih yang lain.",
        ),
        (
            {**PREDICATES, "target": "3"},
            "target",
            "Kosongkan bagian ini: predikat tidak diukur dengan satu angka.",
        ),
    ],
)
def test_what_an_indicator_cannot_be_is_said_at_its_field(evaluator, world, change, field, message):
    here = world.here
    rows = {
        "minutes": make_indicator(here.evaluation, unit="menit"),
        "chained": make_indicator(here.evaluation, compared_with=make_indicator(here.evaluation)),
    }
    rows["there"] = (
        make_indicator(world.there.evaluation)
        if field == "compared_with"
        else world.there.program.objectives.get()
    )
    typed = {name: rows[value].pk if value in rows else value for name, value in change.items()}
    page = create(evaluator, here, TYPED | typed)
    assert page.context["form"].errors[field][0].startswith(message)


def test_what_compares_itself_is_no_comparison(evaluator, here):
    series, other = make_indicator(here.evaluation), make_indicator(here.evaluation)
    make_indicator(here.evaluation, compared_with=series)
    page = send(evaluator, reverse("indicator_update", args=[series.pk]), TYPED | {"compared_with": other.pk})
    assert page.context["form"].errors["compared_with"] == [
        "Indikator ini sudah menjadi pembanding bagi indikator lain."
    ]
    itself = send(evaluator, reverse("indicator_update", args=[series.pk]), TYPED | {"compared_with": series.pk})
    assert "compared_with" in itself.context["form"].errors


@pytest.mark.parametrize(
    ("typed", "field"),
    [(TYPED | {"unit": "menit"}, "unit"), (TYPED | {"polarity": "naik"}, "unit"), (PREDICATES, "scale")],
)
def test_what_serves_for_comparison_stays_comparable(evaluator, here, typed, field):
    other = make_indicator(here.evaluation)
    make_indicator(here.evaluation, compared_with=other)
    page = send(evaluator, reverse("indicator_update", args=[other.pk]), typed)
    assert field in page.context["form"].errors
    assert send(evaluator, reverse("indicator_update", args=[other.pk]), TYPED).status_code == 302


def test_the_scale_stays_once_something_was_measured(evaluator, here):
    series = make_indicator(here.evaluation)
    url = reverse("indicator_update", args=[series.pk])
    assert send(evaluator, url, PREDICATES).url == series.get_absolute_url()
    series.measurements.create(date=date(2025, 12, 31), counts={"baik": 3})
    page = send(evaluator, url, TYPED)
    assert page.context["form"].errors["scale"] == ["Jenis ukuran tidak dapat diubah karena sudah ada pengukuran."]


def test_predicates_are_typed_as_counts_and_told_as_a_change(evaluator, here):
    create(evaluator, here, PREDICATES)
    series = here.evaluation.indicators.get()
    assert (series.unit, series.polarity) == ("pegawai", "naik")
    url = reverse("measurement_create", args=[series.pk])
    assert 'name="value"' not in evaluator.get(url).content.decode()
    for day, counts in (("2025-12-31", (0, 2, 4, 10, 2)), ("2026-07-31", (0, 0, 2, 10, 6))):
        typed = {f"jumlah-{one.key}": n or "" for one, n in zip(predicates(), counts, strict=True)}
        assert evaluator.post(url, {"date": day} | typed).url == series.get_absolute_url()
    assert series.measurements.first().counts == {"kurang": 2, "butuh_perbaikan": 4, "baik": 10, "sangat_baik": 2}
    page = evaluator.get(series.get_absolute_url()).content.decode()
    assert "pegawai berpredikat Baik atau lebih 66,7% dari 18 orang sebelum program" in page
    assert "88,9% dari 18 orang sesudahnya" in page
    assert "predikat bergeser ke atas" in page


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({}, "Isi jumlah pegawai pada paling sedikit satu predikat."),
        ({"jumlah-baik": "0"}, "Isi jumlah pegawai pada paling sedikit satu predikat."),
        ({"jumlah-baik": "-1"}, "Pastikan nilai ini lebih besar dari atau sama dengan 0."),
        ({"jumlah-baik": "dua"}, "Masukkan keseluruhan angka bilangan."),
    ],
)
def test_predicates_without_a_count_are_refused(evaluator, here, counts, message):
    series = make_predicates(here.evaluation)
    page = evaluator.post(reverse("measurement_create", args=[series.pk]), {"date": "2025-12-31"} | counts)
    assert message in page.content.decode()
    assert not series.measurements.exists()


def test_counts_of_two_people_are_set_side_by_side(evaluator, here):
    series = make_predicates(here.evaluation)
    row = series.measurements.create(date=date(2025, 12, 31), counts={"baik": 3})
    url = reverse("measurement_update", args=[row.pk])
    seen = evaluator.get(url).context["form"]["seen_revision"].value()
    Measurement.objects.visible_to(here.users["evaluator"]).filter(pk=row.pk).update(
        counts={"baik": 4}, revision=2
    )
    page = evaluator.post(url, {"seen_revision": seen, "date": "2025-12-31", "jumlah-baik": "5"})
    assert page.status_code == 200
    assert "Baik" in {point.label for point in page.context["form"].conflict.points}
    row.refresh_from_db()
    assert row.counts == {"baik": 4}


def test_a_small_group_is_withheld_from_results_but_not_from_who_typed_it(evaluator, here):
    series = make_predicates(here.evaluation)
    for day in (date(2025, 12, 31), date(2026, 7, 31)):
        series.measurements.create(date=day, counts={"baik": 2, "sangat_baik": 1})
    page = evaluator.get(series.get_absolute_url()).content.decode()
    assert "tidak ditampilkan karena kurang dari 5 pegawai dinilai" in page
    assert "Baik atau lebih" not in page
    here.evaluation.refresh_from_db()
    result = evaluator.get(reverse("evaluation_result", args=[here.evaluation.pk])).content.decode()
    assert "tidak ditampilkan karena kurang dari 5 pegawai dinilai" in result
    assert "tidak ditampilkan, kurang dari 5 pegawai dinilai" in result


def test_the_page_shows_levels_the_run_chart_and_the_comparison(evaluator, here):
    other = make_indicator(here.evaluation, agency_name="Kecamatan lain")
    series = make_indicator(here.evaluation, target=Decimal(4), compared_with=other)
    for row, values in ((series, (9, 8, 5, 4)), (other, (9, 9, 9, 8))):
        for month, value in zip((1, 2, 7, 8), values, strict=True):
            row.measurements.create(date=date(2026, month, 1), value=value, n=1200)
    page = evaluator.get(series.get_absolute_url()).content.decode()
    assert (
        "Waktu layanan di Dinas turun dari 8,5 hari (nilai tengah 2 pengukuran, 2.400 kasus) sebelum program "
        "menjadi 4,5 hari (nilai tengah 2 pengukuran, 2.400 kasus) sesudahnya, 47,1%." in page
    )
    assert "Target 4 hari tercapai pada pengukuran terakhir (4 pada 1 Agustus 2026); 1 dari 2" in page
    assert "Pada unit pembanding, Kecamatan lain, nilai tengahnya dari 9 menjadi 8,5 hari (−0,5)." in page
    assert "Selisih kedua perubahan −3,5 hari, ke arah yang lebih baik." in page
    assert '<img src="data:image/svg+xml;base64,' in page
    assert "Kecamatan lain (pembanding)" in page
    result = evaluator.get(reverse("evaluation_result", args=[here.evaluation.pk])).content.decode()
    assert result.count("Waktu layanan di Dinas turun dari 8,5 hari (nilai tengah") == 2  # the chart says it too


def test_the_page_asks_the_same_however_much_was_measured(evaluator, here):
    series = make_indicator(here.evaluation)
    counts = []
    for n in (1, 3):
        for month in range(n):
            series.measurements.create(date=date(2020 + n, month + 1, 1), value=n)
        counts.append(page_queries(evaluator, series.get_absolute_url()))
    assert counts[0] == counts[1]


def test_a_change_of_a_measurement_is_told_in_its_history(evaluator, here):
    series = make_indicator(here.evaluation)
    row = series.measurements.create(date=date(2026, 1, 1), value=5)
    send(evaluator, reverse("measurement_update", args=[row.pk]), {"date": "2026-01-01", "value": "4", "n": ""})
    entry = LogEntry.objects.visible_to(here.users["evaluator"]).of_kind(Measurement, row.pk).first()
    assert set(entry.changes) == {"value"}


def test_the_last_value_under_a_finding_stays(evaluator, world):
    series = make_indicator(world.here.evaluation)
    values = [series.measurements.create(date=date(2026, month, 1), value=month) for month in (1, 7)]
    finding = make_finding(world.here, source=series, quote="")
    first, last = (reverse("measurement_delete", args=[value.pk]) for value in values)
    assert evaluator.post(first).status_code == 302
    refused = evaluator.post(last)
    assert refused.status_code == 200
    assert finding.statement in refused.content.decode()
    assert series.measurements.count() == 1
