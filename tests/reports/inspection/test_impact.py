from datetime import date

import pytest

from reports.inspection.columns import InspectionError
from reports.inspection.impact import Limits, inspect_impact
from tests.reports.inspection.tables import places, table

FIELDS = [
    "n_rows",
    "n_before",
    "n_after",
    "n_paired",
    "n_up",
    "n_same",
    "n_down",
    "mean_before",
    "mean_after",
    "median_before",
    "median_after",
    "sd_before",
    "sd_after",
    "mean_difference",
    "sd_difference",
    "ci95_low",
    "ci95_high",
    "t",
    "df",
    "p",
    "wilcoxon_w_plus",
    "wilcoxon_w_minus",
    "wilcoxon_n_nonzero",
    "wilcoxon_method",
    "wilcoxon_p",
    "d_z",
    "d_z_ci95_low",
    "d_z_ci95_high",
    "d_av",
    "g_av",
    "ngain_class",
    "ngain_mean",
    "ngain_n",
]


def inspect(header, *lines, minimum=None, maximum=None):
    return inspect_impact(table(header, *lines), Limits(minimum, maximum))


def test_a_result_has_the_agreed_fields_in_order():
    result = inspect("id before after", ["a", 1, 2], ["b", 2, 4])
    assert list(result) == ["all", "groups", "problems", "notes"]
    assert list(result["all"]) == FIELDS


def test_n_gain_needs_a_maximum():
    lines = [["a", 60, 80], ["b", 55, 75], ["c", 70, 85], ["d", 65, 70], ["e", 50, 75]]
    without = inspect("id before after", *lines)
    assert [without["all"][name] for name in FIELDS[-3:]] == [None, None, None]
    assert [note for note in without["notes"] if "--max-score" in note]
    result = inspect("id before after", *lines, maximum=100.0)
    assert result["all"]["ngain_class"] == pytest.approx(0.425)
    assert round(result["all"]["ngain_mean"], 4) == 0.4175
    assert (result["all"]["ngain_n"], result["notes"]) == (5, [])


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("ID Sebelum SESUDAH", [["a", "1", "2"], ["b", "2,5", "4"]]),
        ("post pre id", [[2, 1, "a"], [4, 2.5, "b"]]),
    ],
)
def test_other_names_orders_and_commas_give_the_same(header, lines):
    expected = inspect("id before after", ["a", 1, 2], ["b", 2.5, 4])
    assert inspect(header, *lines) == expected


def test_refused_rows_are_left_out_entirely_and_listed():
    result = inspect(
        "id before after",
        ["a", 1, 2],
        ["b", "abc", 2],
        [None, 1, 2],
        ["c", 0, 11],
        ["d", 5, date(2026, 1, 2)],
        ["e", "1.234,5", True],
        ["f", 3, 5],
        minimum=1.0,
        maximum=10.0,
    )
    assert places(result) == [
        (3, "before", "abc"),
        (4, "id", None),
        (5, "before", 0),
        (5, "after", 11),
        (6, "after", "2026-01-02"),
        (7, "before", "1.234,5"),
        (7, "after", True),
    ]
    messages = [problem.message for problem in result["problems"]]
    assert messages[2:4] == ["Nilai di bawah batas terendah 1.", "Nilai di atas batas tertinggi 10."]
    assert (result["all"]["n_rows"], result["all"]["n_before"], result["all"]["n_paired"]) == (2, 2, 2)
    assert result["notes"] == ["5 baris ditolak dan tidak ikut dihitung; lihat problems."]


@pytest.mark.parametrize("second", ["a", " a", "a "])
def test_all_rows_of_a_repeated_id_are_refused(second):
    result = inspect("id before after", ["a", 1, 2], ["b", 2, 3], [second, 5, 9])
    assert places(result) == [(2, "id", "a"), (4, "id", second)]
    assert {problem.message for problem in result["problems"]} == {
        "Id ini muncul 2 kali; semua barisnya ditolak. Sisakan satu baris per orang."
    }
    assert (result["all"]["n_rows"], result["all"]["mean_before"]) == (1, 2.0)


def test_ids_that_a_spreadsheet_stores_as_numbers_are_compared_as_written():
    assert places(inspect("id before after", [7.0, 1, 2], ["7", 2, 3])) == [(2, "id", 7.0), (3, "id", "7")]


def test_an_id_that_the_spreadsheet_rounded_is_refused():
    result = inspect("id before after", [1.98609261986092e17, 1, 2], ["b", 2, 3])
    assert places(result) == [(2, "id", 1.98609261986092e17)]


def test_missing_values_are_counted_and_never_zero():
    result = inspect("id before after", ["a", 1, None], ["b", "NA", 4], ["c", "-", ""], ["d", 2, 4], ["e", 3, 4])
    numbers = {name: result["all"][name] for name in FIELDS[:4]}
    assert numbers == {"n_rows": 5, "n_before": 3, "n_after": 3, "n_paired": 2}
    assert result["all"]["mean_before"] == 2.5
    assert result["problems"] == []
    assert result["notes"][:2] == [
        "2 baris hanya memiliki satu dari dua nilai sehingga tidak dapat dipasangkan.",
        "1 baris tidak memiliki nilai sebelum maupun sesudah.",
    ]


def test_groups_are_analysed_apart_and_rows_without_one_only_in_all():
    result = inspect(
        "id group before after kelas",
        ["a", "Baru", 1, 2, "x"],
        ["b", "Biasa", 2, 2, "x"],
        ["c", " Baru", 3, 5, "x"],
        ["d", None, 4, 5, "x"],
    )
    assert {name: values["n_rows"] for name, values in result["groups"].items()} == {"Baru": 2, "Biasa": 1}
    assert result["groups"]["Baru"]["mean_difference"] == 1.5
    assert result["all"]["n_rows"] == 4
    assert "Kolom “kelas” tidak dipakai." in result["notes"]
    assert "1 baris tidak memiliki kelompok dan hanya dihitung pada keseluruhan." in result["notes"]


def test_without_a_group_column_there_are_no_groups():
    assert inspect("id before after", ["a", 1, 2])["groups"] == {}


@pytest.mark.parametrize(
    "lines", [[["a", None, None]], [["a", 1, 2]], [["a", 1, 2], ["b", 2, 3]], [["a", "x", 3]]]
)
def test_little_data_gives_a_result_with_nulls(lines):
    result = inspect("id before after", *lines, maximum=5.0)
    assert (result["all"]["t"], result["all"]["p"], result["all"]["ci95_low"]) == (None, None, None)


def test_notes_of_the_reader_come_first():
    result = inspect_impact(table("id before after", ["a", 1, 2], notes=("dibaca sebagai X",)), Limits())
    assert result["notes"][0] == "dibaca sebagai X"


@pytest.mark.parametrize("header", ["before after", "id after", "id before", "id pre before after"])
def test_needed_columns_must_be_there_once(header):
    with pytest.raises(InspectionError, match="Kolom"):
        inspect(header, [1] * len(header.split()))
