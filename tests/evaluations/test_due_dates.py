"""When waves are due, how many to ask, when a mail may go out, which addresses bounced."""

from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_string
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from evaluations.bounces import bounced_addresses
from evaluations.due_dates import WaveDates, due_dates
from evaluations.mail_times import next_working_moment
from evaluations.sampling import invitations_needed, krejcie_morgan


def rule(wave, offset, *, anchor="selesai", unit="hari", days_open=14, program_type=""):
    return SimpleNamespace(
        wave=wave, offset=offset, anchor=anchor, unit=unit, days_open=days_open, program_type=program_type
    )


START, END = date(2026, 3, 10), date(2026, 8, 31)


@pytest.mark.parametrize(
    ("rules", "wave", "dates"),
    [
        ([rule("sebelum", -14, anchor="mulai", days_open=14)], "sebelum", ("2026-02-24", "2026-03-09")),
        ([rule("sebelum", -3, anchor="mulai", days_open=30)], "sebelum", ("2026-03-07", "2026-03-10")),
        ([rule("sesudah", 0)], "sesudah", ("2026-08-31", "2026-09-13")),
        ([rule("bulan_6", 6, unit="bulan", days_open=30)], "bulan_6", ("2027-02-28", "2027-03-29")),
        ([rule("bulan_3", 3, unit="bulan", days_open=1)], "bulan_3", ("2026-11-30", "2026-11-30")),
        (
            [rule("sesudah", 0), rule("sesudah", 7, program_type="pelatihan")],
            "sesudah",
            ("2026-09-07", "2026-09-20"),
        ),
        (
            [rule("sesudah", 7, program_type="pelatihan"), rule("sesudah", 0)],
            "sesudah",
            ("2026-09-07", "2026-09-20"),
        ),
    ],
)
def test_a_wave_is_due_by_its_rule(rules, wave, dates):
    found = due_dates(rules, program_type="pelatihan", start=START, end=END)
    assert found == {wave: WaveDates(*map(date.fromisoformat, dates))}


def test_a_rule_of_another_type_does_not_count():
    rules = [rule("sesudah", 7, program_type="pembinaan")]
    assert due_dates(rules, program_type="pelatihan", start=START, end=END) == {}


# The printed table of Krejcie and Morgan (1970), Educational and Psychological Measurement 30(3), 608.
@pytest.mark.parametrize(
    ("population", "sample"),
    [
        (1, 1),
        (10, 10),
        (20, 19),
        (30, 28),
        (50, 44),
        (75, 63),
        (100, 80),
        (150, 108),
        (200, 132),
        (300, 169),
        (500, 217),
        (1_000, 278),
        (2_000, 322),
        (5_000, 357),
        (10_000, 370),
        (50_000, 381),
        (100_000, 383),
    ],
)
def test_the_sample_is_that_of_the_printed_table(population, sample):
    assert krejcie_morgan(population) == sample


@pytest.mark.parametrize(("population", "margin"), [(0, "0.05"), (-1, "0.05"), (10, "0.009"), (10, "0.21")])
def test_a_sample_of_nothing_is_refused(population, margin):
    with pytest.raises(ValueError, match="must"):
        krejcie_morgan(population, margin=Decimal(margin))


def test_more_are_asked_than_are_needed():
    assert invitations_needed(278, expected_rate=Decimal("0.4")) == 695
    assert invitations_needed(80, expected_rate=Decimal(1)) == 80
    with pytest.raises(ValueError, match="rate"):
        invitations_needed(80, expected_rate=Decimal(0))


@pytest.mark.parametrize(
    ("now", "zone", "moment"),
    [
        ("2026-11-27 03:00", "Asia/Jakarta", "2026-11-27 10:00"),  # Friday 10.00 there
        ("2026-11-27 00:30", "Asia/Jakarta", "2026-11-27 08:00"),
        ("2026-11-27 09:00", "Asia/Jakarta", "2026-11-30 08:00"),  # Friday 16.00: too late
        ("2026-11-27 08:59", "Asia/Jakarta", "2026-11-27 15:59"),
        ("2026-11-28 05:00", "Asia/Jakarta", "2026-11-30 08:00"),  # Saturday
        ("2026-11-29 23:30", "Asia/Jayapura", "2026-11-30 08:30"),  # already Monday in the east
        ("2026-11-26 22:00", "Asia/Jayapura", "2026-11-27 08:00"),
    ],
)
def test_mails_go_out_while_the_office_works(now, zone, moment):
    aware = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert next_working_moment(aware, zone) == datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))


def report(action: str, status: str, recipient: str = "rfc822; Hilang@Contoh.go.id") -> str:
    return "\n".join(
        [
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "Tidak sampai.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.contoh.go.id",
            "",
            f"Final-Recipient: {recipient}",
            f"Action: {action}",
            f"Status: {status}",
            "",
            "--b--",
            "",
        ]
    )


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        (report("failed", "5.1.1"), ["hilang@contoh.go.id"]),
        (report("FAILED", "5.2.1", "RFC822;<hilang@contoh.go.id>"), ["hilang@contoh.go.id"]),
        (report("delayed", "4.4.1"), []),
        (report("failed", "4.4.1"), []),
        (report("delivered", "2.0.0"), []),
        ("Subject: halo\n\nAction: failed\nStatus: 5.1.1\n", []),
    ],
)
def test_only_what_failed_for_good_is_taken_for_a_wrong_address(text, addresses):
    assert bounced_addresses(message_from_string(text)) == addresses
