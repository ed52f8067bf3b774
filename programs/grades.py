"""Golongan/ruang of PNS and golongan of PPPK, found in the many ways in which people write them. Pure."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from asn_eval.nip import EmploymentStatus

GRADES_FILE = Path(__file__).with_name("data") / "grades.csv"
ROMAN = ("I", "II", "III", "IV")
# "III/d", "III-d", "III d", "IIId", "3/d", wherever it stands in the text.
PNS_CODE = re.compile(r"\b(IV|III|II|I|[1-4])\s*[/\-.]?\s*([A-E])\b")
WORDS_AROUND_PPPK_CODE = re.compile(r"\b(?:GOLONGAN|GOL|PPPK|P3K)\b|[.:]")
RANK_ABBREVIATION = re.compile(r"\btk\b\.?|\btkt\b\.?|\bting\b\.?")


@dataclass(frozen=True, slots=True)
class Grade:
    """One row of the reference data; `rank_name` is the pangkat, which a PPPK does not have."""

    code: str
    rank_name: str
    status: EmploymentStatus
    order: int


@cache
def grades() -> dict[tuple[EmploymentStatus, str], Grade]:
    """Return all grades by status and code, in ascending order."""
    with GRADES_FILE.open(encoding="utf-8", newline="") as file:
        listed = [
            Grade(row["code"], row["rank_name"], EmploymentStatus(row["status"]), int(row["order"]))
            for row in csv.DictReader(file)
        ]
    return {(grade.status, grade.code): grade for grade in listed}


@lru_cache(maxsize=1024)
def find_grade(text: str) -> Grade | None:
    """Return the grade that a text names, or None.

    A golongan/ruang anywhere in the text wins ("Penata Tk. I / III/d"), then a pangkat alone ("Penata Tingkat
    I"), then a PPPK golongan alone ("Golongan IX", "9").
    """
    upper = text.upper()
    codes = [f"{_roman(number)}/{room.lower()}" for number, room in PNS_CODE.findall(upper)]
    if codes:
        return grades().get((EmploymentStatus.PNS, codes[-1]))
    rank = _rank_key(text)
    for grade in grades().values():
        if grade.rank_name and _rank_key(grade.rank_name) == rank:
            return grade
    rest = WORDS_AROUND_PPPK_CODE.sub(" ", upper).strip()
    ordered = [grade for grade in grades().values() if grade.status is EmploymentStatus.PPPK]
    if rest.isascii() and rest.isdigit() and 1 <= int(rest) <= len(ordered):
        return ordered[int(rest) - 1]
    return grades().get((EmploymentStatus.PPPK, rest))


def _roman(number: str) -> str:
    return ROMAN[int(number) - 1] if number.isdigit() else number


def _rank_key(text: str) -> str:
    return " ".join(RANK_ABBREVIATION.sub("tingkat ", text.casefold()).split())
