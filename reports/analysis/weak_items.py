"""Items of a scale whose result asks for something to be done: a low mean, or no gain where there was room."""

from dataclasses import dataclass
from enum import StrEnum

from .distributions import Distribution
from .paired import PairedChange

LOW_BELOW = 0.5  # the middle of the scale
ROOM_BELOW = 0.75  # who stands above three quarters of the scale cannot gain much


class Weakness(StrEnum):
    LOW_MEAN = "low_mean"
    NO_GAIN = "no_gain"


@dataclass(frozen=True, slots=True)
class WeakItem:
    """One item with what makes it weak; `gain` is None where nobody was asked twice."""

    weakness: Weakness
    n: int
    mean: float
    gain: float | None


def low_item(item: Distribution, *, minimum: float, maximum: float, limit: float | None = None) -> WeakItem | None:
    """Return the item when its mean lies below `limit`, by default the middle of the scale.

    Reverse items are expected to be turned already. None for an item without answers.
    """
    threshold = minimum + LOW_BELOW * (maximum - minimum) if limit is None else limit
    if item.mean is None or item.mean >= threshold:
        return None
    return WeakItem(Weakness.LOW_MEAN, item.n, item.mean, None)


def stagnant_item(change: PairedChange, *, minimum: float, maximum: float) -> WeakItem | None:
    """Return the item when its paired mean did not rise although three quarters of the scale were not reached."""
    if change.mean_difference is None or change.mean_difference > 0:
        return None
    if change.mean_after >= minimum + ROOM_BELOW * (maximum - minimum):
        return None
    return WeakItem(Weakness.NO_GAIN, change.n_paired, change.mean_after, change.mean_difference)
