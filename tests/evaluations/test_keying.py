"""Answers from paper, typed in one after the other."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from evaluations.models import Response
from tests.evaluations.surveying import add_open_question, public_survey, take_answers, today
from tests.queries import page_queries
from tests.world import add_participant


def sheet(**changes) -> dict:
    typed = {
        "response_id": uuid4(),
        "respondent": "P001",
        "received_on": today().isoformat(),
        "butir-b1": "4",
        "butir-b2": "5",
        "butir-b3": "2",
    }
    return {key: value for key, value in (typed | changes).items() if value is not None}


def send(client, survey, **changes):
    return client.post(reverse("survey_keying", args=[survey.pk]), sheet(**changes))


def stored(survey) -> list[tuple]:
    return list(survey.responses.order_by("enrollment").values_list("enrollment__code", "answers", "channel"))


@pytest.mark.parametrize("offset", [0, -1])
def test_a_sheet_is_stored_and_the_next_one_begins(evaluator, survey, world, offset):
    day = (today() + timedelta(days=offset)).isoformat()
    response = send(evaluator, survey, received_on=day)
    page = evaluator.get(response.url)
    text = page.content.decode()
    assert "Jawaban P001 · Peserta Kota Semarang 1 disimpan." in text
    assert "1 lembar sudah diketik" in text
    assert f'value="{day}"' in text
    assert 'value="P001"' not in text
    assert stored(survey) == [("P001", [4, 5, 2], "kertas")]
    assert survey.responses.get().entered_by == world.here.users["evaluator"]
    assert page.context["form"]["response_id"].value() != survey.responses.get().pk


@pytest.mark.parametrize(
    "typed",
    [
        "P002",
        "p002",
        " P002 ",
        "P002 · Peserta Kota Semarang 2",
        "peserta kota  semarang 2",
        "198001012010031902",
        "19800101 201003 1 902",
    ],
)
def test_a_participant_is_found_by_code_nip_and_name(evaluator, survey, typed):
    assert send(evaluator, survey, respondent=typed).status_code == 302
    assert [code for code, *_rest in stored(survey)] == ["P002"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("P999", "Tidak ada responden survei ini dengan kode atau NIP ini."),
        ("198101012010031902", "NIP ini tidak terdaftar sebagai peserta program."),
        ("", "Bidang ini tidak boleh kosong."),
        ("Kembar", "Ada beberapa responden dengan nama ini. Ketik kode atau NIP-nya."),
    ],
)
def test_who_cannot_be_found_is_asked_again_and_the_sheet_stays(evaluator, survey, world, typed, message):
    for person in world.here.people[:2]:
        person.name = "Kembar"
        person.save()
    response = send(evaluator, survey, respondent=typed)
    assert response.context["form"].errors == {"respondent": [message]}
    assert 'name="butir-b2" value="5"' in " ".join(response.content.decode().split())
    assert stored(survey) == []


def test_wrong_answers_stand_beside_their_items_and_stay_typed(evaluator, survey):
    response = send(evaluator, survey, **{"butir-b1": "7", "butir-b3": "dua"})
    allowed = "Isi dengan bilangan bulat 1 sampai 5."
    assert response.context["form"].errors == {"butir-b1": [allowed], "butir-b3": [allowed]}
    text = " ".join(response.content.decode().split())
    assert 'name="butir-b1" value="7"' in text
    assert 'name="butir-b3" value="dua"' in text
    assert text.count(f'<span class="keying-error">{allowed}</span>') == 2
    assert stored(survey) == []


def test_gaps_of_a_paper_are_gaps(evaluator, survey):
    send(evaluator, survey, **{"butir-b2": ""})
    assert stored(survey) == [("P001", [4, None, 2], "kertas")]


def test_an_empty_sheet_is_not_stored(evaluator, survey):
    response = send(evaluator, survey, **{"butir-b1": "", "butir-b2": " ", "butir-b3": ""})
    assert "Belum ada butir yang dijawab." in response.content.decode()
    assert stored(survey) == []


def test_open_answers_are_typed_as_well(evaluator, survey):
    add_open_question(survey.version)
    send(evaluator, survey, **{"butir-saran": "Tambah loket"})
    assert list(survey.responses.get().open_answers.values_list("text", flat=True)) == ["Tambah loket"]


def test_a_second_sheet_of_the_same_person_is_refused(evaluator, survey):
    send(evaluator, survey)
    response = send(evaluator, survey, **{"butir-b1": "1"})
    assert response.context["form"].errors == {"respondent": ["Jawaban untuk survei ini sudah pernah diterima."]}
    assert stored(survey) == [("P001", [4, 5, 2], "kertas")]


def test_a_second_press_stores_nothing_more(evaluator, survey):
    key = uuid4()
    assert send(evaluator, survey, response_id=key).status_code == 302
    assert send(evaluator, survey, response_id=key).status_code == 302
    assert len(stored(survey)) == 1


@pytest.mark.parametrize("days", [-11, 11])
def test_a_day_outside_the_survey_is_refused_at_its_field(evaluator, survey, days):
    response = send(evaluator, survey, received_on=(today() + timedelta(days=days)).isoformat())
    assert list(response.context["form"].errors) == ["received_on"]
    assert stored(survey) == []


@pytest.mark.parametrize("is_public", [False, True])
def test_a_sheet_typed_after_going_back_is_not_lost(evaluator, world, survey, is_public):
    if is_public:
        survey = public_survey(world.here, world.version)
    who = {"respondent": None} if is_public else {}
    key = uuid4()
    send(evaluator, survey, response_id=key, **who)
    other = {"butir-b1": "1"} | ({"respondent": None} if is_public else {"respondent": "P002"})
    response = send(evaluator, survey, response_id=key, **other)
    assert response.status_code == 200
    assert survey.responses.count() == 1
    renewed = response.context["form"]["response_id"].value()
    assert renewed != str(key)
    assert send(evaluator, survey, response_id=renewed, **other).status_code == 302
    assert sorted(survey.responses.values_list("answers", flat=True)) == [[1, 5, 2], [4, 5, 2]]


def test_a_day_that_has_not_come_is_refused(evaluator, survey):
    response = send(evaluator, survey, received_on=(today() + timedelta(days=1)).isoformat())
    assert response.context["form"].errors == {"received_on": ["Tanggal ini belum tiba."]}
    assert stored(survey) == []


def test_a_closed_survey_says_so_before_and_after_typing(evaluator, world):
    survey = take_answers(world.here.surveys["sesudah"], state="ditutup")
    url = reverse("survey_keying", args=[survey.pk])
    text = evaluator.get(url).content.decode()
    assert "Survei ini sudah ditutup" in text
    assert "butir-b1" not in text
    response = send(evaluator, survey)
    assert "Survei ini sudah ditutup" in response.content.decode()
    assert 'name="butir-b1"' in response.content.decode()
    assert stored(survey) == []


def test_the_proposed_day_lies_within_the_survey(evaluator, world):
    survey = world.here.surveys["sebelum"]
    url = reverse("survey_keying", args=[survey.pk])
    assert evaluator.get(url, {"tanggal": "2026-01-17"}).context["form"]["received_on"].value().day == 17
    for typed in ("2030-01-01", "tidak", "2026-99-99"):
        initial = evaluator.get(url, {"tanggal": typed}).context["form"]["received_on"].value()
        assert survey.opens_on <= initial <= survey.closes_on


def test_public_sheets_name_nobody(evaluator, world):
    survey = public_survey(world.here, world.version)
    assert "respondents" not in evaluator.get(reverse("survey_keying", args=[survey.pk])).content.decode()
    for _sheet in range(2):
        assert send(evaluator, survey, respondent=None).status_code == 302
    assert stored(survey) == [(None, [4, 5, 2], "kertas")] * 2


def test_the_page_takes_the_same_queries_for_few_and_many(evaluator, survey, world):
    url = reverse("survey_keying", args=[survey.pk])

    evaluator.get(url)
    few = page_queries(evaluator, url)
    for number in range(7, 12):
        add_participant(world.here, number)
    assert page_queries(evaluator, url) == few


def test_somebody_elses_answers_are_not_replaced_by_the_back_button(evaluator, survey):
    """Back, another code over the old sheet, send: the key of the form belongs to the first person."""
    key = uuid4()
    send(evaluator, survey, response_id=key)
    response = send(evaluator, survey, response_id=key, respondent="P002")
    assert "Muat ulang halaman" in response.content.decode()
    assert Response.objects.unscoped("test").count() == 1
