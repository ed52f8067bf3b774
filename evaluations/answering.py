"""What was typed or read becomes answers, or a sentence for each item that says why not. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.numbers import format_decimal

LIKERT, NUMBER, TEXT = "likert", "angka", "teks"
LONGEST_TEXT = 4000
LONGEST_NUMBER = 30
NUMERAL = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)")
# "1.000" may be one or a thousand; where a thousand is possible nobody can tell.
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{3})+")
SMALLEST_GROUPED = 1000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MINUS_SIGNS = str.maketrans({"−": "-", "–": "-"})

Value = int | float | str | None


class AskedItem(Protocol):
    """What this module needs to know of an item."""

    key: str
    type: str
    minimum: Decimal | None
    maximum: Decimal | None
    is_required: bool


def check_answers(
    items: Iterable[AskedItem], raw: Mapping[str, object], *, may_be_incomplete: bool = False
) -> tuple[dict[str, Value], dict[str, str]]:
    """Return (values, errors), both by item key.

    `raw` holds what stands in a form or a cell; a key that is not there and an empty text are missing answers.
    `values` has every item without an error: int for a scale, int or float for a number, text, None for
    missing. `errors` names every other item with an Indonesian sentence, unknown keys included. With
    `may_be_incomplete` (paper and files) a required item may be missing.
    """
    items = list(items)
    values: dict[str, Value] = {}
    errors = {key: _("Butir ini tidak ada dalam instrumen.") for key in raw.keys() - {item.key for item in items}}
    for item in items:
        try:
            values[item.key] = read_answer(
                item, raw.get(item.key), required=item.is_required and not may_be_incomplete
            )
        except AnswerError as error:
            errors[item.key] = str(error)
    return values, errors


class AnswerError(ValueError):
    """Not an answer to this item; the message tells the person what is allowed."""


def read_answer(item: AskedItem, raw: object, *, required: bool) -> Value:
    """Return the answer that stands in `raw`. Raises `AnswerError`."""
    if isinstance(raw, str):
        raw = raw.strip()
    if raw is None or raw == "":
        if required:
            raise AnswerError(_("Butir ini wajib dijawab."))
        return None
    if item.type == TEXT:
        return _text(raw)
    number = _number(item, raw)
    whole = number == number.to_integral_value()
    if item.type == LIKERT and not whole:
        raise AnswerError(_allowed(item))
    low = number if item.minimum is None else item.minimum
    high = number if item.maximum is None else item.maximum
    if not low <= number <= high:
        raise AnswerError(_allowed(item))
    return int(number) if whole else float(number)


def _text(raw: object) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = CONTROL.sub("", str(raw).replace("\r\n", "\n")).strip()
    if len(text) > LONGEST_TEXT:
        raise AnswerError(
            _("Tulisan ini terlalu panjang: %(length)s huruf, paling banyak %(limit)s.")
            % {"length": len(text), "limit": LONGEST_TEXT}
        )
    return text or None


def _number(item: AskedItem, raw: object) -> Decimal:
    if isinstance(raw, date):
        raise AnswerError(
            _("Sel ini terbaca sebagai tanggal; ubah format sel menjadi angka. %(allowed)s")
            % {"allowed": _allowed(item)}
        )
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        number = Decimal(str(raw))
        if number.is_finite():
            return number
    elif isinstance(raw, str):
        return _numeral(item, raw.translate(MINUS_SIGNS))
    raise AnswerError(_allowed(item))


def _numeral(item: AskedItem, text: str) -> Decimal:
    plain = len(text) <= LONGEST_NUMBER and NUMERAL.fullmatch(text)
    thousand_possible = item.maximum is None or item.maximum >= SMALLEST_GROUPED
    if GROUPED.fullmatch(text) and (thousand_possible or not plain):
        raise AnswerError(
            _("Tulis bilangan tanpa titik atau koma ribuan. %(allowed)s") % {"allowed": _allowed(item)}
        )
    if not plain:
        raise AnswerError(_allowed(item))
    return Decimal(text.replace(",", "."))


def _allowed(item: AskedItem) -> str:
    if item.minimum is None or item.maximum is None:
        return _("Isi dengan angka.")
    bounds = {"minimum": _shown(item.minimum), "maximum": _shown(item.maximum)}
    if item.type == LIKERT:
        return _("Isi dengan bilangan bulat %(minimum)s sampai %(maximum)s.") % bounds
    return _("Isi dengan angka %(minimum)s sampai %(maximum)s.") % bounds


def _shown(bound: Decimal) -> str:
    places = max(0, -Decimal(bound).normalize().as_tuple().exponent)
    return format_decimal(bound, places, get_language() or "id")
