"""The cells of a sheet, checked column by column: each different value once, however often it stands there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from asn_eval.tables import Cell
from programs.imports.cells import CellError, Doubtful, Reader, TextReader, as_text
from programs.imports.columns import Column
from programs.imports.sheets import Sheet

MAX_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong (or odd) in one cell: spreadsheet row, header of the column, what stands there, why."""

    row: int
    column: str
    value: str
    message: str


class Checked:
    """The readable cells of a sheet by field, and what is wrong with the others."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column]):
        self.sheet = sheet
        self.columns = {column.field: column for column in columns}
        self.order = {name: order for order, name in enumerate(self.columns)}
        self.numbers = sheet.numbers
        self.cells: dict[str, list] = {}
        self.refused: set[int] = set()
        self._problems: list[tuple[int, int, Problem]] = []
        self._warnings: list[tuple[int, int, Problem]] = []

    def __len__(self) -> int:
        return len(self.numbers)

    def has(self, name: str) -> bool:
        """Whether the file has a column of this field."""
        return name in self.sheet.matching.positions

    def read(self, name: str, reader: Reader) -> None:
        """Check every cell of a field; each value that occurs is read once."""
        raw = self.sheet.cells(name)
        if raw is None:
            self.cells[name] = [None] * len(self)
            return
        whole = reader.whole(raw) if isinstance(reader, TextReader) else None
        if whole is None:
            self._read_each(name, raw, reader)
        else:
            self.cells[name] = whole
        if self.columns[name].required:
            self._refuse_empty(name)

    def _read_each(self, name: str, raw: list[Cell], reader: Reader) -> None:
        results: dict[object, object] = {}
        odd = False
        for cell in {*raw}:
            try:
                results[cell] = value = reader(cell)
                odd = odd or type(value) is Doubtful
            except CellError as error:
                results[cell], odd = error, True
        self.cells[name] = [results[cell] for cell in raw]
        if odd:
            self._tell_odd(name)

    def _tell_odd(self, name: str) -> None:
        cells = self.cells[name]
        for at, value in enumerate(cells):
            if isinstance(value, CellError):
                self.refuse(at, name, str(value))
                cells[at] = None
            elif isinstance(value, Doubtful):
                self.warn(at, name, value.warning)
                cells[at] = value.value

    def _refuse_empty(self, name: str) -> None:
        cells = self.cells[name]
        for at, value in enumerate(cells) if "" in cells or None in cells else ():
            if value in ("", None) and (at not in self.refused or not self._is_told(at, name)):
                self.refuse(at, name, _("%(column)s kosong.") % {"column": self.columns[name].header})

    def _is_told(self, at: int, name: str) -> bool:
        return any(told[:2] == (at, self.order[name]) for told in self._problems)

    def refuse_repeated(self, keys: Sequence[object], name: str, message: str | Callable[[], str]) -> None:
        """Refuse each row whose key stood in an earlier one; ``message`` takes the number of that one as row."""
        if len({*keys}) == len(keys):
            return
        first: dict[object, int] = {}
        for at, key in enumerate(keys):
            if key in (None, "") or (isinstance(key, tuple) and key[0] in (None, "")):
                continue
            earlier = first.setdefault(key, at)
            if earlier != at:
                self.refuse(at, name, str(message) % {"row": self.numbers[earlier]})

    def refuse(self, at: int, name: str, message: str) -> None:
        self.refused.add(at)
        self._problems.append((at, self.order[name], self._about(at, name, message)))

    def warn(self, at: int, name: str, message: str) -> None:
        self._warnings.append((at, self.order[name], self._about(at, name, message)))

    def _about(self, at: int, name: str, message: str) -> Problem:
        if not self.has(name):
            return Problem(self.numbers[at], self.columns[name].header, "", message)
        position = self.sheet.matching.positions[name]
        shown = as_text(self.sheet.table.columns[position][self.sheet.rows[at]])
        shown = shown if len(shown) <= MAX_SHOWN else f"{shown[: MAX_SHOWN - 1]}…"
        return Problem(self.numbers[at], self.sheet.header(name), shown, message)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return _in_order(self._problems)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return _in_order(self._warnings)

    def good_rows(self) -> Iterable[int]:
        """The positions of the rows that nothing keeps out."""
        if not self.refused:
            return range(len(self))
        return [at for at in range(len(self)) if at not in self.refused]


def _in_order(told: list[tuple[int, int, Problem]]) -> tuple[Problem, ...]:
    return tuple(problem for _at, _order, problem in sorted(told, key=lambda item: item[:2]))
