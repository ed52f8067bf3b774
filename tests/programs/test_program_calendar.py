"""The calendar of a program: its months, its warnings, its file."""

from datetime import date, time

import pytest
from django.urls import reverse

from programs.models import Activity, Batch, Speaker, TrainingForm
from tests.queries import page_queries


def make_activity(program, title, first, last, **fields) -> Activity:
    return Activity.objects.create(
        program=program,
        title=title,
        form=TrainingForm.objects.get(),
        lesson_hours=4,
        start_date=first,
        end_date=last,
        **fields,
    )


@pytest.fixture
def url(world):
    program = world.here.program
    program.activities.all().delete()
    batch = Batch.objects.create(
        program=program, name="Angkatan I", start_date=date(2026, 3, 1), end_date=date(2026, 3, 31)
    )
    make_activity(
        program,
        "Kelas Tiga Hari",
        date(2026, 3, 30),
        date(2026, 4, 1),
        start_time=time(8),
        end_time=time(12),
        batch=batch,
    )
    make_activity(program, "Seminar", date(2026, 5, 5), date(2026, 5, 5))
    return reverse("program_calendar", args=[program.pk])


def days_of(response) -> dict[date, list[str]]:
    return {
        day.date: [f"{entry.activity.title} {entry.day}/{entry.days}" for entry in day.entries]
        for week in response.context["weeks"]
        for day in week
        if day.entries
    }


def test_an_activity_stands_on_each_of_its_days(staff, url):
    response = staff.get(url, {"bulan": "2026-03"})
    assert days_of(response) == {
        date(2026, 3, 30): ["Kelas Tiga Hari 1/3"],
        date(2026, 3, 31): ["Kelas Tiga Hari 2/3"],
        date(2026, 4, 1): ["Kelas Tiga Hari 3/3"],
    }
    page = response.content.decode()
    assert "hari 2 dari 3" in page
    assert "Angkatan I" in page
    assert "08.00–12.00" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2026-05", date(2026, 5, 1)),
        ("1945-01", date(1945, 1, 1)),
        ("2100-12", date(2100, 12, 1)),
        ("", date(2026, 3, 1)),
        ("2026-13", date(2026, 3, 1)),
        ("2026-00", date(2026, 3, 1)),
        ("9999-12", date(2026, 3, 1)),
        ("0000-01", date(2026, 3, 1)),
        ("Mei", date(2026, 3, 1)),
        ("\u0662\u0660\u0662\u0666-\u0660\u0665", date(2026, 3, 1)),
        ("2026-05\0", date(2026, 3, 1)),
    ],
)
def test_month_is_the_one_in_the_address_or_the_first_with_an_activity(staff, url, asked, shown):
    response = staff.get(url, {"bulan": asked})
    assert response.status_code == 200
    assert response.context["month"] == shown


def test_months_lead_to_their_neighbours_within_the_years_we_keep(staff, url):
    context = staff.get(url, {"bulan": "2026-12"}).context
    assert (context["before"], context["after"]) == (date(2026, 11, 1), date(2027, 1, 1))
    assert staff.get(url, {"bulan": "1945-01"}).context["before"] is None
    assert staff.get(url, {"bulan": "2100-12"}).context["after"] is None


def test_months_with_activities_are_named(staff, url):
    response = staff.get(url, {"bulan": "2026-07"})
    assert response.context["months"] == [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]
    assert "Tidak ada kegiatan pada bulan ini." in response.content.decode()


def test_a_program_without_activities_says_what_to_do(world, staff, url):
    world.here.program.activities.all().delete()
    response = staff.get(url)
    assert response.context["month"] == date(2026, 2, 1)
    assert "Belum ada kegiatan." in response.content.decode()


def test_warnings_stay_on_the_page(world, staff, url):
    make_activity(world.here.program, "Terlambat", date(2026, 7, 1), date(2026, 7, 1))
    page = staff.get(url, {"bulan": "2026-03"}).content.decode()
    assert "Kegiatan selesai setelah program selesai (30 Juni 2026)." in page


def test_the_page_needs_the_same_queries_for_few_rows_and_for_many(world, staff, url):
    def fill(number):
        day = date(2026, 3, 30)
        activity = make_activity(world.here.program, f"K{number}", day, day, place="Aula")
        Speaker.objects.create(activity=activity, name="Dr. Contoh")

    fill(1)
    before = page_queries(staff, url)
    fill(2)
    fill(3)
    assert page_queries(staff, url) == before


def test_the_file_holds_every_activity(world, staff, url):
    response = staff.get(reverse("program_calendar_file", args=[world.here.program.pk]))
    lines = response.content.decode().split("\r\n")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="kalender-program-kota-semarang.ics"'
    assert [line for line in lines if line.startswith(("SUMMARY", "DTSTART", "RRULE"))] == [
        "DTSTART:20260330T010000Z",
        "RRULE:FREQ=DAILY;COUNT=3",
        "SUMMARY:Kelas Tiga Hari (Angkatan I)",
        "DTSTART;VALUE=DATE:20260505",
        "SUMMARY:Seminar",
    ]
