"""Expressions of an XLSForm in the words of ours: the keys that items got, the values that answers have. Pure."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from evaluations.expressions import LONGEST, ExpressionError, Node, parse
from evaluations.item_rules import unreadable

REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
DATE = re.compile(r"\bdate\(\s*('[0-9]{4}-[0-9]{2}-[0-9]{2}'|\"[0-9]{4}-[0-9]{2}-[0-9]{2}\")\s*\)")
FUNCTION = re.compile(r"([a-z][-a-z]*)\s*$")
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
MOST_WRITTEN = 4 * LONGEST  # longer names and blanks may shrink
COMPARED = ("=", "!=")
BINARY = {"or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"}


class FormulaError(ValueError):
    """The expression cannot be taken over; the message says why."""


@dataclass(slots=True)
class Known:
    """What an expression may speak of: the items that were taken over, by the names they have in the form."""

    keys: dict[str, list[str]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    # key of an item -> value in the form -> value of ours, where they differ
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    # key of an item -> the value that stands for "tidak berlaku", with which our expressions cannot compare
    not_applicable: dict[str, str] = field(default_factory=dict)

    def key_of(self, name: str) -> str:
        """The key of the one item with this name. Raises ``FormulaError``."""
        keys = self.keys.get(name, [])
        if len(keys) == 1 and name not in self.left_out:
            return keys[0]
        if len(keys) > 1 or (keys and name in self.left_out):
            raise FormulaError(_("“%(name)s” dapat berarti lebih dari satu baris") % {"name": name})
        if name in self.left_out:
            raise FormulaError(_("menyebut “%(name)s”, yang dilewati") % {"name": name})
        raise FormulaError(_("menyebut “%(name)s”, yang bukan pertanyaan sebelum baris ini") % {"name": name})


def translate(text: str, known: Known, *, own: str = "") -> str:
    """The expression as an item of ours has it; ``own`` is the key of the item that "." means.

    Raises ``FormulaError`` for what we cannot represent. What needs no change stays as it was written.
    """
    if len(text) > MOST_WRITTEN:
        raise FormulaError(_("terlalu panjang"))
    text = DATE.sub(r"\1", " ".join(text.translate(QUOTES).split()))
    text = REFERENCE.sub(lambda found: f"${{{known.key_of(found[1])}}}", text)
    try:
        node = parse(text)
    except ExpressionError as error:
        raise FormulaError(_reason(text, error)) from error
    changed = _with_our_values(node, known, own)
    text = text if changed == node else as_text(changed)
    if len(text) > LONGEST:
        raise FormulaError(_("terlalu panjang"))
    return text


def _reason(text: str, error: ExpressionError) -> str:
    if len(text) > LONGEST:
        return _("lebih panjang daripada %(n)s huruf") % {"n": LONGEST}
    # "regex(" is read as the word "regex"; reading stops at the word or at its bracket.
    word = FUNCTION.fullmatch(error.part) or FUNCTION.search(text[: error.position - 1])
    if word and text[text.find(word[1], max(0, error.position - 1 - len(word[1]))) + len(word[1]) :].startswith(
        "("
    ):
        return _("fungsi %(name)s() tidak dikenal") % {"name": word[1]}
    return unreadable(error).rstrip(".")


def _with_our_values(node: Node, known: Known, own: str) -> Node:
    name, *parts = node
    if name in ("lit", "ref", "self"):
        return node
    parts = [_with_our_values(part, known, own) for part in parts]
    if name in COMPARED:
        for item, value in (parts, parts[::-1]):
            key = _key(item, own)
            if key and value[0] == "lit":
                return (name, item, ("lit", _our_value(known, key, value[1])))
    if name == "selected" and (key := _key(parts[0], own)) and parts[1][0] == "lit":
        value = _our_value(known, key, parts[1][1])
        if isinstance(value, int):  # a yes or a no is no list
            return ("=", parts[0], ("lit", value))
        return (name, parts[0], ("lit", value))
    return (name, *parts)


def _our_value(known: Known, key: str, value: object) -> object:
    if str(value) == known.not_applicable.get(key):
        raise FormulaError(_("membandingkan dengan “tidak berlaku”"))
    return known.values.get(key, {}).get(str(value), value)


def _key(node: Node, own: str) -> str:
    return node[1] if node[0] == "ref" else own if node[0] == "self" else ""


def as_text(node: Node) -> str:
    """``node`` written out, with brackets around every part that is calculated."""
    name, *parts = node
    if name == "lit":
        return _literal(parts[0])
    if name == "ref":
        return f"${{{parts[0]}}}"
    if name == "self":
        return "."
    if name == "negative":
        return f"-{_bracketed(parts[0])}"
    if name in BINARY:
        return f"{_bracketed(parts[0])} {name} {_bracketed(parts[1])}"
    return f"{name}({', '.join(map(as_text, parts))})"


def _bracketed(node: Node) -> str:
    return f"({as_text(node)})" if node[0] in BINARY or node[0] == "negative" else as_text(node)


def _literal(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"' if "'" in value else f"'{value}'"
    return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def both(one: str, other: str) -> str:
    """What holds when both do; an empty one always holds."""
    return f"({one}) and ({other})" if one and other else one or other


def conjuncts(node: Node) -> list[Node]:
    """The parts of a chain of "and"s, in order."""
    return [*conjuncts(node[1]), *conjuncts(node[2])] if node[0] == "and" else [node]
