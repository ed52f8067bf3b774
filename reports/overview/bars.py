"""The bars of the home page: labels, lengths and words of what the tallies say. It counts nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from asn_eval.accounts.models import Region
from asn_eval.numbers import format_decimal, format_percent
from programs.models import Program
from reports.analysis.overview import Breakdown, Completion, ShownCompletion, Tally
from reports.analysis.results import Suppressed
from reports.overview.choice import Choice
from reports.overview.lines import integer, language

LONGEST_CHART = 10  # bars; all rows stand in the table


@dataclass(frozen=True)
class Row:
    """One group: what its bar and its line of the table say."""

    label: str
    tally: Tally
    completion: ShownCompletion
    text: str  # the value of the bar in words
    length: float  # of the longest bar, 0 to 100
    query: str = ""  # the address of the group's own numbers, when it has any

    @property
    def completion_text(self) -> str:
        return completion_words(self.completion)


@dataclass(frozen=True)
class Chart:
    """The rows of a breakdown, the longest bars first, with their table."""

    rows: Sequence[Row]

    @property
    def drawn(self) -> list[Row]:
        return sorted(self.rows, key=lambda row: -row.length)[:LONGEST_CHART]

    @property
    def n_left_out(self) -> int:
        return max(0, len(self.rows) - LONGEST_CHART)


@dataclass(frozen=True)
class BudgetRow:
    """Planned beside realised; lengths of the longest bar of all rows."""

    label: str
    tally: Tally
    planned_length: float
    realised_length: float

    @property
    def planned_text(self) -> str:
        return money(self.tally.planned)

    @property
    def realised_text(self) -> str:
        """How many lines nobody has filled in stands in the table."""
        known = self.tally.unrealised_lines < self.tally.budget_lines
        return money(self.tally.realised) if known else _("belum diisi")


def type_chart(breakdown: Breakdown, choice: Choice) -> Chart:
    labels = {kind: label for kind, label in Program.Type.choices if kind in breakdown.groups}
    return _chart(breakdown, choice, labels, queries={})


def region_chart(breakdown: Breakdown, choice: Choice, area: Sequence[str]) -> Chart:
    """The regions below the chosen one; each leads to its own numbers, unless they are these."""
    whole = choice.code or (area[0] if len(area) == 1 else "")
    regions = {region.code: region for region in Region.objects.filter(code__in=breakdown.groups)}
    labels = {code: _region_label(regions[code], whole) for code in breakdown.groups if code in regions}
    queries = {code: choice.query(wilayah=code) for code in labels if code != whole}
    return _chart(breakdown, choice, labels, queries)


def budget_rows(types: Breakdown) -> list[BudgetRow]:
    """The types of program that have a budget, and their total when there are several."""
    rows = [(str(label), types.groups[kind]) for kind, label in Program.Type.choices if kind in types.groups]
    rows = [(label, tally) for label, tally in rows if tally.budget_lines]
    if len(rows) > 1:
        rows.insert(0, (_("Semua jenis"), types.total))
    longest = max((amount for _label, tally in rows for amount in (tally.planned, tally.realised)), default=0)
    return [
        BudgetRow(label, tally, _length(tally.planned, longest), _length(tally.realised, longest))
        for label, tally in rows
    ]


def value_of(measure: str, tally: Tally, completion: ShownCompletion) -> float | None:
    """What is drawn of a group; None when there is nothing to draw."""
    if measure == "penyelesaian":
        return completion.share if isinstance(completion, Completion) else None
    return {"program": tally.programs, "peserta": tally.enrollments, "jp": tally.lesson_hours}[measure]


def value_words(measure: str, tally: Tally, completion: ShownCompletion) -> str:
    if measure == "penyelesaian":
        return completion_words(completion)
    value = value_of(measure, tally, completion)
    return hours(value) if measure == "jp" else integer(value)


def completion_words(completion: ShownCompletion) -> str:
    """85,0% (n = 40), or why there is no number."""
    if isinstance(completion, Suppressed):
        return _("tidak ditampilkan")
    if completion is None:
        return _("belum ada hasil")
    share = format_percent(completion.share, 1, language())
    return _("%(share)s (n = %(n)s)") % {"share": share, "n": integer(completion.n)}


def hours(value: Decimal) -> str:
    """12 or 12,5"""
    return format_decimal(value, 0 if value == int(value) else 1, language())


def money(value: Decimal) -> str:
    """Rp1,2 miliar; small amounts in full."""
    for size, words in (
        (10**12, _("Rp%(n)s triliun")),
        (10**9, _("Rp%(n)s miliar")),
        (10**6, _("Rp%(n)s juta")),
    ):
        if value >= size:
            amount = Decimal(value) / size
            return words % {"n": format_decimal(amount, 0 if amount == int(amount) else 1, language())}
    return _("Rp%(n)s") % {"n": integer(value)}


def realised_words(tally: Tally) -> str:
    """What was spent, and how many lines nobody has filled in yet."""
    if tally.budget_lines and tally.unrealised_lines == tally.budget_lines:
        return _("belum diisi")
    if tally.unrealised_lines:
        values = {"sum": money(tally.realised), "open": integer(tally.unrealised_lines)}
        return _("%(sum)s; %(open)s pos belum diisi") % values
    return money(tally.realised)


def _chart(breakdown: Breakdown, choice: Choice, labels: Mapping[str, str], queries: Mapping[str, str]) -> Chart:
    values = {
        name: value_of(choice.measure, breakdown.groups[name], breakdown.completion[name]) for name in labels
    }
    # A share is drawn out of the whole, an amount beside the largest.
    longest = 1 if choice.measure == "penyelesaian" else max((value or 0 for value in values.values()), default=0)
    return Chart(
        [
            Row(
                label=str(label),
                tally=breakdown.groups[name],
                completion=breakdown.completion[name],
                text=value_words(choice.measure, breakdown.groups[name], breakdown.completion[name]),
                length=_length(values[name] or 0, longest),
                query=queries.get(name, ""),
            )
            for name, label in labels.items()
        ]
    )


def _region_label(region: Region, whole: str) -> str:
    if region.code == whole and region.level != Region.Level.DISTRICT:
        return _("%(region)s, tidak dirinci") % {"region": region.name}
    return region.name


def _length(value, longest) -> float:
    return round(float(value) / float(longest) * 100, 1) if longest else 0.0
