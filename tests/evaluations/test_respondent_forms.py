"""Every type of item on a respondent's page, and whatever can go wrong on the way."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluations.actions.instruments import definition_of, save_instrument
from evaluations.actions.surveys import change_survey_state, extend_deadline
from evaluations.models import Consent, Invitation, OpenAnswer, Respondent, Response, SavedAnswers, Survey
from evaluations.receipts import receipt_of
from tests.evaluations.instruments import ANSWERS, FORM, every_type

ALL = "the test looks at every row"
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def survey(world) -> Survey:
    today = timezone.localdate()
    survey = Survey.objects.create(
        evaluation=world.here.evaluation,
        version=every_type(),
        group="peserta",
        wave="sesudah",
        mode="rahasia",
        opens_on=today - timedelta(days=3),
        closes_on=today + timedelta(days=3),
        purpose="Kami ingin tahu apa yang berubah.",
    )
    return change_survey_state(survey=survey, state=Survey.State.OPEN)


@pytest.fixture
def invitation(survey, world) -> Invitation:
    return survey.invitations.get(enrollment=world.here.enrollments[0])


def url_of(invitation: Invitation) -> str:
    return reverse("answer_personal", args=[invitation.token])


def form(**changes) -> dict:
    return FORM | {"formulir": str(uuid4())} | changes


def stored() -> list[Response]:
    return list(Response.objects.unscoped(ALL))


def test_every_type_of_answer_is_stored_in_the_order_of_the_items(client, invitation, survey):
    sent = client.post(url_of(invitation), form())
    (response,) = stored()
    assert sent.url == f"/terima-kasih/?bukti={receipt_of(response.pk)}"
    assert response.answers == list(ANSWERS.values())
    texts = dict(OpenAnswer.objects.unscoped(ALL).values_list("item_key", "text"))
    assert texts == {"sebutkan": "Jaringan", "cerita": "Antrean lebih tertib 😀 مرحبا"}
    assert response.consent == survey.consents.get()


def test_the_page_shows_every_type(client, invitation):
    page = client.get(url_of(invitation)).content.decode()
    for name, value in (("jawaban-skala", "5"), ("jawaban-ujung", "7"), ("jawaban-pernah", "0")):
        assert f'<input type="radio" name="{name}" value="{value}">' in page
    assert '<input type="radio" name="jawaban-skala" value="*">' in page
    assert '<input type="checkbox" name="jawaban-hambatan" value="tim">' in page
    assert '<select name="jawaban-urutan.lain">' in page
    assert '<input type="date"' in page
    assert "Selamat datang &lt;b&gt;di sini&lt;/b&gt;" in page
    assert "<h2>Bagian kedua</h2>" in page
    assert re.search(r'id="butir-t2" .*?<span class="number">10b\.</span> Materi', page, re.S)
    assert 'data-shown-if="[&quot;selected&quot;,[&quot;ref&quot;,&quot;hambatan&quot;],[&quot;lit&quot;' in page
    assert page.index("Kami ingin tahu apa yang berubah.") < page.index('id="butir-skala"')


def test_what_was_typed_stays_whatever_is_wrong(client, invitation):
    wrong = form(**{"jawaban-skor": "999", "jawaban-urutan.dana": "1", "jawaban-sebutkan": ""})
    page = client.post(url_of(invitation), wrong).content.decode()
    assert stored() == []
    assert "Butir yang perlu diperiksa: 3." in page
    assert 'value="999"' in page
    assert '<input type="checkbox" name="jawaban-hambatan" value="lain" checked aria-invalid' not in page
    assert '<input type="checkbox" name="jawaban-hambatan" value="lain" checked>' in page
    assert page.count("<option selected>1</option>") == 2
    assert "Urutan 1 dipakai dua kali." in page
    assert 'value="2026-07-01"' in page


def test_not_applicable_and_items_that_are_not_asked(client, invitation):
    answers = form(**{"jawaban-skala": "*", "jawaban-hambatan": ["dana"]})
    assert client.post(url_of(invitation), answers).status_code == 302
    (response,) = stored()
    assert response.answers[0] == "*"
    assert "sebutkan" not in dict(OpenAnswer.objects.unscoped(ALL).values_list("item_key", "text"))


@pytest.mark.parametrize("layout", Survey.Layout.values)
def test_pages_and_one_scroll_hold_the_same_questions(client, invitation, survey, layout):
    survey.layout = layout
    survey.save()
    page = client.get(url_of(invitation)).content.decode()
    assert page.count('class="question') == 13
    assert page.count("data-sheet=") == 2


# --- Retrospective ------------------------------------------------------------------


def test_a_retrospective_survey_asks_scales_twice_and_keeps_them_apart(client, invitation, survey):
    survey.is_retrospective = True
    survey.save()
    page = client.get(url_of(invitation)).content.decode()
    assert page.count("Sebelum program, menurut ingatan Anda") == 2 * 5
    once = client.post(url_of(invitation), form()).content.decode()
    assert "Sebelum program: Butir ini wajib dijawab." in once
    recalled = {f"dulu-{key}": "2" for key in ("skala", "ujung", "skor", "t1", "t2")}
    assert client.post(url_of(invitation), form(**recalled)).status_code == 302
    (response,) = stored()
    assert response.recalled == [2, 2, 2, None, None, None, None, None, 2, 2, None]
    assert response.answers == list(ANSWERS.values())


# --- Other respondents --------------------------------------------------------------


def test_a_rater_is_told_about_whom_and_answers_for_each_participant(client, world, survey):
    rated = Survey.objects.create(
        evaluation=survey.evaluation,
        version=survey.version,
        group="atasan",
        wave="sesudah",
        mode="bernama",
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
    )
    for enrollment in world.here.enrollments[:2]:
        Respondent.objects.create(
            evaluation=survey.evaluation, group="atasan", enrollment=enrollment, name="Budi Atasan"
        )
    change_survey_state(survey=rated, state=Survey.State.OPEN)
    for invitation in rated.invitations.select_related("respondent__enrollment__person"):
        page = client.get(url_of(invitation)).content.decode()
        assert "Undangan untuk <strong>Budi Atasan</strong>" in page
        assert f"Jawablah tentang <strong>{invitation.respondent.enrollment.person.name}</strong>" in page
        assert client.post(url_of(invitation), form()).status_code == 302
    assert {response.respondent_id for response in stored()} == set(
        rated.invitations.values_list("respondent", flat=True)
    )


# --- Saving and going on ------------------------------------------------------------


def test_what_was_typed_goes_on_on_another_device(client, invitation, survey):
    typed = {"jawaban-skala": "3", "jawaban-hambatan": ["tim"], "jawaban-urutan.dana": "2", "langkah": "simpan"}
    kept = client.post(url_of(invitation), typed | {"formulir": str(uuid4())})
    assert "Isian disimpan" in kept.content.decode()
    assert stored() == []
    page = Client().get(url_of(invitation)).content.decode()
    assert "Isian yang Anda simpan sebelumnya sudah dimuat" in page
    assert '<input type="radio" name="jawaban-skala" value="3" checked>' in page
    assert '<input type="checkbox" name="jawaban-hambatan" value="tim" checked>' in page
    assert "<option selected>2</option>" in page
    assert client.post(url_of(invitation), form()).status_code == 302
    assert SavedAnswers.objects.unscoped(ALL).count() == 0
    late = client.post(url_of(invitation), typed | {"formulir": str(uuid4())}, headers=FETCH)
    assert late.json()["outcome"] == "unsaved"
    assert SavedAnswers.objects.unscoped(ALL).count() == 0


def test_what_nobody_sent_is_forgotten_when_the_survey_closes(client, invitation, survey):
    client.post(url_of(invitation), {"jawaban-skala": "3", "langkah": "simpan", "formulir": str(uuid4())})
    assert SavedAnswers.objects.unscoped(ALL).count() == 1
    change_survey_state(survey=survey, state=Survey.State.CLOSED)
    assert SavedAnswers.objects.unscoped(ALL).count() == 0


# --- What the script is told --------------------------------------------------------


def test_the_script_is_told_what_became_of_the_answers(client, invitation, survey):
    def send(**changes):
        answer = client.post(url_of(invitation), form(**changes), headers=FETCH)
        return answer.status_code, answer.json()

    status, told = send(**{"jawaban-skor": "999"})
    assert (status, told["outcome"], told["errors"]) == (
        422,
        "invalid",
        {"skor": "Isi dengan angka 0 sampai 100."},
    )
    assert send(versi="lama")[1]["outcome"] == "changed"
    key = str(uuid4())
    status, told = send(formulir=key)
    assert (status, told["outcome"], told["receipt"]) == (200, "stored", receipt_of(stored()[0].pk))
    assert send(formulir=key)[1]["outcome"] == "stored"  # the same form again
    assert send()[1]["outcome"] == "used"
    assert len(stored()) == 1
    change_survey_state(survey=survey, state=Survey.State.CLOSED)
    other = survey.invitations.exclude(pk=invitation.pk).first()
    closed = client.post(url_of(other), form(), headers=FETCH)
    assert (closed.status_code, closed.json()["outcome"]) == (403, "closed")


def test_questions_that_changed_meanwhile_are_shown_again_with_what_was_typed(client, invitation, survey):
    loaded = re.search(r'name="versi" value="([^"]+)"', client.get(url_of(invitation)).content.decode())[1]
    change_survey_state(survey=survey, state=Survey.State.DRAFT)
    changed = definition_of(survey.version)
    items = tuple(item for item in changed.items if item.key != "hari")
    save_instrument(
        definition=type(changed)(**{f: getattr(changed, f) for f in changed.__slots__} | {"items": items})
    )
    change_survey_state(survey=survey, state=Survey.State.OPEN)
    page = client.post(url_of(invitation), form(versi=loaded)).content.decode()
    assert "Pertanyaan berubah sejak Anda membukanya." in page
    assert '<input type="radio" name="jawaban-skala" value="4" checked>' in page
    assert stored() == []
    fresh = re.search(r'name="versi" value="([^"]+)"', page)[1]
    assert client.post(url_of(invitation), form(versi=fresh)).status_code == 302
    assert len(stored()[0].answers) == len(ANSWERS) - 1


def test_the_database_briefly_away_loses_nothing(client, invitation, monkeypatch):
    def away(*_arguments, **_names):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("evaluations.views.respondents.store_response", away)
    sent = form()
    page = client.post(url_of(invitation), sent)
    text = page.content.decode()
    assert (page.status_code, page["Retry-After"]) == (503, "20")
    assert "Jawaban Anda belum tersimpan, tetapi masih ada di halaman ini." in text
    again = re.findall(r'<textarea name="([^"]+)" hidden>(.*?)</textarea>', text)
    assert ("jawaban-hambatan", "lain") in again
    assert ("formulir", sent["formulir"]) in again
    told = client.post(url_of(invitation), sent, headers=FETCH)
    assert (told.status_code, told.json()["outcome"]) == (503, "unavailable")
    monkeypatch.undo()
    assert client.post(url_of(invitation), sent).status_code == 302
    assert len(stored()) == 1


def test_two_megabytes_are_refused_kindly(client, invitation):
    large = form(**{"jawaban-cerita": "x" * 2_000_000})
    assert client.post(url_of(invitation), large).status_code == 413
    told = client.post(url_of(invitation), large, headers=FETCH)
    assert (told.status_code, told.json()["outcome"]) == (413, "too_large")
    assert stored() == []


# --- Who may answer, and until when -------------------------------------------------


def test_more_time_is_for_who_was_given_it(client, invitation, survey, world):
    survey.opens_on, survey.closes_on = (
        timezone.localdate() - timedelta(days=9),
        timezone.localdate() - timedelta(1),
    )
    survey.save()
    later = timezone.localdate() + timedelta(days=1)
    extend_deadline(survey=survey, invitation_ids=[invitation.pk], closes_on=later)
    other = survey.invitations.exclude(pk=invitation.pk).first()
    assert "Survei sudah ditutup" in client.get(url_of(other)).content.decode()
    assert client.get(url_of(invitation)).status_code == 200
    assert client.post(url_of(invitation), form()).status_code == 302
    assert "Survei sudah ditutup" in client.post(url_of(other), form()).content.decode()
    assert len(stored()) == 1


def test_a_code_opens_its_survey_and_guesses_are_counted(client, invitation):
    cache.clear()
    code_url = reverse("answer_code")
    code = invitation.code
    typed = f" {code[:4].upper()}-{code[4:]} "
    assert client.post(code_url, {"kode": typed}).url == url_of(invitation)
    wrong = client.post(code_url, {"kode": "tidakada"})
    assert (wrong.status_code, "Kode ini tidak kami kenal" in wrong.content.decode()) == (404, True)
    statuses = [client.post(code_url, {"kode": f"salah{number:03d}"}).status_code for number in range(62)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    assert client.get(code_url).status_code == 200
    assert client.post(code_url, {"kode": code}).status_code == 429
    cache.clear()


def test_guessed_links_are_counted_and_real_ones_never(client, invitation):
    cache.clear()
    statuses = {client.get(f"/jawab/tebakan{number}/").status_code for number in range(40)}
    assert statuses == {404, 429}
    assert client.get(url_of(invitation)).status_code == 200
    cache.clear()


def test_a_form_that_changed_its_promise_gets_a_text_of_its_own(client, invitation, survey):
    first = survey.consents.get()
    change_survey_state(survey=survey, state=Survey.State.CLOSED)
    survey.refresh_from_db()
    survey.purpose = "Tujuan yang lebih jelas."
    survey.save()
    change_survey_state(survey=survey, state=Survey.State.OPEN)
    assert [consent.number for consent in survey.consents.all()] == [2, 1]
    client.post(url_of(invitation), form())
    assert stored()[0].consent.number == 2
    assert "Tujuan yang lebih jelas." in stored()[0].consent.text
    assert Consent.objects.unscoped(ALL).get(pk=first.pk).text == first.text


def test_a_link_is_installable_and_says_nothing_of_its_owner(client, invitation, survey):
    page = client.get(url_of(invitation)).content.decode()
    assert '<link rel="manifest" href="aplikasi.webmanifest">' in page
    manifest = client.get(f"{url_of(invitation)}aplikasi.webmanifest").json()
    assert (manifest["start_url"], manifest["scope"]) == (url_of(invitation), url_of(invitation))
    assert invitation.addressee_name not in str(manifest)
    worker = client.get(reverse("service_worker"))
    assert worker["Content-Type"] == "text/javascript"


def test_a_receipt_is_shown_and_nothing_else_that_an_address_says(client):
    done = reverse("answer_done")
    assert "K7QM-3ABC" in client.get(f"{done}?bukti=K7QM-3ABC").content.decode()
    assert "Nomor bukti" not in client.get(f"{done}?bukti=<script>").content.decode()
