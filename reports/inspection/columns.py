"""Columns of a file by their names, and problems by row and column."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from asn_eval.tables import Row, Table, header_key
from asn_eval.tables.model import Cell

from .cells import CellError, to_json, to_number

IDENTIFIERS = frozenset({"id", "resp", "responden", "respondent", "kode", "no", "nomor"})


class InspectionError(Exception):
    """The file was read, but what was asked cannot be computed from it; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A refused cell: the row number and column name that the person sees, its content, and why."""

    row: int
    column: str
    value: str | int | float | bool | None
    message: str

    @classmethod
    def at(cls, row: Row, column: str, cell: Cell, message: str) -> "Problem":
        """Return the problem of one cell."""
        return cls(row.number, column, to_json(cell), message)


@dataclass(frozen=True, slots=True)
class NumberColumns:
    """Columns that hold answers, as (position, name), and notes about those that were left aside."""

    columns: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]


def find_column(table: Table, aliases: Collection[str]) -> int | None:
    """Return the position of the column that bears one of the names; None when there is none.

    Raises `InspectionError` when several columns do.
    """
    found = [at for at, name in enumerate(table.header) if header_key(name) in aliases]
    if len(found) > 1:
        raise InspectionError(
            _("Kolom %(names)s berarti sama; sisakan satu saja.")
            % {"names": quoted(table.header[at] for at in found)}
        )
    return found[0] if found else None


def require_column(table: Table, aliases: Collection[str]) -> int:
    """Return the position of the column that bears one of the names.

    Raises `InspectionError` when there is none or more than one.
    """
    position = find_column(table, aliases)
    if position is None:
        raise InspectionError(
            _("Kolom %(aliases)s tidak ada; kolom yang ditemukan: %(found)s.")
            % {"aliases": "/".join(aliases), "found": quoted(name for name in table.header if name)}
        )
    return position


def number_columns(table: Table, *, always: Collection[str] = ()) -> NumberColumns:
    """Return the columns of answers: titled, not an identifier, and holding at least one number.

    A column without any content stays, so that a question which nobody answered is not overlooked, and so
    does every column named in `always`.
    """
    titled = [(at, name) for at, name in enumerate(table.header) if name]
    identifiers = [name for _at, name in titled if header_key(name) in IDENTIFIERS]
    others = [(at, name) for at, name in titled if name not in identifiers]
    wordy = [name for at, name in others if name not in always and _holds_only_words(table, at)]
    notes = []
    if identifiers:
        notes.append(_("Kolom %(names)s dibaca sebagai pengenal.") % {"names": quoted(identifiers)})
    if wordy:
        notes.append(_("Kolom %(names)s tidak memuat angka sehingga tidak dihitung.") % {"names": quoted(wordy)})
    return NumberColumns(tuple((at, name) for at, name in others if name not in wordy), tuple(notes))


def quoted(names: Iterable[str]) -> str:
    """Return names for a message: “a”, “b”."""
    return ", ".join(f"“{name}”" for name in names)


def refused_rows_note(problems: Collection[Problem]) -> list[str]:
    """Return the note that says how many rows were left out, if any."""
    rows = {problem.row for problem in problems}
    if not rows:
        return []
    return [_("%(count)s baris ditolak dan tidak ikut dihitung; lihat problems.") % {"count": len(rows)}]


def _holds_only_words(table: Table, position: int) -> bool:
    cells = [row.cells[position] for row in table.rows if row.cells[position] is not None]
    return bool(cells) and not any(_is_number(cell) for cell in cells)


def _is_number(cell: Cell) -> bool:
    try:
        return to_number(cell) is not None
    except CellError:
        return False
