"""From raw lines to a table: which line is the header, which columns and rows count."""

from collections import Counter
from itertools import islice

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .model import HEADER_SEARCH_ROWS, Cell, Grid, Limits, Row, Table, TableError, count_known


def to_table(grid: Grid, *, limits: Limits, known: frozenset[str]) -> Table:
    """Return the table in a grid: the header chosen, blank rows and trailing empty columns left out.

    `known` holds the keys of header names that the caller expects. Raises `TableError` when there is no
    data, a header name occurs twice, or there are more rows or columns than `limits` allow.
    """
    filled = [(number, line) for number, line in enumerate(grid.lines, grid.first_number) if _is_filled(line)]
    if not filled:
        raise TableError(_("Berkas ini tidak memuat data; isi judul kolom dan datanya, lalu unggah lagi."))
    position = _header_position(filled, known)
    header_number, header_line = filled[position]
    body = filled[position + 1 :]
    if not body:
        raise TableError(
            _("Berkas ini hanya memuat judul kolom (baris %(row)s); tambahkan data di bawahnya.")
            % {"row": header_number}
        )
    if len(body) > limits.max_rows:
        raise too_many_rows_error(limits)
    width = max(_filled_width(line) for _number, line in filled[position:])
    if width > limits.max_columns:
        raise too_many_columns_error(limits)
    header = tuple(_header_text(cell) for cell in _fit(header_line, width))
    _check_duplicates(header)
    rows = tuple(Row(number, _fit(line, width)) for number, line in body)
    notes = (*grid.notes, *_skipped_note(position, header_number), *_untitled_notes(header, rows))
    return Table(header, rows, notes, header_number)


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


def _is_filled(line: list[Cell]) -> bool:
    return any(cell is not None for cell in line)


def _filled_width(line: list[Cell]) -> int:
    width = len(line)
    while width and line[width - 1] is None:
        width -= 1
    return width


def _header_position(filled: list[tuple[int, list[Cell]]], known: frozenset[str]) -> int:
    first_lines = [line for _number, line in islice(filled, HEADER_SEARCH_ROWS)]
    for position, line in enumerate(first_lines):
        if count_known(line, known) >= 2:
            return position
    for position, line in enumerate(first_lines):
        if sum(cell is not None for cell in line) >= 2:
            return position
    return 0


def _fit(line: list[Cell], width: int) -> tuple[Cell, ...]:
    if len(line) < width:
        return (*line, *[None] * (width - len(line)))
    return tuple(line[:width])


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


def _untitled_notes(header: tuple[str, ...], rows: tuple[Row, ...]) -> tuple[str, ...]:
    untitled = [position for position, name in enumerate(header) if not name]
    letters = [column_letter(at) for at in untitled if any(row.cells[at] is not None for row in rows)]
    if not letters:
        return ()
    return (_("Kolom %(columns)s berisi data tetapi tidak berjudul.") % {"columns": ", ".join(letters)},)
