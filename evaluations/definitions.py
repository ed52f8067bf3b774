"""An instrument as a data file: read, checked as a whole, compared. Pure: no database, no models.

A definition is a JSON object; README.md beside the ready instruments describes every field.
"""

import json
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from evaluations.item_rules import (
    HIGHEST_LEVEL,
    LARGEST_BOUND,
    LIKERT,
    LONGEST_KEY,
    MATRIX,
    SCORE,
    SCORE_BOUNDS,
    SILENT,
    SLUG,
    TYPES,
    problems_of_items,
)

SCORINGS = ("rata_rata", "skm", "tes", "tanpa")
KINDS = ("kuesioner", "observasi", "dokumen", "wawancara")
GROUPS = ("peserta", "atasan", "rekan", "bawahan", "narasumber", "penyelenggara", "masyarakat")
WAVES = ("sebelum", "sesudah", "bulan_3", "bulan_6", "bulan_12")
LONGEST_LABEL = 60
LONGEST_INSTRUMENT_KEY = 50
FIELDS = {
    "key", "number", "name", "kind", "description", "source", "audience", "waves", "scoring", "dimensions",
    "bands", "weights", "legal_source", "scales", "items",
}  # fmt: skip
ITEM_FIELDS = {
    "key", "label", "text", "help", "type", "scale", "minimum", "maximum", "labels", "unit", "options", "rows",
    "dimension", "level", "reverse", "required", "not_applicable", "relevance", "constraint", "constraint_message",
}  # fmt: skip
ROW_FIELDS = {"key", "label", "text", "dimension", "level", "reverse"}
OPTION_FIELDS = {"key", "id", "en", "score"}
BAND_FIELDS = {"low", "grade", "id", "en"}


class DefinitionError(ValueError):
    """The file is not an instrument; ``problems`` names everything that is wrong with it."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """An item with the columns of ``models.Item``, without its place."""

    key: str
    type: str
    text: str
    label: str = ""
    label_en: str = ""
    text_en: str = ""
    help: str = ""
    help_en: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str = ""
    labels: list[dict[str, str]] = field(default_factory=list)
    options: list[dict] = field(default_factory=list)
    matrix: str = ""
    dimension: str = ""
    level: int | None = None
    is_reverse: bool = False
    is_required: bool = True
    allows_na: bool = False
    relevance: str = ""
    constraint: str = ""
    constraint_message: str = ""
    constraint_message_en: str = ""


@dataclass(frozen=True, slots=True)
class InstrumentDefinition:
    """One version of an instrument with what is said of the instrument as a whole."""

    key: str
    number: int
    name: str
    scoring: str
    items: tuple[ItemDefinition, ...]
    kind: str = "kuesioner"
    description: str = ""
    source: str = ""
    audience: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    dimensions: dict[str, dict[str, str]] = field(default_factory=dict)
    bands: list[dict[str, str]] = field(default_factory=list)
    weights: dict[str, str] = field(default_factory=dict)
    legal_source: str = ""


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
    problems = problems_of_head(raw)
    if isinstance(raw.get("items"), list) and isinstance(raw.get("scales", {}), dict):
        for position, item in enumerate(raw["items"], start=1):
            problems += _problems_of_item(raw, position, item)
    if problems:
        raise DefinitionError(problems)
    items = tuple(row for item in raw["items"] for row in _rows(raw, item))
    found = problems_of_items(items, dimensions=raw.get("dimensions", {}), scoring=raw["scoring"])
    if found:
        raise DefinitionError([str(problem) for problem in found])
    return InstrumentDefinition(
        key=raw["key"],
        number=raw["number"],
        name=raw["name"],
        kind=raw.get("kind", KINDS[0]),
        description=raw.get("description", ""),
        source=raw.get("source", ""),
        audience=tuple(raw.get("audience", ())),
        waves=tuple(raw.get("waves", ())),
        scoring=raw["scoring"],
        dimensions=raw.get("dimensions", {}),
        bands=raw.get("bands", []),
        weights=raw.get("weights", {}),
        legal_source=raw.get("legal_source", ""),
        items=items,
    )


def problems_of_head(raw: dict) -> list[str]:
    """What is wrong with the fields of an instrument as a whole; its items are only counted."""
    problems = [_("Kolom %(field)s tidak dikenal.") % {"field": name} for name in sorted(set(raw) - FIELDS)]
    dimensions, bands, weights = raw.get("dimensions", {}), raw.get("bands", []), raw.get("weights", {})
    checks = (
        (
            _is_key(raw.get("key"), LONGEST_INSTRUMENT_KEY),
            _("key wajib diisi dengan huruf, angka, garis bawah, atau tanda hubung."),
        ),
        (
            _is_whole(raw.get("number"), 1, 32_767),
            _("number (nomor versi) wajib berupa bilangan bulat mulai dari 1."),
        ),
        (_is_text(raw.get("name"), 150), _("name wajib diisi, paling panjang 150 huruf.")),
        (isinstance(raw.get("description", ""), str), _("description harus berupa teks.")),
        (_is_optional_text(raw.get("source", ""), 300), _("source harus berupa teks, paling panjang 300 huruf.")),
        (
            _is_optional_text(raw.get("legal_source", ""), 300),
            _("legal_source harus berupa teks, paling panjang 300 huruf."),
        ),
        (raw.get("scoring") in SCORINGS, _one_of("scoring", SCORINGS)),
        (raw.get("kind", KINDS[0]) in KINDS, _one_of("kind", KINDS)),
        (_is_list_of(raw.get("audience", []), GROUPS), _list_of("audience", GROUPS)),
        (_is_list_of(raw.get("waves", []), WAVES), _list_of("waves", WAVES)),
        (isinstance(dimensions, dict), _("dimensions harus berupa objek.")),
        (isinstance(bands, list) and all(map(_is_band, bands)), _("bands harus daftar {low, grade, id, en}.")),
        (
            isinstance(weights, dict) and all(_is_key(key) and _is_decimal(each) for key, each in weights.items()),
            _("weights harus memuat bilangan desimal untuk tiap kode."),
        ),
        (isinstance(raw.get("scales", {}), dict), _("scales harus berupa objek.")),
        (
            isinstance(raw.get("items"), list) and len(raw.get("items") or ()) > 0,
            _("items wajib memuat paling sedikit satu butir."),
        ),
    )
    problems += [message for holds, message in checks if not holds]
    if isinstance(dimensions, dict):
        problems += [
            _("Dimensi %(key)s memerlukan kode yang sah dan nama {id, en}.") % {"key": key}
            for key, names in dimensions.items()
            if not _is_key(key) or not _is_bilingual(names)
        ]
    return problems


def _problems_of_item(raw: dict, position: int, item) -> list[str]:
    """What keeps ``item`` from being read; what must hold between items is checked afterwards."""
    if not isinstance(item, dict):
        return [_("Butir ke-%(position)s harus berupa objek.") % {"position": position}]
    is_silent = item.get("type") in SILENT
    options, rows = item.get("options", []), item.get("rows", [])
    checks = (
        (not set(item) - ITEM_FIELDS, _("memuat kolom yang tidak dikenal")),
        (_is_key(item.get("key")), _("key tidak sah")),
        (
            _is_bilingual(item.get("label"), LONGEST_LABEL) or (is_silent and "label" not in item),
            _("label {id, en} wajib diisi, paling panjang 60 huruf"),
        ),
        (_is_bilingual(item.get("text")), _("text {id, en} wajib diisi")),
        ("help" not in item or _is_bilingual(item["help"], 1000), _("help harus berupa {id, en}")),
        (item.get("type") in TYPES, _("type harus salah satu dari: %(types)s") % {"types": ", ".join(TYPES)}),
        (item.get("level") is None or _is_whole(item["level"], 1, HIGHEST_LEVEL), _("level harus 1 sampai 4")),
        (isinstance(item.get("reverse", False), bool), _("reverse harus true atau false")),
        (isinstance(item.get("required", True), bool), _("required harus true atau false")),
        (isinstance(item.get("not_applicable", False), bool), _("not_applicable harus true atau false")),
        (
            item.get("scale") is None or _names_one_of(raw.get("scales"), item["scale"]),
            _("scale tidak ada di scales"),
        ),
        (_bounds_are_numbers(raw, item), _("minimum dan maximum harus angka, dan maximum lebih besar")),
        (_labels_are_named(raw, item), _("labels harus daftar {id, en}")),
        (
            isinstance(options, list) and all(map(_is_option, options)),
            _("options harus daftar {key, id, en, score}"),
        ),
        (isinstance(rows, list) and all(map(_is_row, rows)), _("rows harus daftar {key, label, text}")),
        (item.get("type") == MATRIX or not rows, _("hanya matriks mempunyai rows")),
        (isinstance(item.get("dimension", ""), str), _("dimension tidak ada di dimensions")),
        (_is_optional_text(item.get("unit", ""), 30), _("unit harus berupa teks, paling panjang 30 huruf")),
        (_is_optional_text(item.get("relevance", ""), 500), _("relevance harus berupa teks")),
        (_is_optional_text(item.get("constraint", ""), 500), _("constraint harus berupa teks")),
        (
            "constraint_message" not in item or _is_bilingual(item["constraint_message"], 200),
            _("constraint_message harus berupa {id, en}"),
        ),
    )
    name = item.get("key") or position
    return [
        _("Butir %(item)s: %(problem)s.") % {"item": name, "problem": problem}
        for holds, problem in checks
        if not holds
    ]


def _rows(raw: dict, item: dict) -> list[ItemDefinition]:
    """The item, and after a matrix each of its rows as an item of its own."""
    minimum, maximum = _bounds(raw, item)
    if item["type"] == SCORE:
        minimum, maximum = SCORE_BOUNDS
    label, text = item.get("label", {}), item["text"]
    help_text, message = item.get("help", {}), item.get("constraint_message", {})
    is_silent = item["type"] in SILENT
    shared = {
        "minimum": None if minimum is None else Decimal(str(minimum)),
        "maximum": None if maximum is None else Decimal(str(maximum)),
        "labels": _from_scale(raw, item, "labels") or [],
        "is_required": item.get("required", True),
        "allows_na": item.get("not_applicable", False),
    }
    head = ItemDefinition(
        key=item["key"],
        type=item["type"],
        label=label.get("id") or text["id"][:LONGEST_LABEL],
        label_en=label.get("en", ""),
        text=text["id"],
        text_en=text.get("en", ""),
        help=help_text.get("id", ""),
        help_en=help_text.get("en", ""),
        unit=item.get("unit", ""),
        options=item.get("options", []),
        dimension="" if is_silent else item.get("dimension", ""),
        level=None if is_silent else item.get("level"),
        is_reverse=item.get("reverse", False) and not is_silent,
        relevance=item.get("relevance", ""),
        constraint=item.get("constraint", ""),
        constraint_message=message.get("id", ""),
        constraint_message_en=message.get("en", ""),
        **shared | ({"is_required": False, "allows_na": False} if is_silent else {}),
    )
    return [head, *(_row(item, row, shared) for row in item.get("rows", []))]


def _row(matrix: dict, row: dict, shared: dict) -> ItemDefinition:
    return ItemDefinition(
        key=row["key"],
        type=LIKERT,
        label=row["label"]["id"],
        label_en=row["label"].get("en", ""),
        text=row["text"]["id"],
        text_en=row["text"].get("en", ""),
        matrix=matrix["key"],
        dimension=row.get("dimension", matrix.get("dimension", "")),
        level=row.get("level", matrix.get("level")),
        is_reverse=row.get("reverse", False),
        **shared,
    )


def _from_scale(raw: dict, item: dict, name: str):
    scales, wanted = raw.get("scales"), item.get("scale")
    scale = scales[wanted] if _names_one_of(scales, wanted) else None
    return item.get(name, scale.get(name) if isinstance(scale, dict) else None)


def _bounds(raw: dict, item: dict) -> tuple:
    return _from_scale(raw, item, "minimum"), _from_scale(raw, item, "maximum")


def _bounds_are_numbers(raw: dict, item: dict) -> bool:
    bounds = [bound for bound in _bounds(raw, item) if bound is not None]
    return all(map(_is_number, bounds)) and (len(bounds) < 2 or bounds[0] < bounds[1])


def _labels_are_named(raw: dict, item: dict) -> bool:
    labels = _from_scale(raw, item, "labels")
    return labels is None or (
        isinstance(labels, list)
        and all(
            isinstance(names, dict)
            and not set(names) - {"id", "en"}
            and all(_is_optional_text(name, 100) for name in names.values())
            for names in labels
        )
    )


def _is_option(option) -> bool:
    if not isinstance(option, dict) or set(option) - OPTION_FIELDS or not _is_key(option.get("key")):
        return False
    score = option.get("score")
    return _is_bilingual({name: option[name] for name in ("id", "en") if name in option}) and (
        score is None or _is_number(score)
    )


def _is_row(row) -> bool:
    return (
        isinstance(row, dict)
        and not set(row) - ROW_FIELDS
        and _is_key(row.get("key"))
        and _is_bilingual(row.get("label"), LONGEST_LABEL)
        and _is_bilingual(row.get("text"))
        and isinstance(row.get("dimension", ""), str)
        and (row.get("level") is None or _is_whole(row["level"], 1, HIGHEST_LEVEL))
        and isinstance(row.get("reverse", False), bool)
    )


def _is_band(band) -> bool:
    return (
        isinstance(band, dict)
        and not set(band) - BAND_FIELDS
        and _is_decimal(band.get("low"))
        and _is_text(band.get("grade"), 10)
        and _is_bilingual({name: band[name] for name in ("id", "en") if name in band}, 60)
    )


def _one_of(name: str, choices: tuple[str, ...]) -> str:
    return _("%(field)s harus salah satu dari: %(choices)s.") % {"field": name, "choices": ", ".join(choices)}


def _list_of(name: str, choices: tuple[str, ...]) -> str:
    return _("%(field)s harus daftar dari: %(choices)s.") % {"field": name, "choices": ", ".join(choices)}


def _names_one_of(table, name) -> bool:
    return isinstance(table, dict) and isinstance(name, str) and name in table


def _is_list_of(value, choices: tuple[str, ...]) -> bool:
    return isinstance(value, list) and all(each in choices for each in value)


def _is_key(value, longest: int = LONGEST_KEY) -> bool:
    return isinstance(value, str) and len(value) <= longest and bool(SLUG.fullmatch(value))


def _is_whole(value, lowest: int, highest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def _is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_BOUND


def _is_decimal(value) -> bool:
    """A decimal written as text, so that no binary fraction stands for it: "88.31"."""
    try:
        return isinstance(value, str) and Decimal(value).is_finite() and abs(Decimal(value)) <= LARGEST_BOUND
    except ArithmeticError:
        return False


def _is_text(value, longest: int) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= longest


def _is_optional_text(value, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest


def _is_bilingual(value, longest: int = 2000) -> bool:
    """{id, en} with Indonesian filled in; English may be missing but not be anything else than text."""
    if not isinstance(value, dict) or set(value) - {"id", "en"}:
        return False
    return _is_text(value.get("id"), longest) and (not value.get("en") or _is_text(value["en"], longest))
