"""Columns of a file and what each stands for: their headers, what a cell may hold, which one means which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from asn_eval.fields import LATEST_YEAR, OLDEST_YEAR
from asn_eval.tables import TableError, header_key

LONGEST_LIST = 300


class Kind(Enum):
    """What stands in the cells of a column."""

    TEXT = "teks"
    LONG_TEXT = "uraian"
    NAME = "nama"
    CODE = "kode"
    NIP = "nip"
    DATE = "tanggal"
    TIME = "jam"
    DECIMAL = "bilangan"
    CHOICE = "pilihan"
    REFERENCE = "acuan"  # a row that exists already, by its name
    EMAIL = "surel"
    PHONE = "telepon"


# What a spreadsheet would spoil by taking it for a number.
TEXT_KINDS = (Kind.NIP, Kind.PHONE, Kind.CODE)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a file: the header to recommend, the other headers it is known by, and what its cells hold."""

    field: str
    header: str
    kind: Kind
    help: str | Promise
    accepted: tuple[str, ...] = ()
    required: bool = False
    limit: int = 150
    minimum: int | None = 0
    places: int = 2
    digits: int = 12
    choices: type[models.TextChoices] | None = None
    example: str | Promise = ""
    width: int = 18

    @property
    def keys(self) -> list[str]:
        """Everything that its header may say, as `header_key` writes it, the recommended one first."""
        return [header_key(name) for name in (self.header, *self.accepted)]


class Beside(StrEnum):
    """What our own files say beside the columns that are read: counted, or kept elsewhere."""

    N_PARTICIPANTS = "Jumlah Peserta"
    PROGRAM_STATE = "Status Program"
    DEVIATION = "Selisih"
    CIVIL_STATUS = "Status Kepegawaian"
    UNIT_REGION = "Wilayah Unit Kerja"
    N_UNITS = "Jumlah Unit di Bawahnya"
    N_PEOPLE = "Jumlah Pegawai"


# Columns that every list has and no record keeps: passed over without asking.
NEVER_READ = frozenset(
    header_key(name)
    for name in (
        *("No", "No.", "Nomor", "Nomor Urut", "No Urut", "Keterangan", "Ket", "Tanda Tangan", "Paraf", "id"),
        *Beside,
        *(f"JP {year}" for year in range(OLDEST_YEAR, LATEST_YEAR + 1)),
    )
)


@dataclass(frozen=True, slots=True)
class Matching:
    """Which column of a file means which field, by position; what is to be asked, and what is missing."""

    positions: dict[str, int]
    questions: tuple[int, ...] = ()
    missing: tuple[Column, ...] = ()
    unread: tuple[str, ...] = field(default=())

    @property
    def is_settled(self) -> bool:
        return not self.questions and not self.missing


def match_columns(
    header: Sequence[str], columns: Sequence[Column], remembered: Mapping[str, str] | None = None
) -> Matching:
    """Find the fields of ``columns`` in a header. ``remembered``: header key -> field, "" for one not to be read.

    A header that nobody knows is a question, as are two that mean the same; the one that stands earlier among the
    accepted headers is proposed then.
    """
    remembered = remembered or {}
    fields = {column.field for column in columns}
    ranks = {key: (column.field, rank) for column in columns for rank, key in reversed([*enumerate(column.keys)])}
    found: dict[str, tuple[int, int]] = {}
    questions: list[int] = []
    for position, name in enumerate(header):
        key = header_key(name)
        if not key:
            continue
        if key in remembered:
            meant, rank = remembered[key], -1
        elif key in ranks:
            meant, rank = ranks[key]
        else:
            meant = rank = None
        if meant in fields and (meant not in found or rank < found[meant][0]):
            if meant in found and rank != -1:
                questions.append(found[meant][1])
            found[meant] = (rank, position)
        elif key not in remembered and key not in NEVER_READ:
            questions.append(position)
    positions = {meant: position for meant, (_rank, position) in found.items()}
    missing = tuple(column for column in columns if column.required and column.field not in positions)
    unread = tuple(name for at, name in enumerate(header) if name and at not in positions.values())
    return Matching(positions, tuple(sorted(questions)), missing, unread)


def missing_error(matching: Matching, header: Sequence[str], header_number: int) -> TableError:
    """The refusal of a file that lacks a required column, naming the columns that were read."""
    found = ", ".join(name for name in header if name)
    return TableError(
        _("Kolom %(missing)s tidak ditemukan; judul kolom yang terbaca pada baris %(row)s: %(found)s.")
        % {
            "missing": ", ".join(column.header for column in matching.missing),
            "row": header_number,
            "found": found if len(found) <= LONGEST_LIST else f"{found[: LONGEST_LIST - 1]}…",
        }
    )
