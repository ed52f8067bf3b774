"""What the tests of the builder share: items without a database, an instrument of the office here."""

from decimal import Decimal

from evaluations.actions.instrument_items import add_item
from evaluations.definitions import ItemDefinition
from evaluations.models import Instrument, InstrumentVersion, Item
from tests.world import make_instrument

FIVE = {"minimum": Decimal(1), "maximum": Decimal(5)}
YES_NO_OPTIONS = [
    {"key": "dana", "id": "Dana", "en": "Funds"},
    {"key": "waktu", "id": "Waktu kerja", "en": "Time"},
]


def item(key: str, kind: str = "likert", **fields) -> ItemDefinition:
    """An item as the pure modules meet it; a scale runs from 1 to 5."""
    bounds = FIVE if kind in ("likert", "matriks") else {}
    return ItemDefinition(
        **{"key": key, "type": kind, "text": f"Pertanyaan {key}", "label": key, **bounds, **fields}
    )


def own_version(place, key: str = "milik", items: int = 3) -> InstrumentVersion:
    """A version of the office of ``place`` that nobody uses, with items b1, b2 and so on."""
    version = make_instrument(key=key, items=items)
    Instrument.objects.filter(pk=version.instrument_id).update(owner=place.office)
    version.refresh_from_db()
    return version


def values(kind: str = "likert", **fields) -> dict[str, object]:
    """What the form of an item hands to an action."""
    empty = {
        "label": "", "label_en": "", "text": "Pertanyaan baru", "text_en": "", "help": "", "help_en": "",
        "key": "",
        "minimum": None, "maximum": None, "unit": "", "labels": [], "options": [], "dimension": "", "level": None,
        "is_reverse": False, "is_required": True, "allows_na": False, "relevance": "", "constraint": "",
        "constraint_message": "", "constraint_message_en": "",
    }  # fmt: skip
    bounds = FIVE if kind in ("likert", "matriks") else {}
    return {"type": kind, **empty, **bounds, **fields}


def add(version: InstrumentVersion, kind: str = "likert", rows=(), after: str = "", **fields) -> Item:
    return add_item(version=version, values=values(kind, **fields), rows=rows, after=after)


def row(key: str, text: str = "Pernyataan") -> dict[str, str]:
    return {"key": key, "text": text, "text_en": ""}


def keys(version: InstrumentVersion) -> list[str]:
    """The keys in order; the positions must run from 1 without a gap."""
    stored = list(version.items.order_by("position"))
    assert [each.position for each in stored] == list(range(1, len(stored) + 1))
    return [each.key for each in stored]


def stamp(version: InstrumentVersion) -> str:
    return InstrumentVersion.objects.get(pk=version.pk).stamp
