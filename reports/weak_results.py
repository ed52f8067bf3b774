"""The weak items of an evaluation's surveys; what too few persons answered is never among them."""

from collections.abc import Iterator
from dataclasses import dataclass

from evaluations.models import Evaluation, InstrumentVersion, Survey
from reports.analysis.results import Suppressed
from reports.analysis.satisfaction import BANDS_2017
from reports.analysis.weak_items import WeakItem, low_item, stagnant_item
from reports.assembly import material_of
from reports.fact_contents import ItemFacts
from reports.outcomes import Material, competence_results, distribution_of, main_group, paired_surveys

# The lowest mean of an unsur that the regulation calls good: its conversion interval divided by 25.
GOOD_UNSUR = float(next(band.low for band in BANDS_2017 if band.grade == "B") / 25)


@dataclass(frozen=True)
class WeakResult:
    """One weak item of one survey; a scale runs from ``minimum`` to ``maximum``."""

    survey: Survey
    item: ItemFacts
    weak: WeakItem


def weak_results(evaluation: Evaluation) -> list[WeakResult]:
    """Weak items of every survey that was held after the program, the lowest of their scale first."""
    material = material_of(evaluation)
    found: dict[tuple[int, str, str], WeakResult] = {}
    for result in (*_low(material), *_stagnant(material)):
        found.setdefault((result.survey.version_id, result.survey.group, result.item.key), result)
    return sorted(found.values(), key=_place_on_scale)


def _place_on_scale(result: WeakResult) -> float:
    low, high = float(result.item.minimum), float(result.item.maximum)
    return (result.weak.mean - low) / (high - low)


def _low(material: Material) -> Iterator[WeakResult]:
    for survey in material.surveys:
        frame = material.frames.waves.get((survey.pk, main_group(survey)))
        if frame is None or survey.wave == Survey.Wave.BEFORE:
            continue
        version = survey.version
        is_index = version.scoring == InstrumentVersion.Scoring.SKM
        for item in material.instruments[survey.version_id].scale_items:
            answers = distribution_of(frame.values.get(item.key, {}), material.minimum)
            if isinstance(answers, Suppressed):
                continue
            limit = GOOD_UNSUR if is_index else None
            weak = low_item(answers, minimum=float(item.minimum), maximum=float(item.maximum), limit=limit)
            if weak:
                yield WeakResult(survey, item, weak)


def _stagnant(material: Material) -> Iterator[WeakResult]:
    pairs = [
        pair
        for pair in paired_surveys(material.surveys)
        if pair[0].version.scoring == InstrumentVersion.Scoring.MEAN
    ]
    for (_before, after), result in zip(pairs, competence_results(material), strict=True):
        items = {item.key: item for item in result.instrument.scale_items}
        for named in result.items:
            item = items.get(named.key)
            if item is None or named.change is None or isinstance(named.change, Suppressed):
                continue
            weak = stagnant_item(named.change, minimum=float(item.minimum), maximum=float(item.maximum))
            if weak:
                yield WeakResult(after, item, weak)
