"""Names and labels that SPSS takes. Pure."""

import re

LONGEST_NAME, LONGEST_LABEL, LONGEST_VALUE_LABEL = 64, 256, 120  # bytes
RESERVED = frozenset(["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"])
FORBIDDEN = re.compile(r"[^A-Za-z0-9_]+")


class Names:
    """Gives every variable a name of its own, whatever the keys of items are."""

    def __init__(self):
        self._taken: set[str] = set()

    def take(self, wanted: str, suffix: str = "") -> str:
        """A valid name near `wanted`, which ends with `suffix` as far as it had it."""
        stem = wanted.removesuffix(suffix) if suffix else wanted
        base, number = _valid(stem), 1
        while True:
            end = _plain(suffix) if number == 1 else f"{_plain(suffix)}_{number}"
            name = f"{base[: LONGEST_NAME - len(end)]}{end}".rstrip("_") or "v"
            if name.upper() not in self._taken and name.upper() not in RESERVED:
                self._taken.add(name.upper())
                return name
            number += 1


def _valid(text: str) -> str:
    plain = _plain(text)
    return plain if plain[:1].isalpha() else f"v{plain}" if plain[:1] == "_" else f"v_{plain}"


def _plain(text: str) -> str:
    return FORBIDDEN.sub("_", text)


def shortened(text: str, longest: int) -> str:
    """The same words on one line in at most `longest` bytes of UTF-8, never half a letter."""
    text = " ".join(text.replace("\0", "").split())
    raw = text.encode()
    if len(raw) <= longest:
        return text
    return raw[: longest - 3].decode(errors="ignore").rstrip() + "…"
