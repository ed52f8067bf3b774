"""PURE: where the sentences of a text begin and end. Two coders are compared sentence by sentence."""

import re

# A sentence ends at the end of a line, or at a mark of its end, with the quotes and brackets behind it, before a
# space. "dr.", "No." or "3.500" end none: after the point there must be white space, before it no lone letter or
# title, and "1." before the words of a list is no sentence either.
END = re.compile(r"\r\n|\r|\n|[.!?…]+[\"'”’)\]]*(?=\s|$)")
NO_END = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Za-z]|dr|drs|dra|ir|prof|hj|bpk|no|dll|dsb|dst|tgl|jl|hlm|s\.d|a\.n|u\.b|d\.a)$", re.I
)
LOOK_BACK = 8  # characters that the longest short form may have


def sentences_of(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence without the white space around it; what holds no letter or digit is none."""
    found, start = [], 0
    for mark in END.finditer(text):
        is_point = mark.group().startswith(".") and not mark.group().startswith("..")
        before = max(start, mark.start() - LOOK_BACK)
        if is_point and (NO_END.search(text, before, mark.start()) or _is_number(text, start, mark.start())):
            continue
        _add(found, text, start, mark.end())
        start = mark.end()
    _add(found, text, start, len(text))
    return found


def _is_number(text: str, start: int, end: int) -> bool:
    return end - start <= LOOK_BACK and text[start:end].strip().isdigit()


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    words = text[start:end]
    if any(character.isalnum() for character in words):
        first = start + len(words) - len(words.lstrip())
        found.append((first, first + len(words.strip())))
