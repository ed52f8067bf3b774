"""The plan of an evaluation: all its surveys on one page, and how many of the public to ask."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from asn_eval.views import SAME_MOMENT, AccessMixin, ScopedListView
from evaluations.actions.surveys import plan_surveys
from evaluations.due_dates import due_dates
from evaluations.forms.planning import EMPTY_ROWS, PlanRowFormSet, SampleSizeForm, WaveDatesForm, proposed_rows
from evaluations.forms.wave_rules import WaveRuleForm
from evaluations.models import Evaluation, Survey, WaveRule
from evaluations.views.evidence import evaluation_trail
from programs.views.reference import ReferenceListMixin, edit_views


class EvaluationPlanView(AccessMixin, generic.View):
    """Dates of the waves above, a row for each group and instrument below; saved together or not at all."""

    permission = "evaluations.add_survey"

    @cached_property
    def evaluation(self) -> Evaluation:
        evaluations = self.rows(Evaluation).select_related("program__organizer", "program__region")
        return get_object_or_404(evaluations, pk=self.kwargs["parent_pk"])

    @cached_property
    def surveys(self) -> list[Survey]:
        return list(self.evaluation.surveys.select_related("version__instrument"))

    def get(self, request, parent_pk):
        program = self.evaluation.program
        dates = due_dates(
            WaveRule.objects.all(), program_type=program.type, start=program.start_date, end=program.end_date
        )
        rows = PlanRowFormSet(prefix="baris", initial=proposed_rows(self.surveys))
        return self.page(WaveDatesForm(prefix="tanggal", initial=WaveDatesForm.initial_of(dates)), rows)

    def post(self, request, parent_pk):
        dates, rows = WaveDatesForm(request.POST, prefix="tanggal"), PlanRowFormSet(request.POST, prefix="baris")
        if dates.is_valid() & rows.is_valid() and self.save(dates, [row for row in rows if row.is_asked]):
            follows = dates.cleaned_data["follows_dates"]
            messages.success(
                request,
                _("Rencana disimpan. Survei dibuka dan ditutup menurut tanggalnya.")
                if follows
                else _("Rencana disimpan. Buka tiap survei bila responden boleh mulai menjawab."),
            )
            return redirect(self.evaluation)
        return self.page(dates, rows)

    def save(self, dates: WaveDatesForm, rows: list) -> bool:
        """Create what was planned, all or nothing; what stands in the way is told at its row."""
        dates.require({wave for row in rows for wave in row.cleaned_data["waves"]})
        if not rows:
            dates.add_error(None, _("Pilih instrumen dan gelombang untuk paling sedikit satu kelompok responden."))
        if dates.errors:
            return False
        try:
            with transaction.atomic():
                for row in rows:
                    try:
                        with transaction.atomic():
                            plan_surveys(evaluation=self.evaluation, plans=[row.plan(dates)])
                    except ValidationError as error:
                        row.add_error(None, error.messages)
                if any(row.errors for row in rows):
                    transaction.set_rollback(True)
        except IntegrityError:
            dates.add_error(None, SAME_MOMENT)
        return not dates.errors and not any(row.errors for row in rows)

    def page(self, dates: WaveDatesForm, rows):
        context = {
            "evaluation": self.evaluation,
            "heading": _("Rencana survei"),
            "dates": dates,
            "rows": rows,
            "first_empty": len(rows) - EMPTY_ROWS,
            "surveys": self.surveys,
            "trail": evaluation_trail(self.evaluation),
            "forms_with_errors": [form for form in (dates, *rows) if form.is_bound and form.errors],
        }
        return render(self.request, "evaluations/evaluation_plan.html", context)


class SampleSizeView(AccessMixin, generic.TemplateView):
    """By the table of Krejcie and Morgan, with its formula; a calculation that stores nothing."""

    permission = "evaluations.add_survey"
    template_name = "evaluations/sample_size.html"

    def get_context_data(self, **kwargs):
        form = SampleSizeForm(self.request.GET or None)
        needed = form.result() if form.is_bound and form.is_valid() else None
        trail = [(_("Evaluasi"), reverse("evaluation_list"))]
        return super().get_context_data(form=form, needed=needed, trail=trail, **kwargs)


class WaveRuleListView(ReferenceListMixin, ScopedListView):
    model = WaveRule
    permission = "evaluations.view_waverule"
    list_name = "wave_rule_list"
    heading = gettext_lazy("Aturan gelombang")
    orderings = {"jenis": ("program_type", "wave"), "gelombang": ("wave", "program_type")}
    default_ordering = "jenis"

    def get_queryset(self):
        return self.in_order(super().get_queryset())


WaveRuleCreateView, WaveRuleUpdateView, WaveRuleDeleteView = edit_views(
    WaveRuleListView,
    WaveRuleForm,
    new=gettext_lazy("Aturan gelombang baru"),
    change=gettext_lazy("Ubah aturan gelombang"),
)
