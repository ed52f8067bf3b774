"""Measurements pasted or uploaded: read, shown beside what is stored, saved after consent."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView

from asn_eval.views import AccessMixin
from evaluations.actions.measurements import (
    MeasurementPlan,
    PlanChanged,
    PlannedMeasurement,
    plan_measurements,
    save_measurements,
)
from evaluations.indicator_columns import columns_of, headings_of, numbers_in
from evaluations.indicator_forms import MeasurementLinesForm
from evaluations.measurement_lines import Reading, read_measurements
from evaluations.models import IndicatorSeries
from evaluations.questionnaire import today_of
from evaluations.views.evidence import evaluation_trail

PROBLEMS_SHOWN = 100
CHANGED_SINCE = gettext_lazy("Isi atau data yang tersimpan berubah sejak diperiksa. Periksa sekali lagi.")


@dataclass(frozen=True)
class ShownLine:
    """A line of the preview: what would stand there, and what stands there now where that differs."""

    planned: PlannedMeasurement
    headings: tuple[str, ...]
    numbers: tuple
    stored: tuple | None

    @property
    def cells(self) -> list[tuple[str, object, object, bool]]:
        """(heading, new, stored, whether they differ) of each column."""
        stored = self.stored or (None,) * len(self.numbers)
        is_change = self.planned.outcome == "changed"
        return [
            (heading, new, old, is_change and new != old)
            for heading, new, old in zip(self.headings, self.numbers, stored, strict=True)
        ]


class MeasurementLinesView(AccessMixin, FormView):
    form_class = MeasurementLinesForm
    permission = "evaluations.change_indicatorseries"
    template_name = "evaluations/measurement_lines.html"

    @cached_property
    def series(self) -> IndicatorSeries:
        rows = self.rows(IndicatorSeries).select_related("evaluation__program__organizer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("user")
        return kwargs | {"series": self.series}

    def form_valid(self, form):
        text = form.cleaned_data["lines"]
        reading = self._read(text)
        plan = plan_measurements(series=self.series, lines=reading.lines)
        seen = self.request.POST.get("seen", "")
        is_consent = "save" in self.request.POST and not form.cleaned_data.get("file")
        if not is_consent or reading.problems:
            return self._preview(text, reading, plan)
        try:
            plan = save_measurements(series=self.series, lines=reading.lines, seen=seen)
        except PlanChanged as changed:
            messages.warning(self.request, CHANGED_SINCE)
            return self._preview(text, reading, changed.plan)
        except ValidationError as error:
            form.add_error("lines", error.messages)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("%(new)s pengukuran baru disimpan, %(changed)s diperbarui, %(same)s sudah ada dan sama.")
            % {"new": plan.n_new, "changed": plan.n_changed, "same": plan.n_same},
        )
        return HttpResponseRedirect(self.series.get_absolute_url())

    def _read(self, text: str) -> Reading:
        today = today_of(self.series.evaluation)
        return read_measurements(text, columns_of(self.series), today=today, unit=self.series.unit)

    def _preview(self, text: str, reading: Reading, plan: MeasurementPlan):
        """What was read, in a form that holds it as text so that single lines can be mended."""
        form = MeasurementLinesForm(series=self.series, initial={"lines": text})
        return self.render_to_response(
            self.get_context_data(form=form, reading=reading, plan=plan, shown=self._shown(plan))
        )

    def _shown(self, plan: MeasurementPlan) -> list[ShownLine]:
        return [
            ShownLine(
                one, headings_of(self.series), numbers_in(one.new), numbers_in(one.stored) if one.stored else None
            )
            for one in plan.planned
        ]

    def get_context_data(self, reading=None, plan=None, **kwargs):
        trail = [*evaluation_trail(self.series.evaluation), (str(self.series), self.series.get_absolute_url())]
        problems = reading.problems if reading else []
        n = plan.n_written if plan else 0
        return super().get_context_data(
            series=self.series,
            trail=trail,
            headings=headings_of(self.series),
            reading=reading,
            plan=plan,
            problems=problems[:PROBLEMS_SHOWN],
            n_hidden=max(0, len(problems) - PROBLEMS_SHOWN),
            save_label=ngettext("Simpan %(n)s pengukuran", "Simpan %(n)s pengukuran", n) % {"n": n},
            **kwargs,
        )
