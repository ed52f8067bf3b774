"""Lists of people as they are pasted: columns of Excel, a WhatsApp message, the participants of Zoom. Pure.

``read_lines`` takes a text apart; ``match_lines`` finds out who is meant. Neither guesses: a name that two people
have stays open, and a person named twice with different words is left for somebody to decide.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from programs.participation import ABSENT, EXCUSED, ILL, PRESENT

MOST_LINES = 10_000
LONGEST_LINE = 300  # characters; what is longer names nobody
NIP = re.compile(r"(?<![0-9])'?((?:[0-9][ .\-]?){17}[0-9])(?![0-9])")
NUMBERING = re.compile(
    r"^[\s\-*•·▪●○]*(?:[0-9]{1,4}\s*[.)\]:\-][\s.)]*(?=\D)|[0-9]{1,4}\s+(?=[^\W\d]))?[\s\-*•·▪●○]*"
)
TIME = r"[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?(?:\s?[AaPp][Mm])?"
DAY = r"[0-9]{1,4}[/.\-][0-9]{1,2}[/.\-][0-9]{1,4}"
MESSAGE_HEAD = re.compile(rf"^\[?(?:{DAY},?\s+)?{TIME}\]?(?:\s+-)?\s+(?:From\s+|Dari\s+)?")
ADDRESSEE = re.compile(r"\s+(?:to|kepada)\s+(?:everyone|semua orang|semua)\s*(?=:)", re.IGNORECASE)
NUMBER = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?")
SEPARATORS = ("\t", " ", ";", "|")
EMPTY_CELLS = ("", "-", "\N{EN DASH}")
TITLES = frozenset(
    ["dr", "drs", "dra", "ir", "prof", "h", "hj", "apt", "ns", "bpk", "bapak", "ibu", "sdr", "sdri"]
)
# Longer words first: "tidak hadir" is no "hadir".
STATE_WORDS = (
    (ABSENT, ("tidak hadir", "tdk hadir", "tanpa keterangan", "tanpa ket", "mangkir", "alpha", "alpa", "absen")),
    (EXCUSED, ("dinas luar", "izin", "ijin", "cuti")),
    (ILL, ("sakit",)),
    (PRESENT, ("hadir", "present", "✓", "✔", "✅")),
)
STATE_OF = {word: state for state, words in STATE_WORDS for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(STATE_OF, key=len, reverse=True))
STATE_AT_END = re.compile(rf"(?:^|[\s\-:,;|(\[/=*_])({_WORDS})[\s.!)\]*_]*$", re.IGNORECASE)
STATE_AT_START = re.compile(rf"^({_WORDS})(?:[\s\-:,;|]+|$)", re.IGNORECASE)
BETWEEN_PARTS = re.compile(r"\t|[_|/;:]|\s-\s?|\s?-\s|[()\[\]]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that says something: who, perhaps a state, perhaps numbers."""

    number: int  # as the person counts them, from 1
    text: str
    nip: str = ""
    name: str = ""
    state: str = ""
    numbers: tuple[Decimal | None, ...] = ()  # None where a column is empty


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a line may mean."""

    key: int
    nip: str
    code: str
    name: str


class Outcome(StrEnum):
    FOUND = "ditemukan"
    UNKNOWN = "tidak_ditemukan"
    AMBIGUOUS = "ambigu"
    REPEATED = "berulang"  # says the same as an earlier line about the same person
    CONTRADICTED = "bertentangan"  # another line says something else about the same person


@dataclass(frozen=True, slots=True)
class Match:
    line: Line
    outcome: Outcome
    candidates: tuple[int, ...] = ()

    @property
    def key(self) -> int:
        """The person of a line that was found."""
        return self.candidates[0]


def read_lines(text: str, *, with_numbers: bool = False) -> list[Line]:
    """The lines that name somebody. ``with_numbers``: the numbers at the end of a line are scores."""
    lines = []
    for number, raw in enumerate(text.splitlines()[:MOST_LINES], start=1):
        plain = _plain(raw)
        line = _read_line(number, plain, with_numbers) if plain else None
        if line is not None:
            lines.append(line)
    return lines


def has_too_many_lines(text: str) -> bool:
    return len(text.splitlines()) > MOST_LINES


def _plain(raw: str) -> str:
    """One spelling for look-alikes; tabs stay, other control and invisible characters go."""
    text = unicodedata.normalize("NFKC", raw[: LONGEST_LINE * 2])
    kept = (char for char in text if char == "\t" or unicodedata.category(char)[0] != "C")
    return "".join(kept).strip(" \xa0")[:LONGEST_LINE]


def _read_line(number: int, plain: str, with_numbers: bool) -> Line | None:
    before, nip, after = _split_at_nip(ADDRESSEE.sub("", MESSAGE_HEAD.sub("", plain)))
    before = NUMBERING.sub("", before, count=1)
    state, numbers = "", ()
    if with_numbers and nip:
        after, numbers = _take_numbers(after, names=0)
    elif with_numbers:
        before, numbers = _take_numbers(before, names=1)
    rest = " ".join(f"{before}\t{after}".split(" "))
    if not with_numbers:
        rest, state = _take_state(rest)
    name = rest.strip(" \t-:,;|.*_/=")
    if not nip and not re.search(r"\w", name):
        return None
    return Line(number, plain.replace("\t", " "), nip, name, state, numbers)


def _split_at_nip(text: str) -> tuple[str, str, str]:
    found = NIP.search(text)
    if found is None:
        return text, "", ""
    digits = re.sub(r"[^0-9]", "", found[1])
    after = text[found.end() :]
    return text[: found.start()], digits, after[1:] if after[:1] in SEPARATORS else after


def _take_state(text: str) -> tuple[str, str]:
    if found := STATE_AT_END.search(text):
        return text[: found.start(1)].rstrip(" \t-:,;|([/=*_"), STATE_OF[found[1].lower()]
    if found := STATE_AT_START.match(text):
        return text[found.end() :], STATE_OF[found[1].lower()]
    return text, ""


def _take_numbers(text: str, *, names: int) -> tuple[str, tuple[Decimal | None, ...]]:
    """The columns of numbers at the end, and what stands before them; "-" or an empty column is None.

    The first ``names`` columns name the person even when they look like a number.
    """
    separator = r"\t" if "\t" in text.strip() else r"[\s;|/]+"
    cells = [cell.strip(" ()=:;") for cell in re.split(separator, text)]
    numbers: list[Decimal | None] = []
    while len(cells) > names and (cells[-1] in EMPTY_CELLS or NUMBER.fullmatch(cells[-1])):
        cell = cells.pop()
        numbers.insert(0, None if cell in EMPTY_CELLS else Decimal(cell.replace(",", ".")))
    while numbers and numbers[-1] is None:
        numbers.pop()
    return " ".join(cells), tuple(numbers)


def name_key(name: str) -> str:
    """A name as it is compared: letters and digits without case, marks and spaces."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in folded if char.isalnum())


def bare_name_key(name: str) -> str:
    """The same without titles: what stands behind the first comma, and "Dr.", "Hj." and the like before."""
    words = name.split(",")[0].split()
    while len(words) > 1 and (words[0].rstrip(".").casefold() in TITLES):
        words.pop(0)
    return name_key(" ".join(words))


class Directory:
    """The people of a program, found by NIP, code or name."""

    def __init__(self, candidates: Iterable[Candidate]):
        self._by: dict[str, dict[str, list[int]]] = {
            kind: defaultdict(list) for kind in ("nip", "code", "name", "bare")
        }
        for candidate in candidates:
            self._by["nip"][candidate.nip].append(candidate.key)
            self._by["code"][name_key(candidate.code)].append(candidate.key)
            self._by["name"][name_key(candidate.name)].append(candidate.key)
            self._by["bare"][bare_name_key(candidate.name)].append(candidate.key)

    def find(self, line: Line) -> tuple[int, ...]:
        """Everybody whom the line may mean; a NIP decides alone."""
        if line.nip:
            return tuple(self._by["nip"].get(line.nip, ()))
        parts = [part for part in BETWEEN_PARTS.split(line.name) if part and part.strip()]
        for text in (line.name, *parts):
            # Without a title, whoever has that name with one may be meant as well.
            exact = (("name", name_key),) if "," in text else ()
            for kind, key in (("code", name_key), *exact, ("bare", bare_name_key)):
                wanted = key(text)
                if wanted and (found := self._by[kind].get(wanted)):
                    return tuple(found)
        return ()


def match_lines(lines: Sequence[Line], directory: Directory, chosen: dict[int, int] | None = None) -> list[Match]:
    """Who is meant by each line. ``chosen``: line number -> person, decided by hand where a name was ambiguous."""
    matches = []
    for line in lines:
        found = directory.find(line)
        decided = (chosen or {}).get(line.number)
        if len(found) > 1 and decided in found:
            found = (decided,)
        outcome = (Outcome.UNKNOWN, Outcome.FOUND, Outcome.AMBIGUOUS)[min(len(found), 2)]
        matches.append(Match(line, outcome, found))
    return _without_repetitions(matches)


def _without_repetitions(matches: list[Match]) -> list[Match]:
    said: dict[int, set[tuple]] = defaultdict(set)
    for match in matches:
        if match.outcome is Outcome.FOUND:
            said[match.key].add((match.line.state, match.line.numbers))
    met: set[int] = set()
    result = []
    for match in matches:
        outcome = match.outcome
        if outcome is Outcome.FOUND:
            if len(said[match.key]) > 1:
                outcome = Outcome.CONTRADICTED
            elif match.key in met:
                outcome = Outcome.REPEATED
            met.add(match.key)
        result.append(Match(match.line, outcome, match.candidates))
    return result
