"""Indicators of a report: the sentences, the run chart, the tables beside it."""

from itertools import zip_longest

from asn_eval.numbers import MISSING, format_decimal, format_integer, format_percent
from reports import charts_of_time
from reports.analysis.indicators import Level, Point
from reports.analysis.results import Suppressed
from reports.blocks import Block, Column, Picture, Table
from reports.indicator_contents import IndicatorResult, PredicateCount, PredicateResult
from reports.narrative.indicators import (
    PREDICATE_CAUTION,
    indicator_cautions,
    indicator_paragraphs,
    predicate_sentences,
)
from reports.words import amount, closed, day, decimals, lower_first

FOLDED_ABOVE = 8  # rows; a longer table stands in two halves
LONGEST_BESIDE = 24  # letters of a unit's name beside the picture
PLACES_OF_A_MEAN = 2


def indicator_block(result: IndicatorResult) -> Block:
    return Block(
        heading=f"{result.name}, {result.agency}",
        sentences=indicator_paragraphs(result),
        notes=indicator_cautions(result),
        pictures=run_picture(result),
        tables=(*level_tables(result), measurement_table(result)) if result.points else (),
        source=closed(result.source),
    )


def predicate_block(result: PredicateResult) -> Block:
    is_shown = result.change is not None and not isinstance(result.change, Suppressed)
    return Block(
        heading=f"{result.name}, {result.agency}",
        sentences=(" ".join(predicate_sentences(result)),),
        notes=(PREDICATE_CAUTION,) if is_shown else (),
        pictures=predicate_picture(result),
        tables=(predicate_table(result),) if result.counts else (),
        source=closed(f"{result.source.rstrip('. ')}. Predikat menurut {result.legal_source}"),
    )


def run_picture(result: IndicatorResult) -> tuple[Picture, ...]:
    """Two points make a line; one is told in words."""
    if len(result.points) < 2:
        return ()
    judged, target, compared = result.judged, result.change.target, result.comparison
    svg = charts_of_time.run_chart(
        _drawn(result.points),
        unit=result.unit,
        program=(result.starts, result.ends),
        labels=tuple((point.date, amount(point.value)) for point in (result.points[0], result.points[-1])),
        target=None if target is None else (target, amount(target)),
        centre=(judged.before.median, f"sebelum {amount(judged.before.median)}") if judged.before else None,
        other=(_drawn(compared.points), _short(compared.agency)) if compared and compared.points else None,
    )
    return (
        Picture(svg=svg, alt=" ".join(indicator_paragraphs(result)), caption=f"{result.name}, {result.agency}"),
    )


def level_tables(result: IndicatorResult) -> tuple[Table, ...]:
    """Before and after in figures, those of the comparison unit beside them."""
    sides = [(result.agency, result.judged)]
    if result.comparison:
        sides.append((f"{result.comparison.agency} (pembanding)", result.comparison.judged))
    rows = [
        (agency, when, *_level_cells(level))
        for agency, judged in sides
        for when, level in (("sebelum", judged.before), ("sesudah", judged.after))
        if level
    ]
    if not rows:
        return ()
    known = result.judged.known_baseline
    return (
        Table(
            caption=f"{result.name} sebelum dan sesudah program ({result.unit})",
            columns=(
                Column("Unit kerja"),
                Column("Masa", "short"),
                Column("Pengukuran", "number"),
                Column("Kasus", "number"),
                Column("Rata-rata", "number"),
                Column("Nilai tengah", "number"),
                Column("Terendah", "number"),
                Column("Tertinggi", "number"),
            ),
            rows=tuple(rows),
            note="" if known is None else f"Perubahan dihitung dari nilai awal {amount(known, result.unit)}.",
        ),
    )


def _level_cells(level: Level) -> tuple[str, ...]:
    return (
        format_integer(level.n_points),
        format_integer(level.n_cases),
        format_decimal(level.mean, PLACES_OF_A_MEAN),
        *(amount(value) for value in (level.median, level.low, level.high)),
    )


def measurement_table(result: IndicatorResult) -> Table:
    places = max((decimals(point.value) for point in result.points), default=0)
    rows = tuple(
        (day(point.date), format_decimal(point.value, places), format_integer(point.n)) for point in result.points
    )
    folds = len(rows) > FOLDED_ABOVE
    columns = (
        Column("Tanggal", "short"),
        Column(f"Nilai ({result.unit})", "number"),
        Column("Jumlah kasus", "number"),
    )
    return Table(
        caption=f"Pengukuran {lower_first(result.name)}, {result.agency}",
        columns=columns * 2 if folds else columns,
        rows=_folded(rows) if folds else rows,
    )


def predicate_picture(result: PredicateResult) -> tuple[Picture, ...]:
    if result.change is None or isinstance(result.change, Suppressed) or result.change.superiority is None:
        return ()
    svg = charts_of_time.stacked_chart(
        tuple(
            charts_of_time.StackRow(f"{when}, n = {format_integer(sum(side.counts))}", side.counts)
            for when, side in (("Sebelum", result.before), ("Sesudah", result.after))
        ),
        result.names,
        good_from=result.good_from,
    )
    alt = " ".join(predicate_sentences(result))
    return (Picture(svg=svg, alt=alt, caption=f"{result.name} sebelum dan sesudah program, {result.agency}"),)


def predicate_table(result: PredicateResult) -> Table:
    withheld = next((one.counts for one in result.counts if isinstance(one.counts, Suppressed)), None)
    return Table(
        caption=f"Jumlah pegawai per predikat, {result.agency}",
        columns=(
            Column("Tanggal", "short"),
            *(Column(name, "number") for name in result.names),
            Column("Jumlah", "number"),
            Column(f"{result.names[result.good_from]} atau lebih", "number"),
        ),
        rows=tuple((day(one.date), *_predicate_cells(one, result)) for one in result.counts),
        note=""
        if withheld is None
        else f"{MISSING}: tidak ditampilkan, kurang dari {format_integer(withheld.minimum)} pegawai dinilai.",
    )


def _predicate_cells(one: PredicateCount, result: PredicateResult) -> tuple[str, ...]:
    if isinstance(one.counts, Suppressed):
        return (MISSING,) * (len(result.names) + 2)
    n = sum(one.counts)
    good = format_percent(sum(one.counts[result.good_from :]) / n, 1) if n else MISSING
    return (*map(format_integer, one.counts), format_integer(n), good)


def _drawn(points: tuple[Point, ...]) -> tuple[tuple, ...]:
    return tuple((point.date, float(point.value)) for point in points)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_BESIDE else f"{name[: LONGEST_BESIDE - 1].rstrip()}…"


def _folded(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The second half beside the first, so that a year of months takes few lines."""
    half = -(-len(rows) // 2)
    blank = ("",) * len(rows[0])
    return tuple((*left, *right) for left, right in zip_longest(rows[:half], rows[half:], fillvalue=blank))
