"""Activities as an iCalendar file."""

from datetime import UTC, date, datetime, time

from programs.calendar_file import Event, write_calendar

CHANGED = datetime(2026, 1, 5, 3, 4, 5, tzinfo=UTC)


def event(**changes) -> Event:
    fields = {
        "uid": "kegiatan-7@asn-eval",
        "title": "Lokakarya",
        "place": "",
        "description": "",
        "start_date": date(2026, 3, 2),
        "end_date": date(2026, 3, 2),
        "start_time": None,
        "end_time": None,
        "changed_at": CHANGED,
    }
    return Event(**fields | changes)


def body(*events: Event, zone: str = "Asia/Jakarta") -> list[str]:
    return write_calendar("Program", events, zone).decode().split("\r\n")[4:-2]


def test_calendar_without_events_is_whole():
    assert write_calendar("Program A; B", [], "Asia/Jakarta") == (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ASN Eval//ID\r\n"
        b"X-WR-CALNAME:Program A\\; B\r\nEND:VCALENDAR\r\n"
    )


def test_event_without_hours_takes_whole_days():
    assert body(event(end_date=date(2026, 3, 4))) == [
        "BEGIN:VEVENT",
        "UID:kegiatan-7@asn-eval",
        "DTSTAMP:20260105T030405Z",
        "DTSTART;VALUE=DATE:20260302",
        "DTEND;VALUE=DATE:20260305",
        "SUMMARY:Lokakarya",
        "END:VEVENT",
    ]


def test_hours_are_those_of_the_zone_and_return_each_day():
    lines = body(event(end_date=date(2026, 3, 4), start_time=time(8), end_time=time(16, 30)), zone="Asia/Jayapura")
    assert lines[3:6] == ["DTSTART:20260301T230000Z", "DTEND:20260302T073000Z", "RRULE:FREQ=DAILY;COUNT=3"]


def test_text_cannot_end_its_line():
    lines = body(event(title="A, B; C\\D\r\nDTSTART:19700101", place="Aula"))
    assert lines[5:7] == ["SUMMARY:A\\, B\\; C\\\\D\\nDTSTART:19700101", "LOCATION:Aula"]


def test_long_lines_are_folded_between_characters():
    content = write_calendar("Program", [event(title="é" * 100)], "Asia/Jakarta")
    assert max(len(line) for line in content.split(b"\r\n")) == 75
    assert "é" * 100 in content.replace(b"\r\n ", b"").decode()
