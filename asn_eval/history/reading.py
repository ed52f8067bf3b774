"""Entries of the journal as a reader may see them: who, when, and what in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.history.context import COMMAND
from asn_eval.history.entries import NOTE
from asn_eval.history.models import LogEntry
from asn_eval.history.registration import EVERYTHING, KINDS, Kind
from asn_eval.history.textdiff import Part, differences
from asn_eval.history.words import ABSENT, enumeration, in_words, label_of, moment, zone_of

PERSONAL = gettext_lazy("(data pribadi)")
NOT_SHOWN = gettext_lazy("(tidak ditampilkan untuk peran Anda)")
MOST_AT_ONCE, SHOWN_OF_MANY = 10, 5  # entries of one moment; the others are folded away
LONG = 120  # characters; longer texts are shown by what differs
Action = LogEntry.Action
DEEDS = {
    Action.CREATE: gettext_lazy("dibuat"),
    Action.UPDATE: gettext_lazy("diubah"),
    Action.DELETE: gettext_lazy("dihapus"),
    Action.ACCESS: gettext_lazy("diunduh"),
}


@dataclass(frozen=True)
class Line:
    """One field of one change."""

    label: str
    old: str = ""
    new: str = ""
    parts: tuple[Part, ...] = ()  # instead of both, where the text is long
    note: str = ""  # instead of values: what came to or went from a list, or that it is not shown

    def __str__(self):
        if self.note:
            return f"{self.label}: {self.note}"
        if self.parts:
            marks = {"added": "[+ {}]", "removed": "[− {}]"}
            text = " ".join(marks.get(part.kind, "{}").format(part.text.strip()) for part in self.parts)
            return f"{self.label}: {text}"
        return f"{self.label}: {self.old} → {self.new}"


@dataclass(frozen=True)
class Told:
    """One entry."""

    pk: int
    kind: str
    name: str
    deed: str
    action: int
    url: str
    lines: tuple[Line, ...]
    beside_name: tuple[Line, ...] = ()  # the lines that say more than the name does
    note: str = ""

    @property
    def is_creation(self) -> bool:
        return self.action == Action.CREATE


@dataclass
class Moment:
    """What one person did in one go."""

    actor: str
    role: str
    when: str
    entries: list[Told] = field(default_factory=list)

    @property
    def first(self) -> list[Told]:
        return self.entries if len(self.entries) <= MOST_AT_ONCE else self.entries[:SHOWN_OF_MANY]

    @property
    def rest(self) -> list[Told]:
        return self.entries[len(self.first) :]


class Reader:
    """Tells entries to one user. Fetches nothing: rows come with actor and content type."""

    def __init__(self, user):
        self.user = user
        self.zone, self.zone_name = zone_of(user)
        self.kinds = {kind.label: kind for kind in KINDS.values()}

    def moments(self, entries: Iterable[LogEntry]) -> list[Moment]:
        """Entries in their order; what belongs to one request, or to one person and minute, stands together."""
        moments: list[Moment] = []
        current = None
        for entry in entries:
            minute = entry.timestamp.replace(second=0, microsecond=0)
            key = (entry.actor_id, entry.cid or minute)
            if key != current:
                actor, role = who(entry)
                when = f"{moment(entry.timestamp, self.zone)} {self.zone_name}"
                moments.append(Moment(actor, role, when))
                current = key
            moments[-1].entries.append(self.tell(entry))
        return moments

    def tell(self, entry: LogEntry) -> Told:
        kind = self.kinds.get(f"{entry.content_type.app_label}.{entry.content_type.model}")
        if kind is None:  # a model that is no longer there
            return Told(entry.pk, "", entry.object_repr, str(DEEDS[entry.action]), entry.action, "", ())
        reveals = self.user.has_perm(kind.revealed_with)
        may_open = self.user.has_perm(kind.seen_with) and self.user.has_perm("history.view_history")
        names_itself = reveals or not kind.has_personal_name
        lines = dict(self._lines(kind, entry, reveals))
        told = kind.told_by_name if names_itself and entry.action != Action.UPDATE else ()
        return Told(
            pk=entry.pk,
            kind=capfirst(str(kind.model._meta.verbose_name)),
            name=entry.object_repr if names_itself else str(_masked(kind)),
            deed=str(DEEDS[entry.action]),
            action=entry.action,
            url=reverse("record_history", args=[kind.label, entry.object_id]) if may_open else "",
            lines=tuple(lines.values()),
            beside_name=tuple(line for name, line in lines.items() if name not in told),
            note=(entry.additional_data or {}).get(NOTE, ""),
        )

    def _lines(self, kind: Kind, entry: LogEntry, reveals: bool) -> Iterable[tuple[str, Line]]:
        """Column and what became of it."""
        changes = entry.changes or {}
        fields = {field.name: field for field in (*kind.fields, *(_many(kind)))}
        # In the order of the model, which is that of the form; what the model no longer has comes last.
        for name in (
            *(name for name in fields if name in changes),
            *(name for name in changes if name not in fields),
        ):
            field = fields.get(name)
            label = label_of(field) if field is not None else name
            if kind.is_personal(name) and not reveals:
                yield name, Line(label, note=str(_masked(kind)))
            elif isinstance(changes[name], dict):
                yield name, Line(label, note=_list_change(changes[name]))
            else:
                yield name, self._line(label, field, *changes[name])

    def _line(self, label: str, field: models.Field | None, old: str | None, new: str | None) -> Line:
        if field is None:
            return Line(label, str(old or _("kosong")), str(new or _("kosong")))
        is_text = isinstance(field, models.CharField | models.TextField) and not field.flatchoices
        if is_text and old not in ABSENT and new not in ABSENT and _is_long(old, new):
            return Line(label, parts=tuple(differences(old, new)))
        return Line(label, in_words(field, old, self.zone), in_words(field, new, self.zone))


def _is_long(old: str, new: str) -> bool:
    return max(len(old), len(new)) > LONG or "\n" in old or "\n" in new


def who(entry: LogEntry) -> tuple[str, str]:
    """Name and role of whoever made a change."""
    if entry.actor is not None:
        return str(entry.actor), entry.actor.get_role_display()
    command = (entry.additional_data or {}).get(COMMAND)
    if command:
        return _("Perintah admin di server"), command
    return _("Sistem"), ""


def _masked(kind: Kind):
    return NOT_SHOWN if kind.personal == EVERYTHING else PERSONAL


def _many(kind: Kind) -> list[models.Field]:
    return [kind.model._meta.get_field(name) for name in kind.many]


def _list_change(change: dict) -> str:
    word = _("ditambah %(names)s") if change["operation"] == "add" else _("dihapus %(names)s")
    return word % {"names": enumeration(change["objects"])}
