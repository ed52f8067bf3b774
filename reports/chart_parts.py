"""What the pictures are put together from."""

import io
import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from asn_eval.numbers import format_percent
from reports.chart_style import AMBER, LINE

WIDTH = 6.3  # inches: the text width of an A4 page with 25 mm margins
ROW_HEIGHT = 0.28
LABEL_WIDTH = 38  # characters of a row label before it wraps
ON_WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # a number is not crossed by a line
NARROWEST_LABELLED = 0.09  # share; the number of a narrower part stands in the table only
KEPT = 64  # pictures of 30 to 100 kB that a process keeps: a page is opened again and again


def figure_of(rows: int) -> Figure:
    return Figure(figsize=(WIDTH, 0.75 + ROW_HEIGHT * rows), layout="constrained")


def plain_axes(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


def rows_axis(axes: Axes, labels: Sequence[str] | None) -> None:
    """Rows from top to bottom, with a hairline each."""
    plain_axes(axes)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    if labels is None:
        axes.tick_params(labelleft=False)
        return
    axes.set_yticks(range(len(labels)), ["\n".join(textwrap.wrap(label, LABEL_WIDTH)) for label in labels])
    axes.set_ylim(len(labels) - 0.45, -0.6)


def share_label(axes: Axes, start: float, width: float, position: int, ink: str) -> None:
    if width >= NARROWEST_LABELLED:
        words = format_percent(width, 0)
        box = ON_WHITE if ink == AMBER else None
        axes.text(start + width / 2, position, words, ha="center", va="center", color=ink, fontsize=8, bbox=box)


def comma_ticks(axes: Axes, which: str = "x") -> None:
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_formatter(lambda value, _position: f"{value:g}".replace(".", ",").replace("-", "−"))


def svg_of(figure: Figure) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()
