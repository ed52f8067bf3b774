"""What the builder lets people write line by line: names of scale points, options, rows of a matrix. Pure.

A line is ``[kode] nama | nama dalam bahasa Inggris | nilai``; only the name must be there. The code of a line
that has none is made of its name, so that answers and imports have something stable to refer to.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import count

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.numbers import marks_of
from evaluations.item_rules import LONGEST_KEY, SLUG

LINE = re.compile(r"(?:\[(?P<key>[^\]]*)\])?\s*(?P<rest>.*)")
POINT = re.compile(r"(?P<point>[-−]?[0-9]{1,3})\s*[=:]\s*(?P<rest>.*)")
NUMBER = re.compile(r"[-−]?[0-9]{1,8}(?:(?P<mark>[.,])(?P<rest>[0-9]{1,6}))?")
GROUP = 3  # digits between two marks of a thousand
LONGEST_NAME = 100
LONGEST_TEXT = 2000


class LineError(ValueError):
    """A line cannot be read; the message names it."""


def key_from(text: str, taken: Collection[str] = (), longest: int = LONGEST_KEY, otherwise: str = "butir") -> str:
    """A key made of `text` that is not among `taken`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    wanted = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:longest].rstrip("_") or otherwise
    if wanted[0].isdigit():
        wanted = f"{otherwise[:1]}{wanted}"[:longest]
    return free_among(wanted, taken, longest)


def free_among(wanted: str, taken: Collection[str], longest: int = LONGEST_KEY) -> str:
    """`wanted`, or the first of `wanted_2`, `wanted_3` … that is not among `taken`."""
    used = {key.casefold() for key in taken}
    if wanted.casefold() not in used:
        return wanted
    numbered = (f"{wanted[: longest - len(str(n)) - 1]}_{n}" for n in count(2))
    return next(key for key in numbered if key.casefold() not in used)


def plain_number(text: str) -> Decimal | None:
    """A short number with a decimal comma or point; None for anything else, and for what may be a thousand."""
    mark = marks_of(get_language() or "id").decimal
    found = NUMBER.fullmatch(text.strip())
    if found is None or (found["mark"] not in (None, mark) and len(found["rest"]) == GROUP):
        return None
    return Decimal(found[0].replace("−", "-").replace(",", "."))


def read_labels(text: str, points: Sequence[int]) -> list[dict[str, str]]:
    """The names of scale points, lowest first. Raises `LineError`.

    ``1 = Sangat rendah | Very low`` names one point; without numbers two lines name both ends, and as many
    lines as points name them all.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    found = [POINT.fullmatch(line) for line in lines]
    if all(found):
        return _numbered_labels(found, points)
    if len(lines) == 2 and len(points) > 2:
        lines = [lines[0], *[""] * (len(points) - 2), lines[1]]
    if len(lines) != len(points):
        raise LineError(
            _("Tulis nama kedua ujung, nama setiap titik (%(n)s baris), atau awali dengan titiknya: 1 = nama.")
            % {"n": len(points)}
        )
    return [_names(line) for line in lines]


def _numbered_labels(found: Iterable[re.Match], points: Sequence[int]) -> list[dict[str, str]]:
    labels = {point: {"id": "", "en": ""} for point in points}
    named = set()
    for match in found:
        point = int(match["point"].replace("−", "-"))
        if point not in labels or point in named:
            raise LineError(
                _("“%(line)s”: titik ini tidak ada pada skala atau tertulis dua kali.") % {"line": match[0]}
            )
        named.add(point)
        labels[point] = _names(match["rest"])
    return list(labels.values())


def write_labels(labels: Sequence[dict[str, str]], lowest: int) -> str:
    return "\n".join(
        f"{lowest + place} = {_joined(names.get('id', ''), names.get('en', ''))}"
        for place, names in enumerate(labels)
        if names.get("id") or names.get("en")
    )


def read_options(text: str) -> list[dict]:
    """[{key, id, en, score?}] in the order of the lines. Raises `LineError`."""
    options: list[dict] = []
    lines = [split_line(line, most=3) for line in text.splitlines() if line.strip()]
    taken = {key for key, _parts in lines if key}
    for key, parts in lines:
        key = key or key_from(parts[0], taken, otherwise="p")
        taken.add(key)
        option = {"key": key, "id": parts[0], "en": parts[1]}
        if parts[2]:
            option["score"] = _score(parts[2])
        options.append(option)
    return options


def write_options(options: Iterable[dict]) -> str:
    mark = marks_of(get_language() or "id").decimal
    lines = []
    for option in options:
        line = f"[{option['key']}] {_joined(option.get('id', ''), option.get('en', ''))}"
        score = option.get("score")
        if score is not None:
            line += f"{'' if option.get('en') else ' |'} | {str(score).replace('.', mark)}"
        lines.append(line)
    return "\n".join(lines)


def read_rows(text: str, taken: Collection[str] = ()) -> list[dict[str, str]]:
    """[{key, text, text_en}] of a matrix. Raises `LineError`."""
    rows = []
    lines = [split_line(line, most=2) for line in text.splitlines() if line.strip()]
    used = {*taken, *(key for key, _parts in lines if key)}
    for key, parts in lines:
        if max(map(len, parts)) > LONGEST_TEXT:
            raise LineError(_("Satu baris paling panjang %(n)s huruf.") % {"n": LONGEST_TEXT})
        key = key or key_from(parts[0], used)
        used.add(key)
        rows.append({"key": key, "text": parts[0], "text_en": parts[1]})
    return rows


def write_rows(rows: Iterable) -> str:
    """The rows of a matrix; line breaks within a row become blanks."""
    return "\n".join(
        f"[{row.key}] {_joined(' '.join(row.text.split()), ' '.join(row.text_en.split()))}" for row in rows
    )


def split_line(line: str, most: int) -> tuple[str, list[str]]:
    """(key or "", parts filled up to `most`)."""
    match = LINE.fullmatch(line.strip())
    parts = [part.strip() for part in match["rest"].split("|")]
    if not parts[0] or len(parts) > most:
        raise LineError(
            _("“%(line)s”: tulis nama, lalu bila perlu terjemahannya sesudah garis tegak (|).") % {"line": line}
        )
    key = (match["key"] or "").strip()
    if match["key"] is not None and not (SLUG.fullmatch(key) and len(key) <= LONGEST_KEY):
        raise LineError(
            _("“%(line)s”: kode dalam kurung siku terdiri atas huruf, angka, garis bawah, atau tanda hubung.")
            % {"line": line}
        )
    return key, [*parts, *[""] * (most - len(parts))]


def _names(text: str) -> dict[str, str]:
    indonesian, _bar, english = (part.strip() for part in text.partition("|"))
    if max(len(indonesian), len(english)) > LONGEST_NAME:
        raise LineError(_("Nama titik skala paling panjang %(n)s huruf.") % {"n": LONGEST_NAME})
    return {"id": indonesian, "en": english}


def _joined(indonesian: str, english: str) -> str:
    return f"{indonesian} | {english}" if english else indonesian


def _score(text: str) -> int | float:
    number = plain_number(text)
    if number is None:
        raise LineError(_("“%(text)s”: nilai pilihan berupa angka.") % {"text": text})
    return int(number) if number == number.to_integral_value() else float(number)
