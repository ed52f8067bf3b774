"""A file becomes a sheet: the cells of its fields, column by column, without the rows that say nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from asn_eval.tables import Cell, Columns, TableError, filled_rows, read_columns
from programs.imports.cells import as_text
from programs.imports.columns import Column, Matching, match_columns

MAX_BYTES = 25 * 1024 * 1024
MAX_ROWS = 100_000
# What the example row of a template begins with; such a row is never read.
EXAMPLE_MARK = "CONTOH"
# What the column of an error workbook says that is not read again.
REMARK = "Keterangan"
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: all its columns as they are, which of them mean which field, and the rows that count."""

    table: Columns
    matching: Matching
    rows: Sequence[int]  # positions in the table

    @property
    def numbers(self) -> list[int]:
        """The rows that count as a spreadsheet numbers them."""
        return _taken(self.table.numbers, self.rows)

    def cells(self, name: str) -> list[Cell] | None:
        """The cells of a field in the rows that count; None when the file has no such column."""
        at = self.matching.positions.get(name)
        return None if at is None else _taken(self.table.columns[at], self.rows)

    def header(self, name: str) -> str:
        return self.table.header[self.matching.positions[name]]

    def samples(self, position: int) -> list[str]:
        """The first different texts of a column, for whoever is to say what it means."""
        texts = dict.fromkeys(as_text(cell) for cell in self.table.columns[position][:50] if cell is not None)
        return [text[:40] for text in texts][:SAMPLES]


def read_file(source: str | Path | bytes | BinaryIO, *, filename: str, columns: Sequence[Column]) -> Columns:
    """Read the table in a file. Raises ``TableError`` with one sentence when there is none."""
    known = {name for column in columns for name in (column.header, *column.accepted)}
    table = read_columns(source, filename=filename, header_hint=known, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
    return Columns(table.header, tuple(map(_without_booleans, table.columns)), *_rest(table))


def make_sheet(table: Columns, columns: Sequence[Column], remembered: Mapping[str, str] | None = None) -> Sheet:
    """Find the fields in a table and leave out the rows that only number, exemplify or draw lines.

    Raises ``TableError`` when the fields are found but no row fills any of them.
    """
    matching = match_columns(table.header, columns, remembered)
    read = [table.columns[at] for at in matching.positions.values()]
    if not read:
        return Sheet(table, matching, range(len(table.numbers)))
    leading = next((column.field for column in columns if column.field in matching.positions), None)
    marks = table.columns[matching.positions[leading]]
    kept = filled_rows(read)
    examples = {at for at, mark in enumerate(marks) if type(mark) is str and mark.startswith(EXAMPLE_MARK)}
    if examples:
        kept = [at for at in kept if at not in examples]
    if kept and kept[0] == 0 and _numbers_columns([column[0] for column in table.columns]):
        kept = kept[1:]
    if not kept and matching.is_settled:
        needed = ", ".join(column.header for column in columns if column.required)
        raise TableError(
            _("Berkas ini tidak memuat isi yang dapat dibaca; isi kolom %(columns)s, lalu unggah lagi.")
            % {"columns": needed}
        )
    return Sheet(table, matching, range(len(table.numbers)) if len(kept) == len(table.numbers) else kept)


def _rest(table: Columns) -> tuple:
    return table.numbers, table.notes, table.header_number


def _taken(cells: Sequence, rows: Sequence[int]) -> list:
    if isinstance(rows, range):
        return list(cells[rows.start : rows.stop])
    return [cells[at] for at in rows]


def _without_booleans(cells: list[Cell]) -> list[Cell]:
    """TRUE equals 1 where values are compared; as words they are different."""
    if bool not in {*map(type, cells)}:
        return cells
    return [str(cell) if isinstance(cell, bool) else cell for cell in cells]


def _numbers_columns(row: list[Cell]) -> bool:
    """Return whether a row only numbers its columns, as official lists do below the header: (1) (2) (3)."""
    filled = [as_text(cell).strip("() ") for cell in row if cell is not None]
    return len(filled) > 1 and filled == [str(number) for number in range(1, len(filled) + 1)]
