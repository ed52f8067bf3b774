"""An instrument as a data file: read, checked as a whole, compared. Pure: no database, no models.

A definition is a JSON object with ``key``, ``number`` (the version), ``name``, ``description``, ``source``,
``scoring``, ``dimensions`` (key -> {id, en}), optional ``scales`` (name -> {minimum, maximum, labels}) and
``items``. README.md beside the ready instruments describes every field.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

SCORINGS = ("rata_rata", "skm", "tes")
TYPES = ("likert", "angka", "teks")
HIGHEST_LEVEL = 4  # Kirkpatrick knows four
LONGEST_LABEL = 60
LONGEST_KEY = 30
LARGEST_BOUND = 99_999_999
SLUG = re.compile(r"[-a-zA-Z0-9_]+")
FIELDS = {"key", "number", "name", "description", "source", "scoring", "dimensions", "scales", "items"}
ITEM_FIELDS = {
    "key",
    "label",
    "text",
    "type",
    "scale",
    "minimum",
    "maximum",
    "labels",
    "dimension",
    "level",
    "reverse",
    "required",
}


class DefinitionError(ValueError):
    """The file is not an instrument; ``problems`` names everything that is wrong with it."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    key: str
    label: str
    label_en: str
    text: str
    text_en: str
    type: str
    minimum: Decimal | None
    maximum: Decimal | None
    labels: list[dict[str, str]]
    dimension: str
    level: int | None
    is_reverse: bool
    is_required: bool


@dataclass(frozen=True, slots=True)
class InstrumentDefinition:
    key: str
    number: int
    name: str
    description: str
    source: str
    scoring: str
    dimensions: dict[str, dict[str, str]]
    items: tuple[ItemDefinition, ...]


def read_definition(text: str) -> InstrumentDefinition:
    """The definition in ``text``. Raises ``DefinitionError`` with every problem found."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise DefinitionError(
            [
                _("Bukan JSON yang sah: baris %(line)s, kolom %(column)s.")
                % {"line": error.lineno, "column": error.colno}
            ]
        ) from error
    if not isinstance(raw, dict):
        raise DefinitionError([_("Isi berkas harus satu objek JSON.")])
    problems = _problems_of_head(raw)
    if isinstance(raw.get("items"), list) and isinstance(raw.get("scales", {}), dict):
        for position, item in enumerate(raw["items"], start=1):
            problems += _problems_of_item(raw, position, item)
        problems += _problems_between_items(raw)
    if problems:
        raise DefinitionError(problems)
    return InstrumentDefinition(
        key=raw["key"],
        number=raw["number"],
        name=raw["name"],
        description=raw.get("description", ""),
        source=raw.get("source", ""),
        scoring=raw["scoring"],
        dimensions=raw["dimensions"],
        items=tuple(_item(raw, item) for item in raw["items"]),
    )


def _problems_of_head(raw: dict) -> list[str]:
    problems = [_("Kolom %(field)s tidak dikenal.") % {"field": name} for name in sorted(set(raw) - FIELDS)]
    if not _is_key(raw.get("key")):
        problems.append(_("key wajib diisi dengan huruf, angka, garis bawah, atau tanda hubung."))
    if not _is_whole(raw.get("number"), 1, 32_767):
        problems.append(_("number (nomor versi) wajib berupa bilangan bulat mulai dari 1."))
    if not _is_text(raw.get("name"), 150):
        problems.append(_("name wajib diisi, paling panjang 150 huruf."))
    if not isinstance(raw.get("description", ""), str):
        problems.append(_("description harus berupa teks."))
    if not isinstance(raw.get("source", ""), str) or len(raw.get("source", "")) > 300:
        problems.append(_("source harus berupa teks, paling panjang 300 huruf."))
    if raw.get("scoring") not in SCORINGS:
        problems.append(_("scoring harus salah satu dari: %(choices)s.") % {"choices": ", ".join(SCORINGS)})
    if not isinstance(raw.get("dimensions"), dict) or not raw.get("dimensions"):
        problems.append(_("dimensions wajib memuat paling sedikit satu dimensi."))
    else:
        problems += [
            _("Dimensi %(key)s memerlukan kode yang sah dan nama {id, en}.") % {"key": key}
            for key, names in raw["dimensions"].items()
            if not _is_key(key) or not _is_bilingual(names)
        ]
    if not isinstance(raw.get("scales", {}), dict):
        problems.append(_("scales harus berupa objek."))
    if not isinstance(raw.get("items"), list) or not raw.get("items"):
        problems.append(_("items wajib memuat paling sedikit satu butir."))
    return problems


def _problems_of_item(raw: dict, position: int, item) -> list[str]:
    if not isinstance(item, dict):
        return [_("Butir ke-%(position)s harus berupa objek.") % {"position": position}]
    checks = (
        (not set(item) - ITEM_FIELDS, _("memuat kolom yang tidak dikenal")),
        (_is_key(item.get("key")), _("key tidak sah")),
        (
            _is_bilingual(item.get("label"), LONGEST_LABEL),
            _("label {id, en} wajib diisi, paling panjang 60 huruf"),
        ),
        (_is_bilingual(item.get("text")), _("text {id, en} wajib diisi")),
        (item.get("type") in TYPES, _("type harus likert, angka, atau teks")),
        (item.get("level") is None or _is_whole(item["level"], 1, HIGHEST_LEVEL), _("level harus 1 sampai 4")),
        (isinstance(item.get("reverse", False), bool), _("reverse harus true atau false")),
        (isinstance(item.get("required", True), bool), _("required harus true atau false")),
        (
            item.get("scale") is None or _names_one_of(raw.get("scales"), item["scale"]),
            _("scale tidak ada di scales"),
        ),
        (_bounds_hold(raw, item), _("minimum dan maximum harus angka, dan maximum lebih besar")),
        (_labels_fit(raw, item), _("labels harus satu {id, en} untuk tiap titik skala")),
        (_dimension_holds(raw, item), _("dimension tidak ada di dimensions")),
        (item.get("type") != "teks" or not item.get("reverse"), _("butir teks tidak dapat dibalik")),
    )
    name = item.get("key") or position
    return [
        _("Butir %(item)s: %(problem)s.") % {"item": name, "problem": problem}
        for holds, problem in checks
        if not holds
    ]


def _problems_between_items(raw: dict) -> list[str]:
    items = [item for item in raw["items"] if isinstance(item, dict)]
    keys = [item.get("key") for item in items]
    problems = [
        _("key %(key)s dipakai lebih dari satu butir.") % {"key": key}
        for position, key in enumerate(keys)
        if key in keys[:position]
    ]
    closed = [item for item in items if item.get("type") != "teks"]
    if not closed:
        problems.append(_("Instrumen memerlukan paling sedikit satu butir berskala atau angka."))
    if raw.get("scoring") == "tes" and len(closed) != 1:
        problems.append(_("Tes memerlukan tepat satu butir nilai."))
    if raw.get("scoring") == "skm" and any(_bounds(raw, item) != (1, 4) for item in closed):
        problems.append(_("Butir SKM memakai skala 1 sampai 4."))
    return problems


def _item(raw: dict, item: dict) -> ItemDefinition:
    minimum, maximum = _bounds(raw, item)
    return ItemDefinition(
        key=item["key"],
        label=item["label"]["id"],
        label_en=item["label"].get("en", ""),
        text=item["text"]["id"],
        text_en=item["text"].get("en", ""),
        type=item["type"],
        minimum=None if minimum is None else Decimal(str(minimum)),
        maximum=None if maximum is None else Decimal(str(maximum)),
        labels=_from_scale(raw, item, "labels") or [],
        dimension=item.get("dimension", ""),
        level=item.get("level"),
        is_reverse=item.get("reverse", False),
        is_required=item.get("required", True),
    )


def _from_scale(raw: dict, item: dict, name: str):
    scales, wanted = raw.get("scales"), item.get("scale")
    scale = scales[wanted] if _names_one_of(scales, wanted) else None
    return item.get(name, scale.get(name) if isinstance(scale, dict) else None)


def _bounds(raw: dict, item: dict) -> tuple:
    return _from_scale(raw, item, "minimum"), _from_scale(raw, item, "maximum")


def _bounds_hold(raw: dict, item: dict) -> bool:
    minimum, maximum = _bounds(raw, item)
    if item.get("type") == "teks":
        return minimum is None and maximum is None
    if not (_is_number(minimum) and _is_number(maximum) and minimum < maximum):
        return False
    return item.get("type") != "likert" or (isinstance(minimum, int) and isinstance(maximum, int))


def _labels_fit(raw: dict, item: dict) -> bool:
    labels = _from_scale(raw, item, "labels")
    if item.get("type") != "likert":
        return not labels
    if not labels or not _bounds_hold(raw, item):
        return labels is None or isinstance(labels, list)
    minimum, maximum = _bounds(raw, item)
    points = maximum - minimum + 1
    return isinstance(labels, list) and len(labels) == points and all(_is_bilingual(names) for names in labels)


def _dimension_holds(raw: dict, item: dict) -> bool:
    if item.get("type") == "teks":
        return not item.get("dimension")
    return _names_one_of(raw.get("dimensions"), item.get("dimension"))


def _names_one_of(table, name) -> bool:
    return isinstance(table, dict) and isinstance(name, str) and name in table


def _is_key(value) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_KEY and bool(SLUG.fullmatch(value))


def _is_whole(value, lowest: int, highest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def _is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_BOUND


def _is_text(value, longest: int) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= longest


def _is_bilingual(value, longest: int = 2000) -> bool:
    """{id, en} with Indonesian filled in; English may be missing but not be anything else than text."""
    if not isinstance(value, dict) or set(value) - {"id", "en"}:
        return False
    return _is_text(value.get("id"), longest) and (not value.get("en") or _is_text(value["en"], longest))
