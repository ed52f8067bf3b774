"""How many JP an activity counts for, by the conversion rule of its day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

# A rule of this unit counts the activity as a whole, however long it took.
WHOLE_ACTIVITY = "kegiatan"


class Rule(Protocol):
    """What is asked of a conversion rule (programs.models.LessonHourRule)."""

    unit: str
    lesson_hours: Decimal
    maximum: Decimal | None
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class Proposal:
    """The JP by one rule: ``counted`` is quantity times rate, ``hours`` what the maximum leaves of it."""

    rule: Rule
    quantity: Decimal
    counted: Decimal
    hours: Decimal

    @property
    def is_capped(self) -> bool:
        return self.hours < self.counted

    def differs_from(self, typed: Decimal | None) -> bool:
        """Whether a person decided otherwise."""
        return typed is not None and typed != self.hours


def rule_on(rules: Iterable[Rule], unit: str, day: date) -> Rule | None:
    """The rule of ``unit`` that holds on ``day``, both ends included; of two that hold, the younger one."""
    holding = [
        rule
        for rule in rules
        if rule.unit == unit and rule.valid_from <= day and (rule.valid_until is None or day <= rule.valid_until)
    ]
    return max(holding, key=lambda rule: rule.valid_from, default=None)


def propose(rules: Iterable[Rule], unit: str, quantity: Decimal | None, day: date) -> Proposal | None:
    """The JP of ``quantity`` units begun on ``day``; None without a quantity or without a rule.

    ``rules`` are those of one form of training.
    """
    if unit == WHOLE_ACTIVITY and quantity is None:
        quantity = Decimal(1)
    rule = rule_on(rules, unit, day)
    if rule is None or quantity is None:
        return None
    counted = (quantity * rule.lesson_hours).quantize(Decimal("0.1"))
    return Proposal(rule, quantity, counted, counted if rule.maximum is None else min(counted, rule.maximum))
