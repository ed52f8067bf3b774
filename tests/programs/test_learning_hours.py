"""Which JP count, said in a table of cases."""

from datetime import date
from decimal import Decimal

import pytest

from programs.learning_hours import (
    ActivityHours,
    Basis,
    Duty,
    LearningYear,
    Participation,
    Source,
    Training,
    by_year,
    counted,
    duty_in,
    number_key,
)

END = date(2025, 11, 28)
ACTIVITIES = (
    ActivityHours(Decimal(8), was_noted=True, was_present=True),
    ActivityHours(Decimal(4), was_noted=True, was_present=False),
    ActivityHours(Decimal(3), was_noted=False, was_present=False),
)


def part(**values) -> Participation:
    return Participation(
        **{
            "key": 1,
            "ended_on": END,
            "is_participant": True,
            "is_completed": True,
            "activities": ACTIVITIES,
        }
        | values
    )


@pytest.mark.parametrize(
    ("participation", "expected"),
    [
        # Attended, and those at which nobody was noted; not the one that was missed.
        (part(), [(Basis.ATTENDANCE, Decimal(11))]),
        (part(is_completed=False), []),
        (part(activities=()), []),
        (part(activities=ACTIVITIES[1:2]), []),
        # A certificate that holds says it all, completed or not.
        (part(certificate_hours=Decimal(20)), [(Basis.CERTIFICATE, Decimal(20))]),
        (part(certificate_hours=Decimal(20), is_completed=False), [(Basis.CERTIFICATE, Decimal(20))]),
        (part(certificate_hours=Decimal(0)), [(Basis.CERTIFICATE, Decimal(0))]),
        # Comparison people were not trained.
        (part(is_participant=False), []),
        (part(is_participant=False, certificate_hours=Decimal(20)), []),
    ],
)
def test_participation_counts_as_the_rule_says(participation, expected):
    assert [(source.basis, source.hours) for source in counted([participation], [])] == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("", [20, 6]),
        ("12/BKPSDM/2025", [20]),
        (" 12/bkpsdm / 2025 ", [20]),
        ("13/BKPSDM/2025", [20, 6]),
    ],
)
def test_a_record_with_the_number_of_a_counted_certificate_counts_once(number, expected):
    own = part(certificate_hours=Decimal(20), certificate_number="12/BKPSDM/2025")
    record = Training(5, date(2025, 1, 1), Decimal(6), number)
    assert [source.hours for source in counted([own], [record])] == expected


def test_a_record_with_the_number_of_a_certificate_that_does_not_count_does_count():
    own = part(is_participant=False, certificate_hours=Decimal(20), certificate_number="12")
    assert [source.hours for source in counted([own], [Training(5, END, Decimal(6), "12")])] == [6]


def test_records_without_a_number_are_never_taken_for_one_another():
    records = [Training(key, END, Decimal(6)) for key in (1, 2)]
    assert [source.key for source in counted([part(certificate_hours=Decimal(1))], records)] == [1, 2, 1]


@pytest.mark.parametrize(
    ("written", "key"), [("", ""), ("  ", ""), ("12/ A /25", "12/a/25"), ("No. 7\t/x", "no.7/x")]
)
def test_number_key_ignores_case_and_spaces(written, key):
    assert number_key(written) == key


DUTIES = [
    Duty("PNS", Decimal(10), date(2010, 1, 1), date(2017, 4, 6)),
    Duty("PNS", Decimal(20), date(2017, 4, 7)),
    Duty("PPPK", Decimal(24), date(2026, 7, 1), date(2026, 12, 31)),
]


@pytest.mark.parametrize(
    ("status", "year", "hours"),
    [
        ("PNS", 2009, None),
        ("PNS", 2010, 10),
        ("PNS", 2016, 10),
        ("PNS", 2017, 20),  # both hold on days of that year; the later one began last
        ("PNS", 2026, 20),
        ("PPPK", 2025, None),
        ("PPPK", 2026, 24),
        ("PPPK", 2027, None),
    ],
)
def test_duty_is_the_rule_of_that_status_and_year(status, year, hours):
    assert duty_in(DUTIES, status, year) == hours


def test_years_hold_their_sources_and_the_running_one_is_always_there():
    sources = [
        Source(1, Basis.RECORD, date(2024, 12, 31), Decimal("4.5")),
        Source(2, Basis.RECORD, date(2025, 1, 1), Decimal(6)),
        Source(3, Basis.CERTIFICATE, date(2025, 7, 1), Decimal(16)),
    ]
    assert by_year(sources, duties=DUTIES, status="PNS", this_year=2026) == [
        LearningYear(2026, Decimal(0), Decimal(20), ()),
        LearningYear(2025, Decimal(22), Decimal(20), tuple(sources[1:])),
        LearningYear(2024, Decimal("4.5"), Decimal(20), tuple(sources[:1])),
    ]


@pytest.mark.parametrize(
    ("hours", "duty", "missing"), [(0, 20, 20), (Decimal("19.5"), 20, Decimal("0.5")), (21, 20, 0), (3, None, 0)]
)
def test_missing_hours_never_fall_below_nothing(hours, duty, missing):
    duty = None if duty is None else Decimal(duty)
    assert LearningYear(2026, Decimal(hours), duty, ()).missing == missing
