"""What a report says of program, office, instruments, surveys and sources, as plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.analysis.results import Suppressed

SCALE_TYPE = "likert"
NUMERIC_TYPES = frozenset({SCALE_TYPE, "skor", "angka"})


@dataclass(frozen=True)
class OfficeFacts:
    name: str
    letterhead: tuple[str, ...]
    city: str
    time_zone: str  # the office's zone as its people call it: WIB, WITA, WIT
    logo: str = ""  # the picture itself as a data URI, so that a frozen report needs no file


@dataclass(frozen=True)
class ObjectiveFacts:
    """An aim of the program; ``measures`` are the (instrument key, dimension key or "") that speak of it."""

    statement: str
    indicator: str
    unit: str
    more_is_better: bool
    baseline: Decimal | None
    target: Decimal | None
    key: int = 0
    measures: tuple[tuple[str, str], ...] = ()


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
    key: str = ""  # the same for all versions

    @property
    def closed_items(self) -> tuple[ItemFacts, ...]:
        """The items whose answers are packed, in that order."""
        return tuple(item for item in self.items if item.is_closed)

    @property
    def unsur(self) -> tuple[ItemFacts, ...]:
        """What an index of satisfaction is made of; further questions beside it are none."""
        return tuple(item for item in self.closed_items if item.type == SCALE_TYPE)

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
class UnitResponse:
    """How many of one unit were asked and answered; both ``Suppressed`` where either could point at a person."""

    unit: str
    n_invited: int | Suppressed
    n_answered: int | Suppressed

    @property
    def rate(self) -> float | None:
        """Share of one; None where it is withheld."""
        if isinstance(self.n_invited, Suppressed) or isinstance(self.n_answered, Suppressed) or not self.n_invited:
            return None
        return self.n_answered / self.n_invited


@dataclass(frozen=True)
class SurveyResponse:
    """One survey of participants by unit, the largest first."""

    instrument: str
    wave: str
    units: tuple[UnitResponse, ...]


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
class SheetLineFacts:
    """One item of two sheets, both answers in words; ``change`` is a word of evaluations.sheet_comparison."""

    label: str
    before: str
    after: str
    change: str
    by: Decimal | None
    unit: str


@dataclass(frozen=True)
class SheetFacts:
    """One unit as it was observed before and after the program, each time once."""

    unit: str
    instrument: str
    before: date
    after: date
    lines: tuple[SheetLineFacts, ...]


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
    evidence: tuple[EvidenceFacts, ...]  # what supports it
    contradicting: tuple[EvidenceFacts, ...] = ()
    spread: tuple[str, ...] = ()  # "3 informan", "2 unit kerja"
    confidence: str = ""  # in words
    reasons: tuple[str, ...] = ()  # of the confidence
    objective: int | None = None  # the key of the objective that it touches


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
    resources: str = ""
    implementability: str = ""
    management_answer: str = ""
    management_reason: str = ""
    progress: str = ""  # the last note
    progress_on: date | None = None


@dataclass(frozen=True)
class EarlierFacts:
    """A recommendation of an earlier evaluation of the region, and how this one judges it."""

    evaluation: str
    statement: str
    owner: str
    due_date: date
    management_answer: str
    state: str
    progress: str
    progress_on: date | None
    is_done: bool
    n_proofs: int
    outcome: str
    reason: str


@dataclass(frozen=True)
class CaseStudyFacts:
    title: str
    unit: str
    before: str
    applied: str
    after: str
    public_effect: str
    source: str
    evidence: tuple[EvidenceFacts, ...] = ()
