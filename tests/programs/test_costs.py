"""What a program cost: exact numbers, and the reason where there is none."""

from decimal import Decimal

import pytest

from programs.costs import Expense, Missing, costs_of, totals_of


def expense(component: str, planned: str, realised: str | None = None) -> Expense:
    return Expense(component, Decimal(planned), None if realised is None else Decimal(realised))


LINES = [
    expense("Honorarium", "12000000", "11400000"),
    expense("Konsumsi", "8000000", "8500000"),
    expense("Honorarium", "3000000", "3000000"),
    expense("Perjalanan", "2000000", "1100000"),
]


def test_costs_are_summed_by_component_in_their_order():
    costs = costs_of(LINES, n_participants=40, lesson_hours=Decimal("24.0"))
    assert [
        (part.name, part.totals.planned, part.totals.realised, part.totals.deviation, part.planned_share)
        for part in costs.components
    ] == [
        ("Honorarium", Decimal(15000000), Decimal(14400000), Decimal(-600000), Decimal("0.6")),
        ("Konsumsi", Decimal(8000000), Decimal(8500000), Decimal(500000), Decimal("0.32")),
        ("Perjalanan", Decimal(2000000), Decimal(1100000), Decimal(-900000), Decimal("0.08")),
    ]
    assert [part.realised_share for part in costs.components] == [
        Decimal("0.6"),
        Decimal(8500000) / Decimal(24000000),
        Decimal(1100000) / Decimal(24000000),
    ]
    assert (costs.totals.planned, costs.totals.realised) == (Decimal(25000000), Decimal(24000000))
    assert (costs.totals.deviation, costs.totals.deviation_share) == (Decimal(-1000000), Decimal("-0.04"))


def test_costs_per_participant_and_per_lesson_hour_carry_their_n():
    costs = costs_of(LINES, n_participants=40, lesson_hours=Decimal("24.0"))
    assert (costs.planned_per_participant.amount, costs.planned_per_participant.n) == (Decimal(625000), 40)
    assert (costs.realised_per_participant.amount, costs.realised_per_participant.n) == (Decimal(600000), 40)
    assert costs.realised_per_lesson_hour.amount == Decimal(1000000)
    assert costs.realised_per_lesson_hour.n == Decimal("24.0")
    assert costs.planned_per_lesson_hour.missing is None


def test_missing_realisation_is_not_zero():
    totals = totals_of([expense("A", "100", "90"), expense("A", "900")])
    assert (totals.n_lines, totals.n_known, totals.is_complete) == (2, 1, False)
    assert (totals.planned, totals.realised) == (Decimal(1000), Decimal(90))
    # Only the line whose both amounts are known is compared.
    assert (totals.deviation, totals.deviation_share) == (Decimal(-10), Decimal("-0.1"))


def test_realised_zero_is_known():
    totals = totals_of([expense("A", "100", "0")])
    assert (totals.realised, totals.deviation, totals.deviation_share) == (0, -100, -1)


def test_spending_without_a_plan_has_no_percentage():
    totals = totals_of([expense("A", "0", "50")])
    assert (totals.deviation, totals.deviation_share) == (Decimal(50), None)


@pytest.mark.parametrize(
    ("lines", "n", "planned", "realised"),
    [
        ([], 10, Missing.NO_LINES, Missing.NO_LINES),
        ([expense("A", "100")], 10, None, Missing.NOTHING_KNOWN),
        ([expense("A", "100"), expense("B", "1", "1")], 10, None, Missing.PARTLY_KNOWN),
        ([expense("A", "100", "90")], 0, Missing.NO_UNITS, Missing.NO_UNITS),
        ([expense("A", "100")], 0, Missing.NO_UNITS, Missing.NOTHING_KNOWN),
        ([expense("A", "100", "90")], 10, None, None),
    ],
)
def test_cost_per_unit_says_why_it_is_missing(lines, n, planned, realised):
    costs = costs_of(lines, n_participants=n, lesson_hours=Decimal(n))
    assert (costs.planned_per_participant.missing, costs.realised_per_participant.missing) == (planned, realised)
    assert (costs.planned_per_lesson_hour.missing, costs.realised_per_lesson_hour.missing) == (planned, realised)
    assert (costs.planned_per_participant.amount is None) is (planned is not None)


def test_shares_of_nothing_are_missing():
    (part,) = costs_of([expense("A", "0")], n_participants=1, lesson_hours=Decimal(1)).components
    assert (part.planned_share, part.realised_share) == (None, None)
