"""Indicators of a service and their measurements; the page that judges them belongs to the reports."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.exports import write_workbook, xlsx_response
from asn_eval.views import ScopedDetailView
from evaluations.indicator_columns import headings_of, numbers_in
from evaluations.indicator_forms import IndicatorForm, MeasurementForm, PredicateForm
from evaluations.models import Finding, IndicatorSeries, Measurement
from evaluations.views.evidence import (
    RecordCreateView,
    RecordDeleteView,
    RecordUpdateView,
    evaluation_trail,
    findings_on,
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

    def get_form_class(self):
        held = getattr(self, "object", None)  # nothing when somebody else has just deleted it
        series = held.series if held else self.parent if self.parent_model else None
        return PredicateForm if series and series.is_of_predicates else MeasurementForm

    def get_trail(self):
        series = self.get_series()
        return [*evaluation_trail(series.evaluation), (str(series), series.get_absolute_url())]

    def get_success_url(self):
        return self.get_series().get_absolute_url()


class MeasurementCreateView(OfSeriesMixin, RecordCreateView):
    model = Measurement
    parent_model = IndicatorSeries
    parent_field = "series"
    permission = "evaluations.change_indicatorseries"
    heading = gettext_lazy("Tambah pengukuran")
    saved_message = gettext_lazy("Pengukuran disimpan.")


class MeasurementUpdateView(OfSeriesMixin, RecordUpdateView):
    model = Measurement
    permission = "evaluations.change_indicatorseries"
    heading = gettext_lazy("Ubah pengukuran")
    saved_message = gettext_lazy("Pengukuran disimpan.")


class MeasurementDeleteView(OfSeriesMixin, RecordDeleteView):
    model = Measurement
    permission = "evaluations.change_indicatorseries"

    def get_form_class(self):
        return RecordDeleteView.form_class

    def find_holders(self):
        """The last value stays while a finding rests on the indicator: it would rest on nothing."""
        series = self.object.series
        if series.measurements.count() > 1:
            return super().find_holders()
        return [*super().find_holders(), *findings_on(self.rows(Finding), indicator=series)]


class MeasurementExportView(ScopedDetailView):
    """The series as a workbook that can be uploaded again as it is."""

    model = IndicatorSeries
    permission = "evaluations.view_indicatorseries"

    def render_to_response(self, context, **response_kwargs):
        series = self.object
        header = (_("Tanggal"), *headings_of(series))
        rows = [(one.date, *numbers_in(one)) for one in series.measurements.all()]
        name = f"{series.name} {series.agency_name}"
        return xlsx_response(write_workbook({series.name: (header, rows)}), name)
