"""A report -> for each objective what every kind of source says of it, side by side. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.analysis.results import Suppressed
from reports.analysis.triangulation import (
    Agreement,
    Strand,
    agreement,
    of_change,
    of_indicators,
    of_level,
    of_ordinal,
    of_satisfaction,
    of_voices,
)
from reports.contents import EvaluationReport
from reports.fact_contents import EvidenceFacts, FindingFacts, ObjectiveFacts, SurveyFacts
from reports.result_contents import CompetenceResult, KnowledgeResult, LevelResult, NamedChange

# A need says what is wished for, not how an objective stands.
SIDES = {"dampak": True, "kekuatan": True, "kelemahan": False, "tantangan": False}
SURVEYS, INTERVIEWS, OBSERVATIONS, DOCUMENTS, INDICATORS = (
    "survei",
    "wawancara",
    "observasi",
    "dokumen",
    "indikator",
)
VOICES = ((INTERVIEWS, "interview"), (OBSERVATIONS, "observation"), (DOCUMENTS, "document"))


@dataclass(frozen=True)
class NamedStrand:
    """What one source says: ``kind`` is the column, ``label`` names it within, ``group`` who was asked."""

    kind: str
    label: str
    strand: Strand
    group: str = ""
    counted: str = ""  # what the n counts, where that is not what its kind counts


@dataclass(frozen=True)
class ObjectiveEvidence:
    """An objective with the strands that speak of it, in the order of the columns."""

    objective: ObjectiveFacts
    strands: tuple[NamedStrand, ...]
    agreement: Agreement
    findings: tuple[FindingFacts, ...]

    def of_kind(self, kind: str, group: str = "") -> tuple[NamedStrand, ...]:
        return tuple(one for one in self.strands if one.kind == kind and one.group == group)


def triangulate(report: EvaluationReport) -> tuple[ObjectiveEvidence, ...]:
    """One entry per objective of the program, in their order; a source without data has no strand."""
    return tuple(_of_objective(report, objective) for objective in report.program.objectives)


def respondent_groups(rows: tuple[ObjectiveEvidence, ...]) -> tuple[str, ...]:
    """The groups whose surveys speak of any objective, in the order in which they occur."""
    return tuple(dict.fromkeys(one.group for row in rows for one in row.strands if one.kind == SURVEYS))


def _of_objective(report: EvaluationReport, objective: ObjectiveFacts) -> ObjectiveEvidence:
    findings = tuple(finding for finding in report.findings if finding.objective == objective.key)
    strands = (*_surveys(report, objective), *_voices(findings), *_indicators(report, objective))
    return ObjectiveEvidence(objective, strands, agreement([one.strand for one in strands]), findings)


def _surveys(report: EvaluationReport, objective: ObjectiveFacts) -> Iterator[NamedStrand]:
    wanted: dict[str, list[str]] = {}
    for instrument, dimension in objective.measures:
        wanted.setdefault(instrument, []).append(dimension)
    for result in (*report.competence, *report.knowledge):
        for dimension in wanted.get(result.instrument.key, ()):
            label, change = _change_of(result, dimension)
            yield from _named(f"{label}{_wave(result.after)}", result.after, of_change(change))
    for result in report.satisfaction:
        if result.instrument.key in wanted:
            strand = of_satisfaction(result.satisfaction_before, result.satisfaction_after)
            survey = result.after or result.before
            yield from _named(f"{result.instrument.name}{_wave(survey)}", survey, strand)
    for result in report.levels:
        for dimension in wanted.get(result.instrument.key, ()):
            label, n = _level_of(result, dimension)
            yield from _named(f"{label} ({result.survey.wave.lower()})", result.survey, of_level(n))


def _named(label: str, survey: SurveyFacts, strand: Strand | None) -> Iterator[NamedStrand]:
    if strand is not None:
        yield NamedStrand(SURVEYS, label, strand, survey.respondents)


def _wave(survey: SurveyFacts) -> str:
    """Which later wave, or that both were asked at once; nothing for plain before and after."""
    if survey.is_retrospective:
        return " (retrospektif)"
    return "" if survey.wave == "Sesudah" else f" ({survey.wave.lower()})"


def _change_of(result: CompetenceResult | KnowledgeResult, dimension: str):
    if isinstance(result, KnowledgeResult):
        return result.instrument.name, result.change
    if not dimension:
        return result.instrument.name, result.total
    held = next(
        (one for one in result.dimensions if one.key == dimension), NamedChange(dimension, dimension, None)
    )
    return held.label, held.change


def _level_of(result: LevelResult, dimension: str) -> tuple[str, int]:
    held = next((one for one in result.scores if one.key == dimension), None)
    if held is None or isinstance(held.distribution, Suppressed):
        return "", 0
    return held.label if dimension else result.instrument.name, held.distribution.n


def _voices(findings: tuple[FindingFacts, ...]) -> Iterator[NamedStrand]:
    for kind, field in VOICES:
        sides: dict[bool, set[str]] = {True: set(), False: set()}
        for finding in findings:
            if finding.kind not in SIDES:
                continue
            side = SIDES[finding.kind]
            sides[side].update(piece.key for piece in finding.evidence if _is_of(piece, field))
            sides[not side].update(piece.key for piece in finding.contradicting if _is_of(piece, field))
        strand = of_voices(sides[True], sides[False])
        if strand is not None:
            yield NamedStrand(kind, "", strand)


def _is_of(piece: EvidenceFacts, field: str) -> bool:
    return piece.key.split("-")[0] == field


def _indicators(report: EvaluationReport, objective: ObjectiveFacts) -> Iterator[NamedStrand]:
    measured = [one for one in report.indicators if one.objective == objective.key]
    strand = of_indicators((one.change, len(one.points)) for one in measured)
    if strand is not None:
        yield NamedStrand(INDICATORS, "; ".join(dict.fromkeys(one.name for one in measured)), strand)
    for rated in report.predicates:
        strand = of_ordinal(rated.change)
        if rated.objective == objective.key and strand is not None:
            yield NamedStrand(INDICATORS, rated.name, strand, counted="pegawai")
