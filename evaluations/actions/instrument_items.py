"""Items of one version, changed by people: never behind another's back, never into a broken form."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from evaluations.actions.instruments import is_locked
from evaluations.conditions import lost_options, question_numbers
from evaluations.definitions import LONGEST_LABEL, ItemDefinition
from evaluations.item_lines import free_among, key_from
from evaluations.item_listing import condition_in_words
from evaluations.item_rules import LIKERT, MATRIX, MOST_ITEMS, ItemProblem, problems_of_items
from evaluations.models import InstrumentVersion, Item
from evaluations.models.instruments import new_stamp

COLUMNS = ItemDefinition.__slots__
# What the rows of a matrix have in common with each other, and its head with them.
SCALE_COLUMNS = ("minimum", "maximum", "labels")
ROW_COLUMNS = ("is_required", "allows_na")
BETWEEN_ITEMS = ("relevance", "constraint", "matrix")


class VersionLocked(ValidationError):
    """Somebody has been asked this version already."""


class ItemsChanged(ValidationError):
    """Somebody else changed the items after this page was opened."""


class ItemHeld(ValidationError):
    """Another item is shown or checked by the answer to this one."""


def problems_of_version(version: InstrumentVersion, items: Iterable[Item]) -> list[ItemProblem]:
    """All that keeps this version from being asked."""
    items = list(items)
    lost = [
        ItemProblem(
            key,
            "relevance",
            _("rumus menyebut pilihan “%(option)s”, yang tidak ada pada butir “%(item)s”.")
            % {"option": option, "item": other},
        )
        for key, other, option in lost_options(items)
    ]
    return [*problems_of_items(items, dimensions=version.dimensions, scoring=version.scoring), *lost]


def check_can_be_asked(version: InstrumentVersion) -> None:
    """Raise `ValidationError` while something is wrong with its items; they stay so until the transaction ends.

    Whoever opens a survey calls this: who changes an item holds the same row, and then finds the version locked.
    """
    held = InstrumentVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    problems = problems_of_version(held, held.items.all())
    if problems:
        raise ValidationError(
            [_("Instrumen survei ini belum dapat ditanyakan. Perbaiki dahulu:"), *map(str, problems)]
        )


def hold_version(version: InstrumentVersion, stamp: str | None) -> tuple[InstrumentVersion, list[Item]]:
    """The version and its items, ours until the end of the transaction.

    Raises `VersionLocked`, and `ItemsChanged` where `stamp` is not the one in force; None accepts any.
    """
    held = (
        InstrumentVersion.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=version.pk)
    )
    if is_locked(held):
        raise VersionLocked(
            _(
                "Versi ini sudah ditanyakan kepada responden dan tidak dapat diubah. "
                "Buat versi baru untuk mengubahnya."
            )
        )
    if stamp is not None and stamp != held.stamp:
        raise ItemsChanged(
            _("Instrumen ini telah diubah sejak halaman ini dibuka. Periksa isinya yang sekarang, lalu ulangi.")
        )
    return held, list(held.items.all())


@dataclass(frozen=True)
class Before:
    """What was wrong before a change, and what each conditional item says of itself."""

    problems: list[ItemProblem]
    words: dict[str, str]


def _before(version: InstrumentVersion, items: Sequence[Item]) -> Before:
    numbers = question_numbers(items)
    words = {}
    for item in items:
        place = {"item": item.label_shown, "number": numbers.get(item.key, "–")}
        if item.relevance:
            place["condition"] = condition_in_words(item, items)
            words[item.key] = _("“%(item)s” (nomor %(number)s) tampil bila %(condition)s.") % place
        elif item.constraint:
            words[item.key] = _("Syarat jawaban “%(item)s” (nomor %(number)s) menyebut butir lain.") % place
    return Before(problems_of_version(version, items), words)


@transaction.atomic
def add_item(
    *, version: InstrumentVersion, values: Mapping, rows: Sequence[Mapping] = (), after: str = ""
) -> Item:
    """A new item with `values` (columns of `Item`) behind the item `after`, else at the end.

    `rows` ({key, text, text_en}) belong to a matrix. Nothing is overwritten by adding, so no stamp is asked for.
    Raises `ValidationError` by field.
    """
    version, items = hold_version(version, None)
    head = Item(version=version, **_filled(values, items))
    block = [head, *_rows_of(head, values, rows, {})]
    _save_order(version, _behind(items, after, block), before=_before(version, items), changed=block)
    return head


@transaction.atomic
def update_item(*, item: Item, stamp: str, values: Mapping, rows: Sequence[Mapping] = ()) -> Item:
    """Write `values` over `item`; who names it in a condition keeps naming it under a new key.

    Raises `ItemsChanged`, `ItemHeld`, `VersionLocked` and `ValidationError` by field.
    """
    version, items = hold_version(item.version, stamp)
    item = next(each for each in items if each.pk == item.pk)
    old_key, old_rows = item.key, {row.key: row for row in items if row.matrix == item.key and row.matrix}
    before = _before(version, items)
    for name, value in {**values, "label": _label(values)}.items():
        setattr(item, name, value)
    others = [each for each in items if each is not item and each.key not in old_rows]
    block = [item, *_rows_of(item, values, rows, old_rows)] if item.type == MATRIX else [item]
    renamed = _rename(old_key, item.key, version, [*others, *block]) if item.key != old_key else []
    place = items.index(item)
    order = [*items[:place], *block, *(each for each in items[place:] if each in others)]
    _save_order(version, order, changed=block, before=before, renamed=renamed)
    return item


@transaction.atomic
def copy_item(*, item: Item, stamp: str) -> Item:
    """The same item once more, right behind it, under a free key; a matrix with its rows."""
    version, items = hold_version(item.version, stamp)
    source = _block_of(items, item)
    copies = _copies(source, {each.key for each in items})
    if item.matrix:
        copies[0].matrix = item.matrix
    order = _behind(items, source[-1].key, copies)
    _save_order(version, order, before=_before(version, items), changed=copies)
    return copies[0]


@transaction.atomic
def delete_item(*, item: Item, stamp: str) -> None:
    """Take the item away, a matrix with its rows. Raises `ItemHeld` with the items that depend on it."""
    version, items = hold_version(item.version, stamp)
    going = _block_of(items, item)
    left = [each for each in items if each not in going]
    _save_order(version, left, before=_before(version, items))


@transaction.atomic
def move_item(*, item: Item, stamp: str, steps: int) -> None:
    """Past `steps` neighbours, downwards if positive; a matrix moves with its rows, a row within its matrix.

    Raises `ItemHeld` where an item would then depend on one that comes later.
    """
    version, items = hold_version(item.version, stamp)
    block = _block_of(items, item)
    if item.matrix:
        blocks = [[row] for row in items if row.matrix == item.matrix]
    else:
        blocks = [_block_of(items, each) for each in items if not each.matrix]
    place = blocks.index(block)
    blocks.insert(max(0, min(place + steps, len(blocks) - 1)), blocks.pop(place))
    moved = [each for found in blocks for each in found]
    if item.matrix:
        start = items.index(next(row for row in items if row.matrix == item.matrix))
        moved = [*items[:start], *moved, *items[start + len(moved) :]]
    _save_order(version, moved, before=_before(version, items))


@transaction.atomic
def draw_items(*, version: InstrumentVersion, items: Sequence[Item]) -> list[Item]:
    """Copies of `items` of other instruments at the end of `version`, with scale, options and dimension.

    What refers to items that stay behind is left out: conditions, and constraints that look at other answers.
    """
    version, present = hold_version(version, None)
    keys = {each.key for each in present}
    drawn: list[Item] = []
    heads = {(item.version_id, item.key) for item in items if item.type == MATRIX}
    for item in items:
        if (item.version_id, item.matrix) in heads:
            continue  # comes with its matrix
        source = [item, *item.version.items.filter(matrix=item.key)] if item.type == MATRIX else [item]
        copies = _copies(source, keys)
        for copy in copies:
            copy.version = version
            copy.relevance = ""
            if "${" in copy.constraint:
                copy.constraint = copy.constraint_message = copy.constraint_message_en = ""
            copy.dimension = _adopt_dimension(version, item.version, copy.dimension)
        keys |= {copy.key for copy in copies}
        drawn += copies
    _save_order(version, [*present, *drawn], before=_before(version, present), changed=drawn)
    return drawn


def _filled(values: Mapping, items: Sequence[Item]) -> dict:
    """`values` with a key and a short name made of the question where none was given."""
    label = _label(values)
    key = values.get("key") or key_from(label, {item.key for item in items}, longest=24)
    return {**values, "label": label, "key": key}


def _label(values: Mapping) -> str:
    return values.get("label") or " ".join(values["text"].split())[:LONGEST_LABEL]


def _rows_of(head: Item, values: Mapping, rows: Sequence[Mapping], old: Mapping[str, Item]) -> list[Item]:
    """The rows of a matrix as its lines say; what stood beside a row that stays, stays.

    A dimension and a level given for the matrix are those of its rows: the head itself is not answered.
    """
    if head.type != MATRIX:
        return []
    made = []
    for line in rows:
        row = old.get(line["key"]) or Item(version=head.version, key=line["key"], type=LIKERT)
        if row.pk is None or row.text != line["text"]:
            row.label, row.label_en = line["text"][:LONGEST_LABEL], line["text_en"][:LONGEST_LABEL]
        row.text, row.text_en, row.matrix = line["text"], line["text_en"], head.key
        for name in SCALE_COLUMNS:
            setattr(row, name, getattr(head, name))
        for name in ROW_COLUMNS:
            setattr(row, name, values[name])
        row.dimension, row.level = values["dimension"] or row.dimension, values["level"] or row.level
        made.append(row)
    head.dimension, head.level, head.is_required, head.allows_na = "", None, False, False
    return made


def _rename(old: str, new: str, version: InstrumentVersion, items: Iterable[Item]) -> list[Item]:
    """Let every formula and weight name the item by its new key; return the items where one did."""
    named = re.compile(r"\$\{\s*" + re.escape(old) + r"\s*\}")
    renamed = [each for each in items if named.search(each.relevance) or named.search(each.constraint)]
    for each in renamed:
        each.relevance = named.sub(f"${{{new}}}", each.relevance)
        each.constraint = named.sub(f"${{{new}}}", each.constraint)
    if old in version.weights and old not in version.dimensions:
        version.weights = {(new if key == old else key): weight for key, weight in version.weights.items()}
    return renamed


def _copies(source: Sequence[Item], taken: Iterable[str]) -> list[Item]:
    """Unsaved copies with free keys; the rows of a copied matrix name the copy, a row alone names none."""
    used, names, copies = set(taken), {}, []
    for item in source:
        names[item.key] = free_among(item.key, used)
        used.add(names[item.key])
        copy = Item(version=item.version, **{name: getattr(item, name) for name in COLUMNS})
        copy.key, copy.matrix = names[item.key], names.get(item.matrix, "")
        copy.constraint = copy.constraint.replace(f"${{{item.key}}}", ".")
        copies.append(copy)
    return copies


def _adopt_dimension(version: InstrumentVersion, source: InstrumentVersion, key: str) -> str:
    """The key in `version` of the dimension that `key` names in `source`, which it gets if it has none such."""
    if not key or key not in source.dimensions:
        return ""
    names = {part: source.dimensions[key].get(part, "") for part in ("id", "en")}
    for own, present in version.dimensions.items():
        if present["id"].casefold() == names["id"].casefold():
            return own
    own = key_from(key, version.dimensions, otherwise="dimensi")
    version.dimensions = version.dimensions | {own: names | {"order": len(version.dimensions) + 1}}
    return own


def _block_of(items: Sequence[Item], item: Item) -> list[Item]:
    """The item, and the rows below it where it is a matrix."""
    rows = [each for each in items if each.matrix and each.matrix == item.key] if item.type == MATRIX else []
    return [next(each for each in items if each.pk == item.pk), *rows]


def _behind(items: Sequence[Item], after: str, block: Sequence[Item]) -> list[Item]:
    """`items` with `block` behind the item `after` and its rows; at the end where there is none such."""
    place = next((at for at, item in enumerate(items, start=1) if item.key == after), len(items))
    belongs = block[0].matrix  # a row stays among the rows of its matrix
    while not belongs and place < len(items) and items[place].matrix:
        place += 1
    return [*items[:place], *block, *items[place:]]


def _save_order(
    version: InstrumentVersion,
    order: Sequence[Item],
    *,
    before: Before,
    changed: Sequence[Item] = (),
    renamed: Sequence[Item] = (),
) -> None:
    """Check `order` as one questionnaire, write it and renew the stamp.

    `before` is how it was; `changed` and `renamed` are written as they are, all others only placed.
    """
    if len(order) > MOST_ITEMS:
        raise ValidationError(_("Paling banyak %(n)s butir dalam satu instrumen.") % {"n": MOST_ITEMS})
    problems = problems_of_version(version, order)
    _refuse_problems(problems, before, changed)
    written = [*changed, *(each for each in renamed if each not in changed)]
    for item in written:
        _clean(item, changed)
    version.items.exclude(pk__in=[item.pk for item in order if item.pk]).delete()
    _place(version, order)
    for item in written:
        item.save()
    version.stamp = new_stamp()
    version.save(update_fields=["stamp", "dimensions", "weights"])
    if problems and version.instrument.is_ready:
        version.instrument.is_ready = False
        version.instrument.save(update_fields=["is_ready"])


def _clean(item: Item, changed: Sequence[Item]) -> None:
    try:
        item.full_clean(exclude={"version", "position"}, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        if item is changed[0]:
            raise
        raise ValidationError({"rows": [f"{item.key}: {' '.join(error.messages)}"]}) from error


def _place(version: InstrumentVersion, order: Sequence[Item]) -> None:
    """Give everyone the place in `order`. A place is taken once at every moment: who moves steps aside first."""
    moving = []
    for place, item in enumerate(order, start=1):
        if item.position != place:
            item.position = place
            moving += [item] if item.pk else []
    far = version.items.aggregate(last=Max("position"))["last"] or 0
    version.items.filter(pk__in=[item.pk for item in moving]).update(
        position=F("position") + max(far, len(order)) + 1
    )
    Item.objects.bulk_update(moving, ["position"])


def _refuse_problems(problems: Sequence[ItemProblem], before: Before, changed: Sequence[Item]) -> None:
    """What is wrong with the changed items, by field; what the change would break at others."""
    own = {item.key for item in changed}
    by_field: dict[str, list[str]] = {}
    for problem in problems:
        if problem.key not in own:
            continue
        if problem.key == changed[0].key:
            by_field.setdefault(problem.field, []).append(problem.message)
        else:
            by_field.setdefault("rows", []).append(str(problem))
    if by_field:
        raise ValidationError(by_field)
    broken = [each for each in problems if each not in before.problems and each.field in BETWEEN_ITEMS]
    if broken:
        reasons = dict.fromkeys(before.words.get(problem.key, str(problem)) for problem in broken)
        raise ItemHeld([_("Tidak dapat dilakukan karena butir lain bergantung padanya."), *reasons])
