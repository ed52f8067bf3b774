"""Hasil dan dampak: each result as sentence, number with n, picture, table, source."""

from collections.abc import Sequence
from dataclasses import replace

from reports.analysis.results import Suppressed
from reports.blocks import Block, Chapter, Quote
from reports.chapters.indicators import indicator_block, predicate_block
from reports.chapters.observations import sheet_block
from reports.chapters.pictures import (
    change_picture,
    direction_picture,
    knowledge_picture,
    satisfaction_picture,
)
from reports.chapters.tables import (
    change_table,
    choice_table,
    competence_rows,
    level_table,
    satisfaction_table,
)
from reports.chapters.triangulation import strengths_blocks, triangulation_blocks
from reports.contents import EvaluationReport
from reports.fact_contents import EvidenceFacts, FindingFacts, SurveyFacts
from reports.narrative.changes import (
    change_cautions,
    change_sentences,
    comparison_sentences,
    dimension_sentences,
    gain_sentences,
    item_sentences,
)
from reports.narrative.levels import (
    choice_sentences,
    level_sentences,
)
from reports.narrative.method import source_line
from reports.narrative.satisfaction import result_name as satisfaction_name
from reports.narrative.satisfaction import satisfaction_sentences, wave_suffix
from reports.narrative.summary import NO_DATA, evidence_summary, has_results
from reports.result_contents import (
    ChoiceResults,
    CompetenceResult,
    KnowledgeResult,
    LevelResult,
    NamedChange,
    SatisfactionResult,
)
from reports.words import closed, day, lower_first

RETROSPECTIVE = (
    "Keadaan sebelum program dinilai menurut ingatan, sekaligus dengan keadaan sekarang. Angka ini tidak setara "
    "dengan pengukuran sebelum dan sesudah yang sesungguhnya dan tidak digabung dengannya."
)
VOICES = (
    ("dampak", "Dampak yang dirasakan"),
    ("kekuatan", "Kekuatan program"),
    ("kelemahan", "Kelemahan program"),
    ("kebutuhan", "Kebutuhan yang disampaikan"),
)


def results_chapter(report: EvaluationReport) -> Chapter:
    if not has_results(report):
        return Chapter(key="hasil", title="Hasil dan dampak", blocks=(Block(sentences=(NO_DATA,)),))
    blocks: list[Block] = []
    for competence in report.competence:
        blocks += competence_blocks(competence, report.minimum_group)
    for knowledge in report.knowledge:
        blocks += knowledge_blocks(knowledge, report.minimum_group)
    for satisfaction in report.satisfaction:
        blocks.append(satisfaction_block(satisfaction))
    for level in report.levels:
        blocks.append(level_block(level))
    for choices in report.choices:
        blocks += choice_blocks(choices, report.minimum_group)
    for indicator in report.indicators:
        blocks.append(indicator_block(indicator))
    for predicate in report.predicates:
        blocks.append(predicate_block(predicate))
    blocks += [sheet_block(sheet) for sheet in report.sheets]
    for kind, heading in VOICES:
        blocks += voice_blocks(report, kind, heading)
    blocks += triangulation_blocks(report)
    blocks += strengths_blocks(report)
    return Chapter(key="hasil", title="Hasil dan dampak", blocks=tuple(blocks))


def competence_blocks(result: CompetenceResult, minimum: int) -> list[Block]:
    name = result_name(result)
    rows = competence_rows(result)
    source = source_line(result.before, result.after)
    blocks = [
        Block(
            heading=name,
            sentences=(
                " ".join(change_sentences(result.total, subject=f"skor {lower_first(name)}")),
                " ".join(dimension_sentences(result.dimensions)),
            ),
            notes=((RETROSPECTIVE,) if result.is_retrospective else ()) + tuple(change_cautions(result.total)),
            pictures=change_picture("Skor sebelum dan sesudah per dimensi", rows, result)
            + direction_picture("Bagian peserta yang skornya turun, tetap, dan naik", rows),
            tables=(change_table(f"{name}: perubahan per dimensi", rows, heading="Dimensi", minimum=minimum),),
            source=source,
        )
    ]
    items = item_sentences(result.items)
    if items:
        blocks.append(
            Block(
                heading="Perubahan per butir",
                sentences=(" ".join(items),),
                pictures=change_picture("Skor sebelum dan sesudah per butir", result.items, result),
                tables=(
                    change_table(f"{name}: perubahan per butir", result.items, heading="Butir", minimum=minimum),
                ),
                source=source,
            )
        )
    if result.comparison is not None:
        blocks.append(_comparison_block(result, minimum))
    return [_without_blanks(block) for block in blocks]


def _comparison_block(result: CompetenceResult, minimum: int) -> Block:
    compared = result.comparison
    rows = [
        NamedChange("peserta", "Peserta", result.total),
        NamedChange("pembanding", "Kelompok pembanding", compared.total),
    ]
    return Block(
        heading="Peserta dan kelompok pembanding",
        sentences=(
            " ".join(
                comparison_sentences(result.total, compared, subject=f"skor {lower_first(result.instrument.name)}")
            ),
        ),
        pictures=change_picture("Peserta dan kelompok pembanding", rows, result),
        tables=(
            change_table(
                f"{result.instrument.name}: peserta dan kelompok pembanding",
                [row for row in rows if row.change is not None],
                heading="Kelompok",
                minimum=minimum,
            ),
        ),
        source=source_line(result.before, result.after, *compared.surveys),
    )


def knowledge_blocks(result: KnowledgeResult, minimum: int) -> list[Block]:
    name = result_name(result)
    rows = [NamedChange("nilai", "Peserta", result.change)]
    if result.comparison is not None:
        rows.append(NamedChange("pembanding", "Kelompok pembanding", result.comparison))
    n = 0 if isinstance(result.change, Suppressed) else result.change.n_paired
    return [
        _without_blanks(
            Block(
                heading=name,
                sentences=(
                    " ".join(change_sentences(result.change, subject=f"nilai {lower_first(name)}")),
                    " ".join(gain_sentences(result.gain, n=n)) if n else "",
                    " ".join(comparison_sentences(result.change, result.comparison, subject="nilai tes")),
                ),
                notes=change_cautions(result.change),
                pictures=knowledge_picture(result),
                tables=(change_table(f"{name}: perubahan nilai", rows, heading="Kelompok", minimum=minimum),),
                source=source_line(result.before, result.after, *result.comparison_surveys),
            )
        )
    ]


def satisfaction_block(result: SatisfactionResult) -> Block:
    return Block(
        heading=satisfaction_name(result),
        sentences=(" ".join(satisfaction_sentences(result)),),
        pictures=satisfaction_picture(result),
        tables=(satisfaction_table(f"Nilai SKM per unsur{wave_suffix(result)}", result),)
        if result.satisfaction_before or result.satisfaction_after
        else (),
        source=source_line(result.before, result.after),
    )


def level_block(result: LevelResult) -> Block:
    return Block(
        heading=f"{result.instrument.name} ({asked_of(result.survey)})",
        sentences=level_sentences(result),
        tables=(level_table(result),) if result.survey.n_answered else (),
        source=source_line(result.survey),
    )


def result_name(result: CompetenceResult | KnowledgeResult) -> str:
    """The instrument, and what of it this is where it is not plainly before and after."""
    name = result.instrument.name
    if result.before.is_retrospective:
        return f"{name} (retrospektif)"
    return name if result.after.wave == "Sesudah" else f"{name} ({result.after.wave.lower()})"


def asked_of(survey: SurveyFacts) -> str:
    """Who and when, for a heading."""
    return (
        survey.wave.lower()
        if survey.group == "peserta"
        else f"{lower_first(survey.respondents)}, {survey.wave.lower()}"
    )


def choice_blocks(results: ChoiceResults, minimum: int) -> list[Block]:
    """What was chosen, question by question."""
    return [
        Block(
            heading=f"{results.instrument.name}: pilihan jawaban ({asked_of(results.survey)})",
            sentences=choice_sentences(results),
            tables=tuple(choice_table(question, minimum) for question in results.questions),
            source=source_line(results.survey),
        )
    ]


def voice_blocks(report: EvaluationReport, kind: str, heading: str) -> list[Block]:
    """What was heard, seen and read, each with its sources and the quotes that consent allows."""
    return finding_blocks(
        heading,
        [
            (f"{closed(finding.statement)} (Bukti: {evidence_summary(finding)})", finding)
            for finding in report.findings_of(kind)
        ],
    )


def finding_blocks(heading: str, findings: Sequence[tuple[str, FindingFacts]]) -> list[Block]:
    """A block per finding, so that its quotes stand under it, what contradicts it after; the heading once."""
    blocks = []
    for number, (point, finding) in enumerate(findings):
        blocks.append(Block(heading=heading if number == 0 else "", points=(point,), quotes=quotes_of(finding)))
        if finding.contradicting:
            sources = "; ".join(map(said_by, finding.contradicting))
            quotes = tuple(Quote(one.quote, said_by(one)) for one in finding.contradicting if one.quote)
            blocks.append(Block(details=(("Bukti yang bertentangan", closed(sources)),), quotes=quotes))
    return blocks


def quotes_of(finding: FindingFacts) -> tuple[Quote, ...]:
    return tuple(Quote(evidence.quote, said_by(evidence)) for evidence in finding.evidence if evidence.quote)


def said_by(evidence: EvidenceFacts) -> str:
    when = f", {day(evidence.date)}" if evidence.date else ""
    return f"{evidence.kind}: {evidence.source}{when}"


def _without_blanks(block: Block) -> Block:
    return replace(block, sentences=tuple(sentence for sentence in block.sentences if sentence))
