"""Made-up answers with modest effects, gaps and disagreement, as real surveys have them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluations.examples.chance import Chance

BEFORE, AFTER = "sebelum", "sesudah"
PAPER, LINK, FILE = "kertas", "tautan", "berkas"


@dataclass(frozen=True, slots=True)
class ClosedItem:
    """What the generator needs to know of an item."""

    key: str
    dimension: str
    minimum: int
    maximum: int
    is_reverse: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One respondent's answers to one survey, in the order of the closed items."""

    values: list[int | None]
    channel: str
    open_text: str = ""


@dataclass(frozen=True, slots=True)
class Respondent:
    """A participant as the generator sees one: a code, a group, and whether they stayed to the end."""

    code: str
    in_comparison: bool
    completed: bool


def participant_answers(
    spec: dict, items: Sequence[ClosedItem], respondents: Sequence[Respondent], *, seed: int
) -> dict[str, dict[str, Answer]]:
    """Answers by wave and respondent code.

    ``spec``: ``rate`` by wave (share who answer), ``paper`` (share on paper, the only ones with gaps),
    ``missing`` (share of items left out on paper), ``spread`` between persons, ``noise`` of an item,
    ``dimensions`` (key -> before, effect, comparison_effect) and ``open`` (texts of the last wave).
    """
    waves: dict[str, dict[str, Answer]] = {BEFORE: {}, AFTER: {}}
    item_chance = Chance(seed, "items")
    offsets = {item.key: item_chance.normal(0, spec["item_spread"]) for item in items}
    for respondent in respondents:
        chance = Chance(seed, respondent.code)
        person = chance.normal(0, spec["spread"])
        own = {key: chance.normal(0, spec["spread"] / 2) for key in spec["dimensions"]}
        change = {key: _change(parameters, respondent, chance) for key, parameters in spec["dimensions"].items()}
        for wave in (BEFORE, AFTER):
            answers = chance.happens(spec["rate"][wave]) and (wave == BEFORE or respondent.completed)
            levels = {
                key: parameters["before"] + person + own[key] + (change[key] if wave == AFTER else 0)
                for key, parameters in spec["dimensions"].items()
            }
            drawn = _draw(spec, items, levels, offsets, chance)
            if answers:
                waves[wave][respondent.code] = drawn
    return waves | {AFTER: with_open_texts(waves[AFTER], spec.get("open", ()), Chance(seed, "open"))}


def public_answers(spec: dict, items: Sequence[ClosedItem], *, seed: int) -> list[Answer]:
    """Answers of one wave of visitors. ``spec``: ``n``, ``means`` by item, ``spread``, ``noise``, ``open`` …"""
    chance = Chance(seed, "public")
    answers = {}
    for number in range(spec["n"]):
        person = chance.normal(0, spec["spread"])
        levels = {key: mean + person for key, mean in spec["means"].items()}
        answers[f"{number:03d}"] = _draw(spec, items, levels, {}, chance)
    return list(with_open_texts(answers, spec.get("open", ()), chance).values())


def with_open_texts(answers: dict[str, Answer], texts: Sequence[str], chance: Chance) -> dict[str, Answer]:
    """The same answers, each text given to one respondent."""
    chosen = dict(zip(chance.shuffled(sorted(answers)), texts, strict=False))
    return {code: Answer(answer.values, answer.channel, chosen.get(code, "")) for code, answer in answers.items()}


def _change(parameters: dict, respondent: Respondent, chance: Chance) -> float:
    effect = parameters.get("comparison_effect", 0.0) if respondent.in_comparison else parameters["effect"]
    return chance.normal(effect, parameters["effect_spread"])


def _draw(spec: dict, items: Sequence[ClosedItem], levels: dict, offsets: dict, chance: Chance) -> Answer:
    channel = PAPER if chance.happens(spec["paper"]) else spec.get("channel", LINK)
    values = []
    for item in items:
        level = levels.get(item.key, levels.get(item.dimension)) + offsets.get(item.key, 0.0)
        value = min(max(round(chance.normal(level, spec["noise"])), item.minimum), item.maximum)
        if item.is_reverse:
            value = item.minimum + item.maximum - value
        gap = chance.happens(spec["missing"]) and channel == PAPER and len(items) > 1
        values.append(None if gap else value)
    return Answer(values, channel)
