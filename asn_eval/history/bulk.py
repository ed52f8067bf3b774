"""The history of many rows written at once, past save() and the signals: a few queries for all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.models import Field, Model, prefetch_related_objects
from django.db.models.signals import pre_save

from asn_eval.accounts.models import Region
from asn_eval.history.entries import Action, entry_of, hand, is_silent, sign
from asn_eval.history.models import LogEntry, place_of
from asn_eval.history.registration import KINDS, Kind
from asn_eval.history.values import as_text, creation_of, deletion_of, is_same, named

CHUNK = 2000  # rows held, and keys asked for, at a time
Changes = Mapping[str, tuple[object, object]]


def record_creations(rows: Iterable[Model], *, region: Region | None = None) -> None:
    """One entry for each new row, of whatever kinds. A ``region`` that all share need not be looked up."""
    _record(((row, None) for row in rows), Action.CREATE, lambda kind, row, _given: creation_of(kind, row), region)


def record_deletions(rows: Iterable[Model], *, region: Region | None = None) -> None:
    """One entry for each row that goes; called before they go, while what they name is still there."""
    _record(((row, None) for row in rows), Action.DELETE, lambda kind, row, _given: deletion_of(kind, row), region)


def record_changes(changes: Iterable[tuple[Model, Changes]], *, region: Region | None = None) -> None:
    """One entry for each row with the columns that changed: ``(row, {"state": (old, new)})``.

    For a key either the row or its number may be given. What did not change is left out; a row without a change
    gets no entry.
    """
    _record(changes, Action.UPDATE, None, region)


def _record(pairs: Iterable[tuple[Model, Any]], action: int, tell: Callable | None, region: Region | None) -> None:
    if is_silent():
        return
    signature = _signature()
    for chunk in _chunks(pairs):
        by_kind: dict[Kind, list[tuple[Model, Any]]] = {}
        for row, given in chunk:
            by_kind.setdefault(KINDS[type(row)], []).append((row, given))
        for kind, members in by_kind.items():
            _prepare(kind, [row for row, _given in members], everything=tell is not None)
            told = _told(kind, members) if tell is None else (tell(kind, row, None) for row, _given in members)
            entries = [
                sign(entry_of(kind, row, action, change, _place(kind, row, region)), signature)
                for (row, _given), change in zip(members, told, strict=True)
                if change
            ]
            LogEntry.objects.bulk_create(entries, batch_size=CHUNK)


def _chunks(pairs: Iterable) -> Iterator[list]:
    iterator = iter(pairs)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _prepare(kind: Kind, rows: list[Model], *, everything: bool) -> None:
    """Fetch what naming and placing the rows reads, once for all of them."""
    wanted = [*kind.named_with, *_way(kind.model.region_path if hasattr(kind.model, "region_path") else "")]
    wanted += _way(kind.part_of)
    if everything:
        for field in kind.fields:
            if field.is_relation:
                related = KINDS.get(field.related_model)
                wanted += [
                    field.name,
                    *(f"{field.name}__{name}" for name in (related.named_with if related else ())),
                ]
    if wanted:
        prefetch_related_objects(rows, *dict.fromkeys(wanted))


def _way(path: str) -> list[str]:
    """The rows that stand on ``path``, without the one at its end, whose key is enough."""
    way = path.rpartition("__")[0]
    return [way] if way else []


def _place(kind: Kind, row: Model, region: Region | None) -> dict[str, object]:
    place = place_of(kind, row)
    return place | {"region_id": region.pk} if region and "region_id" in place else place


def _told(kind: Kind, members: list[tuple[Model, Changes]]) -> Iterator[dict]:
    fields = {field.name: field for field in kind.fields} | {field.attname: field for field in kind.fields}
    names = _names_behind_keys(fields, (changes for _row, changes in members))
    for _row, changes in members:
        yield {
            fields[name].name: tuple(_text(fields[name], value, names) for value in (old, new))
            for name, (old, new) in changes.items()
            if name in fields and not _equal(fields[name], old, new)
        }


def _names_behind_keys(
    fields: Mapping[str, Field], all_changes: Iterable[Changes]
) -> dict[tuple[type, object], str]:
    keys: dict[type[Model], set] = {}
    for changes in all_changes:
        for name, values in changes.items():
            if name in fields and fields[name].is_relation:
                wanted = {value for value in values if value is not None and not isinstance(value, Model)}
                keys.setdefault(fields[name].related_model, set()).update(wanted)
    return {
        (model, row.pk): named(row)
        for model, wanted in keys.items()
        if wanted
        for row in _rows_with_names(model).filter(pk__in=wanted)
    }


def _rows_with_names(model: type[Model]):
    kind = KINDS.get(model)
    rows = model._base_manager.all()
    return rows.select_related(*kind.named_with) if kind and kind.named_with else rows


def _text(field: Field, value: object, names: Mapping) -> str | None:
    if not field.is_relation or value is None:
        return as_text(field, value)
    return named(value) if isinstance(value, Model) else names.get((field.related_model, value), str(value))


def _equal(field: Field, old: object, new: object) -> bool:
    if not field.is_relation:
        return is_same(field, old, new)
    old, new = (value.pk if isinstance(value, Model) else value for value in (old, new))
    return old == new


def _signature() -> dict[str, object]:
    """The hand, as for a single entry: auditlog.context.set_actor speaks through the signal."""
    signature = hand()
    probe = sign(LogEntry(), signature)
    pre_save.send(sender=LogEntry, instance=probe, raw=False, using=None, update_fields=None)
    return signature | {"actor": probe.actor}
