"""The real data sets, and what other software prints for them (tests/data/real/README.md)."""

import csv
from pathlib import Path

from openpyxl import Workbook

FOLDER = Path(__file__).parents[1] / "data" / "real"


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a data set as the file writes them."""
    with (FOLDER / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def pairs(name: str, group: str | None = None) -> list[tuple[float, float]]:
    """(before, after) of a data set, of one group when it is named."""
    return [
        (float(row["before"]), float(row["after"]))
        for row in read_rows(name)
        if group is None or row["group"] == group
    ]


def write_xlsx(path: Path, rows: list[list[object]]) -> Path:
    """Write rows to the first sheet of a workbook."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


def real_file(name: str, kind: str, folder: Path) -> Path:
    """The data set as a csv file, or as a workbook whose numbers are numbers."""
    source = FOLDER / f"{name}.csv"
    if kind == "csv":
        return source
    with source.open(newline="") as file:
        rows = [[_typed(cell) for cell in line] for line in csv.reader(file)]
    return write_xlsx(folder / f"{name}.xlsx", rows)


def _typed(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell
