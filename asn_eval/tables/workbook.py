"""Spreadsheet files, read by a separate process that may fail without harm.

A workbook of one kilobyte with a single cell in the last row and column makes any reader that builds the
full rectangle ask for hundreds of gigabytes, which aborts the process; a web worker must not be that one.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from .content import broken_error, too_large_error
from .layout import too_many_columns_error, too_many_rows_error
from .model import HEADER_SEARCH_ROWS, Cell, Grid, Limits, TableError

READER = Path(__file__).with_name("workbook_process.py")
WALL_SECONDS = 60
SEPARATOR = "\x1f"  # as in the reader, which is a program of its own


def read_workbook(content: bytes, *, limits: Limits) -> Grid:
    """Return the first visible sheet with data of an xlsx, xls or ods file.

    Raises `TableError` when the file is broken, asks for a password, has no data, exceeds `limits`, or takes
    more memory or time than the reading process is given.
    """
    answer = _ask_reader(content, limits)
    if "columns" not in answer:
        raise _refusal(answer["refused"], limits)
    columns = answer["columns"]
    notes = ()
    if answer["n_sheets"] > 1:
        notes = (
            _("Berkas memiliki %(count)s lembar; yang dibaca adalah lembar “%(name)s”.")
            % {"count": answer["n_sheets"], "name": answer["sheet"]},
        )
    return Grid(answer["first_number"], columns, notes)


def _ask_reader(content: bytes, limits: Limits) -> dict:
    # -P keeps this package's own folder off the import path of the reader.
    command = [sys.executable, "-P", str(READER)]
    command += [str(limits.max_rows + HEADER_SEARCH_ROWS), str(limits.max_columns)]
    try:
        # The command line is ours; the file itself goes in as bytes.
        done = subprocess.run(command, input=content, capture_output=True, timeout=WALL_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise _stopped_error() from error
    if done.returncode:
        raise _stopped_error()
    head, _newline, pieces = done.stdout.decode().partition("\n")
    answer = json.loads(head)
    if "columns" in answer:
        answer["columns"] = [*_unpacked(answer["columns"], pieces)]
    return answer


def _unpacked(columns: list[list[object] | int], pieces: str) -> Iterator[list[Cell]]:
    """The cells of each column: those of text only stand in ``pieces``, as long as the number says."""
    start = 0
    for column in columns:
        if isinstance(column, int):
            cells = pieces[start : start + column].split(SEPARATOR)
            start += column
            yield [text.strip() or None for text in cells]
        else:
            yield _to_cells(column)


def _stopped_error() -> TableError:
    """Return the error for a reader that was ended: damage and sheer size end it in the same ways."""
    return TableError(
        _(
            "Pembacaan berkas ini terhenti karena isinya rusak atau terlalu besar; salin hanya data yang "
            "diperlukan ke buku kerja baru, lalu unggah buku kerja itu."
        )
    )


def _refusal(reason: str, limits: Limits) -> TableError:
    match reason:
        case "rows":
            return too_many_rows_error(limits)
        case "columns":
            return too_many_columns_error(limits)
        case "memory":
            return too_large_error()
        case "empty":
            return TableError(
                _("Buku kerja ini tidak memuat data; isi judul kolom dan datanya, lalu unggah lagi.")
            )
    return broken_error()


def _to_cells(column: list[object]) -> list[Cell]:
    return [value.strip() or None if type(value) is str else _to_cell(value) for value in column]


def _to_cell(value: object) -> Cell:
    if isinstance(value, dict):
        if "datetime" in value:
            return datetime.fromisoformat(value["datetime"])
        return date.fromisoformat(value["date"])
    return value
