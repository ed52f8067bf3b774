"""A file of SKM answers, one column per unsur, becomes the satisfaction index."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from asn_eval.tables import Table
from asn_eval.tables.model import Cell
from reports.analysis.satisfaction import SCALE, Satisfaction, satisfaction

from .cells import CellError, to_number
from .columns import InspectionError, Problem, number_columns, quoted

UNSUR_CODE = re.compile(r"u\s*[0-9]+", re.IGNORECASE)


def inspect_skm(table: Table) -> dict[str, object]:
    """Return the JSON object of the command `skm`.

    Every titled column with numbers is an unsur, identifiers apart; U1, U2, … always are. A refused cell is
    left out, not its row, because each NRR rests on the answers to its own unsur. Raises `InspectionError`
    when there is no unsur.
    """
    found = number_columns(table, always=[name for name in table.header if UNSUR_CODE.fullmatch(name)])
    if not found.columns:
        raise InspectionError(_("Tidak ada kolom unsur yang berisi angka."))
    problems: list[Problem] = []
    counts: dict[str, Counter[int]] = {name: Counter() for _position, name in found.columns}
    n_respondents = 0
    for row in table.rows:
        answered = False
        for position, name in found.columns:
            try:
                answer = _answer(row.cells[position])
            except CellError as error:
                problems.append(Problem.at(row, name, row.cells[position], str(error)))
                continue
            if answer is not None:
                counts[name][answer] += 1
                answered = True
        n_respondents += answered
    result = satisfaction(counts, n_respondents=n_respondents)
    notes = [*table.notes, *found.notes, *_notes(result, problems)]
    return {**_result_json(result), "problems": problems, "notes": notes}


def _answer(cell: Cell) -> int | None:
    value = to_number(cell)
    if value is None:
        return None
    if value not in SCALE:
        raise CellError(_("Jawaban harus 1, 2, 3 atau 4."))
    return int(value)


def _result_json(result: Satisfaction) -> dict[str, object]:
    return {
        "n": result.n_respondents,
        "items": {
            item.name: {
                "n": item.n,
                "sum": item.sum,
                "nrr": None if item.nrr is None else float(item.nrr),
                "mutu": item.grade,
            }
            for item in result.items
        },
        "index": None if result.index is None else float(result.index),
        "ikm": None if result.ikm is None else str(result.ikm),
        "mutu": result.grade,
    }


def _notes(result: Satisfaction, problems: list[Problem]) -> list[str]:
    notes = []
    if problems:
        notes.append(
            _("%(count)s jawaban ditolak dan tidak dihitung; jawaban lain pada baris itu tetap dihitung.")
            % {"count": len(problems)}
        )
    partial = [item.name for item in result.items if 0 < item.n < result.n_respondents]
    if partial:
        notes.append(
            _("Unsur %(names)s tidak dijawab semua responden; NRR memakai jawaban yang ada.")
            % {"names": quoted(partial)}
        )
    empty = [item.name for item in result.items if item.n == 0]
    if empty:
        notes.append(
            _("Unsur %(names)s tidak memiliki jawaban sehingga indeks tidak dapat dihitung.")
            % {"names": quoted(empty)}
        )
    return notes
