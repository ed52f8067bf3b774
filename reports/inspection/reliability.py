"""A file of answers to the items of one scale becomes its reliability."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from asn_eval.tables import Row, Table, header_key
from asn_eval.tables.model import Cell
from evaluations.scoring import reversed_value
from reports.analysis.reliability import ItemMoments, Reliability, reliability

from .cells import CellError, in_words, to_number
from .columns import InspectionError, Problem, number_columns, quoted, refused_rows_note
from .impact import interval_json


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and highest answer of the scale."""

    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class _Item:
    position: int
    name: str
    is_reverse: bool


def inspect_reliability(table: Table, *, scale: Scale | None, reverse: Sequence[str]) -> dict[str, object]:
    """Return the JSON object of the command `reliability`.

    Every titled column with numbers is an item, identifiers apart. A row with a refused cell is left out.
    Raises `InspectionError` for no item, an unknown reverse item, and reverse items without a scale.
    """
    found = number_columns(table)
    names = [name for _position, name in found.columns]
    if not names:
        raise InspectionError(_("Tidak ada kolom butir yang berisi angka."))
    if reverse and scale is None:
        raise InspectionError(_("Butir terbalik memerlukan --scale MIN MAX."))
    turned = {_item_name(name, names) for name in reverse}
    items = [_Item(position, name, name in turned) for position, name in found.columns]
    problems = [problem for row in table.rows for item in items for problem in _item_problems(row, item, scale)]
    refused = {problem.row for problem in problems}
    rows = [
        [_answer(row.cells[item.position], item, scale) for item in items]
        for row in table.rows
        if row.number not in refused
    ]
    result = reliability(ItemMoments.from_rows(rows, names))
    notes = [*table.notes, *found.notes, *refused_rows_note(problems), *_notes(result, sorted(turned))]
    return {**_result_json(result), "problems": problems, "notes": notes}


def _item_name(wanted: str, names: list[str]) -> str:
    if wanted in names:
        return wanted
    similar = [name for name in names if header_key(name) == header_key(wanted)]
    if len(similar) != 1:
        raise InspectionError(
            _("Butir terbalik “%(wanted)s” tidak ada; butir yang ditemukan: %(found)s.")
            % {"wanted": wanted, "found": quoted(names)}
        )
    return similar[0]


def _item_problems(row: Row, item: _Item, scale: Scale | None) -> list[Problem]:
    cell = row.cells[item.position]
    try:
        value = to_number(cell)
    except CellError as error:
        return [Problem.at(row, item.name, cell, str(error))]
    if value is None or scale is None or scale.minimum <= value <= scale.maximum:
        return []
    message = _("Nilai di luar skala %(minimum)s sampai %(maximum)s.") % {
        "minimum": in_words(scale.minimum),
        "maximum": in_words(scale.maximum),
    }
    return [Problem.at(row, item.name, cell, message)]


def _answer(cell: Cell, item: _Item, scale: Scale | None) -> float | None:
    value = to_number(cell)
    if value is None or scale is None or not item.is_reverse:
        return value
    return reversed_value(value, minimum=scale.minimum, maximum=scale.maximum)


def _result_json(result: Reliability) -> dict[str, object]:
    return {
        "n_rows": result.n_rows,
        "n_complete": result.n_complete,
        "n_items": result.n_items,
        "alpha": result.alpha,
        **interval_json("ci95", result.ci95),
        "alpha_standardized": result.alpha_standardized,
        "items": {
            item.name: {"alpha_if_dropped": item.alpha_if_dropped, "item_rest_r": item.item_rest_r}
            for item in result.items
        },
    }


def _notes(result: Reliability, turned: list[str]) -> list[str]:
    notes = []
    if turned:
        notes.append(_("Butir yang dibalik: %(names)s.") % {"names": quoted(turned)})
    incomplete = result.n_rows - result.n_complete
    if incomplete:
        notes.append(
            _("%(count)s baris tidak lengkap; perhitungan hanya memakai baris yang lengkap.")
            % {"count": incomplete}
        )
    if result.alpha is None:
        notes.append(
            _(
                "Alpha tidak dapat dihitung: diperlukan sedikitnya dua butir, dua baris lengkap dan jumlah "
                "skor yang bervariasi."
            )
        )
    negative = [item.name for item in result.items if item.item_rest_r is not None and item.item_rest_r < 0]
    if negative:
        notes.append(
            _("Butir %(names)s berkorelasi negatif dengan butir lain; periksa apakah butir ini terbalik.")
            % {"names": quoted(negative)}
        )
    return notes
