"""What the address of an overview asks for; anything else that was put there asks for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Region
from asn_eval.fields import LATEST_YEAR, OLDEST_YEAR

MEASURES = {
    "program": _("Program"),
    "peserta": _("Keikutsertaan"),
    "jp": _("JP kegiatan"),
    "penyelesaian": _("Angka penyelesaian"),
}
# What the shades of the map may stand for.
MAP_MEASURES = ("program", "peserta", "penyelesaian")


@dataclass(frozen=True)
class Choice:
    """A year, a region inside the person's area (none: all of it), and what is drawn."""

    year: int
    region: Region | None
    measure: str

    @property
    def code(self) -> str:
        return self.region.code if self.region else ""

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    def query(self, **other) -> str:
        """The query string of this choice, with something else in place of a part of it."""
        asked = {"tahun": self.year, "wilayah": self.code, "ukuran": self.measure} | other
        return urlencode({name: value for name, value in asked.items() if value})


def read_choice(request: HttpRequest, *, today: date, years: Sequence[int], measures=tuple(MEASURES)) -> Choice:
    measure = request.GET.get("ukuran", "")
    return Choice(
        year=_year(request.GET.get("tahun", ""), today, years),
        region=_region(request.GET.get("wilayah", ""), request.user),
        measure=measure if measure in measures else measures[0],
    )


def _year(text: str, today: date, years: Sequence[int]) -> int:
    """The year that is asked for; else this one, or the last before it in which a program started."""
    is_year = len(text) == 4 and text.isascii() and text.isdigit()
    if is_year and OLDEST_YEAR <= int(text) <= LATEST_YEAR:
        return int(text)
    return min(today.year, years[0]) if years else today.year


def _region(code: str, user) -> Region | None:
    if not code or len(code) > 13 or "\0" in code:
        return None
    return Region.objects.open_to(user).filter(code=code).first()
