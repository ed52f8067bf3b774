"""The program that reads spreadsheets, called in this process: what it answers."""

import json
from datetime import time

import pytest

from asn_eval.tables import workbook_process
from tests.files import xlsx


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (
            xlsx([["a", "b"], [1, time(7, 30)]]),
            {"columns": [["a", 1.0], ["b", "07:30:00"]], "first_number": 1, "sheet": "Data", "n_sheets": 1},
        ),
        (xlsx([]), {"refused": "empty"}),
        (xlsx([["a"]] * 4), {"refused": "rows"}),
        (xlsx([["a"] * 4]), {"refused": "columns"}),
        (b"bukan buku kerja", {"refused": "broken"}),
    ],
)
def test_answer_gives_cells_or_the_reason_for_none(content, answer):
    assert json.loads(workbook_process.answer(content, max_rows=3, max_columns=3)) == answer


def test_answer_says_when_memory_is_not_enough(monkeypatch):
    monkeypatch.setattr(workbook_process, "MAX_ANSWER", 10)
    assert json.loads(workbook_process.answer(xlsx([["a"]]), 3, 3)) == {"refused": "memory"}
