"""SPSS's own format. Imported by functions only: pandas and pyreadstat are slow to load."""

from array import array
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat

from reports.exporting.dataset import Column, Dataset
from reports.exporting.names import LONGEST_VALUE_LABEL, shortened
from reports.exporting.variables import DAY, WORDS, Cell

# SPSS counts the seconds since the first day of the Gregorian calendar.
FIRST_DAY = date(1582, 10, 14)
SECONDS_PER_DAY = 86_400
NOTHING = float("nan")
LONGEST_NOTE_LINE = 80


def write_sav(dataset: Dataset, folder: str, *, notes: Sequence[str] = ()) -> bytes:
    """The file as bytes; `folder` is where it may stand for a moment. Numbers take eight bytes each meanwhile."""
    columns = dataset.columns
    held = [[] if column.variable.kind == WORDS else array("d") for column in columns]
    for row in dataset.rows():
        for column, cells, cell in zip(columns, held, row, strict=True):
            cells.append(_word(cell) if column.variable.kind == WORDS else _number(cell))
    frame = pd.DataFrame(
        {
            column.name: pd.Series(cells, dtype=object if column.variable.kind == WORDS else float)
            for column, cells in zip(columns, held, strict=True)
        }
    )
    path = Path(folder) / "data.sav"
    pyreadstat.write_sav(
        frame,
        path,
        file_label=shortened(dataset.title, 64),
        column_labels={column.name: column.variable.label for column in columns},
        variable_value_labels={column.name: _labels(column) for column in columns if column.variable.values},
        missing_ranges={
            column.name: [column.variable.missing] for column in columns if column.variable.missing is not None
        },
        variable_measure={column.name: column.variable.measure for column in columns},
        variable_format={
            column.name: form
            for column, cells in zip(columns, held, strict=True)
            if (form := _format(column, cells))
        },
        note=_lines(notes),
        row_compress=True,
    )
    return path.read_bytes()


def _word(cell: Cell) -> str:
    return "" if cell is None else str(cell).replace("\0", "")


def _number(cell: Cell) -> float:
    if cell is None:
        return NOTHING
    if isinstance(cell, date):
        return float((cell - FIRST_DAY).days * SECONDS_PER_DAY)
    return float(cell)


def _labels(column: Column) -> dict[float, str]:
    return {code: shortened(label, LONGEST_VALUE_LABEL) for code, label in column.variable.values}


def _format(column: Column, cells: Sequence) -> str:
    if column.variable.kind == WORDS:
        return f"A{max((len(cell.encode()) for cell in cells), default=0) or 1}"
    if column.variable.kind == DAY:
        return "EDATE10"
    return "F10.0" if all(cell != cell or cell.is_integer() for cell in cells) else "F12.2"


def _lines(notes: Sequence[str]) -> list[str]:
    """SPSS keeps notes in lines of eighty bytes."""
    lines: list[str] = []
    for note in notes:
        line = ""
        for word in note.split():
            if len(f"{line} {word}".encode()) > LONGEST_NOTE_LINE:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(shortened(line, LONGEST_NOTE_LINE))
    return lines
