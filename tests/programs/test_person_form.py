"""A person entered and changed by hand, with the input that people really give."""

from datetime import date

import pytest
from django.urls import reverse

from programs.models import Merge, Person
from tests.programs.people import grade, make_person, make_unit, stored, values_of

NIP, NEXT_NIP, PPPK_NIP = "198501012010031950", "198501012010031951", "198501012023211952"
FOREIGN = "NIP sudah terdaftar pada unit kerja di luar wilayah kantor Anda; minta admin memindahkannya."
FORM = {"nip": "19850101 201003 1 950", "name": "  Siti   Aminah ", "agency": "Dinas Kota Semarang"}


def create(client, **values):
    return client.post(reverse("person_create"), FORM | values)


def update(client, person: Person, **values):
    now = stored(person)
    form = {
        "nip": now.nip,
        "name": now.name,
        "birth_date": now.birth_date or "",
        "status": now.status,
        "agency": "Dinas Kota Semarang",
        "seen_revision": now.revision,
    }
    return client.post(reverse("person_update", args=[person.pk]), form | values)


def errors(page) -> dict:
    return dict(page.context["form"].errors)


@pytest.fixture
def person(world):
    return make_person(world.here, NIP, "Siti Aminah")


def test_a_new_person_takes_birth_date_and_status_from_the_nip(world, staff):
    response = create(staff)
    found = Person.objects.visible_to(world.national).get(nip=NIP)
    assert response.url == found.get_absolute_url()
    assert (found.name, found.birth_date, found.status, found.agency) == (
        "Siti Aminah",
        date(1985, 1, 1),
        "PNS",
        world.here.agency,
    )


def test_what_is_typed_stands_before_what_the_nip_says(world, staff):
    create(staff, birth_date="1985-01-10", status="PPPK")
    found = Person.objects.visible_to(world.national).get(nip=NIP)
    assert (found.birth_date, found.status) == (date(1985, 1, 10), "PPPK")


def test_identity_does_not_follow_the_nip_after_entry(staff, person):
    update(staff, person, nip="198601012010031950", birth_date="")
    found = stored(person)
    assert (found.nip, found.birth_date) == ("198601012010031950", None)


def test_every_field_is_saved(world, staff, person):
    create(
        staff,
        nip=NEXT_NIP,
        grade=grade("III/d").pk,
        position="Analis",
        level="ahli_muda",
        superior=f"Siti Aminah · {NIP}",
        email="siti@contoh.test",
        phone="0812 0000 0001",
    )
    found = Person.objects.visible_to(world.national).get(nip=NEXT_NIP)
    assert (found.grade.code, found.position, found.level, found.superior, found.email, found.phone) == (
        "III/d",
        "Analis",
        "ahli_muda",
        person,
        "siti@contoh.test",
        "+6281200000001",
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"nip": ""}, "nip"),
        ({"nip": "1985"}, "nip"),
        ({"nip": "1,98501E+17"}, "nip"),
        ({"nip": "198513012010031950"}, "nip"),
        ({"nip": "198501012010151950"}, "nip"),
        ({"nip": "198501012010033950"}, "nip"),
        ({"nip": "198501012010031000"}, "nip"),
        ({"nip": "１９８５０１０１２０１００３１９５０"}, "nip"),
        ({"nip": "=1+1"}, "nip"),
        ({"name": ""}, "name"),
        ({"name": "123"}, "name"),
        ({"name": "x" * 151}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"birth_date": "2085-01-01"}, "birth_date"),
        ({"birth_date": "0085-01-01"}, "birth_date"),
        ({"birth_date": "kemarin"}, "birth_date"),
        ({"status": "TNI"}, "status"),
        ({"grade": "0"}, "grade"),
        ({"level": "raja"}, "level"),
        ({"agency": ""}, "agency"),
        ({"agency": "Dinas Kota Medan"}, "agency"),
        ({"agency": "Dinas Kota Medan · Kota Medan, Sumatera Utara"}, "agency"),
        ({"agency": " · "}, "agency"),
        ({"superior": "Tidak Ada"}, "superior"),
        ({"superior": " · "}, "superior"),
        ({"superior": "198101012010032901"}, "superior"),  # a person of Kota Medan
        ({"superior": "Peserta Kota Semarang"}, "superior"),  # several
        ({"email": "bukan surel"}, "email"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, staff, values, field):
    page = create(staff, **values)
    assert list(errors(page)) == [field]
    assert values_of(Person, nip=NIP) == []


def test_a_refusal_keeps_what_was_typed(world, staff):
    page = create(staff, position="Analis", nip="1985").content.decode()
    assert 'value="Analis"' in page
    assert 'value="Dinas Kota Semarang"' in page
    assert "NIP harus 18 angka; yang tertulis 4 angka." in page


def test_a_name_that_means_several_lists_them(world, staff):
    make_unit(world.here, "Dinas Kota Semarang Barat")
    (message,) = errors(create(staff, agency="Dinas Kota"))["agency"]
    assert message == (
        "Nama ini dapat berarti beberapa unit: Dinas Kota Semarang · Kota Semarang, Jawa Tengah; "
        "Dinas Kota Semarang Barat · Kota Semarang, Jawa Tengah. Pilih satu dari saran."
    )


def test_the_exact_name_wins_over_names_that_hold_it(world, staff):
    make_unit(world.here, "Dinas Kota Semarang Barat")
    assert create(staff, agency="dinas kota semarang").status_code == 302


@pytest.mark.parametrize(
    ("nip", "message"),
    [
        (NIP, "NIP ini sudah terdaftar atas nama Siti Aminah."),
        ("198101012010032901", FOREIGN),
        ("198501012009122950", "NIP ini sudah digabungkan dengan Siti Aminah · 19850101 201003 1 950."),
    ],
)
def test_a_nip_that_is_taken_is_told_as_far_as_one_may_see(world, staff, person, nip, message):
    Merge.objects.create(kept=person, absorbed_nip="198501012009122950", absorbed_name="Lama", snapshot={})
    assert errors(create(staff, nip=nip)) == {"nip": [message]}
    assert errors(update(staff, world.here.people[0], nip=nip)) == {"nip": [message]}


def test_nothing_is_told_of_a_foreign_person_but_the_sentence(world, staff):
    foreign = world.there.people[0]
    page = create(staff, nip=foreign.nip).content.decode()
    assert foreign.name not in page
    assert world.there.agency.name not in page


@pytest.mark.parametrize(
    ("code", "status", "message"),
    [
        ("IX", "PPPK", "Golongan IX bukan golongan PNS."),
        ("III/d", "PNS", None),
    ],
)
def test_the_grade_fits_the_status(world, staff, code, status, message):
    page = create(staff, grade=grade(code, status).pk)
    assert (page.status_code == 302) is (message is None)
    if message:
        assert errors(page) == {"grade": [message]}


def messages_after(client, response) -> list[str]:
    return [str(message) for message in client.get(response.url).context["messages"]]


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({"nip": "198501012099031950"}, "Tahun pengangkatan 2099 belum tiba."),
        (
            {"nip": "198501012000031950"},
            "Usia saat diangkat kurang dari 18 tahun; periksa tahun lahir dan tahun pengangkatan.",
        ),
        (
            {"nip": PPPK_NIP, "status": "PNS"},
            "Angka ke-13 dan 14 NIP menunjukkan PPPK, sedangkan statusnya tercatat PNS.",
        ),
        (
            {"birth_date": "1985-01-10"},
            "Tanggal lahir pada NIP 1 Januari 1985, sedangkan yang tercatat 10 Januari 1985.",
        ),
    ],
)
def test_what_is_odd_is_saved_and_told(world, staff, values, warning):
    response = create(staff, **values)
    assert messages_after(staff, response) == ["Data ASN disimpan.", f"Periksa lagi: {warning}"]
    assert staff.get(response.url).context["doubts"] == [warning]


def test_nobody_is_above_themselves(staff, person):
    page = update(staff, person, superior=NIP)
    assert errors(page) == {"superior": ["Seseorang tidak dapat menjadi atasannya sendiri."]}


def test_superiors_form_no_circle(world, staff, person):
    low, middle = world.here.people[:2]
    middle.superior, low.superior = person, middle
    middle.save()
    low.save()
    page = update(staff, person, superior=low.nip)
    assert errors(page) == {
        "superior": [f"{low.name} berada di bawah orang ini, sehingga tidak dapat menjadi atasannya."]
    }


def test_an_old_circle_of_others_ends_the_search(world, staff, person):
    one, other = world.here.people[:2]
    one.superior, other.superior = other, one
    one.save()
    other.save()
    assert list(errors(update(staff, person, superior=one.nip))) == ["superior"]


def test_a_superior_of_another_area_stays_unless_somebody_changes_it(world, staff, person):
    person.superior = world.there.people[0]
    person.save()
    page = staff.get(reverse("person_update", args=[person.pk])).content.decode()
    assert f'value="{person.superior.name}"' in page
    assert person.superior.nip not in page.replace(" ", "")
    assert update(staff, person, superior=person.superior.name, position="Analis").status_code == 302
    assert stored(person).superior == world.there.people[0]
    assert update(staff, person, superior="").status_code == 302
    assert stored(person).superior is None


def test_a_change_made_meanwhile_is_shown_before_it_is_overwritten(staff, person):
    page = update(staff, person, name="Siti A.", seen_revision=0)
    points = page.context["form"].conflict.points
    assert [(point.label, point.stored) for point in points] == [("Nama", "Siti Aminah")]
    assert stored(person).name == "Siti Aminah"


def test_a_correction_of_the_unit_leaves_no_history(world, staff, person):
    unit = make_unit(world.here, "Dinas Baru")
    update(staff, person, agency="Dinas Baru")
    assert stored(person).agency == unit
    assert list(stored(person).assignments.all()) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("1985", ["NIP harus 18 angka; yang tertulis 4 angka."]),
        (PPPK_NIP, ["Lahir 1 Januari 1985, PPPK, diangkat tahun 2023."]),
        ("198501012099031950", ["diangkat tahun 2099", "Periksa lagi: Tahun pengangkatan 2099 belum tiba."]),
        ("<script>1</script>", ["hapus “&lt;”"]),
        ("\0", []),
    ],
)
def test_the_reading_under_the_nip_says_what_it_holds(world, staff, typed, expected):
    page = staff.get(reverse("nip_reading"), {"nip": typed}).content.decode()
    assert [text for text in expected if text not in page] == []
    assert bool(page.strip()) is bool(expected)


def test_only_a_row_without_anything_on_it_is_deleted(world, staff, person):
    held = world.here.people[0]
    page = staff.post(reverse("person_delete", args=[held.pk]))
    assert page.context["held_by"] == [f"Peserta {world.here.program.name}"]
    assert stored(held) is not None
    assert staff.post(reverse("person_delete", args=[person.pk])).url == reverse("person_list")
    assert stored(person) is None


def test_a_deletion_names_no_program_of_another_area(world, staff, person):
    world.there.enrollments[0].person = person
    world.there.enrollments[0].save()
    person.training_records.create(name="Kursus", lesson_hours=1, end_date=date(2025, 1, 1))
    world.here.people[0].superior = person
    world.here.people[0].save()
    page = staff.post(reverse("person_delete", args=[person.pk]))
    assert page.context["held_by"] == [
        f"Atasan langsung dari {world.here.people[0].name}",
        "Peserta satu program di luar wilayah Anda",
        "Riwayat pelatihan: Kursus",
    ]
