"""Tables that leave: xlsx and csv files in which no text can turn into a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any, TextIO

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.timezone import is_aware, make_naive

# The fullwidth forms are read as their plain forms by Excel in some languages.
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CONTROL_STARTS = ("\t", "\r", "\n")
INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
SEPARATORS = frozenset(",;|\t\r\n")
# A run of separators, spaces and quotes before a formula sign; anchored and possessive, so that it stays linear.
BETWEEN = rf",;|\s\"{INVISIBLE}"
INNER_FORMULA = re.compile(rf"(?<![{BETWEEN}])[{BETWEEN}]++(?=[{re.escape(''.join(FORMULA_STARTS))}])")
# A spreadsheet keeps 15 digits of a number: a NIP of 18 typed as a number loses its last three.
EXACT_DIGITS = 15
# Excel takes 31 characters; openpyxl puts a number behind a title that occurs twice.
MAX_SHEET_TITLE = 28
SHEET_TITLE_FORBIDS = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
WIDTH_SAMPLE_ROWS = 100
MIN_WIDTH, MAX_WIDTH = 8, 60

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Sheet = tuple[Sequence[str], Iterable[Sequence[object]]]


def is_formula_like(value: object) -> bool:
    """Return whether a value is a text that a spreadsheet would take for a formula, spaces before it or not."""
    if not isinstance(value, str):
        return False
    return value.startswith(CONTROL_STARTS) or value.lstrip().lstrip(INVISIBLE).lstrip().startswith(FORMULA_STARTS)


def safe_cell(value: object) -> object:
    """Return a value for a csv cell: text that looks like a formula gets a leading apostrophe, numbers stay.

    Rule after OWASP, "CSV Injection".
    """
    return f"'{value}" if is_formula_like(value) else value


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a csv file for Excel with Indonesian settings: UTF-8 with mark, ";", decimal commas, CRLF.

    Inside a text, too, an apostrophe stands before whatever would begin a cell with a formula for a reader
    that expects another separator. A text of digits that Excel would round or strip of its zeros (NIP, telephone)
    gets a leading apostrophe, which our own import takes off again.
    """
    buffer = io.StringIO(newline="")
    stream_csv(buffer, header, rows)
    return buffer.getvalue().encode("utf-8-sig")


def stream_csv(stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """As `write_csv`, row by row into a stream that was opened with ``newline=""``."""
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([_csv_text(value) for value in row] for row in chain([header], rows))


def write_workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """Return an xlsx file with one sheet per title: header bold and frozen, widths fitted, text kept as text.

    Raises `ValueError` without sheets.
    """
    from openpyxl import Workbook

    if not sheets:
        raise ValueError("A workbook needs at least one sheet.")
    workbook = Workbook(write_only=True)
    for title, (header, rows) in sheets.items():
        worksheet = workbook.create_sheet(_sheet_title(title))
        rows = iter(rows)
        sample = list(islice(rows, WIDTH_SAMPLE_ROWS))
        _set_widths(worksheet, header, sample)
        worksheet.freeze_panes = "A2"
        append_row(worksheet, header, bold=True)
        for row in chain(sample, rows):
            append_row(worksheet, row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def append_row(worksheet: Any, values: Iterable[object], *, bold: bool = False) -> None:
    """Append values to an openpyxl worksheet (write-only or not); text is stored as text, never as a formula."""
    plain = (_plain(value) for value in values)
    worksheet.append(
        [
            text_cell(worksheet, value, bold=bold)
            if isinstance(value, str) and (bold or _needs_care(value))
            else value
            for value in plain
        ]
    )


def _needs_care(text: str) -> bool:
    """Whether openpyxl would make anything but this text of it; most texts of a large table are plain words."""
    return not text[:1].isalpha() or not text.isprintable()


def text_cell(worksheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell for an openpyxl worksheet that holds a text as it is: no formula, no digits lost."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    cell = WriteOnlyCell(worksheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if is_formula_like(text):
        # Otherwise the text becomes a formula as soon as somebody edits the cell.
        cell.quotePrefix = True
    if _loses_digits(text):
        cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _plain(value: object) -> object:
    """Return what both formats can hold: text, number, boolean, date or None."""
    if isinstance(value, float) and value - value != 0:
        return None
    if isinstance(value, datetime):
        return make_naive(value) if is_aware(value) else value
    if isinstance(value, int) and abs(value) >= 10**EXACT_DIGITS:
        return str(value)
    if value is None or (isinstance(value, str | int | float | Decimal | date) and not isinstance(value, Promise)):
        return value
    return str(value)


def _csv_text(value: object) -> str:
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, str) and _loses_digits(value):
        return f"'{value}"
    return INNER_FORMULA.sub(_defuse, str(safe_cell(value)))


def _defuse(run: re.Match[str]) -> str:
    """Put an apostrophe after a run in which a reader that expects another separator would begin a cell."""
    return f"{run[0]}'" if SEPARATORS.intersection(run[0]) else run[0]


def _loses_digits(value: str) -> bool:
    digits = value.isascii() and value.isdigit()
    return digits and (len(value) > EXACT_DIGITS or (value.startswith("0") and value != "0"))


def _sheet_title(title: str) -> str:
    return str(title).translate(SHEET_TITLE_FORBIDS).strip(" '")[:MAX_SHEET_TITLE].rstrip(" '") or "Data"


def _set_widths(worksheet: Any, header: Sequence[str], sample: list[Sequence[object]]) -> None:
    from openpyxl.utils import get_column_letter

    for position, name in enumerate(header):
        texts = [str(name), *(str(row[position]) for row in sample if position < len(row))]
        width = min(max(MIN_WIDTH, *(len(text) + 2 for text in texts)), MAX_WIDTH)
        worksheet.column_dimensions[get_column_letter(position + 1)].width = width


def xlsx_response(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under ``name`` (letters, digits and dashes survive)."""
    headers = {"Content-Disposition": f'attachment; filename="{slugify(name)[:80]}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
