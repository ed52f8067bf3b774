"""What was typed or read becomes answers, or a sentence for each item that says why not. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaluations.answer_types import NOT_APPLICABLE, AnswerError, Value, read_value
from evaluations.expressions import holds, parse
from evaluations.item_rules import SILENT

__all__ = ["NOT_APPLICABLE", "AnswerError", "AskedItem", "Value", "check_answers", "read_answer", "visible_keys"]

NOT_APPLICABLE_WORDS = {NOT_APPLICABLE, "tb", "t.b.", "tidak berlaku", "n/a", "not applicable"}


class AskedItem(Protocol):
    """What this module needs to know of an item."""

    key: str
    type: str
    minimum: Decimal | None
    maximum: Decimal | None
    options: list[dict]
    matrix: str
    is_required: bool
    allows_na: bool
    relevance: str
    constraint: str
    constraint_message: str
    constraint_message_en: str


def check_answers(
    items: Iterable[AskedItem],
    raw: Mapping[str, object],
    *,
    may_be_incomplete: bool = False,
    today: date | None = None,
) -> tuple[dict[str, Value], dict[str, str]]:
    """Return (values, errors), both by item key.

    `raw` holds what stands in a form or a cell; a key that is not there and an empty text are missing answers.
    `values` has every item that is answered without an error: int for a scale, int or float for a number, 1 or 0
    for yes and no, the key of an option, a list of keys in the order of the options (several choices) or of
    preference (a ranking), a date as in ISO 8601, text, `NOT_APPLICABLE`, None for missing. `errors` names every
    other item with an Indonesian sentence, unknown keys included. What an item that is not asked (its relevance
    does not hold) was given is dropped. With `may_be_incomplete` (paper and files) a required item may be missing.
    """
    items = [item for item in items if item.type not in SILENT or item.relevance]
    known = {item.key for item in items if item.type not in SILENT}
    values: dict[str, Value] = {}
    errors = {key: _("Butir ini tidak ada dalam instrumen.") for key in raw.keys() - known}
    hidden: set[str] = set()
    for item in items:
        if item.matrix in hidden or (item.relevance and not _is_asked(item, values, today)):
            hidden.add(item.key)
            if item.type not in SILENT:
                values[item.key] = None
            continue
        if item.type in SILENT:
            continue
        try:
            value = read_answer(item, raw.get(item.key), required=item.is_required and not may_be_incomplete)
            _check_constraint(item, value, values, today)
            values[item.key] = value
        except AnswerError as error:
            errors[item.key] = str(error)
    return values, errors


def visible_keys(
    items: Iterable[AskedItem], values: Mapping[str, Value], today: date | None = None
) -> frozenset[str]:
    """The keys of the items that are asked of somebody with these `values`, notes and pages included."""
    seen: dict[str, Value] = {}
    shown = set()
    for item in items:
        if item.matrix and item.matrix not in shown:
            continue
        if item.relevance and not _is_asked(item, seen, today):
            continue
        shown.add(item.key)
        seen[item.key] = values.get(item.key)
    return frozenset(shown)


def read_answer(item: AskedItem, raw: object, *, required: bool) -> Value:
    """Return the answer that stands in `raw`. Raises `AnswerError`."""
    if isinstance(raw, str):
        raw = raw.strip()
    if item.allows_na and isinstance(raw, str) and raw.casefold() in NOT_APPLICABLE_WORDS:
        return NOT_APPLICABLE
    value = None if raw is None or raw == "" else read_value(item, raw)
    if value is None and required:
        raise AnswerError(_("Butir ini wajib dijawab."))
    return value


def _is_asked(item: AskedItem, values: Mapping[str, Value], today: date | None) -> bool:
    return holds(parse(item.relevance), _known(values), today=today)


def _check_constraint(item: AskedItem, value: Value, values: Mapping[str, Value], today: date | None) -> None:
    if not item.constraint or value is None or value == NOT_APPLICABLE:
        return
    if not holds(parse(item.constraint), _known(values) | {item.key: value}, own=value, today=today):
        in_english = (get_language() or "").startswith("en") and item.constraint_message_en
        message = in_english or item.constraint_message
        raise AnswerError(message or _("Jawaban ini tidak memenuhi syarat butir ini."))


def _known(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: None if value == NOT_APPLICABLE else value for key, value in values.items()}
