"""When an item is asked and which answers it takes: the part of XLSForm's expressions that we understand. Pure.

``${key} = 'ya' and not(selected(${other}, 'dana'))`` names answers by the key of their item, ``.`` is the answer
to the item itself. A missing answer is an empty text; compared by size it is never true, as in XPath 1.0, which
XLSForm builds on. See https://xlsform.org/en/#relevant for what other tools understand beside this.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache

LONGEST = 500  # characters
DEEPEST = 20  # brackets within brackets
TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
      | (?P<text>'[^']*'|"[^"]*")
      | \$\{\s*(?P<ref>[A-Za-z_][-A-Za-z0-9_]*)\s*\}
      | (?P<word>[a-z][-a-z]*)
      | (?P<sign>!=|<=|>=|[=<>+\-*(),.])
    )""",
    re.VERBOSE,
)
END = ("end", "")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
# function -> number of arguments
FUNCTIONS = {
    "selected": 2,
    "count-selected": 1,
    "not": 1,
    "string-length": 1,
    "true": 0,
    "false": 0,
    "today": 0,
}

# ("lit", value) | ("ref", key) | ("self",) | (operator or function, Node, …)
Node = tuple
Answer = int | float | str | list | None


class ExpressionError(ValueError):
    """Not an expression that we understand; ``part`` is where reading stopped, ``position`` counts from 1."""

    def __init__(self, part: str, position: int):
        super().__init__(f"{part!r} at {position}")
        self.part, self.position = part, position


@lru_cache(2000)
def parse(text: str) -> Node:
    """The expression in ``text`` as nested tuples. Raises ``ExpressionError``."""
    if len(text) > LONGEST:
        raise ExpressionError(text[:20], LONGEST + 1)
    return _Parser(text).whole()


def references(node: Node) -> frozenset[str]:
    """The keys of all items that ``node`` looks at."""
    return frozenset(part[1] for part in _walk(node) if part[0] == "ref")


def looks_at_itself(node: Node) -> bool:
    return any(part[0] == "self" for part in _walk(node))


def holds(node: Node, answers: Mapping[str, Answer], *, own: Answer = None, today: date | None = None) -> bool:
    """Whether ``node`` is true of ``answers`` (by item key; None and absent are missing) and of ``own``."""
    return _truth(_value(node, answers, own, today or date.today()))


def as_json(node: Node) -> list:
    """``node`` as nested lists, for the page that evaluates it in the browser."""
    return [as_json(part) if isinstance(part, tuple) else part for part in node]


class _Parser:
    def __init__(self, text: str):
        self.text = text
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self._or()
        if self._next() != END:
            raise self._error()
        return node

    def _next(self) -> tuple[str, str]:
        return self.tokens[self.at][:2]

    def _take(self, *wanted: tuple[str, str]) -> str:
        """The next token where it is one of those, and "" where it is not."""
        token = self._next()
        if token not in wanted:
            return ""
        self.at += 1
        return token[1]

    def _error(self) -> ExpressionError:
        _kind, value, position = self.tokens[self.at]
        return ExpressionError(value, position + 1)

    def _chain(self, operand: Callable[[], Node], *operators: tuple[str, str]) -> Node:
        node = operand()
        while operator := self._take(*operators):
            node = (operator, node, operand())
        return node

    def _or(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error()
        node = self._chain(self._and, ("word", "or"))
        self.depth -= 1
        return node

    def _and(self) -> Node:
        return self._chain(self._comparison, ("word", "and"))

    def _comparison(self) -> Node:
        node = self._sum()
        if operator := self._take(*(("sign", sign) for sign in COMPARISONS)):
            node = (operator, node, self._sum())
        return node

    def _sum(self) -> Node:
        return self._chain(self._product, ("sign", "+"), ("sign", "-"))

    def _product(self) -> Node:
        return self._chain(self._operand, ("sign", "*"), ("word", "div"), ("word", "mod"))

    def _operand(self) -> Node:
        if self._take(("sign", "-")):
            return ("negative", self._operand_once())
        return self._operand_once()

    def _operand_once(self) -> Node:
        kind, value, _position = self.tokens[self.at]
        if kind == "number":
            self.at += 1
            return ("lit", float(value) if "." in value else int(value))
        if kind == "text":
            self.at += 1
            return ("lit", value[1:-1])
        if kind == "ref":
            self.at += 1
            return ("ref", value)
        if self._take(("sign", ".")):
            return ("self",)
        if self._take(("sign", "(")):
            node = self._or()
            self._expect(")")
            return node
        if kind == "word" and value in FUNCTIONS:
            self.at += 1
            return (value, *self._arguments(FUNCTIONS[value]))
        raise self._error()

    def _arguments(self, number: int) -> Iterator[Node]:
        self._expect("(")
        arguments = []
        for place in range(number):
            if place:
                self._expect(",")
            arguments.append(self._or())
        self._expect(")")
        return arguments

    def _expect(self, sign: str) -> None:
        if not self._take(("sign", sign)):
            raise self._error()


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    position, length = 0, len(text.rstrip())
    while position < length:
        found = TOKEN.match(text, position)
        if found is None:
            rest = text[position:].lstrip()
            raise ExpressionError(rest[:20].rstrip(), len(text) - len(rest) + 1)
        yield found.lastgroup, found[found.lastgroup], found.start(found.lastgroup)
        position = found.end()
    yield *END, length


def _walk(node: Node) -> Iterator[Node]:
    yield node
    if node[0] not in ("lit", "ref"):
        for part in node[1:]:
            yield from _walk(part)


def _value(node: Node, answers: Mapping[str, Answer], own: Answer, today: date):
    name, *parts = node
    if name == "lit":
        return parts[0]
    if name == "ref":
        return answers.get(parts[0])
    if name == "self":
        return own
    if name in ("true", "false"):
        return name == "true"
    if name == "today":
        return today.isoformat()
    values = [_value(part, answers, own, today) for part in parts]
    if name in COMPARISONS:
        return _compare(name, *values)
    if name == "and":
        return all(map(_truth, values))
    if name == "or":
        return any(map(_truth, values))
    if name == "not":
        return not _truth(values[0])
    if name == "selected":
        return _text(values[1]) in _chosen(values[0])
    if name == "count-selected":
        return len(_chosen(values[0]))
    if name == "string-length":
        return len(_text(values[0]))
    return _calculate(name, [_number(value) for value in values])


def _compare(operator: str, left, right) -> bool:
    numbers = _number(left), _number(right)
    if None not in numbers:
        left, right = numbers
    elif operator in ("=", "!="):
        left, right = _text(left), _text(right)
    else:
        left, right = _text(left), _text(right)
        # Dates are the only texts with an order; it is that of their letters.
        if not (ISO_DATE.fullmatch(left) and ISO_DATE.fullmatch(right)):
            return False
    return {
        "=": left == right,
        "!=": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[operator]


def _calculate(operator: str, numbers: list[float | None]) -> float | None:
    if None in numbers:
        return None
    if operator == "negative":
        return -numbers[0]
    left, right = numbers
    if operator in ("div", "mod") and right == 0:
        return None
    return {
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "div": lambda: left / right,
        "mod": lambda: left - right * int(left / right),  # the sign of the dividend, as in XPath
    }[operator]()


def _truth(value) -> bool:
    return bool(value)


def _chosen(value) -> list[str]:
    if isinstance(value, list):
        return value
    return _text(value).split()


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(value) if isinstance(value, list) else str(value)


def _number(value) -> float | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    if not isinstance(value, str) or not value.strip().isascii():
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None  # neither "inf" nor "nan"
