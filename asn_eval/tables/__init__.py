"""Tables that people upload: spreadsheet and delimited files become rows of plain cells, or one clear sentence."""

from .layout import filled_rows
from .model import Cell, Columns, Row, Table, TableError, header_key
from .reading import read_columns, read_table

__all__ = [
    "Cell",
    "Columns",
    "Row",
    "Table",
    "TableError",
    "filled_rows",
    "header_key",
    "read_columns",
    "read_table",
]
