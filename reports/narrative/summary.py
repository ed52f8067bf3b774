"""The whole report in a few sentences: executive summary, challenges, conclusion. Pure."""

from collections import Counter
from collections.abc import Sequence

from asn_eval.numbers import format_decimal, format_integer, format_signed
from reports.analysis.indicators import Direction
from reports.analysis.paired import PairedChange
from reports.analysis.satisfaction import Satisfaction
from reports.contents import EvaluationReport
from reports.fact_contents import FindingFacts
from reports.indicator_contents import IndicatorResult
from reports.narrative.changes import Change, fallen_sentences, headline, is_clear, verb
from reports.narrative.indicators import indicator_headline, predicate_sentences
from reports.narrative.satisfaction import (
    WITHOUT_GRADE,
    index_name,
    satisfaction_difference,
    satisfaction_headline,
)
from reports.narrative.satisfaction import result_name as satisfaction_name
from reports.words import amount, closed, day, decimals, listing, lower_first, period, sentence_case

IMPACTS = ("dampak", "kekuatan", "kelemahan", "kebutuhan")
CHALLENGE = "tantangan"
INDICATORS_SUMMED_UP = 3  # the summary is one page
STATEMENTS_SUMMED_UP = 3
DIRECTION_WORDS = {
    Direction.IMPROVED: "membaik",
    Direction.WORSENED: "memburuk",
    Direction.UNCHANGED: "belum berubah dengan jelas",
}
NO_DATA = (
    "Belum ada data yang dikumpulkan untuk evaluasi ini, sehingga laporan ini baru memuat keterangan program dan "
    "rencana evaluasinya."
)
NOT_YET_CONCLUDED = "Kesimpulan baru dapat ditarik setelah data evaluasi terkumpul."
ASSOCIATION = (
    "Perubahan yang dilaporkan berkaitan dengan masa pelaksanaan program; rancangan evaluasi ini tidak dapat "
    "memastikan bahwa program adalah penyebabnya."
)


def has_results(report: EvaluationReport) -> bool:
    return bool(
        any(survey.n_answered for survey in report.surveys)
        or any(indicator.points for indicator in report.indicators)
        or any(predicate.counts for predicate in report.predicates)
        or report.sheets
        or report.findings
        or report.case_studies
    )


def key_sentences(report: EvaluationReport) -> tuple[str, ...]:
    """What a director reads first: the program, the main change of each kind, challenges, what to do."""
    sentences = [_program_sentence(report)]
    if not has_results(report):
        return (*sentences, NO_DATA, _missing_sentence(report))
    sentences += _outcome_sentences(report)
    for kind, heading in (("kekuatan", "Kekuatan program"), ("kelemahan", "Kelemahan program")):
        sentences += [f"{heading}: {_statements(found)}" for found in [report.findings_of(kind)[:1]] if found]
    sentences.append(" ".join(challenge_sentences(report)))
    sentences.append(_urgent_sentence(report))
    if any(isinstance(one, PairedChange) for one in _changes(report)):
        sentences.append(ASSOCIATION)
    return tuple(filter(None, sentences))


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
    about = f"menyangkut {listing(names)}"
    if len(by_category) == 1 < len(challenges):
        about = f"semuanya menyangkut {lower_first(challenges[0].category)}"
    sentences = [f"Ada {format_integer(len(challenges))} tantangan yang tercatat, {about}."]
    heaviest = max(challenge.severity or 0 for challenge in challenges)
    heavy = [challenge for challenge in challenges if challenge.severity == heaviest]
    sentences.append(
        f"Yang terberat (keparahan {heavy[0].severity_name.lower()}): "
        f"{listing([quoted(challenge.statement) for challenge in heavy])}."
    )
    return tuple(sentences)


def theme_sentences(report: EvaluationReport) -> tuple[str, ...]:
    """How many of those interviewed named the most widely named challenge."""
    counted = report.challenge_themes
    if not counted.n_informants or not counted.themes:
        return ()
    most = counted.themes[0].n_informants
    widest = [lower_first(theme.category) for theme in counted.themes if theme.n_informants == most]
    each = "masing-masing " if len(widest) > 1 else ""
    return (
        f"Dari {format_integer(counted.n_informants)} informan yang diwawancarai, tantangan yang paling banyak "
        f"disebut adalah {listing(widest)} ({each}{format_integer(most)} informan).",
    )


def conclusion_sentences(report: EvaluationReport) -> tuple[str, ...]:
    """What was found, without repeating every number; then the evaluator's own remark."""
    if not has_results(report):
        return (NOT_YET_CONCLUDED, *_remark(report))
    sentences = []
    impacts = report.findings_of("dampak")
    if impacts:
        sentences.append(f"Dampak yang dirasakan: {_statements(impacts)}")
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
    for result in report.measured_changes:
        rows += _change_row(f"{result.instrument.name} (rata-rata)", result.total)
    for result in report.measured_scores:
        rows += _change_row(result.instrument.name, result.change)
    for result in report.measured_satisfaction:
        rows += _satisfaction_row(result)
    rows += [_indicator_row(result) for result in report.indicators if result.points]
    return tuple(rows)


def quoted(text: str) -> str:
    return f"“{text.rstrip('. ')}”"


def _missing_sentence(report: EvaluationReport) -> str:
    """What an evaluation without results still has to gather."""
    parts = (
        (report.participants.n_participants, "daftar peserta"),
        (report.program.objectives, "sasaran dengan indikator dan target"),
        (report.program.activities, "kegiatan program"),
        (report.surveys, "survei"),
        (any(survey.n_answered for survey in report.surveys), "jawaban survei"),
        (report.interviews, "wawancara"),
        (report.findings, "temuan"),
        (report.recommendations, "rekomendasi"),
    )
    return f"Yang belum ada: {', '.join(name for is_held, name in parts if not is_held)}."


def _program_sentence(report: EvaluationReport) -> str:
    program, people = report.program, report.participants
    joined = (
        f"diikuti {format_integer(people.n_participants)} peserta"
        if people.n_participants
        else "belum mempunyai daftar peserta"
    )
    runs = "berlangsung" if program.start_date <= report.generated_at.date() else "direncanakan berlangsung"
    return (
        f"{sentence_case(program.name)} di {program.region} {runs} pada "
        f"{period(program.start_date, program.end_date)} dan {joined}."
    )


def _outcome_sentences(report: EvaluationReport) -> list[str]:
    return [
        *(
            " ".join(
                (
                    headline(result.total, subject=f"skor {lower_first(result.instrument.name)}"),
                    *_beside(result.comparison and result.comparison.total),
                    *fallen_sentences(result.dimensions),
                )
            )
            for result in report.measured_changes
        ),
        *(
            " ".join(
                (
                    headline(result.change, subject=f"nilai {lower_first(result.instrument.name)}"),
                    *_beside(result.comparison),
                )
            )
            for result in report.measured_scores
        ),
        *(satisfaction_headline(result) for result in report.measured_satisfaction),
        *(indicator_headline(result) for result in report.indicators[:INDICATORS_SUMMED_UP]),
        *(predicate_sentences(result)[0] for result in report.predicates if result.change is not None),
    ]


def _urgent_sentence(report: EvaluationReport) -> str:
    """The recommendations of the highest priority with owner and due date; empty without recommendations."""
    if not report.recommendations:
        return ""
    priority = report.recommendations[0].priority
    urgent = [one for one in report.recommendations if one.priority == priority]
    told = [
        f"{lower_first(one.statement.rstrip('. '))} ({one.owner}, {day(one.due_date)})"
        for one in urgent[:STATEMENTS_SUMMED_UP]
    ]
    n, n_urgent = format_integer(len(report.recommendations)), format_integer(len(urgent))
    share = "" if len(urgent) == len(report.recommendations) else f", {n_urgent} di antaranya"
    others = "antara lain " if len(urgent) > len(told) else ""
    return f"Laporan ini memuat {n} rekomendasi{share} berprioritas {priority.lower()}: {others}{'; '.join(told)}."


def _direction_sentences(report: EvaluationReport) -> list[str]:
    sentences = []
    for result in report.measured_changes:
        sentences += _verdict(f"skor {lower_first(result.instrument.name)}", result.total)
        sentences += _beside(result.comparison and result.comparison.total)
        sentences += fallen_sentences(result.dimensions)
    for result in report.measured_scores:
        sentences += _verdict(f"nilai {lower_first(result.instrument.name)}", result.change)
        sentences += _beside(result.comparison)
    for result in report.measured_satisfaction:
        difference = satisfaction_difference(result)
        if difference is not None:
            before, after = result.satisfaction_before, result.satisfaction_after
            grades = [one.grade or "belum ada" for one in (before, after)]
            grade = f"tetap {grades[1]}" if grades[0] == grades[1] else " menjadi ".join(grades)
            sentences.append(
                f"{index_name(result)} {verb(difference)} ({format_signed(difference)} poin; n = "
                f"{format_integer(before.n_respondents)} dan {format_integer(after.n_respondents)}), mutu {grade}."
            )
    return [*sentences, *_indicator_verdicts(report.indicators)]


def _verdict(subject: str, change: Change) -> list[str]:
    """As plain as the result allows: risen, fallen, the same, or not yet clear."""
    if not isinstance(change, PairedChange) or not change.n_paired:
        return []
    word, n = verb(change.mean_difference), format_integer(change.n_paired)
    facts = f"{format_signed(change.mean_difference)}; n = {n}"
    if word != "tidak berubah" and not is_clear(change):
        return [f"Perubahan rata-rata {subject} ({facts}) belum jelas dari data yang ada."]
    return [f"Rata-rata {subject} {word} ({facts})."]


def _beside(comparison: Change) -> list[str]:
    """What changed in the comparison group, as far as it may be shown."""
    if not isinstance(comparison, PairedChange) or not comparison.n_paired:
        return []
    by, n = format_signed(comparison.mean_difference), format_integer(comparison.n_paired)
    return [f"Pada kelompok pembanding selisihnya {by} (n = {n})."]


def _indicator_verdicts(indicators: Sequence[IndicatorResult]) -> list[str]:
    measured = [result for result in indicators if result.is_judged]
    told: dict[str, list[str]] = {}
    for result in measured:
        word = DIRECTION_WORDS[Direction.UNCHANGED if result.judged.is_within_usual else result.change.direction]
        told.setdefault(word, []).append(lower_first(result.name))
    sentences = [
        f"Indikator yang {word}: {listing(told[word])}." for word in DIRECTION_WORDS.values() if word in told
    ]
    for is_reached, word in ((True, "sudah"), (False, "belum")):
        names = [lower_first(one.name) for one in measured if one.change.target_reached is is_reached]
        if names:
            sentences.append(f"Target yang {word} tercapai: {listing(names)}.")
    return sentences


def _statements(findings: Sequence[FindingFacts]) -> str:
    """The first statements one after the other, closed."""
    return closed(
        "; ".join(lower_first(finding.statement.rstrip(". ")) for finding in findings[:STATEMENTS_SUMMED_UP])
    )


def _changes(report: EvaluationReport) -> list:
    return [*(one.total for one in report.measured_changes), *(one.change for one in report.measured_scores)]


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
        f"{format_decimal(one.ikm)} ({one.grade or WITHOUT_GRADE})"
        if isinstance(one, Satisfaction) and one.ikm is not None
        else "–"
        for one in both
    ]
    sizes = [format_integer(one.n_respondents) if isinstance(one, Satisfaction) else "–" for one in both]
    return [(satisfaction_name(result), *shown, format_signed(satisfaction_difference(result)), " / ".join(sizes))]


def _indicator_row(result: IndicatorResult) -> tuple[str, str, str, str, str]:
    change = result.change
    n = [format_integer(level.n_cases if level else None) for level in (result.judged.before, result.judged.after)]
    ends = [value for value in (change.baseline, change.last) if value is not None]
    return (
        f"{result.name}, {result.agency} ({result.unit})",
        amount(change.baseline),
        amount(change.last),
        format_signed(change.difference, max(map(decimals, ends), default=0)),
        " / ".join(n),
    )


def evidence_summary(finding: FindingFacts) -> str:
    """What a finding rests on, how widespread and how sure it is.

    "3 wawancara, 1 survei; 3 informan, 2 unit kerja; keyakinan tinggi"
    """
    kinds = Counter(kind for kind, _key in {(evidence.kind, evidence.key) for evidence in finding.evidence})
    counted = ", ".join(f"{format_integer(n)} {kind.lower()}" for kind, n in sorted(kinds.items())) or "–"
    sure = f"keyakinan {finding.confidence.lower()}" if finding.confidence else ""
    return "; ".join(filter(None, (counted, ", ".join(finding.spread), sure)))
