"""Which survey results speak of which objective of the program."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from asn_eval.views import AccessMixin
from evaluations.actions.objectives import set_measures
from evaluations.forms.objectives import ObjectiveMeasuresForm
from evaluations.models import Evaluation
from evaluations.views.evidence import evaluation_trail


class ObjectiveMeasuresView(AccessMixin, FormView):
    permission = "evaluations.change_evaluation"
    form_class = ObjectiveMeasuresForm
    template_name = "evaluations/objective_measures.html"

    @cached_property
    def evaluation(self) -> Evaluation:
        return get_object_or_404(self.rows(Evaluation).select_related("program"), pk=self.kwargs["parent_pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"evaluation": self.evaluation}

    def form_valid(self, form):
        set_measures(evaluation=self.evaluation, chosen=form.chosen)
        messages.success(self.request, _("Ukuran sasaran disimpan."))
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self):
        return self.evaluation.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=_("Ukuran sasaran"),
            evaluation=self.evaluation,
            trail=evaluation_trail(self.evaluation),
            back_url=self.get_success_url(),
            **kwargs,
        )
