"""Entries on their way into the journal: with actor, place and time, not saved yet."""

from collections.abc import Mapping

from auditlog.context import auditlog_disabled
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType

from asn_eval.history.context import COMMAND, current_deed
from asn_eval.history.models import LogEntry, place_of
from asn_eval.history.registration import Kind
from asn_eval.history.values import named

Action = LogEntry.Action


def is_silent() -> bool:
    """Whether history is switched off here (auditlog.context.disable_auditlog), as for reference data."""
    return auditlog_disabled.get()


def hand() -> dict[str, object]:
    """Who is writing, as columns of an entry: a user, a command of this machine, or the application itself."""
    deed = current_deed()
    actor = deed.actor if isinstance(deed.actor, get_user_model()) and deed.actor.is_authenticated else None
    return {
        "actor": actor,
        "cid": deed.correlation,
        "additional_data": {COMMAND: deed.command} if deed.command and not actor else None,
    }


def entry_of(kind: Kind, row, action: int, changes: Mapping, place: Mapping | None = None) -> LogEntry:
    return LogEntry(
        content_type=ContentType.objects.get_for_model(kind.model),
        object_pk=str(row.pk),
        object_id=row.pk,
        object_repr=named(row),
        action=action,
        changes=dict(changes),
        **(place_of(kind, row) if place is None else place),
    )
