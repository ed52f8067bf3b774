"""A file of values before and after becomes the paired analysis, in all and by group."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from asn_eval.tables import Row, Table
from asn_eval.tables.model import Cell
from reports.analysis.counts import PairedCounts
from reports.analysis.learning import NormalizedGain, n_gain
from reports.analysis.paired import PairedChange, paired_change
from reports.analysis.results import Interval

from .cells import CellError, in_words, to_label, to_number
from .columns import Problem, find_column, quoted, refused_rows_note, require_column

ID = ("id",)
BEFORE = ("before", "sebelum", "pre")
AFTER = ("after", "sesudah", "post")
GROUP = ("group", "kelompok")
HEADER_HINT = (*ID, *BEFORE, *AFTER, *GROUP)


@dataclass(frozen=True, slots=True)
class Limits:
    """The lowest and highest score that can be right; None where it is not known."""

    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class _Columns:
    id: int
    before: int
    after: int
    group: int | None


@dataclass(frozen=True, slots=True)
class _Scores:
    group: str | None
    before: float | None
    after: float | None


def inspect_impact(table: Table, limits: Limits) -> dict[str, object]:
    """Return the JSON object of the command `impact`: all, groups, problems and notes.

    A row with a refused cell is left out entirely, and so are all rows that share an id, since which of them
    is right cannot be known. Raises `InspectionError` when a needed column is missing or named twice.
    """
    columns = _Columns(
        id=require_column(table, ID),
        before=require_column(table, BEFORE),
        after=require_column(table, AFTER),
        group=find_column(table, GROUP),
    )
    problems = _problems(table, columns, limits)
    refused = {problem.row for problem in problems}
    scores = [_scores(row, columns) for row in table.rows if row.number not in refused]
    names = sorted({row.group for row in scores if row.group is not None})
    return {
        "all": _result(scores, limits),
        "groups": {name: _result([row for row in scores if row.group == name], limits) for name in names},
        "problems": problems,
        "notes": [*table.notes, *refused_rows_note(problems), *_notes(table, columns, scores, limits)],
    }


def _problems(table: Table, columns: _Columns, limits: Limits) -> list[Problem]:
    names = table.header
    id_counts = Counter(_label_or_none(row.cells[columns.id]) for row in table.rows)
    found = []
    for row in table.rows:
        checks = [
            (columns.id, lambda cell: _check_id(cell, id_counts)),
            (columns.before, lambda cell: _check_score(cell, limits)),
            (columns.after, lambda cell: _check_score(cell, limits)),
        ]
        if columns.group is not None:
            checks.append((columns.group, to_label))
        for position, check in checks:
            try:
                check(row.cells[position])
            except CellError as error:
                found.append(Problem.at(row, names[position], row.cells[position], str(error)))
    return found


def _label_or_none(cell: Cell) -> str | None:
    try:
        return to_label(cell)
    except CellError:
        return None


def _check_id(cell: Cell, id_counts: Counter) -> None:
    label = to_label(cell)
    if label is None:
        raise CellError(_("Id kosong; isi dengan pengenal yang sama untuk nilai sebelum dan sesudah."))
    if id_counts[label] > 1:
        raise CellError(
            _("Id ini muncul %(count)s kali; semua barisnya ditolak. Sisakan satu baris per orang.")
            % {"count": id_counts[label]}
        )


def _check_score(cell: Cell, limits: Limits) -> None:
    score = to_number(cell)
    if score is None:
        return
    if limits.minimum is not None and score < limits.minimum:
        raise CellError(_("Nilai di bawah batas terendah %(minimum)s.") % {"minimum": in_words(limits.minimum)})
    if limits.maximum is not None and score > limits.maximum:
        raise CellError(_("Nilai di atas batas tertinggi %(maximum)s.") % {"maximum": in_words(limits.maximum)})


def _scores(row: Row, columns: _Columns) -> _Scores:
    return _Scores(
        group=None if columns.group is None else to_label(row.cells[columns.group]),
        before=to_number(row.cells[columns.before]),
        after=to_number(row.cells[columns.after]),
    )


def _result(scores: list[_Scores], limits: Limits) -> dict[str, object]:
    counts = PairedCounts.from_pairs((row.before, row.after) for row in scores)
    change = paired_change(counts)
    gain = None if limits.maximum is None else n_gain(counts, maximum=limits.maximum)
    return {"n_rows": len(scores), **_change_json(change), **_gain_json(gain)}


def _change_json(change: PairedChange) -> dict[str, object]:
    return {
        "n_before": change.n_before,
        "n_after": change.n_after,
        "n_paired": change.n_paired,
        "n_up": change.n_up,
        "n_same": change.n_same,
        "n_down": change.n_down,
        "mean_before": change.mean_before,
        "mean_after": change.mean_after,
        "median_before": change.median_before,
        "median_after": change.median_after,
        "sd_before": change.sd_before,
        "sd_after": change.sd_after,
        "mean_difference": change.mean_difference,
        "sd_difference": change.sd_difference,
        **interval_json("ci95", change.ci95),
        "t": change.t,
        "df": change.df,
        "p": change.p,
        "wilcoxon_w_plus": change.wilcoxon.w_plus,
        "wilcoxon_w_minus": change.wilcoxon.w_minus,
        "wilcoxon_n_nonzero": change.wilcoxon.n_nonzero,
        "wilcoxon_method": change.wilcoxon.method,
        "wilcoxon_p": change.wilcoxon.p,
        "d_z": change.d_z,
        **interval_json("d_z_ci95", change.d_z_ci),
        "d_av": change.d_av,
        "g_av": change.g_av,
    }


def _gain_json(gain: NormalizedGain | None) -> dict[str, object]:
    return {
        "ngain_class": gain and gain.class_gain,
        "ngain_mean": gain and gain.mean_gain,
        "ngain_n": gain and gain.n_individuals,
    }


def interval_json(name: str, interval: Interval | None) -> dict[str, float | None]:
    """Return the two ends of an interval under "<name>_low" and "<name>_high", null when there is none."""
    return {f"{name}_low": interval and interval.low, f"{name}_high": interval and interval.high}


def _notes(table: Table, columns: _Columns, scores: list[_Scores], limits: Limits) -> list[str]:
    used = {columns.id, columns.before, columns.after, columns.group}
    extra = [name for at, name in enumerate(table.header) if name and at not in used]
    unpaired = sum((row.before is None) != (row.after is None) for row in scores)
    empty = sum(row.before is None and row.after is None for row in scores)
    ungrouped = 0 if columns.group is None else sum(row.group is None for row in scores)
    notes = []
    if extra:
        notes.append(_("Kolom %(names)s tidak dipakai.") % {"names": quoted(extra)})
    if unpaired:
        notes.append(
            _("%(count)s baris hanya memiliki satu dari dua nilai sehingga tidak dapat dipasangkan.")
            % {"count": unpaired}
        )
    if empty:
        notes.append(_("%(count)s baris tidak memiliki nilai sebelum maupun sesudah.") % {"count": empty})
    if ungrouped:
        notes.append(
            _("%(count)s baris tidak memiliki kelompok dan hanya dihitung pada keseluruhan.")
            % {"count": ungrouped}
        )
    if limits.maximum is None:
        notes.append(
            _(
                "N-gain memerlukan --max-score. Selisih hanya bermakna bila nilai sebelum dan sesudah "
                "memakai skala yang sama."
            )
        )
    return notes
