"""What one cell says: a value that may be stored, or a sentence on how to mend it. No database."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from asn_eval.fields import LATEST_YEAR, OLDEST_YEAR
from asn_eval.nip import MINIMUM_AGE_AT_APPOINTMENT, OLDEST_BIRTH_YEAR, NipError, parse_nip
from asn_eval.tables import Cell, header_key
from programs.imports.columns import Column, Kind
from programs.phones import normalise_phone

Reader = Callable[[Cell], object]

# A part of the addresses that Django accepts, large enough for nearly all of them and checked at once.
PLAIN_EMAIL = re.compile(
    r"[a-z0-9_]+(?:[.\-][a-z0-9_]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,20}", re.IGNORECASE
)
PLAIN_PHONE = re.compile(r"0(8[0-9]{8,11})")
# Born, appointed: in a month, or as a PPPK by the number of a contract in its place.
PLAIN_NIP = re.compile(r"([0-9]{8})([0-9]{4}(?:0[1-9]|1[0-2]|2[1-9]))[12](?!000)[0-9]{3}", re.ASCII)
NEVER = "9999"
MAX_EMAIL = 254
MONTHS = {
    header_key(name): number
    for number, names in enumerate(
        (
            ("Januari", "Jan"),
            ("Februari", "Feb", "Pebruari"),
            ("Maret", "Mar"),
            ("April", "Apr"),
            ("Mei",),
            ("Juni", "Jun"),
            ("Juli", "Jul"),
            ("Agustus", "Agu", "Agt", "Ags"),
            ("September", "Sep", "Sept"),
            ("Oktober", "Okt"),
            ("November", "Nov", "Nop", "Nopember"),
            ("Desember", "Des"),
        ),
        1,
    )
    for name in names
}
DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[^\W\d_]+)[\s./-]+(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]00)?(?:\s*(?:WIB|WITA|WIT))?", re.IGNORECASE)
HAS_LETTER = re.compile(r"[A-Za-z]")
SPACES_TO_MEND = re.compile(r"  | \||\| ")
TWO_WAYS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")


class CellError(ValueError):
    """The cell cannot be taken; the message says how to mend it."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A value that may be stored, and what somebody should look at."""

    value: object
    warning: str


def as_text(cell: Cell) -> str:
    """A cell as a person sees it: a number that a spreadsheet keeps as 7.0 is 7."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return str(cell)


def reader_of(column: Column, *, today: date) -> Reader:
    """What reads the cells of a column. REFERENCE needs the stored rows; its importer reads it."""
    match column.kind:
        case Kind.NIP:
            return NipReader(today)
        case Kind.NAME:
            return NameReader(column.limit)
        case Kind.LONG_TEXT:
            return lambda cell: read_long_text(cell, column.limit)
        case Kind.DATE:
            return read_date
        case Kind.TIME:
            return read_time
        case Kind.DECIMAL:
            return lambda cell: read_decimal(cell, column)
        case Kind.CHOICE:
            return ChoiceReader(column)
        case Kind.EMAIL:
            return read_email
        case Kind.PHONE:
            return read_phone
    return TextReader(column.limit)


class TextReader:
    """Reads lines of text; a column of plain ones as a whole."""

    def __init__(self, limit: int):
        self.limit = limit

    def __call__(self, cell: Cell) -> str:
        return read_text(cell, self.limit)

    def whole(self, cells: list[Cell]) -> list[str] | None:
        """The cells as they are, when `read_text` would change and refuse none of them; otherwise None."""
        try:
            # The mark makes a space at the end of a cell visible, and is no letter that others combine with.
            joined = "|".join(cells)
        except TypeError:
            return None
        is_plain = joined.isascii() and joined.isprintable() and not SPACES_TO_MEND.search(f"|{joined}|")
        return cells if is_plain and len(max(cells, key=len, default="")) <= self.limit else None


def read_text(cell: Cell, limit: int) -> str:
    """One line of text, spaces between its words made one."""
    text = " ".join(as_text(cell).split())
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise CellError(_("Paling panjang %(limit)s huruf.") % {"limit": limit})
    if not text.isprintable():
        raise CellError(_("Memuat karakter yang tidak terlihat; ketik ulang isinya."))
    return text


def read_long_text(cell: Cell, limit: int) -> str:
    """Text of several lines, its line breaks kept."""
    text = well_spaced(as_text(cell))
    if len(text) > limit:
        raise CellError(_("Paling panjang %(limit)s huruf.") % {"limit": limit})
    if not text.replace("\n", "").isprintable():
        raise CellError(_("Memuat karakter yang tidak terlihat; ketik ulang isinya."))
    return text


def well_spaced(text: str) -> str:
    """A text as a file keeps it: one space between words, one sign at the end of a line."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return unicodedata.normalize("NFC", "\n".join(lines).strip())


class NameReader(TextReader):
    """Reads names of people."""

    def __call__(self, cell: Cell) -> str:
        return read_name(cell, self.limit)

    def whole(self, cells: list[Cell]) -> list[str] | None:
        """The cells as they are, when `read_name` would change and refuse none of them; otherwise None."""
        texts = super().whole(cells)
        return texts if texts is not None and all(map(HAS_LETTER.search, filter(None, texts))) else None


def read_name(cell: Cell, limit: int) -> str:
    """The name of a person."""
    name = read_text(cell, limit)
    if name and not any(map(str.isalpha, name)):
        raise CellError(_("Nama tidak memuat huruf."))
    return name


class NipReader:
    """Reads NIP; what most of them share, a date of birth, is checked once each."""

    def __init__(self, today: date):
        self.today = today
        self.earliest: dict[str, str] = {}
        self.latest = f"{today.year}99"

    def __call__(self, cell: Cell) -> Doubtful | str:
        """Eighteen digits. Raises ``CellError`` for what is no NIP."""
        plain = PLAIN_NIP.fullmatch(cell) if type(cell) is str else None
        if plain and self.is_ordinary(plain):
            return cell
        try:
            nip = parse_nip(cell, today=self.today)
        except NipError as error:
            raise CellError(str(error)) from error
        return Doubtful(nip.digits, " ".join(nip.warnings)) if nip.warnings else nip.digits

    def is_ordinary(self, plain: re.Match[str]) -> bool:
        """Born on a real day, of age at the appointment, appointed already; the rest is left to parse_nip."""
        # Year and month compare as text. The number of a PPPK is above every month: any one of that year will do.
        digits, appointed = plain.groups()
        if digits not in self.earliest:
            self.earliest[digits] = self._of_age(digits)
        return self.earliest[digits] <= appointed <= self.latest

    def _of_age(self, digits: str) -> str:
        """The year and month in which somebody born on that day may be appointed."""
        try:
            born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            return NEVER
        if born.year < OLDEST_BIRTH_YEAR or born > self.today:
            return NEVER
        return f"{born.year + MINIMUM_AGE_AT_APPOINTMENT}{born.month:02d}"


def read_email(cell: Cell) -> str:
    """An e-mail address."""
    email = as_text(cell).strip()
    if not email or (len(email) <= 100 and PLAIN_EMAIL.fullmatch(email)):
        return email
    try:
        validate_email(email)
    except ValidationError as error:
        raise CellError(_("Alamat email tidak sah; tulis seperti nama@contoh.go.id.")) from error
    if len(email) > MAX_EMAIL:
        raise CellError(_("Paling panjang %(limit)s huruf.") % {"limit": MAX_EMAIL})
    return email


def read_phone(cell: Cell) -> str | Doubtful:
    """A telephone number in international form; one that is not recognised is left out with a warning."""
    if cell is None:
        return ""
    if type(cell) is str and (plain := PLAIN_PHONE.fullmatch(cell)):
        return f"+62{plain[1]}"
    phone = normalise_phone(cell) if isinstance(cell, str | int | float) else None
    if phone is None:
        return Doubtful("", _("Nomor telepon tidak dikenali dan tidak akan disimpan; tulis seperti 0812…"))
    return phone


def read_date(cell: Cell) -> date | None:
    """A day: a date cell, 23-11-2026, 23/11/2026, 23 November 2026 or 2026-11-23."""
    if cell is None:
        return None
    day = _day(cell)
    if day is None:
        raise CellError(_("Tanggal tidak dikenali; tulis seperti 23-11-2026 (tanggal, bulan, tahun)."))
    if not OLDEST_YEAR <= day.year <= LATEST_YEAR:
        raise CellError(_("Tahun ini tampaknya keliru; periksa tanggalnya."))
    return day


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return None
    text = cell.strip().lstrip("'")
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    number = int(month) if month.isdigit() else MONTHS.get(header_key(month), 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def read_time(cell: Cell) -> time | None:
    """A time of the day: 08.00 or 08:00, or what a spreadsheet keeps as a part of a day."""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    found = CLOCK.fullmatch(as_text(cell).strip())
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    raise CellError(_("Jam tidak dikenali; tulis seperti 08.00."))


def read_decimal(cell: Cell, column: Column) -> Decimal | None:
    """A number as Indonesian spreadsheets write it: 1.234,5; a number cell as it is."""
    if cell is None:
        return None
    number = _number(cell)
    if number is None or not number.is_finite():
        raise CellError(_("Isi dengan bilangan, misalnya 12,5."))
    if column.minimum is not None and number < column.minimum:
        raise CellError(_("Tidak boleh kurang dari %(minimum)s.") % {"minimum": column.minimum})
    if abs(number) >= Decimal(10) ** (column.digits - column.places):
        raise CellError(_("Bilangan ini terlalu besar; periksa nolnya."))
    rounded = number.quantize(Decimal(1).scaleb(-column.places))
    if rounded != number and not isinstance(cell, float):
        raise CellError(_("Paling banyak %(places)s angka di belakang koma.") % {"places": column.places})
    return rounded


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(str(cell))
    if not isinstance(cell, str):
        return None
    text = re.sub(r"\s|^Rp\.?\s*|(?<=\d),-$", "", cell.strip().lstrip("'"), flags=re.IGNORECASE)
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif TWO_WAYS.fullmatch(text):
        whole, fraction = text.replace(".", ""), text.replace(".", ",")
        raise CellError(
            _("“%(typed)s” dapat dibaca dua cara. Tulis %(whole)s atau %(fraction)s.")
            % {"typed": cell, "whole": whole, "fraction": fraction}
        )
    elif text.count(".") > 1:
        text = text.replace(".", "")
    try:
        return Decimal(text) if text.isascii() and re.fullmatch(r"[-+]?\d*\.?\d+", text) else None
    except InvalidOperation:
        return None


class ChoiceReader:
    """Reads one of a few words: as it is stored or as the pages show it."""

    def __init__(self, column: Column):
        self.column = column
        self.values = {header_key(value): value for value in column.choices.values}
        self.values |= {header_key(str(label)): value for value, label in column.choices.choices}

    def __call__(self, cell: Cell) -> str:
        text = header_key(as_text(cell))
        if not text:
            return ""
        value = self.values.get(text) or self.values.get(text.removeprefix(header_key(self.column.header)))
        if value is None:
            raise CellError(
                _("Pilih salah satu: %(choices)s.") % {"choices": "; ".join(map(str, self.column.choices.labels))}
            )
        return value
