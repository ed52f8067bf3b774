"""What deserves a second look in a schedule, and what the viewer may be told of it."""

from datetime import date, time

import pytest

from programs.clashes import schedule_warnings
from programs.models import Activity, Batch, Enrollment, Program, Speaker, TrainingForm
from tests.queries import count_queries
from tests.world import make_program

DAY = date(2026, 3, 2)


@pytest.fixture
def here(world):
    world.here.program.activities.all().delete()
    return world.here


def make_activity(program: Program, title: str = "Kelas", **fields) -> Activity:
    usual = {
        "form": TrainingForm.objects.get(),
        "lesson_hours": 4,
        "start_date": DAY,
        "end_date": DAY,
    }
    return Activity.objects.create(program=program, title=title, **usual | fields)


def other_program(place, *people, name="Program Kedua", **fields) -> Program:
    program = make_program(place.region, place.office, name=name)
    for number, person in enumerate(people):
        Enrollment.objects.create(program=program, person=person, code=f"X{number}", **fields)
    return program


def warned(program: Program, user) -> list[list[str]]:
    activities = list(program.activities.all())
    return [[warning.text for warning in each] for each in schedule_warnings(program, activities, user)]


def test_people_of_another_program_are_counted_and_named_with_their_activity(here):
    make_activity(here.program)
    other = make_activity(other_program(here, *here.people[:2]), "Rapat")
    ((warning,),) = schedule_warnings(here.program, list(here.program.activities.all()), here.users["staf"])
    assert warning.text == ("2 peserta juga mengikuti “Rapat” (Program Kedua, 2 Maret 2026) pada waktu yang sama.")
    assert warning.url == other.get_absolute_url()


def test_of_a_program_out_of_sight_only_the_number_is_told(world, here):
    make_activity(here.program)
    hidden = make_activity(other_program(world.there, *here.people[:3], name="Program Medan"), "Rapat Medan")
    activities = list(here.program.activities.all())
    ((warning,),) = schedule_warnings(here.program, activities, here.users["staf"])
    assert warning.text == "3 peserta mengikuti kegiatan lain di luar wilayah kerja Anda pada waktu yang sama."
    assert warning.url == ""
    ((warning,),) = schedule_warnings(here.program, activities, world.national)
    assert warning.url == hidden.get_absolute_url()


@pytest.mark.parametrize(
    "fields",
    [{"group": "pembanding"}, {"status": "mengundurkan_diri"}],
)
def test_who_is_compared_or_withdrew_has_no_schedule_there(here, fields):
    make_activity(here.program)
    make_activity(other_program(here, here.people[0], **fields))
    assert warned(here.program, here.users["staf"]) == [[]]


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ({}, {"start_date": date(2026, 3, 3), "end_date": date(2026, 3, 3)}, 0),
        ({"start_time": time(8), "end_time": time(10)}, {"start_time": time(10), "end_time": time(12)}, 0),
        ({"start_time": time(8), "end_time": time(10)}, {"start_time": time(9), "end_time": time(12)}, 1),
        ({"start_time": time(8), "end_time": time(10)}, {}, 1),
        ({"start_date": date(2026, 3, 1), "end_date": date(2026, 3, 9)}, {}, 1),
    ],
)
def test_only_what_meets_is_warned_about(here, own, other, expected):
    make_activity(here.program, **own)
    make_activity(other_program(here, here.people[0]), **other)
    assert [len(each) for each in warned(here.program, here.users["staf"])] == [expected]


def test_only_people_of_the_batch_are_counted(here):
    days = {"start_date": DAY, "end_date": DAY}
    first = Batch.objects.create(program=here.program, name="I", **days)
    second = Batch.objects.create(program=here.program, name="II", **days)
    here.program.enrollments.filter(person__in=here.people[:2]).update(batch=first)
    here.program.enrollments.filter(person__in=here.people[2:5]).update(batch=second)
    make_activity(here.program, "Kelas I", batch=first)
    make_activity(here.program, "Kelas II", batch=second)
    make_activity(other_program(here, *here.people), "Rapat")
    texts = warned(here.program, here.users["staf"])
    assert [[text.split(" ")[0] for text in each] for each in texts] == [["2"], ["3"]]


def test_two_classes_of_one_program_meet_but_self_study_runs_alongside(here):
    make_activity(here.program, "Kelas A")
    make_activity(here.program, "Kelas B")
    make_activity(here.program, "Belajar mandiri", end_date=date(2026, 3, 30))
    texts = warned(here.program, here.users["staf"])
    assert [[text.split("“")[1].split("”")[0] for text in each] for each in texts] == [
        ["Kelas B"],
        ["Kelas A"],
        [],
    ]


def test_an_activity_of_the_same_program_is_named_without_it(here):
    for title in ("Kelas A", "Kelas B"):
        make_activity(here.program, title, place="Aula", start_time=time(8))
    assert warned(here.program, here.users["staf"])[0] == [
        "6 peserta juga mengikuti “Kelas B” (2 Maret 2026) pada waktu yang sama.",
        "Tempat “Aula” juga dipakai “Kelas B” (2 Maret 2026) pada waktu yang sama.",
    ]


def test_a_speaker_cannot_be_at_two_places(here):
    own = make_activity(here.program)
    other = make_activity(other_program(here), "Rapat")
    Speaker.objects.create(activity=own, name="Dr. Budi")
    Speaker.objects.create(activity=other, name="DR. BUDI")
    Speaker.objects.create(activity=other, name="Dr. Wati")
    assert warned(here.program, here.users["staf"]) == [
        ["Narasumber Dr. Budi juga mengisi “Rapat” (Program Kedua, 2 Maret 2026) pada waktu yang sama."]
    ]


def test_a_speaker_out_of_sight_is_not_told(world, here):
    Speaker.objects.create(activity=make_activity(here.program), name="Dr. Budi")
    Speaker.objects.create(activity=make_activity(world.there.program), name="Dr. Budi")
    assert warned(here.program, here.users["staf"]) == [[]]


@pytest.mark.parametrize(
    ("place", "delivery", "expected"),
    [("Aula", "tatap_muka", 1), ("aula", "campuran", 1), ("Balai", "tatap_muka", 0), ("Aula", "daring", 0)],
)
def test_a_room_is_used_once_at_a_time(here, place, delivery, expected):
    make_activity(here.program, place="Aula")
    make_activity(other_program(here), "Rapat", place=place, delivery=delivery)
    texts = warned(here.program, here.users["staf"])
    sentence = "Tempat “Aula” juga dipakai “Rapat” (Program Kedua, 2 Maret 2026) pada waktu yang sama."
    assert texts == [[sentence] * expected]


def test_a_hall_of_the_same_name_in_another_town_is_another_hall(world, here):
    make_activity(here.program, place="Aula")
    make_activity(world.there.program, place="Aula")
    assert warned(here.program, world.national) == [[]]


def test_an_activity_is_no_obstacle_to_itself(here):
    activity = make_activity(here.program, place="Aula")
    Speaker.objects.create(activity=activity, name="Dr. Budi")
    assert warned(here.program, here.users["staf"]) == [[]]


def test_nothing_is_asked_about_no_activities(here):
    assert count_queries(lambda: schedule_warnings(here.program, [], here.users["staf"])) == 0


def test_the_number_of_queries_does_not_grow(here):
    def fill(number):
        own = make_activity(here.program, f"Kelas {number}", place="Aula")
        other = make_activity(other_program(here, *here.people, name=f"Program {number}"), place="Aula")
        for activity in (own, other):
            Speaker.objects.create(activity=activity, name=f"Dr. {number}")

    def look():
        warned(here.program, here.users["staf"])

    fill(1)
    look()  # the user remembers the regions of the office
    before = count_queries(look)
    fill(2)
    fill(3)
    assert count_queries(look) == before
