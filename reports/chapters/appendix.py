"""Lampiran: instruments, full statistics, formulas, sources, interviews, observations, documents."""

from collections import Counter

from asn_eval.numbers import MISSING, format_integer
from reports.blocks import Block, Chapter, Column, Table
from reports.chapters.lists import unit_table
from reports.chapters.tables import competence_rows, detail_table
from reports.contents import EvaluationReport
from reports.fact_contents import InstrumentFacts, SurveyFacts
from reports.narrative.method import source_line
from reports.narrative.satisfaction import rules_formula
from reports.result_contents import CompetenceResult, KnowledgeResult, NamedChange
from reports.words import amount, closed, day, lower_first, moment

CHANGE_FORMULAS = (
    ("Selisih rata-rata", "rata-rata sesudah dikurangi rata-rata sebelum, dari orang yang mengisi keduanya"),
    ("Selang kepercayaan 95%", "selisih ± t(0,975; n − 1) × SB selisih / √n"),
    ("Uji-t berpasangan", "t = selisih / (SB selisih / √n), db = n − 1"),
    (
        "Uji Wilcoxon",
        "peringkat bertanda tanpa selisih nol; eksak sampai 25 selisih, selebihnya pendekatan normal",
    ),
    (
        "Ukuran efek g",
        "selisih / √((SB sebelum² + SB sesudah²)/2) × (1 − 3/(4·db − 1)); 0,2 kecil, 0,5 sedang, 0,8 besar",
    ),
    ("d_z", "selisih / SB selisih"),
)
HOLM = ("Penyesuaian Holm", "nilai p diurutkan dan dikalikan banyaknya uji yang tersisa")
ALPHA = ("Cronbach's alpha", "k/(k − 1) × (1 − jumlah varians butir / varians skor total); selang menurut Feldt")
GAIN = ("N-gain", "(sesudah − sebelum) / (nilai tertinggi − sebelum)")
RESPONSE = ("Tingkat respons", "jumlah yang menjawab dibagi jumlah yang diundang")


def appendix_chapter(report: EvaluationReport) -> Chapter:
    blocks = [_instrument(instrument) for instrument in report.instruments]
    blocks += [_details(result) for result in report.competence]
    blocks += [_knowledge_details(result) for result in report.knowledge]
    blocks += [
        _unit_responses(report),
        _formulas(report),
        _interviews(report),
        _observations(report),
        _documents(report),
        _sources(report),
    ]
    return Chapter(key="lampiran", title="Lampiran", blocks=tuple(block for block in blocks if block))


def _instrument(instrument: InstrumentFacts) -> Block:
    dimensions = dict(instrument.dimensions)
    has_dimensions = len(dimensions) > 1
    return Block(
        heading=f"Instrumen: {instrument.name}, versi {format_integer(instrument.number)}",
        sentences=(instrument.description,) if instrument.description else (),
        tables=(
            Table(
                caption=f"Butir {instrument.name}",
                columns=(
                    Column("No.", "number"),
                    Column("Nama singkat"),
                    Column("Pertanyaan"),
                    *((Column("Dimensi"),) if has_dimensions else ()),
                    Column("Rentang", "short"),
                ),
                rows=tuple(
                    (
                        format_integer(number),
                        f"{item.label} (dibalik)" if item.is_reverse else item.label,
                        item.text,
                        *((dimensions.get(item.dimension, MISSING),) if has_dimensions else ()),
                        f"{amount(item.minimum)}–{amount(item.maximum)}" if item.is_closed else "teks",
                    )
                    for number, item in enumerate(instrument.items, start=1)
                ),
            ),
        ),
        source=instrument.source,
    )


def _details(result: CompetenceResult) -> Block:
    name = result.instrument.name
    return Block(
        heading=f"Statistik lengkap: {name}",
        tables=(
            detail_table(f"{name}: statistik per dimensi", competence_rows(result), heading="Dimensi"),
            detail_table(f"{name}: statistik per butir", result.items, heading="Butir"),
        ),
        source=source_line(result.before, result.after),
    )


def _knowledge_details(result: KnowledgeResult) -> Block:
    rows = [NamedChange("nilai", "Peserta", result.change)]
    if result.comparison is not None:
        rows.append(NamedChange("pembanding", "Kelompok pembanding", result.comparison))
    name = result.instrument.name
    return Block(
        heading=f"Statistik lengkap: {name}",
        tables=(detail_table(f"{name}: statistik nilai", rows, heading="Kelompok"),),
        source=source_line(result.before, result.after, *result.comparison_surveys),
    )


def _unit_responses(report: EvaluationReport) -> Block | None:
    """Where there is more than one unit: of a single one the table of surveys says it all."""
    several = [response for response in report.unit_responses if len(response.units) > 1]
    if not several:
        return None
    return Block(heading="Respons menurut unit kerja", tables=tuple(unit_table(response) for response in several))


def _index_formulas(report: EvaluationReport) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(("IKM", rules_formula(result.rules)) for result in report.satisfaction))


def _formulas(report: EvaluationReport) -> Block | None:
    """Only what this report uses."""
    compares = bool(report.competence or report.knowledge)
    used = (
        (compares, CHANGE_FORMULAS),
        (report.competence, (HOLM,)),
        (report.reliabilities, (ALPHA,)),
        (report.knowledge, (GAIN,)),
        (report.satisfaction, _index_formulas(report)),
        (any(not survey.is_public for survey in report.surveys), (RESPONSE,)),
    )
    rows = tuple(row for is_used, rows in used if is_used for row in rows)
    if not rows:
        return None
    return Block(
        heading="Istilah dan rumus",
        tables=(
            Table(
                caption="Istilah dan rumus yang dipakai",
                columns=(Column("Istilah"), Column("Rumus")),
                rows=rows,
            ),
        ),
    )


def _interviews(report: EvaluationReport) -> Block | None:
    if not report.interviews:
        return None
    roles = Counter(interview.role for interview in report.interviews)
    days = {
        role: sorted({interview.date for interview in report.interviews if interview.role == role})
        for role in roles
    }
    return Block(
        heading="Wawancara menurut peran",
        sentences=("Nama informan hanya dicantumkan pada kutipan, dan hanya bila informan mengizinkannya.",),
        tables=(
            Table(
                caption="Informan yang diwawancarai",
                columns=(Column("Peran"), Column("Jumlah informan", "number"), Column("Tanggal")),
                rows=tuple(
                    (role, format_integer(n), "; ".join(day(date) for date in days[role]))
                    for role, n in sorted(roles.items())
                ),
            ),
        ),
    )


def _observations(report: EvaluationReport) -> Block | None:
    if not report.observations:
        return None
    return Block(
        heading="Observasi",
        tables=(
            Table(
                caption="Yang diamati",
                columns=(
                    Column("Unit kerja"),
                    Column("Tanggal", "short"),
                    Column("Sebelum program"),
                    Column("Yang diamati"),
                ),
                rows=tuple(
                    (seen.unit, day(seen.date), seen.before or MISSING, seen.after) for seen in report.observations
                ),
            ),
        ),
    )


def _documents(report: EvaluationReport) -> Block | None:
    if not report.documents:
        return None
    return Block(
        heading="Dokumen yang ditelaah",
        tables=(
            Table(
                caption="Dokumen dan isinya",
                columns=(
                    Column("Dokumen"),
                    Column("Nomor"),
                    Column("Tanggal", "short"),
                    Column("Yang ditunjukkan"),
                ),
                rows=tuple(
                    (
                        f"{document.title} ({document.kind})" if document.kind else document.title,
                        document.number or MISSING,
                        day(document.date),
                        document.shows,
                    )
                    for document in report.documents
                ),
            ),
        ),
    )


def _sources(report: EvaluationReport) -> Block:
    waves: dict[tuple[str, str], list[SurveyFacts]] = {}
    for survey in report.surveys:
        waves.setdefault((survey.instrument, survey.respondents), []).append(survey)
    held = [source_line(*surveys) for surveys in waves.values()]
    held += [
        f"indikator {lower_first(one.name)}, {one.agency}: {closed(lower_first(one.source))}"
        for one in (*report.indicators, *report.predicates)
    ]
    made = (
        f"Laporan ini dibuat dari data per {moment(report.generated_at, report.office.time_zone)} dengan ASN Eval "
        f"versi {report.code_version}."
    )
    return Block(
        heading="Sumber data", sentences=(made,), points=tuple(line[:1].upper() + line[1:] for line in held)
    )
