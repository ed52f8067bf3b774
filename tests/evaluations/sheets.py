"""Items and tables for tests that need no database."""

from dataclasses import dataclass
from decimal import Decimal

from asn_eval.tables import Row, Table


@dataclass(frozen=True)
class Asked:
    """An item as the pure modules see it."""

    key: str
    type: str = "likert"
    minimum: Decimal | None = Decimal(1)
    maximum: Decimal | None = Decimal(5)
    is_required: bool = True
    label: str = ""
    label_en: str = ""
    options: tuple = ()
    matrix: str = ""
    allows_na: bool = False
    relevance: str = ""
    constraint: str = ""
    constraint_message: str = ""
    constraint_message_en: str = ""


def table(*lines) -> Table:
    """A table whose first line is the header; rows are numbered as a spreadsheet does."""
    header, *rows = lines
    return Table(tuple(header), tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 2)))


def csv(*lines) -> bytes:
    return "\n".join(",".join(map(str, line)) for line in lines).encode()
