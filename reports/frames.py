"""The only bridge from answers to numbers: packed rows stream by, small count tables stay.

Memory grows with the number of different scores, never with the number of respondents; one query reads all
answers of an evaluation. Persons are paired by their enrolment and leave no trace in what is returned.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import numpy as np
from django.db.models import Count

from evaluations.answer_types import NOT_APPLICABLE
from evaluations.models import Evaluation, InstrumentVersion, Invitation, Item, Response, Survey
from evaluations.scoring import reversed_value, scale_score
from programs.models import Enrollment
from reports.analysis.counts import PairedCounts
from reports.analysis.exact import to_fraction
from reports.analysis.reliability import ItemMoments
from reports.fact_contents import InstrumentFacts, ItemFacts

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
class ChoiceFrame:
    """One question with options: how many answered, chose each option, and the sum of its places in a ranking."""

    n: int
    chosen: Mapping[str, int]
    places: Mapping[str, int]


@dataclass(frozen=True)
class WaveFrame:
    """What one survey of one group amounts to. The days are None where the answers are anonymous."""

    n: int
    first_received: date | None
    last_received: date | None
    values: Mapping[str, Mapping[float, int]]
    scores: Mapping[str, Mapping[float, int]]
    choices: Mapping[str, ChoiceFrame]
    moments: ItemMoments | None


@dataclass(frozen=True)
class ChangeFrame:
    """One instrument, asked of the same group before and after: joint counts per item and per score."""

    items: Mapping[str, PairedCounts]
    scores: Mapping[str, PairedCounts]


@dataclass(frozen=True)
class Frames:
    """Everything the answers of one evaluation amount to.

    Keys are (survey, group), of changes (before-survey, after-survey, group); a retrospective survey is both.
    """

    waves: Mapping[tuple[int, str | None], WaveFrame]
    changes: Mapping[tuple[int, int, str | None], ChangeFrame]
    invited: Mapping[tuple[int, str | None], int]


@dataclass(frozen=True)
class Answered:
    """One person's answers to one survey, packed as they are stored."""

    received_on: date | None
    answers: list
    recalled: list | None


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
    surveys = list(surveys)
    tallies = _Tallies(
        scorers={survey.pk: scorers[survey.version_id] for survey in surveys},
        pairs=[(before.pk, after.pk) for before, after in pairs],
    )
    groups = {survey.pk: survey.group for survey in surveys}
    for group, answers in _persons(evaluation, groups):
        tallies.add(group, answers)
    return Frames(tallies.waves(), tallies.changes(), _invited(evaluation, groups))


class Scorer:
    """Scores packed answers by the rules of one instrument; equal answers are scored once."""

    def __init__(self, instrument: InstrumentFacts):
        closed = instrument.closed_items
        self.places = [place for place, item in enumerate(closed) if item.is_numeric]
        self.items = [closed[place] for place in self.places]
        self.choices = [(place, item) for place, item in enumerate(closed) if item.options]
        self.scales = tuple(_scales(instrument))
        self.questions = tuple((place, item) for place, item in enumerate(closed) if item.is_scored)
        is_scale = instrument.scoring == InstrumentVersion.Scoring.MEAN
        summed = set(_summed(instrument)) if is_scale else set()
        self.scale_items = tuple(at for at, place in enumerate(self.places) if place in summed)
        self._score = lru_cache(SCORES_REMEMBERED)(_scale_score)
        self.score_keys = ((TOTAL,) if self.questions else ()) + tuple(scale.key for scale in self.scales)

    def items_of(self, answers: Sequence) -> tuple[float | None, ...]:
        """The numeric answers with reverse items turned, so that more always means more of what is measured."""
        return tuple(
            _turned(_number(answers[place]), item) for place, item in zip(self.places, self.items, strict=True)
        )

    def scores_of(self, answers: Sequence) -> tuple[float | None, ...]:
        scores = tuple(
            self._score(scale, tuple(_number(answers[place]) for place in scale.places)) for scale in self.scales
        )
        return ((_test_score(self.questions, answers),) if self.questions else ()) + scores


class _WaveTally:
    """Running counts of one survey and one group."""

    def __init__(self, scorer: Scorer):
        self.scorer = scorer
        self.n = 0
        self.received: set[date] = set()
        self.values = [Counter() for _item in scorer.items]
        self.scores = [Counter() for _key in scorer.score_keys]
        self.choices = [_ChoiceTally() for _choice in scorer.choices]
        self.n_complete = 0
        n_items = len(scorer.scale_items)
        # Python's own numbers instead of machine ones: sums of whole and of decimal answers stay exact.
        self.sums = np.zeros(n_items, dtype=object)
        self.products = np.zeros((n_items, n_items), dtype=object)

    def add(self, items, scores, answered: Answered) -> None:
        self.n += 1
        if answered.received_on is not None:
            days = {answered.received_on, *self.received}
            self.received = {min(days), max(days)}
        for counter, value in zip(self.values, items, strict=True):
            counter[value] += 1
        for counter, score in zip(self.scores, scores, strict=True):
            counter[score] += 1
        for tally, (place, _item) in zip(self.choices, self.scorer.choices, strict=True):
            tally.add(answered.answers[place])
        row = [items[place] for place in self.scorer.scale_items]
        if row and None not in row:
            exact = np.array([to_fraction(value) if isinstance(value, float) else value for value in row], object)
            self.n_complete += 1
            self.sums += exact
            self.products += np.outer(exact, exact)

    def frame(self) -> WaveFrame:
        scorer = self.scorer
        names = [scorer.items[place].key for place in scorer.scale_items]
        return WaveFrame(
            n=self.n,
            first_received=min(self.received, default=None),
            last_received=max(self.received, default=None),
            values={item.key: counts for item, counts in zip(scorer.items, self.values, strict=True)},
            scores=dict(zip(scorer.score_keys, self.scores, strict=True)),
            choices={
                item.key: tally.frame() for (_place, item), tally in zip(scorer.choices, self.choices, strict=True)
            },
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


class _ChoiceTally:
    """Running counts of one question with options."""

    def __init__(self):
        self.n = 0
        self.chosen: Counter[str] = Counter()
        self.places: Counter[str] = Counter()

    def add(self, value) -> None:
        if value is None or value == NOT_APPLICABLE:
            return
        self.n += 1
        options = value if isinstance(value, list) else [str(value)]
        self.chosen.update(options)
        self.places.update({option: place for place, option in enumerate(options, start=1)})

    def frame(self) -> ChoiceFrame:
        return ChoiceFrame(self.n, self.chosen, self.places)


class _PairTally:
    """Running joint counts of one pair of surveys and one group."""

    def __init__(self, scorer: Scorer):
        self.scorer = scorer
        self.items = [Counter() for _item in scorer.items]
        self.scores = [Counter() for _key in scorer.score_keys]

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
                key: PairedCounts.from_pairs(counter.elements())
                for key, counter in zip(self.scorer.score_keys, self.scores, strict=True)
            },
        )


class _Tallies:
    """All running counts of one evaluation."""

    def __init__(self, *, scorers: Mapping[int, Scorer], pairs: Sequence[tuple[int, int]]):
        self.scorers = scorers
        self.pairs = pairs
        self.by_wave: dict[tuple[int, str | None], _WaveTally] = {}
        # Who was asked twice and never answered is a pair of zeros, not a pair that nobody planned.
        self.by_pair: dict[tuple[int, int, str | None], _PairTally] = {
            (*pair, PARTICIPANT): _PairTally(scorers[pair[0]]) for pair in pairs
        }

    def add(self, group: str | None, answers: Mapping[int, Answered]) -> None:
        """One person's answers, by survey."""
        scored = {}
        for survey, answered in answers.items():
            scorer = self.scorers[survey]
            scored[survey] = scorer.items_of(answered.answers), scorer.scores_of(answered.answers)
            if (survey, group) not in self.by_wave:
                self.by_wave[survey, group] = _WaveTally(scorer)
            self.by_wave[survey, group].add(*scored[survey], answered)
        for before, after in self.pairs:
            early, late = scored.get(before), scored.get(after)
            if before == after:
                recalled = answers[before].recalled if before in answers else None
                scorer = self.scorers[before]
                early = (scorer.items_of(recalled), scorer.scores_of(recalled)) if recalled else None
            if early or late:
                key = (before, after, group)
                if key not in self.by_pair:
                    self.by_pair[key] = _PairTally(self.scorers[before])
                self.by_pair[key].add(early, late)

    def waves(self) -> dict[tuple[int, str | None], WaveFrame]:
        return {key: tally.frame() for key, tally in self.by_wave.items()}

    def changes(self) -> dict[tuple[int, int, str | None], ChangeFrame]:
        return {key: tally.frame() for key, tally in self.by_pair.items()}


def _persons(
    evaluation: Evaluation, groups: Mapping[int, str]
) -> Iterator[tuple[str | None, dict[int, Answered]]]:
    """(group, survey -> answers) of one person after the other; who is nobody that is known stands alone."""
    rows = (
        Response.objects.unscoped(HELD)
        .filter(survey__evaluation=evaluation)
        .order_by("enrollment_id", "respondent_id", "pseudonym")
        .values_list(
            "enrollment_id",
            "respondent_id",
            "pseudonym",
            "enrollment__group",
            "respondent__enrollment__group",
            "is_comparison",
            "survey_id",
            "received_on",
            "answers",
            "recalled",
        )
        .iterator(chunk_size=CHUNK)
    )
    for who, own_rows in groupby(rows, key=itemgetter(0, 1, 2)):
        if who == (None, None, ""):
            yield from ((OUTSIDERS, {row[6]: Answered(*row[7:])}) for row in own_rows)
            continue
        own = list(own_rows)
        *_who, group, rated, is_comparison, survey = own[0][:7]
        compared = COMPARISON in (group, rated) or is_comparison
        yield COMPARISON if compared else groups[survey], {row[6]: Answered(*row[7:]) for row in own}


def _invited(evaluation: Evaluation, groups: Mapping[int, str]) -> dict[tuple[int, str | None], int]:
    counted = (
        Invitation.objects.unscoped(HELD)
        .filter(survey__evaluation=evaluation)
        .order_by()
        .values_list("survey_id", "enrollment__group", "respondent__enrollment__group")
        .annotate(Count("pk"))
    )
    invited: Counter[tuple[int, str | None]] = Counter()
    for survey, group, rated, n in counted:
        invited[survey, COMPARISON if COMPARISON in (group, rated) else groups[survey]] += n
    return dict(invited)


def _scales(instrument: InstrumentFacts) -> Iterator[Scale]:
    """The total first, then the dimensions; items that share no scale have no score together."""
    closed = instrument.closed_items
    if instrument.scoring in (InstrumentVersion.Scoring.SKM, InstrumentVersion.Scoring.NONE):
        return
    if any(item.is_scored for item in closed):
        return  # the share of right answers is its score
    summed = _summed(instrument)
    groups = [(TOTAL, summed)]
    if instrument.scoring == InstrumentVersion.Scoring.MEAN:
        groups += [
            (key, [place for place in summed if closed[place].dimension == key])
            for key, _name in instrument.dimensions
        ]
    for key, places in groups:
        bounds = {(closed[place].minimum, closed[place].maximum) for place in places}
        if len(bounds) == 1 and None not in next(iter(bounds)):
            yield Scale(key, tuple(places), tuple(closed[place].is_reverse for place in places), *bounds.pop())


def _summed(instrument: InstrumentFacts) -> list[int]:
    """The places of the items that make a score: scale items where there are any, else all numbers."""
    numeric = [(place, item) for place, item in enumerate(instrument.closed_items) if item.is_numeric]
    scale_items = [place for place, item in numeric if item.type == Item.Type.LIKERT]
    return scale_items or [place for place, _item in numeric]


def _scale_score(scale: Scale, answers: tuple[float | None, ...]) -> float | None:
    return scale_score(answers, reverse=scale.reverse, minimum=scale.minimum, maximum=scale.maximum)


def _test_score(questions: Sequence[tuple[int, ItemFacts]], answers: Sequence) -> float | None:
    """Points of the chosen options, of those that could be had, times 100; a question left out earns nothing.

    None for who answered no question at all.
    """
    chosen = [(answers[place], item) for place, item in questions]
    if all(value is None for value, _item in chosen):
        return None
    most = sum(Fraction(str(max(score for _key, _name, score in item.options))) for _value, item in chosen)
    points = sum(
        Fraction(str(score)) for value, item in chosen for key, _name, score in item.options if key == value
    )
    return float(points / most * 100) if most else None


def _number(value) -> float | None:
    return None if value == NOT_APPLICABLE else value


def _turned(value: float | None, item: ItemFacts) -> float | None:
    if value is None or not item.is_reverse:
        return value
    return type(value)(reversed_value(Decimal(str(value)), minimum=item.minimum, maximum=item.maximum))
