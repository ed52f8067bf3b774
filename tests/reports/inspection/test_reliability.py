import pytest

from reports.inspection.columns import InspectionError
from reports.inspection.reliability import Scale, inspect_reliability
from tests.reports.inspection.tables import places, table

ROWS = [(4, 3, 4), (3, 3, 3), (4, 4, 4), (2, 3, 2), (3, 2, 3)]


def inspect(header, *lines, scale=None, reverse=()):
    return inspect_reliability(table(header, *lines), scale=scale, reverse=reverse)


def test_a_result_has_the_agreed_fields_in_order():
    result = inspect("b1 b2 b3", *ROWS)
    assert list(result) == [
        *("n_rows", "n_complete", "n_items", "alpha", "ci95_low", "ci95_high", "alpha_standardized"),
        *("items", "problems", "notes"),
    ]
    assert list(result["items"]["b1"]) == ["alpha_if_dropped", "item_rest_r"]
    assert (round(result["alpha"], 4), result["notes"]) == (0.8372, [])


def test_reverse_items_are_turned_before_anything_is_computed():
    turned = [(a, 6 - b, c) for a, b, c in ROWS]
    result = inspect("b1 b2 b3", *turned, scale=Scale(1, 5), reverse=["B2"])
    assert result["alpha"] == inspect("b1 b2 b3", *ROWS)["alpha"]
    assert result["notes"] == ["Butir yang dibalik: “b2”."]


def test_an_item_that_runs_against_the_others_is_named():
    turned = [(a, b, 6 - c) for a, b, c in ROWS]
    notes = inspect("b1 b2 b3", *turned)["notes"]
    assert [note for note in notes if "berkorelasi negatif" in note and "“b3”" in note]


def test_refused_answers_refuse_their_row_and_missing_ones_leave_it_incomplete():
    lines = [*ROWS, (6, 1, 1), (1, "x", 1), (0, 9, None), (1, None, 1)]
    result = inspect("b1 b2 b3", *lines, scale=Scale(1, 5))
    assert places(result) == [(7, "b1", 6), (8, "b2", "x"), (9, "b1", 0), (9, "b2", 9)]
    assert result["problems"][0].message == "Nilai di luar skala 1 sampai 5."
    assert (result["n_rows"], result["n_complete"]) == (6, 5)
    assert round(result["alpha"], 4) == 0.8372
    assert result["notes"] == [
        "3 baris ditolak dan tidak ikut dihitung; lihat problems.",
        "1 baris tidak lengkap; perhitungan hanya memakai baris yang lengkap.",
    ]


def test_without_a_scale_any_number_is_an_answer():
    assert inspect("b1 b2", [1, 100], [2, -3], [4, 5])["problems"] == []


def test_identifiers_are_no_items():
    result = inspect("resp b1 b2 b3", *[(number, *row) for number, row in enumerate(ROWS)])
    assert (list(result["items"]), round(result["alpha"], 4)) == (["b1", "b2", "b3"], 0.8372)
    assert result["notes"] == ["Kolom “resp” dibaca sebagai pengenal."]


@pytest.mark.parametrize(
    ("header", "lines"),
    [("b1", [[1], [2]]), ("b1 b2", [[1, 2]]), ("b1 b2", [[3, 3], [3, 3]]), ("b1 b2", [[1, None], [2, None]])],
)
def test_too_little_for_alpha_is_said(header, lines):
    result = inspect(header, *lines)
    assert (result["alpha"], result["ci95_low"], result["ci95_high"]) == (None, None, None)
    assert [note for note in result["notes"] if note.startswith("Alpha tidak dapat dihitung")]


@pytest.mark.parametrize(
    ("header", "line", "scale", "reverse", "message"),
    [
        ("id saran", ["1", "baik"], None, (), "Tidak ada kolom butir"),
        ("b1 b2", [1, 2], Scale(1, 5), ["b9"], "“b9” tidak ada; butir yang ditemukan: “b1”, “b2”"),
        ("b-1 b1", [1, 2], Scale(1, 5), ["B 1"], "“B 1” tidak ada"),
        ("b1 b2", [1, 2], None, ["b1"], "memerlukan --scale"),
    ],
)
def test_what_cannot_be_computed_is_said_in_one_line(header, line, scale, reverse, message):
    with pytest.raises(InspectionError, match=message):
        inspect(header, line, scale=scale, reverse=reverse)
