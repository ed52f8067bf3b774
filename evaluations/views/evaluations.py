"""Evaluations: the list, the workspace of one, and its plan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from asn_eval.views import (
    AccessMixin,
    ScopedCreateView,
    ScopedDetailView,
    ScopedListView,
    ScopedUpdateView,
    searched,
)
from evaluations.actions.evaluations import change_evaluation_state
from evaluations.actions.surveys import renew_consents
from evaluations.evidence_summary import evidence_context
from evaluations.follow_up_rows import counts_of, promised_before
from evaluations.forms.evaluations import EvaluationForm
from evaluations.models import Evaluation, Recommendation
from evaluations.questionnaire import today_of
from evaluations.survey_counts import with_counts
from evaluations.views.evidence import evaluation_trail
from evaluations.workspace import answered, forward_state, instrument_rows, open_steps, stages, standing
from programs.models import Program


class EvaluationListView(ScopedListView):
    model = Evaluation
    permission = "evaluations.view_evaluation"
    template_name = "evaluations/evaluation_list.html"

    def get_queryset(self):
        evaluations = super().get_queryset().select_related("program__region")
        for word in searched(self.request).split():
            evaluations = evaluations.filter(
                Q(title__icontains=word)
                | Q(program__name__icontains=word)
                | Q(program__region__name__icontains=word)
            )
        state = self.request.GET.get("status")
        return evaluations.filter(state=state) if state in Evaluation.State.values else evaluations

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            states=Evaluation.State.choices,
            chosen_state=self.request.GET.get("status", ""),
            text=searched(self.request),
            **kwargs,
        )


class EvaluationDetailView(ScopedDetailView):
    """The workspace: where the evaluation stands, what it holds, what comes next."""

    model = Evaluation
    permission = "evaluations.view_evaluation"
    template_name = "evaluations/evaluation_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("program__region", "program__organizer")

    def get_context_data(self, **kwargs):
        evaluation, user, today = self.object, self.request.user, today_of(self.object)
        surveys = list(with_counts(evaluation.surveys.select_related("version__instrument", "evaluation")))
        for survey in surveys:
            survey.standing, survey.answered = standing(survey, today), answered(survey)
        steps = open_steps(evaluation, surveys, user=user, today=today)
        return super().get_context_data(
            trail=[(_("Evaluasi"), evaluation_trail(evaluation)[0][1])],
            stages=stages(evaluation),
            rows=instrument_rows(surveys),
            n_answered=sum(survey.n_answered for survey in surveys),
            next_step=steps[0] if steps else None,
            later_steps=steps[1:],
            forward_state=forward_state(evaluation),
            promised=counts_of(promised_before(self.rows(Recommendation), evaluation), today),
            **evidence_context(evaluation, user),
            **kwargs,
        )


class LockedUpdateMixin:
    """Reading the row, comparing revisions and writing it are one transaction, and nobody changes it meanwhile."""

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.select_for_update(of=("self",), no_key=True) if self.request.method == "POST" else rows

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs)


class EvaluationCreateView(ScopedCreateView):
    model = Evaluation
    form_class = EvaluationForm
    parent_model = Program
    permission = "evaluations.add_evaluation"
    heading = gettext_lazy("Evaluasi baru")
    saved_message = gettext_lazy("Evaluasi disimpan. Langkah berikutnya: rencanakan surveinya.")

    def get_initial(self):
        program = self.parent
        name = program.name if program.name.lower().startswith("program") else f"Program {program.name}"
        longest = Evaluation._meta.get_field("title").max_length
        return {
            "title": f"Evaluasi {name}"[:longest],
            "start_date": program.start_date,
            "end_date": program.end_date,
        }

    def form_valid(self, form):
        form.instance.created_by = self.request.user
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        trail = [(_("Program"), reverse("program_list")), (str(self.parent), self.parent.get_absolute_url())]
        return super().get_context_data(trail=trail, **kwargs)


class EvaluationUpdateView(LockedUpdateMixin, ScopedUpdateView):
    model = Evaluation
    form_class = EvaluationForm
    permission = "evaluations.change_evaluation"
    heading = gettext_lazy("Ubah evaluasi")
    saved_message = gettext_lazy("Evaluasi disimpan.")

    def form_valid(self, form):
        response = super().form_valid(form)
        if "minimum_group" in form.changed_data and not form.errors:
            renew_consents(evaluation=self.object)
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=evaluation_trail(self.object), **kwargs)


class EvaluationStateView(AccessMixin, View):
    http_method_names = ["post"]
    permission = "evaluations.change_evaluation"

    def post(self, request, pk):
        evaluation = get_object_or_404(self.rows(Evaluation), pk=pk)
        try:
            evaluation = change_evaluation_state(evaluation=evaluation, state=request.POST.get("state", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request, _("Tahap evaluasi sekarang: %(state)s.") % {"state": evaluation.get_state_display()}
            )
        return redirect(evaluation)
