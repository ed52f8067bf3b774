"""An instrument as an XLSForm workbook that other tools open, and that comes back as it was."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from asn_eval.exports import write_workbook
from evaluations.definitions import InstrumentDefinition, ItemDefinition
from evaluations.item_rules import (
    CHOICE,
    CHOICES,
    DATE,
    LIKERT,
    MATRIX,
    NOTE,
    NUMBER,
    PAGE,
    RANKING,
    SCORE,
    SHORT_TEXT,
    SILENT,
    TEXT,
    WITH_OPTIONS,
    YES_NO,
)
from evaluations.xlsform.bounds import WHOLE_MESSAGE, bounded
from evaluations.xlsform.choices import NOT_APPLICABLE_CODE
from evaluations.xlsform.formulas import REFERENCE

INDONESIAN, ENGLISH = "Indonesian (id)", "English (en)"
SURVEY = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "appearance",
    "parameters", "asn_type", "asn_label", "asn_dimension", "asn_level", "asn_reverse", "asn_unit", "asn_na",
    "asn_scores", "asn_relevance",
)  # fmt: skip
IN_LANGUAGES = {"label", "hint", "constraint_message", "asn_label"}
TYPES = {
    CHOICE: "select_one", CHOICES: "select_multiple", RANKING: "rank", LIKERT: "select_one", YES_NO: "select_one",
    SCORE: "range", NUMBER: "decimal", DATE: "date", SHORT_TEXT: "text", TEXT: "text", NOTE: "note",
}  # fmt: skip
YES_NO_CHOICES = [("1", "Ya", "Yes"), ("0", "Tidak", "No")]
NOT_APPLICABLE_NAMES = ("Tidak berlaku", "Not applicable")
# pyxform takes no question of such a name.
RESERVED = {"meta"}
# Where "${" stands in wording, other tools look for a question of that name.
WORDING_BREAKS = {"${": "$ {"}

Choices = list[tuple[str, str, str]]
Cells = dict[str, object]


def write_xlsform(definition: InstrumentDefinition) -> bytes:
    """Return the workbook: sheets survey, choices and settings.

    What XLSForm has no place for stands in columns whose names begin with ``asn_``; other tools pass over them.
    """
    languages = (INDONESIAN, ENGLISH) if _has_english(definition) else (INDONESIAN,)
    book = _Book(languages)
    book.add(definition.items)
    settings = _settings(definition)
    return write_workbook(
        {
            "survey": (book.survey_header, book.survey_lines()),
            "choices": (book.choices_header, book.choices_lines()),
            "settings": (list(settings), [list(settings.values())]),
        }
    )


def _has_english(definition: InstrumentDefinition) -> bool:
    return any(
        item.text_en or any(option.get("en") for option in (*item.options, *item.labels))
        for item in definition.items
    )


def _settings(definition: InstrumentDefinition) -> Cells:
    ours = {
        "asn_number": definition.number,
        "asn_dimensions": definition.dimensions,
        "asn_bands": definition.bands,
        "asn_weights": definition.weights,
        "asn_audience": definition.audience,
        "asn_waves": definition.waves,
    }
    return {
        "form_title": definition.name,
        "form_id": definition.key,
        "version": str(definition.number),
        "default_language": INDONESIAN,
        "asn_kind": definition.kind,
        "asn_scoring": definition.scoring,
        "asn_description": definition.description,
        "asn_source": definition.source,
        "asn_legal_source": definition.legal_source,
        **{name: json.dumps(value, ensure_ascii=False) for name, value in ours.items()},
    }


@dataclass
class _Book:
    """The rows of the sheets survey and choices as they come together."""

    languages: tuple[str, ...]
    survey: list[Cells] = field(default_factory=list)
    lists: dict[str, Choices] = field(default_factory=dict)

    @property
    def survey_header(self) -> list[str]:
        return [
            title
            for name in SURVEY
            for title in ([f"{name}::{each}" for each in self.languages] if name in IN_LANGUAGES else [name])
        ]

    @property
    def choices_header(self) -> list[str]:
        return ["list_name", "name", *(f"label::{each}" for each in self.languages)]

    def survey_lines(self) -> Iterator[list[object]]:
        return ([row.get(title) or None for title in self.survey_header] for row in self.survey)

    def choices_lines(self) -> Iterator[list[object]]:
        for name, choices in self.lists.items():
            for code, *labels in choices:
                yield [name, code, *map(_wording, labels[: len(self.languages)])]

    def add(self, items: Iterable[ItemDefinition]) -> None:
        """A page is a group up to the next page, a matrix a group of its rows."""
        matrix, page = "", False
        for item in items:
            if matrix and item.matrix != matrix:
                self._end()
                matrix = ""
            if item.type == PAGE and page:
                self._end()
            page = page or item.type == PAGE
            if item.type in (PAGE, MATRIX):
                self._begin(item)
                matrix = item.key if item.type == MATRIX else ""
            else:
                self._question(item)
        if matrix:
            self._end()
        if page:
            self._end()

    def _end(self) -> None:
        self.survey.append({"type": "end_group"})

    def _begin(self, item: ItemDefinition) -> None:
        cells = {"type": "begin_group", "appearance": "field-list" if item.type == PAGE else "table-list"}
        # The condition of a page hides its heading only; that of a group would hide all that is in it.
        condition = "asn_relevance" if item.type == PAGE else "relevant"
        self.survey.append(self._common(item) | cells | {condition: _formula(item.relevance)})

    def _question(self, item: ItemDefinition) -> None:
        cells = self._common(item) | {"relevant": _formula(item.relevance)} | self._answer(item)
        constraint, message = _formula(item.constraint), (item.constraint_message, item.constraint_message_en)
        if item.type == NUMBER:
            kind, constraint = bounded(item.minimum, item.maximum, constraint)
            cells["type"] = kind
            if kind == "integer" and message == (WHOLE_MESSAGE.id, WHOLE_MESSAGE.en):
                message = ("", "")
        self.survey.append(cells | {"constraint": constraint} | self._texts("constraint_message", *message))

    def _common(self, item: ItemDefinition) -> Cells:
        return {
            "name": _name(item.key),
            "asn_type": item.type,
            "asn_dimension": item.dimension,
            "asn_level": None if item.level is None else str(item.level),
            "asn_reverse": "yes" if item.is_reverse else "",
            "asn_unit": item.unit,
            "asn_na": "yes" if item.allows_na else "",
            "required": "" if item.type in SILENT else "yes" if item.is_required else "no",
            **self._texts("label", item.text, item.text_en),
            **self._texts("hint", item.help, item.help_en),
            **self._texts("asn_label", item.label, item.label_en),
        }

    def _texts(self, name: str, *texts: str) -> Cells:
        return {
            f"{name}::{language}": _wording(text) for language, text in zip(self.languages, texts, strict=False)
        }

    def _answer(self, item: ItemDefinition) -> Cells:
        """Type, appearance and parameters, and the list of choices where there is one."""
        kind = TYPES[item.type]
        if item.type in (LIKERT, YES_NO, *WITH_OPTIONS):
            scores = {option["key"]: option["score"] for option in item.options if option.get("score") is not None}
            return {
                "type": f"{kind} {self._list(item)}",
                "appearance": "likert" if item.type == LIKERT and not item.matrix else "",
                "asn_scores": json.dumps(scores) if scores else "",
            }
        return {
            "type": kind,
            "appearance": "multiline" if item.type == TEXT else "",
            "parameters": "start=0 end=100 step=1" if item.type == SCORE else "",
        }

    def _list(self, item: ItemDefinition) -> str:
        """The name of the list of these choices, which items that have the same ones share."""
        choices = _choices(item)
        base = "ya_tidak" if item.type == YES_NO else item.matrix or item.key
        for name, known in self.lists.items():
            if known == choices:
                return name
        number, name = 2, base
        while name in self.lists:
            name = f"{base}_{number}"
            number += 1
        self.lists[name] = choices
        return name


def _choices(item: ItemDefinition) -> Choices:
    if item.type == YES_NO:
        choices = list(YES_NO_CHOICES)
    elif item.type == LIKERT:
        points = range(int(item.minimum), int(item.maximum) + 1)
        labels = item.labels or [{}] * len(points)
        choices = [
            (str(point), names.get("id") or str(point), names.get("en") or names.get("id") or str(point))
            for point, names in zip(points, labels, strict=True)
        ]
    else:
        choices = [(option["key"], option["id"], option.get("en", "")) for option in item.options]
    if item.allows_na:
        code = NOT_APPLICABLE_CODE
        while code in {choice[0] for choice in choices}:
            code += "_"
        choices.append((code, *NOT_APPLICABLE_NAMES))
    return choices


def _name(key: str) -> str:
    return f"{key}_" if key in RESERVED else key


def _formula(text: str) -> str:
    return REFERENCE.sub(lambda found: f"${{{_name(found[1])}}}", text)


def _wording(text: str) -> str:
    for sign, broken in WORDING_BREAKS.items():
        text = text.replace(sign, broken)
    return text
