"""Tindak lanjut evaluasi terdahulu: what was promised, done and judged, and how the measures moved since."""

from asn_eval.numbers import MISSING, format_decimal, format_integer, format_signed
from reports.analysis.distributions import Distribution
from reports.analysis.indicators import Direction
from reports.analysis.results import Suppressed
from reports.blocks import Block, Chapter, Column, Table
from reports.chapters.closing import progress_of
from reports.contents import EvaluationReport
from reports.fact_contents import EarlierFacts
from reports.result_contents import Moves
from reports.words import amount, closed, day

MEANINGS = {Direction.IMPROVED: "membaik", Direction.WORSENED: "memburuk", Direction.UNCHANGED: "tetap"}
CAUTION = (
    "Responden kedua evaluasi belum tentu orang yang sama. Selisihnya berkaitan dengan tindak lanjut, tetapi "
    "tidak membuktikan bahwa tindak lanjutlah sebabnya."
)


def earlier_chapter(report: EvaluationReport) -> Chapter | None:
    if not report.earlier:
        return None
    judged = tuple(_promise(number, promise) for number, promise in enumerate(report.earlier, start=1))
    return Chapter(
        key="terdahulu",
        title="Tindak lanjut evaluasi terdahulu",
        blocks=(*judged, *_moves(report.moves)),
    )


def _promise(number: int, promise: EarlierFacts) -> Block:
    none = "tanpa berkas bukti" if promise.is_done else ""
    proofs = f"{format_integer(promise.n_proofs)} berkas bukti" if promise.n_proofs else none
    answer = f"; tanggapan pimpinan: {promise.management_answer.lower()}" if promise.management_answer else ""
    done = "; ".join(filter(None, (promise.state.lower(), proofs, progress_of(promise))))
    return Block(
        heading=f"{number}. {promise.statement.rstrip('.')}",
        details=(
            (
                "Dijanjikan",
                f"{promise.owner}, paling lambat {day(promise.due_date)} ({promise.evaluation}){answer}.",
            ),
            ("Dikerjakan", closed(done)),
            ("Apakah berhasil", f"{promise.outcome}. {closed(promise.reason)}"),
        ),
    )


def _moves(moves: Moves | None) -> tuple[Block, ...]:
    if not moves:
        return ()
    tables = tuple(
        Table(caption=caption, columns=columns, rows=rows)
        for caption, columns, rows in (
            ("Indikator layanan dahulu dan sekarang", _columns("Indikator", "Artinya"), _indicator_rows(moves)),
            (
                "Skor survei sesudah program, dahulu dan sekarang",
                _columns("Instrumen dan dimensi", "Selisih"),
                _score_rows(moves),
            ),
            (
                "Indeks kepuasan sesudah program, dahulu dan sekarang",
                _columns("Instrumen", "Selisih"),
                _index_rows(moves),
            ),
        )
        if rows
    )
    notes = (CAUTION,) if moves.scores or moves.indices else ()
    return (Block(heading="Perubahan ukuran sejak evaluasi itu", tables=tables, notes=notes),)


def _columns(first: str, last: str) -> tuple[Column, ...]:
    return (
        Column(first),
        Column("Dahulu", "number"),
        Column("Sekarang", "number"),
        Column(last, "number" if last == "Selisih" else "text"),
    )


def _indicator_rows(moves: Moves) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            f"{move.name}, {move.agency} ({move.unit})",
            f"{amount(move.then[1])} ({day(move.then[0])})",
            f"{amount(move.now[1])} ({day(move.now[0])})",
            MEANINGS[move.change.direction],
        )
        for move in moves.indicators
    )


def _score_rows(moves: Moves) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (f"{move.instrument}: {move.label}", _mean(move.then), _mean(move.now), format_signed(move.difference))
        for move in moves.scores
    )


def _index_rows(moves: Moves) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            move.instrument,
            f"{format_decimal(move.then)} (n = {format_integer(move.n_then)})",
            f"{format_decimal(move.now)} (n = {format_integer(move.n_now)})",
            format_signed(move.difference),
        )
        for move in moves.indices
    )


def _mean(score: Distribution | Suppressed) -> str:
    if isinstance(score, Suppressed) or score.mean is None:
        return MISSING
    return f"{format_decimal(score.mean)} (n = {format_integer(score.n)})"
