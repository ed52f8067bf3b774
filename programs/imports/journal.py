"""What an import leaves in the history, and in whose name."""

from collections.abc import Mapping

from auditlog.context import set_actor as acting
from auditlog.models import LogEntry as Actions
from django.db.models import QuerySet

from asn_eval.history.models import LogEntry
from programs.imports.bulk import KEYS_PER_QUERY
from programs.imports.plans import in_words
from programs.models import Program

__all__ = ["acting", "note_changes", "note_creations"]


def note_changes(rows: QuerySet, changed: Mapping[object, Mapping[str, tuple[object, object]]]) -> None:
    """One entry for each stored row before it is written over: {key: {column: (old, new)}}."""
    keys = [*changed]
    for start in range(0, len(keys), KEYS_PER_QUERY):
        for row in rows.filter(pk__in=keys[start : start + KEYS_PER_QUERY]):
            changes = {
                row._meta.get_field(name).name: [in_words(type(row), name, value) for value in pair]
                for name, pair in changed[row.pk].items()
            }
            LogEntry.objects.log_create(row, action=Actions.Action.UPDATE, changes=changes)


def note_creations(program: Program, what: str, count: int, file_name: str) -> None:
    """One entry for all the new rows of an import; each of them carries the import that it came with."""
    LogEntry.objects.log_create(
        program, action=Actions.Action.UPDATE, changes={what: ["", f"{count} ({file_name})"]}
    )
