"""What fingers type for an answer on paper, and what they may type. Pure.

Options go by their number in the list, as they are counted on the sheet; where the keys of the options are numbers
themselves, by those. A ranking is typed as it stands in the boxes: the place of each option, from top to bottom.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.numbers import format_decimal
from evaluations.answer_types import NOT_APPLICABLE, AnswerError, Value
from evaluations.answering import NOT_APPLICABLE_WORDS
from evaluations.item_rules import CHOICE, CHOICES, DATE, LIKERT, OPEN, RANKING, WITH_OPTIONS, YES_NO

DASHES = {"-", "–", "—"}
APART = re.compile(r"[\s,;.]+")
EIGHT_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
LONGEST_NAME = 40

Raw = str | list[str] | Mapping[str, str]


def marks_of(item) -> list[tuple[str, str]]:
    """(what is typed, name) of each option."""
    keys = [option["key"] for option in item.options]
    by_key = any(key.isdecimal() for key in keys)
    marks = keys if by_key else [str(number) for number in range(1, len(keys) + 1)]
    return [(mark, _named(option)) for mark, option in zip(marks, item.options, strict=True)]


def raw_of(item, typed: str) -> Raw:
    """What was typed as `evaluations.answering` reads it. Raises `AnswerError` where no option has that number."""
    text = typed.strip()
    if item.allows_na and (text in DASHES or text.casefold() in NOT_APPLICABLE_WORDS):
        return NOT_APPLICABLE
    if not text or item.type in OPEN:
        return text
    if item.type == DATE:
        return EIGHT_DIGITS.sub(r"\1/\2/\3", text) if EIGHT_DIGITS.fullmatch(text) else text
    if item.type == CHOICE:
        return _option(item, text)
    if item.type == CHOICES:
        return [_option(item, part) for part in APART.split(text) if part]
    if item.type == RANKING:
        return _places(item, text)
    return text


def _option(item, text: str) -> str:
    """The key behind a number; a key or a name, which is read further on, stays what it is."""
    for (mark, _name), option in zip(marks_of(item), item.options, strict=True):
        if text.casefold() == mark.casefold():
            return option["key"]
    if text.isdecimal():
        raise AnswerError(_("Tidak ada pilihan %(number)s.") % {"number": text})
    return text


def _places(item, text: str) -> Mapping[str, str] | str:
    places = [part for part in APART.split(text) if part]
    if len(places) == 1 and len(text) == len(item.options) <= 9:
        places = list(text)
    if not all(place.isdecimal() for place in places):
        return text
    if len(places) != len(item.options):
        raise AnswerError(
            _("Ketik %(n)s nomor, satu untuk tiap pilihan dari atas ke bawah.") % {"n": len(item.options)}
        )
    return dict(zip((option["key"] for option in item.options), places, strict=True))


def typed_of(item, value: Value) -> str:
    """How a stored answer is typed; "" for a missing one."""
    if value is None:
        return ""
    if value == NOT_APPLICABLE:
        return NOT_APPLICABLE
    marks = dict(
        zip((option["key"] for option in item.options), (mark for mark, _name in marks_of(item)), strict=True)
    )
    if item.type == CHOICE:
        return marks.get(value, value)
    if item.type == CHOICES:
        return ",".join(marks.get(key, key) for key in value)
    if item.type == RANKING:
        return " ".join(str(value.index(option["key"]) + 1) for option in item.options)
    if item.type == YES_NO:
        return "y" if value else "t"
    if item.type == DATE:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return _amount(value) if isinstance(value, float) else str(value)


def meant_by(item, value: Value) -> str:
    """A stored answer in words, for whoever compares two of them."""
    if value is None:
        return _("kosong")
    if value == NOT_APPLICABLE:
        return _("tidak berlaku")
    names = {option["key"]: _named(option) for option in item.options}
    if item.type == YES_NO:
        return _("ya") if value else _("tidak")
    if item.type in WITH_OPTIONS:
        return ", ".join(names.get(key, key) for key in ([value] if isinstance(value, str) else value))
    return typed_of(item, value)


def hint_of(item) -> str:
    """The keys that are allowed, for beside the field."""
    text = _hint(item)
    return f"{text}; - {_('tidak berlaku')}" if item.allows_na and text else text


def _hint(item) -> str:
    if item.type == LIKERT:
        names = [_named(label) for label in item.labels]
        ends = zip((item.minimum, item.maximum), (names[0], names[-1]) if names else ("", ""), strict=True)
        return " – ".join(f"{int(end)} {name.lower()}".strip() for end, name in ends)
    if item.type == YES_NO:
        return _("y ya, t tidak")
    if item.type == DATE:
        return _("hh/bb/tttt")
    options = ", ".join(f"{mark} {_short(name)}" for mark, name in marks_of(item))
    if item.type == CHOICES:
        return _("boleh beberapa, misalnya 1,3: %(options)s") % {"options": options}
    if item.type == RANKING:
        names = ", ".join(_short(name) for _mark, name in marks_of(item))
        return _("nomor dalam kotak dari atas ke bawah, misalnya %(example)s: %(options)s") % {
            "example": " ".join(str(place) for place in (2, 1, *range(3, len(item.options) + 1))),
            "options": names,
        }
    if item.type == CHOICE:
        return options
    if item.type in OPEN:
        return ""
    return " ".join(part for part in (_between(item), getattr(item, "unit", "")) if part)


def _between(item) -> str:
    """The bounds of a number, as far as it has any."""
    bounds = {"low": _bound(item.minimum), "high": _bound(item.maximum)}
    if item.minimum is None:
        return _("paling besar %(high)s") % bounds if item.maximum is not None else _("angka")
    if item.maximum is None:
        return _("mulai dari %(low)s") % bounds
    return _("%(low)s sampai %(high)s") % bounds


def _bound(bound: Decimal | None) -> str:
    return "" if bound is None else _amount(float(bound)) if bound % 1 else str(int(bound))


def length_of(item) -> int | None:
    """How many characters make a whole answer, so that the next field may follow by itself; None if not always."""
    if item.allows_na and item.type not in (LIKERT, YES_NO, CHOICE):
        return None
    if item.type == LIKERT and item.minimum >= 0 and item.maximum <= 9:
        return 1
    if item.type == YES_NO:
        return 1
    if item.type == CHOICE and all(len(mark) == 1 for mark, _name in marks_of(item)):
        return 1
    return None


def _amount(value: float) -> str:
    places = len(str(value).partition(".")[2])
    return format_decimal(value, places, get_language() or "id")


def _named(names: Mapping[str, str]) -> str:
    in_english = (get_language() or "").startswith("en")
    return (in_english and names.get("en")) or names["id"]


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
