"""PURE: where names and NIPs stand in a text, and what is written in their place."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from asn_eval.nip import DIGITS, OLDEST_BIRTH_YEAR
from evaluations.moved_passages import Replacement, replace_all
from programs.duplicates import name_words

SHORTEST_SINGLE = 3  # letters of a name that is recognised when it stands alone
NIP_KEY = "nip"
# Eighteen digits, or printed in groups: 19860926 201505 1 001, 19860926.201505.1.001.
NIP = re.compile(rf"(?<![0-9])[0-9](?:[ .\-\u00a0\u2007\u202f]?[0-9]){{{DIGITS - 1}}}(?![0-9])")
WORD = re.compile(r"[^\W_]+(?:['\u2019`][^\W_]+)*")
MARKS_IN_WORDS = re.compile("['\u2019`]")
# What may stand between two words of one name.
BETWEEN = re.compile(r"[ \t\u00a0\-]{1,3}|\.[ \t\u00a0]{0,2}|[ \t]?\n[ \t]?")
# Part of the text from then on, and therefore the same in every language of the pages.
NIP_MASK, NAME_MASK = "[NIP]", "[nama %d]"
MASK = re.compile(r"\[nama ([0-9]{1,9})\]")


@dataclass(frozen=True)
class Known:
    """A name that may occur. One that was ``typed`` for this text is found in small letters too."""

    name: str
    typed: bool = False


@dataclass(frozen=True)
class Found:
    """Characters ``start`` to ``end`` of a text name the person (or the number) known by ``key``."""

    start: int
    end: int
    key: str


@dataclass
class Named:
    """One person, or all NIPs, as they were found: how often, and written how."""

    key: str
    label: str
    count: int = 0
    written: list[str] = field(default_factory=list)


def find_nips(text: str) -> list[Found]:
    """Eighteen digits in a row; digits in groups only where the first eight can be a date of birth."""
    return [
        Found(*match.span(), NIP_KEY)
        for match in NIP.finditer(text)
        if len(match[0]) == DIGITS or _is_birth_date(re.sub("[^0-9]", "", match[0])[:8])
    ]


def _is_birth_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= OLDEST_BIRTH_YEAR
    except ValueError:
        return False


class Names:
    """Names to be looked for: whole words, in capitals or not, without titles and degrees.

    Two or more words of a name in their order are that name. One word alone is, when it has three letters and a
    capital; a name that was typed for this text may be written in small letters. What several persons are called
    stands for none of them, but for itself.
    """

    def __init__(self, known: Iterable[Known]):
        self.labels: dict[str, str] = {}
        runs: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.small: set[str] = set()
        for one in known:
            words = name_words(one.name)
            if not words:
                continue
            key = " ".join(words)
            self.labels.setdefault(key, " ".join(one.name.split()))
            for start in range(len(words)):
                for end in range(start + 1, len(words) + 1):
                    runs[words[start:end]].add(key)
            if one.typed and len(words) == 1:
                self.small.add(words[0])
        self.owner = {words: _owner(words, keys) for words, keys in runs.items() if _is_telling(words)}
        for words, key in self.owner.items():
            self.labels.setdefault(key, " ".join(words).title())

    @cached_property
    def by_first(self) -> dict[str, list[tuple[str, ...]]]:
        """First word -> the runs of words that begin with it, the longest first."""
        runs = defaultdict(list)
        for words in self.owner:
            runs[words[0]].append(words)
        return {first: sorted(found, key=len, reverse=True) for first, found in runs.items()}

    def find(self, text: str) -> list[Found]:
        return list(self._find(text)) if self.by_first else []

    def _find(self, text: str) -> Iterator[Found]:
        end = 0
        for match in WORD.finditer(text):
            runs = self.by_first.get(_plain(match[0]))
            if runs and match.start() >= end:
                run, end = next(((run, last) for run in runs if (last := self._end(text, match, run))), ((), end))
                if run:
                    yield Found(match.start(), end, self.owner[run])

    def _end(self, text: str, first: re.Match, words: tuple[str, ...]) -> int:
        """Where ``words`` end that begin with ``first``; 0 when the text goes on otherwise."""
        if len(words) == 1:
            return first.end() if first[0][0].isupper() or words[0] in self.small else 0
        at = first.end()
        for word in words[1:]:
            gap = BETWEEN.match(text, at)
            following = WORD.match(text, gap.end()) if gap else None
            if following is None or _plain(following[0]) != word:
                return 0
            at = following.end()
        return at


def _plain(word: str) -> str:
    plain = word.casefold()
    return plain if plain.isalnum() else MARKS_IN_WORDS.sub("", plain)


def _is_telling(words: tuple[str, ...]) -> bool:
    """Not an initial alone, nor two of them, nor a number."""
    longest = max((word for word in words if not word.isdecimal()), key=len, default="")
    return len(longest) >= SHORTEST_SINGLE


def _owner(words: tuple[str, ...], keys: set[str]) -> str:
    whole = " ".join(words)
    return whole if whole in keys or len(keys) > 1 else next(iter(keys))


def find_all(text: str, names: Names) -> list[Found]:
    """Names and NIPs of ``text`` in their order; they do not overlap."""
    nips = find_nips(text)
    inside = {place for nip in nips for place in range(nip.start, nip.end)}
    named = (found for found in names.find(text) if found.start not in inside and found.end - 1 not in inside)
    return sorted((*nips, *named), key=lambda found: found.start)


def told(texts: Iterable[tuple[str, list[Found]]], names: Names) -> list[Named]:
    """Who was found in the (text, found) of one record: NIPs first, then persons as they first occur."""
    persons: dict[str, Named] = {NIP_KEY: Named(NIP_KEY, "NIP")}
    for text, found in texts:
        for one in found:
            person = persons.setdefault(one.key, Named(one.key, names.labels.get(one.key, one.key)))
            person.count += 1
            written = " ".join(text[one.start : one.end].split())
            if one.key != NIP_KEY and written not in person.written:
                person.written.append(written)
    return [person for person in persons.values() if person.count]


def masks_for(texts: Iterable[tuple[str, list[Found]]], chosen: Collection[str]) -> dict[str, str]:
    """Each chosen key -> what is written in its place; numbers go on after those that stand there already."""
    texts = list(texts)
    last = max((int(number) for text, _found in texts for number in MASK.findall(text)), default=0)
    masks: dict[str, str] = {}
    for _text, found in texts:
        for one in found:
            if one.key in chosen and one.key not in masks:
                if one.key == NIP_KEY:
                    masks[one.key] = NIP_MASK
                else:
                    last += 1
                    masks[one.key] = NAME_MASK % last
    return masks


def replacements(found: Iterable[Found], masks: Mapping[str, str]) -> list[Replacement]:
    return [Replacement(one.start, one.end, masks[one.key]) for one in found if one.key in masks]


def masked(text: str, names: Names, masks: Mapping[str, str]) -> str:
    """``text`` with its masks."""
    return replace_all(text, replacements(find_all(text, names), masks), [])[0]


def without_name(text: str, name: str, mask: str) -> str:
    """``text`` with ``mask`` for every way in which it names the person called ``name``."""
    found = Names([Known(name, typed=True)]).find(text)
    return replace_all(text, [Replacement(one.start, one.end, mask) for one in found], [])[0]
