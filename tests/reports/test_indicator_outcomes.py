"""Measurements become results: the unit beside it, predicates in their order, small groups withheld."""

from datetime import date

import pytest

from reports.analysis.indicators import Direction
from reports.analysis.results import Reason, Suppressed
from reports.indicator_outcomes import indicator_results
from tests.evaluations.evidence import make_indicator
from tests.evaluations.test_indicators import make_predicates
from tests.queries import count_queries

BEFORE, DURING, AFTER = date(2026, 1, 31), date(2026, 4, 1), date(2026, 7, 31)


def measured(series, *values):
    for day, value in zip((BEFORE, DURING, AFTER), values, strict=True):
        series.measurements.create(date=day, value=value)
    return series


def test_a_comparison_unit_stands_beside_and_has_no_result_of_its_own(world):
    evaluation = world.here.evaluation
    other = measured(make_indicator(evaluation, agency_name="Kecamatan lain"), 9, 9, 8)
    measured(make_indicator(evaluation, compared_with=other), 9, 1, 4)
    (result,), predicates = indicator_results(evaluation)
    assert predicates == ()
    assert (result.agency, result.comparison.agency) == ("Dinas", "Kecamatan lain")
    assert (result.change.difference, result.comparison.judged.change.difference) == (-5, -1)
    assert (result.comparison.difference.difference, result.comparison.difference.direction) == (
        -4,
        Direction.IMPROVED,
    )


@pytest.mark.parametrize("values", [{"unit": "jam"}, {"polarity": "naik"}])
def test_units_that_are_measured_otherwise_are_not_subtracted(world, values):
    other = measured(make_indicator(world.here.evaluation, **values), 9, 9, 8)
    measured(make_indicator(world.here.evaluation, compared_with=other), 9, 1, 4)
    (result,), _predicates = indicator_results(world.here.evaluation)
    assert result.comparison is None


def counted(series, *counts):
    for day, each in zip((BEFORE, DURING, AFTER), counts, strict=True):
        if each:
            series.measurements.create(date=day, counts=each)
    return series


def test_predicates_are_compared_from_before_to_after_in_their_order(world):
    counted(make_predicates(world.here.evaluation), {"baik": 5, "kurang": 5}, {"baik": 1}, {"sangat_baik": 10})
    _numbers, (result,) = indicator_results(world.here.evaluation)
    assert (result.change.before, result.change.after) == ((0, 5, 0, 5, 0), (0, 0, 0, 0, 10))
    assert (result.change.good_before, result.change.good_after, result.change.superiority) == (0.5, 1, 1)
    assert [one.counts for one in result.counts] == [
        (0, 5, 0, 5, 0),
        Suppressed(Reason.GROUP_TOO_SMALL, 5),
        (0, 0, 0, 0, 10),
    ]


@pytest.mark.parametrize(
    ("counts", "change"),
    [
        (({"baik": 4}, None, {"baik": 9}), Suppressed(Reason.GROUP_TOO_SMALL, 5)),
        (({"baik": 9}, None, {"baik": 4}), Suppressed(Reason.GROUP_TOO_SMALL, 5)),
        ((None, {"baik": 9}, {"baik": 9}), None),
        (({"baik": 9}, {"baik": 9}, None), None),
        ((None, None, None), None),
    ],
)
def test_small_groups_are_withheld_and_missing_sides_told_apart(world, counts, change):
    counted(make_predicates(world.here.evaluation), *counts)
    _numbers, (result,) = indicator_results(world.here.evaluation)
    assert result.change == change


def test_indicators_are_read_in_two_queries(world):
    for number in range(3):
        other = measured(make_indicator(world.here.evaluation), 9, 9, 8)
        measured(make_indicator(world.here.evaluation, name=f"Waktu {number}", compared_with=other), 9, 1, 4)
    assert world.here.evaluation.program.start_date  # held by whoever assembles a report
    assert count_queries(lambda: indicator_results(world.here.evaluation)) == 2
