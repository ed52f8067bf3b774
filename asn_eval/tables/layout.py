"""From raw lines to a table: which line is the header, which columns and rows count."""

from collections import Counter
from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .model import HEADER_SEARCH_ROWS, Cell, Columns, Grid, Limits, Row, Table, TableError, count_known


def to_columns(grid: Grid, *, limits: Limits, known: frozenset[str]) -> Columns:
    """Return the table in a grid: the header chosen, blank rows and trailing empty columns left out.

    `known` holds the keys of header names that the caller expects. Raises `TableError` when there is no
    data, a header name occurs twice, or there are more rows or columns than `limits` allow.
    """
    filled = filled_rows(grid.columns)
    if not filled:
        raise TableError(_("Berkas ini tidak memuat data; isi judul kolom dan datanya, lalu unggah lagi."))
    first_lines = [[column[at] for column in grid.columns] for at in filled[:HEADER_SEARCH_ROWS]]
    position = _header_position(first_lines, known)
    header_number = grid.first_number + filled[position]
    body = filled[position + 1 :]
    if not body:
        raise TableError(
            _("Berkas ini hanya memuat judul kolom (baris %(row)s); tambahkan data di bawahnya.")
            % {"row": header_number}
        )
    if len(body) > limits.max_rows:
        raise too_many_rows_error(limits)
    header_line = first_lines[position]
    columns = [_picked(column, body) for column in grid.columns]
    while header_line[len(columns) - 1] is None and columns[-1].count(None) == len(body):
        columns.pop()
    if len(columns) > limits.max_columns:
        raise too_many_columns_error(limits)
    header = tuple(_header_text(cell) for cell in header_line[: len(columns)])
    _check_duplicates(header)
    notes = (*grid.notes, *_skipped_note(position, header_number), *_untitled_notes(header, columns))
    numbers = _picked(range(grid.first_number, grid.first_number + body[-1] + 1), body)
    return Columns(header, tuple(columns), numbers, notes, header_number)


def filled_rows(columns: Sequence[Sequence[Cell]]) -> Sequence[int]:
    """Return the positions of the rows that hold anything; as a rule one column is filled from top to bottom."""
    if any(None not in column for column in columns):
        return range(len(columns[0]))
    width = len(columns)
    return [at for at, line in enumerate(zip(*columns, strict=True)) if line.count(None) != width]


def to_table(columns: Columns) -> Table:
    """Return the same row by row."""
    lines = zip(*columns.columns, strict=True)
    rows = tuple(Row(number, cells) for number, cells in zip(columns.numbers, lines, strict=True))
    return Table(columns.header, rows, columns.notes, columns.header_number)


def too_many_rows_error(limits: Limits) -> TableError:
    """Return the error for a sheet that reaches further down than `limits` allow."""
    return TableError(
        _("Isi berkas melebihi %(limit)s baris; bagi menjadi beberapa berkas atau hapus isi di bawah data.")
        % {"limit": number_format(limits.max_rows, force_grouping=True)}
    )


def too_many_columns_error(limits: Limits) -> TableError:
    """Return the error for a sheet that reaches further right than `limits` allow."""
    return TableError(
        _("Isi berkas melebihi %(limit)s kolom; hapus kolom yang tidak diperlukan.")
        % {"limit": number_format(limits.max_columns, force_grouping=True)}
    )


def column_letter(position: int) -> str:
    """Return the letters that a spreadsheet shows above the column at a position counted from 0."""
    letters = ""
    position += 1
    while position:
        position, remainder = divmod(position - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def _picked(cells: Sequence[Cell], rows: list[int]) -> Sequence[Cell]:
    """The cells of these rows; as a rule nothing lies between them."""
    first, last = rows[0], rows[-1]
    if last - first + 1 == len(rows):
        return cells[first : last + 1]
    return [cells[at] for at in rows]


def _header_position(first_lines: list[list[Cell]], known: frozenset[str]) -> int:
    for position, line in enumerate(first_lines):
        if count_known(line, known) >= 2:
            return position
    for position, line in enumerate(first_lines):
        if sum(cell is not None for cell in line) >= 2:
            return position
    return 0


def _header_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _check_duplicates(header: tuple[str, ...]) -> None:
    counts = Counter(name.casefold() for name in header if name)
    repeated = dict.fromkeys(name for name in header if counts[name.casefold()] > 1)
    if repeated:
        raise TableError(
            _("Judul kolom %(names)s muncul lebih dari sekali; beri setiap kolom judul yang berbeda.")
            % {"names": ", ".join(f"“{name}”" for name in repeated)}
        )


def _skipped_note(position: int, header_number: int) -> tuple[str, ...]:
    if position == 0:
        return ()
    return (_("Judul kolom dibaca dari baris %(row)s; baris di atasnya dilewati.") % {"row": header_number},)


def _untitled_notes(header: tuple[str, ...], columns: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    untitled = [at for at, name in enumerate(header) if not name]
    letters = [column_letter(at) for at in untitled if columns[at].count(None) != len(columns[at])]
    if not letters:
        return ()
    return (_("Kolom %(columns)s berisi data tetapi tidak berjudul.") % {"columns": ", ".join(letters)},)
