"""Tindak lanjut evaluasi terdahulu: what was promised, what was done, how measures moved, whether it helped."""

from django.db.models import Case, IntegerField, Prefetch, Value, When
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from asn_eval.views import AccessMixin, ScopedDetailView, key_in
from evaluations.actions.follow_up import review_recommendation
from evaluations.evidence_summary import state_of
from evaluations.follow_up_rows import earlier_evaluations, with_promises, with_words
from evaluations.models import Evaluation, Recommendation, Review
from evaluations.recommendation_forms import ReviewForm
from evaluations.views.evidence import evaluation_trail
from evaluations.views.findings import ActionFormMixin

MOST_SHOWN = 50  # earlier evaluations; those of the same region come first


class EarlierFollowUpView(ScopedDetailView):
    """One earlier evaluation at a time, chosen in the address: the numbers of both are made for this page."""

    permission = "reports.view_result"
    model = Evaluation
    template_name = "reports/earlier_follow_up.html"

    def get_queryset(self):
        return super().get_queryset().select_related("program__region", "program__organizer")

    @cached_property
    def earlier(self) -> list[Evaluation]:
        rows = with_promises(earlier_evaluations(self.rows(Evaluation), self.object), self.object)
        region = self.object.program.region_id
        elsewhere = Case(
            When(program__region=region, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return list(rows.order_by(elsewhere, "-start_date", "-pk")[:MOST_SHOWN])

    @cached_property
    def chosen(self) -> Evaluation | None:
        asked = key_in(self.request.GET.get("evaluasi"))
        return next((one for one in self.earlier if one.pk == asked), next(iter(self.earlier), None))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            trail=evaluation_trail(self.object),
            earlier=self.earlier,
            chosen=self.chosen,
            promises=self.get_promises(),
            moves=self.get_moves(),
            **kwargs,
        )

    def get_promises(self) -> list[Recommendation]:
        if self.chosen is None:
            return []
        judged = Prefetch("reviews", self.object.reviews.select_related("reviewed_by"), to_attr="judged")
        rows = with_words(self.rows(Recommendation).filter(evaluation=self.chosen))
        promises = list(rows.prefetch_related(judged, "proofs"))
        for promise in promises:
            promise.shown_state = state_of(promise)
            promise.review = next(iter(promise.judged), None)
        return promises

    def get_moves(self):
        if self.chosen is None:
            return None
        # Analysis loads slow libraries; a worker that only serves forms does without them.
        from reports.assembly import material_of
        from reports.earlier import moves_between

        return moves_between(self.chosen, material_of(self.chosen), self.object, material_of(self.object))


class ReviewView(ActionFormMixin, AccessMixin, FormView):
    """The judgement of this evaluation on one earlier recommendation."""

    permission = "evaluations.change_recommendation"
    form_class = ReviewForm
    template_name = "evaluations/follow_up_form.html"
    saved_message = gettext_lazy("Penilaian disimpan.")

    @cached_property
    def evaluation(self) -> Evaluation:
        rows = self.rows(Evaluation).select_related("program")
        return get_object_or_404(rows, pk=self.kwargs["parent_pk"])

    @cached_property
    def recommendation(self) -> Recommendation:
        before = earlier_evaluations(self.rows(Evaluation), self.evaluation)
        rows = self.rows(Recommendation).filter(evaluation__in=before.order_by().values("pk"))
        return get_object_or_404(rows.select_related("evaluation"), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        review = Review.objects.visible_to(self.request.user).filter(
            evaluation=self.evaluation, recommendation=self.recommendation
        )
        return super().get_form_kwargs() | {"review": review.first()}

    def perform(self, form):
        return review_recommendation(
            evaluation=self.evaluation,
            recommendation=self.recommendation,
            reviewed_by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_url(self):
        page = reverse("earlier_follow_up", args=[self.evaluation.pk])
        return f"{page}?evaluasi={self.recommendation.evaluation_id}#rekomendasi-{self.recommendation.pk}"

    def get_context_data(self, **kwargs):
        page = reverse("earlier_follow_up", args=[self.evaluation.pk])
        trail = [*evaluation_trail(self.evaluation), (_("Tindak lanjut evaluasi terdahulu"), page)]
        return super().get_context_data(
            heading=_("Nilai tindak lanjut"),
            recommendation=self.recommendation,
            trail=trail,
            back_url=self.get_success_url(),
            **kwargs,
        )
