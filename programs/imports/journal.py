"""What an import leaves in the history, and in whose name."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from asn_eval.history.bulk import record_changes
from asn_eval.history.context import acting
from asn_eval.history.entries import record_note
from programs.imports.bulk import KEYS_PER_QUERY
from programs.models import Program

__all__ = ["acting", "note_changes", "note_creations"]


def note_changes(rows: QuerySet, changed: Mapping[object, Mapping[str, tuple[object, object]]]) -> None:
    """One entry for each stored row before it is written over: {key: {column: (old, new)}}."""
    keys = [*changed]
    for start in range(0, len(keys), KEYS_PER_QUERY):
        found = rows.filter(pk__in=keys[start : start + KEYS_PER_QUERY])
        record_changes((row, changed[row.pk]) for row in found)


def note_creations(program: Program, what: str, count: int, file_name: str) -> None:
    """One entry for all the new rows of an import; each of them carries the import that it came with."""
    words = {"what": what, "count": count, "file": file_name}
    record_note(program, _("%(what)s: %(count)s baris baru dari berkas %(file)s") % words)
