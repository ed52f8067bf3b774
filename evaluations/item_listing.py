"""The items of a version as its pages list them: numbered, with what is asked, when, and what is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from asn_eval.numbers import format_decimal
from evaluations.conditions import expression_in_words, question_numbers
from evaluations.expressions import ExpressionError, parse
from evaluations.item_rules import LIKERT, MATRIX, NUMBER, SCORE, WITH_OPTIONS, ItemProblem
from evaluations.models import InstrumentVersion, Item
from evaluations.version_comparison import (
    DROPPED,
    INCOMPARABLE,
    NEW,
    REWORDED,
    SAME,
    compare_versions,
)

STATUS_WORDS = {
    SAME: gettext_lazy("sama"),
    REWORDED: gettext_lazy("kalimat berubah"),
    INCOMPARABLE: gettext_lazy("tidak terbandingkan"),
    NEW: gettext_lazy("baru"),
    DROPPED: gettext_lazy("dihapus"),
}
OPTIONS_SHOWN = 6


@dataclass
class Line:
    """One item in the list; the rows of a matrix stand below it."""

    item: Item
    number: str
    answer: str
    condition: str
    dimension: str
    status: str
    problems: list[str]
    rows: list["Line"] = field(default_factory=list)

    @property
    def status_words(self) -> str:
        return STATUS_WORDS.get(self.status, "")

    @property
    def needs_attention(self) -> bool:
        return self.status == INCOMPARABLE


def lines_of(
    version: InstrumentVersion,
    items: Sequence[Item],
    problems: Iterable[ItemProblem] = (),
    earlier: Iterable[Item] | None = None,
) -> list[Line]:
    """A line for every item that is no row of a matrix; ``earlier`` are the items of the version before."""
    numbers, dimensions = question_numbers(items), version.dimension_names
    status = dict(compare_versions(earlier, items)) if earlier is not None else {}
    wrong: dict[str, list[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.key, []).append(problem.message)
    lines: dict[str, Line] = {}
    for item in items:
        line = Line(
            item=item,
            number=numbers.get(item.key, ""),
            answer="" if item.matrix in lines else answer_in_words(item),
            condition=condition_in_words(item, items),
            dimension=dimensions.get(item.dimension, ""),
            status=status.get(item.key, ""),
            problems=wrong.get(item.key, []),
        )
        if item.matrix in lines:
            lines[item.matrix].rows.append(line)
        else:
            lines[item.key] = line
    return list(lines.values())


def dropped_items(earlier: Iterable[Item], items: Iterable[Item]) -> list[Item]:
    """What the version before asked and this one does not."""
    earlier = list(earlier)
    dropped = {key for key, status in compare_versions(earlier, items) if status == DROPPED}
    return [item for item in earlier if item.key in dropped]


def condition_in_words(item: Item, items: Sequence[Item]) -> str:
    """When the item is shown, for its list and for paper; the formula itself where it cannot be read."""
    if not item.relevance:
        return ""
    try:
        return expression_in_words(parse(item.relevance), items)
    except ExpressionError:
        return item.relevance


def answer_in_words(item: Item) -> str:
    """What can be answered: both ends of a scale, the options, the bounds with their unit."""
    if item.type in (LIKERT, MATRIX) and item.minimum is not None and item.maximum is not None:
        points = item.scale_points
        ends = [f"{value} {name.lower()}".strip() for value, name in (points[0], points[-1])]
        return _("%(low)s sampai %(high)s") % {"low": ends[0], "high": ends[1]}
    if item.type in (SCORE, NUMBER):
        return _bounds_in_words(item)
    if item.type in WITH_OPTIONS:
        names = [name for _key, name in item.option_names]
        more = len(names) - OPTIONS_SHOWN
        rest = "; " + _("dan %(more)s lainnya") % {"more": more} if more > 0 else ""
        return "; ".join(names[:OPTIONS_SHOWN]) + rest
    return ""


def _bounds_in_words(item: Item) -> str:
    low, high = (_shown(bound) for bound in (item.minimum, item.maximum))
    if low and high:
        words = _("%(low)s sampai %(high)s") % {"low": low, "high": high}
    elif low:
        words = _("mulai dari %(low)s") % {"low": low}
    else:
        words = _("paling besar %(high)s") % {"high": high} if high else ""
    return " ".join(filter(None, (words, item.unit)))


def _shown(bound) -> str:
    if bound is None:
        return ""
    places = max(0, -bound.normalize().as_tuple().exponent)
    return format_decimal(bound, places, get_language() or "id")
