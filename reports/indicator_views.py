"""The page of one indicator: judged by the same numbers, sentences and pictures as in the report."""

from dataclasses import replace

from django.urls import reverse
from django.utils import translation

from evaluations.indicator_columns import headings_of, numbers_in
from evaluations.models import IndicatorSeries
from evaluations.views.evidence import SourceDetailView


class IndicatorDetailView(SourceDetailView):
    model = IndicatorSeries
    permission = "evaluations.view_indicatorseries"
    template_name = "reports/indicator_detail.html"
    source_field = "indicator"
    fact_names = ("agency_name", "source")
    url_names = ("indicator_update", "indicator_delete")

    def get_queryset(self):
        return super().get_queryset().select_related("evaluation__program", "objective", "compared_with")

    def get_context_data(self, **kwargs):
        series = self.object
        measurements = list(series.measurements.all())
        headings = headings_of(series)
        block, is_judged = self._judged() if measurements else (None, False)
        return super().get_context_data(
            measurements=[(one, list(zip(headings, numbers_in(one), strict=True))) for one in measurements],
            headings=headings,
            result_block=block,
            compared_by=list(series.compared_by.all()),
            lines_url=reverse("measurement_lines", args=[series.pk]),
            # A finding says something about a change, so what shows one is measured first.
            finding_comes_later=not is_judged,
            **kwargs,
        )

    def _judged(self):
        """The block of the report without its table of measurements, which stands below with its links."""
        # Analysis and charts load slow libraries; a worker that only serves forms does without them.
        from reports.chapters.indicators import indicator_block, level_tables, predicate_block
        from reports.indicator_outcomes import number_result, predicate_result

        series = self.object
        with translation.override("id"):
            if series.is_of_predicates:
                result = predicate_result(series)
                block = replace(predicate_block(result), heading="", tables=())
                return block, result.change is not None
            result = number_result(series, series.compared_with)
            return replace(
                indicator_block(result), heading="", tables=level_tables(result), source=""
            ), result.is_judged
