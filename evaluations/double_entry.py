"""Two entries of one sheet of paper: where they differ, and what holds. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evaluations.answer_headings import RECALLED
from evaluations.answer_types import Value

FIRST, SECOND = "pertama", "kedua"


@dataclass(frozen=True)
class Entry:
    """What one typist read on a sheet, by item key."""

    values: Mapping[str, Value]
    recalled: Mapping[str, Value] = field(default_factory=dict)

    def fields(self) -> dict[str, Value]:
        """Every field by its name on the page; what was recalled stands behind a prefix."""
        return dict(self.values) | {f"{RECALLED}{key}": value for key, value in self.recalled.items()}

    @property
    def mark(self) -> str:
        """The same for two entries that say the same, and for no others."""
        said = {name: value for name, value in self.fields().items() if value is not None}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Difference:
    """One field that two people typed differently."""

    name: str
    first: Value
    second: Value


def differences(names: Iterable[str], first: Entry, second: Entry) -> list[Difference]:
    """The fields that differ, in the order of `names`."""
    early, late = first.fields(), second.fields()
    return [
        Difference(name, early.get(name), late.get(name)) for name in names if early.get(name) != late.get(name)
    ]


def settled(first: Entry, found: Iterable[Difference], chosen: Mapping[str, str]) -> Entry:
    """The first entry with the second one's answer in every field where that was chosen."""
    values, recalled = dict(first.values), dict(first.recalled)
    for difference in found:
        if chosen[difference.name] == SECOND:
            if difference.name.startswith(RECALLED):
                recalled[difference.name.removeprefix(RECALLED)] = difference.second
            else:
                values[difference.name] = difference.second
    return Entry(values, recalled)


def agreement(n_sheets: int, n_fields: int, n_different: int) -> float | None:
    """The share of fields that both entries have in common; None where nothing was typed twice."""
    fields = n_sheets * n_fields
    return (fields - n_different) / fields if fields else None
