"""What must hold of an answer: bounds of a number where a condition says no more than that, else the condition."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from evaluations.expressions import Node, parse
from evaluations.item_rules import LARGEST_BOUND, NOTE, NUMBER
from evaluations.xlsform.columns import Row, Text
from evaluations.xlsform.form import Form
from evaluations.xlsform.formulas import FormulaError, as_text, both, conjuncts, translate
from evaluations.xlsform.model import Outcome

LONGEST_MESSAGE = 200
IS_WHOLE = ". mod 1 = 0"
WHOLE_MESSAGE = Text("Isi dengan bilangan bulat.", "Enter a whole number.")
# What our own forms write when an item has bounds and a condition as well.
BOUNDED = re.compile(
    r"\. >= (-?[0-9.]+)(?: and \. <= (-?[0-9.]+))?(?: and \((.*)\))?|\. <= (-?[0-9.]+)(?: and \((.*)\))?"
)


def constraint_of(row: Row, shape: dict, key: str, message: Text, form: Form) -> tuple[str, Text]:
    """The condition and its message; bounds of a number go into ``shape``."""
    raw = row.get("constraint")
    if max(len(message.id), len(message.en)) > LONGEST_MESSAGE:
        reason = _("lebih panjang daripada %(n)s huruf") % {"n": LONGEST_MESSAGE}
        form.findings.problem(row.number, "constraint_message", message.id, reason, Outcome.CELL)
        message = Text()
    is_whole = row.get("type").split()[0].lower() in ("integer", "int")
    try:
        form.known.keys.setdefault(row.get("name"), []).append(key)
        text = translate(raw, form.known, own=key) if raw else ""
    except FormulaError as error:
        form.findings.problem(row.number, "constraint", raw, str(error), Outcome.CELL)
        text = ""
    finally:
        form.known.keys[row.get("name")].pop()
    if shape["type"] == NOTE:
        if raw:
            form.findings.problem(row.number, "constraint", raw, _("catatan tidak dijawab"), Outcome.CELL)
        return "", Text()
    if shape["type"] == NUMBER and "minimum" not in shape:
        text = _take_bounds(text, shape)
    if is_whole and shape["type"] == NUMBER:
        message = message or WHOLE_MESSAGE
        text = f"{IS_WHOLE} and ({text})" if text else IS_WHOLE
    return text, message if text else Text()


def _take_bounds(text: str, shape: dict) -> str:
    """Put bounds that stand in a condition into the item, and return what is left of the condition."""
    if not text:
        return ""
    if found := BOUNDED.fullmatch(text):
        low, high, rest, only_high, other_rest = found.groups()
        if _set_bounds(shape, low, high or only_high):
            return rest or other_rest or ""
    rest = []
    bounds: dict[str, Decimal] = {}
    for part in conjuncts(parse(text)):
        bound = _bound(part)
        if bound and bound[0] not in bounds:
            bounds[bound[0]] = bound[1]
        else:
            rest.append(part)
    if not bounds or not _set_bounds(shape, bounds.get("minimum"), bounds.get("maximum")):
        return text
    text = ""
    for part in rest:
        text = both(text, as_text(part))
    return text


def _bound(node: Node) -> tuple[str, Decimal] | None:
    if len(node) != 3 or node[0] not in ("<=", ">="):
        return None
    operator, left, right = node
    if right == ("self",):
        operator, left, right = {"<=": ">=", ">=": "<="}[operator], right, left
    number = right[1] if right[0] == "negative" else right
    if left != ("self",) or number[0] != "lit" or isinstance(number[1], str):
        return None
    value = Decimal(str(number[1])) * (-1 if right[0] == "negative" else 1)
    return ("minimum" if operator == ">=" else "maximum"), value


def _set_bounds(shape: dict, low: object, high: object) -> bool:
    try:
        minimum, maximum = (None if each is None else Decimal(str(each)) for each in (low, high))
    except InvalidOperation:
        return False
    if any(bound is not None and (abs(bound) > LARGEST_BOUND or bound * 100 % 1) for bound in (minimum, maximum)):
        return False
    if minimum is not None and maximum is not None and minimum >= maximum:
        return False
    shape["minimum"], shape["maximum"] = minimum, maximum
    return True


def bounded(minimum: Decimal | None, maximum: Decimal | None, constraint: str) -> tuple[str, str]:
    """The other way round: the type of a number and one condition out of its bounds and its own condition."""
    kind = "decimal"
    if constraint == IS_WHOLE or (constraint.startswith(f"{IS_WHOLE} and (") and constraint.endswith(")")):
        kind = "integer"
        constraint = constraint.removeprefix(IS_WHOLE).removeprefix(" and (").removesuffix(")")
    parts = [
        f". {sign} {bound.normalize():f}"
        for sign, bound in ((">=", minimum), ("<=", maximum))
        if bound is not None
    ]
    if not parts:
        return kind, constraint
    return kind, " and ".join([*parts, *([f"({constraint})"] if constraint else [])])
