"""What saving a file would do, and nothing done yet."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format

from asn_eval.numbers import format_decimal
from programs.imports.checking import Problem

EMPTY = ("", None)


@dataclass(frozen=True, slots=True)
class Change:
    """One stored value and what would stand in its place, both in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row of the file that changes what is stored."""

    row: int
    title: str
    detail: str
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Plan:
    """Everything that a file would do to the stored rows."""

    n_rows: int
    new_keys: list[str]
    changed: list[ChangedRow]
    n_changed: int
    n_same: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]
    first_new: list[tuple[int, str, str]]
    new_units: tuple[str, ...] = ()

    @property
    def n_refused(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new_keys),
            "changed": self.n_changed,
            "same": self.n_same,
            "refused": self.n_refused,
        }

    @property
    def would_save(self) -> bool:
        return bool(self.new_keys or self.n_changed)

    @property
    def digest(self) -> str:
        """A fingerprint: two plans that would do the same have the same one. It tells nothing about people."""
        content = [
            self.new_keys,
            [[row.row, row.title, [[c.label, c.before, c.after] for c in row.changes]] for row in self.changed],
            [[problem.row, problem.column, problem.message] for problem in self.problems],
            self.new_units,
        ]
        return salted_hmac("programs.imports", json.dumps(content)).hexdigest()


def in_words(
    model: type[models.Model], name: str, value: object, names: Callable[[str, object], str] | None = None
) -> str:
    """A value of a column as pages show it."""
    if value in EMPTY:
        return ""
    model_field = model._meta.get_field(name)
    if isinstance(value, models.Model):
        return str(value)
    if model_field.is_relation:
        return names(name, value) if names else str(value)
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    if isinstance(value, date | datetime):
        return date_format(value)
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, Decimal):
        return format_decimal(value, max(0, -value.normalize().as_tuple().exponent))
    return str(value)


def label_of(model: type[models.Model], name: str) -> str:
    """The name of a column as pages show it."""
    return str(model._meta.get_field(name).verbose_name)


def described(
    model: type[models.Model],
    changes: Mapping[str, tuple[object, object]],
    names: Callable[[str, object], str] | None = None,
) -> tuple[Change, ...]:
    """Changes in words."""
    return tuple(
        Change(label_of(model, name), in_words(model, name, old, names), in_words(model, name, new, names))
        for name, (old, new) in changes.items()
    )


def plain_rows(rows: Sequence[object]) -> list[dict[str, object]]:
    """Dataclasses as what JSON keeps; PostgreSQL keeps no NUL in it."""
    return [_plain(row) for row in rows]


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
