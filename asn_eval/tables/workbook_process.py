"""A program, not a module: reads a spreadsheet from standard input and writes its cells.

It runs alone, with little memory and time, so that a hostile file ends this process and nothing else.
Arguments: the most rows and the most columns that a sheet may span. Answers one line of JSON, {"columns": …,
"first_number": …, "sheet": …, "n_sheets": …} or {"refused": reason}; anything else counts as a broken file.
A column of text only, as most are, follows below that line in one piece, its cells separated by SEPARATOR, and
stands in "columns" as the number of its characters: that is taken apart many times faster than JSON.
"""

import gc
import io
import json
import resource
import sys
from collections.abc import Sequence
from datetime import date, datetime

import python_calamine

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 30
# Cells may all refer to one long text that the file holds once: what is small there can be huge here.
MAX_ANSWER = 64 * 1024 * 1024
SEPARATOR = "\x1f"


def encode(value: object) -> object:
    """Return what JSON writes for a cell that is not text, number or boolean."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return str(value)


def has_text(lines: list[list[object]]) -> bool:
    """Return whether any cell holds more than spaces."""
    return any(not isinstance(cell, str) or cell.strip() for line in lines for cell in line)


def read(content: bytes, max_rows: int, max_columns: int) -> dict[str, object]:
    """Return the first visible worksheet that holds data, or the reason why there is none to return."""
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            and sheet.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        for name in visible:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.start is None:
                continue
            if sheet.height > max_rows:
                return {"refused": "rows"}
            if sheet.width > max_columns:
                return {"refused": "columns"}
            lines = sheet.to_python()
            if has_text(lines):
                first_number = sheet.start[0] + 1
                return {
                    "columns": list(zip(*lines, strict=True)),
                    "first_number": first_number,
                    "sheet": name,
                    "n_sheets": len(visible),
                }
    return {"refused": "empty"}


def in_one_piece(column: Sequence[object]) -> str | None:
    """Return the cells of a column of text, joined; None when one is no text or holds the separator itself."""
    try:
        joined = SEPARATOR.join(column)
    except TypeError:
        return None
    return joined if joined.count(SEPARATOR) == len(column) - 1 else None


def answer(content: bytes, max_rows: int, max_columns: int) -> str:
    """Return what to print: the cells, or why they are refused."""
    try:
        head = read(content, max_rows, max_columns)
        columns = head.get("columns", ())
        pieces = [in_one_piece(column) for column in columns]
        if columns:
            head["columns"] = [
                column if piece is None else len(piece) for column, piece in zip(columns, pieces, strict=True)
            ]
        # One string at once: json.dump would write cell by cell, which takes five times as long.
        text = "".join([json.dumps(head, default=encode), "\n", *filter(None, pieces)])
    except python_calamine.CalamineError:
        return json.dumps({"refused": "broken"})
    except MemoryError:
        return json.dumps({"refused": "memory"})
    return text if len(text) <= MAX_ANSWER else json.dumps({"refused": "memory"})


def limit(what: int, amount: int) -> None:
    """Lower one limit of this process to an amount, or leave it where the host has set it lower still."""
    _soft, hard = resource.getrlimit(what)
    lowest = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(what, (lowest, lowest))


def main() -> None:
    """Read within the limits and print the answer."""
    max_rows, max_columns = int(sys.argv[1]), int(sys.argv[2])
    limit(resource.RLIMIT_AS, MEMORY_BYTES)
    limit(resource.RLIMIT_CPU, CPU_SECONDS)
    limit(resource.RLIMIT_CORE, 0)
    gc.disable()  # nothing here refers to itself, and a million cells would be walked over and over
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), max_rows, max_columns).encode())


if __name__ == "__main__":
    main()
