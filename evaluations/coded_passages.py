"""PURE: a long text cut into blocks, and each block into the stretches that the same passages cover."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

BLOCK = 3_000  # characters from which a block ends at the next end of a line
LONGEST_BLOCK = 6_000  # without an end of a line it ends at a space, or here


@dataclass(frozen=True)
class Marked:
    """A passage: characters ``start`` to ``end`` (not included), known by its ``key``."""

    key: Hashable
    start: int
    end: int


@dataclass(frozen=True)
class Stretch:
    """Part of a text that the same passages cover; ``begins`` are those of them whose first character is here."""

    text: str
    covered: tuple[Hashable, ...]
    begins: tuple[Hashable, ...]


@dataclass(frozen=True)
class Block:
    """Characters ``start`` to ``end`` of a text, which are sent and drawn together."""

    number: int
    start: int
    end: int

    def touches(self, start: int, end: int) -> bool:
        return start < self.end and self.start < end


def blocks_of(text: str) -> list[Block]:
    """``text`` without loss in blocks that end with a line wherever lines are not endless."""
    edges = [0]
    while edges[-1] < len(text):
        edges.append(_end_of_block(text, edges[-1]))
    return [Block(number, *edge) for number, edge in enumerate(pairwise(edges))]


def _end_of_block(text: str, start: int) -> int:
    latest = start + LONGEST_BLOCK
    if latest >= len(text):
        return len(text)
    for mark, first in (("\n", start + BLOCK), ("\n", start), (" ", start)):
        found = text.find(mark, first, latest) if first > start else text.rfind(mark, start, latest)
        if found > start:
            return found + 1
    return latest


def stretches(text: str, block: Block, passages: Sequence[Marked]) -> list[Stretch]:
    """The stretches of one block, in order and without loss. ``passages`` are sorted by start."""
    here = [one for one in passages if block.touches(one.start, one.end)]
    edges = {block.start, block.end}
    for one in here:
        edges |= {max(one.start, block.start), min(one.end, block.end)}
    opening: dict[int, list[Marked]] = {}
    for one in here:
        opening.setdefault(max(one.start, block.start), []).append(one)
    found, covering = [], []
    for start, end in pairwise(sorted(edges)):
        covering = [one for one in covering if one.end > start] + opening.get(start, [])
        found.append(
            Stretch(
                text[start:end],
                tuple(one.key for one in covering),
                tuple(one.key for one in opening.get(start, ()) if one.start == start),
            )
        )
    return found


def by_block(blocks: Sequence[Block], passages: Sequence[Marked]) -> list[list[Marked]]:
    """The passages that touch each block, in one walk over both; ``passages`` are sorted by start."""
    found: list[list[Marked]] = []
    pending, at = [], 0
    for block in blocks:
        pending = [one for one in pending if one.end > block.start]
        while at < len(passages) and passages[at].start < block.end:
            if passages[at].end > block.start:
                pending.append(passages[at])
            at += 1
        found.append(list(pending))
    return found
