"""What rests on a record that somebody wants to delete, in words: "Kegiatan (7): Lokakarya, … dan 2 lainnya"."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from asn_eval.scoping import ScopedModel

NAMED = 5  # records of a kind that are named; the others are counted
SEARCHED = 500  # rows among which those are looked for: a database takes only so many keys at once


def in_words(holders: Iterable[Model | str], user) -> list[str]:
    """One line per kind of record, with the names of those that ``user`` may see; a text stays as it is."""
    lines: list[str] = []
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for holder in holders:
        if isinstance(holder, Model):
            by_model[type(holder)].append(holder)
        else:
            lines.append(str(holder))
    for model, rows in by_model.items():
        kind = _("%(kind)s (%(count)s)") % {"kind": capfirst(model._meta.verbose_name), "count": len(rows)}
        names = _names(model, rows, user)
        lines.append(f"{kind}: {names}" if names else kind)
    return sorted(lines)


def _names(model: type[Model], rows: list[Model], user) -> str:
    seen = rows
    if issubclass(model, ScopedModel):
        mine = model._default_manager.visible_to(user).filter(pk__in=[row.pk for row in rows[:SEARCHED]])
        seen = list(mine.order_by("pk")[:NAMED])
    names = sorted(map(str, seen))[:NAMED]
    others = len(rows) - len(names)
    if names and others:
        return _("%(names)s dan %(count)s lainnya") % {"names": ", ".join(names), "count": others}
    return ", ".join(names)
