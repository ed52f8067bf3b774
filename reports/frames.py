"""The only bridge from answers to numbers: packed rows stream by, small count tables stay.

Memory grows with the number of different scores, never with the number of respondents; one query reads all
answers of an evaluation. Persons are paired by their enrolment and leave no trace in what is returned.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

import numpy as np
from django.db.models import Count

from evaluations.models import Evaluation, InstrumentVersion, Invitation, Item, Response, Survey
from evaluations.scoring import reversed_value, scale_score
from programs.models import Enrollment
from reports.analysis.counts import PairedCounts
from reports.analysis.exact import to_fraction
from reports.analysis.reliability import ItemMoments
from reports.contents import InstrumentFacts, ItemFacts

CHUNK = 2_000  # rows held at a time
SCORES_REMEMBERED = 10_000  # answer patterns repeat; a score is computed once for those seen last
TOTAL = ""  # the key of the score over all items, where dimensions have their names
HELD = "all of it hangs on the evaluation that the caller already holds"
PARTICIPANT = Enrollment.Group.PARTICIPANT.value
COMPARISON = Enrollment.Group.COMPARISON.value
OUTSIDERS = None  # the group of those who are not enrolled: the public


@dataclass(frozen=True)
class Scale:
    """Items that are summed up together, by their place among the closed answers."""

    key: str
    places: tuple[int, ...]
    reverse: tuple[bool, ...]
    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True)
class WaveFrame:
    """What one survey of one group amounts to."""

    n: int
    first_received: date
    last_received: date
    values: Mapping[str, Mapping[float, int]]
    scores: Mapping[str, Mapping[float, int]]
    moments: ItemMoments | None


@dataclass(frozen=True)
class ChangeFrame:
    """One instrument, asked of the same group before and after: joint counts per item and per score."""

    items: Mapping[str, PairedCounts]
    scores: Mapping[str, PairedCounts]


@dataclass(frozen=True)
class Frames:
    """Everything the answers of one evaluation amount to; keys are (survey or before-survey, group)."""

    waves: Mapping[tuple[int, str | None], WaveFrame]
    changes: Mapping[tuple[int, str | None], ChangeFrame]
    invited: Mapping[tuple[int, str | None], int]


def collect(
    evaluation: Evaluation,
    surveys: Iterable[Survey],
    instruments: Mapping[int, InstrumentFacts],
    pairs: Iterable[tuple[Survey, Survey]],
) -> Frames:
    """The frames of the ``surveys`` of ``evaluation``, which are all it has.

    ``instruments`` by the key of their version; ``pairs`` are (before, after) surveys to be joined by person.
    """
    scorers = {version: Scorer(facts) for version, facts in instruments.items()}
    tallies = _Tallies(
        scorers={survey.pk: scorers[survey.version_id] for survey in surveys},
        partner={before.pk: after.pk for before, after in pairs},
    )
    for group, answers in _persons(evaluation):
        tallies.add(group, answers)
    return Frames(tallies.waves(), tallies.changes(), _invited(evaluation))


class Scorer:
    """Scores packed answers by the rules of one instrument; equal answers are scored once."""

    def __init__(self, instrument: InstrumentFacts):
        self.items = instrument.closed_items
        self.scales = tuple(_scales(instrument))
        is_scale = instrument.scoring == InstrumentVersion.Scoring.MEAN
        self.scale_items = tuple(_summed(instrument)) if is_scale else ()
        self._score = lru_cache(SCORES_REMEMBERED)(_scale_score)

    def items_of(self, answers: Sequence[float | None]) -> tuple[float | None, ...]:
        """The answers with reverse items turned, so that more always means more of what is measured."""
        return tuple(_turned(value, item) for value, item in zip(answers, self.items, strict=True))

    def scores_of(self, answers: Sequence[float | None]) -> tuple[float | None, ...]:
        return tuple(self._score(scale, tuple(answers[place] for place in scale.places)) for scale in self.scales)


class _WaveTally:
    """Running counts of one survey and one group."""

    def __init__(self, scorer: Scorer):
        self.scorer = scorer
        self.n = 0
        self.received: set[date] = set()
        self.values = [Counter() for _item in scorer.items]
        self.scores = [Counter() for _scale in scorer.scales]
        self.n_complete = 0
        n_items = len(scorer.scale_items)
        # Python's own numbers instead of machine ones: sums of whole and of decimal answers stay exact.
        self.sums = np.zeros(n_items, dtype=object)
        self.products = np.zeros((n_items, n_items), dtype=object)

    def add(self, items, scores, received_on: date) -> None:
        self.n += 1
        self.received = {min({received_on, *self.received}), max({received_on, *self.received})}
        for counter, value in zip(self.values, items, strict=True):
            counter[value] += 1
        for counter, score in zip(self.scores, scores, strict=True):
            counter[score] += 1
        row = [items[place] for place in self.scorer.scale_items]
        if row and None not in row:
            exact = np.array([to_fraction(value) if isinstance(value, float) else value for value in row], object)
            self.n_complete += 1
            self.sums += exact
            self.products += np.outer(exact, exact)

    def frame(self) -> WaveFrame:
        names = [self.scorer.items[place].key for place in self.scorer.scale_items]
        return WaveFrame(
            n=self.n,
            first_received=min(self.received),
            last_received=max(self.received),
            values={item.key: counts for item, counts in zip(self.scorer.items, self.values, strict=True)},
            scores={scale.key: counts for scale, counts in zip(self.scorer.scales, self.scores, strict=True)},
            moments=ItemMoments.from_sums(
                names,
                n_rows=self.n,
                n_complete=self.n_complete,
                sums=self.sums.tolist(),
                products=self.products.tolist(),
            )
            if names
            else None,
        )


class _PairTally:
    """Running joint counts of one pair of surveys and one group."""

    def __init__(self, scorer: Scorer):
        self.scorer = scorer
        self.items = [Counter() for _item in scorer.items]
        self.scores = [Counter() for _scale in scorer.scales]

    def add(self, before, after) -> None:
        """Each of them is (items, scores), or None where the person did not answer."""
        for part, counters in enumerate((self.items, self.scores)):
            nothing = (None,) * len(counters)
            early = before[part] if before else nothing
            late = after[part] if after else nothing
            for counter, pair in zip(counters, zip(early, late, strict=True), strict=True):
                counter[pair] += 1

    def frame(self) -> ChangeFrame:
        return ChangeFrame(
            items={
                item.key: PairedCounts.from_pairs(counter.elements())
                for item, counter in zip(self.scorer.items, self.items, strict=True)
            },
            scores={
                scale.key: PairedCounts.from_pairs(counter.elements())
                for scale, counter in zip(self.scorer.scales, self.scores, strict=True)
            },
        )


class _Tallies:
    """All running counts of one evaluation."""

    def __init__(self, *, scorers: Mapping[int, Scorer], partner: Mapping[int, int]):
        self.scorers = scorers
        self.partner = partner
        self.by_wave: dict[tuple[int, str | None], _WaveTally] = {}
        # Who was asked twice and never answered is a pair of zeros, not a pair that nobody planned.
        self.by_pair: dict[tuple[int, str | None], _PairTally] = {
            (before, PARTICIPANT): _PairTally(scorers[before]) for before in partner
        }

    def add(self, group: str | None, answers: Mapping[int, tuple[date, list]]) -> None:
        """One person's answers, by survey."""
        scored = {}
        for survey, (received_on, values) in answers.items():
            scorer = self.scorers[survey]
            scored[survey] = scorer.items_of(values), scorer.scores_of(values)
            if (survey, group) not in self.by_wave:
                self.by_wave[survey, group] = _WaveTally(scorer)
            self.by_wave[survey, group].add(*scored[survey], received_on)
        for before, after in self.partner.items():
            if before in scored or after in scored:
                if (before, group) not in self.by_pair:
                    self.by_pair[before, group] = _PairTally(self.scorers[before])
                self.by_pair[before, group].add(scored.get(before), scored.get(after))

    def waves(self) -> dict[tuple[int, str | None], WaveFrame]:
        return {key: tally.frame() for key, tally in self.by_wave.items()}

    def changes(self) -> dict[tuple[int, str | None], ChangeFrame]:
        return {key: tally.frame() for key, tally in self.by_pair.items()}


def _persons(evaluation: Evaluation) -> Iterator[tuple[str | None, dict[int, tuple[date, list]]]]:
    """(group, survey -> (date, answers)) of one person after the other; who is not enrolled stands alone."""
    rows = (
        Response.objects.unscoped(HELD)
        .filter(survey__evaluation=evaluation)
        .order_by("enrollment_id")
        .values_list("enrollment_id", "enrollment__group", "survey_id", "received_on", "answers")
        .iterator(chunk_size=CHUNK)
    )
    for enrollment, own_rows in groupby(rows, key=_first):
        if enrollment is None:
            yield from ((OUTSIDERS, {survey: (day, answers)}) for _e, _g, survey, day, answers in own_rows)
        else:
            own = list(own_rows)
            yield own[0][1], {survey: (day, answers) for _e, _g, survey, day, answers in own}


def _invited(evaluation: Evaluation) -> dict[tuple[int, str | None], int]:
    counted = (
        Invitation.objects.unscoped(HELD)
        .filter(survey__evaluation=evaluation)
        .order_by()
        .values_list("survey_id", "enrollment__group")
        .annotate(Count("pk"))
    )
    return {(survey, group): n for survey, group, n in counted}


def _first(row: Sequence[Hashable]) -> Hashable:
    return row[0]


def _scales(instrument: InstrumentFacts) -> Iterator[Scale]:
    """The total first, then the dimensions; items that share no scale have no score together."""
    closed = instrument.closed_items
    if instrument.scoring == InstrumentVersion.Scoring.SKM:
        return
    summed = _summed(instrument)
    groups = [(TOTAL, summed)]
    if instrument.scoring == InstrumentVersion.Scoring.MEAN:
        groups += [
            (key, [place for place in summed if closed[place].dimension == key])
            for key, _name in instrument.dimensions
        ]
    for key, places in groups:
        bounds = {(closed[place].minimum, closed[place].maximum) for place in places}
        if len(bounds) == 1 and (None, None) not in bounds:
            yield Scale(key, tuple(places), tuple(closed[place].is_reverse for place in places), *bounds.pop())


def _summed(instrument: InstrumentFacts) -> list[int]:
    """The places of the items that make a score: scale items where there are any, else all of them."""
    closed = instrument.closed_items
    scale_items = [place for place, item in enumerate(closed) if item.type == Item.Type.LIKERT]
    return scale_items or list(range(len(closed)))


def _scale_score(scale: Scale, answers: tuple[float | None, ...]) -> float | None:
    return scale_score(answers, reverse=scale.reverse, minimum=scale.minimum, maximum=scale.maximum)


def _turned(value: float | None, item: ItemFacts) -> float | None:
    if value is None or not item.is_reverse:
        return value
    return type(value)(reversed_value(Decimal(str(value)), minimum=item.minimum, maximum=item.maximum))
