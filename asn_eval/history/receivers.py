"""Listens to single rows being saved and deleted. Many rows at once: bulk.py.

auditlog's own receivers fetch the name behind every key of every saved row and write before the row is saved;
here a change costs one reading of the stored row and one entry, a save that changes nothing only the reading.
"""

from functools import partial

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from asn_eval.accounts.models import Office
from asn_eval.history.entries import Action, entry_of, hand, is_silent, sign
from asn_eval.history.models import LogEntry, place_of
from asn_eval.history.registration import KINDS, Kind
from asn_eval.history.values import creation_of, deletion_of, difference, named

PENDING = "_history_pending"  # on a row between the signals before and after


def connect(kind: Kind) -> None:
    for signal, receiver in (
        (pre_save, before_save),
        (post_save, after_save),
        (pre_delete, before_delete),
        (post_delete, after_delete),
    ):
        signal.connect(receiver, sender=kind.model, dispatch_uid=f"history {kind.label}")
    for name in kind.many:
        receiver = partial(after_many, name)
        through = getattr(kind.model, name).through
        m2m_changed.connect(receiver, sender=through, dispatch_uid=f"history {kind.label} {name}", weak=False)


def before_save(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    if is_silent() or raw or instance._state.adding or instance.pk is None:
        return
    kind = KINDS[sender]
    if update_fields is not None and not kind.tells_any(update_fields):
        return
    try:
        stored = sender._base_manager.get(pk=instance.pk)
    except sender.DoesNotExist:
        return
    changes = difference(kind, stored, instance, update_fields)
    if changes:
        place = place_of(kind, instance)
        left = place_of(kind, stored)
        if left.get("region_id") != place.get("region_id"):
            place["former_region_id"] = left.get("region_id")
        setattr(instance, PENDING, (changes, place))


def after_save(sender, instance, created=False, raw=False, **kwargs) -> None:
    if is_silent() or raw:
        return
    kind = KINDS[sender]
    if created:
        _write(entry_of(kind, instance, Action.CREATE, creation_of(kind, instance)))
    elif pending := instance.__dict__.pop(PENDING, None):
        changes, place = pending
        _write(entry_of(kind, instance, Action.UPDATE, changes, place))


def before_delete(sender, instance, **kwargs) -> None:
    """While everything that goes along is still there to be named."""
    if is_silent():
        return
    kind = KINDS[sender]
    place = place_of(kind, instance) | _without_gone_office(instance)
    entry = entry_of(kind, instance, Action.DELETE, deletion_of(kind, instance), place)
    setattr(instance, PENDING, entry)


def after_delete(sender, instance, **kwargs) -> None:
    if entry := instance.__dict__.pop(PENDING, None):
        _write(entry)


def after_many(name: str, sender, instance, action, reverse, model, pk_set, **kwargs) -> None:
    if is_silent() or reverse or action not in {"post_add", "post_remove", "pre_clear"}:
        return
    kind = KINDS[type(instance)]
    if action == "pre_clear":
        rows = list(getattr(instance, name).all())
    else:
        rows = list(model._base_manager.filter(pk__in=pk_set))
    if rows:
        operation = "add" if action == "post_add" else "delete"
        change = {"type": "m2m", "operation": operation, "objects": sorted(named(row) for row in rows)}
        _write(entry_of(kind, instance, Action.UPDATE, {name: change}))


def _without_gone_office(instance) -> dict:
    """No entry can point at an office that goes."""
    return {"office_id": None} if isinstance(instance, Office) else {}


def _write(entry: LogEntry) -> None:
    sign(entry, hand()).save(force_insert=True)
