"""Two people change one record: the second sees what the first saved, and decides field by field or for all."""

import pytest
from django.test import Client
from django.urls import reverse

from asn_eval.accounts.models import Office, User
from evaluations.models import Finding, Interview, Observation, Recommendation
from programs.models import Program
from tests.forms import send
from tests.programs.test_program_pages import program_form


@pytest.fixture
def url(world):
    return reverse("program_update", args=[world.here.program.pk])


@pytest.fixture
def desks(world):
    """Two colleagues, signed in."""
    colleagues = Client(), Client()
    colleagues[0].force_login(world.here.users["staf"])
    colleagues[1].force_login(world.here.users["admin"])
    return colleagues


def typed(world, **changes):
    own = {"name": world.here.program.name, "start_date": "2026-02-01", "end_date": "2026-06-30"}
    return program_form(world, **own | {"background": "", "aims": "", "target_group": ""} | changes)


def stored(world):
    return Program.objects.unscoped("test").get(pk=world.here.program.pk)


def points_of(response):
    conflict = response.context["form"].conflict
    return {point.name: (point.stored, point.typed, point.chosen) for point in conflict.points}


@pytest.fixture
def conflict(world, desks, url):
    """The first saved a type, a date and an aim; the second typed another aim and a target group."""
    first, second = desks
    changed = typed(world, type="pembinaan", end_date="2026-07-31", aims="Tujuan pertama", seen_revision=1)
    assert first.post(url, changed).status_code == 302
    mine = typed(world, aims="Tujuan kedua", target_group="petugas loket", seen_revision=1)
    return second, mine, second.post(url, mine)


def test_every_field_that_the_other_person_changed_is_shown_in_words(world, conflict):
    _second, _mine, response = conflict
    assert points_of(response) == {
        "type": ("Pembinaan", "Pelatihan", "theirs"),
        "end_date": ("31 Juli 2026", "30 Juni 2026", "theirs"),
        "aims": ("Tujuan pertama", "Tujuan kedua", ""),
    }


def test_who_saved_and_when_is_told(world, conflict):
    _second, _mine, response = conflict
    found = response.context["form"].conflict
    assert (found.saved_by, found.is_self) == (str(world.here.users["staf"]), False)
    assert found.saved_at.endswith(" WIB")
    assert found.saved_by in response.content.decode()


def test_ones_own_save_from_another_page_is_called_that(world, desks, url):
    first, _second = desks
    first.post(url, typed(world, aims="Satu", seen_revision=1))
    page = first.post(url, typed(world, aims="Dua", seen_revision=1))
    assert "Anda sendiri menyimpan data ini dari halaman lain" in page.content.decode()


def decide(client, url, mine, **decisions):
    names = "type,end_date,aims"
    return client.post(url, mine | {"seen_revision": 2, "decide-open": names} | decisions)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("mine", ("pelatihan", "2026-06-30", "Tujuan kedua", "petugas loket")),
        ("theirs", ("pembinaan", "2026-07-31", "Tujuan pertama", "petugas loket")),
    ],
)
def test_one_button_decides_all_and_leaves_what_only_one_changed(world, conflict, url, choice, expected):
    second, mine, _response = conflict
    assert decide(second, url, mine, **{"decide-all": choice}).status_code == 302
    program = stored(world)
    assert (program.type, str(program.end_date), program.aims, program.target_group) == expected


def test_each_field_can_be_decided_for_itself(world, conflict, url):
    second, mine, _response = conflict
    choices = {"decide-type": "theirs", "decide-end_date": "mine", "decide-aims": "mine"}
    assert decide(second, url, mine, **choices).status_code == 302
    program = stored(world)
    assert (program.type, str(program.end_date), program.aims) == ("pembinaan", "2026-06-30", "Tujuan kedua")


def test_what_was_not_decided_is_asked_again_and_nothing_is_saved(world, conflict, url):
    second, mine, _response = conflict
    page = decide(second, url, mine, **{"decide-type": "theirs", "decide-end_date": "mine"})
    assert list(points_of(page)) == ["aims"]
    assert "Pilih isian yang berlaku untuk setiap perbedaan" in page.content.decode()
    assert page.context["form"]["type"].value() == "pembinaan"
    assert page.context["form"]["end_date"].value() == "2026-06-30"
    assert stored(world).aims == "Tujuan pertama"


@pytest.mark.parametrize("junk", ["nothing,password", "", "seen_revision", "aims" * 500])
def test_fields_that_do_not_exist_decide_nothing(world, conflict, url, junk):
    second, mine, _response = conflict
    response = second.post(url, mine | {"seen_revision": 2, "decide-open": junk, "decide-all": "theirs"})
    assert response.status_code in (200, 302)
    assert stored(world).target_group == ("petugas loket" if response.status_code == 302 else "")


def test_a_third_save_in_between_is_shown_as_well(world, conflict, desks, url):
    second, mine, _response = conflict
    desks[0].post(url, typed(world, aims="Tujuan ketiga", seen_revision=2))
    page = decide(second, url, mine, **{"decide-all": "mine"})
    assert points_of(page)["aims"] == ("Tujuan ketiga", "Tujuan kedua", "")
    assert stored(world).aims == "Tujuan ketiga"


def test_a_save_that_contradicts_nothing_only_asks_for_a_second_press(world, desks, url):
    first, second = desks
    same = typed(world, aims="Sama", seen_revision=1)
    first.post(url, same)
    page = second.post(url, same)
    assert points_of(page) == {}
    assert "Tidak ada isian yang bertentangan" in page.content.decode()
    assert second.post(url, same | {"seen_revision": 2}).status_code == 302


# --- Lists, and fields that are no columns ---------------------------------------------


def test_the_findings_of_a_recommendation_are_compared(world, evaluator):
    evaluation = world.here.evaluation
    findings = [
        Finding.objects.create(evaluation=evaluation, kind="kekuatan", statement=f"Temuan {n}", category="lain")
        for n in range(3)
    ]
    recommendation = Recommendation.objects.create(
        evaluation=evaluation, statement="Jadwal", kind="lain", owner="BKPSDM", due_date="2099-01-01"
    )
    recommendation.findings.set(findings[:1])
    url = reverse("recommendation_update", args=[recommendation.pk])
    form = {
        "statement": "Jadwal",
        "kind": "lain",
        "implementation": "",
        "owner": "BKPSDM",
        "impact": 2,
        "effort": 2,
        "implementability": "segera",
        "due_date": "2099-01-01",
        "state": "diusulkan",
        "seen_revision": 1,
    }
    assert evaluator.post(url, form | {"findings": [findings[1].pk]}).status_code == 302
    mine = form | {"findings": [findings[1].pk, findings[2].pk]}
    assert points_of(evaluator.post(url, mine)) == {"findings": ("Temuan 1", "Temuan 1, Temuan 2", "")}
    decision = {"seen_revision": 2, "decide-open": "findings", "decide-findings": "theirs"}
    assert evaluator.post(url, mine | decision).status_code == 302
    assert list(recommendation.findings.all()) == [findings[1]]
    assert evaluator.post(url, mine | {"seen_revision": 3}).status_code == 302
    assert set(recommendation.findings.all()) == {findings[1], findings[2]}


def test_the_regions_of_an_office_are_compared(world, client):
    client.force_login(world.national)
    office = world.here.office
    url = reverse("office_update", args=[office.pk])
    form = {"name": office.name, "kind": "daerah", "city": office.city, "time_zone": "Asia/Jakarta"}
    assert client.post(url, form | {"region_lines": "12.71", "seen_revision": 1}).status_code == 302
    mine = form | {"region_lines": "33.74\n12.71", "seen_revision": 1}
    assert points_of(client.post(url, mine)) == {
        "region_lines": (
            "Kota Medan, Sumatera Utara",
            "Kota Medan, Sumatera Utara, Kota Semarang, Jawa Tengah",
            "",
        )
    }
    decision = {"seen_revision": 2, "decide-open": "region_lines", "decide-all": "theirs"}
    assert client.post(url, mine | decision).status_code == 302
    assert [region.code for region in Office.objects.get(pk=office.pk).regions.all()] == ["12.71"]


def test_a_tick_can_be_taken_from_what_is_stored(world, client):
    client.force_login(world.national)
    user = world.here.users["staf"]
    url = reverse("user_update", args=[user.pk])
    form = {"username": user.username, "role": "staf", "office": world.here.office.pk}
    assert client.post(url, form | {"seen_revision": 1}).status_code == 302  # no longer active
    mine = form | {"is_active": "on", "email": "a@b.id", "seen_revision": 1}
    assert points_of(client.post(url, mine)) == {"is_active": ("Tidak", "Ya", "theirs")}
    decision = {"seen_revision": 2, "decide-open": "is_active", "decide-is_active": "theirs"}
    assert client.post(url, mine | decision).status_code == 302
    user = User.objects.get(pk=user.pk)
    assert (user.is_active, user.email) == (False, "a@b.id")


def test_a_password_is_asked_for_again_and_saved_with_the_rest(world, client):
    client.force_login(world.national)
    user = world.here.users["staf"]
    url = reverse("user_update", args=[user.pk])
    form = {"username": user.username, "role": "staf", "office": world.here.office.pk, "is_active": "on"}
    client.post(url, form | {"first_name": "Sari", "seen_revision": 1})
    secret = {"password": "sandi-baru-yang-panjang"}
    page = client.post(url, form | {"first_name": "Dewi", "seen_revision": 1} | secret)
    assert page.context["form"].conflict.lost == ("Kata sandi",)
    assert secret["password"] not in page.content.decode()
    assert client.post(url, form | {"first_name": "Dewi", "seen_revision": 2} | secret).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(secret["password"])


# --- A record that is gone -------------------------------------------------------------


def test_a_record_deleted_meanwhile_shows_what_was_typed(world, evaluator):
    interview = world.here.evaluation.interviews.get()
    url = reverse("interview_update", args=[interview.pk])
    evaluator.post(reverse("interview_delete", args=[interview.pk]))
    assert not Interview.objects.unscoped("test").filter(pk=interview.pk).exists()
    form = {
        "informant_role": "atasan",
        "consent": "peran",
        "date": "2026-07-02",
        "place": "Ruang rapat lantai dua",
    }
    response = evaluator.post(url, form | {"seen_revision": 1})
    assert response.status_code == 410
    assert response.context["typed"] == [
        ("Peran informan", "Atasan"),
        ("Tanggal wawancara", "2026-07-02"),
        ("Tempat", "Ruang rapat lantai dua"),
        ("Persetujuan informan", "Boleh dikutip dengan peran saja"),
    ]
    assert response.context["person"] == str(world.here.users["evaluator"])


def test_a_record_that_never_was_is_not_found(world, evaluator):
    assert evaluator.post(reverse("interview_update", args=[99999]), {}).status_code == 404


def test_a_deleted_record_of_another_area_is_not_found(world, evaluator):
    observation = Observation.objects.create(
        evaluation=world.there.evaluation, unit="Loket", date="2026-07-01", after="Antre"
    )
    key = observation.pk
    observation.delete()
    assert evaluator.post(reverse("observation_update", args=[key]), {}).status_code == 404


def test_every_form_of_evidence_notices_a_second_person(world, evaluator):
    observation = Observation.objects.create(
        evaluation=world.here.evaluation, unit="Loket", date="2026-07-01", after="Antre"
    )
    url = reverse("observation_update", args=[observation.pk])
    form = {"unit": "Loket", "date": "2026-07-01", "moment": "sesudah", "after": "Antre panjang"}
    form |= {"observer": "", "before": ""}
    assert send(evaluator, url, form).status_code == 302
    page = evaluator.post(url, form | {"after": "Tertib", "seen_revision": 1})
    assert points_of(page) == {"after": ("Antre panjang", "Tertib", "")}
