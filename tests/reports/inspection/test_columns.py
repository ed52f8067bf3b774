import pytest

from reports.inspection.columns import InspectionError, find_column, number_columns, require_column
from tests.reports.inspection.tables import table

BEFORE = ("before", "sebelum", "pre")


@pytest.mark.parametrize(
    ("header", "position"),
    [("id before", 1), ("SEBELUM id", 0), ("id Pre", 1), ("id pre-", 1), ("id sesudah", None)],
)
def test_columns_are_found_by_any_of_their_names(header, position):
    assert find_column(table(header, [1, 2]), BEFORE) == position


def test_two_columns_of_the_same_meaning_are_refused():
    with pytest.raises(InspectionError, match="“before”, “sebelum”"):
        find_column(table("before sebelum", [1, 2]), BEFORE)


def test_a_missing_column_is_named_together_with_what_was_found():
    with pytest.raises(InspectionError) as caught:
        require_column(table("id nilai", [1, 2]), BEFORE)
    assert str(caught.value) == "Kolom before/sebelum/pre tidak ada; kolom yang ditemukan: “id”, “nilai”."


def test_identifiers_and_words_are_no_answers():
    found = number_columns(
        table("No Kode b1 saran b2", ["1", "x", "4", "baik", None], ["2", "y", "-", "baik", None])
    )
    assert found.columns == ((2, "b1"), (4, "b2"))
    assert found.notes == (
        "Kolom “No”, “Kode” dibaca sebagai pengenal.",
        "Kolom “saran” tidak memuat angka sehingga tidak dihitung.",
    )


def test_a_column_that_must_count_stays_even_with_words():
    assert number_columns(table("U1 saran", ["baik", "x"]), always=["U1"]).columns == ((0, "U1"),)


def test_untitled_columns_are_left_aside():
    untitled = table("b1 x", [1, 2])
    untitled = type(untitled)(("b1", ""), untitled.rows)
    assert number_columns(untitled).columns == ((0, "b1"),)
