"""Activities as an iCalendar file (RFC 5545), for the calendar on a telephone. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LINE_BYTES = 75
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Event:
    """One activity. Without hours it takes whole days."""

    uid: str
    title: str
    place: str
    description: str
    start_date: date
    end_date: date
    start_time: time | None
    end_time: time | None
    changed_at: datetime


def write_calendar(name: str, events: Iterable[Event], zone: str) -> bytes:
    """A calendar of ``events`` whose hours are those of ``zone``."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ASN Eval//ID", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event_lines(event, ZoneInfo(zone))
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event_lines(event: Event, zone: ZoneInfo) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{event.changed_at.astimezone(UTC):{STAMP}}",
        *_time_lines(event, zone),
        f"SUMMARY:{_text(event.title)}",
    ]
    lines += [f"{key}:{_text(text)}" for key, text in _optional(event) if text]
    return [*lines, "END:VEVENT"]


def _optional(event: Event) -> tuple[tuple[str, str], ...]:
    return ("LOCATION", event.place), ("DESCRIPTION", event.description)


def _time_lines(event: Event, zone: ZoneInfo) -> list[str]:
    if event.start_time is None or event.end_time is None:
        after = event.end_date + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{event.start_date:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    begins, ends = (
        datetime.combine(event.start_date, moment, zone).astimezone(UTC)
        for moment in (event.start_time, event.end_time)
    )
    lines = [f"DTSTART:{begins:{STAMP}}", f"DTEND:{ends:{STAMP}}"]
    days = (event.end_date - event.start_date).days + 1
    return [*lines, f"RRULE:FREQ=DAILY;COUNT={days}"] if days > 1 else lines


def _text(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> bytes:
    """A long line goes on in the next one, which begins with a space; no character is cut in two."""
    pieces, piece = [], b""
    for character in line:
        encoded = character.encode()
        if len(piece) + len(encoded) > LINE_BYTES:
            pieces.append(piece)
            piece = b" "
        piece += encoded
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
