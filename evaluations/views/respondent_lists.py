"""Superiors, colleagues and others who answer: listed for each evaluation, proposed from the registry."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import generic

from asn_eval.accounts.models import search_words
from asn_eval.listing import SortMixin
from asn_eval.views import (
    AccessMixin,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedListView,
    ScopedUpdateView,
    searched,
)
from evaluations.actions.surveys import add_respondents
from evaluations.forms.respondents import GROUPS, RespondentForm
from evaluations.models import Evaluation, Respondent, Survey
from evaluations.rater_proposals import propose
from evaluations.views.evidence import evaluation_trail


class OfOneEvaluationMixin(AccessMixin):
    """Below the page of an evaluation, for one group of respondents or all."""

    abstract = True

    @cached_property
    def evaluation(self) -> Evaluation:
        evaluations = self.rows(Evaluation).select_related("program__organizer")
        return get_object_or_404(evaluations, pk=self.kwargs["parent_pk"])

    @property
    def group(self) -> str:
        asked = self.request.GET.get("kelompok", "")
        return asked if asked in dict(GROUPS) else ""

    def get_list_url(self, group: str = "") -> str:
        url = reverse("respondent_list", args=[self.evaluation.pk])
        return f"{url}?kelompok={group}" if group else url


class RespondentListView(OfOneEvaluationMixin, SortMixin, ScopedListView):
    model = Respondent
    permission = "evaluations.view_respondent"
    template_name = "evaluations/respondent_list.html"
    orderings = {
        "nama": ("name", "pk"),
        "kelompok": ("group", "name", "pk"),
        "peserta": ("enrollment__person__name", "group", "name", "pk"),
    }
    default_ordering = "nama"

    def get_queryset(self):
        rows = self.evaluation.respondents.select_related("enrollment__person")
        if self.group:
            rows = rows.filter(group=self.group)
        for word in search_words(searched(self.request)):
            rows = rows.filter(
                Q(name__icontains=word) | Q(unit__icontains=word) | Q(enrollment__person__name__icontains=word)
            )
        return self.in_order(rows)

    def get_context_data(self, **kwargs):
        counts = dict(self.evaluation.respondents.order_by().values_list("group").annotate(n=Count("pk")))
        return super().get_context_data(
            evaluation=self.evaluation,
            group=self.group,
            groups=[(key, name, counts.get(key, 0)) for key, name in GROUPS],
            text=searched(self.request),
            trail=evaluation_trail(self.evaluation),
            **kwargs,
        )


class RespondentProposalView(OfOneEvaluationMixin, generic.TemplateView):
    """Who could be asked, as the registry knows it; those who are ticked become respondents."""

    permission = "evaluations.add_respondent"
    template_name = "evaluations/respondent_proposals.html"

    @property
    def group(self) -> str:
        return super().group or Survey.Group.SUPERIOR

    @cached_property
    def proposals(self):
        return propose(self.evaluation, self.group, user=self.request.user)

    def get_context_data(self, **kwargs):
        trail = [*evaluation_trail(self.evaluation), (_("Responden"), self.get_list_url())]
        return super().get_context_data(
            evaluation=self.evaluation,
            group=self.group,
            group_name=Survey.Group(self.group).label,
            groups=GROUPS,
            proposals=self.proposals,
            trail=trail,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        ticked = set(request.POST.getlist("usulan"))
        chosen = [proposal for proposal in self.proposals if proposal.key in ticked]
        if not chosen:
            messages.error(request, _("Centang paling sedikit satu orang."))
            return redirect(request.get_full_path())
        try:
            add_respondents(respondents=[each.respondent(self.evaluation, self.group) for each in chosen])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(request.get_full_path())
        messages.success(
            request,
            ngettext("%(n)s responden ditambahkan.", "%(n)s responden ditambahkan.", len(chosen))
            % {"n": len(chosen)},
        )
        return redirect(self.get_list_url(self.group))


class RespondentEditMixin:
    """Below the list of its evaluation, and back to it."""

    model = Respondent
    saved_message = gettext_lazy("Responden disimpan.")

    def get_queryset(self):
        return super().get_queryset().select_related("evaluation__program")

    def get_evaluation(self) -> Evaluation:
        return self.object.evaluation if self.object else self.parent

    def get_success_url(self):
        return reverse("respondent_list", args=[self.get_evaluation().pk])

    get_back_url = get_success_url

    def get_context_data(self, **kwargs):
        trail = [*evaluation_trail(self.get_evaluation()), (_("Responden"), self.get_success_url())]
        return super().get_context_data(trail=trail, **kwargs)


class RespondentCreateView(RespondentEditMixin, ScopedCreateView):
    parent_model = Evaluation
    form_class = RespondentForm
    permission = "evaluations.add_respondent"
    heading = gettext_lazy("Responden baru")

    def get_initial(self):
        return {"group": self.request.GET.get("kelompok", "")}


class RespondentUpdateView(RespondentEditMixin, ScopedUpdateView):
    form_class = RespondentForm
    permission = "evaluations.change_respondent"
    heading = gettext_lazy("Ubah responden")


class RespondentDeleteView(RespondentEditMixin, ScopedDeleteView):
    """A respondent who has answered stays."""

    permission = "evaluations.delete_respondent"
