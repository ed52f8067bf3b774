"""An evaluation report as one frozen object; web page and documents are renderings of it.

Plain values only: no rows of the database, no person, no formatted number. What may not be shown is a
``Suppressed`` in the place of its result.
"""

from dataclasses import dataclass
from datetime import date, datetime

from reports.analysis.themes import ThemeCounts
from reports.fact_contents import (
    CaseStudyFacts,
    DocumentFacts,
    FindingFacts,
    InstrumentFacts,
    InterviewFacts,
    ObservationFacts,
    OfficeFacts,
    Participants,
    ProgramFacts,
    RecommendationFacts,
    SurveyFacts,
    SurveyResponse,
)
from reports.result_contents import (
    ChoiceResults,
    CompetenceResult,
    IndicatorResult,
    InstrumentReliability,
    KnowledgeResult,
    LevelResult,
    SatisfactionResult,
    VersionBreak,
)


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
    documents: tuple[DocumentFacts, ...]
    reliabilities: tuple[InstrumentReliability, ...]
    competence: tuple[CompetenceResult, ...]
    knowledge: tuple[KnowledgeResult, ...]
    satisfaction: tuple[SatisfactionResult, ...]
    levels: tuple[LevelResult, ...]
    choices: tuple[ChoiceResults, ...]
    breaks: tuple[VersionBreak, ...]
    indicators: tuple[IndicatorResult, ...]
    findings: tuple[FindingFacts, ...]
    challenge_themes: ThemeCounts
    recommendations: tuple[RecommendationFacts, ...]
    case_studies: tuple[CaseStudyFacts, ...]
    closing_remark: str

    @property
    def measured_changes(self) -> tuple[CompetenceResult, ...]:
        """Before and after as they were measured, of each instrument to the first wave after the program.

        What was recalled is no measurement, and a later wave is told beside the first, not instead of it.
        """
        first: dict[tuple[str, int], CompetenceResult] = {}
        for result in self.competence:
            if not result.is_retrospective:
                key = (result.instrument.name, result.instrument.number)
                earlier = first.setdefault(key, result)
                if result.after.opens_on < earlier.after.opens_on:
                    first[key] = result
        return tuple(first.values())

    def findings_of(self, *kinds: str) -> tuple[FindingFacts, ...]:
        return tuple(finding for finding in self.findings if finding.kind in kinds)
