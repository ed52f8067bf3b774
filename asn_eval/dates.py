"""Days in Indonesian words, as documents have them in every language of the page. Pure."""

from datetime import date

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def day(value: date | None) -> str:
    """23 November 2026"""
    return "–" if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def period(start: date, end: date) -> str:
    """5 sampai 9 Januari 2026; what both days share is said once."""
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} sampai {day(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]} sampai {day(end)}"
    return f"{day(start)} sampai {day(end)}"
