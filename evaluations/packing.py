"""Answers by item key <-> the one packed column of a response. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from evaluations.answer_types import Value
from evaluations.item_rules import OPEN, SCALES, SILENT


def is_closed(item) -> bool:
    return item.type not in (*OPEN, *SILENT)


def is_recalled(item) -> bool:
    """Whether a retrospective survey asks this item twice: how it was, and how it is."""
    return item.type in SCALES


def pack(items: Iterable, values: Mapping[str, Value]) -> list[Value]:
    """The closed answers in the order of the items; None where one is missing."""
    return [values.get(item.key) for item in items if is_closed(item)]


def unpack(items: Iterable, packed: Sequence[Value]) -> dict[str, Value]:
    """The closed answers by item key. Raises ``ValueError`` where `packed` was made of other items."""
    return dict(zip((item.key for item in items if is_closed(item)), packed, strict=True))


def open_texts(items: Iterable, values: Mapping[str, Value]) -> dict[str, str]:
    """The open answers that were given, by item key."""
    return {item.key: values[item.key] for item in items if item.type in OPEN and values.get(item.key)}
