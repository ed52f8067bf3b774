"""Every file with personal data that leaves stands in the journal: who took what, about which record."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from asn_eval.history.models import LogEntry
from programs.actions.certificates import issue_certificates
from programs.certificates.eligibility import Rule
from programs.models import Certificate, Enrollment, ImportJob
from tests.evaluations.surveying import public_survey
from tests.history.entries import all_entries

OFFICE, PROGRAM = "BKPSDM Kota Semarang", "Program Kota Semarang"


def downloads() -> list[tuple[str, str]]:
    """Name of the record and what was taken, oldest first."""
    taken = [entry for entry in all_entries() if entry.action == LogEntry.Action.ACCESS]
    return [(entry.object_repr, entry.additional_data["note"]) for entry in taken]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("participants_export", (PROGRAM, "daftar peserta")),
        ("attendance_export", (PROGRAM, "daftar kehadiran")),
        ("scores_export", (PROGRAM, "daftar nilai")),
        ("certificates_export", (PROGRAM, "daftar sertifikat")),
        ("person_export", (OFFICE, "daftar ASN")),
        ("training_export", (OFFICE, "riwayat pelatihan")),
    ],
)
def test_a_list_of_people_that_leaves_is_told_once(world, staff, name, expected):
    keys = [] if name in ("person_export", "training_export") else [world.here.program.pk]
    assert staff.get(reverse(name, args=keys)).status_code == 200
    assert downloads() == [expected]
    (entry,) = (entry for entry in all_entries() if entry.action == LogEntry.Action.ACCESS)
    assert entry.actor == world.here.users["staf"]


@pytest.mark.parametrize("name", ["program_export", "agency_export", "objectives_export", "activities_export"])
def test_a_list_of_nobody_leaves_no_entry(world, staff, name):
    keys = [world.here.program.pk] if name in ("objectives_export", "activities_export") else []
    assert staff.get(reverse(name, args=keys)).status_code == 200
    assert downloads() == []


def test_certificates_that_leave_are_told(world, staff):
    program, enrollment = world.here.program, world.here.enrollments[0]
    program.certificate_pattern = "{nomor}/{tahun}"
    program.save()
    enrollment.status = Enrollment.Status.COMPLETED
    enrollment.save()
    issue_certificates(
        program=program,
        enrollments=[enrollment.pk],
        rule=Rule(),
        issued_on=date(2026, 7, 1),
        place="Semarang",
    )
    certificate = Certificate.objects.unscoped("test").get()
    staff.get(reverse("certificate_pdf", args=[certificate.pk]))
    staff.get(reverse("certificates_pdf", args=[program.pk]))
    assert downloads() == [("001/2026", "PDF sertifikat"), (PROGRAM, "PDF sertifikat")]


def test_a_file_without_a_certificate_is_none_and_leaves_no_entry(world, staff):
    assert staff.get(reverse("certificates_pdf", args=[world.here.program.pk])).status_code == 302
    assert downloads() == []


@pytest.mark.parametrize(("with_program", "expected"), [(True, PROGRAM), (False, OFFICE)])
def test_rows_to_correct_that_leave_are_told(world, staff, with_program, expected):
    job = ImportJob.objects.create(
        entity="peserta" if with_program else "pegawai",
        program=world.here.program if with_program else None,
        office=world.here.office,
        created_by=world.here.users["staf"],
        file_name="rekap.xlsx",
        error_file=ContentFile(b"PK", "perbaikan.xlsx"),
    )
    assert staff.get(reverse("import_errors", args=[job.pk])).status_code == 200
    assert downloads() == [(expected, "berkas perbaikan impor “rekap.xlsx”")]


def test_the_table_for_answers_is_told_where_it_names_people(world, evaluator):
    for survey in (world.here.surveys["sesudah"], public_survey(world.here, world.version)):
        assert evaluator.get(reverse("response_template", args=[survey.pk])).status_code == 200
    assert [note for _name, note in downloads()] == ["tabel jawaban berisi nama peserta"]


def test_somebody_without_an_office_stands_there_alone(world, client):
    world.national.office = None
    world.national.save()
    client.force_login(world.national)
    assert client.get(reverse("person_export")).status_code == 200
    assert downloads() == [(str(world.national), "daftar ASN")]
