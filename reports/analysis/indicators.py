"""Service indicators before and after a program, for which a fall may be the improvement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import log2

from .counts import Number
from .exact import Counted, mean, median, resolution, to_float, to_fraction


class Polarity(StrEnum):
    """Which direction is better."""

    MORE_IS_BETTER = "more_is_better"
    LESS_IS_BETTER = "less_is_better"


class Direction(StrEnum):
    """What a change means once polarity is known."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """From the baseline to the last value, in the indicator's unit; None where a value is missing.

    `percent_change` is relative to the size of the baseline (25.0 means 25%), None for a baseline of 0.
    """

    baseline: float | None
    last: float | None
    target: float | None
    polarity: Polarity
    difference: float | None
    percent_change: float | None
    direction: Direction | None
    target_reached: bool | None


@dataclass(frozen=True, slots=True)
class Point:
    """One measurement; `n` is the number of cases it was made of, where that is known."""

    date: date
    value: Number
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """How an indicator stood over a stretch of time; `n_cases` is None unless every point names its cases."""

    n_points: int
    n_cases: int | None
    mean: float
    median: float
    low: float
    high: float
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """An indicator over the points up to the program's first day and over those after its last one.

    `change` runs from the known baseline, or else the median before, to the median after; its target is judged
    by `latest`, the newest point after the program. `usual` is the range of the points before, where there are
    enough of them to show one. `n_reaching` counts the points after the program that reach the target.
    """

    before: Level | None
    after: Level | None
    known_baseline: float | None
    latest: Point | None
    change: IndicatorChange
    usual: tuple[float, float] | None
    n_reaching: int | None

    @property
    def is_within_usual(self) -> bool:
        """The level after the program lies where the values before it already lay."""
        return self.usual is not None and self.after is not None and _lies_within(self.after.median, self.usual)


class SignalKind(StrEnum):
    """What a run chart shows beyond chance."""

    SHIFT = "shift"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class Signal:
    """A run of points that chance alone seldom makes; a shift lies on one side of the centre line."""

    kind: SignalKind
    direction: Direction
    rises: bool  # a shift above the line, a trend upwards
    n_points: int
    start: date
    end: date


def indicator_change(
    *, baseline: Number | None, last: Number | None, target: Number | None, polarity: Polarity
) -> IndicatorChange:
    """Compare the last value of an indicator with its baseline and its target, knowing which way is better.

    The target counts as reached when it is met exactly. Values are compared as decimals (see `exact`).
    Raises `ValueError` for values that are not finite.
    """
    start, end, goal = (None if value is None else to_fraction(value) for value in (baseline, last, target))
    difference = None if start is None or end is None else _snapped(end - start, start, end)
    return IndicatorChange(
        baseline=to_float(start),
        last=to_float(end),
        target=to_float(goal),
        polarity=polarity,
        difference=to_float(difference),
        percent_change=to_float(difference / abs(start) * 100) if difference is not None and start else None,
        direction=None if difference is None else _direction(difference, polarity),
        target_reached=None if end is None or goal is None else _is_reached(end, goal, polarity),
    )


def level(points: Sequence[Point]) -> Level | None:
    """Mean, median and range over the points, each counting once whatever its cases; None without points."""
    if not points:
        return None
    counted: Counted = [(to_fraction(point.value), 1) for point in points]
    values = [value for value, _count in counted]
    cases = [point.n for point in points]
    days = [point.date for point in points]
    return Level(
        n_points=len(points),
        n_cases=None if None in cases else sum(cases),
        mean=to_float(mean(counted)),
        median=to_float(median(counted)),
        low=to_float(min(values)),
        high=to_float(max(values)),
        first=min(days),
        last=max(days),
    )


def before_and_after(
    points: Iterable[Point],
    *,
    starts: date,
    ends: date,
    polarity: Polarity,
    target: Number | None = None,
    known_baseline: Number | None = None,
    enough_for_a_range: int = 3,
) -> BeforeAfter:
    """Judge an indicator by its points before a program that `starts` and after it `ends`.

    A point on the first day was measured before; points while the program ran belong to neither side.
    """
    ordered = sorted(points, key=lambda point: point.date)
    earlier = [point for point in ordered if point.date <= starts]
    later = [point for point in ordered if point.date > ends]
    before, after = level(earlier), level(later)
    latest = later[-1] if later else None
    start = known_baseline if known_baseline is not None else before and before.median
    change = indicator_change(baseline=start, last=after and after.median, target=None, polarity=polarity)
    goal = None if target is None else to_fraction(target)
    reached = [] if goal is None else [_is_reached(to_fraction(one.value), goal, polarity) for one in later]
    return BeforeAfter(
        before=before,
        after=after,
        known_baseline=to_float(None if known_baseline is None else to_fraction(known_baseline)),
        latest=latest,
        change=replace(change, target=to_float(goal), target_reached=reached[-1] if reached else None),
        usual=(before.low, before.high) if before and before.n_points >= enough_for_a_range else None,
        n_reaching=sum(reached) if reached else None,
    )


def difference_of_changes(own: IndicatorChange, other: IndicatorChange) -> IndicatorChange:
    """The change beside that of a comparison unit: from its difference to ours, judged by our polarity."""
    return indicator_change(baseline=other.difference, last=own.difference, target=None, polarity=own.polarity)


def run_signals(
    points: Iterable[Point],
    *,
    centre: Number | None,
    polarity: Polarity,
    shift_of: int = 6,
    trend_of: int = 5,
    enough: int = 10,
    many: int = 20,
) -> tuple[Signal, ...] | None:
    """Shifts and trends of a run chart, in order of their end; None below `enough` points or without a centre.

    A shift is a run of `shift_of` points or more on one side of the centre line, where points on the line neither
    add to it nor break it; among `many` points, where such runs are common, it must be longer than chance lets one
    expect. A trend is `trend_of` points or more that all rise or all fall, where of equal neighbours one counts.
    """
    ordered = sorted(points, key=lambda point: point.date)
    if centre is None or len(ordered) < enough:
        return None
    line = to_fraction(centre)
    valued = [(point, to_fraction(point.value)) for point in ordered]
    sides = [(point, side > 0) for point, value in valued if (side := _snapped(value - line, value, line))]
    long_enough = shift_of if len(sides) < many else max(shift_of, round(log2(len(sides)) + 3) + 1)
    found = [
        _signal(SignalKind.SHIFT, run, rises, polarity) for run, rises in _runs(sides) if len(run) >= long_enough
    ]
    found += [
        _signal(SignalKind.TREND, run, rises, polarity) for run, rises in _monotone(valued) if len(run) >= trend_of
    ]
    return tuple(sorted(found, key=lambda signal: (signal.end, signal.kind)))


def _signal(kind: SignalKind, run: Sequence[Point], rises: bool, polarity: Polarity) -> Signal:
    direction = _direction(Fraction(1 if rises else -1), polarity)
    return Signal(kind, direction, rises, len(run), run[0].date, run[-1].date)


def _runs(marked: Iterable[tuple[Point, bool]]) -> list[tuple[list[Point], bool]]:
    """Neighbours with the same mark, together."""
    runs: list[tuple[list[Point], bool]] = []
    for point, mark in marked:
        if runs and runs[-1][1] == mark:
            runs[-1][0].append(point)
        else:
            runs.append(([point], mark))
    return runs


def _monotone(valued: Sequence[tuple[Point, Fraction]]) -> list[tuple[list[Point], bool]]:
    """Stretches that only rise or only fall; the turning point belongs to both."""
    kept = [valued[0]]
    for point, value in valued[1:]:
        if _snapped(value - kept[-1][1], value, kept[-1][1]):
            kept.append((point, value))
    steps = [(later[0], later[1] > earlier[1]) for earlier, later in pairwise(kept)]
    stretches, start = [], 0
    for run, rises in _runs(steps):
        stretches.append(([kept[start][0], *run], rises))
        start += len(run)
    return stretches


def _lies_within(value: float, ends: tuple[float, float]) -> bool:
    exact, low, high = to_fraction(value), *map(to_fraction, ends)
    return _snapped(exact - low, exact, low) >= 0 >= _snapped(exact - high, exact, high)


def _direction(difference: Fraction, polarity: Polarity) -> Direction:
    if difference == 0:
        return Direction.UNCHANGED
    is_better = (difference > 0) == (polarity is Polarity.MORE_IS_BETTER)
    return Direction.IMPROVED if is_better else Direction.WORSENED


def _is_reached(end: Fraction, goal: Fraction, polarity: Polarity) -> bool:
    surplus = _snapped(end - goal, end, goal)
    return surplus >= 0 if polarity is Polarity.MORE_IS_BETTER else surplus <= 0


def _snapped(difference: Fraction, *values: Fraction) -> Fraction:
    """A difference within the resolution of the values is none."""
    return Fraction(0) if abs(difference) <= resolution([(value, 1) for value in values]) else difference
