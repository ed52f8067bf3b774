"""Observations, documents, indicators, case studies, and the list of them all on the workspace."""

from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from asn_eval.fields import NumberField
from evaluations.evidence_summary import evidence_context
from evaluations.models import Measurement
from tests.evaluations.evidence import (
    make_case_study,
    make_document,
    make_finding,
    make_indicator,
    make_interview,
    make_observation,
    make_recommendation,
)
from tests.forms import send
from tests.queries import count_queries, page_queries

MAKERS = {
    "observation": make_observation,
    "document": make_document,
    "indicator": make_indicator,
    "casestudy": make_case_study,
}
RECORDS = {
    "observation": (
        "observations",
        {"unit": "Loket", "date": "2026-07-01", "moment": "sesudah", "after": "Antrean tertib"},
        "after",
    ),
    "document": ("documents", {"title": "SOP", "date": "2026-01-02", "shows": "Alur baru"}, "shows"),
    "indicator": (
        "indicators",
        {
            "name": "Waktu",
            "agency_name": "Dinas",
            "scale": "angka",
            "unit": "hari",
            "polarity": "turun",
            "source": "Register",
        },
        "source",
    ),
    "casestudy": (
        "case_studies",
        {"title": "Kasus", "unit": "Loket", "before": "a", "applied": "b", "after": "c", "source": "Observasi"},
        "after",
    ),
}
each_record = pytest.mark.parametrize("name", RECORDS)


@each_record
def test_evidence_is_recorded_shown_changed_and_deleted(evaluator, here, name):
    relation, typed, field = RECORDS[name]
    create = reverse(f"{name}_create", args=[here.evaluation.pk])
    assert evaluator.get(create).status_code == 200
    sent = evaluator.post(create, typed)
    record = getattr(here.evaluation, relation).get()
    assert sent.url == record.get_absolute_url() == reverse(f"{name}_detail", args=[record.pk])
    assert typed[field] in evaluator.get(sent.url).content.decode()
    update = reverse(f"{name}_update", args=[record.pk])
    assert typed[field] in evaluator.get(update).content.decode()
    assert send(evaluator, update, typed | {field: "Diperbaiki"}).url == sent.url
    assert "Diperbaiki" in evaluator.get(sent.url).content.decode()
    delete = reverse(f"{name}_delete", args=[record.pk])
    assert evaluator.get(delete).status_code == 200
    assert evaluator.post(delete).url.startswith(here.evaluation.get_absolute_url() + "#")
    assert not getattr(here.evaluation, relation).exists()


@each_record
def test_a_missing_value_is_named_and_nothing_is_saved(evaluator, here, name):
    relation, typed, field = RECORDS[name]
    page = evaluator.post(reverse(f"{name}_create", args=[here.evaluation.pk]), typed | {field: ""})
    assert page.status_code == 200
    assert "Bidang ini tidak boleh kosong" in page.content.decode()
    assert not getattr(here.evaluation, relation).exists()


@pytest.mark.parametrize("name", ["observation", "document"])
def test_what_was_seen_lies_in_the_past(evaluator, here, name):
    typed = RECORDS[name][1] | {"date": "2099-01-01"}
    page = evaluator.post(reverse(f"{name}_create", args=[here.evaluation.pk]), typed)
    assert "Tanggal ini belum tiba." in page.content.decode()


@pytest.mark.parametrize("name", ["observation", "document", "indicator"])
def test_a_source_shows_what_rests_on_it_and_is_kept(evaluator, here, name):
    source = MAKERS[name](here.evaluation)
    page = evaluator.get(source.get_absolute_url()).content.decode()
    assert "Belum ada temuan yang bertumpu pada sumber ini." in page
    assert f"{reverse('finding_create', args=[here.evaluation.pk])}?sumber={name}-{source.pk}" in page
    finding = make_finding(here, source)
    recommendation = make_recommendation(finding)
    page = evaluator.get(source.get_absolute_url()).content.decode()
    assert f'href="{finding.get_absolute_url()}"' in page
    assert f'href="{recommendation.get_absolute_url()}"' in page
    refused = evaluator.post(reverse(f"{name}_delete", args=[source.pk])).content.decode()
    assert f"<li>{finding.statement}</li>" in refused
    assert type(source).objects.visible_to(here.users["evaluator"]).filter(pk=source.pk).exists()


@pytest.mark.parametrize("name", ["observation", "document", "indicator"])
def test_a_source_asks_the_same_whatever_rests_on_it(evaluator, here, name):
    source = MAKERS[name](here.evaluation)
    counts = []
    for number in range(3):
        make_recommendation(make_finding(here, source, statement=f"Temuan {number}"))
        counts.append(page_queries(evaluator, source.get_absolute_url()))
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize(
    ("typed", "value"), [("12,5", "12.5"), ("12.5", "12.5"), ("1.234,25", "1234.25"), ("7", "7")]
)
def test_a_measurement_takes_a_decimal_comma(evaluator, here, typed, value):
    series = make_indicator(here.evaluation)
    url = reverse("measurement_create", args=[series.pk])
    sent = evaluator.post(url, {"date": "2026-03-01", "value": typed, "n": ""})
    assert sent.url == series.get_absolute_url()
    assert series.measurements.get().value == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"value": "1.234"}, "“1.234” dapat dibaca dua cara. Tulis 1234 atau 1,234."),
        ({"value": "lima"}, "Masukkan sebuah bilangan."),
        ({"value": "NaN"}, "Masukkan sebuah bilangan."),
        ({"date": "2099-01-01"}, "Tanggal ini belum tiba."),
        ({"date": "2026-01-31"}, "Nilai untuk tanggal ini sudah ada."),
        ({"n": "-1"}, "lebih besar dari atau sama dengan 0"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused(evaluator, here, typed, message):
    series = make_indicator(here.evaluation)
    Measurement.objects.create(series=series, date=date(2026, 1, 31), value=9)
    url = reverse("measurement_create", args=[series.pk])
    page = evaluator.post(url, {"date": "2026-03-01", "value": "5", "n": "10"} | typed)
    assert page.status_code == 200
    assert message in page.content.decode()
    assert series.measurements.count() == 1


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("id", "1.234.567", "1234567"),
        ("id", "-0,5", "-0.5"),
        ("id", "0.123", "0.123"),
        ("id", "12.3456", "12.3456"),
        ("en", "1,234.5", "1234.5"),
        ("en", "12.5", "12.5"),
        ("en", "12,5", "12.5"),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(language, typed, value):
    with translation.override(language):
        assert NumberField().clean(typed) == Decimal(value)


def test_a_stored_number_is_typed_back_as_it_is_written(evaluator, here):
    series = make_indicator(here.evaluation, target=Decimal("2.50"))
    measurement = Measurement.objects.create(series=series, date=date(2026, 1, 31), value=Decimal("12.5000"))
    assert 'value="12,5"' in evaluator.get(reverse("measurement_update", args=[measurement.pk])).content.decode()
    assert 'value="2,5"' in evaluator.get(reverse("indicator_update", args=[series.pk])).content.decode()
    sent = evaluator.post(reverse("measurement_delete", args=[measurement.pk]))
    assert sent.url == series.get_absolute_url()
    assert not series.measurements.exists()


def fill(place, number: int) -> None:
    make_interview(place.evaluation)
    make_observation(place.evaluation)
    make_document(place.evaluation)
    make_case_study(place.evaluation)
    series = make_indicator(place.evaluation)
    Measurement.objects.create(series=series, date=date(2026, 1, 31), value=9)
    make_recommendation(make_finding(place, statement=f"Hambatan {number}"))


def test_the_workspace_lists_everything_in_the_same_number_of_queries(here):
    user = here.users["evaluator"]
    counts = []
    for number in range(3):
        fill(here, number)
        counts.append(count_queries(lambda: evidence_context(here.evaluation, user)))
    context = evidence_context(here.evaluation, user)
    assert counts == [8, 8, 8]
    sections = context["evidence_sections"] + context["chain_sections"]
    assert {section.slug: len(section.rows) for section in sections} == {
        "wawancara": 4,
        "observasi": 3,
        "dokumen": 3,
        "indikator": 3,
        "studi-kasus": 3,
        "temuan": 3,
        "rekomendasi": 3,
    }


def test_managers_see_findings_and_recommendations_only(here):
    fill(here, 1)
    context = evidence_context(here.evaluation, here.users["manajer"])
    assert context["evidence_sections"] == []
    assert [section.slug for section in context["chain_sections"]] == ["temuan", "rekomendasi"]
    assert [section.add_url for section in context["chain_sections"]] == ["", ""]


def test_challenges_come_first_and_say_when_nothing_answers_them(here):
    make_finding(here, kind="kekuatan", severity=None, statement="Petugas ramah")
    make_finding(here, severity=1, statement="Ringan")
    make_recommendation(make_finding(here, severity=3, statement="Berat"))
    findings = evidence_context(here.evaluation, here.users["manajer"])["chain_sections"][0]
    assert [row.title for row in findings.rows] == ["Berat", "Ringan", "Petugas ramah"]
    assert [(row.cells[-1].text, row.cells[-1].state) for row in findings.rows] == [
        ("1", ""),
        ("belum ada", "attention"),
        ("0", ""),
    ]


def test_the_sections_are_drawn_with_what_comes_next(here):
    make_observation(here.evaluation)
    page = render_to_string(
        "evaluations/_evidence_sections.html", evidence_context(here.evaluation, here.users["evaluator"])
    )
    assert [f'id="{slug}"' in page for slug in ("wawancara", "temuan", "rekomendasi")] == [True] * 3
    assert reverse("finding_create", args=[here.evaluation.pk]) in page
    assert "Belum ada dokumen yang ditelaah." in page
