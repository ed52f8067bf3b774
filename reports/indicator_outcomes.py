"""Measurements of an evaluation -> results of its indicators."""

from collections.abc import Mapping

from evaluations.models import Evaluation, IndicatorSeries, Measurement
from evaluations.predicates import LEGAL_SOURCE, good_from, predicates
from programs.models import Program
from programs.models.programs import Polarity
from reports.analysis.indicators import (
    BeforeAfter,
    Point,
    before_and_after,
    difference_of_changes,
    run_signals,
)
from reports.analysis.indicators import Polarity as BetterDirection
from reports.analysis.ordinal import OrdinalChange, ordinal_change
from reports.analysis.results import Reason, Suppressed
from reports.indicator_contents import (
    ComparisonIndicator,
    IndicatorResult,
    PredicateCount,
    PredicateResult,
)

Scale = IndicatorSeries.Scale


def indicator_results(evaluation: Evaluation) -> tuple[tuple[IndicatorResult, ...], tuple[PredicateResult, ...]]:
    """(those measured by numbers, those by predicates). A unit that only serves for comparison has no result."""
    series = list(evaluation.indicators.prefetch_related("measurements"))
    compared_with = {one.compared_with_id for one in series}
    by_key = {one.pk: one for one in series}
    own = [one for one in series if one.pk not in compared_with]
    return (
        tuple(number_result(one, by_key.get(one.compared_with_id)) for one in own if one.scale == Scale.NUMBER),
        tuple(predicate_result(one) for one in own if one.scale == Scale.PREDICATE),
    )


def number_result(series: IndicatorSeries, other: IndicatorSeries | None) -> IndicatorResult:
    """The result of ``series``, beside its comparison unit where that is measured in the same unit."""
    program = series.evaluation.program
    points = _points(series)
    judged = _judged(series, points, program)
    return IndicatorResult(
        name=series.name,
        agency=series.agency_name,
        unit=series.unit,
        source=series.source,
        starts=program.start_date,
        ends=program.end_date,
        points=points,
        judged=judged,
        signals=run_signals(
            points,
            centre=judged.before and judged.before.median,
            polarity=_polarity(series),
        ),
        comparison=_comparison(judged, other, program) if other and series.is_measured_like(other) else None,
        objective=series.objective_id,
    )


def _comparison(own: BeforeAfter, other: IndicatorSeries, program: Program) -> ComparisonIndicator:
    points = _points(other)
    judged = _judged(other, points, program)
    return ComparisonIndicator(
        agency=other.agency_name,
        points=points,
        judged=judged,
        difference=difference_of_changes(own.change, judged.change),
    )


def _judged(series: IndicatorSeries, points: tuple[Point, ...], program: Program) -> BeforeAfter:
    return before_and_after(
        points,
        starts=program.start_date,
        ends=program.end_date,
        polarity=_polarity(series),
        target=series.target,
        known_baseline=series.baseline,
    )


def _points(series: IndicatorSeries) -> tuple[Point, ...]:
    return tuple(Point(one.date, one.value, one.n) for one in series.measurements.all() if one.value is not None)


def _polarity(series: IndicatorSeries) -> BetterDirection:
    return BetterDirection.MORE_IS_BETTER if series.polarity == Polarity.MORE else BetterDirection.LESS_IS_BETTER


def predicate_result(series: IndicatorSeries) -> PredicateResult:
    """Groups below the evaluation's minimum are withheld."""
    program, minimum = series.evaluation.program, series.evaluation.minimum_group
    measured = [one for one in series.measurements.all() if one.counts]
    before = next((one for one in reversed(measured) if one.date <= program.start_date), None)
    after = next((one for one in reversed(measured) if one.date > program.end_date), None)
    return PredicateResult(
        name=series.name,
        agency=series.agency_name,
        source=series.source,
        starts=program.start_date,
        ends=program.end_date,
        names=tuple(predicate.name for predicate in predicates()),
        good_from=good_from(),
        legal_source=LEGAL_SOURCE,
        counts=tuple(_shown(one, minimum) for one in measured),
        before=before and _shown(before, minimum),
        after=after and _shown(after, minimum),
        change=_ordinal_change(before, after, minimum),
        objective=series.objective_id,
    )


def _ordinal_change(
    before: Measurement | None, after: Measurement | None, minimum: int
) -> OrdinalChange | Suppressed | None:
    if before is None or after is None:
        return None
    sides = [_in_order(one.counts) for one in (before, after)]
    if any(0 < sum(side) < minimum for side in sides):
        return Suppressed(Reason.GROUP_TOO_SMALL, minimum)
    return ordinal_change(*sides, good_from=good_from())


def _shown(measurement: Measurement, minimum: int) -> PredicateCount:
    counts = _in_order(measurement.counts)
    is_small = 0 < sum(counts) < minimum
    return PredicateCount(measurement.date, Suppressed(Reason.GROUP_TOO_SMALL, minimum) if is_small else counts)


def _in_order(counts: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(counts.get(predicate.key, 0) for predicate in predicates())
