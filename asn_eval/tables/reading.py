"""The way from a file to a `Table`: measure, recognise, read, find the header."""

from collections.abc import Collection
from pathlib import Path, PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from .content import Kind, recognise
from .delimited import read_delimited
from .layout import to_columns, to_table
from .model import Columns, Grid, Limits, Table, TableError, header_keys
from .workbook import read_workbook

MEBIBYTE = 1024 * 1024
EXTENSIONS = {
    Kind.DELIMITED: {".csv", ".tsv", ".txt", ".tab"},
    Kind.XLSX: {".xlsx", ".xlsm", ".xltx", ".xltm"},
    Kind.XLS: {".xls"},
    Kind.ODS: {".ods"},
}


def read_table(
    source: str | Path | bytes | BinaryIO,
    *,
    filename: str | None = None,
    header_hint: Collection[str] | None = None,
    max_bytes: int = 10 * MEBIBYTE,
    max_rows: int = 20_000,
    max_columns: int = 200,
) -> Table:
    """Read the first sheet with data of a csv, xlsx, xls or ods file, recognised by content, not by name.

    `source` is a path, the bytes themselves, or an open binary file (at most `max_bytes` + 1 bytes of it
    are read). `header_hint` holds header names that the caller knows: the first of the first 20 rows with
    two of them is the header; failing that the first row with two filled cells, or the first filled row.
    Cells are text without outer spaces, numbers as stored (a spreadsheet stores every number as a float),
    booleans, dates or None. Raises `TableError` for everything that is not a readable table.
    """
    return to_table(
        read_columns(
            source,
            filename=filename,
            header_hint=header_hint,
            max_bytes=max_bytes,
            max_rows=max_rows,
            max_columns=max_columns,
        )
    )


def read_columns(
    source: str | Path | bytes | BinaryIO,
    *,
    filename: str | None = None,
    header_hint: Collection[str] | None = None,
    max_bytes: int,
    max_rows: int,
    max_columns: int = 200,
) -> Columns:
    """Read a file as `read_table` does, for who works column by column."""
    limits = Limits(max_bytes=max_bytes, max_rows=max_rows, max_columns=max_columns)
    known = header_keys(header_hint)
    content = _load(source, max_bytes)
    if not content.strip():
        raise TableError(_("Berkas ini kosong; pilih berkas yang berisi data."))
    kind = recognise(content)
    if kind is Kind.DELIMITED:
        grid = read_delimited(content, limits=limits, known=known)
    else:
        grid = read_workbook(content, limits=limits)
    notes = (*_renamed_note(filename or _name(source), kind), *grid.notes)
    return to_columns(Grid(grid.first_number, grid.columns, notes), limits=limits, known=known)


def _load(source: str | Path | bytes | BinaryIO, max_bytes: int) -> bytes:
    if isinstance(source, bytes):
        _check_size(len(source), max_bytes)
        return source
    if isinstance(source, str | Path):
        try:
            with Path(source).open("rb") as file:
                _check_size(Path(source).stat().st_size, max_bytes)
                return _load(file, max_bytes)
        except OSError as error:
            raise TableError(
                _("Berkas %(name)s tidak dapat dibuka; periksa nama, letak dan izinnya.") % {"name": source}
            ) from error
    content = source.read(max_bytes + 1)
    _check_size(len(content), max_bytes)
    return content


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise TableError(
            _("Berkas ini lebih besar dari batas %(limit)s MB; bagi menjadi beberapa berkas yang lebih kecil.")
            % {"limit": f"{max_bytes / MEBIBYTE:g}"}
        )


def _name(source: object) -> str:
    return str(source) if isinstance(source, str | Path) else ""


def _renamed_note(filename: str, kind: Kind) -> tuple[str, ...]:
    extension = PurePath(filename).suffix.lower()
    if not extension or extension in EXTENSIONS[kind]:
        return ()
    return (
        _("Nama berkas berakhiran %(extension)s, tetapi isinya %(kind)s; berkas dibaca menurut isinya.")
        % {"extension": extension, "kind": kind.value},
    )
