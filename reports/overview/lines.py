"""What the blocks of the home page are made of: one line per record, and the block around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from asn_eval.numbers import format_integer


@dataclass(frozen=True)
class Line:
    """One record: its name, what is to be known about it, and where something can be done."""

    name: str
    note: str
    url: str = ""  # none: the name leads nowhere that this person may go
    place: str = ""
    kind: str = ""  # a word before the note, where a block mixes kinds
    page: str = ""  # the name of the URL where it is done; it takes ``key`` where there is one
    key: int | None = None
    action: str = ""
    is_example: bool = False
    is_late: bool = False


@dataclass(frozen=True)
class Block:
    """Some lines of a list, how many there are in all, and where the others stand."""

    key: str
    title: str
    lines: Sequence[Line]
    total: int
    empty: str
    more_url: str

    @property
    def has_more(self) -> bool:
        return self.total > len(self.lines)


def language() -> str:
    return get_language() or "id"


def integer(value: int) -> str:
    return format_integer(value, language())


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def distance(value: date, today: date) -> str:
    """3 Desember 2026 (6 hari lagi)"""
    days = (value - today).days
    if not days:
        words = _("hari ini")
    elif days > 0:
        words = ngettext("%(n)s hari lagi", "%(n)s hari lagi", days) % {"n": integer(days)}
    else:
        words = ngettext("%(n)s hari yang lalu", "%(n)s hari yang lalu", -days) % {"n": integer(-days)}
    return f"{day(value)} ({words})"


def take_turns(lists: Sequence[Sequence], limit: int) -> list[list]:
    """Up to ``limit`` entries of all lists together, each list giving one after the other: none is crowded out."""
    taken = [0] * len(lists)
    left = limit
    while left > 0 and any(n < len(entries) for n, entries in zip(taken, lists, strict=True)):
        for number, entries in enumerate(lists):
            if left and taken[number] < len(entries):
                taken[number] += 1
                left -= 1
    return [list(entries[:n]) for n, entries in zip(taken, lists, strict=True)]
