"""Ringkasan eksekutif, Pendahuluan, Tujuan dan sasaran."""

from asn_eval.numbers import format_integer
from reports.blocks import Block, Chapter, Column, Table
from reports.chapters.lists import activity_table, count_table, objective_table
from reports.contents import EvaluationReport
from reports.narrative.summary import key_numbers, key_sentences
from reports.words import amount, closed, lower_first, period


def summary_chapter(report: EvaluationReport) -> Chapter:
    """The one page that a director reads."""
    rows = key_numbers(report)
    table = Table(
        caption="Angka pokok",
        columns=(
            Column("Hasil"),
            Column("Sebelum", "number"),
            Column("Sesudah", "number"),
            Column("Selisih", "number"),
            Column("n", "number"),
        ),
        rows=rows,
        note=_key_note(report),
    )
    return Chapter(
        key="ringkasan",
        title="Ringkasan eksekutif",
        blocks=(Block(points=key_sentences(report), tables=(table,) if rows else ()),),
    )


def _key_note(report: EvaluationReport) -> str:
    """What n counts in the rows that this report has."""
    notes = ["jumlah orang yang mengisi kedua gelombang"] if report.competence or report.knowledge else []
    if report.satisfaction or report.indicators:
        notes.append("untuk SKM dan indikator, jumlah responden atau kasus sebelum / sesudah program")
    return f"n: {'; '.join(notes)}. Selisih dihitung sebelum angkanya dibulatkan."


def introduction_chapter(report: EvaluationReport) -> Chapter:
    background = _paragraphs(report.program.background) or (
        f"Program {report.program.name} adalah program {lower_first(report.program.type)} ASN di "
        f"{report.program.region} yang diselenggarakan oleh {report.office.name}. Laporan ini menyajikan "
        "evaluasinya.",
    )
    blocks = [Block(heading="Latar belakang", sentences=background)]
    blocks.append(
        Block(
            heading="Pertanyaan evaluasi",
            sentences=()
            if report.questions
            else ("Evaluasi ini menjawab apakah dan seberapa jauh keadaan berubah sesudah program.",),
            points=report.questions,
        )
    )
    held = "dilaksanakan" if report.start_date <= report.generated_at.date() else "direncanakan"
    scope = f"Evaluasi {held} pada {period(report.start_date, report.end_date)}"
    scope += f" oleh {report.team}." if report.team else "."
    criteria = (f"Kriteria yang dipakai: {closed(report.criteria)}",) if report.criteria else ()
    blocks.append(Block(heading="Lingkup dan kriteria", sentences=(scope, *criteria)))
    return Chapter(key="pendahuluan", title="Pendahuluan", blocks=tuple(blocks))


def program_chapter(report: EvaluationReport) -> Chapter:
    return Chapter(
        key="tujuan",
        title="Tujuan dan sasaran program",
        blocks=(_aims(report), _activities(report), _participants(report)),
    )


def _aims(report: EvaluationReport) -> Block:
    program = report.program
    sentences = _paragraphs(program.aims)
    if program.target_group:
        sentences += (f"Sasaran peserta: {closed(program.target_group)}",)
    if not program.objectives:
        sentences += ("Sasaran dengan indikator dan target belum dicatat.",)
    return Block(
        heading="Tujuan, indikator, dan target",
        sentences=sentences,
        tables=(objective_table(program.objectives),) if program.objectives else (),
    )


def _activities(report: EvaluationReport) -> Block:
    activities = report.program.activities
    if not activities:
        return Block(heading="Gambaran program", sentences=("Kegiatan program belum dicatat.",))
    total = amount(report.program.total_lesson_hours)
    sentence = (
        f"Program berlangsung pada {period(report.program.start_date, report.program.end_date)} dengan "
        f"{format_integer(len(activities))} kegiatan dan {total} jam pelajaran (JP)."
    )
    return Block(heading="Gambaran program", sentences=(sentence,), tables=(activity_table(activities, total),))


def _participants(report: EvaluationReport) -> Block:
    people = report.participants
    if not people.n_participants:
        return Block(heading="Peserta", sentences=("Daftar peserta belum diisi.",))
    sentences = [f"Program diikuti {format_integer(people.n_participants)} peserta."]
    if people.n_withdrawn:
        sentences.append(f"Di antaranya {format_integer(people.n_withdrawn)} orang mengundurkan diri.")
    if people.n_comparison:
        sentences.append(f"Kelompok pembanding terdiri atas {format_integer(people.n_comparison)} orang.")
    tables = [
        count_table(caption, heading, counts)
        for caption, heading, counts in (
            ("Peserta menurut status kepegawaian", "Status", people.by_status),
            ("Peserta menurut unit kerja", "Unit kerja", people.by_agency),
        )
        if len(counts) > 1
    ]
    return Block(heading="Peserta", sentences=(" ".join(sentences),), tables=tuple(tables))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
