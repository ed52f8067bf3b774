"""What a program was to cost and did cost, by component, per participant and per JP. Pure.

An amount that nobody noted is missing and never zero: sums of what was realised say of how many lines they are,
deviations compare only lines of which both amounts are known, and a cost per participant or JP is given only
when every line is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

ZERO = Decimal(0)


@dataclass(frozen=True)
class Expense:
    """One line of a budget; ``realised`` is None until it is known."""

    component: str
    planned: Decimal
    realised: Decimal | None


@dataclass(frozen=True)
class Totals:
    """Sums over some lines. ``realised`` and ``deviation`` are None when no line is known."""

    n_lines: int
    n_known: int
    planned: Decimal
    realised: Decimal | None
    deviation: Decimal | None
    deviation_share: Decimal | None  # of what was planned for the known lines; None where that is nothing

    @property
    def is_complete(self) -> bool:
        return self.n_known == self.n_lines


@dataclass(frozen=True)
class ComponentCost:
    """One component: its sums and its share of the whole."""

    name: str
    totals: Totals
    planned_share: Decimal | None
    realised_share: Decimal | None


class Missing(Enum):
    """Why a cost per unit cannot be given."""

    NO_LINES = "no_lines"
    NO_UNITS = "no_units"
    NOTHING_KNOWN = "nothing_known"
    PARTLY_KNOWN = "partly_known"


@dataclass(frozen=True)
class UnitCost:
    """A cost divided by ``n`` participants or JP: an amount, or the reason why there is none."""

    n: Decimal
    amount: Decimal | None
    missing: Missing | None


@dataclass(frozen=True)
class Costs:
    """The costs of one program."""

    components: tuple[ComponentCost, ...]
    totals: Totals
    planned_per_participant: UnitCost
    realised_per_participant: UnitCost
    planned_per_lesson_hour: UnitCost
    realised_per_lesson_hour: UnitCost


def costs_of(expenses: Iterable[Expense], *, n_participants: int, lesson_hours: Decimal) -> Costs:
    """The costs of a program from the lines of its budget, components in the order in which they come."""
    expenses = list(expenses)
    totals = totals_of(expenses)
    by_component: dict[str, list[Expense]] = {}
    for expense in expenses:
        by_component.setdefault(expense.component, []).append(expense)
    participants = Decimal(n_participants)
    return Costs(
        components=tuple(_component(name, lines, totals) for name, lines in by_component.items()),
        totals=totals,
        planned_per_participant=_per_unit(_planned(totals), participants),
        realised_per_participant=_per_unit(_realised(totals), participants),
        planned_per_lesson_hour=_per_unit(_planned(totals), lesson_hours),
        realised_per_lesson_hour=_per_unit(_realised(totals), lesson_hours),
    )


def totals_of(expenses: Iterable[Expense]) -> Totals:
    """Sums of lines, each with the number of lines that it covers."""
    expenses = list(expenses)
    known = [(expense.planned, expense.realised) for expense in expenses if expense.realised is not None]
    planned_of_known = sum((planned for planned, _realised in known), ZERO)
    realised = sum((amount for _planned, amount in known), ZERO) if known else None
    deviation = None if realised is None else realised - planned_of_known
    return Totals(
        n_lines=len(expenses),
        n_known=len(known),
        planned=sum((expense.planned for expense in expenses), ZERO),
        realised=realised,
        deviation=deviation,
        deviation_share=_share(deviation, planned_of_known),
    )


def _component(name: str, expenses: list[Expense], whole: Totals) -> ComponentCost:
    totals = totals_of(expenses)
    return ComponentCost(
        name=name,
        totals=totals,
        planned_share=_share(totals.planned, whole.planned),
        realised_share=_share(totals.realised, whole.realised),
    )


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole if part is not None and whole else None


def _planned(totals: Totals) -> Decimal | Missing:
    return totals.planned if totals.n_lines else Missing.NO_LINES


def _realised(totals: Totals) -> Decimal | Missing:
    if not totals.n_lines:
        return Missing.NO_LINES
    if totals.realised is None:
        return Missing.NOTHING_KNOWN
    return totals.realised if totals.is_complete else Missing.PARTLY_KNOWN


def _per_unit(amount: Decimal | Missing, n: Decimal) -> UnitCost:
    if isinstance(amount, Missing):
        return UnitCost(n, None, amount)
    if not n:
        return UnitCost(n, None, Missing.NO_UNITS)
    return UnitCost(n, amount / n, None)
