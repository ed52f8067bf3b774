"""Data that nobody here made: in through our own import, out of the report equal to what other software prints.

The values are those of tests/data/real/README.md. Tolerance: relative 1e-6, or half a unit of the last digit.
"""

import csv
from datetime import UTC, datetime
from decimal import Decimal

from reports.analysis.paired import PairedChange
from reports.assembly import assemble
from tests.evaluations.test_real_data_import import REAL, bring_in, paired, public, rows_of

__all__ = ["bring_in"]  # a fixture: by command and by page

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)

SLEEP = {
    "n_paired": 10,
    "mean_before": 0.75,
    "mean_after": 2.33,
    "sd_before": 1.789010,
    "sd_after": 2.002249,
    "mean_difference": 1.58,
    "sd_difference": 1.229995,
    "t": 4.0621277,
    "df": 9,
    "p": 0.002833,
    "d_z": 1.284558,
    "d_av": 0.832181,
    "g_av": 0.760851,
    "n_up": 9,
    "n_same": 1,
    "n_down": 0,
}
READING = {
    "n_paired": 66,
    "mean_before": 9.787879,
    "mean_after": 8.075758,
    "mean_difference": -1.712121,
    "sd_difference": 3.006481,
    "t": -4.626452,
    "df": 65,
    "p": 1.825e-05,
    "d_z": -0.569477,
    "d_av": -0.532950,
    "g_av": -0.526777,
    "n_up": 19,
    "n_same": 7,
    "n_down": 40,
}


def close(value: float, printed: float) -> bool:
    """Equal to half a unit of the last digit that was printed."""
    exponent = Decimal(repr(printed)).as_tuple().exponent
    return abs(value - printed) <= 0.5 * 10.0**exponent + 1e-6 * abs(printed)


def differing(change: PairedChange, printed: dict) -> dict:
    return {
        name: getattr(change, name) for name, value in printed.items() if not close(getattr(change, name), value)
    }


def test_sleep_comes_out_of_the_report_as_published(world, bring_in):
    evaluation = paired(world.here, "sleep", -10, 10)
    bring_in(evaluation, "sleep")
    [result] = assemble(evaluation, generated_at=NOON).knowledge
    assert differing(result.change, SLEEP) == {}
    assert close(result.change.ci95.low, 0.7001142)
    assert close(result.change.ci95.high, 2.4598858)
    assert close(result.change.d_z_ci.low, 0.414628)
    assert close(result.change.d_z_ci.high, 2.118017)
    wilcoxon = result.change.wilcoxon
    assert (wilcoxon.w_plus, wilcoxon.w_minus, wilcoxon.n_nonzero, wilcoxon.method) == (45, 0, 9, "exact")
    assert close(wilcoxon.p, 0.003906)


def test_reading_comes_out_of_the_report_as_published(world, bring_in):
    evaluation = paired(world.here, "reading_instruction", 0, 20)
    bring_in(evaluation, "reading_instruction")
    report = assemble(evaluation, generated_at=NOON)
    [result] = report.knowledge
    assert differing(result.change, READING) == {}
    assert close(result.change.ci95.low, -2.451206)
    assert close(result.change.ci95.high, -0.973036)
    wilcoxon = result.change.wilcoxon
    assert (wilcoxon.w_plus, wilcoxon.w_minus, wilcoxon.n_nonzero) == (366.5, 1403.5, 59)
    assert close(wilcoxon.p, 8.0552e-05)


def test_attitude_comes_out_of_the_report_as_published(world, bring_in):
    evaluation = public(world.here, "attitude", list(rows_of("attitude")[0]), 0, 100)
    bring_in(evaluation, "attitude")
    [instrument] = assemble(evaluation, generated_at=NOON).reliabilities
    [wave] = instrument.waves
    total = wave.total
    assert (total.n_rows, total.n_complete, total.n_items) == (30, 30, 7)
    assert close(total.alpha, 0.843143)
    assert close(total.ci95.low, 0.739376)
    assert close(total.ci95.high, 0.915773)
    assert close(total.alpha_standardized, 0.839084)
    with (REAL / "attitude.csv").open(newline="") as file:
        names = next(csv.reader(file))
    dropped = dict(zip(names, (0.809760, 0.796917, 0.827848, 0.803031, 0.795387, 0.863872, 0.840465), strict=True))
    assert {item.name: round(item.alpha_if_dropped, 6) for item in total.items} == dropped


def test_the_satisfaction_of_sekadau_comes_out_as_published(world, bring_in):
    items = [f"U{unsur}" for unsur in range(1, 10)]
    evaluation = public(world.here, "skm_sekadau", items, 1, 4, scoring="skm", type_="likert")
    bring_in(evaluation, "skm_sekadau")
    [result] = assemble(evaluation, generated_at=NOON).satisfaction
    after = result.satisfaction_after
    assert result.satisfaction_before is None
    assert (after.n_respondents, str(after.ikm), after.grade) == (49, "78.74", "B")
    assert [item.sum for item in after.items] == [138, 139, 150, 177, 159, 163, 161, 143, 159]
    assert min(after.items, key=lambda item: item.nrr).name == "U1"
