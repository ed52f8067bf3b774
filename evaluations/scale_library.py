"""Named scales that an instrument can take over, as data. Pure: no database, no models."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIBRARY = Path(__file__).parent / "scales" / "scales.json"


@dataclass(frozen=True, slots=True)
class NamedScale:
    """A scale with the names of its points, lowest first; between two named ends the names may be empty."""

    key: str
    name: dict[str, str]
    minimum: int
    maximum: int
    labels: tuple[dict[str, str], ...]

    @property
    def n_points(self) -> int:
        return self.maximum - self.minimum + 1


@cache
def named_scales() -> tuple[NamedScale, ...]:
    """Every scale of the library, in its order."""
    rows = json.loads(LIBRARY.read_text(encoding="utf-8"))
    return tuple(NamedScale(**row | {"labels": tuple(row["labels"])}) for row in rows)


def named_scale(key: str) -> NamedScale:
    """The scale with this key. Raises ``KeyError``."""
    return {scale.key: scale for scale in named_scales()}[key]
