"""A table of participants becomes rows that may be saved, and problems named by row and column. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from asn_eval.tables import Row, Table, TableError, header_key

from .grades import Grade, find_grade
from .nip import Nip, NipError, parse_nip
from .phones import normalise_phone

MAX_TEXT = 150
MAX_CODE = 20
MAX_EMAIL = 254
MAX_SHOWN = 80

# For each field the accepted headers, the one to recommend first; of two present the earlier one is read.
HEADERS: dict[str, tuple[str, ...]] = {
    "nip": ("NIP", "NIP Baru", "NIP/NI PPPK", "NI PPPK", "NIP PNS/PPPK"),
    "name": ("Nama", "Nama Lengkap", "Nama Pegawai", "Nama Peserta", "Nama ASN"),
    "grade": (
        "Golongan",
        "Golongan/Ruang",
        "Gol",
        "Gol/Ruang",
        "Pangkat/Gol",
        "Pangkat/Golongan",
        "Pangkat/Gol/Ruang",
        "Pangkat Gol Ruang",
    ),
    "position": ("Jabatan", "Nama Jabatan"),
    "unit": ("Unit Kerja", "Unit", "Unor", "Unit Organisasi", "Perangkat Daerah", "OPD", "Instansi"),
    "email": ("Email", "E-mail", "Surel", "Alamat Email"),
    "phone": ("Telepon", "HP", "No HP", "Nomor HP", "No Telepon", "Nomor Telepon", "WA", "No WA", "WhatsApp"),
    "group": ("Kelompok",),
    "superior": ("Atasan", "Nama Atasan", "Atasan Langsung"),
    "code": ("Kode Peserta", "Nomor Peserta"),
}
REQUIRED = ("nip", "name")
ROSTER_HEADERS: tuple[str, ...] = tuple(name for names in HEADERS.values() for name in names)


class Group(StrEnum):
    """The two groups of an evaluation with a comparison; the values are the words in the file."""

    PARTICIPANT = "peserta"
    COMPARISON = "pembanding"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong (or odd) in one cell: spreadsheet row, header of the column, what stands there, why."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One participant without any problem; an optional text that was not given is ""."""

    number: int
    nip: Nip
    name: str
    grade: Grade | None
    position: str
    unit: str
    email: str
    phone: str
    group: Group
    superior: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file of participants holds: rows to save, problems that keep a row out, warnings that do not.

    `unknown_columns` are headers that nobody reads; `missing_columns` are optional ones that are not there.
    """

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]


def read_roster(table: Table, *, today: date) -> Roster:
    """Return the participants in a table that was read with `header_hint=ROSTER_HEADERS`.

    `today` decides which dates in a NIP lie in the future. Raises `TableError` when a required column is
    missing or no row names a participant.
    """
    columns = _find_columns(table.header)
    _check_required(columns, table)
    rows: list[RosterRow] = []
    problems: list[Problem] = []
    warnings: list[Problem] = []
    first_seen: dict[tuple[str, str], int] = {}
    for position, row in enumerate(table.rows):
        if _says_nothing(row, columns) or (position == 0 and _numbers_columns(row)):
            continue
        cells = _RowReader(row, columns, table.header, today, first_seen)
        participant = cells.read()
        warnings += cells.warnings
        problems += cells.problems
        if not cells.problems:
            rows.append(participant)
    if not rows and not problems:
        raise TableError(_("Berkas ini tidak memuat peserta; isi kolom NIP dan Nama, lalu unggah lagi."))
    unknown = (name for position, name in enumerate(table.header) if name and position not in columns.values())
    missing = (names[0] for name, names in HEADERS.items() if name not in columns)
    return Roster(tuple(rows), tuple(problems), tuple(warnings), tuple(unknown), tuple(missing))


def _find_columns(header: tuple[str, ...]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for position, name in enumerate(header):
        positions.setdefault(header_key(name), position)
    columns = {}
    for name, accepted in HEADERS.items():
        present = [positions[key] for key in map(header_key, accepted) if key in positions]
        if present:
            columns[name] = present[0]
    return columns


def _check_required(columns: dict[str, int], table: Table) -> None:
    missing = [HEADERS[name][0] for name in REQUIRED if name not in columns]
    if missing:
        raise TableError(
            _("Kolom %(missing)s tidak ditemukan; judul kolom yang terbaca pada baris %(row)s: %(found)s.")
            % {
                "missing": ", ".join(missing),
                "row": table.header_number,
                "found": _shortened(", ".join(name for name in table.header if name), 300),
            }
        )


def _says_nothing(row: Row, columns: dict[str, int]) -> bool:
    """Return whether a row fills only columns that nobody reads, as numbered but empty lines of a form do."""
    return all(row.cells[position] is None for position in columns.values())


def _numbers_columns(row: Row) -> bool:
    """Return whether a row only numbers its columns, as official lists do below the header: (1) (2) (3)."""
    filled = [_as_text(cell).strip("() ") for cell in row.cells if cell is not None]
    return len(filled) > 1 and filled == [str(number) for number in range(1, len(filled) + 1)]


class _RowReader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(
        self,
        row: Row,
        columns: dict[str, int],
        header: tuple[str, ...],
        today: date,
        first_seen: dict[tuple[str, str], int],
    ):
        self.row = row
        self.columns = columns
        self.header = header
        self.today = today
        self.first_seen = first_seen
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def read(self) -> RosterRow | None:
        nip = self.nip()
        grade = self.grade(nip)
        participant = RosterRow(
            number=self.row.number,
            nip=nip,
            name=self.name(),
            grade=grade,
            position=self.text("position"),
            unit=self.text("unit"),
            email=self.email(),
            phone=self.phone(),
            group=self.group(),
            superior=self.text("superior"),
            code=self.code(),
        )
        return None if self.problems else participant

    def cell(self, name: str) -> object:
        position = self.columns.get(name)
        return None if position is None else self.row.cells[position]

    def problem(self, name: str, message: str) -> None:
        self.problems.append(self._about(name, message))

    def warning(self, name: str, message: str) -> None:
        self.warnings.append(self._about(name, message))

    def _about(self, name: str, message: str) -> Problem:
        shown = _shortened(_as_text(self.cell(name)), MAX_SHOWN)
        return Problem(self.row.number, self.header[self.columns[name]], shown, message)

    def text(self, name: str, limit: int = MAX_TEXT) -> str:
        cell = self.cell(name)
        if cell is None:
            return ""
        text = unicodedata.normalize("NFC", " ".join(_as_text(cell).split()))
        if len(text) > limit:
            self.problem(name, _("Paling panjang %(limit)s huruf.") % {"limit": limit})
        elif not text.isprintable():
            self.problem(name, _("Memuat karakter yang tidak terlihat; ketik ulang isinya."))
        return text

    def earlier_row(self, name: str, value: str) -> int | None:
        """Return the row in which the same value stood first, or None."""
        first = self.first_seen.setdefault((name, value), self.row.number)
        return None if first == self.row.number else first

    def nip(self) -> Nip | None:
        try:
            nip = parse_nip(self.cell("nip"), today=self.today)
        except NipError as error:
            self.problem("nip", str(error))
            return None
        for message in nip.warnings:
            self.warning("nip", message)
        if earlier := self.earlier_row("nip", nip.digits):
            self.problem("nip", _("NIP ini sudah ada pada baris %(row)s.") % {"row": earlier})
        return nip

    def code(self) -> str:
        code = self.text("code", limit=MAX_CODE)
        if code and (earlier := self.earlier_row("code", code)):
            self.problem("code", _("Kode peserta ini sudah ada pada baris %(row)s.") % {"row": earlier})
        return code

    def name(self) -> str:
        name = self.text("name")
        if not name:
            self.problem("name", _("Nama kosong."))
        elif not any(character.isalpha() for character in name):
            self.problem("name", _("Nama tidak memuat huruf."))
        return name

    def grade(self, nip: Nip | None) -> Grade | None:
        text = self.text("grade")
        if not text:
            return None
        grade = find_grade(text[:MAX_TEXT])
        if grade is None:
            self.problem("grade", _("Golongan tidak dikenali; tulis seperti III/d (PNS) atau IX (PPPK)."))
        elif nip is not None and grade.status != nip.status:
            self.warning(
                "grade",
                _("Golongan %(grade)s adalah golongan %(grade_status)s, sedangkan nomornya nomor %(nip_status)s.")
                % {"grade": grade.code, "grade_status": grade.status, "nip_status": nip.status},
            )
        return grade

    def email(self) -> str:
        email = _as_text(self.cell("email")).strip()
        if not email:
            return ""
        try:
            validate_email(email)
        except ValidationError:
            self.problem("email", _("Alamat email tidak sah; tulis seperti nama@contoh.go.id."))
        else:
            if len(email) > MAX_EMAIL:
                self.problem("email", _("Paling panjang %(limit)s huruf.") % {"limit": MAX_EMAIL})
        return email

    def phone(self) -> str:
        raw = self.cell("phone")
        if raw is None:
            return ""
        phone = normalise_phone(raw) if isinstance(raw, str | int | float) else None
        if phone is None:
            self.warning("phone", _("Nomor telepon tidak dikenali dan tidak akan disimpan; tulis seperti 0812…"))
        return phone or ""

    def group(self) -> Group:
        text = header_key(_as_text(self.cell("group"))).removeprefix("kelompok")
        if text in ("", Group.PARTICIPANT):
            return Group.PARTICIPANT
        if text != Group.COMPARISON:
            self.problem("group", _("Kelompok harus “peserta” atau “pembanding”."))
        return Group.COMPARISON


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    return str(cell)


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
