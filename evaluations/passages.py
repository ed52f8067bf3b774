"""PURE: passages of a text, found as they were selected and shown where they stand."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Segment:
    """A stretch of text with the keys of all marks that cover it."""

    text: str
    keys: tuple[Hashable, ...] = ()


def find_passage(text: str, quote: str) -> str | None:
    """``quote`` as it stands in ``text``, or ``None`` when it does not.

    Words must agree literally; a browser changes only the white space between
    them when a passage is selected over the end of a line.
    """
    place = locate(text, quote)
    return text[slice(*place)] if place else None


def find_place(text: str, quote: str, *, near: int) -> tuple[int, int] | None:
    """Where ``quote`` stands in ``text``: of several places the one that begins nearest to ``near``."""
    words = quote.split()
    if not words:
        return None
    places = [found.span() for found in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    return min(places, key=lambda place: abs(place[0] - near), default=None)


def split_by_places(text: str, places: Iterable[tuple[int, int, Hashable]]) -> list[Segment]:
    """``text`` cut where marks (start, end, key) that do not overlap begin and end."""
    segments, at = [], 0
    for start, end, key in places:
        segments += [Segment(text[at:start]), Segment(text[start:end], (key,))]
        at = end
    return [segment for segment in (*segments, Segment(text[at:])) if segment.text]


def split_by_passages(text: str, marks: Iterable[tuple[str, Hashable]]) -> list[Segment]:
    """``text`` cut into segments, in order and without loss; ``marks`` are (passage, key).

    A passage is marked where it first occurs; one that does not occur is left out.
    """
    places = [(place, key) for quote, key in marks if (place := locate(text, quote))]
    edges = sorted({0, len(text), *(edge for place, _key in places for edge in place)})
    return [
        Segment(text[start:end], tuple(key for (first, last), key in places if first <= start and end <= last))
        for start, end in pairwise(edges)
    ]


def locate(text: str, quote: str) -> tuple[int, int] | None:
    """Where ``quote`` first stands in ``text``, as ``find_passage`` understands it."""
    words = quote.split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None
