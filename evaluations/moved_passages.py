"""PURE: where marked passages stand after their text was edited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` (not included) of a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Replacement:
    """Characters ``start`` to ``end`` of a text are written anew as ``text``."""

    start: int
    end: int
    text: str


def move_spans(old: str, new: str, spans: Iterable[Span]) -> dict[Span, Span | None]:
    """Each span of ``old`` -> where the same words stand in ``new``; ``None`` when that cannot be told.

    What lies in the common beginning or end of both texts moves with it. Of the rest the words are looked for
    in the edited middle: one place is taken, of several the one that lies as far along as before when the
    words around it agree, and a passage that is gone or changed is ``None``. Time grows with the length of the
    texts, not with its square.
    """
    before = _common_start(old, new)
    after = _common_end(old, new, before)
    shift = len(new) - len(old)
    moved: dict[Span, Span | None] = {}
    for span in spans:
        if span.end <= before:
            moved[span] = span
        elif span.start >= len(old) - after:
            moved[span] = Span(span.start + shift, span.end + shift)
        else:
            moved[span] = _look_for(old, new, span, before, after)
    return moved


CONTEXT = 40  # characters before and after a passage that tell two places with the same words apart


def _look_for(old: str, new: str, span: Span, before: int, after: int) -> Span | None:
    words = old[span.start : span.end]
    low = max(0, before - len(words))
    high = min(len(new), len(new) - after + len(words))
    places = []
    place = new.find(words, low, high)
    while place >= 0 and len(places) < 50:
        places.append(place)
        place = new.find(words, place + 1, high)
    if len(places) == 1:
        return Span(places[0], places[0] + len(words))
    left, right = old[max(0, span.start - CONTEXT) : span.start], old[span.end : span.end + CONTEXT]
    alike = [
        place
        for place in places
        if new[max(0, place - CONTEXT) : place] == left
        or new[place + len(words) : place + len(words) + CONTEXT] == right
    ]
    return Span(alike[0], alike[0] + len(words)) if len(alike) == 1 else None


def _common_start(old: str, new: str) -> int:
    """How many characters both texts begin with: by halves, for a comparison of slices is fast."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(old: str, new: str, before: int) -> int:
    low, high = 0, min(len(old), len(new)) - before
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def replace_all(
    text: str, replacements: Sequence[Replacement], spans: Iterable[Span]
) -> tuple[str, dict[Span, Span]]:
    """``text`` with the replacements, and where each span stands in it.

    ``replacements`` are in order and do not overlap. A span whose edge lies inside one takes in all of it.
    """
    pieces, edges, at, shift = [], [], 0, 0
    for one in replacements:
        pieces += [text[at : one.start], one.text]
        edges.append((one.start, one.end, shift, len(one.text)))
        shift += len(one.text) - (one.end - one.start)
        at = one.end
    pieces.append(text[at:])

    def moved(position: int, *, is_end: bool) -> int:
        offset = 0
        for start, end, earlier, length in edges:
            if position <= start:
                break
            if position < end:
                return start + earlier + (length if is_end else 0)
            offset = earlier + length - (end - start)
        return position + offset

    return "".join(pieces), {
        span: Span(moved(span.start, is_end=False), moved(span.end, is_end=True)) for span in spans
    }
