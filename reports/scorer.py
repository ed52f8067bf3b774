"""Packed answers -> scores, by the rules of one instrument."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from evaluations.answer_types import NOT_APPLICABLE
from evaluations.models import InstrumentVersion, Item
from evaluations.scoring import reversed_value, scale_score
from reports.fact_contents import InstrumentFacts, ItemFacts

SCORES_REMEMBERED = 10_000  # answer patterns repeat; a score is computed once for those seen last
TOTAL = ""  # the key of the score over all items, where dimensions have their names


@dataclass(frozen=True)
class Scale:
    """Items that are summed up together, by their place among the closed answers."""

    key: str
    places: tuple[int, ...]
    reverse: tuple[bool, ...]
    minimum: Decimal
    maximum: Decimal


class Scorer:
    """Scores packed answers by the rules of one instrument; equal answers are scored once."""

    def __init__(self, instrument: InstrumentFacts):
        self.instrument = instrument
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

    def scores_like(self, other: "Scorer", comparable: frozenset[str] | None) -> frozenset[str] | None:
        """The scores that are made of the same items in both versions; None where the versions are one."""
        if comparable is None:
            return None
        mine, others = self._members(), other._members()
        return frozenset(
            key for key, members in mine.items() if members == others.get(key) and members <= comparable
        )

    def _members(self) -> dict[str, frozenset[str]]:
        """The keys of the items behind each score."""
        closed = self.instrument.closed_items
        members = {scale.key: frozenset(closed[place].key for place in scale.places) for scale in self.scales}
        if self.questions:
            members[TOTAL] = frozenset(item.key for _place, item in self.questions)
        return members

    def scores_of(self, answers: Sequence) -> tuple[float | None, ...]:
        scores = tuple(
            self._score(scale, tuple(_number(answers[place]) for place in scale.places)) for scale in self.scales
        )
        return ((_test_score(self.questions, answers),) if self.questions else ()) + scores


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
