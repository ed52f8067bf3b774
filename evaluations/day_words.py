"""Days as people type them: 31/01/2026, 31 Januari 2026, Januari 2026, Triwulan I 2026, 2025. Pure."""

import re
from calendar import monthrange
from datetime import date, datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags agust aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov nopember nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
PARTS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MONTHS_OF = {"triwulan": 3, "tw": 3, "kuartal": 3, "q": 3, "semester": 6, "smt": 6}
CENTURY = 2000
TWO_DIGITS = 100

YEAR = r"(?P<year>\d{4}|\d{2})"
FULL_YEAR = r"(?P<year>\d{4})"
BETWEEN = r"[\s/.\-]+"
SHAPES = tuple(
    re.compile(shape, re.IGNORECASE | re.ASCII)
    for shape in (
        rf"(?:tahun\s+)?{FULL_YEAR}",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ]\d{1,2}[.:].*)?",
        rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.]{YEAR}(?: \d{{1,2}}[.:].*)?",
        rf"(?P<day>\d{{1,2}}){BETWEEN}(?P<name>[a-z]+)\.?,?{BETWEEN}{YEAR}",
        rf"(?P<name>[a-z]+)\.?,?{BETWEEN}{YEAR}",
        rf"(?P<month>\d{{1,2}})[-/.]{FULL_YEAR}",
        rf"{FULL_YEAR}[-/.](?P<month>\d{{1,2}})",
        rf"(?P<span>triwulan|tw|kuartal|q|semester|smt)\.?\s*-?(?P<part>iv|i{{1,3}}|[1-4]),?{BETWEEN}(?:tahun\s+)?"
        rf"{FULL_YEAR}",
    )
)


def read_day(typed: object) -> date | None:
    """The day that somebody means; of a month, a quarter, a half or a whole year its last one. None if unclear."""
    if isinstance(typed, datetime):
        return typed.date()
    if isinstance(typed, date):
        return typed
    text = " ".join(str(typed).split())
    for shape in SHAPES:
        found = shape.fullmatch(text)
        if found:
            return _day(found.groupdict())
    return None


def _day(found: dict[str, str | None]) -> date | None:
    year = int(found["year"])
    if len(found["year"]) < len("2026"):
        year += CENTURY
    month = _month(found)
    if month is None or not 1 <= month <= 12 or not date.min.year <= year <= date.max.year:
        return None
    last = monthrange(year, month)[1]
    day = int(found["day"]) if found.get("day") else last
    return date(year, month, day) if 1 <= day <= last else None


def _month(found: dict[str, str | None]) -> int | None:
    """Of a span of months its last one; December where no month is named."""
    if found.get("name"):
        return MONTHS.get(found["name"].lower())
    if found.get("month"):
        return int(found["month"])
    if found.get("span"):
        return MONTHS_OF[found["span"].lower()] * PARTS[found["part"].lower()]
    return 12
