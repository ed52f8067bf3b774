"""Interviews: recorded with consent, marked where a challenge was heard."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Finding, Interview
from tests.evaluations.evidence import SAID, make_finding, make_interview, make_recommendation
from tests.queries import page_queries

RECORD = {
    "informant_role": "atasan",
    "informant_name": "",
    "unit": "Loket",
    "date": "2026-07-02",
    "consent": "peran",
    "consent_form": "lisan",
    "text": "Jadwal pelatihan berbenturan.",
}
MARK = {
    "quote": "berbenturan dengan layanan",
    "existing": "",
    "statement": "Jadwal berbenturan dengan layanan",
    "category": "waktu",
    "severity": "2",
}


@pytest.fixture
def interview(world) -> Interview:
    return world.here.evaluation.interviews.get()


def create_url(place) -> str:
    return reverse("interview_create", args=[place.evaluation.pk])


def mark_url(interview) -> str:
    return reverse("challenge_from_interview", args=[interview.pk])


def test_an_interview_is_recorded_and_shown(evaluator, world):
    assert evaluator.get(create_url(world.here)).status_code == 200
    sent = evaluator.post(create_url(world.here), RECORD)
    recorded = world.here.evaluation.interviews.get(unit="Loket")
    assert sent.url == recorded.get_absolute_url()
    page = evaluator.get(sent.url).content.decode()
    assert "Jadwal pelatihan berbenturan." in page
    assert "Boleh dikutip dengan peran saja" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"consent": ""}, "Bidang ini tidak boleh kosong"),
        ({"consent_form": ""}, "Bidang ini tidak boleh kosong"),
        ({"consent": "nama"}, "Isi nama informan, atau pilih persetujuan dikutip dengan peran saja."),
        ({"date": "2099-01-01"}, "Tanggal ini belum tiba."),
        ({"informant_role": "tamu"}, "Masukkan pilihan yang valid"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(evaluator, world, change, message):
    page = evaluator.post(create_url(world.here), RECORD | {"place": "Ruang rapat"} | change)
    assert page.status_code == 200
    assert message in page.content.decode()
    assert 'value="Ruang rapat"' in page.content.decode()
    assert world.here.evaluation.interviews.count() == 1


def test_consent_offers_no_empty_answer(evaluator, world):
    page = evaluator.get(create_url(world.here)).content.decode()
    assert page.count('type="radio"') == len(Interview.Consent) + len(Interview.ConsentForm)
    assert "checked" not in page


def test_today_is_not_in_the_future(evaluator, world):
    today = timezone.localdate()
    assert evaluator.post(create_url(world.here), RECORD | {"date": today.isoformat()}).status_code == 302
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert evaluator.post(create_url(world.here), RECORD | {"date": tomorrow}).status_code == 200


def test_a_marked_passage_becomes_a_challenge(evaluator, world, interview):
    sent = evaluator.post(mark_url(interview), MARK)
    finding = world.here.evaluation.findings.get()
    anchor = f"#bukti-{finding.evidence.get().pk}"
    assert sent.url == f"{interview.get_absolute_url()}{anchor}"
    assert (finding.kind, finding.category, finding.severity) == (Finding.Kind.CHALLENGE, "waktu", 2)
    page = evaluator.get(interview.get_absolute_url()).content.decode()
    marked = f'<a class="marked" href="{anchor}" title="Jadwal berbenturan dengan layanan">'
    assert f"Jadwal pelatihan {marked}<mark>berbenturan dengan layanan</mark></a>." in page
    assert f"{reverse('recommendation_create', args=[world.here.evaluation.pk])}?temuan={finding.pk}" in page


def test_a_passage_may_support_a_challenge_that_is_known(evaluator, world, interview):
    challenge = make_finding(world.here)
    second = make_interview(world.here.evaluation)
    known = {"quote": "antrean panjang", "existing": challenge.pk}
    assert evaluator.post(mark_url(second), known).status_code == 302
    assert [evidence.interview for evidence in challenge.evidence.all()] == [interview, second]
    assert world.here.evaluation.findings.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"quote": "yang tidak dikatakan"}, "Petikan ini tidak ada dalam catatan wawancara."),
        ({"quote": ""}, "Bidang ini tidak boleh kosong"),
        ({"statement": ""}, "Isi bagian ini untuk tantangan baru."),
        ({"category": ""}, "Isi bagian ini untuk tantangan baru."),
        ({"severity": ""}, "Isi bagian ini untuk tantangan baru."),
        ({"severity": "9"}, "Masukkan pilihan yang valid"),
    ],
)
def test_a_mark_with_a_mistake_shows_the_interview_again(evaluator, world, interview, change, message):
    page = evaluator.post(mark_url(interview), MARK | change)
    text = page.content.decode()
    assert page.status_code == 200
    assert message in text
    assert SAID in text
    for name in {"quote", "statement"} - change.keys():
        assert MARK[name] in text
    assert world.here.evaluation.findings.count() == 0


def test_only_challenges_of_the_evaluation_are_offered(evaluator, world, interview):
    strength = make_finding(world.here, kind=Finding.Kind.STRENGTH, statement="Petugas ramah")
    foreign = make_finding(world.there, statement="Hambatan di Medan")
    make_finding(world.here, statement="Jadwal padat")
    page = evaluator.get(interview.get_absolute_url()).content.decode()
    assert ">Jadwal padat</option>" in page
    for title in ("Petugas ramah", "Hambatan di Medan"):
        assert f">{title}</option>" not in page
    for other in (strength, foreign):
        refused = evaluator.post(mark_url(interview), {"quote": "layanan", "existing": other.pk})
        assert refused.status_code == 200
        assert other.evidence.count() == 1


def test_marking_is_a_post(evaluator, interview):
    assert evaluator.get(mark_url(interview)).status_code == 405


def test_an_interview_that_a_finding_rests_on_is_not_deleted(evaluator, world, interview):
    make_finding(world.here)
    url = reverse("interview_delete", args=[interview.pk])
    page = evaluator.post(url)
    assert "<li>Jadwal berbenturan dengan layanan</li>" in page.content.decode()
    assert world.here.evaluation.interviews.filter(pk=interview.pk).exists()


def test_an_interview_that_nothing_rests_on_is_deleted(evaluator, world, interview):
    sent = evaluator.post(reverse("interview_delete", args=[interview.pk]))
    assert sent.url == f"{world.here.evaluation.get_absolute_url()}#wawancara"
    assert not world.here.evaluation.interviews.exists()


def test_without_consent_to_quote_the_evaluator_is_warned(evaluator, world):
    interview = make_interview(world.here.evaluation, consent=Interview.Consent.NO_QUOTE)
    assert "Informan tidak mengizinkan kutipan." in evaluator.get(interview.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", ["admin", "staf", "manajer", "auditor"])
def test_only_evaluators_read_interviews(client, world, interview, role):
    client.force_login(world.here.users[role])
    assert client.get(interview.get_absolute_url()).status_code == 403
    assert client.post(mark_url(interview), MARK).status_code == 403


def test_the_text_is_shown_as_text(evaluator, world):
    interview = make_interview(world.here.evaluation, text="<script>alert(1)</script> & selesai")
    page = evaluator.get(interview.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; selesai" in page


def test_the_page_asks_the_same_whatever_was_marked(evaluator, world, interview):
    counts = []
    for number in range(3):
        finding = make_finding(world.here, statement=f"Hambatan {number}")
        make_recommendation(finding)
        counts.append(page_queries(evaluator, interview.get_absolute_url()))
    assert counts == [counts[0]] * 3
