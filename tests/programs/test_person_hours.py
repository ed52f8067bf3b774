"""JP of people from rows: what the page sums and what the list asks the database must be the same."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from asn_eval.scoping import unscoped
from programs.learning_hours import sum_of
from programs.models import Activity, Attendance, Batch, Enrollment, Person, Program, TrainingRecord
from programs.registry import below_duty, sources_of
from tests.programs.people import certify, make_person, owe

YEAR = 2026
REVOKED = datetime(2026, 8, 1, tzinfo=UTC)


def hours_of(person: Person, user, year: int = YEAR) -> Decimal:
    return sum_of(source for source in sources_of([person], user)[person.pk] if source.ended_on.year == year)


@pytest.fixture
def someone(world):
    """A participant who completed a program of three activities: 8 JP, 4 JP, and 2 JP of another batch."""
    program = world.here.program
    Enrollment.objects.visible_to(world.national).filter(program=program).delete()
    own, other = (
        Batch.objects.create(program=program, name=name, start_date=program.start_date, end_date=program.end_date)
        for name in ("I", "II")
    )
    first = program.activities.get()
    for title, hours, batch in (("Kedua", 4, own), ("Lain", 2, other)):
        Activity.objects.create(
            program=program,
            title=title,
            form=first.form,
            lesson_hours=hours,
            batch=batch,
            start_date=program.start_date,
            end_date=program.start_date,
        )
    person = make_person(world.here, "198501012010031950", "Siti Aminah")
    Enrollment.objects.create(program=program, person=person, code="P950", status="selesai", batch=own)
    return person


def test_activities_of_the_own_batch_and_of_all_count(world, someone):
    assert hours_of(someone, world.national) == 12


def test_a_noted_absence_does_not_count(world, someone):
    enrollment = someone.enrollments.get()
    activity = world.here.program.activities.get(title="Kedua")
    Attendance.objects.create(activity=activity, enrollment=enrollment, state="sakit")
    assert hours_of(someone, world.national) == 8


def test_an_activity_noted_for_others_only_was_not_attended(world, someone):
    other = Enrollment.objects.create(program=world.here.program, person=world.here.people[0], code="P001")
    activity = world.here.program.activities.get(title="Kedua")
    Attendance.objects.create(activity=activity, enrollment=other, state="hadir")
    assert hours_of(someone, world.national) == 8


def test_the_year_is_that_in_which_the_batch_ended(world, someone):
    batch = someone.enrollments.get().batch
    batch.start_date = batch.end_date = date(2025, 12, 31)
    batch.save()
    assert (hours_of(someone, world.national, 2025), hours_of(someone, world.national)) == (12, 0)


def test_a_revoked_certificate_says_nothing(world, someone):
    certify(someone.enrollments.get(), 30, revoked_at=REVOKED)
    assert hours_of(someone, world.national) == 12


def test_programs_of_other_areas_neither_show_nor_count(world, someone):
    enrollment = world.there.enrollments[0]
    enrollment.person, enrollment.status = someone, "selesai"
    enrollment.save()
    assert hours_of(someone, world.here.users["staf"]) == 12
    assert hours_of(someone, world.national) == 20


def make_lives(world) -> None:
    """Sixty people with every mixture of certificates, attendance, batches and records that the draw brings."""
    draw = random.Random(20260301)
    programs = list(Program.objects.visible_to(world.national))
    for program in programs:
        first = program.activities.get()
        for name, end in (("I", program.end_date), ("II", date(2025, 12, 30))):
            batch = Batch.objects.create(program=program, name=name, start_date=date(2025, 12, 1), end_date=end)
            for number in range(2):
                Activity.objects.create(
                    program=program,
                    title=f"{name} {number}",
                    form=first.form,
                    lesson_hours=Decimal(draw.randint(0, 90)) / 10,
                    batch=batch,
                    start_date=program.start_date,
                    end_date=program.start_date,
                )
    for number in range(60):
        place = draw.choice([world.here, world.here, world.there])
        status = draw.choice(["PNS", "PNS", "PPPK"])
        person = make_person(place, f"1985010120100318{number:02d}", f"Orang {number}", status=status)
        for program in draw.sample(programs, draw.randint(0, 2)):
            enrollment = Enrollment.objects.create(
                program=program,
                person=person,
                code=f"X{number}",
                status=draw.choice(["selesai", "selesai", "hadir", "tidak_lulus"]),
                group=draw.choice(["peserta", "peserta", "peserta", "pembanding"]),
                batch=draw.choice([None, *program.batches.all()]),
            )
            for activity in program.activities.all()[:3]:
                if draw.random() < 0.4:
                    state = draw.choice(["hadir", "hadir", "alpa"])
                    Attendance.objects.create(activity=activity, enrollment=enrollment, state=state)
            if draw.random() < 0.4:
                certify(enrollment, draw.randint(0, 25), revoked_at=draw.choice([None, None, REVOKED]))
        numbers = [f"{row.pk} / uji" for row in person.enrollments.all()]
        for record in range(draw.randint(0, 2)):
            TrainingRecord.objects.create(
                person=person,
                name=f"Kursus {record}",
                lesson_hours=Decimal(draw.randint(0, 150)) / 10,
                end_date=draw.choice([date(2026, 1, 1), date(2026, 12, 31), date(2025, 12, 31), date(2027, 1, 1)]),
                certificate_number=draw.choice(["", "lain", *numbers]),
            )


@pytest.mark.parametrize("who", ["staf", "evaluator", "nasional"])
def test_the_database_and_the_page_agree_on_who_is_below_the_duty(world, who):
    make_lives(world)
    owe(12)
    owe(5, status="PPPK", since=date(2026, 1, 1))
    user = world.national if who == "nasional" else world.here.users[who]
    people = list(Person.objects.visible_to(user))
    duty = {"PNS": 12, "PPPK": 5}
    sources = sources_of(people, user)
    for year in (2025, 2026):
        expected = {
            person.pk
            for person in people
            if (year, person.status) != (2025, "PPPK")
            if sum_of(source for source in sources[person.pk] if source.ended_on.year == year)
            < duty[person.status]
        }
        found = set(below_duty(Person.objects.visible_to(user), user, year).values_list("pk", flat=True))
        assert found == expected
        assert 0 < len(expected) < len(people)


def test_hours_of_many_people_need_no_more_queries(world, django_assert_num_queries):
    with unscoped("the test counts queries, not rows"):
        make_lives(world)
    user = world.national
    people = list(Person.objects.visible_to(user))
    for some in (people[:3], people):
        with django_assert_num_queries(5):
            sources_of(some, user)
