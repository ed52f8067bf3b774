"""The titles of an XLSForm's columns, by the meaning they have in any of its spellings, and their languages."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.xlsform.model import SheetRow, XlsFormError

# As pyxform names them: other spellings of the same column.
ALIASES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "constraintmsg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "readonly": "read_only",
    "calculate": "calculation",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
# Prefixes that name the part of an XForm a column goes to; what matters stands behind them.
PARTS = {"bind", "control", "body", "media", "instance"}
TRANSLATED = {"label", "hint", "constraint_message", "required_message", "guidance_hint", "asn_label"}
MEDIA = {"image", "big-image", "audio", "video"}
LANGUAGE_CODE = re.compile(r"\(\s*([a-zA-Z]{2,3})(?:[-_][\w-]+)?\s*\)\s*$")
INDONESIAN = {"id", "ind", "indonesia", "indonesian", "bahasa", "bahasa indonesia"}
INSERTED = re.compile(r"\$\{[^{}]*\}")
NO_INSERTION = gettext_lazy("jawaban lain tidak dapat disisipkan ke dalam kalimat; diganti dengan “…”")
ENGLISH = {"en", "eng", "english", "inggris", "bahasa inggris"}


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` as XLSForm documents it; ``language`` as written, "" without one."""

    name: str
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the two languages that an instrument has."""

    id: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.id)


def without_insertions(text: Text) -> Text:
    """The text with "…" where the answer to another question would stand."""
    return Text(INSERTED.sub("…", text.id), INSERTED.sub("…", text.en))


def column_of(title: str, *, single_colon: bool) -> Column:
    """The column with this title. ``single_colon``: the sheet separates languages by ":" only, as old forms do."""
    separator = ":" if single_colon else "::"
    tokens = [token.strip() for token in title.split(separator)]
    if len(tokens) > 1 and _name(tokens[0]) in PARTS:
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[0].lower() == "jr":
        tokens = [":".join(tokens[:2]), *tokens[2:]]
    return Column(_name(tokens[0]), separator.join(tokens[1:]), title)


def _name(token: str) -> str:
    plain = re.sub(r"\s+", "_", token.strip().lower())
    return ALIASES.get(plain, plain)


class Columns:
    """The columns of one sheet. Raises ``XlsFormError`` where two of them mean the same."""

    def __init__(self, titles: Sequence[str]):
        single = not any("::" in title for title in titles)
        self.by_title = {title: column_of(title, single_colon=single and ":" in title) for title in titles}
        seen: dict[tuple[str, str], str] = {}
        for column in self.by_title.values():
            other = seen.setdefault((column.name, column.language), column.title)
            if other != column.title:
                raise XlsFormError(
                    _("Kolom “%(one)s” dan “%(other)s” berarti sama. Hapus salah satu.")
                    % {"one": other, "other": column.title}
                )

    def __iter__(self) -> Iterator[Column]:
        return iter(self.by_title.values())

    def row(self, row: SheetRow) -> "Row":
        cells: dict[str, dict[str, str]] = {}
        for title, text in row.cells.items():
            column = self.by_title[title]
            cells.setdefault(column.name, {})[column.language] = text.strip()
        return Row(row.number, cells)


@dataclass(frozen=True, slots=True)
class Row:
    """One row by the names of its columns: name -> language -> text."""

    number: int
    cells: Mapping[str, Mapping[str, str]]

    def get(self, name: str) -> str:
        """The cell of a column that has no languages."""
        return next(iter(self.cells.get(name, {}).values()), "")

    def filled(self) -> Iterator[tuple[str, str]]:
        """(name, text) of every filled column, once for all languages."""
        return ((name, next(iter(texts.values()))) for name, texts in self.cells.items())


@dataclass(frozen=True)
class Languages:
    """Which of a form's languages become Indonesian and English, in order of preference."""

    indonesian: tuple[str, ...]
    english: tuple[str, ...]
    others: tuple[str, ...]

    def text(self, row: Row, name: str) -> Text:
        texts = row.cells.get(name, {})
        english = _first(texts, self.english)
        main = _first(texts, self.indonesian)
        return Text(main, english) if main else Text(english or _first(texts, self.others), "")

    @cached_property
    def has_indonesian(self) -> bool:
        return bool(self.indonesian)

    def is_borrowed(self, row: Row, name: str) -> bool:
        """Whether the text is there, but not in Indonesian although other texts of the form are."""
        texts = row.cells.get(name, {})
        return self.has_indonesian and bool(texts) and not _first(texts, self.indonesian)


def languages_of(columns: Iterable[Column], default_language: str) -> Languages:
    """Sort the languages of all translated columns; a column without one has the default language of the form."""
    names = dict.fromkeys(column.language for column in columns if column.name in TRANSLATED)
    by_code: dict[str, list[str]] = {"id": [], "en": [], "": []}
    for language in names:
        by_code[_code(language or default_language)].append(language)
    # Texts without any language are in the one the form is written in.
    if "" in by_code[""] and not default_language:
        by_code[""].remove("")
        by_code["id"].append("")
    return Languages(*(tuple(sorted(by_code[code], key=lambda name: not name)) for code in ("id", "en", "")))


def _code(language: str) -> str:
    """ "id", "en", or "" for every other language."""
    if found := LANGUAGE_CODE.search(language):
        code = found[1].lower()
        return {"id": "id", "ind": "id", "en": "en", "eng": "en"}.get(code, "")
    name = language.strip().casefold()
    return "id" if name in INDONESIAN else "en" if name in ENGLISH else ""


def _first(texts: Mapping[str, str], languages: Iterable[str]) -> str:
    return next((texts[language] for language in languages if texts.get(language)), "")
