"""Two people, one record: what the other person saved meanwhile, beside what was typed here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal

from django import forms
from django.db.models import Model, QuerySet
from django.forms.utils import pretty_name
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from asn_eval.history.entries import REVISION
from asn_eval.history.models import LogEntry
from asn_eval.history.reading import Action, who
from asn_eval.history.values import as_text
from asn_eval.history.words import enumeration, moment, plain_number, zone_of

MINE, THEIRS = "mine", "theirs"
DECIDE, DECIDE_ALL, OPEN_POINTS = "decide-", "decide-all", "decide-open"
ENTRIES_READ = 50  # the newest ones of a record; who left a form open longer decides every field


@dataclass(frozen=True)
class Point:
    """One field in which what is stored differs from what was typed."""

    name: str
    label: str
    stored: str
    typed: str
    chosen: str  # MINE, THEIRS, or "" as long as nobody decided

    @property
    def choice_name(self) -> str:
        return DECIDE + self.name


@dataclass(frozen=True)
class Conflict:
    """What has to be decided before a form can be saved, and who saved in between."""

    saved_by: str
    saved_at: str
    is_self: bool
    points: tuple[Point, ...]
    lost: tuple[str, ...] = ()  # labels of what a page cannot show again: passwords, files

    def only(self, names: Iterable[str]) -> "Conflict":
        return replace(self, points=tuple(point for point in self.points if point.name in names))

    @property
    def open_names(self) -> str:
        return ",".join(point.name for point in self.points)


def describe(value: object, field: forms.Field | None = None) -> str:
    """A value of a form, or of a record, in words."""
    if value is None or value == "":
        return _("kosong")
    choices = getattr(field, "choices", ()) if not isinstance(field, forms.ModelChoiceField) else ()
    if label := next((label for key, label in _flat(choices) if str(key) == str(value)), None):
        return str(label)
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, datetime):
        return date_format(value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, time):
        return time_format(value)
    if isinstance(value, Decimal | int):
        return plain_number(Decimal(value))
    if isinstance(value, QuerySet | list | tuple | set):
        return enumeration(sorted(map(str, value))) or _("kosong")
    return str(value)


def _flat(choices: Iterable) -> Iterable[tuple[object, object]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def is_same(stored: object, typed: object) -> bool:
    if isinstance(stored, str) and isinstance(typed, str):
        return stored.replace("\r\n", "\n") == typed.replace("\r\n", "\n")
    if isinstance(typed, QuerySet | list | tuple | set):
        return {_key(one) for one in stored or ()} == {_key(one) for one in typed}
    return stored == typed or (not stored and not typed and {stored, typed} <= {None, ""})


def _key(one: object) -> object:
    return one.pk if isinstance(one, Model) else one


def saved_since(row: Model, revision: int | None) -> list[LogEntry]:
    """The changes of ``row`` that came after ``revision`` of it, newest first; none when that cannot be told."""
    if revision is None or not 0 < revision < row.revision:
        return []
    entries = LogEntry.objects.unscoped("of the row that this form holds already")
    newest = entries.of(row).filter(action=Action.UPDATE).told()[:ENTRIES_READ]
    return [entry for entry in newest if (entry.additional_data or {}).get(REVISION, 0) > revision]


def find_conflict(form, stored: Model, seen: int | None) -> Conflict:
    """Compare what was typed with what is stored, in the fields that somebody else touched.

    Where the journal cannot say who touched what, every difference is to be decided.
    """
    entries = saved_since(stored, seen)
    touched = {name: values for entry in entries for name, values in (entry.changes or {}).items()}
    points = tuple(
        _point(form, name, value, touched)
        for name, value in form.stored_values(stored).items()
        if name in form.cleaned_data and not is_same(value, form.cleaned_data[name])
        if not touched or form.name_in_journal(name) in {*touched, ""}
    )
    newest = entries[0] if entries else None
    zone, zone_name = zone_of(form.user)
    return Conflict(
        saved_by=who(newest)[0] if newest else "",
        saved_at=f"{moment(newest.timestamp, zone)} {zone_name}" if newest else "",
        is_self=newest is not None and newest.actor_id == form.user.pk,
        points=points,
        lost=tuple(
            str(form[name].label)
            for name, field in form.fields.items()
            if isinstance(field, forms.FileField) or isinstance(field.widget, forms.PasswordInput)
            if form.cleaned_data.get(name) and name in form.changed_data
        ),
    )


def _point(form, name: str, value: object, touched: dict) -> Point:
    typed = form.cleaned_data[name]
    return Point(
        name=name,
        label=str(form[name].label),
        stored=describe(value, form.fields[name]),
        typed=describe(typed, form.fields[name]),
        chosen=THEIRS if _was_left_alone(form, name, typed, touched) else "",
    )


def _was_left_alone(form, name: str, typed: object, touched: dict) -> bool:
    """Whether the form still holds what stood there when it was opened: the newer value is the better guess."""
    change = touched.get(name)
    if not isinstance(change, list) or isinstance(typed, Model | QuerySet | list | tuple | set):
        return isinstance(change, list) and isinstance(typed, Model) and str(typed) == change[0]
    field = form._meta.model._meta.get_field(name)
    return (as_text(field, field.to_python(typed)) or "") == (change[0] or "")


def decided(data) -> dict[str, str]:
    """field -> MINE or THEIRS, as the page of a conflict sent it; "" for what is still open."""
    everything = data.get(DECIDE_ALL)
    names = [name for name in data.get(OPEN_POINTS, "").split(",") if name]
    return {
        name: choice if (choice := everything or data.get(DECIDE + name, "")) in (MINE, THEIRS) else ""
        for name in names
    }


def put_stored(form, name: str) -> None:
    """Put what is stored in place of what was typed, as a browser would send it."""
    field, key = form.fields[name], form.add_prefix(name)
    value = field.prepare_value(form.get_initial_for_field(field, name))
    if isinstance(field.widget, forms.CheckboxInput):
        form.data.pop(key, None)
        if value:
            form.data[key] = "on"
        return
    sent = field.widget.format_value(value)
    if isinstance(sent, list | tuple | set):
        form.data.setlist(key, [str(one) for one in sent if one not in (None, "")])
    else:
        form.data[key] = "" if sent is None else str(sent)


def typed_in_words(form_class: type[forms.BaseForm], data, rows_of) -> list[tuple[str, str]]:
    """(label, what was typed) of a form whose record is gone; ``rows_of(model)`` is what its user sees."""
    typed = []
    for name, field in form_class.base_fields.items():
        values = [value for value in data.getlist(name) if value.strip()]
        if values and not isinstance(field.widget, forms.PasswordInput):
            words = enumeration([_choice_in_words(field, value, rows_of) for value in values])
            typed.append((str(field.label or pretty_name(name)), words))
    return typed


def _choice_in_words(field: forms.Field, value: str, rows_of) -> str:
    if isinstance(field, forms.ModelChoiceField):
        row = (
            rows_of(field.queryset.model).filter(pk=value).first() if value.isascii() and value.isdigit() else None
        )
        return str(row or value)
    return next((str(label) for key, label in _flat(getattr(field, "choices", ())) if str(key) == value), value)
