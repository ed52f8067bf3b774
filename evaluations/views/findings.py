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
    SOURCE_FIELD,
    add_evidence,
    answered_by_it_alone,
    record_finding,
    remove_evidence,
    save_recommendation,
    source_of,
)
from evaluations.actions.follow_up import forget_proofs
from evaluations.chain import chain_around
from evaluations.chain_strength import confidence_name, reasons_for, spread_of
from evaluations.citations import cite
from evaluations.coded_sources import still_said
from evaluations.evidence_summary import state_of
from evaluations.finding_forms import EvidenceForm, FindingCreateForm, FindingForm
from evaluations.finding_strength import SOURCES, WEIGHED, strengths_of
from evaluations.models import Evidence, Excerpt, Finding, Recommendation, Review
from evaluations.models.recommendations import priority_of
from evaluations.recommendation_forms import RecommendationForm
from evaluations.views.evidence import (
    OfEvaluationMixin,
    RecordCreateView,
    RecordDeleteView,
    RecordUpdateView,
    evaluation_trail,
)

PARTS = "survey__version__items"  # what the parts of a survey are called


class ActionFormMixin:
    """Saves through an action; what the action refuses is said at the field it concerns.

    A view says in ``perform(form)`` which action; it returns the saved row or raises ``ValidationError``.
    """

    def form_valid(self, form):
        try:
            self.object = self.perform(form)
        except ValidationError as error:
            form.add_error(None, known_to(form, error))
            return self.form_invalid(form)
        messages.success(self.request, self.saved_message)
        return HttpResponseRedirect(self.get_success_url())


def known_to(form, error: ValidationError) -> ValidationError:
    """What an action says of a field that this form does not have is said of the form."""
    if hasattr(error, "error_dict") and not error.error_dict.keys() <= form.fields.keys():
        return ValidationError([one for found in error.error_dict.values() for one in found])
    return error


class FindingDetailView(OfEvaluationMixin, ScopedDetailView):
    model = Finding
    permission = "evaluations.view_finding"
    template_name = "evaluations/finding_detail.html"

    def get_queryset(self):
        evidence = Evidence.objects.select_related(*WEIGHED).prefetch_related(PARTS)
        rows = super().get_queryset().select_related("objective")
        return rows.prefetch_related(Prefetch("evidence", evidence))

    def get_context_data(self, **kwargs):
        finding = self.object
        cited = [(piece, cite(piece, self.request.user)) for piece in finding.evidence.all()]
        supporting = [pair for pair in cited if pair[0].stance == Evidence.Stance.SUPPORTS]
        strength = strengths_of([finding], finding.evaluation)[finding.pk]
        surveys = {piece.survey_id: str(piece.survey) for piece, _citation in supporting if piece.survey_id}
        recommendations = list(self.object.recommendations.all())
        return super().get_context_data(
            supporting=supporting,
            contradicting=[pair for pair in cited if pair not in supporting],
            strength=strength,
            confidence=confidence_name(strength),
            reasons=reasons_for(strength),
            spread=spread_of(strength),
            reaches=[(surveys[reach.survey], reach) for reach in strength.surveys],
            recommendations=recommendations,
            chain=chain_around(self.object, self.request.user),
            **kwargs,
        )


def evidence_initial(view: AccessMixin, evaluation) -> dict:
    """What the address says of the evidence: ``sumber``, ``bagian`` of a survey, ``kutipan`` a marked passage."""
    asked = view.request.GET
    source, part = asked.get("sumber", ""), asked.get("bagian", "")
    if part and source.startswith("survey-"):
        part = f"{source.removeprefix('survey-')}:{part}"
    excerpt = still_said(view.rows(Excerpt)).filter(evaluation=evaluation, pk=key_in(asked.get("kutipan"))).first()
    if excerpt is None:
        return {"source": source, "part": part}
    held = source_of(excerpt)
    return {"source": f"{SOURCE_FIELD[type(held)]}-{held.pk}", "excerpt": excerpt.pk, "quote": excerpt.quote}


class FindingCreateView(ActionFormMixin, RecordCreateView):
    model = Finding
    form_class = FindingCreateForm
    permission = "evaluations.add_finding"
    template_name = "evaluations/evidence_form.html"
    heading = gettext_lazy("Catat temuan")
    saved_message = gettext_lazy("Temuan disimpan bersama buktinya.")

    def get_initial(self):
        return evidence_initial(self, self.parent)

    def perform(self, form):
        return record_finding(finding=form.instance, **form.evidence_values())


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
    template_name = "evaluations/evidence_form.html"
    saved_message = gettext_lazy("Bukti ditambahkan.")

    @cached_property
    def finding(self) -> Finding:
        rows = self.rows(Finding).select_related("evaluation")
        return get_object_or_404(rows, pk=self.kwargs["parent_pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"evaluation": self.finding.evaluation}

    def get_initial(self):
        return evidence_initial(self, self.finding.evaluation)

    def perform(self, form):
        stance = form.cleaned_data["stance"]
        return add_evidence(finding=self.finding, stance=stance, **form.evidence_values())

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
        return self.rows(Evidence).select_related("finding__evaluation", *SOURCES)

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

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.select_related("owner_office", "answered_by", "earlier", "evaluation__program__organizer")

    def get_context_data(self, **kwargs):
        recommendation = self.object
        evidence = Prefetch("evidence", Evidence.objects.select_related(*WEIGHED).prefetch_related(PARTS))
        findings = list(self.object.findings.prefetch_related(evidence))
        answered = [
            (finding, [cite(piece, self.request.user) for piece in finding.evidence.all()]) for finding in findings
        ]
        strengths = strengths_of(findings, recommendation.evaluation)
        return super().get_context_data(
            answered=[
                (finding, confidence_name(strengths[finding.pk]), citations) for finding, citations in answered
            ],
            state=state_of(recommendation),
            matrix=priority_matrix(recommendation.impact, recommendation.effort),
            notes=recommendation.notes.select_related("written_by"),
            proofs=recommendation.proofs.all(),
            reviews=self.rows(Review).filter(recommendation=recommendation).select_related("evaluation"),
            earlier=self.rows(Recommendation).filter(pk=recommendation.earlier_id).first(),
            later=self.rows(Recommendation).filter(earlier=recommendation).select_related("evaluation"),
            chain=chain_around(recommendation, self.request.user),
            **kwargs,
        )


def priority_matrix(impact: int | None = None, effort: int | None = None) -> list[tuple[str, list[dict]]]:
    """Impact (rows, the largest first) by effort: the priority of each pair, and which one is chosen."""
    size, priority = Recommendation.Size, Recommendation.Priority
    return [
        (
            size(row).label,
            [
                {
                    "effort": size(column).label,
                    "priority": priority(priority_of(row, column)).label,
                    "is_chosen": (row, column) == (impact, effort),
                }
                for column in size
            ],
        )
        for row in reversed(size)
    ]


class RecommendationFormMixin(ActionFormMixin):
    model = Recommendation
    form_class = RecommendationForm
    template_name = "evaluations/recommendation_form.html"
    saved_message = gettext_lazy("Rekomendasi disimpan.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(matrix=priority_matrix(), **kwargs)

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

    def form_valid(self, form):
        forget_proofs(recommendation=self.object)
        return super().form_valid(form)
