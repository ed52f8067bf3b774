"""Two sheets of one unit side by side, item by item: both answers in words, and what became of it. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from evaluations.answer_types import NOT_APPLICABLE, Value
from evaluations.item_rules import DATE, LIKERT, NUMBER, OPEN, SCORE, SILENT
from evaluations.version_comparison import INCOMPARABLE, ComparedItem, compare_items

BETTER, WORSE, SAME, RISEN, FALLEN, CHANGED = "better", "worse", "same", "risen", "fallen", "changed"
UNCLEAR = "unclear"  # one of both is missing, or the two versions do not ask the same


class SheetItem(ComparedItem, Protocol):
    label: str


@dataclass(frozen=True)
class SheetLine:
    """One item; ``change`` is one of the words above, ``by`` the difference of two numbers."""

    item: SheetItem
    before: str
    after: str
    change: str
    by: Decimal | None = None

    @property
    def size(self) -> Decimal | None:
        return None if self.by is None else abs(self.by)


def compare_sheets(
    before: tuple[Iterable[SheetItem], Mapping[str, Value]],
    after: tuple[Iterable[SheetItem], Mapping[str, Value]],
    *,
    words_of: Callable[[SheetItem, Value], str],
) -> list[SheetLine]:
    """(items, sheet) of both visits -> a line for each closed item that either of them answered."""
    old_items = {item.key: item for item in before[0]}
    lines = []
    for item in after[0]:
        if item.type in SILENT or item.type in OPEN or item.type == DATE:
            continue
        old, new = before[1].get(item.key), after[1].get(item.key)
        old_item = old_items.get(item.key)
        if old is None and new is None:
            continue
        change, by = (UNCLEAR, None) if old_item is None else _change(old_item, item, old, new)
        lines.append(SheetLine(item, words_of(old_item or item, old), words_of(item, new), change, by))
    return lines


def _change(old_item: SheetItem, item: SheetItem, old: Value, new: Value) -> tuple[str, Decimal | None]:
    if None in (old, new) or NOT_APPLICABLE in (old, new) or compare_items(old_item, item) == INCOMPARABLE:
        return UNCLEAR, None
    if old == new:
        return SAME, None
    if item.type in (LIKERT, SCORE):
        return (BETTER if (new > old) != item.is_reverse else WORSE), None
    if item.type == NUMBER:
        return _change_of_number(item, old, new)
    scores = {option["key"]: option.get("score") for option in item.options}
    pair = [scores.get(value) if isinstance(value, str) else None for value in (old, new)]
    if None in pair or pair[0] == pair[1]:
        return CHANGED, None
    return (BETTER if pair[1] > pair[0] else WORSE), None


def _change_of_number(item: SheetItem, old: int | float, new: int | float) -> tuple[str, Decimal]:
    """A number says which way is better only where less of it is: an item marked as reverse."""
    by = Decimal(str(new)) - Decimal(str(old))
    if item.is_reverse:
        return (BETTER if by < 0 else WORSE), by
    return (RISEN if by > 0 else FALLEN), by
