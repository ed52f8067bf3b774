"""Measurements as they are pasted from a spreadsheet or read from a file: a day and its numbers per line. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from asn_eval.tables.model import Table, header_key
from evaluations.day_words import read_day

MOST_LINES = 2_000
LONGEST_SHOWN = 80
PLACES = 4
LARGEST_VALUE = Decimal(10) ** 10
LARGEST_COUNT = 2_147_483_647
EARLIEST_YEAR = 1945
DATE_HEADINGS = {"tanggal", "tgl", "bulan", "periode", "waktu", "tahun", "date", "month", "period"}
SEPARATORS = ("\t", ";", "|")
NUMERAL = re.compile(r"[+-]?\d{1,20}(?:[.,]\d{1,20})*", re.ASCII)
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})+(?:(?!\1)[.,]\d+)?", re.ASCII)
ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
MINUS_SIGNS = str.maketrans({"−": "-", "–": "-"})
NOTHING = {"", "-", "–", "—"}


@dataclass(frozen=True)
class Column:
    """What stands beside the day. The first one is looked for under any heading; ``headings`` are header keys."""

    key: str
    headings: frozenset[str]
    is_count: bool


@dataclass(frozen=True)
class MeasuredLine:
    """One line that holds a measurement; ``number`` as the person counts lines, from 1."""

    number: int
    date: date
    values: Mapping[str, Decimal | int]


@dataclass(frozen=True)
class LineProblem:
    number: int
    text: str
    message: str


@dataclass
class Reading:
    """What a text holds. Nothing of it is to be stored while there are problems."""

    lines: list[MeasuredLine] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class LineError(ValueError):
    """What is wrong with one line, in a sentence."""


def read_measurements(text: str, columns: Sequence[Column], *, today: date, unit: str = "") -> Reading:
    """Every line of ``text`` that says something, and every one that cannot be read with the reason.

    A heading may stand above them; without one the numbers come in the order of ``columns``, of which all but the
    first may be missing unless all are counts.
    """
    reading = Reading()
    places: dict[int, Column] | None = None
    seen: dict[date, int] = {}
    without_value = []
    for number, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip(" \t;|"):
            continue
        if len(reading.lines) + len(reading.problems) >= MOST_LINES:
            message = _("Paling banyak %(most)s baris sekali simpan.") % {"most": MOST_LINES}
            reading.problems.append(LineProblem(number, "", message))
            break
        cells = split_line(raw)
        if places is None and header_key(cells[0]) in DATE_HEADINGS:
            places = _places_of(cells, columns, reading)
            continue
        try:
            line = _read_line(number, cells, places, columns, today, unit)
            if line is None:
                without_value.append(number)
                continue
            if line.date in seen:
                raise LineError(_("Tanggal ini sudah ada pada baris %(number)s.") % {"number": seen[line.date]})
            seen[line.date] = number
            reading.lines.append(line)
        except LineError as error:
            reading.problems.append(LineProblem(number, _shown(raw), str(error)))
    if without_value:
        listed = ", ".join(map(str, without_value[:10])) + ("…" if len(without_value) > 10 else "")
        reading.notes.append(_("Baris tanpa nilai dilewati: %(lines)s.") % {"lines": listed})
    return reading


def split_line(raw: str) -> list[str]:
    """The cells of one line: by tab, semicolon or bar, else by wide gaps, else the day and what follows it."""
    for separator in SEPARATORS:
        if separator in raw.strip(" "):
            return [cell.strip() for cell in raw.split(separator)]
    plain = raw.strip()
    cells = re.split(r"\s{2,}", plain)
    if len(cells) > 1:
        return cells
    words = plain.split()
    for after in range(min(len(words) - 1, 8), 0, -1):
        day, rest = " ".join(words[:-after]).rstrip(":,"), words[-after:]
        if read_day(day) is not None and all(NUMERAL.match(word.translate(MINUS_SIGNS)) for word in rest[:1]):
            return [day, *rest]
    commas = [cell.strip() for cell in plain.split(",")]
    return commas if len(commas) > 1 and read_day(commas[0]) is not None else [plain]


def _places_of(cells: Sequence[str], columns: Sequence[Column], reading: Reading) -> dict[int, Column]:
    """Which cell holds what, by the heading; where the first column is not named, by position."""
    keys = [header_key(cell) for cell in cells]
    found = {}
    for column in columns:
        place = next(
            (
                place
                for place, key in enumerate(keys)
                if place and place not in found and _names(column, key, is_first=column is columns[0])
            ),
            None,
        )
        if place is not None:
            found[place] = column
    if columns[0] not in found.values() and not found:
        return dict(enumerate(columns, start=1))
    ignored = [cell for place, cell in enumerate(cells) if place and cell and place not in found]
    if ignored:
        names = ", ".join(map(_shown, ignored))
        reading.notes.append(_("Kolom yang tidak dibaca: %(columns)s.") % {"columns": names})
    return found


def _names(column: Column, key: str, *, is_first: bool) -> bool:
    """ "Nilai (hari)" names the value; a count has its own name only."""
    if key in column.headings:
        return True
    return is_first and not column.is_count and any(key.startswith(heading) for heading in column.headings)


def _read_line(
    number: int,
    cells: Sequence[str],
    places: Mapping[int, Column] | None,
    columns: Sequence[Column],
    today: date,
    unit: str,
) -> MeasuredLine | None:
    day = read_day(cells[0])
    if day is None:
        raise LineError(
            _("Tanggal “%(typed)s” tidak dikenali; tulis seperti 31/01/2026 atau Januari 2026.")
            % {"typed": _shown(cells[0])}
        )
    if day > today:
        raise LineError(_("Tanggal ini belum tiba."))
    if day.year < EARLIEST_YEAR:
        raise LineError(_("Tahun ini tampaknya keliru; periksa tanggalnya."))
    if places is None:
        places = dict(enumerate(columns, start=1))
        if any(cell not in NOTHING for cell in cells[len(columns) + 1 :]):
            raise LineError(
                _("Baris ini berisi lebih banyak kolom daripada yang dibaca, yaitu %(n)s.")
                % {"n": len(columns) + 1}
            )
    typed = {column.key: cells[place] for place, column in places.items() if place < len(cells)}
    is_table = columns[0].is_count
    needed = typed if is_table else {columns[0].key: typed.get(columns[0].key, "")}
    if all(cell in NOTHING for cell in needed.values()):
        return None
    values = {}
    for column in columns:
        cell = typed.get(column.key, "")
        if cell in NOTHING:
            continue
        values[column.key] = read_count(cell) if column.is_count else read_value(cell, unit)
    if is_table and not any(values.values()):
        raise LineError(_("Isi paling sedikit satu jumlah."))
    return MeasuredLine(number, day, values)


def read_value(typed: str, unit: str = "") -> Decimal:
    """12,5 or 1.234,5 or 85% as a number with at most four decimals. Raises ``LineError``."""
    text = re.sub(r"\s", "", typed.translate(MINUS_SIGNS))
    for ending in (unit, "%"):
        plain = re.sub(r"\s", "", ending).casefold()
        if plain and text.casefold().endswith(plain):
            text = text[: -len(plain)]
    value = _number(text, typed).quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    if abs(value) >= LARGEST_VALUE:
        raise LineError(_("Nilai “%(typed)s” terlalu besar.") % {"typed": _shown(typed)})
    return value


def read_count(typed: str) -> int:
    """How many; 1.250 is a thousand and more, as nothing is counted in halves. Raises ``LineError``."""
    text = re.sub(r"\s", "", typed)
    if GROUPED.fullmatch(text) and len(set(re.findall(r"[.,]", text))) == 1:
        text = re.sub(r"[.,]", "", text)
    text = re.sub(r"[.,]0+$", "", text)
    if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or int(text) > LARGEST_COUNT:
        raise LineError(_("Jumlah “%(typed)s” harus bilangan bulat, 0 atau lebih.") % {"typed": _shown(typed)})
    return int(text)


def _number(text: str, typed: str) -> Decimal:
    if ONE_GROUP.fullmatch(text):
        raise LineError(
            _("“%(typed)s” dapat dibaca dua cara. Tulis %(whole)s atau %(fraction)s.")
            % {
                "typed": _shown(typed),
                "whole": re.sub(r"[.,]", "", text),
                "fraction": f"{text[:-4]},{text[-3:]}0",
            }
        )
    if found := GROUPED.fullmatch(text):
        return Decimal(text.replace(found[1], "").replace(",", "."))
    if not NUMERAL.fullmatch(text) or len(re.findall(r"[.,]", text)) > 1:
        raise LineError(_("“%(typed)s” bukan bilangan.") % {"typed": _shown(typed)})
    return Decimal(text.replace(",", "."))


def lines_of(table: Table) -> str:
    """A file as the text that would have been pasted; each line has the number of its row in the spreadsheet."""
    lines = [""] * (table.header_number - 1) + ["\t".join(_cell(name) for name in table.header)]
    for row in table.rows:
        lines += [""] * (row.number - 1 - len(lines))
        lines.append("\t".join(_cell(cell) for cell in row.cells))
    return "\n".join(lines)


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _decimal_text(cell)
    return " ".join(str(cell).split())


def _decimal_text(number: float) -> str:
    """With a comma, and with four decimals where three could be taken for thousands."""
    value = Decimal(str(number)).quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    text = f"{value.normalize():f}"
    return f"{value:f}".replace(".", ",") if ONE_GROUP.fullmatch(text) else text.replace(".", ",")


def _shown(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"
