"""A program, not a module: reads the sheets of an XLSForm with pyxform's own reader from standard input.

It runs alone, with little memory and time, so that a hostile file ends this process and nothing else.
Argument: ".xlsx", ".xls", ".csv" or ".md". Answers one line of JSON, {"book": …, "strays": …} or
{"refused": reason, "detail": …}; anything else counts as a broken file.
"""

import io
import json
import re
import resource
import sys
from collections.abc import Iterable, Iterator

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 30
MAX_ANSWER = 32 * 1024 * 1024
MAX_ROWS = {"survey": 3_000, "choices": 20_000, "settings": 100}
MAX_COLUMNS = 300
MAX_STRAYS = 200
SHEETS = ("survey", "choices", "settings")
DUPLICATE = re.compile(r"Duplicate column header: (.*)", re.DOTALL)

BLANKS = re.compile(r" +")

# A filled cell is (text, whether it is a formula).
Line = tuple[int, list[tuple[str, bool] | None]]


def read(content: bytes, file_type: str) -> dict[str, object]:
    """Return the sheets of the form, or the reason why there are none to return."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    try:
        data = get_xlsform(io.BytesIO(content), file_type=file_type)
    except PyXFormError as error:
        if duplicate := DUPLICATE.search(str(error)):
            return {"refused": "duplicate", "detail": duplicate[1]}
        return {"refused": "unreadable", "detail": ""}
    book = {"sheet_names": list(data.sheet_names or ())}
    for name in SHEETS:
        rows = list(getattr(data, name) or ())
        header = [title for each in (getattr(data, f"{name}_header") or ()) for title in each]
        if len(rows) > MAX_ROWS[name]:
            return {"refused": "rows", "detail": [name, MAX_ROWS[name]]}
        if len(header) > MAX_COLUMNS:
            return {"refused": "columns", "detail": MAX_COLUMNS}
        book[name] = rows
        book[f"{name}_header"] = header
    return {"book": book, "strays": strays(content, file_type, book)}


def strays(content: bytes, file_type: str, book: dict) -> list[list[object]]:
    """Return the filled cells that pyxform passes over: no title above, far below, a formula without result."""
    from openpyxl.utils import get_column_letter

    found = []
    for sheet, lines in worksheets(content, file_type):
        rows = book[sheet]
        titles: list[str] = []
        for number, cells in lines:
            texts = ["" if cell is None else cell[0].strip() for cell in cells]
            if number == 1:
                titles = [BLANKS.sub(" ", text) for text in texts]
                continue
            taken = rows[number - 2] if number - 2 < len(rows) else {}
            for place, text in enumerate(texts):
                title = titles[place] if place < len(titles) else ""
                # A cell that pyxform has read stands in its row under its title.
                if text and title not in taken:
                    column = title or get_column_letter(place + 1)
                    found.append([sheet, number, column, text[:500], cells[place][1]])
                if len(found) == MAX_STRAYS:
                    return found
    return found


def worksheets(content: bytes, file_type: str) -> Iterator[tuple[str, Iterable[Line]]]:
    """The sheets that are read, as they are; formats of text have no cells outside their tables."""
    if file_type == ".xlsx":
        from openpyxl import load_workbook

        workbook = load_workbook(io.BytesIO(content), read_only=True)
        for sheet in workbook.worksheets:
            if sheet.title.lower() in SHEETS:
                yield sheet.title.lower(), xlsx_lines(sheet)
    elif file_type == ".xls":
        from xlrd import open_workbook

        with open_workbook(file_contents=content) as workbook:
            for sheet in workbook.sheets():
                if sheet.name.lower() in SHEETS:
                    yield sheet.name.lower(), xls_lines(sheet)


def xlsx_lines(sheet) -> Iterator[Line]:
    for row in sheet.iter_rows(max_row=max(MAX_ROWS.values()), max_col=MAX_COLUMNS):
        filled = [cell for cell in row if cell.value is not None]
        if filled:
            line: list = [None] * filled[-1].column
            for cell in filled:
                line[cell.column - 1] = (str(cell.value), cell.data_type == "f")
            yield filled[0].row, line


def xls_lines(sheet) -> Iterator[Line]:
    for number in range(sheet.nrows):
        yield number + 1, [(str(value), False) for value in sheet.row_values(number)]


def limit(what: int, amount: int) -> None:
    """Lower one limit of this process to an amount, or leave it where the host has set it lower still."""
    _soft, hard = resource.getrlimit(what)
    lowest = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(what, (lowest, lowest))


def main() -> None:
    """Read within the limits and print the answer."""
    limit(resource.RLIMIT_AS, MEMORY_BYTES)
    limit(resource.RLIMIT_CPU, CPU_SECONDS)
    limit(resource.RLIMIT_CORE, 0)
    # openpyxl loads it where it is there, which takes half of the time and memory for every processor.
    sys.modules["numpy"] = None
    try:
        answer = json.dumps(read(sys.stdin.buffer.read(), sys.argv[1]))
    except MemoryError:
        answer = json.dumps({"refused": "size", "detail": ""})
    except Exception:  # whatever a damaged file makes a parser raise
        answer = json.dumps({"refused": "unreadable", "detail": ""})
    if len(answer) > MAX_ANSWER:
        answer = json.dumps({"refused": "size", "detail": ""})
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
