"""Randomness that is the same on every machine and Python version. Pure.

Only ``random.Random.random()`` is promised to stay the same for a seed, so everything is made of it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

Choice = TypeVar("Choice")
UNIFORMS = 12  # their sum has variance 1, which makes their sum minus 6 a fair normal


class Chance:
    def __init__(self, *seed: object):
        self._random = Random(":".join(map(str, seed)))  # noqa: S311

    def happens(self, share: float) -> bool:
        return self._random.random() < share

    def normal(self, mean: float = 0.0, spread: float = 1.0) -> float:
        """A value around ``mean``, never further than six ``spread`` away (Irwin–Hall)."""
        return mean + spread * (sum(self._random.random() for _unused in range(UNIFORMS)) - UNIFORMS / 2)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        return choices[int(self._random.random() * len(choices))]

    def shuffled(self, values: Sequence[Choice]) -> list[Choice]:
        keyed = [(self._random.random(), position) for position in range(len(values))]
        return [values[position] for _unused, position in sorted(keyed)]

    def day(self, first: date, last: date) -> date:
        """A day between both ends; early ones are likelier, as with real answers."""
        return first + timedelta(days=int(self._random.random() ** 1.7 * ((last - first).days + 1)))

    def text(self, alphabet: str, length: int) -> str:
        return "".join(self.pick(alphabet) for _unused in range(length))

    def uuid(self) -> UUID:
        return UUID(hex=self.text("0123456789abcdef", 32), version=4)
