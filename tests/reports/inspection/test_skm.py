import pytest

from reports.inspection.columns import InspectionError
from reports.inspection.skm import inspect_skm
from tests.reports.inspection.tables import places, table


def inspect(header, *lines):
    return inspect_skm(table(header, *lines))


def test_a_result_has_the_agreed_fields_in_order():
    result = inspect("U1 U2", [4, "4"], [3, 2.0])
    assert list(result) == ["n", "items", "index", "ikm", "mutu", "problems", "notes"]
    assert result["items"] == {
        "U1": {"n": 2, "sum": 7, "nrr": 3.5, "mutu": "B"},
        "U2": {"n": 2, "sum": 6, "nrr": 3.0, "mutu": "C"},
    }
    assert (result["n"], result["index"], result["ikm"], result["mutu"]) == (2, 3.25, "81.25", "B")
    assert (result["problems"], result["notes"]) == ([], [])


def test_a_refused_answer_leaves_the_other_answers_of_its_row():
    result = inspect("nomor U1 U2", [1, 4, 5], [2, "3,5", 2], [3, 0, "x"], [4, None, "-"], [5, 4, 4])
    assert places(result) == [(2, "U2", 5), (3, "U1", "3,5"), (4, "U1", 0), (4, "U2", "x")]
    assert [problem.message for problem in result["problems"]][:3] == ["Jawaban harus 1, 2, 3 atau 4."] * 3
    assert result["n"] == 3
    assert [(item["n"], item["sum"]) for item in result["items"].values()] == [(2, 8), (2, 6)]
    assert result["notes"] == [
        "Kolom “nomor” dibaca sebagai pengenal.",
        "4 jawaban ditolak dan tidak dihitung; jawaban lain pada baris itu tetap dihitung.",
        "Unsur “U1”, “U2” tidak dijawab semua responden; NRR memakai jawaban yang ada.",
    ]


def test_unsur_may_bear_any_name_and_columns_of_words_are_set_aside():
    result = inspect("persyaratan biaya saran", [4, 3, "baik"], [3, 3, None])
    assert list(result["items"]) == ["persyaratan", "biaya"]
    assert result["notes"] == ["Kolom “saran” tidak memuat angka sehingga tidak dihitung."]


@pytest.mark.parametrize("cells", [[None, None], ["baik", "buruk"], [9, 0]])
def test_an_unsur_without_valid_answers_leaves_no_index(cells):
    result = inspect("U1 U2", *[[4, cell] for cell in cells])
    assert (result["index"], result["ikm"], result["mutu"], result["n"]) == (None, None, None, 2)
    assert result["items"]["U2"] == {"n": 0, "sum": 0, "nrr": None, "mutu": None}
    assert result["notes"][-1] == "Unsur “U2” tidak memiliki jawaban sehingga indeks tidak dapat dihitung."


def test_a_file_without_unsur_is_said_in_one_line():
    with pytest.raises(InspectionError, match="Tidak ada kolom unsur"):
        inspect("id saran", [1, "baik"])
