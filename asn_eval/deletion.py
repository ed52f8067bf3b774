"""What a deletion would take along and what forbids it, told before anything goes."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from auditlog.context import disable_auditlog
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.db.models.deletion import Collector
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from asn_eval.history.bulk import record_changes, record_deletions
from asn_eval.history.models import LogEntry
from asn_eval.history.registration import KINDS
from asn_eval.history.values import named
from asn_eval.history.words import label_of

SHOWN = 5  # names of each kind; a longer list hides the numbers that are agreed to
RowsOf = Callable[[type[Model]], QuerySet]


@dataclass(frozen=True)
class Group:
    """Rows of one kind: how many, and the names of some that the reader may see."""

    kind: str
    count: int
    names: tuple[str, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.names)

    def __str__(self):
        if not self.names:
            return f"{self.kind}: {self.count}"
        listed = ", ".join(self.names)
        rest = " " + _("dan %(more)s lainnya") % {"more": self.more} if self.more else ""
        return f"{self.kind} ({self.count}): {listed}{rest}"


class EveryRow(Collector):
    """Collects row by row, also what could be deleted unseen, so that it can be counted and named."""

    def can_fast_delete(self, objs, from_field=None):
        return False


class Deletion:
    """The deletion of one row, planned: ``goes_along``, ``cleared`` and ``holders`` come before it is done."""

    def __init__(self, row: Model):
        self.row = row
        self.collector = EveryRow(using=DEFAULT_DB_ALIAS, origin=row)
        self.holders: set[Model] = set()
        try:
            self.collector.collect([row])
        except ProtectedError as error:
            self.holders |= set(error.protected_objects)
        except RestrictedError as error:
            self.holders |= set(error.restricted_objects)

    @cached_property
    def goes_along(self) -> dict[type[Model], list[Model]]:
        """The other records that go too, by kind; what only ties two records together is none."""
        rows = {model: [row for row in found if row != self.row] for model, found in self.collector.data.items()}
        return {model: found for model, found in rows.items() if found and not model._meta.auto_created}

    @cached_property
    def cleared(self) -> list[tuple[object, list[Model]]]:
        """(field, rows) of records that stay and lose their tie to this one; the journal itself is none."""
        return [
            (field, rows)
            for (field, _value), lists in self.collector.field_updates.items()
            if field.model is not LogEntry and (rows := [row for found in lists for row in found])
        ]

    @property
    def token(self) -> str:
        """The numbers that were shown. Consent holds for them alone."""
        going = (f"{model._meta.label_lower}:{len(rows)}" for model, rows in self.goes_along.items())
        losing = (f"{field.model._meta.label_lower}.{field.name}:{len(rows)}" for field, rows in self.cleared)
        return ",".join(sorted((*going, *losing)))

    @transaction.atomic
    def perform(self) -> None:
        """Delete; everything that goes, and every tie that is cut, stands in the journal."""
        kept_kinds = [row for model, rows in self.collector.data.items() if model in KINDS for row in rows]
        record_deletions(kept_kinds)
        for field, rows in self.cleared:
            if field.model in KINDS:
                record_changes((row, {field.name: (self.row, None)}) for row in rows)
        with disable_auditlog():
            self.collector.delete()


def groups_of(rows: Iterable[Model], user, rows_of: RowsOf, *, of: str = "") -> list[Group]:
    """``rows`` by kind; ``rows_of(model)`` is what ``user`` may see, all other rows are but a number.

    ``of`` is the name of the record that they belong to, which theirs need not repeat.
    """
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[type(row)].append(row)
    groups = [_group(model, found, user, rows_of, of) for model, found in by_kind.items()]
    return sorted(groups, key=lambda group: group.kind)


def _group(model: type[Model], rows: list[Model], user, rows_of: RowsOf, of: str) -> Group:
    name = capfirst(str(model._meta.verbose_name))
    kind = KINDS.get(model)
    # Who answered, was invited or written down in a draft is named nowhere; their models keep no history.
    if kind is None or not user.has_perm(kind.revealed_with if kind.has_personal_name else kind.seen_with):
        return Group(name, len(rows), ())
    seen = rows_of(model).filter(pk__in=[row.pk for row in rows])
    if kind.named_with:
        seen = seen.select_related(*kind.named_with)
    names = (named(row, kind.name) for row in seen[:SHOWN])
    return Group(name, len(rows), tuple(each.removesuffix(f", {of}").removeprefix(f"{of}, ") for each in names))


def ties_of(deletion: Deletion) -> list[str]:
    """What stays and loses its tie, in words."""
    return [
        _("%(kind)s (%(count)s): isian “%(field)s” dikosongkan")
        % {
            "kind": capfirst(str(field.model._meta.verbose_name)),
            "count": len(rows),
            "field": label_of(field),
        }
        for field, rows in deletion.cleared
    ]
