"""One answer, read by the type of its item, whatever a form, a spreadsheet or a tired hand made of it. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.numbers import format_decimal
from evaluations.item_rules import (
    CHOICE,
    CHOICES,
    DATE,
    LIKERT,
    NUMBER,
    RANKING,
    SCORE,
    SHORT_TEXT,
    TEXT,
    YES_NO,
)

LONGEST_TEXT = 4000
LONGEST_SHORT_TEXT = 200
LONGEST_NUMBER = 30
LONGEST_CHOICE = 2000
NUMERAL = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)")
# "1.000" may be one or a thousand; where a thousand is possible nobody can tell.
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{3})+")
SMALLEST_GROUPED = 1000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MINUS_SIGNS = str.maketrans({"−": "-", "–": "-"})
SEPARATORS = re.compile(r"\s*[;,|>\n]\s*")
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
YES_WORDS, NO_WORDS = {"1", "ya", "y", "yes", "true"}, {"0", "tidak", "t", "no", "n", "false"}
# Stands for an answer of its own: not missing, and not a number either. No option has such a key.
NOT_APPLICABLE = "*"

Value = int | float | str | list[str] | None


class AnswerError(ValueError):
    """Not an answer to this item; the message tells the person what is allowed."""


def read_value(item, raw: object) -> Value:
    """Return the answer that stands in `raw`, which is not empty; None where nothing is left of it.

    `raw` is a text, a number, a date or, for choices, also a list of option keys; for a ranking a mapping of
    option keys to the place that was typed. Raises `AnswerError`.
    """
    return READERS[item.type](item, raw)


def allowed_in_words(item) -> str:
    """What may stand in the answer to a number or a scale."""
    low, high = item.minimum, item.maximum
    if low is None and high is None:
        return _("Isi dengan angka.")
    if high is None:
        return _("Isi dengan angka mulai dari %(minimum)s.") % {"minimum": _shown(low)}
    if low is None:
        return _("Isi dengan angka paling besar %(maximum)s.") % {"maximum": _shown(high)}
    bounds = {"minimum": _shown(low), "maximum": _shown(high)}
    if item.type == LIKERT:
        return _("Isi dengan bilangan bulat %(minimum)s sampai %(maximum)s.") % bounds
    return _("Isi dengan angka %(minimum)s sampai %(maximum)s.") % bounds


def _read_text(item, raw: object) -> str | None:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = CONTROL.sub("", str(raw).replace("\r\n", "\n")).strip()
    longest = LONGEST_TEXT if item.type == TEXT else LONGEST_SHORT_TEXT
    if len(text) > longest:
        raise AnswerError(
            _("Tulisan ini terlalu panjang: %(length)s huruf, paling banyak %(limit)s.")
            % {"length": len(text), "limit": longest}
        )
    return text or None


def _read_number(item, raw: object) -> int | float:
    if isinstance(raw, str) and len(raw) == 1 and "0" <= raw <= "9" and _lies_within(item, int(raw)):
        return int(raw)  # nearly every answer there is
    number = _number(item, raw)
    whole = number == number.to_integral_value()
    if item.type == LIKERT and not whole:
        raise AnswerError(allowed_in_words(item))
    low = number if item.minimum is None else item.minimum
    high = number if item.maximum is None else item.maximum
    if not low <= number <= high:
        raise AnswerError(allowed_in_words(item))
    return int(number) if whole else float(number)


def _lies_within(item, number: int) -> bool:
    return (item.minimum is None or item.minimum <= number) and (item.maximum is None or number <= item.maximum)


def _number(item, raw: object) -> Decimal:
    if isinstance(raw, date):
        raise AnswerError(
            _("Sel ini terbaca sebagai tanggal; ubah format sel menjadi angka. %(allowed)s")
            % {"allowed": allowed_in_words(item)}
        )
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        number = Decimal(str(raw))
        if number.is_finite():
            return number
    elif isinstance(raw, str):
        return _numeral(item, raw.translate(MINUS_SIGNS))
    raise AnswerError(allowed_in_words(item))


def _numeral(item, text: str) -> Decimal:
    plain = len(text) <= LONGEST_NUMBER and NUMERAL.fullmatch(text)
    thousand_possible = item.maximum is None or item.maximum >= SMALLEST_GROUPED
    if GROUPED.fullmatch(text) and (thousand_possible or not plain):
        raise AnswerError(
            _("Tulis bilangan tanpa titik atau koma ribuan. %(allowed)s") % {"allowed": allowed_in_words(item)}
        )
    if not plain:
        raise AnswerError(allowed_in_words(item))
    return Decimal(text.replace(",", "."))


def _read_yes_no(_item, raw: object) -> int:
    word = _word(raw)
    if word in YES_WORDS:
        return 1
    if word in NO_WORDS:
        return 0
    raise AnswerError(_("Jawab dengan ya atau tidak."))


def _read_choice(item, raw: object) -> str:
    return _option(item, raw)


def _read_choices(item, raw: object) -> list[str] | None:
    """The options that were chosen, in the order of the item, each once."""
    chosen = set(_several(item, raw))
    return [option["key"] for option in item.options if option["key"] in chosen] or None


def _read_ranking(item, raw: object) -> list[str] | None:
    """All options, the most preferred first; a half-made order says nothing about the rest."""
    order = _placed(item, raw) if isinstance(raw, Mapping) else _several(item, raw)
    if not order:
        return None
    if len(set(order)) < len(order):
        raise AnswerError(_("Satu pilihan tidak dapat menempati dua urutan."))
    if len(order) < len(item.options):
        raise AnswerError(_("Beri urutan kepada semua pilihan, dari 1 sampai %(n)s.") % {"n": len(item.options)})
    return order


def _placed(item, raw: Mapping[str, object]) -> list[str]:
    """The options by the places that were typed beside them. Raises `AnswerError` for a place taken twice."""
    places: dict[int, str] = {}
    for option in item.options:
        text = str(raw.get(option["key"], "")).strip()
        if not text:
            continue
        if not (text.isascii() and text.isdecimal() and len(text) < 3 and 1 <= int(text) <= len(item.options)):
            raise AnswerError(
                _("Beri urutan kepada semua pilihan, dari 1 sampai %(n)s.") % {"n": len(item.options)}
            )
        if int(text) in places:
            raise AnswerError(_("Urutan %(place)s dipakai dua kali.") % {"place": int(text)})
        places[int(text)] = option["key"]
    return [places[place] for place in sorted(places)]


def _read_date(_item, raw: object) -> str:
    day = raw.date() if isinstance(raw, datetime) else raw
    if not isinstance(day, date):
        day = _as_date(str(raw).strip())
    if day is None or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise AnswerError(_("Tanggal ini tidak dikenali; tulis seperti 2026-11-23 atau 23/11/2026."))
    return day.isoformat()


def _as_date(text: str) -> date | None:
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _several(item, raw: object) -> list[str]:
    if isinstance(raw, list | tuple):
        return [_option(item, each) for each in raw if str(each).strip()]
    text = _word(raw)
    if len(text) > LONGEST_CHOICE:
        raise AnswerError(_one_of(item))
    if len(SEPARATORS.split(text)) == 1:
        try:
            return [_option(item, text)]  # a name may hold blanks, a list of keys too
        except AnswerError:
            return [_option(item, each) for each in text.split()]
    return [_option(item, each) for each in SEPARATORS.split(text) if each]


def _option(item, raw: object) -> str:
    """The key of the option that is meant, by key, number in the list or name in either language."""
    word = _word(raw)
    for names in (_keys, _names):
        for option in item.options:
            if word in {name.casefold() for name in names(option)}:
                return option["key"]
    raise AnswerError(_one_of(item))


def _keys(option: Mapping) -> Iterable[str]:
    return (option["key"],)


def _names(option: Mapping) -> Iterable[str]:
    return (" ".join(str(option.get(language, "")).split()) for language in ("id", "en") if option.get(language))


def _one_of(item) -> str:
    keys = ", ".join(option["key"] for option in item.options)
    return _("Pilih salah satu jawaban yang tersedia: %(options)s.") % {"options": keys}


def _word(raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return " ".join(str(raw)[: LONGEST_CHOICE + 1].split()).casefold()


def _shown(bound: Decimal) -> str:
    places = max(0, -Decimal(bound).normalize().as_tuple().exponent)
    return format_decimal(bound, places, get_language() or "id")


READERS: dict[str, Callable[[object, object], Value]] = {
    LIKERT: _read_number,
    SCORE: _read_number,
    NUMBER: _read_number,
    YES_NO: _read_yes_no,
    CHOICE: _read_choice,
    CHOICES: _read_choices,
    RANKING: _read_ranking,
    DATE: _read_date,
    SHORT_TEXT: _read_text,
    TEXT: _read_text,
}
