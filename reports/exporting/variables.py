"""The columns of a file of answers: one per question, or one per number as statistics programs want it. Pure.

Folded (Excel, CSV) is the shape that the import of answers reads: the key of an option as it is, several of them
behind one another. Spread (SPSS) is numbers only: options counted from 1, several choices as variables of 0 and 1.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from evaluations.answer_types import NOT_APPLICABLE, Value
from evaluations.item_rules import (
    CHOICE,
    CHOICES,
    DATE,
    LIKERT,
    NUMBER,
    OPEN,
    RANKING,
    SILENT,
    WITH_OPTIONS,
    YES_NO,
    is_scored,
)
from evaluations.packing import is_closed, is_recalled
from reports.exporting.protection import Guard

NOT_APPLICABLE_CODE = -9
SMALL_CODE = -8
# For numbers that may themselves be below zero; no bound of an item reaches so far.
FAR_CODE = -999_999_999
SMALL = "kategori_kecil"
RECALLED_PREFIX = "dulu_"
BETWEEN = "; "
NOMINAL, ORDINAL, SCALE = "nominal", "ordinal", "scale"
NUMERIC, WORDS, DAY = "angka", "teks", "tanggal"
GUARDED = (CHOICE, CHOICES, YES_NO, NUMBER, DATE)
CLASSED = (NUMBER, DATE)

Cell = int | float | str | date | None
Label = tuple[int | str, str]


class Asked(Protocol):
    """What this module needs to know of an item."""

    key: str
    type: str
    text: str
    minimum: object
    maximum: object
    labels: list[dict[str, str]]
    options: list[dict]
    dimension: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """One response to one survey: the packed answers, how it was before, and the open texts by item key."""

    answers: Sequence[Value]
    recalled: Sequence[Value] | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Variable:
    """One column. `read` takes the cell out of a response; `item` is None for what is no answer."""

    name: str
    label: str
    kind: str
    measure: str
    read: Callable[[Given], Cell]
    values: tuple[Label, ...] = ()
    missing: int | None = None
    item: Asked | None = None
    is_recalled: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """What one survey asks: its items in their order, whether twice, and what may be told of which."""

    items: Sequence[Asked]
    is_retrospective: bool = False
    has_texts: bool = True
    guards: Mapping[str, Guard] = field(default_factory=dict)
    suffix: str = ""


def is_about_the_person(item: Asked, scoring: str) -> bool:
    """Whether an answer says who somebody is, not what is measured: it belongs to no dimension or level."""
    measures = item.dimension or item.level or scoring == "tes" or is_scored(item)
    return item.type in GUARDED and not measures


def folded(asking: Asking) -> list[Variable]:
    """One column per item."""
    return [
        replace(_folded(item, reader, name, asking), is_recalled=is_before)
        for item, reader, name, is_before in _columns(asking)
    ]


def spread(asking: Asking) -> list[Variable]:
    """Numbers for every closed answer."""
    found = []
    for item, reader, name, is_before in _columns(asking):
        found += [replace(variable, is_recalled=is_before) for variable in _spread(item, reader, name, asking)]
    return found


def _columns(asking: Asking) -> Iterator[tuple[Asked, Callable[[Given], Value], str, bool]]:
    """(item, what takes its answer out of a response, name, whether it was recalled), in the order of the form."""
    keys = {item.key for item in asking.items}
    place = 0
    for item in asking.items:
        if item.type in SILENT:
            continue
        if not is_closed(item):
            if asking.has_texts:
                yield item, _text_of(item.key), item.key, False
            continue
        if asking.is_retrospective and is_recalled(item):
            before = RECALLED_PREFIX + item.key
            yield item, _recalled_at(place), f"{before}_" if before in keys else before, True
        yield item, _answer_at(place), item.key, False
        place += 1


def _answer_at(place: int) -> Callable[[Given], Value]:
    return lambda given: given.answers[place]


def _recalled_at(place: int) -> Callable[[Given], Value]:
    return lambda given: given.recalled[place] if given.recalled else None


def _text_of(key: str) -> Callable[[Given], Value]:
    return lambda given: given.texts.get(key)


def _folded(item: Asked, reader, name: str, asking: Asking) -> Variable:
    guard = asking.guards.get(item.key)
    if item.type in OPEN:
        kind, measure = WORDS, NOMINAL
    elif item.type == DATE and guard is None:
        kind, measure = DAY, SCALE
    else:
        kind = NUMERIC if item.type not in WITH_OPTIONS and guard is None else WORDS
        measure = _measure(item, guard)
    return Variable(
        name=f"{name}{asking.suffix}",
        label=item.text,
        kind=kind,
        measure=measure,
        read=lambda given: _as_folded(item, reader(given), guard),
        values=_folded_values(item, guard),
        item=item,
    )


def _as_folded(item: Asked, value: Value, guard: Guard | None) -> Cell:
    if value is None:
        return None
    if guard is None:
        if isinstance(value, list):
            return BETWEEN.join(value)
        return date.fromisoformat(value) if item.type == DATE and value != NOT_APPLICABLE else value
    if isinstance(value, list):
        shown = [option for option in value if option in guard.shown]
        return BETWEEN.join(shown if len(shown) == len(value) else [*shown, SMALL])
    if item.type in CLASSED and value != NOT_APPLICABLE:
        band = guard.band_of(number_in(item, value))
        return SMALL if band is None else band_name(item, guard.bands[band - 1])
    return value if str(value) in guard.shown else SMALL


def _folded_values(item: Asked, guard: Guard | None) -> tuple[Label, ...]:
    if guard is not None and item.type in CLASSED:
        names = [band_name(item, band) for band in guard.bands]
        values: tuple[Label, ...] = tuple((name, name) for name in names)
    elif item.type in WITH_OPTIONS:
        values = tuple(
            (option["key"], option["id"])
            for option in item.options
            if guard is None or option["key"] in guard.shown
        )
    else:
        values = _numeric_values(item, guard)
    if guard is not None:
        values += ((SMALL, _("kategori kecil")),)
    if getattr(item, "allows_na", False):
        values += ((NOT_APPLICABLE, _("tidak berlaku")),)
    return values


def _numeric_values(item: Asked, guard: Guard | None = None) -> tuple[Label, ...]:
    if item.type == YES_NO:
        both = ((1, _("ya")), (0, _("tidak")))
        return tuple(each for each in both if guard is None or str(each[0]) in guard.shown)
    if item.type == LIKERT:
        named = enumerate(item.labels, start=int(item.minimum))
        return tuple((point, names["id"]) for point, names in named if names.get("id"))
    return ()


def _measure(item: Asked, guard: Guard | None) -> str:
    if item.type in CLASSED or item.type == "skor":
        return ORDINAL if guard is not None else SCALE
    return ORDINAL if item.type in (LIKERT, RANKING) else NOMINAL


def _spread(item: Asked, reader, name: str, asking: Asking) -> Iterator[Variable]:
    guard = asking.guards.get(item.key)
    if item.type in (CHOICES, RANKING):
        yield from _one_per_option(item, reader, name, asking, guard)
        return
    if item.type in OPEN:
        yield Variable(f"{name}{asking.suffix}", item.text, WORDS, NOMINAL, reader, item=item)
        return
    codes, values = _codes(item, guard)
    missing = _missing_code(item, guard) if getattr(item, "allows_na", False) else None
    kind = DAY if item.type == DATE and guard is None else NUMERIC
    if missing is not None:
        values += ((missing, _("tidak berlaku")),)

    def read(given: Given) -> Cell:
        value = reader(given)
        if value is None:
            return None
        if value == NOT_APPLICABLE:
            return missing if guard is None or NOT_APPLICABLE in guard.shown else SMALL_CODE
        return codes(value)

    yield Variable(f"{name}{asking.suffix}", item.text, kind, _measure(item, guard), read, values, missing, item)


def _codes(item: Asked, guard: Guard | None) -> tuple[Callable[[Value], Cell], tuple[Label, ...]]:
    """How an answer becomes a number (or a date), and what the numbers mean."""
    small: tuple[Label, ...] = () if guard is None else ((SMALL_CODE, _("kategori kecil")),)
    if item.type in CLASSED and guard is not None:
        names = tuple((place, band_name(item, band)) for place, band in enumerate(guard.bands, start=1))
        return lambda value: guard.band_of(number_in(item, value)) or SMALL_CODE, names + small
    if item.type == DATE:
        return date.fromisoformat, ()
    if item.type == CHOICE:
        numbers = {
            option["key"]: place
            for place, option in enumerate(item.options, start=1)
            if guard is None or option["key"] in guard.shown
        }
        names = tuple(
            (numbers[option["key"]], option["id"]) for option in item.options if option["key"] in numbers
        )
        return lambda value: numbers.get(value, SMALL_CODE), names + small
    if guard is not None:
        return lambda value: value if str(value) in guard.shown else SMALL_CODE, (
            *_numeric_values(item, guard),
            *small,
        )
    return lambda value: value, _numeric_values(item)


def _missing_code(item: Asked, guard: Guard | None) -> int:
    may_be_negative = item.minimum is None or item.minimum <= NOT_APPLICABLE_CODE
    is_far = item.type in (NUMBER, LIKERT) and guard is None and may_be_negative
    return FAR_CODE if is_far else NOT_APPLICABLE_CODE


def _one_per_option(item: Asked, reader, name: str, asking: Asking, guard: Guard | None) -> Iterator[Variable]:
    is_ranking = item.type == RANKING
    missing = NOT_APPLICABLE_CODE if getattr(item, "allows_na", False) else None
    values: tuple[Label, ...] = () if is_ranking else ((0, _("tidak dipilih")), (1, _("dipilih")))
    if missing is not None:
        values += ((missing, _("tidak berlaku")),)

    def variable(key: str, label: str, pick: Callable[[list[str]], int]) -> Variable:
        def read(given: Given) -> Cell:
            value = reader(given)
            if value == NOT_APPLICABLE:
                return missing if guard is None or NOT_APPLICABLE in guard.shown else None
            return None if value is None else pick(value)

        measure = ORDINAL if is_ranking else NOMINAL
        return Variable(
            f"{name}_{key}{asking.suffix}", f"{label}: {item.text}", NUMERIC, measure, read, values, missing, item
        )

    hidden = []
    for option in item.options:
        if guard is not None and option["key"] not in guard.shown:
            hidden.append(option["key"])
        else:
            yield variable(option["key"], option["id"], _picker(option["key"], is_ranking=is_ranking))
    if hidden:
        yield variable(SMALL, _("kategori kecil"), lambda value: int(any(option in hidden for option in value)))


def _picker(key: str, *, is_ranking: bool) -> Callable[[list[str]], int | None]:
    if is_ranking:
        return lambda order: order.index(key) + 1 if key in order else None
    return lambda chosen: int(key in chosen)


def number_in(item: Asked, value: Value) -> float:
    """What the classes of a guarded number or date are made of."""
    return date.fromisoformat(value).toordinal() if item.type == DATE else value


def band_name(item: Asked, band: tuple[float, float]) -> str:
    low, high = (f"{date.fromordinal(int(end)):%d/%m/%Y}" if item.type == DATE else _amount(end) for end in band)
    return low if low == high else f"{low} – {high}"


def _amount(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def text_items(items: Iterable[Asked]) -> list[Asked]:
    return [item for item in items if item.type in OPEN]
