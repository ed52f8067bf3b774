"""What reading an XLSForm yields: the instrument, and by name everything that did not become part of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.utils.translation import gettext_lazy as _

from evaluations.definitions import InstrumentDefinition

LONGEST_CONTENT = 120


class XlsFormError(ValueError):
    """The file is no XLSForm at all; the message tells the person what is wrong with it."""


class Outcome(Enum):
    """What becomes of a place that cannot be taken over; the value is the word for people."""

    CELL = _("isi sel diabaikan")
    ROW = _("baris dilewati")
    FORM = _("formulir tidak dapat diambil")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be taken over: where it stands, what stands there, why, and what becomes of it.

    ``row`` is the one a spreadsheet shows; None where the sheet as a whole is meant.
    """

    sheet: str
    row: int | None
    column: str
    content: str
    reason: str
    outcome: Outcome

    @property
    def content_shown(self) -> str:
        text = " ".join(self.content.split())
        return text if len(text) <= LONGEST_CONTENT else f"{text[: LONGEST_CONTENT - 1]}…"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was taken over in another shape, or that is no loss. ``row`` None: it holds for the form."""

    row: int | None
    message: str


@dataclass(frozen=True, slots=True)
class XlsFormReading:
    """``definition`` is what can be had, without the places that ``problems`` names; None: nothing can."""

    definition: InstrumentDefinition | None
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row below the header as pyxform reads it: every cell a text, empty ones left out."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Stray:
    """A cell that stands outside the table of its sheet, or holds a formula without a stored result."""

    sheet: str
    row: int
    column: str
    content: str
    is_formula: bool


@dataclass(frozen=True, slots=True)
class Sheets:
    survey: Sequence[SheetRow]
    choices: Sequence[SheetRow]
    settings: Sequence[SheetRow]
    headers: dict[str, Sequence[str]]
    strays: Sequence[Stray] = ()
    unread: Sequence[str] = ()


@dataclass(slots=True)
class Findings:
    """Collects what the parts of the reader come across."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def problem(
        self, row: int | None, column: str, content: str, reason: str, outcome: Outcome, sheet: str = "survey"
    ) -> None:
        self.problems.append(Problem(sheet, row, column, content, reason, outcome))

    def note(self, message: str, row: int | None = None) -> None:
        self.notes.append(Note(row, message))
