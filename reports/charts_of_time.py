"""Pictures of what was measured again and again. Draws what it is given and computes nothing (see charts)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from matplotlib.axes import Axes
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from reports.chart_parts import (
    KEPT,
    ON_WHITE,
    WIDTH,
    comma_ticks,
    figure_of,
    plain_axes,
    rows_axis,
    share_label,
    svg_of,
)
from reports.chart_style import AMBER, BAND, GREY, INK, LINE, PALE_TEAL, TEAL

LEAST_SPAN = 0.3
NAMES_SIDE_BY_SIDE = 8  # months that fit under the picture
APART = 0.1  # share of the height between the words beside two lines
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


@dataclass(frozen=True)
class StackRow:
    """How many had each category, from the worst to the best."""

    label: str
    counts: tuple[int, ...]


@lru_cache(KEPT)
def run_chart(
    points: tuple[tuple[date, float], ...],
    *,
    unit: str,
    program: tuple[date, date],
    labels: tuple[tuple[date, str], ...],
    target: tuple[float, str] | None = None,
    centre: tuple[float, str] | None = None,
    other: tuple[tuple[tuple[date, float], ...], str] | None = None,
) -> str:
    """Measurements in time with ``labels`` at their days; the program is shaded from its first to its last day.

    ``centre`` is the level before the program, a plain line; the target is dashed; ``other`` are the points of a
    unit that did not take part, with its name.
    """
    figure = Figure(figsize=(WIDTH, 2.7), layout="constrained")
    axes = figure.subplots()
    plain_axes(axes)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    _mark_program(axes, program)
    beside = []
    if other is not None and other[0]:
        days, values = [date2num(day) for day, _value in other[0]], [value for _day, value in other[0]]
        axes.plot(days, values, color=GREY, linewidth=1, marker="s", markersize=3.5, markerfacecolor="white")
        beside.append((values[-1], other[1], GREY))
    days = [date2num(day) for day, _value in points]
    axes.plot(days, [value for _day, value in points], color=TEAL, linewidth=1.4, marker="o", markersize=4.5)
    words = dict(labels)
    for day, value in ((day, value) for day, value in points if day in words):
        axes.annotate(
            words[day],
            (date2num(day), value),
            (0, 6),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontweight="bold",
            bbox=ON_WHITE,
        )
    if centre is not None:
        axes.axhline(centre[0], color=GREY, linewidth=1, zorder=1)
        beside.append((*centre, GREY))
    if target is not None:
        axes.axhline(target[0], color=AMBER, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        beside.append((target[0], f"target {target[1]}", AMBER))
    axes.margins(x=0.05, y=0.25)
    _calm(axes)
    _words_beside(axes, beside)
    axes.set_ylabel(unit)
    shown = sorted({*days, *(date2num(day) for day, _value in (other[0] if other else ()))})
    ticks = _with_room(shown)
    axes.set_xticks(ticks, [_month(num2date(tick).date()) for tick in ticks])
    axes.tick_params(axis="x", labelsize=7.5)
    comma_ticks(axes, "y")
    return svg_of(figure)


@lru_cache(KEPT)
def stacked_chart(rows: tuple[StackRow, ...], names: tuple[str, ...], *, good_from: int) -> str:
    """Shares of ordered categories as bars of one length, from the worst to the best."""
    figure = figure_of(len(rows) + 1)
    axes = figure.subplots()
    rows_axis(axes, [row.label for row in rows])
    axes.grid(visible=False)
    axes.set_xticks([])
    looks = [_look_of(place, len(names), good_from) for place in range(len(names))]
    for position, row in enumerate(rows):
        start = 0.0
        for count, (look, ink) in zip(row.counts, looks, strict=True):
            width = count / sum(row.counts)
            axes.add_patch(Rectangle((start, position - 0.34), width, 0.68, linewidth=0.8, edgecolor=INK, **look))
            share_label(axes, start, width, position, ink)
            start += width
    axes.set_xlim(0, 1)
    figure.legend(
        handles=[
            Patch(edgecolor=INK, label=name, **look) for name, (look, _ink) in zip(names, looks, strict=True)
        ],
        loc="outside upper center",
        ncols=len(names),
        fontsize=7.5,
        frameon=False,
        handlelength=1.2,
        columnspacing=1.0,
    )
    return svg_of(figure)


def _mark_program(axes: Axes, program: tuple[date, date]) -> None:
    """A band from the first to the last day, with a line and a date at either end."""
    starts, ends = (date2num(day) for day in program)
    axes.axvspan(starts, ends, color=BAND, zorder=0)
    for place, day, anchor in ((starts, program[0], "right"), (ends, program[1], "left")):
        axes.axvline(place, color=GREY, linewidth=0.7, linestyle=(0, (1, 2)), zorder=1)
        axes.annotate(
            f"{'mulai' if anchor == 'right' else 'selesai'} {day.day} {_month(day)}",
            (place, 1.0),
            (-2 if anchor == "right" else 2, 2),
            textcoords="offset points",
            xycoords=axes.get_xaxis_transform(),
            ha=anchor,
            va="bottom",
            color=GREY,
            fontsize=7.5,
        )


def _words_beside(axes: Axes, labels: list[tuple[float, str, str]]) -> None:
    """What lines are, right of the picture at their height, moved apart where two would overlap."""
    low, high = axes.get_ylim()
    apart, place = APART * (high - low), None
    for height, words, ink in sorted(labels):
        place = height if place is None else max(height, place + apart)
        axes.text(1.0, place, f" {words}", ha="left", va="center", color=ink, transform=axes.get_yaxis_transform())


def _look_of(place: int, n: int, good_from: int) -> tuple[dict, str]:
    """Good categories in darker and darker teal, the others in lighter and lighter hatched grey."""
    if place < good_from:
        hatch = "////" if place == 0 else "...." if place == 1 else ""
        return {"facecolor": "white" if place < good_from - 1 else BAND, "hatch": hatch}, INK
    is_best = place == n - 1
    return {"facecolor": TEAL if is_best else PALE_TEAL}, "white" if is_best else INK


def _calm(axes: Axes) -> None:
    """A span of at least a share of the values, so that the usual ups and downs do not fill the picture."""
    low, high = axes.get_ylim()
    middle, half = (low + high) / 2, LEAST_SPAN * max(abs(low), abs(high)) / 2
    axes.set_ylim(min(low, middle - half), max(high, middle + half))


def _with_room(days: list[float]) -> list[float]:
    """Those of the days, in their order, whose names do not touch each other under the picture."""
    least = (days[-1] - days[0]) / NAMES_SIDE_BY_SIDE
    kept = days[:1]
    for day in days[1:]:
        if day - kept[-1] >= least:
            kept.append(day)
    return kept


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
