"""Tables that people upload: spreadsheet and delimited files become rows of plain cells, or one clear sentence."""

from .model import Row, Table, TableError, header_key
from .reading import read_table

__all__ = ["Row", "Table", "TableError", "header_key", "read_table"]
