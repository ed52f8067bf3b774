from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Invitation, Response
from programs.forms.participants import EnrollmentCreateForm
from programs.models import Agency, Enrollment, Person
from tests.forms import confirm
from tests.programs.rosters import counts, nip
from tests.queries import page_queries
from tests.world import add_participant, make_program


@pytest.fixture
def create_url(world):
    return reverse("enrollment_create", args=[world.here.program.pk])


def form_of(**changes):
    return {
        "nip": nip(1),
        "name": "Orang Baru",
        "grade": "",
        "position": "Analis",
        "unit": "Dinas Kota Semarang",
        "email": "baru@contoh.go.id",
        "phone": "0812-0000-0001",
        "code": "",
        "group": "peserta",
        "superior": "",
        "seen_revision": 1,
    } | changes


def enrolled(program):
    return {enrollment.person.nip: enrollment for enrollment in program.enrollments.select_related("person")}


def errors_of(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


# --- One by one ----------------------------------------------------------------------


def test_a_new_person_is_entered_with_the_next_code(world, staff, create_url):
    printed = f"{nip(1)[:8]} {nip(1)[8:14]} {nip(1)[14]} {nip(1)[15:]}"
    response = staff.post(create_url, form_of(nip=printed, superior="Kepala Dinas"))
    assert response.url == reverse("program_participants", args=[world.here.program.pk])
    enrollment = enrolled(world.here.program)[nip(1)]
    assert (enrollment.code, enrollment.superior, enrollment.status) == ("P007", "Kepala Dinas", "terdaftar")
    person = enrollment.person
    assert (person.name, person.status, person.phone, person.agency) == (
        "Orang Baru",
        "PNS",
        "+6281200000001",
        world.here.agency,
    )


def test_a_unit_not_known_yet_is_made_in_the_region_of_the_program(world, staff, create_url):
    staff.post(create_url, form_of(unit="Kelurahan Baru"))
    unit = Agency.objects.unscoped("test").get(name="Kelurahan Baru")
    assert (unit.region, enrolled(world.here.program)[nip(1)].person.agency) == (world.here.region, unit)


def test_units_of_the_area_are_suggested_and_no_others(staff, create_url):
    page = staff.get(create_url).content.decode()
    assert '<option value="Dinas Kota Semarang"></option>' in page
    assert "Dinas Kota Medan" not in page


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"nip": "123"}, "nip", "NIP harus 18 angka; yang tertulis 3 angka."),
        ({"nip": "1,98609E+17"}, "nip", "NIP tersimpan sebagai bilangan"),
        ({"name": " "}, "name", "Isi nama."),
        ({"unit": ""}, "unit", "Isi unit kerja."),
        ({"email": "bukan"}, "email", ""),
        ({"phone": "12"}, "phone", "Nomor telepon tidak dikenali"),
        ({"code": "P001"}, "code", "Kode peserta ini sudah dipakai pada program."),
        ({"group": "penonton"}, "group", ""),
    ],
)
def test_a_wrong_participant_is_refused_at_its_field(staff, create_url, changes, field, text):
    before = counts()
    response = staff.post(create_url, form_of(**changes))
    assert list(errors_of(response)) == [field]
    assert text in errors_of(response)[field][0]
    assert 'value="Analis"' in response.content.decode()
    assert counts() == before


def test_somebody_of_another_area_cannot_be_entered_and_stays_unknown(world, staff, create_url):
    foreign = world.there.people[0]
    response = staff.post(create_url, form_of(nip=foreign.nip))
    assert errors_of(response) == {
        "nip": ["NIP sudah terdaftar pada unit kerja di luar wilayah kantor Anda; minta admin memindahkannya."]
    }
    assert foreign.name not in response.content.decode()


def test_nobody_takes_part_twice(world, staff, create_url):
    response = staff.post(create_url, form_of(nip=world.here.people[0].nip))
    assert errors_of(response) == {"nip": ["ASN ini sudah terdaftar pada program."]}


@pytest.fixture
def second_program(world):
    return make_program(world.here.region, world.here.office, name="Program kedua")


def test_for_a_known_person_the_nip_is_enough(world, staff, second_program):
    url = reverse("enrollment_create", args=[second_program.pk])
    known = world.here.people[0]
    empty = dict.fromkeys(("name", "position", "unit", "email", "phone"), "")
    assert staff.post(url, form_of(nip=known.nip, **empty)).status_code == 302
    assert enrolled(second_program)[known.nip].person == known
    known.refresh_from_db()
    assert known.name == "Peserta Kota Semarang 1"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("simpan", ("Peserta Kota Semarang 1", "")), ("ubah", ("Orang Baru", "Analis"))],
)
def test_a_known_person_who_differs_is_changed_only_when_told_so(world, staff, second_program, choice, expected):
    url = reverse("enrollment_create", args=[second_program.pk])
    known = world.here.people[0]
    asked = staff.post(url, form_of(nip=known.nip))
    (error,) = errors_of(asked)["difference"]
    assert "Nama tersimpan “Peserta Kota Semarang 1”, isian Anda “Orang Baru”" in error
    assert "Jabatan tersimpan “kosong”, isian Anda “Analis”" in error
    assert "Unit kerja" not in error
    assert not second_program.enrollments.exists()
    assert staff.post(url, form_of(nip=known.nip, difference=choice)).status_code == 302
    known.refresh_from_db()
    assert (known.name, known.position) == expected
    assert list(enrolled(second_program)) == [known.nip]


def test_a_different_unit_is_a_difference_too(world, staff, second_program):
    url = reverse("enrollment_create", args=[second_program.pk])
    form = form_of(nip=world.here.people[0].nip, name="", position="", email="", phone="", unit="Badan Lain")
    (error,) = errors_of(staff.post(url, form))["difference"]
    assert "Unit kerja tersimpan “Dinas Kota Semarang”, isian Anda “Badan Lain”" in error
    staff.post(url, form | {"difference": "ubah"})
    assert enrolled(second_program)[world.here.people[0].nip].person.agency.name == "Badan Lain"


@pytest.mark.parametrize(
    ("quicker", "text"),
    [({"nip": nip(1)}, "NIP ini sudah terdaftar."), ({"nip": nip(2)}, "Kode peserta ini sudah dipakai")],
)
def test_who_was_slower_by_a_moment_reads_what_happened(world, quicker, text):
    """Both forms were found right before either of them was saved."""

    def form(**changes):
        data = form_of(code="K1", **changes)
        enrollment = Enrollment(program=world.here.program)
        return EnrollmentCreateForm(data, user=world.here.users["staf"], instance=enrollment)

    first, second = form(**quicker), form(nip=nip(1))
    assert (first.is_valid(), second.is_valid()) == (True, True)
    first.save()
    before = counts()
    with pytest.raises(ValidationError) as refusal:
        second.save()
    second.refuse(refusal.value)
    assert text in str(second.errors)
    assert counts() == before


def test_the_choice_between_data_is_not_shown_before_it_matters(staff, create_url):
    assert "difference" not in staff.get(create_url).context["form"].fields
    assert "difference" not in staff.post(create_url, form_of(name="")).context["form"].fields


# --- Changing and removing -----------------------------------------------------------


def update_url(world):
    return reverse("enrollment_update", args=[world.here.enrollments[0].pk])


def test_a_participant_is_changed_with_the_person(world, staff):
    page = staff.get(update_url(world))
    assert page.context["form"]["nip"].value() == world.here.people[0].nip_printed
    form = form_of(nip=nip(9), name="Nama Benar", unit="Unit Lain", code="A1", group="pembanding", status="hadir")
    assert staff.post(update_url(world), form).status_code == 302
    enrollment = Enrollment.objects.unscoped("test").get(pk=world.here.enrollments[0].pk)
    assert (enrollment.code, enrollment.group, enrollment.status) == ("A1", "pembanding", "hadir")
    assert (enrollment.person.nip, enrollment.person.name) == (nip(9), "Nama Benar")
    assert enrollment.person.agency.name == "Unit Lain"


def test_an_emptied_code_becomes_the_next_free_one(world, staff):
    staff.post(update_url(world), form_of(nip=world.here.people[0].nip, status="hadir", code=""))
    assert Enrollment.objects.unscoped("test").get(pk=world.here.enrollments[0].pk).code == "P007"


def test_a_nip_is_not_changed_into_that_of_somebody_else(world, staff):
    for other in (world.here.people[1], world.there.people[0]):
        response = staff.post(update_url(world), form_of(nip=other.nip, status="hadir"))
        assert errors_of(response) == {"nip": ["NIP ini sudah terdaftar."]}


def test_a_code_is_not_changed_into_that_of_another_participant(world, staff):
    form = form_of(nip=world.here.people[0].nip, status="hadir", code="P002")
    assert errors_of(staff.post(update_url(world), form)) == {
        "code": ["Kode peserta ini sudah dipakai pada program."]
    }


def test_the_person_of_another_office_is_left_alone(world, staff):
    guest = world.there.people[0]
    enrollment = Enrollment.objects.create(program=world.here.program, person=guest, code="T1")
    url = reverse("enrollment_update", args=[enrollment.pk])
    assert list(staff.get(url).context["form"].fields) == [
        "code",
        "group",
        "status",
        "exit_reason",
        "exit_note",
        "superior",
        "seen_revision",
    ]
    staff.post(url, form_of(name="Diubah", status="selesai", code="T2"))
    enrollment.refresh_from_db()
    guest.refresh_from_db()
    assert (enrollment.status, enrollment.code, guest.name) == ("selesai", "T2", "Peserta Kota Medan 1")


def test_a_participant_without_answers_is_removed_and_the_person_stays(world, staff):
    enrollment = world.here.enrollments[0]
    Invitation.objects.create(survey=world.here.surveys["sebelum"], enrollment=enrollment)
    url = reverse("enrollment_delete", args=[enrollment.pk])
    assert "Hapus" in staff.get(url).content.decode()
    assert "Undangan (1)" in " ".join(staff.get(url).content.decode().split())
    assert confirm(staff, url).url == reverse("program_participants", args=[world.here.program.pk])
    assert world.here.program.enrollments.count() == 5
    assert Person.objects.unscoped("test").filter(pk=enrollment.person_id).exists()


def test_a_participant_who_answered_stays_and_the_page_says_why(world, staff):
    enrollment = world.here.enrollments[0]
    Response.objects.create(
        survey=world.here.surveys["sebelum"],
        enrollment=enrollment,
        answers=[1, 2, 3],
        channel="tautan",
        received_on=timezone.localdate(),
    )
    page = staff.post(reverse("enrollment_delete", args=[enrollment.pk])).content.decode()
    assert "Peserta ini sudah menjawab survei" in page
    assert '<button class="btn btn-danger"' not in page
    assert world.here.program.enrollments.count() == 6


# --- The list and the file that leaves -----------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 6),
        ("semarang 3", 1),
        ("P002", 1),
        ("19800101 201003", 6),
        ("198001012010031903", 0),
        ("198001012010031902", 1),
        ("tiada", 0),
    ],
)
def test_participants_are_found_by_name_nip_and_code(world, staff, text, expected):
    response = staff.get(reverse("program_participants", args=[world.here.program.pk]), {"q": text})
    assert response.context["paginator"].count == expected


def test_the_list_needs_the_same_queries_for_few_rows_and_for_many(world, staff):
    url = reverse("program_participants", args=[world.here.program.pk])
    before = page_queries(staff, url)
    for number in range(20, 30):
        enrollment = add_participant(world.here, number)
        unit = Agency.objects.create(name=f"Unit {number}", region=world.here.region)
        Person.objects.unscoped("test").filter(pk=enrollment.person_id).update(agency=unit)
    assert page_queries(staff, url) == before


def test_an_evaluator_reads_the_list_but_changes_nothing(world, client):
    client.force_login(world.here.users["evaluator"])
    page = client.get(reverse("program_participants", args=[world.here.program.pk])).content.decode()
    assert world.here.people[0].name in page
    assert "Tambah satu peserta" not in page
    assert "/ubah/" not in page


def exported(client, world, **query):
    response = client.get(reverse("participants_export", args=[world.here.program.pk]), query)
    assert response["Content-Disposition"] == 'attachment; filename="peserta-program-kota-semarang.xlsx"'
    return response.content


def test_the_export_holds_what_the_list_shows_and_nips_as_text(world, staff):
    sheet = openpyxl.load_workbook(BytesIO(exported(staff, world, q="semarang 3"))).active
    header, row = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
    assert dict(zip(header, row, strict=True)) == {
        "NIP": world.here.people[2].nip,
        "Nama": "Peserta Kota Semarang 3",
        "Golongan": None,
        "Jabatan": None,
        "Unit Kerja": "Dinas Kota Semarang",
        "Email": None,
        "Telepon": None,
        "Kelompok": "Peserta",
        "Atasan": None,
        "Kode Peserta": "P003",
        "Status Keikutsertaan": "Terdaftar",
        "Angkatan": None,
        "Jenjang Jabatan": None,
        "Alasan Berhenti": None,
        "Keterangan Berhenti": None,
    }


def test_an_export_comes_back_without_changing_anything(world, staff):
    file = SimpleUploadedFile("ekspor.xlsx", exported(staff, world))
    page = staff.post(reverse("roster_upload", args=[world.here.program.pk]), {"file": file}, follow=True)
    assert page.context["job"].counts == {"new": 0, "changed": 0, "same": 6, "refused": 0}
