"""What stands in a journal for a value: text, or nothing. A related row stands there by its name."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Field, FileField, JSONField, Model
from django.utils.timezone import is_aware, make_naive

from asn_eval.history.registration import Kind

Change = tuple[str | None, str | None]


def as_text(field: Field, value: object) -> str | None:
    """``value`` of ``field`` as the journal keeps it; None for what is empty."""
    if value is None or (isinstance(field, FileField) and not value):
        return None
    if isinstance(field, JSONField):
        return json.dumps(value, sort_keys=True, cls=field.encoder)
    if isinstance(value, datetime):
        value = make_naive(value, UTC) if is_aware(value) else value
    return str(value)


def named(row: Model, name: Callable[[Model], str] = str) -> str:
    """What a row is called; "" when what its name is made of is gone."""
    try:
        return name(row)
    except ObjectDoesNotExist:
        return ""


def text_in(row: Model, field: Field) -> str | None:
    """What stands in ``field`` of ``row``."""
    if not field.is_relation:
        return as_text(field, typed(field, getattr(row, field.attname)))
    try:
        related = getattr(row, field.name)
    except ObjectDoesNotExist:
        return as_text(field, getattr(row, field.attname))
    return None if related is None else named(related)


def typed(field: Field, value: object) -> object:
    """``value`` as the database would give it back: a row may still hold what was put there as text."""
    try:
        return field.to_python(value)
    except (ValidationError, TypeError, ValueError):
        return value


def is_same(field: Field, old: object, new: object) -> bool:
    old, new = typed(field, old), typed(field, new)
    if isinstance(old, str) and isinstance(new, str):
        return old.replace("\r\n", "\n") == new.replace("\r\n", "\n")
    return old == new or (isinstance(field, FileField) and not old and not new)


def filled(kind: Kind, row: Model) -> dict[str, str]:
    """The values of a row that is there, without the empty ones."""
    texts = {field.name: text_in(row, field) for field in kind.fields}
    return {name: text for name, text in texts.items() if text not in (None, "")}


def creation_of(kind: Kind, row: Model) -> dict[str, Change]:
    return {name: (None, text) for name, text in filled(kind, row).items()}


def deletion_of(kind: Kind, row: Model) -> dict[str, Change]:
    return {name: (text, None) for name, text in filled(kind, row).items()}


def difference(kind: Kind, old: Model, new: Model, names: frozenset[str] | None) -> dict[str, Change]:
    """What differs between two states of a row; a name is looked up only where the key differs."""
    return {
        field.name: (text_in(old, field), text_in(new, field))
        for field in kind.fields
        if names is None or field.name in names or field.attname in names
        if not is_same(_column(field), getattr(old, field.attname), getattr(new, field.attname))
    }


def _column(field: Field) -> Field:
    """What a key is compared by is the key of the other row."""
    return field.target_field if field.is_relation else field
