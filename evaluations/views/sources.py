"""Observations and documents: what was seen and read, with its sheet."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.listing import SortMixin
from asn_eval.views import ScopedListView, searched
from evaluations.models import DocumentReview, Evaluation, Observation
from evaluations.sheet_values import answers_of, side_by_side, unit_key
from evaluations.source_forms import DocumentReviewForm, ObservationForm
from evaluations.views.attachments import attachment_context
from evaluations.views.evidence import (
    RecordCreateView,
    RecordDeleteView,
    RecordUpdateView,
    SourceDetailView,
    evaluation_trail,
)
from evaluations.views.lost_passages import n_lost, review_url

Moment = Observation.Moment


class SheetSourceView(SourceDetailView):
    """A source with the answers of its sheet."""

    abstract = True
    template_name = "evaluations/sheet_source.html"
    sheet_url_name = ""

    def get_queryset(self):
        return super().get_queryset().select_related("version__instrument")

    def get_context_data(self, **kwargs):
        items = list(self.object.version.items.all()) if self.object.version_id else []
        return super().get_context_data(
            answers=answers_of(self.object, items),
            sheet_url=reverse(self.sheet_url_name, args=[self.object.pk]) if self.object.version_id else "",
            n_lost=n_lost(self.object),
            lost_url=review_url(self.object),
            **attachment_context(self.object, self.request.user),
            **kwargs,
        )


class ObservationDetailView(SheetSourceView):
    model = Observation
    permission = "evaluations.view_observation"
    source_field = "observation"
    coding_url_name = "code_observation"
    fact_names = ("unit", "date", "observer")
    text_names = ("before", "after")
    url_names = ("observation_update", "observation_delete")
    sheet_url_name = "observation_sheet"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["facts"].insert(2, (_("Saat pengamatan"), self.object.get_moment_display()))
        return context | self._comparison()

    def _comparison(self) -> dict:
        """The sheet of the other visit to the same unit; the one that the address names, else the nearest."""
        seen = self.object
        if not seen.sheet:
            return {}
        others = [one for one in self._other_visits() if unit_key(one) == unit_key(seen)]
        if not others:
            return {}
        asked = self.request.GET.get("banding", "")
        # Newest "before" beside an "after", first "after" beside a "before".
        other = next((one for one in others if str(one.pk) == asked), others[0])
        before, after = (seen, other) if self._is_earlier(seen, other) else (other, seen)
        return {
            "compared": (before, after),
            "lines": side_by_side(before, after),
            "other_visits": [one for one in others if one != other],
        }

    def _other_visits(self):
        seen = self.object
        visits = (
            seen.evaluation.observations.exclude(moment=seen.moment)
            .exclude(sheet={})
            .filter(version__instrument=seen.version.instrument_id)
            .select_related("version")
        )
        wanted = Moment.AFTER if seen.moment == Moment.BEFORE else Moment.BEFORE
        nearest_last = seen.moment != Moment.BEFORE
        ordered = sorted(visits, key=lambda one: (one.date, one.pk), reverse=nearest_last)
        return sorted(ordered, key=lambda one: one.moment != wanted)

    @staticmethod
    def _is_earlier(one: Observation, other: Observation) -> bool:
        order = list(Moment.values)
        return order.index(one.moment) < order.index(other.moment)


class ToSheetMixin:
    """A record that follows a sheet asks for it as the next step."""

    sheet_url_name = ""

    def get_success_url(self):
        if self.object.version_id and not self.object.sheet:
            return reverse(self.sheet_url_name, args=[self.object.pk])
        return super().get_success_url()


class ObservationCreateView(ToSheetMixin, RecordCreateView):
    model = Observation
    form_class = ObservationForm
    permission = "evaluations.add_observation"
    heading = gettext_lazy("Catat observasi")
    saved_message = gettext_lazy("Observasi disimpan.")
    sheet_url_name = "observation_sheet"


class ObservationUpdateView(ToSheetMixin, RecordUpdateView):
    model = Observation
    form_class = ObservationForm
    permission = "evaluations.change_observation"
    heading = gettext_lazy("Ubah observasi")
    saved_message = gettext_lazy("Observasi disimpan.")
    sheet_url_name = "observation_sheet"


class ObservationDeleteView(RecordDeleteView):
    model = Observation
    permission = "evaluations.delete_observation"
    section = "observasi"


class DocumentDetailView(SheetSourceView):
    model = DocumentReview
    permission = "evaluations.view_documentreview"
    source_field = "document"
    coding_url_name = "code_document"
    fact_names = ("kind", "number", "date", "unit")
    text_names = ("shows",)
    url_names = ("document_update", "document_delete")
    sheet_url_name = "document_sheet"


class DocumentCreateView(ToSheetMixin, RecordCreateView):
    model = DocumentReview
    form_class = DocumentReviewForm
    permission = "evaluations.add_documentreview"
    heading = gettext_lazy("Catat telaah dokumen")
    saved_message = gettext_lazy("Telaah dokumen disimpan.")
    sheet_url_name = "document_sheet"


class DocumentUpdateView(ToSheetMixin, RecordUpdateView):
    model = DocumentReview
    form_class = DocumentReviewForm
    permission = "evaluations.change_documentreview"
    heading = gettext_lazy("Ubah telaah dokumen")
    saved_message = gettext_lazy("Telaah dokumen disimpan.")
    sheet_url_name = "document_sheet"


class DocumentDeleteView(RecordDeleteView):
    model = DocumentReview
    permission = "evaluations.delete_documentreview"
    section = "dokumen"


class SourceListView(SortMixin, ScopedListView):
    """All sources of one kind of one evaluation, for when they are too many for its page."""

    abstract = True
    searched_fields: tuple[str, ...] = ()

    @cached_property
    def evaluation(self) -> Evaluation:
        return get_object_or_404(self.rows(Evaluation), pk=self.kwargs["parent_pk"])

    def get_queryset(self):
        rows = self.rows(self.model).filter(evaluation=self.evaluation).select_related("version__instrument")
        for word in searched(self.request).split():
            matches = (Q(**{f"{name}__icontains": word}) for name in self.searched_fields)
            rows = rows.filter(Q(*matches, _connector=Q.OR))
        return self.in_order(rows)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            evaluation=self.evaluation,
            text=searched(self.request),
            trail=evaluation_trail(self.evaluation),
            **kwargs,
        )


class ObservationListView(SourceListView):
    model = Observation
    permission = "evaluations.view_observation"
    template_name = "evaluations/observation_list.html"
    searched_fields = ("unit", "observer", "before", "after")
    orderings = {"unit": ("unit", "date"), "tanggal": ("date",), "saat": ("moment", "date")}
    default_ordering = "-tanggal"


class DocumentListView(SourceListView):
    model = DocumentReview
    permission = "evaluations.view_documentreview"
    template_name = "evaluations/document_list.html"
    searched_fields = ("title", "number", "kind", "unit", "shows")
    orderings = {"judul": ("title",), "jenis": ("kind", "title"), "tanggal": ("date",)}
    default_ordering = "-tanggal"
