"""Studi kasus, Tantangan, Rekomendasi dan rencana tindak lanjut, Kesimpulan."""

from reports.blocks import Block, Chapter, Quote
from reports.chapters.lists import challenge_table, recommendation_table
from reports.chapters.pictures import challenge_picture
from reports.chapters.results import finding_blocks, quotes_of, said_by
from reports.contents import EvaluationReport
from reports.fact_contents import CaseStudyFacts, EarlierFacts, RecommendationFacts
from reports.narrative.summary import (
    CHALLENGE,
    challenge_sentences,
    conclusion_sentences,
    quoted,
    theme_sentences,
)
from reports.words import closed, day, listing


def case_study_chapter(report: EvaluationReport) -> Chapter | None:
    if not report.case_studies:
        return None
    return Chapter(key="kasus", title="Studi kasus", blocks=tuple(_case(case) for case in report.case_studies))


def _case(case: CaseStudyFacts) -> Block:
    parts = (
        ("Sebelum program", case.before),
        ("Yang diterapkan", case.applied),
        ("Sesudah program", case.after),
        ("Yang dirasakan masyarakat", case.public_effect),
    )
    return Block(
        heading=f"{case.title} ({case.unit})",
        details=tuple((name, closed(text)) for name, text in parts if text),
        quotes=tuple(Quote(one.quote, said_by(one)) for one in case.evidence if one.quote),
        source=closed("; ".join(_sources_of(case))),
    )


def _sources_of(case: CaseStudyFacts) -> list[str]:
    """What was written of its sources, and every linked one once."""
    written = [case.source.strip().rstrip(".")] if case.source.strip() else []
    return [*written, *dict.fromkeys(said_by(one) for one in case.evidence)]


def challenge_chapter(report: EvaluationReport) -> Chapter:
    challenges = report.findings_of(CHALLENGE)
    if not challenges:
        nothing = Block(sentences=("Tidak ada tantangan yang tercatat dalam evaluasi ini.",))
        return Chapter(key="tantangan", title="Tantangan", blocks=(nothing,))
    overview = Block(
        sentences=(" ".join(challenge_sentences(report)), *theme_sentences(report)),
        pictures=challenge_picture(challenges),
        tables=(challenge_table(challenges),),
    )
    heard = [one for one in challenges if quotes_of(one) or one.contradicting]
    voices = finding_blocks("Bukti setiap tantangan", [(closed(one.statement), one) for one in heard])
    return Chapter(key="tantangan", title="Tantangan", blocks=(overview, *voices))


def recommendation_chapter(report: EvaluationReport) -> Chapter:
    if not report.recommendations:
        nothing = Block(sentences=("Rekomendasi belum disusun.",))
        return Chapter(key="rekomendasi", title="Rekomendasi dan rencana tindak lanjut", blocks=(nothing,))
    each = tuple(
        _recommendation(number, recommendation)
        for number, recommendation in enumerate(report.recommendations, start=1)
    )
    plan = Block(heading="Ikhtisar rencana tindak lanjut", tables=(recommendation_table(report.recommendations),))
    return Chapter(key="rekomendasi", title="Rekomendasi dan rencana tindak lanjut", blocks=(*each, plan))


def _recommendation(number: int, recommendation: RecommendationFacts) -> Block:
    answers = [quoted(statement) for statement in recommendation.answers]
    plan = (
        f"{recommendation.owner}; prioritas {recommendation.priority.lower()}; "
        f"tenggat {day(recommendation.due_date)}; status {recommendation.state.lower()}."
    )
    details = (
        ("Pelaksanaan", closed(recommendation.implementation)),
        ("Dasar temuan", closed(listing(answers))),
        ("Penanggung jawab", plan),
        ("Keterlaksanaan", closed(_feasibility(recommendation))),
        ("Tanggapan pimpinan", closed(_answer(recommendation))),
        ("Kemajuan terakhir", closed(progress_of(recommendation))),
    )
    return Block(
        heading=f"{number}. {recommendation.statement.rstrip('.')}",
        details=tuple((term, words) for term, words in details if words),
    )


def _feasibility(recommendation: RecommendationFacts) -> str:
    needed = f"sumber daya: {recommendation.resources}" if recommendation.resources else ""
    return "; ".join(filter(None, (recommendation.implementability.lower(), needed)))


def _answer(recommendation: RecommendationFacts) -> str:
    return ": ".join(filter(None, (recommendation.management_answer.lower(), recommendation.management_reason)))


def progress_of(told: RecommendationFacts | EarlierFacts) -> str:
    return f"{day(told.progress_on)}: {told.progress}" if told.progress else ""


def conclusion_chapter(report: EvaluationReport) -> Chapter:
    return Chapter(key="kesimpulan", title="Kesimpulan", blocks=(Block(sentences=conclusion_sentences(report)),))
