"""What stands in the columns of a series of measurements, typed, pasted or in a file."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from asn_eval.tables import header_key
from evaluations.measurement_lines import Column
from evaluations.models import IndicatorSeries, Measurement
from evaluations.predicates import predicates

VALUE, CASES = "value", "n"
VALUE_HEADINGS = frozenset({"nilai", "value", "capaian", "realisasi"})
CASES_HEADINGS = frozenset({"jumlahkasus", "kasus", "n", "jumlah", "jumlahberkas", "cases", "numberofcases"})


def columns_of(series: IndicatorSeries) -> tuple[Column, ...]:
    """Value and cases; of performance predicates one count for each, from the worst to the best."""
    if series.is_of_predicates:
        return tuple(
            Column(
                predicate.key, frozenset({header_key(predicate.name), header_key(predicate.key)}), is_count=True
            )
            for predicate in predicates()
        )
    value, cases = (header_key(heading) for heading in headings_of(series))
    return (
        Column(VALUE, VALUE_HEADINGS | {value}, is_count=False),
        Column(CASES, CASES_HEADINGS | {cases}, is_count=True),
    )


def headings_of(series: IndicatorSeries) -> tuple[str, ...]:
    """The headings of a file, without that of the day."""
    if series.is_of_predicates:
        return tuple(predicate.name for predicate in predicates())
    return (_("Nilai (%(unit)s)") % {"unit": series.unit}, _("Jumlah kasus"))


def numbers_in(measurement: Measurement) -> tuple[Decimal | int | None, ...]:
    """What stands under those headings."""
    if measurement.series.is_of_predicates:
        return tuple(measurement.counts.get(predicate.key, 0) for predicate in predicates())
    return (measurement.value, measurement.n)


def new_measurement(series: IndicatorSeries, day: date, values: Mapping[str, Decimal | int]) -> Measurement:
    """A measurement of ``series``, not stored yet, from numbers by the keys of its columns."""
    if series.is_of_predicates:
        return Measurement(series=series, date=day, counts={key: n for key, n in values.items() if n})
    return Measurement(series=series, date=day, value=values[VALUE], n=values.get(CASES))
