"""When activities meet, and the days of a month."""

from datetime import date, time

import pytest

from programs.schedule import (
    Roster,
    Slot,
    meet,
    month_of,
    next_month,
    outside,
    previous_month,
    runs_alongside,
    shared_people,
    touches_month,
)

MORNING, NOON, EVENING = time(8), time(12), time(17)


def slot(first: int, last: int, begins: time | None = None, ends: time | None = None) -> Slot:
    return Slot(date(2026, 3, first), date(2026, 3, last), begins, ends)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (slot(2, 2), slot(2, 2), True),
        (slot(2, 2), slot(3, 3), False),
        (slot(2, 4), slot(4, 6), True),
        (slot(2, 9), slot(4, 5), True),
        (slot(2, 2, MORNING, NOON), slot(2, 2, NOON, EVENING), False),
        (slot(2, 2, MORNING, NOON), slot(2, 2, time(11, 59), EVENING), True),
        (slot(2, 2, MORNING, NOON), slot(2, 2), True),
        (slot(2, 4, MORNING, NOON), slot(3, 5, NOON, EVENING), False),
        (slot(2, 4, MORNING, NOON), slot(3, 5, MORNING, NOON), True),
        (slot(2, 2, MORNING), slot(2, 2, NOON, EVENING), True),
        (slot(2, 2, None, NOON), slot(2, 2, NOON, EVENING), False),
        (slot(2, 2, NOON, None), slot(2, 2, None, NOON), False),
    ],
)
def test_activities_meet_when_both_day_and_hour_are_shared(one, other, expected):
    assert meet(one, other) is expected
    assert meet(other, one) is expected


@pytest.mark.parametrize(
    ("activity", "expected"),
    [(slot(2, 3), True), (slot(2, 2), False), (slot(2, 3, MORNING, NOON), False), (slot(2, 3, MORNING), False)],
)
def test_only_several_days_without_hours_run_alongside(activity, expected):
    assert runs_alongside(activity) is expected


ROSTERS = [Roster(1, 7, 70, 4), Roster(2, 7, 70, 3), Roster(None, 7, None, 2), Roster(1, 8, None, 100)]


@pytest.mark.parametrize(
    ("batch", "other_batch", "expected"),
    [(None, None, 9), (1, None, 4), (2, 70, 3), (None, 70, 7), (1, 71, 0), (3, None, 0)],
)
def test_shared_people_are_those_of_both_batches(batch, other_batch, expected):
    assert shared_people(ROSTERS, batch, 7, other_batch) == expected


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        (slot(10, 20), (False, False)),
        (slot(9, 20), (True, False)),
        (slot(10, 21), (False, True)),
        (slot(1, 31), (True, True)),
    ],
)
def test_outside_tells_at_which_end(activity, expected):
    assert outside(activity, date(2026, 3, 10), date(2026, 3, 20)) == expected


def test_month_begins_on_monday_and_holds_whole_weeks():
    weeks = month_of(2026, 3, [])
    assert [len(week) for week in weeks] == [7] * 6
    assert weeks[0][0].date == date(2026, 2, 23)
    assert [day.in_month for day in weeks[0]] == [False] * 6 + [True]
    assert weeks[-1][-1].date == date(2026, 4, 5)


def test_activity_stands_on_each_of_its_days_with_its_number():
    course, talk = slot(2, 4, NOON, EVENING), slot(3, 3, MORNING, NOON)
    days = {day.date.day: day.entries for day in month_of(2026, 3, [course, talk])[1]}
    assert {
        day: [(entry.activity, entry.day, entry.days) for entry in entries] for day, entries in days.items()
    } == {
        2: [(course, 1, 3)],
        3: [(talk, 1, 1), (course, 2, 3)],
        4: [(course, 3, 3)],
        5: [],
        6: [],
        7: [],
        8: [],
    }


@pytest.mark.parametrize(
    ("year", "month", "before", "after"),
    [
        (2026, 1, date(2025, 12, 1), date(2026, 2, 1)),
        (2026, 12, date(2026, 11, 1), date(2027, 1, 1)),
        (2026, 6, date(2026, 5, 1), date(2026, 7, 1)),
    ],
)
def test_months_follow_each_other_across_the_year(year, month, before, after):
    assert (previous_month(year, month), next_month(year, month)) == (before, after)


@pytest.mark.parametrize(("month", "expected"), [(2, False), (3, True), (4, False)])
def test_activity_touches_the_months_of_its_days(month, expected):
    assert touches_month(slot(1, 31), 2026, month) is expected
