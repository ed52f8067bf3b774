"""Which items of two versions ask the same, so that their answers may stand side by side. Pure.

Reports compare waves across versions only where this module says ``SAME`` or, with a remark, ``REWORDED``.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from evaluations.item_rules import SILENT

SAME, REWORDED, INCOMPARABLE, NEW, DROPPED = "same", "reworded", "incomparable", "new", "dropped"


class ComparedItem(Protocol):
    """What decides whether two items are one."""

    key: str
    type: str
    text: str
    text_en: str
    minimum: Decimal | None
    maximum: Decimal | None
    unit: str
    labels: list[dict[str, str]]
    options: list[dict]
    is_reverse: bool


def compare_versions(
    old_items: Iterable[ComparedItem], new_items: Iterable[ComparedItem]
) -> list[tuple[str, str]]:
    """(key, status) of every answered item of both, in the order of the new ones; what was dropped comes last."""
    old = {item.key: item for item in old_items if item.type not in SILENT}
    new = {item.key: item for item in new_items if item.type not in SILENT}
    kept = [(key, compare_items(old[key], item) if key in old else NEW) for key, item in new.items()]
    return [*kept, *((key, DROPPED) for key in old if key not in new)]


def compare_items(old: ComparedItem, new: ComparedItem) -> str:
    """Whether answers to `new` mean what answers to `old` meant; both have the same key."""
    if _measure(old) != _measure(new):
        return INCOMPARABLE
    return SAME if _wording(old) == _wording(new) else REWORDED


def _measure(item: ComparedItem) -> tuple:
    """What a value stands for: another one under the same key is another measurement."""
    options = [(option["key"], option.get("score")) for option in item.options]
    return item.type, item.minimum, item.maximum, item.unit.strip().casefold(), sorted(options), item.is_reverse


def _wording(item: ComparedItem) -> tuple:
    """What the respondent reads; blanks and the order of options do not make another question."""
    names = {
        option["key"]: (_plain(option.get("id", "")), _plain(option.get("en", ""))) for option in item.options
    }
    labels = [(_plain(each.get("id", "")), _plain(each.get("en", ""))) for each in item.labels]
    return _plain(item.text), _plain(item.text_en), labels, names


def _plain(text: str) -> str:
    return " ".join(text.split())
