"""An evaluation report as one frozen object; web page and documents are renderings of it.

Plain values only: no rows of the database, no person, no formatted number. What may not be shown is a
``Suppressed`` in the place of its result.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from reports.analysis.themes import ThemeCounts
from reports.fact_contents import (
    CaseStudyFacts,
    DocumentFacts,
    EarlierFacts,
    FindingFacts,
    InstrumentFacts,
    InterviewFacts,
    ObservationFacts,
    OfficeFacts,
    Participants,
    ProgramFacts,
    RecommendationFacts,
    SheetFacts,
    SurveyFacts,
    SurveyResponse,
)
from reports.indicator_contents import IndicatorResult, PredicateResult
from reports.result_contents import (
    ChoiceResults,
    CompetenceResult,
    InstrumentReliability,
    KnowledgeResult,
    LevelResult,
    Moves,
    SatisfactionResult,
    VersionBreak,
)

R = TypeVar("R", CompetenceResult, KnowledgeResult, SatisfactionResult)


@dataclass(frozen=True)
class EvaluationReport:
    """Everything the report of one evaluation says, at one moment."""

    title: str
    generated_at: datetime  # in the time zone of the office
    code_version: str
    is_example: bool
    office: OfficeFacts
    program: ProgramFacts
    start_date: date
    end_date: date
    team: str
    questions: tuple[str, ...]
    criteria: str
    design: str
    has_comparison: bool
    method_note: str
    minimum_group: int
    participants: Participants
    instruments: tuple[InstrumentFacts, ...]
    surveys: tuple[SurveyFacts, ...]
    unit_responses: tuple[SurveyResponse, ...]
    interviews: tuple[InterviewFacts, ...]
    observations: tuple[ObservationFacts, ...]
    sheets: tuple[SheetFacts, ...]
    documents: tuple[DocumentFacts, ...]
    reliabilities: tuple[InstrumentReliability, ...]
    competence: tuple[CompetenceResult, ...]
    knowledge: tuple[KnowledgeResult, ...]
    satisfaction: tuple[SatisfactionResult, ...]
    levels: tuple[LevelResult, ...]
    choices: tuple[ChoiceResults, ...]
    breaks: tuple[VersionBreak, ...]
    indicators: tuple[IndicatorResult, ...]
    predicates: tuple[PredicateResult, ...]
    findings: tuple[FindingFacts, ...]
    challenge_themes: ThemeCounts
    recommendations: tuple[RecommendationFacts, ...]
    case_studies: tuple[CaseStudyFacts, ...]
    closing_remark: str
    earlier: tuple[EarlierFacts, ...] = ()
    # From the latest of the evaluations that these judgements are about to this one.
    moves: Moves | None = None

    # What a summary tells: before and after as they were measured, of each instrument to the first wave after the
    # program. What was recalled is no measurement; a later wave is told beside the first, not instead of it.

    @property
    def measured_changes(self) -> tuple[CompetenceResult, ...]:
        return _first_waves(self.competence)

    @property
    def measured_scores(self) -> tuple[KnowledgeResult, ...]:
        return _first_waves(self.knowledge)

    @property
    def measured_satisfaction(self) -> tuple[SatisfactionResult, ...]:
        return _first_waves(self.satisfaction)

    def findings_of(self, *kinds: str) -> tuple[FindingFacts, ...]:
        return tuple(finding for finding in self.findings if finding.kind in kinds)


def _first_waves(results: Iterable[R]) -> tuple[R, ...]:
    first: dict[tuple[str, int, str], R] = {}
    for result in results:
        if result.before and result.before.is_retrospective:
            continue
        end = result.after or result.before
        key = (result.instrument.name, result.instrument.number, end.group)
        known = first.setdefault(key, result)
        if known.after and end.opens_on < known.after.opens_on:
            first[key] = result
    return tuple(first.values())
