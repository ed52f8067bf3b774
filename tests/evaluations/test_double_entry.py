"""A sheet typed twice: what is equal, what differs, what is chosen."""

from uuid import uuid4

import pytest
from django.urls import reverse

from asn_eval.history.models import LogEntry
from evaluations.actions.excerpt_evidence import record_finding_from
from evaluations.actions.surveys import change_survey_state
from evaluations.models import Invitation, OpenAnswer, Respondent, Response, Survey
from tests.evaluations.coding import make_theme, mark
from tests.evaluations.every_type import PACKED, every_type
from tests.evaluations.evidence import new_finding
from tests.evaluations.surveying import answer, public_survey, take_answers, today
from tests.reports.exporting.answered import survey_of

KEYED = {
    "mampu": "4",
    "nilai": "85",
    "jam": "2,5",
    "pakai": "y",
    "umur": "1",
    "tempat": "1,3",
    "urutan": "2 3 1",
    "baris_a": "3",
    "baris_b": "2",
    "sejak": "05032026",
    "alasan": "Perlu",
    "saran": "Tambah latihan",
}


def url_of(survey, *, again=False) -> str:
    return reverse("survey_keying", args=[survey.pk]) + ("?ulang=1" if again else "")


def send(client, survey, *, again=False, respondent="P001", prefix="butir-", **typed):
    data = {"response_id": uuid4(), "respondent": respondent, "received_on": today().isoformat()}
    data |= {
        (key if "-" in key or key == "seen" else prefix + key): value for key, value in (KEYED | typed).items()
    }
    return client.post(url_of(survey, again=again), data)


@pytest.fixture
def keyed(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama")
    assert send(evaluator, survey).status_code == 302
    return survey


def stored(survey) -> Response:
    return survey.responses.get()


def test_every_type_is_keyed(keyed):
    assert stored(keyed).answers == PACKED
    assert dict(stored(keyed).open_answers.values_list("item_key", "text")) == {
        "alasan": "Perlu",
        "saran": "Tambah latihan",
    }
    assert stored(keyed).is_keyed_twice is False


def test_two_equal_entries_mark_the_sheet(evaluator, keyed):
    response = send(evaluator, keyed, again=True)
    assert response.url == f"{url_of(keyed)}?ulang=1"
    text = evaluator.get(response.url).content.decode()
    assert "Kedua ketikan P001 · Peserta Kota Semarang 1 sama." in text
    assert "Diketik sekali: 0 lembar; dua kali: 1 lembar." in text
    assert "Kedua ketikan sama pada 100,0% isian." in text
    assert (stored(keyed).is_keyed_twice, stored(keyed).n_differences) == (True, 0)


def test_different_entries_stand_side_by_side_and_nothing_is_saved(evaluator, keyed):
    page = send(evaluator, keyed, again=True, mampu="5", tempat="2", saran="")
    shown = [(each.name, each.first, each.second) for each in page.context["differing"]]
    assert shown == [
        ("pilih-mampu", "4", "5"),
        ("pilih-tempat", "Di kelas, Di tempat kerja", "Daring"),
        ("pilih-saran", "Tambah latihan", "kosong"),
    ]
    assert "3 isian berbeda" in page.content.decode()
    assert stored(keyed).answers == PACKED
    assert stored(keyed).is_keyed_twice is False


def test_what_is_chosen_is_stored_with_the_number_of_differences(evaluator, keyed):
    typed = {"mampu": "5", "tempat": "2", "saran": ""}
    seen = send(evaluator, keyed, again=True, **typed).context["seen"]
    choices = {"pilih-mampu": "kedua", "pilih-tempat": "pertama", "pilih-saran": "kedua"}
    response = send(evaluator, keyed, again=True, seen=seen, **typed, **choices)
    assert response.status_code == 302
    assert stored(keyed).answers == [5, *PACKED[1:]]
    assert list(stored(keyed).open_answers.values_list("text", flat=True)) == ["Perlu"]
    assert (stored(keyed).is_keyed_twice, stored(keyed).n_differences) == (True, 3)
    text = evaluator.get(response.url).content.decode()
    assert "Kedua ketikan sama pada 75,0% isian." in text  # 9 of 12
    notes = LogEntry.objects.unscoped("test").filter(object_id=keyed.pk, additional_data__has_key="note")
    told = [entry.additional_data["note"] for entry in notes]
    assert told == ["satu lembar kertas diperbaiki setelah diketik dua kali"]


def test_a_choice_that_is_missing_is_asked_for(evaluator, keyed):
    typed = {"mampu": "5", "nilai": "80"}
    seen = send(evaluator, keyed, again=True, **typed).context["seen"]
    page = send(evaluator, keyed, again=True, seen=seen, **typed, **{"pilih-mampu": "kedua"})
    assert "Pilih ketikan yang benar untuk setiap isian yang berbeda." in page.content.decode()
    assert [each.chosen for each in page.context["differing"]] == ["kedua", ""]
    assert stored(keyed).answers == PACKED


def test_a_choice_beside_another_entry_is_not_taken(evaluator, keyed):
    typed = {"mampu": "5"}
    seen = send(evaluator, keyed, again=True, **typed).context["seen"]
    row = stored(keyed)
    row.answers = [1, *PACKED[1:]]
    row.save()
    page = send(evaluator, keyed, again=True, seen=seen, **typed, **{"pilih-mampu": "kedua"})
    assert "Ketikan pertama baru saja berubah." in page.content.decode()
    assert [(each.first, each.second) for each in page.context["differing"]] == [("1", "5")]
    assert stored(keyed).answers == [1, *PACKED[1:]]


def test_what_is_chosen_must_hold_together(evaluator, keyed):
    """Who does not use it is not asked since when: with the choice of "tidak" the date goes."""
    typed = {"pakai": "t"}
    page = send(evaluator, keyed, again=True, **typed)
    assert [each.item.key for each in page.context["differing"]] == ["pakai", "sejak"]
    choices = {"pilih-pakai": "kedua", "pilih-sejak": "pertama"}
    send(evaluator, keyed, again=True, seen=page.context["seen"], **typed, **choices)
    assert stored(keyed).answers[3] == 0
    assert stored(keyed).answers[9] is None


@pytest.mark.parametrize("channel", ["tautan", "berkas"])
def test_answers_that_were_not_typed_are_not_typed_again(evaluator, world, channel):
    survey = survey_of(world.here, every_type(), mode="bernama")
    answer(survey, world.here.enrollments[0], answers=PACKED, channel=channel)
    page = send(evaluator, survey, again=True, mampu="1")
    assert page.context["form"].errors == {
        "respondent": [
            "Jawaban orang ini tidak masuk lewat ketikan dari kertas sehingga tidak dapat diketik ulang."
        ]
    }
    assert stored(survey).answers == PACKED


def test_a_sheet_is_typed_once_before_it_is_typed_twice(evaluator, keyed):
    page = send(evaluator, keyed, again=True, respondent="P002")
    assert page.context["form"].errors == {
        "respondent": ["Lembar ini belum diketik. Ketik lebih dahulu sebagai lembar baru."]
    }


def test_a_third_entry_is_refused(evaluator, keyed):
    send(evaluator, keyed, again=True)
    page = send(evaluator, keyed, again=True, mampu="1")
    assert page.context["form"].errors == {"respondent": ["Lembar ini sudah diketik dua kali."]}
    assert stored(keyed).answers == PACKED


def test_a_closed_survey_can_still_be_checked(evaluator, keyed):
    keyed = change_survey_state(survey=keyed, state=Survey.State.CLOSED)
    assert f"{url_of(keyed, again=True)}" in evaluator.get(keyed.get_absolute_url()).content.decode()
    assert send(evaluator, keyed, again=True).status_code == 302
    assert stored(keyed).is_keyed_twice is True


def test_a_sealed_survey_cannot(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="anonim")
    invitation = Invitation.objects.create(survey=survey, enrollment=world.here.enrollments[0])
    assert send(evaluator, survey, respondent=invitation.code).status_code == 302
    survey = change_survey_state(survey=survey, state=Survey.State.CLOSED)
    assert "sudah disegel" in evaluator.get(url_of(survey, again=True)).content.decode()
    assert send(evaluator, survey, again=True, respondent=invitation.code, mampu="1").status_code == 200
    assert stored(survey).answers == PACKED


def test_anonymous_sheets_are_found_by_their_code_and_show_no_name(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="anonim")
    invitation = Invitation.objects.create(survey=survey, enrollment=world.here.enrollments[0])
    said = [evaluator.get(url_of(survey)).content.decode()]
    unknown = send(evaluator, survey, respondent="P001")
    assert unknown.context["form"].errors == {"respondent": ["Tidak ada responden survei ini dengan kode ini."]}
    said.append(unknown.content.decode())
    done = send(evaluator, survey, respondent=invitation.code)
    said.append(evaluator.get(done.url).content.decode())
    done = send(evaluator, survey, again=True, respondent=invitation.code.upper())
    said.append(evaluator.get(done.url).content.decode())
    assert stored(survey).is_keyed_twice is True
    for person in world.here.people:
        assert not any(person.name in text or person.nip in text for text in said)
    assert "Kode pada lembar" in said[0]


def test_sheets_of_raters_are_found_by_their_code(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama", group="atasan")
    rater = Respondent.objects.create(
        evaluation=world.here.evaluation, group="atasan", enrollment=world.here.enrollments[0], name="Kepala Dinas"
    )
    invitation = Invitation.objects.create(survey=survey, respondent=rater)
    assert send(evaluator, survey, respondent=invitation.code).status_code == 302
    assert stored(survey).respondent == rater
    assert (
        send(evaluator, survey, again=True, respondent="Kepala Dinas, menilai Peserta Kota Semarang 1").status_code
        == 302
    )
    assert stored(survey).is_keyed_twice is True


def test_public_sheets_are_typed_once(evaluator, world):
    survey = public_survey(world.here, world.version)
    page = evaluator.get(url_of(survey, again=True)).content.decode()
    assert "Ketik kedua kali" not in page
    assert "Ketik jawaban dari kertas" in page


def test_a_retrospective_sheet_has_two_fields_for_a_scale(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama", is_retrospective=True)
    then = {"dulu-mampu": "2", "dulu-nilai": "-", "dulu-baris_a": "1"}
    assert send(evaluator, survey, **then).status_code == 302
    assert stored(survey).recalled == [2, "*", None, None, None, None, None, 1, None, None]
    page = send(evaluator, survey, again=True, **then | {"dulu-mampu": "3"})
    assert [(each.name, each.first, each.second) for each in page.context["differing"]] == [
        ("pilih-dulu:mampu", "2", "3")
    ]
    seen = page.context["seen"]
    send(evaluator, survey, again=True, seen=seen, **then | {"dulu-mampu": "3", "pilih-dulu:mampu": "kedua"})
    assert stored(survey).recalled == [3, "*", None, None, None, None, None, 1, None, None]
    wrong = send(evaluator, survey, respondent="P002", **then | {"dulu-mampu": "9"})
    assert list(wrong.context["form"].errors) == ["dulu-mampu"]


def test_what_a_sheet_asks_is_told_while_typing(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama")
    for typed, is_asked in (("y", True), ("t", False), ("", False)):
        answer_ = evaluator.post(url_of(survey), {"asked": "1", "butir-pakai": typed})
        assert ("sejak" in answer_.json()["asked"]) == is_asked
    assert OpenAnswer.objects.unscoped("test").count() == survey.responses.count() == 0


def test_the_second_entry_is_not_for_other_roles(client, world):
    survey = take_answers(world.here.surveys["sesudah"])
    for role in ("staf", "manajer", "auditor", "admin"):
        client.force_login(world.here.users[role])
        assert client.post(url_of(survey, again=True), {}).status_code == 403


@pytest.mark.parametrize(
    ("second", "passages"),
    [
        ("Perlu tambah latihan", [("Tambah", 0, True), ("latihan", 13, False)]),
        ("", [("Tambah", 0, True), ("latihan", 7, True)]),
    ],
)
def test_codes_follow_the_open_answer_that_the_second_entry_changed(evaluator, keyed, world, second, passages):
    coder, theme = world.here.users["evaluator"], make_theme(keyed.evaluation)
    coded = stored(keyed).open_answers.get(item_key="saran")
    excerpts = [mark(coded, theme, coder, words).excerpt for words in ("Tambah", "latihan")]
    record_finding_from(finding=new_finding(keyed.evaluation), excerpts=excerpts)
    seen = send(evaluator, keyed, again=True, saran=second).context["seen"]
    response = send(evaluator, keyed, again=True, saran=second, seen=seen, **{"pilih-saran": "kedua"})
    assert response.status_code == 302
    coded.refresh_from_db()
    assert coded.text == second
    assert [(one.quote, one.start, one.is_lost) for one in coded.excerpts.order_by("pk")] == passages
