"""A table of answers becomes rows that may be stored, and problems named by row and column. No database.

Two shapes are read. Long: one row per respondent (and wave), one column per item. Wide, for an instrument with
one closed item: one row per respondent, one column per wave.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from asn_eval.tables import Row, Table, TableError, header_key
from evaluations.answer_headings import (
    DATE_NAMES,
    IGNORED_NAMES,
    KEY_NAMES,
    RECALLED,
    WAVE_NAMES,
    WAVE_WORDS,
    WAVES,
    asked_items,
)
from evaluations.answering import AnswerError, Value, read_answer
from evaluations.item_rules import OPEN
from evaluations.packing import is_closed, is_recalled
from evaluations.register import UnknownRespondent, respondent_key

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
LONGEST_SHOWN = 80
LONGEST_KEY = 100
LISTED_ROWS = 10


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """What is wrong in one cell: spreadsheet row (None: the file as a whole), header, what stands there, why."""

    row: int | None
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One respondent's answers to one wave; `key` is "" in a file without keys, `wave` None when not named."""

    number: int
    key: str
    wave: str | None
    given_on: date | None
    answers: Mapping[str, Value]
    recalled: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What a file of answers holds. `key_column` is the header of the keys, "" without one."""

    rows: tuple[SheetRow, ...]
    problems: tuple[SheetProblem, ...]
    notes: tuple[str, ...]
    key_column: str
    digest: str = ""

    def packed(self) -> dict:
        """The sheet as plain JSON."""
        rows = [asdict(row) | {"given_on": row.given_on and row.given_on.isoformat()} for row in self.rows]
        return asdict(self) | {"rows": rows}

    @classmethod
    def unpacked(cls, packed: Mapping) -> "AnswerSheet":
        """The sheet that `packed` was made of."""
        rows = (
            SheetRow(**row | {"given_on": row["given_on"] and date.fromisoformat(row["given_on"])})
            for row in packed["rows"]
        )
        problems = (SheetProblem(**problem) for problem in packed["problems"])
        return cls(tuple(rows), tuple(problems), tuple(packed["notes"]), packed["key_column"], packed["digest"])


def read_answers(table: Table, items: Sequence, *, key_required: bool, digest: str = "") -> AnswerSheet:
    """Return the answers in a table that was read with `header_hint=known_headers(items)`.

    Answers are checked one by one; a missing one is None, also where the item is required. Raises `TableError`
    when there is no column with answers, or no column with keys though `key_required`.
    """
    columns = _Columns(table, items)
    if not columns.answers:
        raise TableError(
            _("Kolom jawaban tidak ditemukan. Judul kolom yang dikenal: %(known)s.") % {"known": columns.known()}
        )
    if key_required and columns.key is None:
        raise TableError(
            _(
                "Kolom kunci responden tidak ditemukan. Beri judul “Kode Peserta” atau “NIP” pada kolom itu; "
                "untuk responden lain dan survei anonim “Kode Responden”."
            )
        )
    reader = _SheetReader(columns, key_required)
    for row in table.rows:
        reader.read(row)
    return AnswerSheet(
        rows=tuple(reader.rows),
        problems=(*columns.problems(), *reader.problems),
        notes=(*table.notes, *columns.notes(), *reader.notes()),
        key_column=columns.title(columns.key),
        digest=digest,
    )


class _Columns:
    """Which column holds what. `answers` has (position, item, wave or None)."""

    def __init__(self, table: Table, items: Sequence):
        self.header = [_shown(name) for name in table.header]
        self.items = asked_items(items)
        self.header_number = table.header_number
        self.twice: list[int] = []
        self.answers: list[tuple[int, object, str | None]] = []
        self._left = {position: header_key(name) for position, name in enumerate(table.header) if name}
        self._take_items()
        self.recalled = self._take_recalled()
        self._take_waves_of_one_item()
        self.key = self._take(KEY_NAMES)
        self.wave = self._take(WAVE_NAMES)
        self.date = self._take(DATE_NAMES)
        self.ignored = self._take_all(IGNORED_NAMES) + self._take_all(KEY_NAMES) + self._take_texts_beside_waves()
        self.unknown = sorted(self._left)

    def _take_items(self) -> None:
        exact = {item.key: item for item in self.items}
        by_name: dict[str, object] = {}
        for name in ("key", "label", "label_en"):
            for item in self.items:
                if getattr(item, name):
                    by_name.setdefault(header_key(getattr(item, name)), item)
        for position, name in list(self._left.items()):
            # Keys such as b_1 and b1 differ, though a heading in other words may mean either.
            item = exact.get(self.header[position]) or by_name.get(name)
            if item is None:
                continue
            del self._left[position]
            if any(taken is item for _position, taken, _wave in self.answers):
                self.twice.append(position)
            else:
                self.answers.append((position, item, None))

    def _take_recalled(self) -> list[tuple[int, object]]:
        """(position, item) of the columns that say how it was."""
        found = ((self._take((RECALLED + item.key,)), item) for item in self.items if is_recalled(item))
        return [(position, item) for position, item in found if position is not None]

    def _take_waves_of_one_item(self) -> None:
        closed = [item for item in self.items if is_closed(item)]
        if len(closed) != 1 or any(item is closed[0] for _position, item, _wave in self.answers):
            return
        for wave, words in WAVE_WORDS.items():
            position = self._take(words)
            if position is not None:
                self.answers.append((position, closed[0], wave))

    def _take_texts_beside_waves(self) -> list[int]:
        """A text in the wide shape does not say to which of the two waves it belongs."""
        if not self.is_wide:
            return []
        texts = [position for position, _item, wave in self.answers if wave is None]
        self.answers = [answer for answer in self.answers if answer[2]]
        return texts

    def _take(self, names: Iterable[str]) -> int | None:
        for name in map(header_key, names):
            for position, present in self._left.items():
                if present == name:
                    del self._left[position]
                    return position
        return None

    def _take_all(self, names: Iterable[str]) -> list[int]:
        wanted = {header_key(name) for name in names}
        taken = [position for position, name in self._left.items() if name in wanted]
        for position in taken:
            del self._left[position]
        return taken

    @property
    def is_wide(self) -> bool:
        return any(wave for _position, _item, wave in self.answers)

    def title(self, position: int | None) -> str:
        return "" if position is None else self.header[position]

    def known(self) -> str:
        return ", ".join([KEY_NAMES[0], "NIP", WAVE_NAMES[0], DATE_NAMES[0], *(item.key for item in self.items)])

    def problems(self) -> list[SheetProblem]:
        unknown = _("Kolom ini tidak dikenal. Judul kolom yang dikenal: %(known)s.") % {"known": self.known()}
        twice = _("Butir ini sudah ada pada kolom lain; hapus salah satu.")
        return [
            SheetProblem(None, self.title(position), "", message)
            for positions, message in ((self.unknown, unknown), (self.twice, twice))
            for position in positions
        ]

    def notes(self) -> list[str]:
        notes = []
        if self.ignored:
            titles = ", ".join(self.title(position) for position in sorted(self.ignored))
            notes.append(_("Kolom yang tidak dibaca: %(columns)s.") % {"columns": titles})
        found = {item.key for _position, item, _wave in self.answers}
        missing = [item.key for item in self.items if item.type not in OPEN and item.key not in found]
        if missing:
            notes.append(
                _("Butir yang tidak ada dalam berkas dan dianggap tidak dijawab: %(items)s.")
                % {"items": ", ".join(missing)}
            )
        return notes


class _SheetReader:
    """Reads rows one after the other and remembers who was there."""

    def __init__(self, columns: _Columns, key_required: bool):
        self.columns = columns
        self.key_required = key_required
        self.rows: list[SheetRow] = []
        self.problems: list[SheetProblem] = []
        self.silent: list[int] = []
        self.seen: dict[tuple[str, str | None], int] = {}

    def read(self, row: Row) -> None:
        answers, problems = self._answers(row)
        recalled = self._recalled(row, problems)
        if not problems and all(value is None for values in answers.values() for value in values.values()):
            self.silent.append(row.number)
            return
        key = self._key(row, problems)
        wave = self._wave(row, problems)
        given_on = self._date(row, problems)
        found = []
        for named_wave, values in answers.items():
            if all(value is None for value in values.values()):
                continue
            found.append(SheetRow(row.number, key, named_wave or wave, given_on, values, recalled))
        if not problems:
            self._check_once(row, found, problems)
        self.problems += problems
        if not problems:
            self.rows += found

    def _answers(self, row: Row) -> tuple[dict[str | None, dict[str, Value]], list[SheetProblem]]:
        answers: dict[str | None, dict[str, Value]] = {}
        problems: list[SheetProblem] = []
        for position, item, wave in self.columns.answers:
            cell = row.cells[position]
            try:
                answers.setdefault(wave, {})[item.key] = read_answer(item, cell, required=False)
            except AnswerError as error:
                problems.append(self._problem(row, position, str(error)))
        return answers, problems

    def _recalled(self, row: Row, problems: list[SheetProblem]) -> dict[str, Value]:
        recalled: dict[str, Value] = {}
        for position, item in self.columns.recalled:
            try:
                recalled[item.key] = read_answer(item, row.cells[position], required=False)
            except AnswerError as error:
                problems.append(self._problem(row, position, str(error)))
        return recalled

    def _key(self, row: Row, problems: list[SheetProblem]) -> str:
        position = self.columns.key
        if position is None:
            return ""
        try:
            key = CONTROL.sub(" ", respondent_key(row.cells[position]))
        except UnknownRespondent as error:
            problems.append(self._problem(row, position, str(error)))
            return ""
        if not key and self.key_required:
            problems.append(
                self._problem(row, position, _("Kunci responden kosong pada baris yang berisi jawaban."))
            )
        if len(key) > LONGEST_KEY:
            problems.append(self._problem(row, position, _("Kunci responden ini terlalu panjang.")))
        return key

    def _wave(self, row: Row, problems: list[SheetProblem]) -> str | None:
        position = self.columns.wave
        if position is None or row.cells[position] is None or self.columns.is_wide:
            return None
        wave = WAVES.get(header_key(str(row.cells[position])))
        if wave is None:
            message = _("Gelombang harus salah satu dari: %(waves)s.") % {"waves": ", ".join(WAVE_WORDS)}
            problems.append(self._problem(row, position, message))
        return wave

    def _date(self, row: Row, problems: list[SheetProblem]) -> date | None:
        position = self.columns.date
        if position is None or row.cells[position] is None:
            return None
        given_on = _as_date(row.cells[position])
        if given_on is None:
            message = _("Tanggal ini tidak dikenali; tulis seperti 2026-11-23 atau 23/11/2026.")
            problems.append(self._problem(row, position, message))
        return given_on

    def _check_once(self, row: Row, found: list[SheetRow], problems: list[SheetProblem]) -> None:
        for each in found:
            if not each.key:
                continue
            earlier = self.seen.setdefault((each.key.casefold(), each.wave), row.number)
            if earlier != row.number:
                message = _("Responden ini sudah ada pada baris %(row)s untuk gelombang yang sama.") % {
                    "row": earlier
                }
                problems.append(self._problem(row, self.columns.key, message))

    def _problem(self, row: Row, position: int, message: str) -> SheetProblem:
        cell = row.cells[position]
        return SheetProblem(
            row.number, self.columns.title(position), "" if cell is None else _shown(cell), message
        )

    def notes(self) -> list[str]:
        if not self.silent:
            return []
        listed = ", ".join(str(number) for number in self.silent[:LISTED_ROWS])
        more = "…" if len(self.silent) > LISTED_ROWS else ""
        return [
            _("%(count)s baris tanpa jawaban dilewati: baris %(rows)s.")
            % {"count": len(self.silent), "rows": listed + more}
        ]


def _as_date(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(str(cell).strip(), form).date()
        except ValueError:
            continue
    return None


def _shown(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    text = CONTROL.sub(" ", str(cell))
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
