"""Sources side by side for each objective, and what is strong and weak: blocks for page and document."""

from itertools import count

from asn_eval.numbers import format_integer
from reports.blocks import Block, Column, Table
from reports.contents import EvaluationReport
from reports.narrative.strengths import Point, strong_points, weak_points
from reports.narrative.triangulation import (
    AGREEMENTS,
    COLUMNS,
    RULE,
    STRENGTHS,
    basis,
    direction_word,
    objective_sentences,
    overview_cell,
    source_name,
)
from reports.triangulation import SURVEYS, ObjectiveEvidence, respondent_groups, triangulate
from reports.words import closed, lower_first


def triangulation_blocks(report: EvaluationReport) -> list[Block]:
    """The overview of all objectives, then one block per objective; nothing where no source speaks of any."""
    rows = triangulate(report)
    return [*overview_blocks(rows), *map(objective_block, count(1), rows)] if has_strands(rows) else []


def has_strands(rows: tuple[ObjectiveEvidence, ...]) -> bool:
    return any(row.strands for row in rows)


def overview_blocks(rows: tuple[ObjectiveEvidence, ...]) -> list[Block]:
    """All objectives and columns at a glance; nothing where no source speaks of any."""
    if not has_strands(rows):
        return []
    return [
        Block(
            heading="Triangulasi: apakah sumber-sumbernya sejalan",
            sentences=(_headline(rows), RULE),
            tables=(_overview(rows),),
            source="survei, wawancara, observasi, dokumen, dan indikator evaluasi ini.",
        )
    ]


def objective_block(number: int, row: ObjectiveEvidence) -> Block:
    """One objective: what its sources say, row by row."""
    return Block(
        heading=f"Sasaran {format_integer(number)}: {row.objective.statement}",
        sentences=(" ".join(objective_sentences(row)),),
        tables=(
            Table(
                caption=f"Sumber untuk sasaran {format_integer(number)}",
                columns=(
                    Column("Sumber"),
                    Column("Arah", "short"),
                    Column("Kekuatan", "short"),
                    Column("Dasar", "short"),
                ),
                rows=tuple(
                    (
                        source_name(one),
                        direction_word(one.kind, one.strand.direction),
                        STRENGTHS[one.strand.strength],
                        basis(one),
                    )
                    for one in row.strands
                ),
            ),
        )
        if row.strands
        else (),
    )


def strengths_blocks(report: EvaluationReport) -> list[Block]:
    """What is strong and what is weak, each with what it rests on; nothing where neither is known."""
    blocks = [
        Block(tables=(_points_table(caption, points),))
        for caption, points in (
            ("Kekuatan program", strong_points(report)),
            ("Kelemahan program", weak_points(report)),
        )
        if points
    ]
    if not blocks:
        return []
    return [
        Block(
            heading="Ringkasan kekuatan dan kelemahan",
            sentences=("Yang terukur didahulukan, lalu yang ditemukan dari wawancara, observasi, dan dokumen.",),
        ),
        *blocks,
    ]


def _headline(rows: tuple[ObjectiveEvidence, ...]) -> str:
    counted = {}
    for row in rows:
        counted.setdefault(row.agreement, []).append(row)
    told = ", ".join(f"{format_integer(len(held))} {AGREEMENTS[kind]}" for kind, held in counted.items())
    return f"Dari {format_integer(len(rows))} sasaran program, menurut sumbernya: {told}."


def _overview(rows: tuple[ObjectiveEvidence, ...]) -> Table:
    columns = _columns(rows)
    return Table(
        caption="Arah menurut tiap sumber dan kesesuaiannya",
        columns=(
            Column("Sasaran"),
            *(Column(name) for name, _kind, _group in columns),
            Column("Kesesuaian"),
        ),
        rows=tuple(
            (
                f"{format_integer(number)}. {row.objective.statement}",
                *(overview_cell(row.of_kind(kind, group)) for _name, kind, group in columns),
                AGREEMENTS[row.agreement],
            )
            for number, row in enumerate(rows, start=1)
        ),
    )


def _columns(rows: tuple[ObjectiveEvidence, ...]) -> list[tuple[str, str, str]]:
    """(heading, kind, group): the survey of each group that was asked, then every other kind of source."""
    groups = [(f"Survei {lower_first(group)}", SURVEYS, group) for group in respondent_groups(rows)]
    others = [(name, kind, "") for kind, name in COLUMNS.items() if kind != SURVEYS]
    return [*(groups or [(COLUMNS[SURVEYS], SURVEYS, "")]), *others]


def _points_table(caption: str, points: tuple[Point, ...]) -> Table:
    return Table(
        caption=caption,
        columns=(Column(caption.split()[0]), Column("Dasar")),
        rows=tuple((closed(point.statement), point.basis) for point in points),
    )
