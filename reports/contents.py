"""An evaluation report as one frozen object; web page and documents are renderings of it.

Plain values only: no rows of the database, no person, no formatted number. What may not be shown is a
``Suppressed`` in the place of its result.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from reports.analysis.distributions import Distribution
from reports.analysis.indicators import IndicatorChange
from reports.analysis.learning import NormalizedGain
from reports.analysis.paired import PairedChange
from reports.analysis.reliability import Reliability
from reports.analysis.results import Suppressed
from reports.analysis.satisfaction import Satisfaction
from reports.analysis.themes import ThemeCounts

NUMERIC_TYPES = frozenset({"likert", "skor", "angka"})


@dataclass(frozen=True)
class OfficeFacts:
    name: str
    letterhead: tuple[str, ...]
    city: str
    time_zone: str  # the office's zone as its people call it: WIB, WITA, WIT
    logo: str = ""  # the picture itself as a data URI, so that a frozen report needs no file


@dataclass(frozen=True)
class ObjectiveFacts:
    statement: str
    indicator: str
    unit: str
    more_is_better: bool
    baseline: Decimal | None
    target: Decimal | None


@dataclass(frozen=True)
class ActivityFacts:
    title: str
    form: str
    delivery: str
    method: str
    topic: str
    lesson_hours: Decimal
    start_date: date
    end_date: date
    place: str
    speakers: str


@dataclass(frozen=True)
class ProgramFacts:
    name: str
    type: str
    region: str
    start_date: date
    end_date: date
    background: str
    aims: str
    target_group: str
    objectives: tuple[ObjectiveFacts, ...]
    activities: tuple[ActivityFacts, ...]

    @property
    def total_lesson_hours(self) -> Decimal:
        return sum((activity.lesson_hours for activity in self.activities), Decimal(0))


@dataclass(frozen=True)
class GroupCount:
    """How many participants a group has; ``Suppressed`` where the number could point at a person."""

    label: str
    n: int | Suppressed


@dataclass(frozen=True)
class Participants:
    n_participants: int
    n_comparison: int
    n_withdrawn: int
    by_status: tuple[GroupCount, ...]
    by_agency: tuple[GroupCount, ...]


@dataclass(frozen=True)
class ItemFacts:
    key: str
    label: str
    text: str
    type: str  # a value of evaluations.models.Item.Type
    is_closed: bool
    minimum: Decimal | None
    maximum: Decimal | None
    dimension: str
    is_reverse: bool
    options: tuple[tuple[str, str, float | None], ...] = ()  # (key, name, score of a right or wrong answer)

    @property
    def is_numeric(self) -> bool:
        """Whether its answers are amounts, of which a mean can be taken."""
        return self.type in NUMERIC_TYPES

    @property
    def is_scored(self) -> bool:
        return any(score is not None for _key, _name, score in self.options)


@dataclass(frozen=True)
class InstrumentFacts:
    """One version of an instrument; ``items`` in the order of the form, ``dimensions`` as (key, name)."""

    name: str
    number: int
    scoring: str  # a value of evaluations.models.InstrumentVersion.Scoring
    description: str
    source: str
    dimensions: tuple[tuple[str, str], ...]
    items: tuple[ItemFacts, ...]

    @property
    def closed_items(self) -> tuple[ItemFacts, ...]:
        """The items whose answers are packed, in that order."""
        return tuple(item for item in self.items if item.is_closed)

    @property
    def numeric_items(self) -> tuple[ItemFacts, ...]:
        return tuple(item for item in self.closed_items if item.is_numeric)

    @property
    def scale_items(self) -> tuple[ItemFacts, ...]:
        """The numeric items that have both ends."""
        return tuple(item for item in self.numeric_items if None not in (item.minimum, item.maximum))


@dataclass(frozen=True)
class SurveyFacts:
    """One survey as it was held. A public survey has no invitations and so no response rate."""

    instrument: str
    respondents: str
    is_public: bool
    is_before: bool
    wave: str
    mode: str
    opens_on: date
    closes_on: date
    n_invited: int | None
    n_answered: int
    first_received: date | None
    last_received: date | None
    is_retrospective: bool = False
    group: str = "peserta"  # a value of evaluations.models.Survey.Group

    @property
    def response_rate(self) -> float | None:
        """Share of one; None where nobody, or fewer than answered, was invited."""
        if not self.n_invited or self.n_answered > self.n_invited:
            return None
        return self.n_answered / self.n_invited


@dataclass(frozen=True)
class InterviewFacts:
    key: str  # stands for the informant, says nothing of who it is
    role: str
    date: date


@dataclass(frozen=True)
class ObservationFacts:
    unit: str
    date: date
    before: str
    after: str


@dataclass(frozen=True)
class DocumentFacts:
    title: str
    number: str
    date: date
    kind: str
    shows: str


@dataclass(frozen=True)
class EvidenceFacts:
    """A source of a finding; ``quote`` is empty where it was not given or may not be shown."""

    key: str  # the same for two passages of one source, and for nothing else
    is_interview: bool
    kind: str
    source: str
    date: date | None
    quote: str


@dataclass(frozen=True)
class FindingFacts:
    key: int
    kind: str  # a value of evaluations.models.Finding.Kind
    statement: str
    category: str
    severity: int | None
    severity_name: str
    mitigation: str
    actor: str
    evidence: tuple[EvidenceFacts, ...]


@dataclass(frozen=True)
class RecommendationFacts:
    key: int
    statement: str
    kind: str
    implementation: str
    owner: str
    priority: str
    due_date: date
    state: str
    answers: tuple[str, ...]  # statements of the findings it answers


@dataclass(frozen=True)
class CaseStudyFacts:
    title: str
    unit: str
    before: str
    applied: str
    after: str
    public_effect: str
    source: str


@dataclass(frozen=True)
class NamedChange:
    """A dimension or an item; ``p_holm`` is its p among all items of the instrument together."""

    key: str
    label: str
    change: PairedChange | Suppressed
    p_holm: float | None = None


@dataclass(frozen=True)
class NamedDistribution:
    key: str
    label: str
    distribution: Distribution | Suppressed


@dataclass(frozen=True)
class WaveReliability:
    """Of the whole scale, then of each dimension by name."""

    wave: str
    total: Reliability | Suppressed
    dimensions: tuple[tuple[str, Reliability | Suppressed], ...]


@dataclass(frozen=True)
class ComparisonChange:
    """The change of the comparison group, beside that of the participants and never mixed into it."""

    total: PairedChange | Suppressed | None
    dimensions: tuple[NamedChange, ...]
    surveys: tuple[SurveyFacts, ...] = ()


@dataclass(frozen=True)
class CompetenceResult:
    """A scale answered by the same persons before and after. ``total`` is None where dimensions share no scale."""

    instrument: InstrumentFacts
    before: SurveyFacts
    after: SurveyFacts
    minimum: Decimal
    maximum: Decimal
    total: PairedChange | Suppressed | None
    dimensions: tuple[NamedChange, ...]
    items: tuple[NamedChange, ...]
    comparison: ComparisonChange | None
    is_retrospective: bool = False  # both were asked once, after the program


@dataclass(frozen=True)
class KnowledgeResult:
    """A test score of the same persons before and after."""

    instrument: InstrumentFacts
    before: SurveyFacts
    after: SurveyFacts
    minimum: Decimal
    maximum: Decimal
    change: PairedChange | Suppressed
    gain: NormalizedGain | Suppressed
    comparison: PairedChange | Suppressed | None
    comparison_surveys: tuple[SurveyFacts, ...] = ()


@dataclass(frozen=True)
class SatisfactionResult:
    """SKM in one or two waves; its respondents of the two waves are not the same persons."""

    instrument: InstrumentFacts
    before: SurveyFacts | None
    after: SurveyFacts | None
    satisfaction_before: Satisfaction | Suppressed | None
    satisfaction_after: Satisfaction | Suppressed | None


@dataclass(frozen=True)
class LevelResult:
    """Scores of one wave, where the same persons were not asked twice."""

    instrument: InstrumentFacts
    survey: SurveyFacts
    minimum: Decimal
    maximum: Decimal
    scores: tuple[NamedDistribution, ...]


@dataclass(frozen=True)
class OptionCount:
    """How many chose an option; of a ranking also the mean place (1 is first)."""

    label: str
    n: int
    mean_place: float | None = None


@dataclass(frozen=True)
class ChoiceResult:
    """What was chosen at one question by those of one survey who answered it; several choices add up to more."""

    key: str
    label: str
    text: str
    is_ranking: bool
    is_multiple: bool
    n: int
    options: tuple[OptionCount, ...] | Suppressed


@dataclass(frozen=True)
class ChoiceResults:
    """All questions with options of one survey."""

    instrument: InstrumentFacts
    survey: SurveyFacts
    questions: tuple[ChoiceResult, ...]


@dataclass(frozen=True)
class VersionBreak:
    """One instrument whose versions ask differently in the waves of one group, so that they do not compare."""

    instrument: str
    respondents: str
    waves: tuple[tuple[str, int], ...]  # (wave, number of the version)


@dataclass(frozen=True)
class InstrumentReliability:
    instrument: str
    waves: tuple[WaveReliability, ...]


@dataclass(frozen=True)
class IndicatorPoint:
    date: date
    value: Decimal
    n: int | None


@dataclass(frozen=True)
class IndicatorResult:
    """A service indicator; ``change`` runs from the point ``baseline`` to the point ``last``.

    ``usual`` are the lowest and the highest value before the program, where there are enough to show a range.
    """

    name: str
    agency: str
    unit: str
    source: str
    points: tuple[IndicatorPoint, ...]
    baseline: IndicatorPoint | None
    last: IndicatorPoint | None
    usual: tuple[Decimal, Decimal] | None
    change: IndicatorChange


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
