"""Findings: born with evidence, shown with it, and never left without."""

import pytest
from django.urls import reverse

from evaluations.actions.findings import add_evidence
from evaluations.models import Finding, Interview
from tests.evaluations.evidence import (
    SAID,
    make_document,
    make_finding,
    make_indicator,
    make_interview,
    make_observation,
    make_recommendation,
)
from tests.forms import confirm, send
from tests.queries import page_queries

NEW = {
    "kind": "kelemahan",
    "statement": "Materi belum menyentuh pekerjaan loket",
    "category": "relevansi",
    "severity": "",
    "quote": "",
}


def create_url(place) -> str:
    return reverse("finding_create", args=[place.evaluation.pk])


def test_a_finding_is_recorded_with_its_first_evidence(evaluator, here):
    observation = make_observation(here.evaluation)
    page = evaluator.get(create_url(here), {"sumber": f"observation-{observation.pk}"}).content.decode()
    assert f'<option value="observation-{observation.pk}" selected>Loket (01/07/2026)</option>' in page
    sent = evaluator.post(create_url(here), NEW | {"source": f"observation-{observation.pk}", "quote": "tertib"})
    finding = here.evaluation.findings.get()
    assert sent.url == finding.get_absolute_url()
    assert [(evidence.source, evidence.quote) for evidence in finding.evidence.all()] == [(observation, "tertib")]


@pytest.mark.parametrize("kind", [kind for kind in Finding.Kind if kind != Finding.Kind.CHALLENGE])
def test_every_kind_of_finding_can_be_recorded(evaluator, here, kind):
    survey = here.surveys["sesudah"]
    sent = evaluator.post(create_url(here), NEW | {"kind": kind, "source": f"survey-{survey.pk}"})
    assert sent.status_code == 302
    assert here.evaluation.findings.get().kind == kind


def test_sources_are_offered_in_groups(evaluator, here):
    for make in (make_observation, make_document, make_indicator):
        make(here.evaluation)
    page = evaluator.get(create_url(here)).content.decode()
    groups = ["Wawancara", "Observasi", "Telaah dokumen", "Indikator layanan", "Survei"]
    assert [f'<optgroup label="{group}">' in page for group in groups] == [True] * 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"source": ""}, "Bidang ini tidak boleh kosong"),
        ({"source": "observation-999999"}, "Masukkan pilihan yang valid"),
        ({"kind": "tantangan"}, "Pilih tingkat keparahan tantangan ini."),
        ({"statement": ""}, "Bidang ini tidak boleh kosong"),
        ({"quote": "tidak dikatakan"}, "Petikan ini tidak ada dalam catatan wawancara."),
        ({}, "Isi petikan wawancara yang mendasari temuan."),
    ],
)
def test_a_mistake_is_named_and_nothing_is_saved(evaluator, here, change, message):
    interview = here.evaluation.interviews.get()
    page = evaluator.post(
        create_url(here), NEW | {"source": f"interview-{interview.pk}", "actor": "Sekda"} | change
    )
    assert page.status_code == 200
    assert message in page.content.decode()
    assert 'value="Sekda"' in page.content.decode()
    assert here.evaluation.findings.count() == 0


def test_a_source_of_another_evaluation_is_refused(evaluator, world, here):
    foreign = make_observation(world.there.evaluation)
    sibling = type(here.evaluation).objects.create(
        program=here.program, title="Evaluasi lain", start_date="2026-01-05", end_date="2026-09-30"
    )
    for other in (foreign, make_observation(sibling)):
        page = evaluator.post(create_url(here), NEW | {"source": f"observation-{other.pk}"})
        assert page.status_code == 200
        assert "Masukkan pilihan yang valid" in page.content.decode()
    assert here.evaluation.findings.count() == 0


def test_the_page_shows_both_directions(evaluator, here):
    finding = make_finding(here)
    recommendation = make_recommendation(finding)
    page = evaluator.get(finding.get_absolute_url()).content.decode()
    assert f'href="{here.evaluation.interviews.get().get_absolute_url()}"' in page
    assert SAID in page
    assert f'href="{recommendation.get_absolute_url()}"' in page
    assert f'href="{here.evaluation.get_absolute_url()}"' in page
    back = evaluator.get(recommendation.get_absolute_url()).content.decode()
    assert f'href="{finding.get_absolute_url()}"' in back
    assert f'href="{here.evaluation.interviews.get().get_absolute_url()}"' in back


@pytest.mark.parametrize("role", ["manajer", "staf", "auditor", "admin"])
def test_readers_meet_no_informant(client, here, role):
    by_role = make_interview(here.evaluation)
    silent = make_interview(here.evaluation, consent=Interview.Consent.NO_QUOTE, informant_name="Budi Uji")
    finding = make_finding(here, by_role, "Kata Ratna Uji: antrean panjang")
    add_evidence(finding=finding, source=silent, quote="Anggaran habis")
    recommendation = make_recommendation(finding)
    client.force_login(here.users[role])
    for url in (finding.get_absolute_url(), recommendation.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "Kata [nama informan]: antrean panjang" in page
        assert "Pimpinan unit kerja" in page
        for hidden in ("Ratna", "Budi", "Anggaran habis", "Loket terpadu", "/wawancara/"):
            assert hidden not in page
        assert "Tambah bukti" not in page


def test_readers_meet_the_name_that_may_be_named(client, here):
    named = make_interview(here.evaluation, consent=Interview.Consent.BY_NAME)
    finding = make_finding(here, named, "antrean panjang")
    client.force_login(here.users["manajer"])
    assert "Ratna Uji" in client.get(finding.get_absolute_url()).content.decode()


def test_a_finding_is_changed_without_touching_its_evidence(evaluator, here):
    finding = make_finding(here)
    url = reverse("finding_update", args=[finding.pk])
    assert "Bukti pertama" not in evaluator.get(url).content.decode()
    assert send(evaluator, url, NEW | {"actor": "Sekretariat Daerah"}).status_code == 302
    finding.refresh_from_db()
    assert (finding.kind, finding.actor, finding.severity) == ("kelemahan", "Sekretariat Daerah", None)
    assert finding.evidence.count() == 1


def test_evidence_is_added(evaluator, here):
    finding = make_finding(here)
    document = make_document(here.evaluation)
    url = reverse("evidence_add", args=[finding.pk])
    assert "SOP antrean" in evaluator.get(url).content.decode()
    sent = evaluator.post(url, {"stance": "mendukung", "source": f"document-{document.pk}", "quote": "Pasal 3"})
    assert sent.url == finding.get_absolute_url()
    assert [str(evidence) for evidence in finding.evidence.all()] == ["Atasan", "SOP antrean"]


def test_evidence_of_another_evaluation_is_not_added(evaluator, world, here):
    finding = make_finding(here)
    foreign = make_observation(world.there.evaluation)
    page = evaluator.post(reverse("evidence_add", args=[finding.pk]), {"source": f"observation-{foreign.pk}"})
    assert "Masukkan pilihan yang valid" in page.content.decode()
    assert finding.evidence.count() == 1


def test_evidence_twice_is_said_at_its_field(evaluator, here):
    finding = make_finding(here)
    interview = here.evaluation.interviews.get()
    again = {"stance": "mendukung", "source": f"interview-{interview.pk}", "quote": SAID}
    page = evaluator.post(reverse("evidence_add", args=[finding.pk]), again)
    assert "Bukti ini sudah tercatat pada temuan." in page.content.decode()


def test_the_last_evidence_cannot_be_taken_away(evaluator, here):
    finding = make_finding(here)
    first = finding.evidence.get()
    assert (
        reverse("evidence_delete", args=[first.pk])
        not in evaluator.get(finding.get_absolute_url()).content.decode()
    )
    refused = evaluator.post(reverse("evidence_delete", args=[first.pk]), follow=True)
    assert "Bukti terakhir tidak dapat dihapus" in refused.content.decode()
    add_evidence(finding=finding, source=make_observation(here.evaluation))
    url = reverse("evidence_delete", args=[first.pk])
    assert url in evaluator.get(finding.get_absolute_url()).content.decode()
    assert SAID in evaluator.get(url).content.decode()
    assert evaluator.post(url).url == finding.get_absolute_url()
    assert [str(evidence) for evidence in finding.evidence.all()] == ["Loket"]


def test_a_finding_is_deleted_unless_a_recommendation_rests_on_it_alone(evaluator, here):
    finding = make_finding(here)
    recommendation = make_recommendation(finding)
    url = reverse("finding_delete", args=[finding.pk])
    assert evaluator.get(url).status_code == 200
    assert f"<li>{recommendation.statement}</li>" in evaluator.post(url).content.decode()
    recommendation.delete()
    assert confirm(evaluator, url).url == f"{here.evaluation.get_absolute_url()}#temuan"
    assert here.evaluation.findings.count() == 0


def test_the_page_asks_the_same_whatever_the_evidence(evaluator, here):
    finding = make_finding(here)
    counts = []
    for number in range(3):
        add_evidence(finding=finding, source=make_observation(here.evaluation, f"Loket {number}"))
        add_evidence(finding=finding, source=here.surveys["sesudah"], quote=str(number))
        make_recommendation(finding, statement=f"Rekomendasi {number}")
        counts.append(page_queries(evaluator, finding.get_absolute_url()))
    assert counts == [counts[0]] * 3
