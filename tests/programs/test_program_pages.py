"""The form of a program."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.models import Batch, Program

KNOWN = "{nomor}, {angkatan}, {bulan}, {tahun}."
SEMARANG = "Kota Semarang, Jawa Tengah (33.74)"


def program_form(world, **changes):
    return {
        "name": "Pelatihan Loket",
        "type": "pelatihan",
        "region": SEMARANG,
        "organizer": world.here.office.pk,
        "start_date": "2026-03-01",
        "end_date": "2026-03-31",
        "background": "Antrean panjang.",
        "aims": "Layanan lebih cepat.",
        "target_group": "petugas loket",
        "needs_note": "Petugas belum dilatih menangani keluhan.",
        "maximum_score": "100",
        "certificate_pattern": "{nomor}/BKPSDM/{bulan}/{tahun}",
    } | changes


def test_a_new_program_belongs_to_its_author_and_opens_its_workspace(world, staff):
    response = staff.post(reverse("program_create"), program_form(world))
    program = Program.objects.unscoped("test").get(name="Pelatihan Loket")
    assert response.url == program.get_absolute_url()
    assert (program.created_by, program.region, program.state, program.revision) == (
        world.here.users["staf"],
        world.here.region,
        "draf",
        1,
    )


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (
            {"region": "Kota Medan, Sumatera Utara (12.71)"},
            "region",
            "Wilayah ini di luar wilayah kerja kantor Anda.",
        ),
        (
            {"region": "Antah Berantah"},
            "region",
            "Wilayah tidak ditemukan. Ketik sebagian nama lalu pilih dari daftar.",
        ),
        ({"end_date": "2026-02-01"}, "end_date", "Tanggal selesai tidak boleh mendahului tanggal mulai."),
        ({"start_date": "0206-03-01"}, "start_date", "Tahun ini tampaknya keliru; periksa tanggalnya."),
        (
            {"certificate_pattern": "BKPSDM/{tahun}"},
            "certificate_pattern",
            "Pola harus memuat {nomor}; tanpa itu semua sertifikat bernomor sama.",
        ),
        ({"maximum_score": "0,5"}, "maximum_score", "Pastikan nilai ini lebih besar dari atau sama dengan 1."),
        (
            {"name": "Program Kota Semarang", "start_date": "2026-02-01"},
            None,
            "Program dengan nama, wilayah, dan tanggal mulai ini sudah ada.",
        ),
    ],
)
def test_a_wrong_program_is_refused_at_its_field_and_keeps_what_was_typed(world, staff, changes, field, message):
    response = staff.post(reverse("program_create"), program_form(world, **changes))
    form = response.context["form"]
    assert response.status_code == 200
    assert message in (form.errors[field] if field else form.non_field_errors())
    assert "Antrean panjang." in response.content.decode()
    assert not Program.objects.unscoped("test").filter(name="Pelatihan Loket").exists()


def test_only_the_own_office_organises_unless_the_user_is_national(world, client):
    client.force_login(world.here.users["staf"])
    form = client.get(reverse("program_create")).context["form"]
    assert list(form.fields["organizer"].queryset) == [world.here.office]
    client.force_login(world.national)
    assert client.get(reverse("program_create")).context["form"].fields["organizer"].queryset.count() == 3


def test_a_program_keeps_the_foreign_organiser_it_has(world, staff):
    world.here.program.organizer = world.national.office
    world.here.program.save()
    form = staff.get(reverse("program_update", args=[world.here.program.pk])).context["form"]
    assert set(form.fields["organizer"].queryset) == {world.here.office, world.national.office}


def test_a_period_that_leaves_out_an_activity_or_a_batch_is_asked_about_once(world, staff):
    program = world.here.program
    Batch.objects.create(program=program, name="Angkatan II", start_date="2026-06-01", end_date="2026-06-30")
    url = reverse("program_update", args=[program.pk])
    form = program_form(world, name=program.name, start_date="2026-03-01", end_date="2026-05-31", seen_revision=1)
    response = staff.post(url, form)
    assert response.context["form"].errors == {
        "start_date": ["Kegiatan “Lokakarya” berada di luar masa program ini."],
        "end_date": ["Angkatan “Angkatan II” berada di luar masa program ini."],
    }
    assert "is_certain" in response.context["form"].fields
    assert staff.post(url, form | {"is_certain": "on"}).status_code == 302
    program.refresh_from_db()
    assert (program.start_date, program.end_date) == (date(2026, 3, 1), date(2026, 5, 31))
    other = form | {"aims": "Lain", "seen_revision": 2}
    assert staff.post(url, other).status_code == 302  # the period was not touched: nothing to ask


def test_the_highest_score_is_not_set_below_a_score_that_was_given(world, staff):
    program = world.here.program
    program.enrollments.filter(pk=world.here.enrollments[0].pk).update(post_score="87.5")
    form = program_form(world, name=program.name, start_date="2026-02-01", end_date="2026-06-30", seen_revision=1)
    url = reverse("program_update", args=[program.pk])
    errors = staff.post(url, form | {"maximum_score": "80"}).context["form"].errors
    assert errors == {
        "maximum_score": ["Sudah ada peserta dengan nilai 87,50; nilai tertinggi tidak boleh di bawahnya."]
    }
    assert staff.post(url, form | {"maximum_score": "87,5"}).status_code == 302


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{nomor}", None),
        ("{nomor}/{angkatan}/{bulan}/{tahun}", None),
        ("Nomor {{{nomor}}}", None),
        ("", None),
        ("{tahun}", "Pola harus memuat {nomor}; tanpa itu semua sertifikat bernomor sama."),
        ("nomor", "Pola harus memuat {nomor}; tanpa itu semua sertifikat bernomor sama."),
        ("{nomor}/{nama}", "“{nama}” tidak dikenal. Yang dapat dipakai: " + KNOWN),
        ("{nomor}/{}", "“{}” tidak dikenal. Yang dapat dipakai: " + KNOWN),
        ("{nomor.__class__}", "“{nomor.__class__}” tidak dikenal. Yang dapat dipakai: " + KNOWN),
        ("{nomor!r}", "“{nomor!r}” tidak dikenal. Yang dapat dipakai: " + KNOWN),
        ("{nomor:9999999999}", "“{nomor:9999999999}” tidak dikenal. Yang dapat dipakai: " + KNOWN),
        ("{nomor", "Kurung kurawal tidak berpasangan. Yang dapat dipakai: " + KNOWN),
        ("{nomor}}", "Kurung kurawal tidak berpasangan. Yang dapat dipakai: " + KNOWN),
    ],
)
def test_the_pattern_of_certificates_takes_known_words_only(pattern, message):
    field = Program._meta.get_field("certificate_pattern")
    try:
        field.run_validators(pattern)
        told = None
    except ValidationError as error:
        (told,) = error.messages
    assert told == message


def test_a_long_form_asks_the_browser_to_keep_it_and_a_form_about_a_person_does_not(world, staff):
    kept = staff.get(reverse("program_create")).content.decode()
    assert f'data-draft="{world.here.users["staf"].pk}:{reverse("program_create")}"' in kept
    assert "drafts.js" in kept
    personal = staff.get(reverse("enrollment_create", args=[world.here.program.pk])).content.decode()
    assert "data-draft" not in personal
    assert "drafts.js" not in personal


def test_a_refused_form_shows_what_was_sent_and_not_what_the_browser_kept(world, staff):
    page = staff.post(reverse("program_create"), program_form(world, region="")).content.decode()
    assert "data-draft-shown" in page
    assert "data-draft-shown" not in staff.get(reverse("program_create")).content.decode()
