"""The whole report in a few sentences: executive summary, challenges, conclusion. Pure."""

from collections import Counter

from asn_eval.numbers import format_decimal, format_integer, format_signed
from reports.analysis.indicators import Direction
from reports.analysis.paired import PairedChange
from reports.analysis.satisfaction import Satisfaction
from reports.contents import EvaluationReport, FindingFacts, IndicatorResult
from reports.narrative.changes import headline, verb
from reports.narrative.levels import (
    indicator_headline,
    is_within_usual,
    satisfaction_difference,
    satisfaction_sentences,
)
from reports.words import amount, closed, listing, lower_first, period, sentence_case

IMPACTS = ("dampak", "kekuatan", "kelemahan", "kebutuhan")
CHALLENGE = "tantangan"
INDICATORS_SUMMED_UP = 3  # the summary is one page
NO_DATA = (
    "Belum ada data yang dikumpulkan untuk evaluasi ini, sehingga laporan ini baru memuat keterangan program dan "
    "rencana evaluasinya."
)
ASSOCIATION = (
    "Perubahan yang dilaporkan berkaitan dengan masa pelaksanaan program; rancangan evaluasi ini tidak dapat "
    "memastikan bahwa program adalah penyebabnya."
)


def has_results(report: EvaluationReport) -> bool:
    return bool(
        any(survey.n_answered for survey in report.surveys)
        or any(indicator.points for indicator in report.indicators)
        or report.findings
        or report.case_studies
    )


def key_sentences(report: EvaluationReport) -> tuple[str, ...]:
    """What a director reads first: the program, the main change of each kind, challenges, what to do."""
    sentences = [_program_sentence(report)]
    if not has_results(report):
        return (*sentences, NO_DATA)
    sentences += _outcome_sentences(report)
    sentences += challenge_sentences(report)[:1]
    if report.recommendations:
        first = report.recommendations[0]
        sentences.append(
            f"Laporan ini memuat {format_integer(len(report.recommendations))} rekomendasi. Yang pertama: "
            f"{closed(lower_first(first.statement))}"
        )
    if any(isinstance(one, PairedChange) for one in _changes(report)):
        sentences.append(ASSOCIATION)
    return tuple(sentences)


def challenge_sentences(report: EvaluationReport) -> tuple[str, ...]:
    """How many challenges there are, of which categories, and which weigh most."""
    challenges = report.findings_of(CHALLENGE)
    if not challenges:
        return ()
    by_category = Counter(challenge.category for challenge in challenges)
    names = [
        f"{lower_first(category)} ({format_integer(n)})" if n > 1 else lower_first(category)
        for category, n in by_category.most_common()
    ]
    sentences = [f"Ada {format_integer(len(challenges))} tantangan yang tercatat, menyangkut {listing(names)}."]
    heaviest = max(challenge.severity or 0 for challenge in challenges)
    heavy = [challenge for challenge in challenges if challenge.severity == heaviest]
    sentences.append(
        f"Tingkat keparahan tertinggi ({heavy[0].severity_name.lower()}) diberikan pada: "
        f"{listing([quoted(challenge.statement) for challenge in heavy])}."
    )
    return tuple(sentences)


def theme_sentences(report: EvaluationReport) -> tuple[str, ...]:
    """How many of those interviewed named the most widely named challenge."""
    counted = report.challenge_themes
    if not counted.n_informants or not counted.themes:
        return ()
    widest = counted.themes[0]
    heard, named = format_integer(counted.n_informants), format_integer(widest.n_informants)
    return (
        f"Dari {heard} informan yang diwawancarai, tantangan yang paling banyak disebut adalah "
        f"{lower_first(widest.category)} ({named} informan).",
    )


def conclusion_sentences(report: EvaluationReport) -> tuple[str, ...]:
    """What was found, without repeating every number; then the evaluator's own remark."""
    if not has_results(report):
        return (NO_DATA, *_remark(report))
    sentences = []
    impacts = report.findings_of("dampak")
    if impacts:
        sentences.append(
            f"Dari wawancara, observasi, dan dokumen tercatat {format_integer(len(impacts))} dampak, antara lain: "
            f"{closed(lower_first(impacts[0].statement))}"
        )
    sentences += challenge_sentences(report)[:1]
    if report.recommendations:
        sentences.append(
            f"Untuk perbaikan berikutnya disusun {format_integer(len(report.recommendations))} rekomendasi dengan "
            "penanggung jawab dan tenggat."
        )
    changed = _direction_sentences(report)
    if any(isinstance(one, PairedChange) for one in _changes(report)):
        changed.append(ASSOCIATION)
    return tuple(filter(None, (" ".join(changed), " ".join(sentences)))) + _remark(report)


def key_numbers(report: EvaluationReport) -> tuple[tuple[str, str, str, str, str], ...]:
    """(what, before, after, change, n) of each main result that may be shown."""
    rows = []
    for result in report.competence:
        rows += _change_row(f"{result.instrument.name} (rata-rata)", result.total)
    for result in report.knowledge:
        rows += _change_row(result.instrument.name, result.change)
    for result in report.satisfaction:
        rows += _satisfaction_row(result)
    rows += [_indicator_row(result) for result in report.indicators if result.points]
    return tuple(rows)


def quoted(text: str) -> str:
    return f"“{text.rstrip('. ')}”"


def _program_sentence(report: EvaluationReport) -> str:
    program, people = report.program, report.participants
    joined = (
        f"diikuti {format_integer(people.n_participants)} peserta"
        if people.n_participants
        else "belum mempunyai daftar peserta"
    )
    return (
        f"{sentence_case(program.name)} di {program.region} berlangsung "
        f"{period(program.start_date, program.end_date)} dan {joined}."
    )


def _outcome_sentences(report: EvaluationReport) -> list[str]:
    return [
        *(
            headline(result.total, subject=f"skor {lower_first(result.instrument.name)}")
            for result in report.competence
        ),
        *(
            headline(result.change, subject=f"nilai {lower_first(result.instrument.name)}")
            for result in report.knowledge
        ),
        *(" ".join(satisfaction_sentences(result)[:2]) for result in report.satisfaction),
        *(indicator_headline(result) for result in report.indicators[:INDICATORS_SUMMED_UP]),
    ]


def _direction_sentences(report: EvaluationReport) -> list[str]:
    sentences = []
    for name, change in (
        *((result.instrument.name, result.total) for result in report.competence),
        *((result.instrument.name, result.change) for result in report.knowledge),
    ):
        if isinstance(change, PairedChange) and change.n_paired:
            by = format_signed(change.mean_difference)
            sentences.append(
                f"Rata-rata {lower_first(name)} {verb(change.mean_difference)} ({by}; "
                f"n = {format_integer(change.n_paired)})."
            )
    for result in report.satisfaction:
        difference = satisfaction_difference(result)
        if difference is not None:
            n_before = format_integer(result.satisfaction_before.n_respondents)
            n_after = format_integer(result.satisfaction_after.n_respondents)
            sentences.append(
                f"Indeks kepuasan masyarakat {verb(difference)} ({format_signed(difference)} poin; "
                f"n = {n_before} dan {n_after})."
            )
    told = [result for result in report.indicators if not is_within_usual(result)]
    improved = [result for result in told if result.change.direction is Direction.IMPROVED]
    worsened = [result for result in told if result.change.direction is Direction.WORSENED]
    if improved:
        sentences.append(f"Indikator yang membaik: {_indicator_names(improved)}.")
    if worsened:
        sentences.append(f"Indikator yang memburuk: {_indicator_names(worsened)}.")
    return sentences


def _indicator_names(results: list[IndicatorResult]) -> str:
    return listing([lower_first(result.name) for result in results])


def _changes(report: EvaluationReport) -> list:
    return [*(one.total for one in report.competence), *(one.change for one in report.knowledge)]


def _remark(report: EvaluationReport) -> tuple[str, ...]:
    return tuple(line.strip() for line in report.closing_remark.splitlines() if line.strip())


def _change_row(name: str, change) -> list[tuple[str, str, str, str, str]]:
    if not isinstance(change, PairedChange) or not change.n_paired:
        return []
    return [
        (
            name,
            format_decimal(change.mean_before),
            format_decimal(change.mean_after),
            format_signed(change.mean_difference),
            format_integer(change.n_paired),
        )
    ]


def _satisfaction_row(result) -> list[tuple[str, str, str, str, str]]:
    both = (result.satisfaction_before, result.satisfaction_after)
    if not any(isinstance(one, Satisfaction) for one in both):
        return []
    shown = [
        f"{format_decimal(one.ikm)} ({one.grade})"
        if isinstance(one, Satisfaction) and one.ikm is not None
        else "–"
        for one in both
    ]
    sizes = [format_integer(one.n_respondents) if isinstance(one, Satisfaction) else "–" for one in both]
    return [(result.instrument.name, *shown, format_signed(satisfaction_difference(result)), " / ".join(sizes))]


def _indicator_row(result: IndicatorResult) -> tuple[str, str, str, str, str]:
    change = result.change
    n = [format_integer(point.n if point else None) for point in (result.baseline, result.last)]
    return (
        f"{result.name}, {result.agency} ({result.unit})",
        amount(change.baseline),
        amount(change.last),
        format_signed(change.difference),
        " / ".join(n),
    )


def evidence_summary(finding: FindingFacts) -> str:
    """What a finding rests on, counted by kind of source: "3 wawancara, 1 survei"."""
    kinds = Counter(kind for kind, _key in {(evidence.kind, evidence.key) for evidence in finding.evidence})
    return ", ".join(f"{format_integer(n)} {kind.lower()}" for kind, n in sorted(kinds.items())) or "–"
