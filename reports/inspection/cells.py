"""One cell of a file: the number that a person meant by it, or the reason why it is none."""

import math
import re
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from asn_eval.tables.model import Cell

# What people write where there is no answer.
MISSING = frozenset({"", "na", "n/a", "-"})
NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[.,\s][0-9]{3})+(?:[.,][0-9]+)?")


class CellError(ValueError):
    """The cell holds something that is not accepted; the message tells the person what is expected."""


def is_missing(cell: Cell) -> bool:
    """Return whether a cell says that there is no value: blank, "NA", "N/A" or "-"."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in MISSING)


def to_number(cell: Cell) -> float | None:
    """Return the number in a cell, None for a missing one.

    Text may use a point or a comma before the decimals and an exponent, but no thousands separators. Raises
    `CellError` for other text, logical values, dates, and numbers that are not finite.
    """
    if is_missing(cell):
        return None
    if isinstance(cell, bool):
        raise CellError(_("Berisi nilai logika (benar/salah); isi dengan angka."))
    if isinstance(cell, date):
        raise CellError(_("Berisi tanggal; ubah format kolom menjadi angka dan ketik ulang nilainya."))
    number = _parsed(cell.strip()) if isinstance(cell, str) else float(cell)
    if not math.isfinite(number):
        raise CellError(_("Bukan angka yang terhingga; isi dengan angka biasa."))
    return number


def to_label(cell: Cell) -> str | None:
    """Return the text of an identifier or group name, None for a missing one; 7.0 in a spreadsheet is "7".

    Raises `CellError` for a number so long that the spreadsheet has already rounded it.
    """
    if is_missing(cell):
        return None
    if isinstance(cell, float) and cell.is_integer():
        if abs(cell) >= 1e15:
            raise CellError(
                _("Angka ini lebih panjang dari 15 digit sehingga dibulatkan; ubah kolomnya menjadi teks.")
            )
        return str(int(cell))
    return str(cell).strip()


def to_json(cell: Cell) -> str | int | float | bool | None:
    """Return a cell as JSON can hold it."""
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell


def in_words(number: float) -> str:
    """Return a number as messages show it, without superfluous zeros."""
    return number_format(f"{number:.15g}")


def _parsed(text: str) -> float:
    if NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    if GROUPED.fullmatch(text):
        raise CellError(_("Angka memakai pemisah ribuan; tulis tanpa pemisah ribuan, misalnya 1234,56."))
    raise CellError(_("Bukan angka; isi dengan angka atau kosongkan."))
