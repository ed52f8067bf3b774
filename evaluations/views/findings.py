"""Findings with the evidence beneath them, recommendations with the findings beneath them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from asn_eval.views import AccessMixin, ScopedDetailView, key_in
from evaluations.actions.findings import (
    add_evidence,
    answered_by_it_alone,
    record_finding,
    remove_evidence,
    save_recommendation,
)
from evaluations.chain import chain_around
from evaluations.citations import cite
from evaluations.evidence_summary import state_of
from evaluations.finding_forms import EvidenceForm, FindingCreateForm, FindingForm, RecommendationForm
from evaluations.models import Evidence, Finding, Recommendation
from evaluations.views.evidence import (
    OfEvaluationMixin,
    RecordCreateView,
    RecordDeleteView,
    RecordUpdateView,
    evaluation_trail,
)

# Everything that naming a piece of evidence reads.
EVIDENCE_SOURCES = (
    "interview",
    "observation",
    "document",
    "indicator",
    "case_study",
    "survey__version__instrument",
    "excerpt",
)


class ActionFormMixin:
    """Saves through an action; what the action refuses is said at the field it concerns.

    A view says in ``perform(form)`` which action; it returns the saved row or raises ``ValidationError``.
    """

    def form_valid(self, form):
        try:
            self.object = self.perform(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, self.saved_message)
        return HttpResponseRedirect(self.get_success_url())


class FindingDetailView(OfEvaluationMixin, ScopedDetailView):
    model = Finding
    permission = "evaluations.view_finding"
    template_name = "evaluations/finding_detail.html"

    def get_context_data(self, **kwargs):
        evidence = self.object.evidence.select_related(*EVIDENCE_SOURCES)
        cited = [(piece, cite(piece, self.request.user)) for piece in evidence]
        recommendations = list(self.object.recommendations.all())
        return super().get_context_data(
            cited=cited,
            recommendations=recommendations,
            chain=chain_around(self.object, self.request.user),
            **kwargs,
        )


class FindingCreateView(ActionFormMixin, RecordCreateView):
    model = Finding
    form_class = FindingCreateForm
    permission = "evaluations.add_finding"
    heading = gettext_lazy("Catat temuan")
    saved_message = gettext_lazy("Temuan disimpan bersama buktinya.")

    def get_initial(self):
        return {"source": self.request.GET.get("sumber", "")}

    def perform(self, form):
        cleaned = form.cleaned_data
        return record_finding(finding=form.instance, source=cleaned["source"], quote=cleaned["quote"])


class FindingUpdateView(RecordUpdateView):
    model = Finding
    form_class = FindingForm
    permission = "evaluations.change_finding"
    heading = gettext_lazy("Ubah temuan")
    saved_message = gettext_lazy("Temuan disimpan.")


class FindingDeleteView(RecordDeleteView):
    model = Finding
    permission = "evaluations.delete_finding"
    section = "temuan"

    def find_holders(self):
        return [*super().find_holders(), *answered_by_it_alone(self.object)]


class EvidenceAddView(ActionFormMixin, AccessMixin, FormView):
    form_class = EvidenceForm
    permission = "evaluations.change_finding"
    template_name = "form.html"
    saved_message = gettext_lazy("Bukti ditambahkan.")

    @cached_property
    def finding(self) -> Finding:
        rows = self.rows(Finding).select_related("evaluation")
        return get_object_or_404(rows, pk=self.kwargs["parent_pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"evaluation": self.finding.evaluation}

    def perform(self, form):
        cleaned = form.cleaned_data
        return add_evidence(finding=self.finding, source=cleaned["source"], quote=cleaned["quote"])

    def get_success_url(self):
        return self.finding.get_absolute_url()

    def get_context_data(self, **kwargs):
        trail = [*evaluation_trail(self.finding.evaluation), (str(self.finding), self.get_success_url())]
        return super().get_context_data(
            heading=_("Tambah bukti"), trail=trail, back_url=self.get_success_url(), **kwargs
        )


class EvidenceDeleteView(RecordDeleteView):
    model = Evidence
    permission = "evaluations.change_finding"
    template_name = "evaluations/evidence_confirm_delete.html"

    def get_queryset(self):
        return self.rows(Evidence).select_related("finding__evaluation", *EVIDENCE_SOURCES)

    def get_trail(self):
        finding = self.object.finding
        return [*evaluation_trail(finding.evaluation), (str(finding), finding.get_absolute_url())]

    def get_success_url(self):
        return self.object.finding.get_absolute_url()

    def form_valid(self, form):
        try:
            remove_evidence(evidence=self.object)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, _("Bukti dihapus dari temuan."))
        return HttpResponseRedirect(self.get_success_url())


class RecommendationDetailView(OfEvaluationMixin, ScopedDetailView):
    model = Recommendation
    permission = "evaluations.view_recommendation"
    template_name = "evaluations/recommendation_detail.html"

    def get_context_data(self, **kwargs):
        evidence = Prefetch("evidence", Evidence.objects.select_related(*EVIDENCE_SOURCES))
        findings = list(self.object.findings.prefetch_related(evidence))
        answered = [
            (finding, [cite(piece, self.request.user) for piece in finding.evidence.all()]) for finding in findings
        ]
        return super().get_context_data(
            answered=answered,
            state=state_of(self.object),
            chain=chain_around(self.object, self.request.user),
            **kwargs,
        )


class RecommendationFormMixin(ActionFormMixin):
    model = Recommendation
    form_class = RecommendationForm
    template_name = "evaluations/recommendation_form.html"
    saved_message = gettext_lazy("Rekomendasi disimpan.")

    def perform(self, form):
        form.raise_revision()
        return save_recommendation(recommendation=form.instance, findings=form.cleaned_data["findings"])


class RecommendationCreateView(RecommendationFormMixin, RecordCreateView):
    permission = "evaluations.add_recommendation"
    heading = gettext_lazy("Tambah rekomendasi")

    def get_initial(self):
        chosen = key_in(self.request.GET.get("temuan"))
        return {"findings": [chosen]} if chosen else {}


class RecommendationUpdateView(RecommendationFormMixin, RecordUpdateView):
    permission = "evaluations.change_recommendation"
    heading = gettext_lazy("Ubah rekomendasi")


class RecommendationDeleteView(RecordDeleteView):
    model = Recommendation
    permission = "evaluations.delete_recommendation"
    section = "rekomendasi"
