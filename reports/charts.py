"""One result -> one SVG string. Draws what it is given and computes nothing.

Readable in grey: before is a hollow mark, after a filled one, decline is hatched. Texts become paths,
so a picture looks the same wherever it is opened; the words for it come from narrative.py as alt text.
"""

from dataclasses import dataclass
from functools import lru_cache

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from asn_eval.numbers import format_decimal, format_signed
from reports.chart_parts import (
    KEPT,
    ON_WHITE,
    comma_ticks,
    figure_of,
    rows_axis,
    share_label,
    svg_of,
)
from reports.chart_style import AMBER, BAND, GREY, INK, TEAL

WIDTH_OF_LEVELS = 4.6  # inches of it, edges included, beside the longest labels
LETTER = 0.054  # inches of a letter over a band
ROWS_PER_PICTURE = 26  # with its caption such a picture still fits on one page
EDGE = 0.15  # share of the scale left free at both ends, where the numbers of the outermost marks stand
LEGEND = "○ sebelum, ● sesudah"


@dataclass(frozen=True)
class ChangeRow:
    """A paired change as drawn: two means on the scale, their difference and its 95% interval."""

    label: str
    before: float
    after: float
    difference: float
    low: float | None
    high: float | None
    is_total: bool = False


@dataclass(frozen=True)
class DirectionRow:
    """Shares (of one) of the persons whose score fell, stayed and rose."""

    label: str
    down: float
    same: float
    up: float


@dataclass(frozen=True)
class LevelRow:
    """One level per wave; a wave without a level is left out."""

    label: str
    before: float | None
    after: float | None
    is_total: bool = False


@dataclass(frozen=True)
class Band:
    """A named stretch of the horizontal axis; ``short`` stands over it where the name is too long."""

    name: str
    low: float
    high: float
    short: str = ""


@dataclass(frozen=True)
class CountRow:
    label: str
    count: int


@lru_cache(KEPT)
def change_chart(rows: tuple[ChangeRow, ...], *, low: float, high: float) -> str:
    """Means before and after on the scale ``low`` to ``high``; beside them the differences with 95% interval."""
    figure = figure_of(len(rows))
    levels, differences = figure.subplots(1, 2, sharey=True, gridspec_kw={"width_ratios": (3, 2), "wspace": 0.08})
    rows_axis(levels, [row.label for row in rows])
    _title(levels, f"Rata-rata skor: {LEGEND}")
    _scale(levels, low, high)
    for position, row in enumerate(rows):
        if row.is_total:
            _mark_total(levels, position)
        levels.plot([row.before, row.after], [position, position], color=GREY, linewidth=1, zorder=1)
        _level_marks(levels, position, row.before, row.after)
    rows_axis(differences, None)
    _title(differences, "Selisih, selang 95%")
    differences.axvline(0, color=GREY, linewidth=0.8)
    for position, row in enumerate(rows):
        if row.low is not None and row.high is not None:
            differences.plot([row.low, row.high], [position, position], color=TEAL, linewidth=1.4)
        differences.plot([row.difference], [position], marker="D", markersize=4, color=TEAL)
        differences.annotate(
            _signed(row.difference),
            (row.difference, position),
            (0, 5),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=7.5,
            zorder=2,
            bbox=ON_WHITE,
        )
    differences.margins(x=0.12)
    comma_ticks(differences)
    comma_ticks(levels)
    return svg_of(figure)


@lru_cache(KEPT)
def direction_chart(rows: tuple[DirectionRow, ...]) -> str:
    """How many fell, stayed and rose: bars that meet at the middle of those who stayed."""
    figure = figure_of(len(rows))
    axes = figure.subplots()
    rows_axis(axes, [row.label for row in rows])
    for position, row in enumerate(rows):
        middle = row.same / 2
        parts = (
            (-middle - row.down, row.down, {"facecolor": "white", "edgecolor": AMBER, "hatch": "////"}, AMBER),
            (-middle, row.same, {"facecolor": BAND, "edgecolor": BAND}, INK),
            (middle, row.up, {"facecolor": TEAL, "edgecolor": TEAL}, "white"),
        )
        for start, width, look, ink in parts:
            axes.add_patch(Rectangle((start, position - 0.32), width, 0.64, linewidth=0.8, **look))
            share_label(axes, start, width, position, ink)
    axes.autoscale_view()
    axes.margins(x=0.02)
    axes.set_xticks([])
    axes.grid(visible=False)
    for x, anchor, word, ink in (
        (0, "left", "▧ menurun", AMBER),
        (0.5, "center", "□ tetap", GREY),
        (1, "right", "■ meningkat", TEAL),
    ):
        axes.text(x, 1.0, word, ha=anchor, va="bottom", color=ink, fontsize=8.5, transform=axes.transAxes)
    return svg_of(figure)


@lru_cache(KEPT)
def level_chart(
    rows: tuple[LevelRow, ...], *, low: float, high: float, title: str, bands: tuple[Band, ...] = ()
) -> str:
    """Levels before (hollow) and after (filled) on one scale, over named grey bands."""
    figure = figure_of(len(rows))
    axes = figure.subplots()
    rows_axis(axes, [row.label for row in rows])
    _scale(axes, low, high)
    for number, band in enumerate(band for band in bands if band.high > low):
        axes.axvspan(band.low, band.high, color=BAND if number % 2 == 0 else "white", zorder=0)
        width = (band.high - max(band.low, low)) / (high - low) / (1 + 2 * EDGE) * WIDTH_OF_LEVELS
        axes.text(
            (max(band.low, low) + band.high) / 2,
            1.0,
            band.name if len(band.name) * LETTER <= width else band.short,
            ha="center",
            va="bottom",
            color=GREY,
            transform=axes.get_xaxis_transform(),
            fontsize=7.5,
        )
    for position, row in enumerate(rows):
        if row.is_total:
            _mark_total(axes, position)
        if row.before is not None and row.after is not None:
            axes.plot([row.before, row.after], [position, position], color=GREY, linewidth=1, zorder=1)
        _level_marks(axes, position, row.before, row.after)
    axes.set_xlabel(f"{title}: {LEGEND}", fontsize=8)
    comma_ticks(axes)
    return svg_of(figure)


@lru_cache(KEPT)
def count_chart(rows: tuple[CountRow, ...]) -> str:
    """Counts as horizontal bars from zero, each with its number at its end."""
    figure = figure_of(len(rows))
    axes = figure.subplots()
    rows_axis(axes, [row.label for row in rows])
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.barh(range(len(rows)), [row.count for row in rows], height=0.55, color=TEAL)
    for position, row in enumerate(rows):
        axes.annotate(
            str(row.count),
            (row.count, position),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontweight="bold",
        )
    axes.margins(x=0.1)
    axes.set_xlim(left=0)
    return svg_of(figure)


def _scale(axes: Axes, low: float, high: float) -> None:
    edge = EDGE * (high - low)
    axes.set_xlim(low - edge, high + edge)
    axes.set_xticks([tick for tick in axes.get_xticks() if low <= tick <= high])
    axes.set_xlim(low - edge, high + edge)


def _mark_total(axes: Axes, position: int) -> None:
    axes.axhline(position + 0.5, color=GREY, linewidth=0.8)
    axes.get_yticklabels()[position].set_fontweight("bold")


def _title(axes: Axes, words: str) -> None:
    axes.set_title(words, fontsize=8, color=GREY, loc="left")


def _level_marks(axes: Axes, position: int, before: float | None, after: float | None) -> None:
    """A hollow mark before, a filled one after; each number stands on the outer side of its mark."""
    after_is_right = before is None or after is None or after >= before
    marks = (
        (before, "white", GREY, "normal", "right" if after_is_right else "left"),
        (after, TEAL, INK, "bold", "left" if after_is_right else "right"),
    )
    for value, fill, ink, weight, anchor in marks:
        if value is None:
            continue
        axes.plot(
            [value],
            [position],
            marker="o",
            markersize=6,
            markerfacecolor=fill,
            markeredgecolor=TEAL,
            zorder=3,
            clip_on=False,
        )
        axes.annotate(
            format_decimal(value, 2),
            (value, position),
            (7 if anchor == "left" else -7, 0),
            textcoords="offset points",
            ha=anchor,
            va="center",
            color=ink,
            fontweight=weight,
            fontsize=8,
            bbox=ON_WHITE,
            zorder=2,
        )


def _signed(value: float) -> str:
    return format_signed(value, 2)
