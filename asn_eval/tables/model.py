"""What a table that was read looks like, and the one error that reading it may raise."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None

# Titles and letterheads stand above the header of many official lists; further down it is data.
HEADER_SEARCH_ROWS = 20


class TableError(Exception):
    """The file cannot be read as a table; the message tells the person what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header. `number` is the one a spreadsheet shows; `cells` is as long as the header."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows. An untitled column has the header ""; `notes` tell what was read differently."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    header_number: int = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """The same as a `Table` turned on its side: one list of cells per column, all as long as `numbers`.

    A hundred thousand rows are checked much faster column by column than row by row.
    """

    header: tuple[str, ...]
    columns: tuple[list[Cell], ...]
    numbers: Sequence[int]
    notes: tuple[str, ...] = ()
    header_number: int = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold: bytes on disk, rows of data and columns."""

    max_bytes: int
    max_rows: int
    max_columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Raw columns of cells, all equally long; their first cells stand in row `first_number` of the spreadsheet."""

    first_number: int
    columns: list[list[Cell]]
    notes: tuple[str, ...] = ()


def header_key(text: str) -> str:
    """Return a header name without case, spaces and punctuation, for comparing: "Gol./Ruang" -> "golruang"."""
    return "".join(character for character in text.casefold() if character.isalnum())


def header_keys(names: Collection[str] | None) -> frozenset[str]:
    """Return the keys of the header names that a caller knows; None means that it knows none."""
    return frozenset(header_key(name) for name in names or ())


def count_known(line: Sequence[Cell], known: frozenset[str]) -> int:
    """Return how many cells of a line are header names that the caller knows."""
    return sum(isinstance(cell, str) and header_key(cell) in known for cell in line)
