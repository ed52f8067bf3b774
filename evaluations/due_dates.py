"""When the waves of an evaluation are due, by rules that count from the program's days. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from dateutil.relativedelta import relativedelta


class Rule(Protocol):
    """What this module needs to know of a rule; ``program_type`` "" holds for types without one of their own."""

    program_type: str
    wave: str
    anchor: str  # "mulai" or "selesai"
    offset: int
    unit: str  # "hari" or "bulan"
    days_open: int


@dataclass(frozen=True)
class WaveDates:
    """The first and the last day of a wave; both count."""

    opens_on: date
    closes_on: date


def due_dates(rules: Iterable[Rule], *, program_type: str, start: date, end: date) -> dict[str, WaveDates]:
    """The dates of each wave that has a rule, for a program of that type from ``start`` to ``end``.

    A month on from the 31st is the last day of a shorter month. A wave counted back from the first day ends on it:
    whoever is asked how it was before must answer before.
    """
    chosen: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda each: each.program_type != ""):
        if rule.program_type in ("", program_type):
            chosen[rule.wave] = rule
    return {wave: _dates(rule, start, end) for wave, rule in chosen.items()}


def _dates(rule: Rule, start: date, end: date) -> WaveDates:
    anchor = start if rule.anchor == "mulai" else end
    step = relativedelta(months=rule.offset) if rule.unit == "bulan" else timedelta(days=rule.offset)
    opens_on = anchor + step
    closes_on = opens_on + timedelta(days=rule.days_open - 1)
    if rule.anchor == "mulai" and rule.offset <= 0:
        closes_on = max(opens_on, min(closes_on, anchor))
    return WaveDates(opens_on, closes_on)
