"""Peta ubin: one equal square per province, so placed that neighbours stay neighbours."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from asn_eval.accounts.models import Region
from asn_eval.numbers import format_decimal, format_percent
from reports.analysis.overview import Breakdown, Completion, MapClass, Tally, class_of, map_classes
from reports.analysis.results import Suppressed
from reports.overview.bars import completion_words, hours, value_of
from reports.overview.choice import Choice
from reports.overview.lines import integer, language

SOURCE = Path(__file__).parent.parent / "data" / "tile_map.csv"
WESTERN_COLUMNS = 6  # the halves stand side by side, on a phone one below the other
SHADES = 5
THOUSAND, MILLION = 1_000, 1_000_000


@dataclass(frozen=True)
class Place:
    """Where a province stands on the map."""

    code: str
    short: str
    column: int
    row: int


@dataclass(frozen=True)
class Tile:
    """One province as it is drawn. ``shade`` 0 is a zero, 1 to 5 are classes, none has no number."""

    place: Place
    name: str
    is_inside: bool
    has_programs: bool
    tally: Tally
    figure: str
    words: str  # name, value and n, for those who do not see the square
    completion_text: str
    shade: int | None

    @property
    def column(self) -> int:
        """Within its half."""
        return (self.place.column - 1) % WESTERN_COLUMNS + 1

    @property
    def css(self) -> str:
        if not self.is_inside:
            return "outside"
        return "no-programs" if not self.has_programs else f"shade-{'none' if self.shade is None else self.shade}"


@dataclass(frozen=True)
class TileMap:
    tiles: Sequence[Tile]
    classes: Sequence[tuple[int, str]]  # shade and what it stands for

    @property
    def halves(self) -> list[tuple[str, list[Tile]]]:
        """West and east, each from top left to bottom right: the order in which the keyboard goes."""
        ordered = sorted(self.tiles, key=lambda tile: (tile.place.row, tile.place.column))
        west = [tile for tile in ordered if tile.place.column <= WESTERN_COLUMNS]
        east = [tile for tile in ordered if tile.place.column > WESTERN_COLUMNS]
        return [(_("Indonesia bagian barat"), west), (_("Indonesia bagian timur"), east)]

    @property
    def inside(self) -> list[Tile]:
        return [tile for tile in self.tiles if tile.is_inside]

    @property
    def listed(self) -> list[Tile]:
        """The rows of the table, in the order of the codes."""
        return [tile for tile in self.inside if tile.has_programs]

    @property
    def without_programs(self) -> list[Tile]:
        return [tile for tile in self.inside if not tile.has_programs]

    @property
    def has_outside(self) -> bool:
        return len(self.inside) < len(self.tiles)


@cache
def places() -> tuple[Place, ...]:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(Place(row["code"], row["short"], int(row["column"]), int(row["row"])) for row in rows)


def draw(breakdown: Breakdown, choice: Choice, *, area: Sequence[str], sees_all: bool) -> TileMap:
    """The map of the provinces of ``breakdown``; ``area`` are the codes that the person answers for."""
    names = dict(Region.objects.filter(level=Region.Level.PROVINCE).values_list("code", "name"))
    values = {
        code: value_of(choice.measure, tally, breakdown.completion[code])
        for code, tally in breakdown.groups.items()
        if tally.programs
    }
    classes = map_classes([value for value in values.values() if value], at_most=SHADES)
    own = {code[:2] for code in area}
    tiles = [
        _tile(place, names, breakdown, values, classes, choice, is_inside=sees_all or place.code in own)
        for place in places()
    ]
    return TileMap(tiles, _legend(classes, values, choice))


def _tile(
    place: Place,
    names: Mapping[str, str],
    breakdown: Breakdown,
    values: Mapping[str, float | None],
    classes: Sequence[MapClass],
    choice: Choice,
    *,
    is_inside: bool,
) -> Tile:
    tally = breakdown.groups.get(place.code, Tally())
    completion = breakdown.completion.get(place.code)
    value = values.get(place.code)
    name = names.get(place.code, place.short)
    return Tile(
        place=place,
        name=name,
        is_inside=is_inside,
        has_programs=tally.programs > 0,
        tally=tally,
        figure=_figure(value, choice.measure) if tally.programs else "",
        words=_tile_words(name, tally, completion, choice),
        completion_text=completion_words(completion),
        shade=None if value is None else class_of(value, classes),
    )


def _figure(value: float | None, measure: str) -> str:
    """What is written into the square: 87%, 1.204, 12 rb."""
    if value is None:
        return "–"
    if measure == "penyelesaian":
        return format_percent(value, 0, language())
    if value >= MILLION:
        return _("%(n)s jt") % {"n": format_decimal(value / MILLION, 1, language())}
    if value >= 10 * THOUSAND:
        return _("%(n)s rb") % {"n": integer(value / THOUSAND)}
    return integer(value)


def _tile_words(name: str, tally: Tally, completion, choice: Choice) -> str:
    values = {
        "name": name,
        "programs": integer(tally.programs),
        "enrollments": integer(tally.enrollments),
        "hours": hours(tally.lesson_hours),
        "share": completion_words(completion),
    }
    if not tally.programs:
        return _("%(name)s: tidak ada program") % values
    if choice.measure == "program":
        return _("%(name)s: %(programs)s program") % values
    if choice.measure == "peserta":
        return _("%(name)s: %(enrollments)s keikutsertaan pada %(programs)s program") % values
    if choice.measure == "jp":
        return _("%(name)s: %(hours)s JP pada %(programs)s program") % values
    if isinstance(completion, Completion):
        return _("%(name)s: angka penyelesaian %(share)s") % values
    if isinstance(completion, Suppressed):
        return _("%(name)s: angka penyelesaian tidak ditampilkan karena kelompoknya kecil") % values
    return _("%(name)s: belum ada peserta yang ditetapkan hasilnya") % values


def _legend(
    classes: Sequence[MapClass], values: Mapping[str, float | None], choice: Choice
) -> list[tuple[int, str]]:
    written = [(_figure(each.low, choice.measure), _figure(each.high, choice.measure)) for each in classes]
    legend = [
        (shade, low if low == high else _("%(low)s sampai %(high)s") % {"low": low, "high": high})
        for shade, (low, high) in enumerate(written, start=1)
    ]
    return [(0, _figure(0, choice.measure)), *legend] if 0 in values.values() else legend
