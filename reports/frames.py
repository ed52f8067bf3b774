"""The only bridge from answers to numbers: packed rows stream by, small count tables stay.

Memory grows with the number of different scores, never with the number of respondents; one query reads all
answers of an evaluation. Persons are paired by their enrolment and leave no trace in what is returned.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

import numpy as np
from django.db.models import Count

from evaluations.answer_types import NOT_APPLICABLE
from evaluations.models import Evaluation, Invitation, Response, Survey
from programs.models import Enrollment
from reports.analysis.counts import PairedCounts
from reports.analysis.exact import to_fraction
from reports.analysis.reliability import ItemMoments
from reports.fact_contents import InstrumentFacts
from reports.scorer import Scorer

CHUNK = 2_000  # rows held at a time
HELD = "all of it hangs on the evaluation that the caller already holds"
PARTICIPANT = Enrollment.Group.PARTICIPANT.value
NO_BREAKS: Mapping[tuple[int, int], frozenset[str]] = {}
COMPARISON = Enrollment.Group.COMPARISON.value
OUTSIDERS = None  # the group of those who are not enrolled: the public


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
    comparable: Mapping[tuple[int, int], frozenset[str]] = NO_BREAKS,
) -> Frames:
    """The frames of the ``surveys`` of ``evaluation``, which are all it has.

    ``instruments`` by the key of their version; ``pairs`` are (before, after) surveys to be joined by person;
    ``comparable`` has for two versions the keys of the items that ask the same in both.
    """
    scorers = {version: Scorer(facts) for version, facts in instruments.items()}
    surveys = list(surveys)
    tallies = _Tallies(
        scorers={survey.pk: scorers[survey.version_id] for survey in surveys},
        pairs=[(before.pk, after.pk) for before, after in pairs],
        comparable={
            (before.pk, after.pk): comparable.get((before.version_id, after.version_id)) for before, after in pairs
        },
    )
    groups = {survey.pk: survey.group for survey in surveys}
    for group, answers in _persons(evaluation, groups):
        tallies.add(group, answers)
    return Frames(tallies.waves(), tallies.changes(), _invited(evaluation, groups))


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

    def __init__(self, before: Scorer, after: Scorer, comparable: frozenset[str] | None):
        self.shared = (
            _shared([item.key for item in before.items], [item.key for item in after.items], comparable),
            _shared(before.score_keys, after.score_keys, before.scores_like(after, comparable)),
        )
        self.counts = tuple({key: Counter() for key, _early, _late in shared} for shared in self.shared)

    def add(self, before, after) -> None:
        """Each of them is (items, scores), or None where the person did not answer."""
        for part, (shared, counts) in enumerate(zip(self.shared, self.counts, strict=True)):
            for key, early, late in shared:
                counts[key][before[part][early] if before else None, after[part][late] if after else None] += 1

    def frame(self) -> ChangeFrame:
        items, scores = (
            {key: PairedCounts.from_pairs(counter.elements()) for key, counter in counts.items()}
            for counts in self.counts
        )
        return ChangeFrame(items, scores)


def _shared(
    before: Sequence[str], after: Sequence[str], keys: frozenset[str] | None
) -> list[tuple[str, int, int]]:
    """(key, place before, place after) of what both have and may be compared; None: everything."""
    places = {key: place for place, key in enumerate(after)}
    return [
        (key, place, places[key])
        for place, key in enumerate(before)
        if key in places and (keys is None or key in keys)
    ]


class _Tallies:
    """All running counts of one evaluation."""

    def __init__(
        self,
        *,
        scorers: Mapping[int, Scorer],
        pairs: Sequence[tuple[int, int]],
        comparable: Mapping[tuple[int, int], frozenset[str] | None],
    ):
        self.scorers = scorers
        self.pairs = pairs
        self.comparable = comparable
        self.by_wave: dict[tuple[int, str | None], _WaveTally] = {}
        # Who was asked twice and never answered is a pair of zeros, not a pair that nobody planned.
        self.by_pair: dict[tuple[int, int, str | None], _PairTally] = {
            (*pair, PARTICIPANT): self._tally(*pair) for pair in pairs
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
                    self.by_pair[key] = self._tally(before, after)
                self.by_pair[key].add(early, late)

    def _tally(self, before: int, after: int) -> _PairTally:
        return _PairTally(self.scorers[before], self.scorers[after], self.comparable[before, after])

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
