"""What may be recommended for a category of findings, in our own words (data/recommendation_proposals.csv)."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "recommendation_proposals.csv"


@dataclass(frozen=True)
class Wording:
    category: str  # a value of Finding.Category
    kind: str  # a value of Recommendation.Kind
    statement: str
    first_step: str


@lru_cache
def wordings() -> tuple[Wording, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Wording(**row) for row in csv.DictReader(file))
