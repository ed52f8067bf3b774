"""Speakers, partners and materials: entered, refused, downloaded, removed."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from asn_eval.history.models import LogEntry
from programs.actions.activities import delete_activity
from programs.forms.activity_parts import MaterialForm
from programs.models import Material, Partnership, Speaker
from tests.access_table.activities import make_material
from tests.programs.test_material_files import DOCX, EXE, PDF, PNG

SPEAKER = {"name": "Dr. Contoh", "affiliation": "Universitas Contoh", "topic": "Etika", "fee": "1.750.000"}
PARTNER = {
    "institution": "Universitas Contoh",
    "kind": "perguruan_tinggi",
    "agreement_number": "12/PKS/2026",
    "agreement_date": "2026-01-10",
    "valid_until": "2026-12-31",
    "contribution": "Menyediakan narasumber.",
}


@pytest.fixture
def activity(world):
    return world.here.program.activities.get()


def upload(staff, activity, name="modul.pdf", content=PDF, **fields):
    url = reverse("material_create", args=[activity.pk])
    return staff.post(url, {"file": SimpleUploadedFile(name, content), "title": ""} | fields)


def files_kept() -> set[str]:
    return set(default_storage.listdir("materi")[1]) if default_storage.exists("materi") else set()


# --- Speakers ------------------------------------------------------------------------


def test_a_speaker_is_entered_with_a_fee_as_people_write_it(staff, activity):
    response = staff.post(reverse("speaker_create", args=[activity.pk]), SPEAKER | {"name": "  Dr.  Contoh "})
    speaker = activity.speakers.get()
    assert response.url == activity.get_absolute_url()
    assert (speaker.name, speaker.affiliation, speaker.topic, speaker.fee) == (
        "Dr. Contoh",
        "Universitas Contoh",
        "Etika",
        1_750_000,
    )
    form = staff.get(reverse("speaker_update", args=[speaker.pk])).context["form"]
    assert form["fee"].value() == "1.750.000"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": "DR. CONTOH"}, "name", "Narasumber ini sudah tercatat pada kegiatan."),
        ({"name": ""}, "name", None),
        ({"fee": "dua juta"}, "fee", "“dua juta” bukan jumlah rupiah. Tulis seperti 1.500.000."),
        ({"fee": "-1"}, "fee", None),
        ({"fee": "1" * 15}, "fee", None),
    ],
)
def test_a_wrong_speaker_is_refused_at_its_field(staff, activity, changes, field, message):
    Speaker.objects.create(activity=activity, name="Dr. Contoh")
    form = SPEAKER | {"name": "Orang Lain"} | changes
    errors = staff.post(reverse("speaker_create", args=[activity.pk]), form).context["form"].errors
    assert field in errors
    assert message is None or message in errors[field]
    assert activity.speakers.count() == 1


def test_no_fee_stands_in_the_history(staff, activity):
    staff.post(reverse("speaker_create", args=[activity.pk]), SPEAKER)
    speaker = activity.speakers.get()
    staff.post(reverse("speaker_update", args=[speaker.pk]), SPEAKER | {"fee": "2.000.000", "seen_revision": 1})
    staff.post(
        reverse("speaker_update", args=[speaker.pk]),
        SPEAKER | {"fee": "3.000.000", "topic": "Mutu", "seen_revision": 2},
    )
    entries = LogEntry.objects.unscoped("test").filter(object_pk=speaker.pk, content_type__model="speaker")
    assert "topic" in entries.order_by("-pk")[0].changes
    assert not any("fee" in (entry.changes or {}) for entry in entries)


def test_earlier_speakers_in_sight_are_suggested(world, staff, activity):
    Speaker.objects.create(activity=activity, name="Siti", affiliation="Inspektorat Semarang")
    far = world.there.program.activities.get()
    Speaker.objects.create(activity=far, name="Tiurma", affiliation="Ombudsman Medan")
    page = staff.get(reverse("speaker_create", args=[activity.pk])).content.decode()
    assert '<option value="Inspektorat Semarang"></option>' in page
    assert "Ombudsman Medan" not in page
    assert "Tiurma" not in page


def test_a_speaker_is_removed_and_leads_back(staff, activity):
    speaker = Speaker.objects.create(activity=activity, name="Siti")
    assert staff.post(reverse("speaker_delete", args=[speaker.pk])).url == activity.get_absolute_url()
    assert not activity.speakers.exists()


# --- Partners ------------------------------------------------------------------------


def test_a_partner_stands_on_the_page_of_its_program(world, staff):
    program = world.here.program
    response = staff.post(reverse("partnership_create", args=[program.pk]), PARTNER)
    assert response.url == program.get_absolute_url()
    page = staff.get(response.url).content.decode()
    assert "12/PKS/2026" in page
    assert "berakhir sebelum program selesai" not in page


@pytest.mark.parametrize(("ends", "warned"), [("2026-06-29", True), ("2026-06-30", False), ("", False)])
def test_an_agreement_that_ends_before_the_program_is_warned_about(world, staff, ends, warned):
    program = world.here.program
    staff.post(reverse("partnership_create", args=[program.pk]), PARTNER | {"valid_until": ends})
    page = staff.get(program.get_absolute_url()).content.decode()
    assert ("berakhir sebelum program selesai" in page) is warned


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (
            {"institution": "UNIVERSITAS CONTOH"},
            "institution",
            "Lembaga ini sudah tercatat sebagai mitra program.",
        ),
        ({"valid_until": "2026-01-09"}, "valid_until", "Perjanjian tidak dapat berakhir sebelum tanggalnya."),
        ({"kind": "klub"}, "kind", None),
        ({"agreement_date": "0206-01-10"}, "agreement_date", "Tahun ini tampaknya keliru; periksa tanggalnya."),
    ],
)
def test_a_wrong_partner_is_refused_at_its_field(world, staff, changes, field, message):
    program = world.here.program
    Partnership.objects.create(program=program, institution="Universitas Contoh", kind="perguruan_tinggi")
    form = PARTNER | {"institution": "Lembaga Lain"} | changes
    errors = staff.post(reverse("partnership_create", args=[program.pk]), form).context["form"].errors
    assert field in errors
    assert message is None or message in errors[field]
    assert program.partnerships.count() == 1


# --- Materials -----------------------------------------------------------------------


def test_a_material_is_kept_under_a_name_of_ours_and_comes_back_as_a_download(world, staff, activity):
    assert upload(staff, activity, name="Modul Étika (1).pdf").url == activity.get_absolute_url()
    material = activity.materials.get()
    assert (material.title, material.file_name, material.size) == (
        "Modul Étika (1)",
        "Modul Étika (1).pdf",
        len(PDF),
    )
    assert material.sha256 == "49c28c332031c5be46a9f1cc28754ba850448ac9d4ffcc1cbb169f779b66b273"
    assert material.uploaded_by == world.here.users["staf"]
    stored = Path(material.file.name)
    assert (stored.parent.name, len(stored.stem), stored.suffix) == ("materi", 32, ".pdf")
    response = staff.get(reverse("material_download", args=[material.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Modul%20%C3%89tika%20%281%29.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../tmp/x.pdf", "x.pdf"),
        ("gpj\u202efdp.pdf", "gpjfdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_hostile_name_does_no_harm(staff, activity, name, kept):
    upload(staff, activity, name=name)
    material = activity.materials.get()
    assert material.file_name == kept
    response = staff.get(reverse("material_download", args=[material.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert "\n" not in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("modul.exe", EXE, "Berkas jenis ini tidak diterima."),
        ("modul.pdf", EXE, "Isi berkas ini bukan PDF yang utuh."),
        ("modul.pdf", b"", None),
        ("modul.docx", EXE + DOCX, "Isi berkas ini bukan DOCX yang utuh."),
    ],
)
def test_a_wrong_file_is_refused_and_leaves_nothing(staff, activity, name, content, message):
    before = files_kept()
    response = upload(staff, activity, name=name, content=content, title="Judul saya")
    (error,) = response.context["form"].errors["file"]
    assert message is None or error.startswith(message)
    assert "Judul saya" in response.content.decode()
    assert not activity.materials.exists()
    assert files_kept() == before


def test_the_same_file_twice_is_refused_under_any_name(world, staff, activity):
    upload(staff, activity, title="Modul pertama")
    response = upload(staff, activity, name="salinan.pdf")
    assert response.context["form"].errors["file"] == [
        "Berkas yang sama sudah ada pada kegiatan ini: “Modul pertama”."
    ]
    assert activity.materials.count() == 1


def test_of_two_uploads_at_the_same_moment_one_is_kept(world, activity):
    def checked_form():
        form = MaterialForm(
            {"title": "Foto"},
            {"file": SimpleUploadedFile("a.png", PNG)},
            instance=Material(activity=activity),
            user=world.here.users["staf"],
        )
        assert form.is_valid()
        return form

    first, second = checked_form(), checked_form()
    first.save()
    before = files_kept()
    with pytest.raises(IntegrityError):
        second.save()
    assert files_kept() == before
    assert activity.materials.count() == 1


def test_a_file_leaves_the_disk_with_its_record(staff, activity, django_capture_on_commit_callbacks):
    material = make_material(activity)
    with django_capture_on_commit_callbacks(execute=True) as waiting:
        assert staff.post(reverse("material_delete", args=[material.pk])).url == activity.get_absolute_url()
        assert default_storage.exists(material.file.name)
    assert len(waiting) == 1
    assert not default_storage.exists(material.file.name)
    assert not Material.objects.unscoped("test").exists()


def test_files_leave_the_disk_with_their_activity(activity, django_capture_on_commit_callbacks):
    names = [make_material(activity, digest=digest).file.name for digest in "ab"]
    with django_capture_on_commit_callbacks(execute=True):
        delete_activity(activity=activity)
    assert [default_storage.exists(name) for name in names] == [False, False]


def test_a_file_that_is_missing_is_explained(staff, activity):
    material = make_material(activity, name="hilang.pdf")
    default_storage.delete(material.file.name)
    response = staff.get(reverse("material_download", args=[material.pk]))
    assert response.status_code == 404
    assert "hilang.pdf" in response.content.decode()
    assert "Berkas tidak ditemukan" in response.content.decode()
    assert staff.post(reverse("material_delete", args=[material.pk])).status_code == 302


def test_the_page_names_the_kinds_and_the_size_that_are_taken(staff, activity):
    page = staff.get(reverse("material_create", args=[activity.pk])).content.decode()
    assert "Paling besar 20 MB. Jenis: pdf, docx, pptx, xlsx, odt, odp, ods, jpg, png." in page
    assert 'enctype="multipart/form-data"' in page
