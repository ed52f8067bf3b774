"""Count tables -> results: which statistic is made of which answers, and which of them may be shown."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from evaluations.models import InstrumentVersion, Survey
from reports.analysis.counts import PairedCounts
from reports.analysis.distributions import Distribution, distribution
from reports.analysis.learning import NormalizedGain, n_gain
from reports.analysis.multiple import holm
from reports.analysis.paired import PairedChange, paired_change
from reports.analysis.reliability import ItemMoments, Reliability, reliability
from reports.analysis.results import Reason, Suppressed
from reports.analysis.satisfaction import BANDS_2017, Band, Satisfaction, satisfaction
from reports.fact_contents import InstrumentFacts, SurveyFacts
from reports.frames import COMPARISON, OUTSIDERS, PARTICIPANT, ChangeFrame, Frames
from reports.result_contents import (
    ComparisonChange,
    CompetenceResult,
    InstrumentReliability,
    KnowledgeResult,
    LevelResult,
    NamedChange,
    NamedDistribution,
    SatisfactionResult,
    SatisfactionRules,
    VersionBreak,
    WaveReliability,
)
from reports.scorer import TOTAL

Scoring = InstrumentVersion.Scoring
TOTAL_LABEL = "Keseluruhan"
TEST_BOUNDS = (Decimal(0), Decimal(100))


@dataclass(frozen=True)
class Material:
    """What the results of one evaluation are made of; groups below ``minimum`` are not shown."""

    surveys: Sequence[Survey]
    instruments: Mapping[int, InstrumentFacts]
    frames: Frames
    facts: Mapping[tuple[int, str | None], SurveyFacts]
    minimum: int
    comparable: Mapping[tuple[int, int], frozenset[str]] = field(default_factory=dict)

    def main_facts(self, survey: Survey | None) -> SurveyFacts | None:
        return None if survey is None else self.facts[survey.pk, main_group(survey)]

    def comparison_facts(self, *surveys: Survey) -> tuple[SurveyFacts, ...]:
        """As these surveys were answered by the comparison group, where it was asked."""
        return tuple(self.facts[key] for key in ((one.pk, COMPARISON) for one in surveys) if key in self.facts)


def main_group(survey: Survey) -> str | None:
    """The group of persons whose answers a survey is held for."""
    return OUTSIDERS if survey.is_public else survey.group


def paired_surveys(surveys: Sequence[Survey]) -> list[tuple[Survey, Survey]]:
    """(before, after) of the same instrument, asked of the participants; a later wave is an after as well.

    A retrospective survey is both of them, and never joined to another one.
    """
    asked = [survey for survey in surveys if survey.is_of_participants]
    pairs = [
        (before, after)
        for before in asked
        for after in asked
        if before.version.instrument_id == after.version.instrument_id
        and before.wave == Survey.Wave.BEFORE != after.wave
        and not after.is_retrospective
    ]
    return pairs + [(survey, survey) for survey in asked if survey.is_retrospective]


def version_breaks(material: Material) -> tuple[VersionBreak, ...]:
    """The instruments that were changed between the waves of one group: there nothing is compared."""
    held: dict[tuple[int, str], list[Survey]] = {}
    for survey in material.surveys:
        if not survey.is_retrospective:
            held.setdefault((survey.version.instrument_id, survey.group), []).append(survey)
    return tuple(
        VersionBreak(
            instrument=waves[0].version.instrument.name,
            respondents=waves[0].get_group_display(),
            waves=tuple((survey.get_wave_display(), survey.version.number) for survey in waves),
            compared=_compared(material, waves),
        )
        for waves in (sorted(each, key=lambda survey: survey.opens_on) for each in held.values())
        if len({survey.version_id for survey in waves}) > 1
    )


def _compared(material: Material, waves: Sequence[Survey]) -> tuple[str, ...] | None:
    """The labels of the items that ask the same in all these versions; None where no answers are paired."""
    if not waves[0].is_of_participants:
        return None
    versions = list(dict.fromkeys(survey.version_id for survey in waves))
    same = frozenset.intersection(*(material.comparable[versions[0], later] for later in versions[1:]))
    return tuple(item.label for item in material.instruments[versions[0]].closed_items if item.key in same)


def competence_results(material: Material) -> tuple[CompetenceResult, ...]:
    return tuple(
        _competence(material, before, after)
        for before, after in paired_surveys(material.surveys)
        if before.version.scoring == Scoring.MEAN
    )


def knowledge_results(material: Material) -> tuple[KnowledgeResult, ...]:
    return tuple(
        _knowledge(material, before, after)
        for before, after in paired_surveys(material.surveys)
        if before.version.scoring == Scoring.TEST
    )


def satisfaction_results(material: Material) -> tuple[SatisfactionResult, ...]:
    waves: dict[tuple[int, str], dict[str, Survey]] = {}
    for survey in material.surveys:
        if survey.version.scoring == Scoring.SKM:
            waves.setdefault((survey.version_id, survey.group), {})[survey.wave] = survey
    results = []
    for held in waves.values():
        before = held.pop(Survey.Wave.BEFORE, None)
        afters = [held[wave] for wave in Survey.Wave.values if wave in held] or [None]
        results += [_satisfaction_result(material, before, after) for after in afters]
    return tuple(results)


def level_results(material: Material) -> tuple[LevelResult, ...]:
    """One wave each, for scales that the same persons did not answer twice."""
    paired = {survey.pk for pair in paired_surveys(material.surveys) for survey in pair}
    return tuple(
        _level(material, survey)
        for survey in material.surveys
        if survey.version.scoring not in (Scoring.SKM, Scoring.NONE)
        and survey.pk not in paired
        and _has_scores(material, survey)
    )


def _has_scores(material: Material, survey: Survey) -> bool:
    """Whether the items of a survey have something in common that can be summed up."""
    instrument = material.instruments[survey.version_id]
    return bool(instrument.scale_items) or any(item.is_scored for item in instrument.closed_items)


def reliability_results(material: Material) -> tuple[InstrumentReliability, ...]:
    """Per instrument whose items are summed up, the waves in their order."""
    waves: dict[int, list[WaveReliability]] = {}
    for survey in material.surveys:
        frame = material.frames.waves.get((survey.pk, main_group(survey)))
        if frame is not None and frame.moments is not None:
            instrument = material.instruments[survey.version_id]
            wave = _wave_reliability(instrument, survey, frame.moments, material.minimum)
            waves.setdefault(survey.version_id, []).append(wave)
    return tuple(InstrumentReliability(material.instruments[key].name, tuple(held)) for key, held in waves.items())


def _competence(material: Material, before: Survey, after: Survey) -> CompetenceResult:
    instrument = material.instruments[before.version_id]
    frame = material.frames.changes.get((before.pk, after.pk, PARTICIPANT), EMPTY)
    compared = material.frames.changes.get((before.pk, after.pk, COMPARISON))
    scale = instrument.scale_items
    return CompetenceResult(
        instrument=instrument,
        before=material.main_facts(before),
        after=material.main_facts(after),
        is_retrospective=before.is_retrospective,
        minimum=min(item.minimum for item in scale),
        maximum=max(item.maximum for item in scale),
        total=_change(frame.scores.get(TOTAL), material.minimum),
        dimensions=_dimension_changes(instrument, frame, material.minimum),
        items=_item_changes(instrument, frame, material.minimum),
        comparison=compared
        and ComparisonChange(
            total=_change(compared.scores.get(TOTAL), material.minimum),
            dimensions=_dimension_changes(instrument, compared, material.minimum),
            surveys=material.comparison_facts(before, after),
        ),
    )


def _knowledge(material: Material, before: Survey, after: Survey) -> KnowledgeResult:
    instrument = material.instruments[before.version_id]
    minimum, maximum = _test_bounds(instrument)
    counts = material.frames.changes.get((before.pk, after.pk, PARTICIPANT), EMPTY).scores.get(TOTAL, NOBODY)
    compared = material.frames.changes.get((before.pk, after.pk, COMPARISON))
    return KnowledgeResult(
        instrument=instrument,
        before=material.main_facts(before),
        after=material.main_facts(after),
        minimum=minimum,
        maximum=maximum,
        change=_change(counts, material.minimum),
        gain=_gain(counts, maximum, material.minimum),
        comparison=compared and _change(compared.scores.get(TOTAL), material.minimum),
        comparison_surveys=material.comparison_facts(before, after),
    )


def _satisfaction_result(material: Material, before: Survey | None, after: Survey | None) -> SatisfactionResult:
    version = (before or after).version
    instrument = material.instruments[version.pk]
    weights = _weights(version, {item.key for item in instrument.unsur})
    return SatisfactionResult(
        instrument=instrument,
        before=material.main_facts(before),
        after=material.main_facts(after),
        satisfaction_before=_satisfaction(material, before),
        satisfaction_after=_satisfaction(material, after),
        rules=SatisfactionRules(
            legal_source=version.legal_source,
            weights=tuple(
                (item.label, Decimal(str(version.weights.get(item.key, 1))))
                for item in instrument.unsur
                if weights
            ),
            bands=_bands(version),
        ),
    )


def _bands(version: InstrumentVersion) -> tuple[Band, ...]:
    return tuple(Band(band["grade"], Decimal(band["low"]), band["id"]) for band in version.bands)


def _weights(version: InstrumentVersion, unsur: Set[str]) -> dict[str, Fraction] | None:
    """The weights that an office has set; None where all weigh the same."""
    own = {key: Fraction(Decimal(weight)) for key, weight in version.weights.items() if key in unsur}
    is_different = len({*own.values(), *([Fraction(1)] if len(own) < len(unsur) else [])}) > 1
    return own if is_different else None


def _satisfaction(material: Material, survey: Survey | None) -> Satisfaction | Suppressed | None:
    frame = survey and material.frames.waves.get((survey.pk, main_group(survey)))
    if not frame:
        return None
    keys = {item.key for item in material.instruments[survey.version_id].unsur}
    unsur = {key: _answered(counts) for key, counts in frame.values.items() if key in keys}
    # The index minus the other unsur is what a few said of one unsur, so it goes with them.
    if any(0 < n < material.minimum for n in (frame.n, *(sum(counts.values()) for counts in unsur.values()))):
        return Suppressed(Reason.GROUP_TOO_SMALL, material.minimum)
    return satisfaction(
        unsur,
        n_respondents=frame.n,
        bands=_bands(survey.version) or BANDS_2017,
        weights=_weights(survey.version, unsur.keys()),
    )


def _level(material: Material, survey: Survey) -> LevelResult:
    instrument = material.instruments[survey.version_id]
    frame = material.frames.waves.get((survey.pk, main_group(survey)))
    minimum, maximum = (
        (
            min(item.minimum for item in instrument.scale_items),
            max(item.maximum for item in instrument.scale_items),
        )
        if instrument.scale_items
        else TEST_BOUNDS
    )
    names = {TOTAL: TOTAL_LABEL, **dict(instrument.dimensions)}
    return LevelResult(
        instrument=instrument,
        survey=material.main_facts(survey),
        minimum=minimum,
        maximum=maximum,
        scores=tuple(
            NamedDistribution(key, names[key], distribution_of(counts, material.minimum))
            for key, counts in (frame.scores.items() if frame else ())
        ),
    )


def _wave_reliability(
    instrument: InstrumentFacts, survey: Survey, moments: ItemMoments, minimum: int
) -> WaveReliability:
    members = {
        key: [item.key for item in instrument.closed_items if item.dimension == key and item.key in moments.items]
        for key, _name in instrument.dimensions
    }
    return WaveReliability(
        wave=survey.get_wave_display(),
        total=_reliability(moments, minimum),
        dimensions=tuple(
            (name, _reliability(moments.of_items(members[key]), minimum))
            for key, name in instrument.dimensions
            if len(members[key]) > 1
        ),
    )


def _dimension_changes(instrument: InstrumentFacts, frame: ChangeFrame, minimum: int) -> tuple[NamedChange, ...]:
    return tuple(
        NamedChange(key, name, _change(frame.scores[key], minimum))
        for key, name in instrument.dimensions
        if key in frame.scores
    )


def _item_changes(instrument: InstrumentFacts, frame: ChangeFrame, minimum: int) -> tuple[NamedChange, ...]:
    compared = [item for item in instrument.numeric_items if item.key in frame.items or not frame.items]
    changes = [(item, _change(frame.items.get(item.key, NOBODY), minimum)) for item in compared]
    adjusted = holm([None if isinstance(change, Suppressed) else change.p for _item, change in changes])
    return tuple(
        NamedChange(item.key, f"{item.label} (dibalik)" if item.is_reverse else item.label, change, p)
        for (item, change), p in zip(changes, adjusted, strict=True)
    )


def _change(counts: PairedCounts | None, minimum: int) -> PairedChange | Suppressed | None:
    """Nobody paired is a result that says so; a few are withheld."""
    if counts is None:
        return None
    if 0 < counts.n_paired < minimum:
        return Suppressed(Reason.GROUP_TOO_SMALL, minimum)
    return paired_change(counts)


def _gain(counts: PairedCounts, maximum, minimum: int) -> NormalizedGain | Suppressed:
    if 0 < counts.n_paired < minimum:
        return Suppressed(Reason.GROUP_TOO_SMALL, minimum)
    return n_gain(counts, maximum=maximum)


def _reliability(moments: ItemMoments, minimum: int) -> Reliability | Suppressed:
    if 0 < moments.n_complete < minimum:
        return Suppressed(Reason.GROUP_TOO_SMALL, minimum)
    return reliability(moments)


def distribution_of(counts: Mapping[float | None, int], minimum: int) -> Distribution | Suppressed:
    answered = _answered(counts)
    if 0 < sum(answered.values()) < minimum:
        return Suppressed(Reason.GROUP_TOO_SMALL, minimum)
    return distribution(answered, n_missing=counts.get(None, 0))


def _answered(counts: Mapping[float | None, int]) -> dict[float, int]:
    return {value: n for value, n in counts.items() if value is not None}


def _test_bounds(instrument: InstrumentFacts) -> tuple[Decimal, Decimal]:
    """Of the one score that was typed; right answers are counted from 0 to 100."""
    typed = instrument.scale_items
    return (typed[0].minimum, typed[0].maximum) if typed else TEST_BOUNDS


NOBODY = PairedCounts((), (), ())
EMPTY = ChangeFrame(items={}, scores={})
