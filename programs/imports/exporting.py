"""Records as they leave: in the columns that their import reads, so that a file can come back changed."""

from collections.abc import Callable, Mapping
from datetime import time
from operator import attrgetter

from django.db.models import Model

from asn_eval.accounts.models import Region
from programs.imports.columns import Column, Kind
from programs.imports.entities import IMPORTERS
from programs.models import Entity, Grade, Person

Cell = Callable[[object], object]

PERSONAL = ("nip", "name", "grade", "position", "level", "agency", "email", "phone")
# Where a field stands that is not the row's own.
WHOSE: dict[Entity, dict[str, str]] = {
    Entity.PARTICIPANTS: dict.fromkeys(PERSONAL, "person"),
    Entity.TRAINING: {"nip": "person"},
    Entity.SCORES: dict.fromkeys(("nip", "name"), "person"),
    Entity.ATTENDANCE: dict.fromkeys(("nip", "name"), "enrollment.person"),
}
# How a file names a row that another refers to, where it is not its usual name.
NAMED_BY: dict[type[Model], str] = {Grade: "code", Person: "nip", Region: "label"}


def columns_of(entity: Entity, own: Mapping[str, Cell] | None = None) -> list[tuple[str, Cell]]:
    """Each header that the import recommends, with what stands below it of a row.

    ``own`` names fields that are told in another way than by what is stored under their name.
    """
    own, whose = own or {}, WHOSE.get(entity, {})
    return [
        (column.header, own.get(column.field) or _cell(column, whose.get(column.field)))
        for column in IMPORTERS[entity].columns
    ]


def training_columns() -> list[tuple[str, Cell]]:
    return columns_of(Entity.TRAINING, {"year": lambda record: record.end_date.year})


def _cell(column: Column, path: str | None) -> Cell:
    owner = attrgetter(path) if path else None

    def cell(row: object) -> object:
        holder = owner(row) if owner else row
        if column.kind is Kind.CHOICE:
            return str(getattr(holder, f"get_{column.field}_display")())
        return _in_file(getattr(holder, column.field))

    return cell


def _in_file(value: object) -> object:
    if isinstance(value, Model):
        return str(getattr(value, NAMED_BY[type(value)]) if type(value) in NAMED_BY else value)
    return f"{value:%H.%M}" if isinstance(value, time) else value
