"""A definition as plain data, to be held between looking at it and saving it. Pure."""

from dataclasses import asdict
from decimal import Decimal

from evaluations.definitions import InstrumentDefinition, ItemDefinition

BOUNDS = ("minimum", "maximum")


def packed(definition: InstrumentDefinition) -> dict:
    """What JSON can hold of ``definition``: all of it."""
    plain = asdict(definition)
    for item in plain["items"]:
        item |= {name: None if item[name] is None else str(item[name]) for name in BOUNDS}
    return plain


def unpacked(plain: dict) -> InstrumentDefinition:
    """The definition that was packed. Raises ``KeyError`` or ``TypeError`` for what another release has packed."""
    items = tuple(
        ItemDefinition(**item | {name: None if item[name] is None else Decimal(item[name]) for name in BOUNDS})
        for item in plain["items"]
    )
    lists = {name: tuple(plain[name]) for name in ("audience", "waves")}
    return InstrumentDefinition(**plain | lists | {"items": items})
