"""JP by the conversion rule of the day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from programs.lesson_hours import propose, rule_on


@dataclass(frozen=True)
class Rule:
    unit: str = "sesi"
    lesson_hours: Decimal = Decimal("2.0")
    maximum: Decimal | None = None
    valid_from: date = date(2025, 1, 1)
    valid_until: date | None = date(2025, 12, 31)


OLD = Rule()
NEW = Rule(lesson_hours=Decimal("3.0"), valid_from=date(2026, 1, 1), valid_until=None)
OVERLAPPING = Rule(lesson_hours=Decimal("4.0"), valid_from=date(2025, 7, 1), valid_until=None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), OLD),
        (date(2025, 12, 31), OLD),
        (date(2026, 1, 1), NEW),
        (date(2099, 1, 1), NEW),
    ],
)
def test_rule_holds_from_its_first_day_through_its_last(day, expected):
    assert rule_on([NEW, OLD], "sesi", day) is expected


def test_rule_of_another_unit_is_not_taken():
    assert rule_on([OLD], "hari", date(2025, 5, 1)) is None


@pytest.mark.parametrize("rules", [[OLD, OVERLAPPING], [OVERLAPPING, OLD]])
def test_rule_that_began_later_wins_over_one_that_still_holds(rules):
    assert rule_on(rules, "sesi", date(2025, 8, 1)) is OVERLAPPING
    assert rule_on(rules, "sesi", date(2025, 6, 30)) is OLD


@pytest.mark.parametrize(
    ("quantity", "maximum", "counted", "hours", "is_capped"),
    [
        ("4", None, "8.0", "8.0", False),
        ("4", "8", "8.0", "8", False),
        ("4.5", "8", "9.0", "8", True),
        ("0", "8", "0.0", "0.0", False),
        ("0.5", None, "1.0", "1.0", False),
    ],
)
def test_proposal_is_quantity_times_rate_up_to_the_maximum(quantity, maximum, counted, hours, is_capped):
    rule = Rule(maximum=maximum and Decimal(maximum))
    proposal = propose([rule], "sesi", Decimal(quantity), date(2025, 3, 1))
    assert (proposal.counted, proposal.hours, proposal.is_capped) == (Decimal(counted), Decimal(hours), is_capped)
    assert proposal.rule is rule


def test_proposal_needs_a_rule_and_a_quantity():
    assert propose([], "sesi", Decimal(4), date(2025, 3, 1)) is None
    assert propose([OLD], "sesi", None, date(2025, 3, 1)) is None
    assert propose([OLD], "sesi", Decimal(4), date(2026, 3, 1)) is None


def test_an_activity_counted_as_a_whole_needs_no_quantity():
    rule = Rule(unit="kegiatan", lesson_hours=Decimal("20.0"))
    assert propose([rule], "kegiatan", None, date(2025, 3, 1)).hours == Decimal("20.0")


@pytest.mark.parametrize(("typed", "differs"), [(None, False), ("8", False), ("8.0", False), ("7.5", True)])
def test_proposal_tells_when_a_person_decided_otherwise(typed, differs):
    proposal = propose([OLD], "sesi", Decimal(4), date(2025, 3, 1))
    assert proposal.differs_from(typed and Decimal(typed)) is differs
