"""Pictures: the same bytes each time, well-formed, and nothing computed in them."""

import ast
import inspect
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from reports import charts, charts_of_time

CHANGE = (
    charts.ChangeRow("Keseluruhan", 3.1, 3.8, 0.7, 0.5, 0.9, is_total=True),
    charts.ChangeRow("Pengelolaan waktu dan pekerjaan sehari-hari di unit", 3.3, 3.2, -0.1, -0.4, 0.2),
    charts.ChangeRow("Tanpa selang", 5.0, 5.0, 0.0, None, None),
)
DRAWINGS = {
    "change": lambda: charts.change_chart(CHANGE, low=1, high=5),
    "direction": lambda: charts.direction_chart(
        (charts.DirectionRow("Satu", 0.1, 0.2, 0.7), charts.DirectionRow("Dua", 0, 0, 1))
    ),
    "level": lambda: charts.level_chart(
        (
            charts.LevelRow("IKM", 78.74, 85.2, is_total=True),
            charts.LevelRow("Hanya sesudah", None, 80),
            charts.LevelRow("Tidak ada", None, None),
        ),
        low=60,
        high=100,
        title="Nilai konversi",
        bands=(charts.Band("C", 65, 76.61), charts.Band("B", 76.61, 88.31)),
    ),
    "run": lambda: charts_of_time.run_chart(
        tuple((date(2026, month, 1), 6 - month / 2) for month in range(1, 10)),
        unit="hari",
        program=(date(2026, 3, 1), date(2026, 5, 31)),
        labels=((date(2026, 2, 1), "5"), (date(2026, 9, 1), "1,5")),
        target=(2, "2"),
        centre=(2.01, "sebelum 2"),
        other=(((date(2026, 1, 1), 6), (date(2026, 8, 1), 2)), "Kecamatan lain"),
    ),
    "stacked": lambda: charts_of_time.stacked_chart(
        (charts_of_time.StackRow("Sebelum", (1, 4, 5)), charts_of_time.StackRow("Sesudah", (0, 2, 8))),
        ("Kurang", "Baik", "Sangat Baik"),
        good_from=1,
    ),
    "run without target": lambda: charts_of_time.run_chart(
        ((date(2026, 1, 1), 5), (date(2026, 8, 1), 5)),
        unit="hari",
        program=(date(2026, 3, 1), date(2026, 5, 31)),
        labels=(),
    ),
    "count": lambda: charts.count_chart((charts.CountRow("Anggaran", 4), charts.CountRow("Waktu", 1))),
}
each_drawing = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())


@each_drawing
def test_picture_is_the_same_bytes_each_time(draw):
    drawn = draw()
    for chart in (
        charts.change_chart,
        charts.direction_chart,
        charts.level_chart,
        charts_of_time.run_chart,
        charts_of_time.stacked_chart,
        charts.count_chart,
    ):
        chart.cache_clear()
    assert draw() == drawn


@each_drawing
def test_picture_is_one_svg_without_outside_references_or_loose_text(draw):
    root = root_of(draw())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    references = [
        value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")
    ]
    assert references
    assert all(reference.startswith("#") for reference in references)
    assert not list(
        root.iter("{http://www.w3.org/2000/svg}text")
    )  # letters are paths: no font is needed to read it


@each_drawing
def test_picture_does_not_say_when_it_was_made(draw):
    assert "<dc:date>" not in draw()


@pytest.mark.parametrize("label", ["Biaya $10^2$", "Biaya $10^{ dan $a_b$", "$", r"\\frac $\\frac$"])
def test_money_signs_are_no_formula(label):
    with_sign = charts.count_chart((charts.CountRow(label, 1),))
    n_letters = with_sign.count("<use xlink:href=")
    assert n_letters >= len(label.replace(" ", ""))


@pytest.mark.parametrize("value", [1.0, 5.0])
def test_marks_at_the_ends_of_the_scale_leave_room_for_their_numbers(value):
    svg = charts.change_chart((charts.ChangeRow("Di ujung", value, value, 0, None, None),), low=1, high=5)
    left, right = sorted(map(float, re.findall(r"[ML] ([0-9.]+) ", svg.split('id="patch_2"')[1][:200])))[::3]
    mark = next(float(x) for x in re.findall(r'<use xlink:href="#\w+" x="([0-9.]+)" y="[0-9.]+" style="fill', svg))
    assert min(mark - left, right - mark) > 25


def root_of(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def test_more_rows_make_a_higher_picture():
    heights = [
        float(root_of(charts.change_chart(CHANGE[:n], low=1, high=5)).get("height").removesuffix("pt"))
        for n in (1, 3)
    ]
    assert heights[0] < heights[1]


def test_charts_know_no_statistics_and_no_pyplot():
    tree = ast.parse(inspect.getsource(charts) + inspect.getsource(charts_of_time))
    used = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    used |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    used -= {"reports.chart_style", "reports.chart_parts"}
    assert not {module for module in used if module.startswith(("reports", "scipy", "statsmodels", "numpy"))}
    assert "matplotlib.pyplot" not in used


@pytest.mark.parametrize(("high", "is_short"), [(70, True), (100, False)])
def test_a_narrow_band_bears_its_short_name(high, is_short):
    def chart(name):
        row = charts.LevelRow("IKM", 78.74, 85.2)
        band = charts.Band(name, 65, high, "C")
        return charts.level_chart((row,), low=60, high=100, title="Nilai", bands=(band,))

    assert (chart("C (kurang baik)") == chart("C")) is is_short
