"""Indicators of a service and their measurements."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy

from evaluations.evidence_forms import IndicatorForm, MeasurementForm
from evaluations.models import IndicatorSeries, Measurement
from evaluations.views.evidence import (
    RecordCreateView,
    RecordDeleteView,
    RecordUpdateView,
    SourceDetailView,
    evaluation_trail,
)
from programs.models.programs import Polarity


@dataclass(frozen=True)
class Change:
    """From the first to the last measurement; ``direction`` is "better", "worse" or "same"."""

    first: Decimal
    first_date: date
    last: Decimal
    last_date: date
    direction: str


def change_of(measurements: list[Measurement], polarity: str) -> Change | None:
    """How an indicator moved over ``measurements`` in order of date; ``None`` below two of them."""
    if len(measurements) < 2:
        return None
    first, last = measurements[0], measurements[-1]
    gain = (last.value - first.value) * (1 if polarity == Polarity.MORE else -1)
    direction = "better" if gain > 0 else "worse" if gain < 0 else "same"
    return Change(first.value, first.date, last.value, last.date, direction)


class IndicatorDetailView(SourceDetailView):
    model = IndicatorSeries
    permission = "evaluations.view_indicatorseries"
    template_name = "evaluations/indicator_detail.html"
    source_field = "indicator"
    fact_names = ("agency_name", "unit", "source")
    url_names = ("indicator_update", "indicator_delete")

    def get_context_data(self, **kwargs):
        measurements = list(self.object.measurements.all())
        change = change_of(measurements, self.object.polarity)
        # A finding says something about a change, so what shows one is measured first.
        return super().get_context_data(
            measurements=measurements, change=change, finding_comes_later=change is None, **kwargs
        )


class IndicatorCreateView(RecordCreateView):
    model = IndicatorSeries
    form_class = IndicatorForm
    permission = "evaluations.add_indicatorseries"
    heading = gettext_lazy("Tambah indikator layanan")
    saved_message = gettext_lazy("Indikator disimpan. Tambahkan hasil pengukurannya.")


class IndicatorUpdateView(RecordUpdateView):
    model = IndicatorSeries
    form_class = IndicatorForm
    permission = "evaluations.change_indicatorseries"
    heading = gettext_lazy("Ubah indikator layanan")
    saved_message = gettext_lazy("Indikator disimpan.")


class IndicatorDeleteView(RecordDeleteView):
    model = IndicatorSeries
    permission = "evaluations.delete_indicatorseries"
    section = "indikator"


class OfSeriesMixin:
    """A measurement has no page of its own; its indicator's page shows it."""

    def get_queryset(self):
        return self.rows(Measurement).select_related("series__evaluation")

    def get_series(self) -> IndicatorSeries:
        return self.object.series if self.object else self.parent

    def get_trail(self):
        series = self.get_series()
        return [*evaluation_trail(series.evaluation), (str(series), series.get_absolute_url())]

    def get_success_url(self):
        return self.get_series().get_absolute_url()


class MeasurementCreateView(OfSeriesMixin, RecordCreateView):
    model = Measurement
    parent_model = IndicatorSeries
    parent_field = "series"
    form_class = MeasurementForm
    permission = "evaluations.change_indicatorseries"
    heading = gettext_lazy("Tambah pengukuran")
    saved_message = gettext_lazy("Pengukuran disimpan.")


class MeasurementUpdateView(OfSeriesMixin, RecordUpdateView):
    model = Measurement
    form_class = MeasurementForm
    permission = "evaluations.change_indicatorseries"
    heading = gettext_lazy("Ubah pengukuran")
    saved_message = gettext_lazy("Pengukuran disimpan.")


class MeasurementDeleteView(OfSeriesMixin, RecordDeleteView):
    model = Measurement
    permission = "evaluations.change_indicatorseries"
