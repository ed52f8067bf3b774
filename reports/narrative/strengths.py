"""Results and findings -> what is strong and what is weak, each with what it rests on. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from asn_eval.numbers import format_decimal, format_integer
from reports.analysis.indicators import Direction as IndicatorDirection
from reports.analysis.satisfaction import Satisfaction
from reports.analysis.triangulation import Direction, Strength, of_change
from reports.contents import EvaluationReport
from reports.narrative.summary import evidence_summary
from reports.result_contents import NamedChange
from reports.words import amount, lower_first

STRONG_GRADES, WEAK_GRADES = frozenset("A"), frozenset("CD")


@dataclass(frozen=True)
class Point:
    """A strength or a weakness in one sentence, and what it rests on with its n."""

    statement: str
    basis: str


def strong_points(report: EvaluationReport) -> tuple[Point, ...]:
    """Dimensions and tests that rose clearly, unsur with the best grade, targets reached, then findings."""
    return (
        *(point for direction, strength, point in _changes(report) if _is_strong(direction, strength)),
        *(point for grade, point in _unsur(report) if grade in STRONG_GRADES),
        *(point for is_reached, _is_worse, point in _indicators(report) if is_reached),
        *_findings(report, "dampak", "kekuatan"),
    )


def weak_points(report: EvaluationReport) -> tuple[Point, ...]:
    """What did not rise or fell, unsur with a low grade, indicators that worsened, then findings."""
    return (
        *(
            point
            for direction, _strength, point in _changes(report)
            if direction in (Direction.UNCHANGED, Direction.UNFAVOURABLE)
        ),
        *(point for grade, point in _unsur(report) if grade in WEAK_GRADES),
        *(point for _is_reached, is_worse, point in _indicators(report) if is_worse),
        *_findings(report, "kelemahan", "tantangan", "kebutuhan"),
    )


def _is_strong(direction: Direction, strength: Strength | None) -> bool:
    return direction is Direction.FAVOURABLE and strength is not Strength.WEAK


def _changes(report: EvaluationReport) -> Iterator[tuple[Direction, Strength | None, Point]]:
    for result in report.measured_changes:
        rows = result.dimensions or (NamedChange("", result.instrument.name, result.total),)
        for row in rows:
            yield from _change(f"Skor {lower_first(row.label)}", result.instrument.name, row.change)
    for result in report.measured_scores:
        name = lower_first(result.instrument.name)
        yield from _change(f"Nilai {name}", result.instrument.name, result.change)


def _change(subject: str, instrument: str, change) -> Iterator[tuple[Direction, Strength | None, Point]]:
    strand = of_change(change)
    if strand is None or strand.direction is Direction.UNKNOWN:
        return
    ends = f"dari {format_decimal(change.mean_before)} menjadi {format_decimal(change.mean_after)}"
    verb = {
        Direction.FAVOURABLE: f"naik {ends}",
        Direction.UNFAVOURABLE: f"turun {ends}",
        Direction.UNCHANGED: f"belum jelas berubah ({ends})",
    }[strand.direction]
    yield (
        strand.direction,
        strand.strength,
        Point(f"{subject} {verb}", f"{instrument}, n = {format_integer(strand.n)} berpasangan"),
    )


def _unsur(report: EvaluationReport) -> Iterator[tuple[str, Point]]:
    for result in report.measured_satisfaction:
        held = result.satisfaction_after or result.satisfaction_before
        if not isinstance(held, Satisfaction):
            continue
        names = {item.key: item.label for item in result.instrument.unsur}
        for unsur in held.items:
            if unsur.grade:
                statement = (
                    f"Unsur {lower_first(names[unsur.name])} bermutu {unsur.grade} "
                    f"(nilai rata-rata {format_decimal(unsur.nrr)})"
                )
                yield unsur.grade, Point(statement, f"{result.instrument.name}, n = {format_integer(unsur.n)}")


def _indicators(report: EvaluationReport) -> Iterator[tuple[bool, bool, Point]]:
    for result in report.indicators:
        change = result.change
        if change.direction is None:
            continue
        moved = f"dari {amount(change.baseline)} menjadi {amount(change.last, result.unit)}"
        target = f", target {amount(change.target, result.unit)}" if change.target is not None else ""
        yield (
            bool(change.target_reached) and change.direction is not IndicatorDirection.WORSENED,
            change.direction is IndicatorDirection.WORSENED,
            Point(
                f"{result.name} di {result.agency}: {moved}{target}",
                f"{result.source}, {format_integer(len(result.points))} pengukuran",
            ),
        )


def _findings(report: EvaluationReport, *kinds: str) -> Iterator[Point]:
    for kind in kinds:
        for finding in report.findings_of(kind):
            yield Point(finding.statement, evidence_summary(finding))
