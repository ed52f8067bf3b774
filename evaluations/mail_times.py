"""When a mail may go out: in the working hours of the office that asks. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST_HOUR, LAST_HOUR = time(8), time(16)  # the last one is the end of sending
FIRST_WEEKEND_DAY = 5  # Saturday


def next_working_moment(now: datetime, zone: str) -> datetime:
    """``now`` itself where the office is at work, else the beginning of its next working day; aware, in ``zone``.

    Monday to Friday, 8 to 16 by the clock of the office. Public holidays are not known here.
    """
    there = now.astimezone(ZoneInfo(zone))
    if there.weekday() < FIRST_WEEKEND_DAY and there.time() < LAST_HOUR:
        return max(there, _begin(there))
    following = there + timedelta(days=1)
    while following.weekday() >= FIRST_WEEKEND_DAY:
        following += timedelta(days=1)
    return _begin(following)


def _begin(day: datetime) -> datetime:
    return day.replace(hour=FIRST_HOUR.hour, minute=0, second=0, microsecond=0)
