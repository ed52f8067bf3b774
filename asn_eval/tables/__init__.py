"""Tables that people upload: spreadsheet and delimited files become rows of plain cells, or one clear sentence."""

from .model import Cell, Columns, Row, Table, TableError, header_key
from .reading import read_columns, read_table

__all__ = ["Cell", "Columns", "Row", "Table", "TableError", "header_key", "read_columns", "read_table"]
