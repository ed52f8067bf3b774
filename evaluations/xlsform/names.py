"""Keys for items: the name in the form where it can be one, else the nearest that can. Pure."""

import re
import unicodedata

from evaluations.item_rules import ITEM_KEY, LONGEST_KEY

FORBIDDEN = re.compile(r"[^a-z0-9]+", re.IGNORECASE)


class Keys:
    """Hands out every key once, whatever its case."""

    def __init__(self):
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """A key as near to ``name`` as can be."""
        key = name if ITEM_KEY.fullmatch(name) and len(name) <= LONGEST_KEY else plain_key(name)
        number, base = 2, key
        while key.casefold() in self._taken:
            key = f"{base[: LONGEST_KEY - len(str(number)) - 1]}_{number}"
            number += 1
        self._taken.add(key.casefold())
        return key


def plain_key(name: str, longest: int = LONGEST_KEY) -> str:
    """Letters without accents, digits and underscores, not beginning with a digit."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = FORBIDDEN.sub("_", plain).strip("_")[:longest].rstrip("_") or "butir"
    return f"b_{key}"[:longest] if key[0].isdigit() else key
