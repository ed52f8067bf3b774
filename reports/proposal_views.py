"""Usulan rekomendasi: what the evaluator may accept, reword or drop."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from asn_eval.views import AccessMixin, ScopedDetailView
from evaluations.actions.follow_up import drop_proposal, offer_proposal_again
from evaluations.models import Evaluation
from evaluations.views.evidence import evaluation_trail
from evaluations.views.findings import RecommendationCreateView
from reports.proposals import Proposal, offer_for


class ProposalListView(ScopedDetailView):
    permission = "evaluations.add_recommendation"
    model = Evaluation
    template_name = "reports/proposal_list.html"

    def get_queryset(self):
        return super().get_queryset().select_related("program__region", "program__organizer")

    def get_context_data(self, **kwargs):
        offer = offer_for(self.object, self.request.user)
        return super().get_context_data(offer=offer, trail=evaluation_trail(self.object), **kwargs)


class ProposalAcceptView(RecommendationCreateView):
    """The form of a new recommendation, filled with a proposal; the evaluator rewords it and saves."""

    permission = "evaluations.add_recommendation"

    @cached_property
    def offered(self) -> Proposal | None:
        offer = offer_for(self.parent, self.request.user)
        return next((one for one in offer.open if one.key == self.kwargs["key"]), None)

    @property
    def proposal(self) -> Proposal:
        if self.offered is None:
            raise Http404(_("Usulan ini tidak ada lagi atau sudah diterima."))
        return self.offered

    def post(self, request, *args, **kwargs):
        if self.offered is None:
            # A second press of the button, or somebody else was faster: what is there is shown.
            messages.info(request, _("Usulan ini tidak ada lagi atau sudah diterima."))
            return redirect("proposal_list", pk=self.parent.pk)
        return super().post(request, *args, **kwargs)

    def get_initial(self):
        proposal = self.proposal
        return {
            "findings": [finding.pk for finding in proposal.findings],
            "statement": proposal.statement,
            "kind": proposal.kind,
            "implementation": proposal.first_step,
        }

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs["instance"].origin = self.proposal.origin
        kwargs["instance"].earlier = self.proposal.earlier
        return kwargs


class ProposalDropView(AccessMixin, View):
    """Do not offer it again; or, once dropped, do."""

    http_method_names = ["post"]
    permission = "evaluations.add_recommendation"

    def post(self, request, pk):
        evaluation = get_object_or_404(self.rows(Evaluation).select_related("program"), pk=pk)
        key = request.POST.get("usulan", "")
        if "kembali" in request.POST:
            offer_proposal_again(evaluation=evaluation, key=key)
            messages.success(request, _("Usulan ditawarkan lagi."))
        elif any(one.key == key for one in offer_for(evaluation, request.user).open):
            drop_proposal(evaluation=evaluation, key=key, dropped_by=request.user)
            messages.success(request, _("Usulan tidak ditawarkan lagi. Anda dapat mengembalikannya di bawah."))
        return redirect("proposal_list", pk=evaluation.pk)
