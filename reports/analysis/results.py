"""What every analysis returns is built from: plain, frozen, without words for people.

A number that is not defined for the data is None, never NaN and never a stand-in.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a result is withheld or undefined."""

    GROUP_TOO_SMALL = "group_too_small"
    PROTECTS_OTHER_GROUP = "protects_other_group"
    UNSUR_WITHOUT_ANSWERS = "unsur_without_answers"


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval estimate and its confidence level (0.95 for 95%)."""

    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Stands in the place of a result that may not be shown; `minimum` is the group size that was asked for."""

    reason: Reason
    minimum: int
