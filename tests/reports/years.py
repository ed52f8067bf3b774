"""Programs around today, with what they hold: what the overview counts and finds missing."""

from datetime import date, timedelta

from django.utils import timezone

from programs.models import (
    Activity,
    Attendance,
    BudgetComponent,
    BudgetLine,
    Enrollment,
    Person,
    Program,
    TrainingForm,
)
from tests.world import Place


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def run(place: Place, name: str, starts: int = -40, ends: int = -20, *, region=None, **values) -> Program:
    """A program that starts and ends so many days from today; finished unless said otherwise."""
    return Program.objects.create(
        name=name,
        region=region or place.region,
        organizer=place.office,
        start_date=day(starts),
        end_date=day(ends),
        **{"type": Program.Type.TRAINING, "state": Program.State.FINISHED} | values,
    )


def hold(program: Program, title: str = "Lokakarya", *, days: int = 0, hours: float = 8) -> Activity:
    """An activity on the so-manieth day of the program."""
    on = program.start_date + timedelta(days=days)
    form = TrainingForm.objects.get(code="workshop")
    return Activity.objects.create(
        program=program, title=title, form=form, lesson_hours=hours, start_date=on, end_date=on
    )


def enrol(program: Program, person: Person, **values) -> Enrollment:
    code = f"P{program.enrollments.count() + 1:03d}"
    return Enrollment.objects.create(program=program, person=person, code=code, **values)


def note(activity: Activity, enrollment: Enrollment) -> Attendance:
    return Attendance.objects.create(activity=activity, enrollment=enrollment, state=Attendance.State.PRESENT)


def budget(program: Program, planned: int, realised: int | None) -> BudgetLine:
    component, _new = BudgetComponent.objects.get_or_create(name="Honorarium")
    return BudgetLine.objects.create(program=program, component=component, planned=planned, realised=realised)
