"""Relevance as sentences: what the builder's condition editor reads and writes, and what paper prints. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from asn_eval.numbers import format_decimal
from evaluations.expressions import COMPARISONS, ExpressionError, Node, parse
from evaluations.item_lines import plain_number
from evaluations.item_rules import CHOICES, DATE, LIKERT, MATRIX, NUMBER, SCORE, SILENT, YES_NO

IS, IS_NOT, AT_LEAST, AT_MOST, ABOVE, BELOW = "=", "!=", ">=", "<=", ">", "<"
HAS, HAS_NOT, ANSWERED, UNANSWERED = "memuat", "tidak_memuat", "terjawab", "kosong"
OPERATORS = (
    (IS, gettext_lazy("adalah")),
    (IS_NOT, gettext_lazy("bukan")),
    (AT_LEAST, gettext_lazy("paling sedikit")),
    (AT_MOST, gettext_lazy("paling banyak")),
    (ABOVE, gettext_lazy("lebih dari")),
    (BELOW, gettext_lazy("kurang dari")),
    (HAS, gettext_lazy("memuat pilihan")),
    (HAS_NOT, gettext_lazy("tidak memuat pilihan")),
    (ANSWERED, gettext_lazy("dijawab")),
    (UNANSWERED, gettext_lazy("tidak dijawab")),
)
WITHOUT_VALUE = (ANSWERED, UNANSWERED)
BY_SIZE = (AT_LEAST, AT_MOST, ABOVE, BELOW)
ALL, ANY = "and", "or"
NUMERIC = (LIKERT, SCORE, NUMBER, YES_NO)
YES_WORDS, NO_WORDS = {"1", "ya", "yes"}, {"0", "tidak", "no"}


@dataclass(frozen=True, slots=True)
class Condition:
    """The answer to `key` compared by `operator` with `value`, as the expression has it."""

    key: str
    operator: str
    value: int | float | str = ""


class ConditionError(ValueError):
    """The line cannot become an expression; the message tells why."""


def read_conditions(text: str) -> tuple[str, list[Condition]] | None:
    """(ALL or ANY, conditions) where `text` is a chain of plain comparisons; None where only a formula says it."""
    try:
        node = parse(text)
    except ExpressionError:
        return None
    joined = node[0] if node[0] in (ALL, ANY) else ALL
    conditions = [_condition(part) for part in _chain(node, joined)]
    return None if None in conditions else (joined, conditions)


def write_conditions(joined: str, conditions: Iterable[Condition]) -> str:
    """The expression that says so."""
    return f" {joined} ".join(_expression(condition) for condition in conditions)


def condition_of(item, operator: str, typed: str) -> Condition:
    """What somebody means by `typed`: an option by name or key, a number, a date. Raises `ConditionError`."""
    if operator in WITHOUT_VALUE:
        return Condition(item.key, operator)
    typed = " ".join(typed.split())
    if not typed:
        raise ConditionError(_("Isi jawaban yang dibandingkan."))
    if operator in BY_SIZE and item.type not in (*NUMERIC, DATE):
        raise ConditionError(_("“%(item)s” tidak mempunyai jawaban berupa angka.") % {"item": item.label})
    if item.options:
        operator = {IS: HAS, IS_NOT: HAS_NOT}.get(operator, operator) if item.type == CHOICES else operator
        return Condition(item.key, operator, _option_key(item, typed))
    if operator in (HAS, HAS_NOT):
        raise ConditionError(_("“%(item)s” tidak mempunyai pilihan jawaban.") % {"item": item.label})
    if item.type == YES_NO:
        return Condition(item.key, operator, _yes_or_no(typed))
    if item.type in NUMERIC:
        return Condition(item.key, operator, _number(item, typed))
    if item.type == DATE and not _is_date(typed):
        raise ConditionError(_("Tulis tanggal seperti 2026-11-23."))
    if "'" in typed and '"' in typed:
        raise ConditionError(_("Jangan memakai kedua macam tanda petik sekaligus."))
    return Condition(item.key, operator, typed)


def value_in_words(item, value: int | float | str) -> str:
    """How the editor shows a value: an option by its name, yes and no as words."""
    if item is not None and item.type == YES_NO and value in (0, 1):
        return _("Ya") if value else _("Tidak")
    for option in item.options if item is not None else ():
        if option["key"] == value:
            return _name(option)
    return _shown(value) if isinstance(value, int | float) else value


def lost_options(items: Iterable) -> list[tuple[str, str, str]]:
    """(item, other item, option) where a condition asks for an option that the other item does not have."""
    items = list(items)
    options = {item.key: {option["key"] for option in item.options} for item in items if item.options}
    return [
        (item.key, condition.key, condition.value)
        for item in items
        for condition in _conditions_within(item.relevance)
        if condition.key in options and condition.operator in (IS, IS_NOT, HAS, HAS_NOT)
        if condition.value not in options[condition.key]
    ]


def _conditions_within(text: str) -> list[Condition]:
    try:
        return list(_plain_parts(parse(text))) if text else []
    except ExpressionError:
        return []


def _plain_parts(node: Node) -> Iterator[Condition]:
    if condition := _condition(node):
        yield condition
    elif node[0] not in ("lit", "ref"):
        for part in node[1:]:
            yield from _plain_parts(part)


# --- Sentences for paper and lists ---


def question_numbers(items: Iterable) -> dict[str, str]:
    """key -> number on the page: answered items count on, the rows of a matrix share its number as 4a, 4b …"""
    numbers: dict[str, str] = {}
    last, row = 0, 0
    for item in items:
        if item.matrix and item.matrix in numbers:
            numbers[item.key] = f"{numbers[item.matrix]}{_letter(row)}"
            row += 1
        elif item.type == MATRIX or item.type not in SILENT:
            last, row = last + 1, 0
            numbers[item.key] = str(last)
    return numbers


def expression_in_words(node: Node, items: Iterable) -> str:
    """`node` as words that follow “bila”: nomor 4 dijawab “Ya”."""
    items = list(items)
    return _Words({item.key: item for item in items}, question_numbers(items)).of(node)


class _Words:
    def __init__(self, items: Mapping[str, object], numbers: Mapping[str, str]):
        self.items, self.numbers = items, numbers

    def of(self, node: Node) -> str:
        """A condition in words."""
        name, *parts = node
        if name in (ALL, ANY):
            word = _("dan") if name == ALL else _("atau")
            return f" {word} ".join(self._within(part, name) for part in _chain(node, name))
        if condition := _condition(node):
            return self._condition(condition)
        if name == "not":
            return _("tidak benar bahwa %(condition)s") % {"condition": self._within(parts[0], name)}
        if name in COMPARISONS:
            return self._compared(name, *parts)
        if name == "true":
            return _("selalu")
        if name == "false":
            return _("tidak pernah")
        if name == "selected":
            return _("%(left)s memuat %(right)s") % {"left": self._value(parts[0]), "right": self._value(parts[1])}
        return _("%(value)s ada") % {"value": self._value(node)}

    def _within(self, node: Node, outer: str) -> str:
        return f"({self.of(node)})" if node[0] in (ALL, ANY) and node[0] != outer else self.of(node)

    def _condition(self, condition: Condition) -> str:
        item = self.items.get(condition.key)
        words = value_in_words(item, condition.value)
        if item is not None and item.type == LIKERT:
            words = self._point(item, condition.value)
        elif isinstance(condition.value, str) or (item is not None and item.type == YES_NO):
            words = f"“{words}”"
        place = {"number": self._number(condition.key), "value": words}
        return {
            IS: _("%(number)s dijawab %(value)s"),
            IS_NOT: _("%(number)s tidak dijawab %(value)s"),
            AT_LEAST: _("jawaban %(number)s paling sedikit %(value)s"),
            AT_MOST: _("jawaban %(number)s paling banyak %(value)s"),
            ABOVE: _("jawaban %(number)s lebih dari %(value)s"),
            BELOW: _("jawaban %(number)s kurang dari %(value)s"),
            HAS: _("pada %(number)s dipilih %(value)s"),
            HAS_NOT: _("pada %(number)s tidak dipilih %(value)s"),
            ANSWERED: _("%(number)s dijawab"),
            UNANSWERED: _("%(number)s tidak dijawab"),
        }[condition.operator] % place

    def _compared(self, operator: str, left: Node, right: Node) -> str:
        sides = {"left": self._value(left), "right": self._value(right)}
        return {
            IS: _("%(left)s sama dengan %(right)s"),
            IS_NOT: _("%(left)s tidak sama dengan %(right)s"),
            AT_LEAST: _("%(left)s paling sedikit %(right)s"),
            AT_MOST: _("%(left)s paling banyak %(right)s"),
            ABOVE: _("%(left)s lebih dari %(right)s"),
            BELOW: _("%(left)s kurang dari %(right)s"),
        }[operator] % sides

    def _value(self, node: Node) -> str:
        name, *parts = node
        if name == "lit":
            return _shown(parts[0]) if isinstance(parts[0], int | float) else f"“{parts[0]}”"
        if name == "ref":
            return _("jawaban %(number)s") % {"number": self._number(parts[0])}
        if name == "self":
            return _("jawaban ini")
        if name == "today":
            return _("hari pengisian")
        if name == "count-selected":
            return _("banyaknya pilihan pada %(value)s") % {"value": self._value(parts[0])}
        if name == "string-length":
            return _("panjang %(value)s") % {"value": self._value(parts[0])}
        if name == "negative":
            return f"−{self._value(parts[0])}"
        if name in ("+", "-", "*", "div", "mod"):
            sign = {"-": "−", "*": "×", "div": "÷", "mod": _("sisa bagi")}.get(name, name)
            return f"({self._value(parts[0])} {sign} {self._value(parts[1])})"
        return self.of(node)

    def _number(self, key: str) -> str:
        number = self.numbers.get(key)
        return _("nomor %(number)s") % {"number": number} if number else f"“{key}”"

    def _point(self, item, value: int | float | str) -> str:
        """A point of a scale with its name, where it has one."""
        shown = _shown(value) if isinstance(value, int | float) else f"“{value}”"
        place = value - item.minimum if isinstance(value, int) and item.minimum is not None else -1
        name = _name(item.labels[int(place)]) if 0 <= place < len(item.labels) else ""
        return f"{shown} ({name})" if name and name != shown else shown


def _chain(node: Node, operator: str) -> list[Node]:
    if node[0] != operator:
        return [node]
    return [*_chain(node[1], operator), *_chain(node[2], operator)]


def _condition(node: Node) -> Condition | None:
    name, *parts = node
    if name == "not" and parts[0][0] == "selected":
        inner = _condition(parts[0])
        return inner and Condition(inner.key, HAS_NOT, inner.value)
    if name not in (*COMPARISONS, "selected") or parts[0][0] != "ref":
        return None
    key, value = parts[0][1], _literal(parts[1])
    if value is None:
        return None
    if value == "":
        return {IS: Condition(key, UNANSWERED), IS_NOT: Condition(key, ANSWERED)}.get(name)
    return Condition(key, HAS if name == "selected" else name, value)


def _literal(node: Node) -> int | float | str | None:
    if node[0] == "negative" and node[1][0] == "lit" and isinstance(node[1][1], int | float):
        return -node[1][1]
    return node[1] if node[0] == "lit" else None


def _expression(condition: Condition) -> str:
    answer = f"${{{condition.key}}}"
    if condition.operator in WITHOUT_VALUE:
        return f"{answer} {'!=' if condition.operator == ANSWERED else '='} ''"
    value = condition.value
    if isinstance(value, str):
        quote = '"' if "'" in value else "'"
        value = f"{quote}{value}{quote}"
    elif isinstance(value, float):
        value = f"{Decimal(str(value)):f}"  # never as 1e-05
    if condition.operator == HAS:
        return f"selected({answer}, {value})"
    if condition.operator == HAS_NOT:
        return f"not(selected({answer}, {value}))"
    return f"{answer} {condition.operator} {value}"


def _option_key(item, typed: str) -> str:
    word = typed.casefold()
    for option in item.options:
        names = (option["key"], option.get("id", ""), option.get("en", ""))
        if word in {" ".join(name.split()).casefold() for name in names if name}:
            return option["key"]
    names = ", ".join(f"“{_name(option)}”" for option in item.options)
    raise ConditionError(
        _("“%(typed)s” bukan pilihan jawaban %(item)s. Yang ada: %(names)s.")
        % {"typed": typed, "item": item.label, "names": names}
    )


def _yes_or_no(typed: str) -> int:
    if typed.casefold() in YES_WORDS:
        return 1
    if typed.casefold() in NO_WORDS:
        return 0
    raise ConditionError(_("Tulis “Ya” atau “Tidak”."))


def _number(item, typed: str) -> int | float:
    for place, names in enumerate(item.labels):
        if typed.casefold() in {names.get(part, "").casefold() for part in ("id", "en")} - {""}:
            return int(item.minimum) + place
    number = plain_number(typed)
    if number is None:
        raise ConditionError(_("“%(item)s” dijawab dengan angka.") % {"item": item.label})
    return int(number) if number == number.to_integral_value() else float(number)


def _is_date(typed: str) -> bool:
    try:
        date.fromisoformat(typed)
    except ValueError:
        return False
    return len(typed) == len("2026-11-23")


def _name(names: Mapping[str, str]) -> str:
    english = names.get("en") if (get_language() or "").startswith("en") else ""
    return english or names.get("id", "")


def _shown(value: int | float) -> str:
    places = max(0, -Decimal(str(value)).as_tuple().exponent)
    return format_decimal(value, places, get_language() or "id")


def _letter(place: int) -> str:
    """0 -> a, 25 -> z, 26 -> aa."""
    return ("" if place < 26 else _letter(place // 26 - 1)) + chr(ord("a") + place % 26)
