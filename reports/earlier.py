"""How the measures moved from an earlier evaluation to this one: indicators and scores that both have."""

from collections.abc import Iterable, Mapping, Sequence

from asn_eval.accounts.models import search_key
from evaluations.models import Evaluation, IndicatorSeries, InstrumentVersion, Item, Measurement, Survey
from evaluations.version_comparison import REWORDED, SAME, compare_versions
from programs.models.programs import Polarity
from reports.analysis.indicators import Polarity as BetterDirection
from reports.analysis.indicators import indicator_change
from reports.analysis.results import Suppressed
from reports.outcomes import TOTAL_LABEL, Material, distribution_of, main_group, satisfaction_results
from reports.result_contents import IndexMove, IndicatorMove, Moves, ScoreMove
from reports.scorer import TOTAL, Scorer


def moves_between(earlier: Evaluation, then: Material, evaluation: Evaluation, now: Material) -> Moves:
    """Everything that both evaluations measured, each by its own material."""
    return Moves(
        indicators=tuple(indicator_moves(earlier, evaluation)),
        scores=tuple(_score_moves(then, now)),
        indices=tuple(_index_moves(then, now)),
    )


def indicator_moves(earlier: Evaluation, evaluation: Evaluation) -> list[IndicatorMove]:
    """Of the indicators with one name, unit, direction and place in both evaluations."""
    then, now = (_by_name(one.indicators.prefetch_related("measurements")) for one in (earlier, evaluation))
    moves = []
    for key, old in then.items():
        new = now.get(key)
        before, after = _last(old), new and _last(new)
        if before is None or after is None or after.date <= before.date:
            continue
        better = (
            BetterDirection.MORE_IS_BETTER if new.polarity == Polarity.MORE else BetterDirection.LESS_IS_BETTER
        )
        moves.append(
            IndicatorMove(
                name=new.name,
                agency=new.agency_name,
                unit=new.unit,
                then=(before.date, before.value),
                now=(after.date, after.value),
                change=indicator_change(
                    baseline=before.value, last=after.value, target=new.target, polarity=better
                ),
            )
        )
    return moves


def _by_name(series: Iterable[IndicatorSeries]) -> dict[tuple, IndicatorSeries]:
    return {
        (search_key(one.name), search_key(one.unit), search_key(one.agency_name), one.polarity): one
        for one in series
        if one.scale == IndicatorSeries.Scale.NUMBER
    }


def _last(series: IndicatorSeries) -> Measurement | None:
    return max(series.measurements.all(), key=lambda one: one.date, default=None)


def _after(material: Material) -> dict[tuple[int, str], Survey]:
    """The survey right after the program by instrument and group; what was recalled is no measurement."""
    return {
        (survey.version.instrument_id, survey.group): survey
        for survey in material.surveys
        if survey.wave == Survey.Wave.AFTER and not survey.is_retrospective
    }


def _pairs(then: Material, now: Material) -> list[tuple[Survey, Survey]]:
    old = _after(then)
    return [(old[key], survey) for key, survey in _after(now).items() if key in old]


def _score_moves(then: Material, now: Material) -> list[ScoreMove]:
    pairs = [
        (old, new)
        for old, new in _pairs(then, now)
        if new.version.scoring not in (InstrumentVersion.Scoring.SKM, InstrumentVersion.Scoring.NONE)
    ]
    items = _items_of_changed(pairs)
    minimum = max(then.minimum, now.minimum)
    moves = []
    for old, new in pairs:
        before, after = (
            material.frames.waves.get((survey.pk, main_group(survey)))
            for material, survey in ((then, old), (now, new))
        )
        if before is None or after is None:
            continue
        facts = now.instruments[new.version_id]
        names = {TOTAL: TOTAL_LABEL, **dict(facts.dimensions)}
        like = _comparable(then, old, now, new, items)
        moves += [
            ScoreMove(
                instrument=facts.name,
                respondents=new.get_group_display(),
                label=names[key],
                then=distribution_of(before.scores[key], minimum),
                now=distribution_of(after.scores[key], minimum),
            )
            for key in after.scores
            if key in before.scores and (like is None or key in like)
        ]
    return moves


def _items_of_changed(pairs: Sequence[tuple[Survey, Survey]]) -> dict[int, list[Item]]:
    """The items of the versions that differ within a pair, in one query."""
    changed = {survey.version_id for pair in pairs if pair[0].version_id != pair[1].version_id for survey in pair}
    items: dict[int, list[Item]] = {version: [] for version in changed}
    for item in Item.objects.filter(version__in=changed):
        items[item.version_id].append(item)
    return items


def _comparable(
    then: Material, old: Survey, now: Material, new: Survey, items: Mapping[int, list[Item]]
) -> frozenset[str] | None:
    """The scores that are made of the same questions in both versions; None: all, the version is one."""
    if old.version_id == new.version_id:
        return None
    compared = compare_versions(items[old.version_id], items[new.version_id])
    same = frozenset(key for key, status in compared if status in (SAME, REWORDED))
    return Scorer(then.instruments[old.version_id]).scores_like(Scorer(now.instruments[new.version_id]), same)


def _index_moves(then: Material, now: Material) -> list[IndexMove]:
    old = dict(_indices(then))
    return [
        IndexMove(name, old[name, group].ikm, old[name, group].n_respondents, index.ikm, index.n_respondents)
        for (name, group), index in _indices(now)
        if (name, group) in old
    ]


def _indices(material: Material):
    """((instrument, group), index) of every index right after the program that may be shown."""
    after = {survey.pk for survey in _after(material).values()}
    shown = {material.main_facts(survey) for survey in material.surveys if survey.pk in after}
    for result in satisfaction_results(material):
        index = result.satisfaction_after
        if (
            result.after in shown
            and index is not None
            and not isinstance(index, Suppressed)
            and index.ikm is not None
        ):
            yield (result.instrument.name, result.after.group), index
