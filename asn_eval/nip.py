"""NIP (PNS) and NI PPPK: eighteen digits that say who, since when and as what. Pure.

Layout (Perka BKN 43/2007; for PPPK Peraturan BKN 1/2019): 1-8 date of birth, 9-12 year of appointment,
13-14 month of appointment (PNS) or "2" and the number of the contract (PPPK), 15 sex, 16-18 serial number.
There is no check digit.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

DIGITS = 18
OLDEST_BIRTH_YEAR = 1900
# Not confirmed in a regulation text, therefore only ever a warning.
MINIMUM_AGE_AT_APPOINTMENT = 18
PPPK_BLOCKS = range(21, 30)

SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
IGNORED = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
APOSTROPHES = "'\u2019`"


class NipError(ValueError):
    """The number cannot be a NIP; the message tells the person what is wrong with it."""


class EmploymentStatus(StrEnum):
    """The two kinds of civil servant that the number tells apart."""

    PNS = "PNS"
    PPPK = "PPPK"


class Sex(StrEnum):
    """Sex as coded in digit 15; the values are the letters used on Indonesian forms."""

    MALE = "L"
    FEMALE = "P"


@dataclass(frozen=True, slots=True)
class Nip:
    """A number that obeys the layout. `warnings` name what is odd without being impossible."""

    digits: str
    birth_date: date
    appointment_year: int
    status: EmploymentStatus
    sex: Sex
    serial: int
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @property
    def formatted(self) -> str:
        """Return the printed style: 19860926 201505 1 001."""
        return format_nip(self.digits)


def format_nip(digits: str) -> str:
    """Return eighteen digits in the printed style: 19860926 201505 1 001."""
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def parse_nip(raw: object, *, today: date) -> Nip:
    """Return the NIP in a cell or form field; spaces and a leading apostrophe are ignored.

    `today` decides what lies in the future. Raises `NipError` with the reason when the layout is broken, and
    for every number that a spreadsheet has stored as a float, because its last digits are lost.
    """
    digits = _digits(raw)
    birth_date = _birth_date(digits, today)
    appointment_year = int(digits[8:12])
    status, appointment_month = _status(digits[12:14])
    sex = {"1": Sex.MALE, "2": Sex.FEMALE}.get(digits[14])
    if sex is None:
        raise NipError(
            _("Angka ke-15 harus 1 (pria) atau 2 (wanita), bukan %(digit)s.") % {"digit": digits[14]},
        )
    serial = int(digits[15:])
    if serial == 0:
        raise NipError(
            _(
                "Nomor urut (tiga angka terakhir) tidak boleh 000; sering kali ini karena Excel membulatkan "
                "angka: ubah kolom NIP menjadi Teks lalu ketik ulang."
            )
        )
    warnings = _warnings(birth_date, appointment_year, appointment_month, today)
    return Nip(digits, birth_date, appointment_year, status, sex, serial, warnings)


def _digits(raw: object) -> str:
    if raw is None:
        raise NipError(_("NIP kosong."))
    if isinstance(raw, float):
        raise _stored_as_number(f"{raw:g}")
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise NipError(_("NIP harus berupa teks 18 angka."))
    text = IGNORED.sub("", str(raw)).lstrip(APOSTROPHES)
    if not text:
        raise NipError(_("NIP kosong."))
    if SCIENTIFIC.fullmatch(text):
        raise _stored_as_number(text)
    if not (text.isascii() and text.isdigit()):
        stray = next(character for character in text if character not in "0123456789")
        raise NipError(
            _("NIP hanya boleh berisi angka 0–9 dan spasi; hapus “%(character)s”.") % {"character": stray}
        )
    if len(text) != DIGITS:
        raise NipError(_("NIP harus 18 angka; yang tertulis %(count)s angka.") % {"count": len(text)})
    return text


def _stored_as_number(shown: str) -> NipError:
    return NipError(
        _(
            "NIP tersimpan sebagai bilangan (%(shown)s) sehingga angka belakangnya hilang; ubah kolom menjadi "
            "Teks lalu ketik ulang NIP."
        )
        % {"shown": shown}
    )


def _birth_date(digits: str, today: date) -> date:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        birth_date = date(year, month, day)
    except ValueError:
        birth_date = None
    if birth_date is None or year < OLDEST_BIRTH_YEAR:
        raise NipError(
            _("Delapan angka pertama (%(digits)s) bukan tanggal lahir yang mungkin (tahun, bulan, tanggal).")
            % {"digits": digits[:8]}
        )
    if birth_date > today:
        raise NipError(
            _("Tanggal lahir pada delapan angka pertama (%(digits)s) belum terjadi.") % {"digits": digits[:8]}
        )
    return birth_date


def _status(block: str) -> tuple[EmploymentStatus, int | None]:
    """Return the status in digits 13-14, with the month of appointment that only a PNS has."""
    if 1 <= int(block) <= 12:
        return EmploymentStatus.PNS, int(block)
    if int(block) in PPPK_BLOCKS:
        return EmploymentStatus.PPPK, None
    raise NipError(
        _("Angka ke-13 dan 14 harus bulan 01–12 (PNS) atau 21–29 (PPPK), bukan %(block)s.") % {"block": block}
    )


def _warnings(birth_date: date, year: int, month: int | None, today: date) -> tuple[str, ...]:
    warnings = []
    if year > today.year:
        warnings.append(_("Tahun pengangkatan %(year)s belum tiba.") % {"year": year})
    # Without a month the person is given the whole year to come of age.
    months = (year - birth_date.year) * 12 + (month or 12) - birth_date.month
    if months < MINIMUM_AGE_AT_APPOINTMENT * 12:
        warnings.append(
            _("Usia saat diangkat kurang dari %(age)s tahun; periksa tahun lahir dan tahun pengangkatan.")
            % {"age": MINIMUM_AGE_AT_APPOINTMENT}
        )
    return tuple(warnings)
