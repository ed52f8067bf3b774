"""Delimited text: encodings, separators and quotes as Excel and its neighbours write them."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice, zip_longest

from django.utils.translation import gettext as _

from .layout import too_many_columns_error
from .model import HEADER_SEARCH_ROWS, Cell, Grid, Limits, TableError, count_known

# Excel with Indonesian settings writes ";" because the comma is the decimal sign.
SEPARATORS = (";", "\t", ",", "|")
# Below the longest field that the csv module takes, so that looking at the sample cannot fail.
SAMPLE_CHARACTERS = 64 * 1024
SEPARATOR_LINE = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_delimited(content: bytes, *, limits: Limits, known: frozenset[str]) -> Grid:
    """Return the columns of a delimited file, cells stripped, empty cells None.

    `known` holds header keys that help to tell the separator. Raises `TableError` for text that cannot be
    decoded, NUL characters, quotes that do not close, and more rows or columns than `limits` allow.
    """
    text, notes = _decode(content)
    if "\x00" in text:
        raise TableError(
            _("Berkas ini memuat karakter NUL sehingga bukan CSV yang utuh; simpan ulang sebagai CSV UTF-8.")
        )
    # A "sep=" line is an instruction to Excel, which does not show or count it as a row.
    stated = SEPARATOR_LINE.match(text)
    if stated:
        text = text[stated.end() :]
    separator = stated[1] if stated else _guess_separator(text, known)
    return Grid(1, _columns(_lines(text, separator, limits), limits), notes)


def _decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_as(content, encoding), ()
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        note = _("Berkas tidak memakai UTF-8 dan dibaca sebagai Windows-1252; periksa huruf beraksen pada nama.")
        return _decode_as(content, "cp1252"), (note,)


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableError(
            _("Huruf di dalam berkas ini tidak dapat dibaca; simpan ulang sebagai .xlsx atau CSV UTF-8.")
        ) from error


def _guess_separator(text: str, known: frozenset[str]) -> str:
    """Return the separator under which most lines agree on a width, known header names deciding first.

    Decimal commas and commas in names make a wrong separator disagree between lines, which is why all
    sample lines vote and the header line alone does not.
    """
    sample = text[:SAMPLE_CHARACTERS]
    # max keeps the first of equals: a file of one column falls to Excel's own separator.
    return max(SEPARATORS, key=lambda separator: _agreement(sample, separator, known))


def _agreement(sample: str, separator: str, known: frozenset[str]) -> tuple[int, int, int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    lines = [line for line in islice(reader, HEADER_SEARCH_ROWS) if any(line)]
    hits = max((count_known(line, known) for line in lines), default=0)
    widths = Counter(len(line) for line in lines if len(line) > 1)
    width, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    if agreeing * 2 < len(lines):
        return hits, 0, 0
    return hits, agreeing, width


def _lines(text: str, separator: str, limits: Limits) -> list[list[Cell]]:
    # strict: otherwise a quote that never closes swallows the rest of the file into one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[list[Cell]] = []
    filled = 0
    try:
        for record in reader:
            line: list[Cell] = [cell.strip() or None for cell in record]
            while line and line[-1] is None:
                line.pop()
            lines.append(line)
            filled += bool(line)
            if filled > limits.max_rows + HEADER_SEARCH_ROWS:
                # One more than can be right, wherever the header stands: the layout refuses it.
                break
    except csv.Error as error:
        raise TableError(
            _("Tanda kutip pada baris %(row)s atau sesudahnya tidak berpasangan; perbaiki atau pakai .xlsx.")
            % {"row": len(lines) + 1}
        ) from error
    return lines


def _columns(lines: list[list[Cell]], limits: Limits) -> list[list[Cell]]:
    # Before the lines are filled up to one width: a single very wide one would make all of them so.
    if max(map(len, lines), default=0) > limits.max_columns:
        raise too_many_columns_error(limits)
    return [list(column) for column in zip_longest(*lines)]
