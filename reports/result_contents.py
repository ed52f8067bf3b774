"""The results of a report as plain values; a ``Suppressed`` stands for what may not be shown."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.analysis.distributions import Distribution
from reports.analysis.indicators import IndicatorChange
from reports.analysis.learning import NormalizedGain
from reports.analysis.paired import PairedChange
from reports.analysis.reliability import Reliability
from reports.analysis.results import Suppressed
from reports.analysis.satisfaction import Band, Satisfaction
from reports.fact_contents import InstrumentFacts, SurveyFacts


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
class SatisfactionRules:
    """How an instrument turns answers into an index: what that rests on, weights (label, weight), bands.

    No ``weights``: every unsur weighs the same. No ``bands``: those of the regulation.
    """

    legal_source: str = ""
    weights: tuple[tuple[str, Decimal], ...] = ()
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class SatisfactionResult:
    """SKM in one or two waves; its respondents of the two waves are not the same persons."""

    instrument: InstrumentFacts
    before: SurveyFacts | None
    after: SurveyFacts | None
    satisfaction_before: Satisfaction | Suppressed | None
    satisfaction_after: Satisfaction | Suppressed | None
    rules: SatisfactionRules = SatisfactionRules()


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
    """One instrument whose versions ask differently in the waves of one group; only some of it compares."""

    instrument: str
    respondents: str
    waves: tuple[tuple[str, int], ...]  # (wave, number of the version)
    compared: tuple[str, ...] | None = None  # labels of the items that ask the same in all of them


@dataclass(frozen=True)
class InstrumentReliability:
    instrument: str
    waves: tuple[WaveReliability, ...]


@dataclass(frozen=True)
class IndicatorMove:
    """The last value in the earlier evaluation and the last one in this, of one indicator at one unit."""

    name: str
    agency: str
    unit: str
    then: tuple[date, Decimal]
    now: tuple[date, Decimal]
    change: IndicatorChange


@dataclass(frozen=True)
class ScoreMove:
    """A score after the program, then and now; the respondents need not be the same persons."""

    instrument: str
    respondents: str
    label: str
    then: Distribution | Suppressed
    now: Distribution | Suppressed

    @property
    def difference(self) -> float | None:
        """None where either may not be shown or nobody answered."""
        means = [None if isinstance(one, Suppressed) else one.mean for one in (self.then, self.now)]
        return None if None in means else means[1] - means[0]


@dataclass(frozen=True)
class IndexMove:
    """The index of satisfaction after the program, then and now, with how many answered."""

    instrument: str
    then: Decimal
    n_then: int
    now: Decimal
    n_now: int

    @property
    def difference(self) -> Decimal:
        return self.now - self.then


@dataclass(frozen=True)
class Moves:
    indicators: tuple[IndicatorMove, ...]
    scores: tuple[ScoreMove, ...]
    indices: tuple[IndexMove, ...]

    def __bool__(self):
        return bool(self.indicators or self.scores or self.indices)
