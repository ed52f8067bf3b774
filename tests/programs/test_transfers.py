"""Somebody moves to another unit; the place they leave becomes history."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.actions.transfers import placed_since, transfer_person
from programs.models import Assignment, Enrollment
from tests.programs.people import grade, make_person, make_unit, stored, values_of

NIP = "198501012010031950"


@pytest.fixture
def person(world):
    return make_person(
        world.here, NIP, "Siti Aminah", position="Analis", level="pelaksana", superior=world.here.people[0]
    )


@pytest.fixture
def move(world, person):
    unit = make_unit(world.here, "Dinas Baru")

    def move(**values) -> Assignment:
        values = {
            "agency": unit,
            "position": "Kepala Seksi",
            "level": "pengawas",
            "grade": None,
            "on": date(2026, 3, 2),
            "note": "SK 12/2026",
        } | values
        return transfer_person(person=stored(person), **values)

    return move


def test_transfer_writes_the_old_place_into_the_history(world, person, move):
    person.grade = grade("III/d")
    person.save()
    move()
    (record,) = values_of(Assignment)
    del record["id"]
    assert record == {
        "person_id": person.pk,
        "agency_name": "Dinas Kota Semarang",
        "region_name": "Kota Semarang, Jawa Tengah",
        "position": "Analis",
        "level": "pelaksana",
        "grade_name": "Penata Tingkat I (III/d)",
        "started_on": None,
        "ended_on": date(2026, 3, 1),
        "note": "SK 12/2026",
    }


def test_transfer_sets_the_new_place_and_empties_the_superior(person, move):
    move()
    found = stored(person)
    assert (found.agency.name, found.position, found.level, found.superior) == (
        "Dinas Baru",
        "Kepala Seksi",
        "pengawas",
        None,
    )


def test_a_promotion_within_the_unit_keeps_the_superior(world, person, move):
    move(agency=world.here.agency)
    assert stored(person).superior == world.here.people[0]


def test_the_next_transfer_begins_where_the_last_one_ended(person, move):
    move()
    assert placed_since(stored(person)) == date(2026, 3, 2)
    second = move(position="Kepala Bidang", on=date(2026, 9, 1))
    assert (second.started_on, second.ended_on) == (date(2026, 3, 2), date(2026, 8, 31))


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"on": date(2099, 1, 1)}, "on", "Tanggal ini belum tiba"),
        ({"on": date(2026, 3, 2)}, "on", "Penempatan sekarang mulai 2 Maret 2026"),
        ({"on": date(2020, 1, 1)}, "on", "Penempatan sekarang mulai 2 Maret 2026"),
        ({"position": "Kepala Seksi", "on": date(2026, 4, 1)}, "agency", "sama dengan yang sekarang"),
    ],
)
def test_transfer_refuses_what_cannot_be(person, move, values, field, says):
    move()
    with pytest.raises(ValidationError) as refusal:
        move(**{"position": "Kepala Bidang"} | values)
    assert says in refusal.value.message_dict[field][0]
    assert len(values_of(Assignment)) == 1
    assert stored(person).position == "Kepala Seksi"


def test_enrollments_go_along_and_stay_in_their_program(world, person, move, client):
    Enrollment.objects.create(program=world.here.program, person=person, code="P901")
    move(agency=world.there.agency)
    client.force_login(world.here.users["staf"])
    page = client.get(reverse("program_participants", args=[world.here.program.pk])).content.decode()
    assert "Siti Aminah" in page
    assert client.get(reverse("person_detail", args=[person.pk])).status_code == 404
    client.force_login(world.there.users["staf"])
    page = client.get(reverse("person_detail", args=[person.pk])).content.decode()
    # The place that was left stands in the history; the program of the other region does not exist here.
    assert "Dinas Kota Semarang" in page
    assert world.here.program.name not in page


FORM = {"agency": "Dinas Baru", "position": "Kepala Seksi", "level": "pengawas", "on": "2026-03-02", "note": "SK"}


def submit(client, person, **values):
    form = FORM | {"seen_revision": stored(person).revision} | values
    return client.post(reverse("person_transfer", args=[person.pk]), form)


def test_the_page_transfers(world, staff, person):
    make_unit(world.here, "Dinas Baru")
    assert submit(staff, person).url == reverse("person_detail", args=[person.pk])
    assert stored(person).agency.name == "Dinas Baru"
    assert [row["note"] for row in values_of(Assignment)] == ["SK"]


def test_a_unit_outside_the_area_is_not_found(world, staff, person):
    page = submit(staff, person, agency="Dinas Kota Medan")
    assert page.context["form"].errors["agency"] == [
        "Unit kerja ini tidak ditemukan. Pilih dari saran; unit baru ditambahkan lebih dulu pada Data induk."
    ]
    assert stored(person).agency == world.here.agency


def test_who_sees_both_areas_transfers_across_them(world, client, person):
    client.force_login(world.national)
    assert submit(client, person, agency="Dinas Kota Medan · Kota Medan, Sumatera Utara").status_code == 302
    assert stored(person).agency == world.there.agency


def test_a_refused_day_is_told_at_its_field_and_the_rest_stays_typed(world, staff, person):
    make_unit(world.here, "Dinas Baru")
    page = submit(staff, person, on="2099-01-01")
    assert page.context["form"].errors == {
        "on": ["Tanggal ini belum tiba. Catat perpindahan pada harinya atau sesudahnya."]
    }
    assert 'value="Kepala Seksi"' in page.content.decode()
    assert stored(person).position == "Analis"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"agency": ""}, "agency"),
        ({"on": ""}, "on"),
        ({"on": "0206-03-02"}, "on"),
        ({"on": "besok"}, "on"),
        ({"level": "raja"}, "level"),
        ({"grade": "999999"}, "grade"),
        ({"position": "x" * 151}, "position"),
        ({"note": "x" * 201}, "note"),
        ({"position": "a\0b"}, "position"),
    ],
)
def test_what_is_no_value_is_refused_at_its_field(world, staff, person, values, field):
    make_unit(world.here, "Dinas Baru")
    page = submit(staff, person, **values)
    assert list(page.context["form"].errors) == [field]
    assert values_of(Assignment) == []


def test_a_grade_of_the_other_status_is_refused(world, staff, person):
    make_unit(world.here, "Dinas Baru")
    page = submit(staff, person, grade=grade("IX", "PPPK").pk)
    assert page.context["form"].errors["grade"] == ["Golongan IX bukan golongan PNS."]


def test_a_transfer_meets_a_change_made_meanwhile(world, staff, person):
    make_unit(world.here, "Dinas Baru")
    page = submit(staff, person, seen_revision=0)
    assert "telah diubah orang lain" in page.context["form"].non_field_errors()[0]
    assert values_of(Assignment) == []
