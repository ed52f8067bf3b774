"""Two texts as one: what stayed (cut short), what went, what came. Knows no framework."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = r"\s*\S+|\s+$"  # with the space before it
SAME, ADDED, REMOVED, GAP = "same", "added", "removed", "gap"
CONTEXT = 6  # words kept before and after a change
MOST_TOKENS = 2000  # beyond, comparing takes longer than a page may
MOST_SHOWN = 600  # characters of one part


@dataclass(frozen=True)
class Part:
    kind: str
    text: str


def differences(old: str, new: str) -> list[Part]:
    """The parts of both texts in reading order. Long texts are compared by lines, very long ones as wholes."""
    before, after = _tokens(old, new)
    first, last = _common_ends(before, after)
    inner_before, inner_after = before[first : len(before) - last], after[first : len(after) - last]
    parts = [Part(SAME, "".join(before[:first])), *_inner(inner_before, inner_after)]
    parts.append(Part(SAME, "".join(before[len(before) - last :])))
    parts = [part for part in parts if part.text]
    return [shown for place, part in enumerate(parts) for shown in _shown(part, place, len(parts))]


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    words = tuple(re.findall(WORD, text.replace("\r\n", "\n")) for text in (old, new))
    if max(map(len, words)) <= MOST_TOKENS:
        return words
    return old.replace("\r\n", "\n").splitlines(True), new.replace("\r\n", "\n").splitlines(True)


def _common_ends(before: list[str], after: list[str]) -> tuple[int, int]:
    shorter = min(len(before), len(after))
    first = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - first
    last = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return first, last


def _inner(before: list[str], after: list[str]) -> Iterator[Part]:
    if max(len(before), len(after)) > MOST_TOKENS:
        yield Part(REMOVED, "".join(before))
        yield Part(ADDED, "".join(after))
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            yield Part(SAME, "".join(before[i1:i2]))
        else:
            yield Part(REMOVED, "".join(before[i1:i2]))
            yield Part(ADDED, "".join(after[j1:j2]))


def _shown(part: Part, place: int, count: int) -> Iterator[Part]:
    if part.kind != SAME or count == 1:
        yield Part(part.kind, _shortened(part.text))
        return
    words = re.findall(WORD, part.text)
    head = CONTEXT if place > 0 else 0
    tail = CONTEXT if place < count - 1 else 0
    if len(words) <= head + tail + 1:
        yield part
        return
    if head:
        yield Part(SAME, "".join(words[:head]))
    yield Part(GAP, "…")
    if tail:
        yield Part(SAME, "".join(words[-tail:]))


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN].rstrip() + " …"
