"""Many small values on one page, edited by several people at once. Pure.

A page carries, beside each value that may be typed, the value that stood there when it was opened. Nothing that
somebody else wrote in between is written over without being seen.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

EMPTY = ""
LONGEST_SEEN = 200_000  # characters; a page of five hundred cells needs a tenth
PAIR, PAIRS = "=", ";"


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell of a page that was sent."""

    key: Hashable
    seen: str
    wanted: str

    @property
    def is_touched(self) -> bool:
        return self.wanted != self.seen


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be written, and where somebody else was faster with another value."""

    writes: dict[Hashable, str]
    conflicts: dict[Hashable, str]


def settle(edits: Iterable[Edit], stored: Mapping[Hashable, str]) -> Settled:
    """Compare what was typed with what is stored now. A cell nobody touched is left as it is, whoever wrote it."""
    writes: dict[Hashable, str] = {}
    conflicts: dict[Hashable, str] = {}
    for edit in edits:
        now = stored.get(edit.key, EMPTY)
        if not edit.is_touched or edit.wanted == now:
            continue
        if now == edit.seen:
            writes[edit.key] = edit.wanted
        else:
            conflicts[edit.key] = now
    return Settled(writes, conflicts)


def write_seen(values: Mapping[str, str]) -> str:
    """The values of a page as one text for a hidden input; what is empty is left out."""
    return PAIRS.join(f"{name}{PAIR}{value}" for name, value in values.items() if value)


def read_seen(text: str) -> dict[str, str]:
    """The same values again; what does not look like a pair is left out."""
    pairs = (pair.partition(PAIR) for pair in text[:LONGEST_SEEN].split(PAIRS))
    return {name: value for name, mark, value in pairs if mark}
