"""Which rows of the registry may be one person entered twice. Pure; time and memory grow with the rows only.

Two signs: the same name and the same date of birth; or NIPs that differ in one digit, or in two neighbouring
digits that changed places, under names that are alike. Titles and degrees are no part of a name here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

NIP_LENGTH = 18
# Twenty rows of one name and birth date are a test file or a slip of a spreadsheet; 190 pairs say that already.
MOST_OF_ONE_GROUP = 20
ALIKE = 0.8  # share of common letters from which two names may be one name misspelt
TITLES = "prof dr drs dra drg drh ir h hj kh apt ns"
DEGREE_WORDS = (
    "se sh ssos sip si ssi skom skm st stp sp spt spd spdi sag spsi sak shum sstp sikom sked skep ssit skeb sst "
    "mm mh msi mkom mkes mt mp mpd ma mag mpsi mak mhum map msc mba mpa mti mkn mikom mph mse mec "
    "phd amd amdkeb amdkep amk ners ns apt ak ca cpa bkp drs dra dr ir h hj str strip mtr mtrip"
)
FRONT, DEGREES = frozenset(TITLES.split()), frozenset(DEGREE_WORDS.split())
NOT_LETTERS = re.compile(r"[\W_]+")
PLAIN = re.compile(r"[A-Za-z ]+")


class Sign(StrEnum):
    """Why two rows may be one person; also its word in an address."""

    SAME_NAME = "nama"
    NEAR_NIP = "nip"


@dataclass(frozen=True, slots=True)
class Row:
    """What is compared of one person."""

    key: int
    nip: str
    name: str
    birth_date: date | None


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two keys, the smaller first, and every sign that speaks for the pair."""

    first: int
    second: int
    signs: tuple[Sign, ...] = ()


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without titles before and degrees behind it.

    >>> name_words("Dr. Hj. Siti Aminah, S.Sos., M.Si")
    ('siti', 'aminah')
    """
    if PLAIN.fullmatch(name):
        tokens = name.casefold().split()
    else:
        before, _comma, after = name.partition(",")
        # What follows a comma is a degree, unless it is plainly a word of the name.
        rest = [token for token in after.replace(",", " ").split() if not _is_degree(token)]
        tokens = [*_tokens(before), *_tokens(" ".join(rest))]
    while len(tokens) > 1 and tokens[0] in FRONT:
        del tokens[0]
    while len(tokens) > 1 and tokens[-1] in DEGREES:
        del tokens[-1]
    return tuple(tokens)


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for written in text.split():
        letters = NOT_LETTERS.sub("", written).casefold()
        if letters in DEGREES or letters in FRONT:
            tokens.append(letters)
        else:
            # "M.Yusuf" is two words, "Nur'aini" and "Al-Amin" are one.
            tokens += [part for piece in written.split(".") if (part := NOT_LETTERS.sub("", piece).casefold())]
    return tokens


def _is_degree(token: str) -> bool:
    letters = NOT_LETTERS.sub("", token).casefold()
    return not letters or letters in DEGREES or letters in FRONT or "." in token.strip(".")


def name_key(name: str) -> str:
    """A name without titles, spaces, marks and case: Nur Hayati, S.E. and NURHAYATI are the same."""
    return "".join(name_words(name))


def names_alike(one: str, other: str) -> bool:
    """Whether two names may be one: the same letters, one inside the other by words, or a few slips apart."""
    return _alike(name_words(one), name_words(other))


def _alike(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    key, other_key = "".join(words), "".join(others)
    if not key or not other_key:
        return False
    if key == other_key or sorted(words) == sorted(others):
        return True
    shorter, longer = sorted((set(words), set(others)), key=len)
    if shorter <= longer and any(len(word) > 2 for word in shorter):
        return True
    likeness = SequenceMatcher(None, key, other_key, autojunk=False)
    # Two upper bounds that cost little come first.
    return all(bound() >= ALIKE for bound in (likeness.real_quick_ratio, likeness.quick_ratio, likeness.ratio))


def find_pairs(rows: Iterable[Row]) -> list[Pair]:
    """Every pair with a sign, those with the most signs first."""
    rows = list(rows)
    words = {row.key: name_words(row.name) for row in rows}
    signs: dict[tuple[int, int], list[Sign]] = defaultdict(list)
    for one, other in _same_name_and_birth(rows, words):
        signs[_ordered(one, other)].append(Sign.SAME_NAME)
    for one, other in near_nips(rows):
        if _alike(words[one.key], words[other.key]):
            signs[_ordered(one, other)].append(Sign.NEAR_NIP)
    pairs = [Pair(*keys, tuple(found)) for keys, found in signs.items()]
    return sorted(pairs, key=lambda pair: (-len(pair.signs), pair.first, pair.second))


def _ordered(one: Row, other: Row) -> tuple[int, int]:
    return (one.key, other.key) if one.key < other.key else (other.key, one.key)


def _same_name_and_birth(rows: list[Row], words: dict[int, tuple[str, ...]]) -> Iterator[tuple[Row, Row]]:
    groups: dict[tuple[date, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.birth_date is not None and (key := "".join(words[row.key])):
            groups[row.birth_date, key].append(row)
    for group in groups.values():
        yield from combinations(group[:MOST_OF_ONE_GROUP], 2)


def near_nips(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Rows whose NIPs are one digit, or one exchange of neighbouring digits, apart; each pair once.

    Digit by digit: with that digit taken out, only NIPs that differ there (or nowhere) are equal. One table of
    all rows at a time, so that memory does not grow with the number of digits.
    """
    numbers = [int(row.nip) for row in rows]
    for place in range(NIP_LENGTH):
        yield from _differing_in_one_digit(rows, numbers, 10**place)
    index = dict(zip(numbers, rows, strict=True))
    for unit in (10**place for place in range(NIP_LENGTH - 1)):
        for number, row in index.items():
            two = number // unit % 100
            step = two % 10 - two // 10
            # The exchange that makes the number larger; from the other side it makes it smaller.
            if step > 0 and (other := index.get(number + 9 * step * unit)) is not None:
                yield row, other


def _differing_in_one_digit(rows: list[Row], numbers: list[int], unit: int) -> Iterator[tuple[Row, Row]]:
    first_with: dict[int, int] = {}
    others: dict[int, list[int]] = defaultdict(list)
    for position, number in enumerate(numbers):
        rest = number - number // unit % 10 * unit
        first = first_with.setdefault(rest, position)
        if first != position:
            yield from ((rows[earlier], rows[position]) for earlier in (first, *others[rest]))
            others[rest].append(position)
