"""Entries on their way into the journal: with actor, place and time, not saved yet."""

from collections.abc import Mapping

from auditlog.context import auditlog_disabled
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType

from asn_eval.history.context import COMMAND, current_deed
from asn_eval.history.models import LogEntry, place_of
from asn_eval.history.registration import KINDS, Kind
from asn_eval.history.values import named

Action = LogEntry.Action
REVISION, NOTE = "revision", "note"  # keys in additional_data


def is_silent() -> bool:
    """Whether history is switched off here (auditlog.context.disable_auditlog), as for reference data."""
    return auditlog_disabled.get()


def hand() -> dict[str, object]:
    """Who is writing, for ``sign``: a user, a command of this machine, or the application itself."""
    deed = current_deed()
    actor = deed.actor if isinstance(deed.actor, get_user_model()) and deed.actor.is_authenticated else None
    return {
        "actor": actor,
        "cid": deed.correlation,
        "command": "" if actor else deed.command,
    }


def sign(entry: LogEntry, signature: Mapping[str, object]) -> LogEntry:
    entry.actor, entry.cid = signature["actor"], signature["cid"]
    if signature["command"]:
        entry.additional_data = (entry.additional_data or {}) | {COMMAND: signature["command"]}
    return entry


def entry_of(kind: Kind, row, action: int, changes: Mapping, place: Mapping | None = None) -> LogEntry:
    return LogEntry(
        content_type=ContentType.objects.get_for_model(kind.model),
        object_pk=str(row.pk),
        object_id=row.pk,
        object_repr=named(row, kind.name),
        action=action,
        changes=dict(changes),
        # By it a form that was opened earlier finds out what has changed since (asn_eval.conflicts).
        additional_data={REVISION: row.revision} if hasattr(row, "revision") and action == Action.UPDATE else None,
        **(place_of(kind, row) if place is None else place),
    )


def record_note(row, note: str, action: int = Action.UPDATE) -> None:
    """One entry that tells in words what happened to ``row``, such as how many parts came from which file."""
    entry = entry_of(KINDS[row.__class__], row, action, {})  # a user may still be a lazy one
    entry.additional_data = (entry.additional_data or {}) | {NOTE: str(note)}
    sign(entry, hand()).save(force_insert=True)


def record_access(row, what: str) -> None:
    """Personal data left as a file: ``what`` was downloaded about ``row``."""
    record_note(row, what, Action.ACCESS)


def record_access_by(user, what: str) -> None:
    """The same of what is about no single record: it stands with the office of who took it, or with the person."""
    record_access(user.office or user, what)
