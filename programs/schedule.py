"""When two activities meet, and how a month of them is laid out. Pure.

An activity of several days with hours takes those hours on each of its days. Hours that are missing at either
end reach to that end of the day, so an activity without hours takes whole days.
"""

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Protocol

MONDAY = 0
DAY_BEGINS, DAY_ENDS = time.min, time.max


class Timed(Protocol):
    """What is asked of an activity (programs.models.Activity)."""

    start_date: date
    end_date: date
    start_time: time | None
    end_time: time | None


@dataclass(frozen=True)
class Slot:
    """An activity that is not stored: what a form holds."""

    start_date: date
    end_date: date
    start_time: time | None = None
    end_time: time | None = None


@dataclass(frozen=True)
class Roster:
    """How many people of one batch of a program are also in one batch of another (None: in no batch)."""

    batch: int | None
    other_program: int
    other_batch: int | None
    n_people: int


@dataclass(frozen=True)
class DayEntry:
    """One activity on one day: the how-manieth of its days this is."""

    activity: Timed
    day: int
    days: int


@dataclass(frozen=True)
class Day:
    date: date
    in_month: bool
    entries: tuple[DayEntry, ...]


def meet(one: Timed, other: Timed) -> bool:
    """Whether there is a moment that both take. Ending at ten and beginning at ten do not meet."""
    share_a_day = one.start_date <= other.end_date and other.start_date <= one.end_date
    return share_a_day and _begin(one) < _end(other) and _begin(other) < _end(one)


def runs_alongside(activity: Timed) -> bool:
    """Several days without hours: within its own program it is learned beside the other activities."""
    is_long = activity.end_date > activity.start_date
    return is_long and activity.start_time is None and activity.end_time is None


def shared_people(
    rosters: Iterable[Roster], batch: int | None, other_program: int, other_batch: int | None
) -> int:
    """How many people two activities share; a batch of None means the activity is for everybody."""
    return sum(
        roster.n_people
        for roster in rosters
        if roster.other_program == other_program
        and batch in (None, roster.batch)
        and other_batch in (None, roster.other_batch)
    )


def outside(activity: Timed, period_start: date, period_end: date) -> tuple[bool, bool]:
    """(begins before the period, ends after it)."""
    return activity.start_date < period_start, activity.end_date > period_end


def month_of(year: int, month: int, activities: Sequence[Timed]) -> list[list[Day]]:
    """The weeks of a month from Monday to Sunday, each day with what takes place on it."""
    return [
        [Day(day, day.month == month, _entries(day, activities)) for day in week]
        for week in Calendar(MONDAY).monthdatescalendar(year, month)
    ]


def touches_month(activity: Timed, year: int, month: int) -> bool:
    first = date(year, month, 1)
    last = next_month(year, month) - timedelta(days=1)
    return activity.start_date <= last and activity.end_date >= first


def next_month(year: int, month: int) -> date:
    """The first day of the month that follows."""
    return date(year + month // 12, month % 12 + 1, 1)


def previous_month(year: int, month: int) -> date:
    """The first day of the month before."""
    return (date(year, month, 1) - timedelta(days=1)).replace(day=1)


def _entries(day: date, activities: Sequence[Timed]) -> tuple[DayEntry, ...]:
    on_day = [activity for activity in activities if activity.start_date <= day <= activity.end_date]
    return tuple(
        DayEntry(
            activity,
            day=(day - activity.start_date).days + 1,
            days=(activity.end_date - activity.start_date).days + 1,
        )
        for activity in sorted(on_day, key=_begin)
    )


def _begin(activity: Timed) -> time:
    return activity.start_time or DAY_BEGINS


def _end(activity: Timed) -> time:
    return activity.end_time or DAY_ENDS
