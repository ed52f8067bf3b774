"""The predicates of yearly performance as data/performance_predicates.csv has them. Pure."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "performance_predicates.csv"
LEGAL_SOURCE = "PermenPANRB Nomor 6 Tahun 2022"


@dataclass(frozen=True)
class Predicate:
    key: str
    name: str
    is_good: bool


@cache
def predicates() -> tuple[Predicate, ...]:
    """All of them, from the worst to the best."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["order"]))
    return tuple(Predicate(row["key"], row["name"], row["is_good"] == "1") for row in rows)


def good_from() -> int:
    """The place of the first predicate that counts as good."""
    return next(place for place, predicate in enumerate(predicates()) if predicate.is_good)
