"""The codebook of an evaluation: begun, extended, rearranged. Whatever happens to a theme, its passages stay."""

import csv
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from asn_eval.history.bulk import record_creations
from evaluations.actions.findings import refusal
from evaluations.models import Evaluation, Excerpt, Theme

FILE = Path(__file__).parent.parent / "data" / "themes.csv"
COPIED = ("key", "kind", "name", "category", "definition", "example", "position")
DEEPEST = 4  # levels of the tree
LONGEST_KEY = 50


@cache
def ready_themes() -> tuple[dict[str, str], ...]:
    """The themes that an evaluation may start with, parents before their children."""
    with FILE.open(newline="", encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@transaction.atomic
def start_codebook(*, evaluation: Evaluation, user, source: Evaluation | None = None) -> list[Theme]:
    """Give ``evaluation``, which has no theme yet, the ready codebook or that of ``source``."""
    held = Evaluation.objects.visible_to(user).select_for_update(of=("self",)).get(pk=evaluation.pk)
    if held.themes.exists():
        raise ValidationError(_("Evaluasi ini sudah mempunyai kodebuk."), code="not_empty")
    rows = _rows_of(source) if source else [dict(row, position=at) for at, row in enumerate(ready_themes())]
    if not rows:
        raise ValidationError(_("Evaluasi yang dipilih belum mempunyai kodebuk."), code="empty")
    themes: dict[str, Theme] = {}
    while len(themes) < len(rows):
        level = [
            row for row in rows if row["key"] not in themes and (not row["parent"] or row["parent"] in themes)
        ]
        new = [
            Theme(
                evaluation=held,
                parent=themes.get(row["parent"]),
                created_by=user,
                **{name: row[name] for name in COPIED},
            )
            for row in level
        ]
        themes |= {theme.key: theme for theme in Theme.objects.bulk_create(new)}
    record_creations(themes.values())
    return list(themes.values())


def _rows_of(source: Evaluation) -> list[dict[str, object]]:
    columns = (*COPIED, "parent__key")
    return [row | {"parent": row["parent__key"]} for row in source.themes.values(*columns)]


@transaction.atomic
def save_theme(*, theme: Theme) -> Theme:
    """Save a new or changed ``theme`` at its place in the tree. Its key, once given, stays."""
    theme.name = " ".join(theme.name.split())
    others = list(theme.evaluation.themes.select_for_update())
    if theme.parent_id is not None:
        check_place(theme, others)
    if not theme.key:
        theme.key = free_key(theme.name, {other.key for other in others})
        theme.position = max((other.position for other in others), default=-1) + 1
    theme.full_clean()
    theme.save()
    return theme


def free_key(name: str, taken: Collection[str]) -> str:
    plain = slugify(name)[:LONGEST_KEY].strip("-") or "tema"
    key, number = plain, 1
    while key in taken:
        number += 1
        key = f"{plain}-{number}"
    return key


def check_place(theme: Theme, others: Iterable[Theme]) -> None:
    """Refuse a parent of another codebook, a circle, and a tree that nobody can overlook."""
    by_key = {other.pk: other for other in others}
    above = by_key.get(theme.parent_id)
    if above is None:
        raise refusal("parent", _("Tema ini milik evaluasi lain."), "foreign")
    n_above, seen = 0, above
    while seen is not None:
        if seen.pk == theme.pk:
            raise refusal("parent", _("Tema tidak dapat menjadi bagian dari dirinya sendiri."), "circle")
        n_above, seen = n_above + 1, by_key.get(seen.parent_id)
    if n_above + _height(theme, by_key.values()) > DEEPEST:
        raise refusal(
            "parent", _("Tema disusun paling banyak %(levels)s tingkat.") % {"levels": DEEPEST}, "too_deep"
        )


def _height(theme: Theme, others: Collection[Theme]) -> int:
    if theme.pk is None:
        return 1
    return 1 + max((_height(child, others) for child in others if child.parent_id == theme.pk), default=0)


@transaction.atomic
def merge_themes(*, theme: Theme, into: Theme) -> int:
    """All that was coded with ``theme`` is coded with ``into`` from now on, and ``theme`` is gone.

    Its children become children of ``into``; a passage that had both has one. Returns how many passages moved.
    """
    others = {other.pk: other for other in theme.evaluation.themes.select_for_update()}
    if into.pk not in others or theme.pk not in others:
        raise refusal("into", _("Tema ini milik evaluasi lain."), "foreign")
    if into.pk == theme.pk:
        raise refusal("into", _("Pilih tema yang lain."), "same")
    theme, into = others[theme.pk], others[into.pk]
    if theme.pk in _above(into, others):
        # What it is merged into lies below it: it takes the place of the one that goes.
        into.parent_id = theme.parent_id
        into.save(update_fields=["parent", "revision", "updated_at"])
    for child in others.values():
        if child.parent_id == theme.pk and child.pk != into.pk:
            child.parent_id = into.pk
            check_place(child, others.values())
            child.save(update_fields=["parent", "updated_at"])
    moved = _move(theme, into, theme.codings.values_list("excerpt_id", flat=True))
    theme.delete()
    return moved


def _above(theme: Theme, others: dict[int, Theme]) -> set[int]:
    found = set()
    while theme.parent_id is not None:
        found.add(theme.parent_id)
        theme = others[theme.parent_id]
    return found


@transaction.atomic
def split_theme(*, theme: Theme, excerpts: Collection[Excerpt], into: Theme) -> int:
    """The chosen passages of ``theme`` go to ``into``, which is new or another theme of the same codebook."""
    if not excerpts:
        raise refusal("excerpts", _("Centang paling sedikit satu bagian."), "required")
    if into.pk is None:
        save_theme(theme=into)
    if not theme.evaluation.themes.select_for_update().filter(pk=into.pk).exists():
        raise refusal("into", _("Tema ini baru saja dihapus atau digabung. Pilih tema lain."), "gone")
    if into.pk == theme.pk:
        raise refusal("into", _("Pilih tema yang lain."), "same")
    return _move(theme, into, [excerpt.pk for excerpt in excerpts])


def _move(theme: Theme, into: Theme, excerpts: Iterable[int]) -> int:
    """Move the codings of these passages; where both themes stand on one, the second goes."""
    chosen = set(excerpts)
    codings = {coding.excerpt_id: coding for coding in theme.codings.all() if coding.excerpt_id in chosen}
    double = set(into.codings.filter(excerpt__codings__theme=theme).values_list("excerpt_id", flat=True))
    moving = [coding.pk for excerpt, coding in codings.items() if excerpt not in double]
    going = [coding.pk for excerpt, coding in codings.items() if excerpt in double]
    for at in range(0, len(moving), 500):
        theme.codings.filter(pk__in=moving[at : at + 500]).update(theme=into)
    for at in range(0, len(going), 500):
        theme.codings.filter(pk__in=going[at : at + 500]).delete()
    return len(codings)


@transaction.atomic
def delete_theme(*, theme: Theme) -> None:
    """Only a theme that nothing was coded with, and under which no other stands."""
    theme = theme.evaluation.themes.select_for_update().get(pk=theme.pk)
    if theme.codings.exists() or theme.children.exists():
        raise ValidationError(
            _("Tema yang sudah dipakai atau mempunyai tema di bawahnya tidak dapat dihapus. Gabungkan saja."),
            code="used",
        )
    theme.delete()
