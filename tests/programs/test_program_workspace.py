"""The workspace of a program: what it holds, what is missing, what comes next."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse

from programs.models import (
    Activity,
    Attendance,
    Batch,
    BudgetComponent,
    BudgetLine,
    Objective,
    Program,
    TrainingForm,
)
from programs.views.program_detail import Counts, steps_of
from tests.queries import page_queries
from tests.world import add_participant


@pytest.fixture
def complete(world):
    """The program with everything that a year's work leaves behind."""
    program, first = world.here.program, world.here.enrollments[0]
    component = BudgetComponent.objects.create(name="Honorarium")
    BudgetLine.objects.create(program=program, component=component, planned=1000)
    Attendance.objects.create(activity=program.activities.get(), enrollment=first, state="hadir")
    first.post_score = 80
    first.save()
    return program


def test_the_workspace_counts_what_there_is(complete, staff):
    context = staff.get(complete.get_absolute_url()).context
    assert [(step.label, step.count, step.of) for step in context["steps"]] == [
        ("Sasaran", 1, None),
        ("Kegiatan", 1, None),
        ("Anggaran", 1, None),
        ("Peserta", 6, None),
        ("Kehadiran", 1, 1),
        ("Nilai", 1, 6),
        ("Evaluasi", 1, None),
    ]
    assert (context["n_participants"], context["n_comparison"], context["total_hours"]) == (6, 0, 8)
    assert context["next_step"] is None


@pytest.mark.parametrize(
    ("role", "missing", "expected_url", "text"),
    [
        ("staf", "objectives", "objective_create", "belum mempunyai sasaran"),
        ("staf", "activities", "activity_create", "belum dicatat"),
        ("staf", "enrollments", "roster_upload", "Peserta belum didaftarkan"),
        ("staf", "evaluations", None, "Evaluator yang membuka evaluasinya."),
        ("evaluator", "evaluations", "evaluation_create", "Program ini belum dievaluasi."),
        ("manajer", "activities", None, "Staf program yang melengkapinya."),
    ],
)
def test_the_next_step_is_the_first_thing_missing(complete, world, client, role, missing, expected_url, text):
    complete.evaluations.get().surveys.all().delete() if missing == "evaluations" else None
    getattr(complete, missing).all().delete()
    client.force_login(world.here.users[role])
    response = client.get(complete.get_absolute_url())
    step = response.context["next_step"]
    assert (step and step.url) == (expected_url and reverse(expected_url, args=[complete.pk]))
    assert text in response.content.decode()


@pytest.mark.parametrize("state", Program.State.values)
def test_attendance_and_scores_are_not_missed_before_a_program_runs(world, state):
    world.here.program.state = state
    nothing = Counts(*[0] * 8)
    due = [step.label for step in steps_of(world.here.program, nothing) if step.is_due]
    early = ["Sasaran", "Kegiatan", "Anggaran", "Peserta"]
    expected = early if state in ("draf", "direncanakan") else [*early, "Kehadiran", "Nilai"]
    assert due == [*expected, "Evaluasi"]


@pytest.mark.parametrize("name", ["program_budget", "attendance_grid", "score_grid"])
def test_a_part_without_a_page_is_never_the_next_step(world, name):
    """Each part of the year's work is missed exactly where there is a page to mend it."""
    steps = {step.url: step for step in steps_of(world.here.program, Counts(*[0] * 8))}
    try:
        url = reverse(name, args=[world.here.program.pk])
    except NoReverseMatch:
        url = ""
    assert steps[url].is_missing == bool(url)


def test_the_workspace_needs_the_same_queries_for_few_rows_and_for_many(complete, world, staff):
    before = page_queries(staff, complete.get_absolute_url())
    form = TrainingForm.objects.get()
    for number in range(4):
        batch = Batch.objects.create(
            program=complete, name=f"A{number}", start_date=complete.start_date, end_date=complete.end_date
        )
        enrollment = add_participant(world.here, 20 + number)
        enrollment.batch = batch
        enrollment.save()
        Objective.objects.create(program=complete, statement=f"S{number}", indicator="Skor")
        activity = Activity.objects.create(
            program=complete,
            batch=batch,
            title=f"K{number}",
            form=form,
            lesson_hours=2,
            start_date=complete.start_date,
            end_date=complete.start_date,
        )
        Attendance.objects.create(activity=activity, enrollment=enrollment, state="hadir")
    assert page_queries(staff, complete.get_absolute_url()) == before


@pytest.mark.parametrize("role", ["manajer", "auditor"])
def test_readers_see_how_many_took_part_but_nobody(world, client, role):
    client.force_login(world.here.users[role])
    response = client.get(world.here.program.get_absolute_url())
    page = response.content.decode()
    assert response.context["n_participants"] == 6
    assert not any(person.name in page or person.nip in page for person in world.here.people)
    assert reverse("program_participants", args=[world.here.program.pk]) not in page
    assert client.get(reverse("program_participants", args=[world.here.program.pk])).status_code == 403


def test_batches_are_shown_with_their_numbers(world, staff):
    program = world.here.program
    batch = Batch.objects.create(
        program=program, name="Angkatan I", start_date=date(2026, 2, 1), end_date=date(2026, 3, 1), capacity=2
    )
    program.activities.update(batch=batch)
    for enrollment in world.here.enrollments[:4]:
        enrollment.batch = batch
        enrollment.group = "pembanding" if enrollment == world.here.enrollments[3] else "peserta"
        enrollment.save()
    response = staff.get(program.get_absolute_url())
    (shown,) = response.context["batches"]
    assert (shown.n_activities, shown.n_peserta, shown.n_pembanding) == (1, 3, 1)
    assert "melebihi daya tampung" in response.content.decode()


def test_the_plan_of_a_program_is_shown_with_its_needs(world, staff):
    program = world.here.program
    program.needs_note = "Separuh petugas belum menguasai aplikasi."
    program.save()
    assert program.needs_note in staff.get(program.get_absolute_url()).content.decode()
