"""Every list that leaves as a workbook is taken back by its import, and nothing has changed."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.models import (
    Activity,
    Agency,
    Attendance,
    Batch,
    BudgetComponent,
    BudgetLine,
    Objective,
    Polarity,
    TrainingForm,
    TrainingRecord,
)
from tests.programs.rosters import problems

EXPORTS = {
    # entity: (page, rows of the file)
    "peserta": ("participants_export", 6),
    "pegawai": ("person_export", 6),
    "riwayat-pelatihan": ("training_export", 2),
    "unit-kerja": ("agency_export", 2),
    "program": ("program_export", 1),
    "sasaran": ("objectives_export", 2),
    "kegiatan": ("activities_export", 3),
    "anggaran": ("budget_export", 2),
    "kehadiran": ("attendance_export", 3),
    "nilai": ("scores_export", 6),
}
OF_A_PROGRAM = {"peserta", "sasaran", "kegiatan", "anggaran", "kehadiran", "nilai"}


@pytest.fixture
def staff(world, client):
    client.force_login(world.here.users["staf"])
    return client


@pytest.fixture
def full(world):
    """A program of which every field that a file holds is filled, two activities of the same title among it."""
    place, program = world.here, world.here.program
    program.background = "Baris  pertama.\r\nBaris kedua."
    program.target_group = "=Petugas"
    program.save()
    batch = Batch.objects.create(
        program=program, name="Angkatan I", start_date=program.start_date, end_date=program.end_date
    )
    (first,) = program.activities.all()
    repeated = [
        Activity.objects.create(
            program=program,
            title="Kelas",
            form=TrainingForm.objects.get(code="workshop"),
            method="Simulasi",
            lesson_hours=Decimal("4.5"),
            start_date=date(2026, 3, day),
            end_date=date(2026, 3, day),
            start_time=time(8),
            end_time=time(12, 30),
            batch=batch,
        )
        for day in (2, 3)
    ]
    Objective.objects.create(
        program=program,
        statement="Layanan cepat",
        indicator="Hari",
        unit="hari",
        polarity=Polarity.LESS,
        baseline=Decimal("5.25"),
        target=Decimal(3),
    )
    honorarium = BudgetComponent.objects.create(name="Honorarium")
    BudgetLine.objects.create(program=program, component=honorarium, planned=Decimal("1234.5"))
    BudgetLine.objects.create(
        program=program, component=honorarium, activity=repeated[1], description="0012", planned=5, realised=4
    )
    one, two, three = place.enrollments[:3]
    for enrollment, activity, state in (
        (one, first, "hadir"),
        (one, repeated[0], "izin"),
        (two, repeated[1], "alpa"),
    ):
        Attendance.objects.create(enrollment=enrollment, activity=activity, state=state)
    one.pre_score, one.post_score, one.batch = Decimal("62.5"), Decimal(80), batch
    one.save()
    three.status, three.exit_reason, three.exit_note = "mengundurkan_diri", "lain", "Tugas  belajar"
    three.save()
    unit = Agency.objects.create(name="Bidang Arsip", region=place.region, parent=place.agency)
    person = place.people[0]
    person.agency, person.superior, person.phone = unit, place.people[1], "+6281234567890"
    person.save()
    for name in ("Kursus  Arsip", "Pelayanan"):
        TrainingRecord.objects.create(
            person=person,
            name=name,
            form=TrainingForm.objects.get(code="workshop"),
            lesson_hours=Decimal("7.5"),
            certificate_number="0012",
            start_date=date(2026, 1, 5),
            end_date=date(2026, 1, 6),
        )
    return world.here


@pytest.mark.parametrize("entity", EXPORTS)
def test_an_export_comes_back_and_nothing_changes(full, staff, entity):
    name, n_rows = EXPORTS[entity]
    args = [full.program.pk] if entity in OF_A_PROGRAM else []
    export = staff.get(reverse(name, args=args))
    start = reverse("import_start", args=[entity])
    start += f"?program={full.program.pk}" if args else ""
    file = SimpleUploadedFile("ekspor.xlsx", export.content)
    page = staff.post(start, {"file": file}, follow=True)
    assert problems(page) == []
    assert page.context["job"].counts == {"new": 0, "changed": 0, "same": n_rows, "refused": 0}
