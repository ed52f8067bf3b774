"""The interviews of one evaluation: who was heard, who is to be heard, and who was not."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from asn_eval.accounts.models import search_words
from asn_eval.history.entries import record_access
from asn_eval.listing import SortMixin, WorkbookView
from asn_eval.views import AccessMixin, ScopedListView, searched
from evaluations.evidence_summary import interview_consent, interview_state
from evaluations.models import Evaluation, Interview
from evaluations.views.evidence import evaluation_trail

State = Interview.State


@dataclass(frozen=True)
class RoleCoverage:
    """How many of one role were heard, and how many are to be."""

    role: str
    name: str
    n_held: int
    n_planned: int


def coverage_of(evaluation: Evaluation) -> list[RoleCoverage]:
    """Every role, those that were not heard first; in one query."""
    counts = {
        role: (held, planned)
        for role, held, planned in evaluation.interviews.order_by()
        .values_list("informant_role")
        .annotate(held=Count("pk", filter=Q(state=State.HELD)), planned=Count("pk", filter=Q(state=State.PLANNED)))
    }
    roles = [RoleCoverage(role, name, *counts.get(role, (0, 0))) for role, name in Interview.Role.choices]
    return sorted(roles, key=lambda role: (role.n_held > 0, role.n_planned > 0))


class InterviewsMixin(SortMixin, AccessMixin):
    """What the list shows is what the workbook holds."""

    abstract = True
    model = Interview
    permission = "evaluations.view_interview"
    orderings = {
        "tanggal": ("date",),
        "peran": ("informant_role", "date"),
        "unit": ("unit", "date"),
        "status": ("state", "date"),
    }
    default_ordering = "-tanggal"

    @cached_property
    def evaluation(self) -> Evaluation:
        return get_object_or_404(self.rows(Evaluation), pk=self.kwargs["parent_pk"])

    def chosen(self, name: str, allowed) -> str:
        value = self.request.GET.get(name, "")
        return value if value in allowed else ""

    @cached_property
    def wanted(self) -> dict[str, str]:
        asked = {
            "q": searched(self.request),
            "informant_role": self.chosen("peran", Interview.Role.values),
            "state": self.chosen("status", State.values),
            "unit": searched(self.request, "unit"),
        }
        return {name: value for name, value in asked.items() if value}

    def get_queryset(self):
        rows = self.evaluation.interviews.defer("text")
        rows = rows.annotate(
            n_marked=Count("excerpts", distinct=True), n_evidence=Count("evidence", distinct=True)
        )
        for word in search_words(self.wanted.get("q", "")):
            rows = rows.filter(
                Q(informant_name__icontains=word)
                | Q(unit__icontains=word)
                | Q(interviewer__icontains=word)
                | Q(place__icontains=word)
            )
        exact = {name: self.wanted[name] for name in ("informant_role", "state", "unit") if name in self.wanted}
        return self.in_order(rows.filter(**exact))


class InterviewListView(InterviewsMixin, ScopedListView):
    template_name = "evaluations/interview_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            evaluation=self.evaluation,
            coverage=coverage_of(self.evaluation),
            wanted=self.wanted,
            roles=Interview.Role.choices,
            states=State.choices,
            units=[(unit, unit) for unit in self.units()],
            trail=evaluation_trail(self.evaluation),
            **kwargs,
        )
        today = timezone.localdate()
        return context | {
            "lines": [(row, interview_state(row, today), interview_consent(row)) for row in context["object_list"]]
        }

    def units(self) -> list[str]:
        rows = self.evaluation.interviews.exclude(unit="").order_by("unit")
        return list(rows.values_list("unit", flat=True).distinct())


class InterviewExportView(InterviewsMixin, WorkbookView, ListView):
    sheet_title = gettext_lazy("Wawancara")

    @property
    def file_name(self):
        return f"wawancara {self.evaluation}"

    def columns(self):
        return (
            (_("Tanggal"), lambda row: row.date),
            (_("Peran informan"), lambda row: row.get_informant_role_display()),
            (_("Nama informan"), lambda row: row.informant_name),
            (_("Unit kerja"), lambda row: row.unit),
            (_("Status"), lambda row: row.get_state_display()),
            (_("Pewawancara"), lambda row: row.interviewer),
            (_("Tempat"), lambda row: row.place),
            (_("Persetujuan"), lambda row: row.get_consent_display()),
            (_("Bentuk persetujuan"), lambda row: row.get_consent_form_display()),
            (_("Persetujuan ditarik pada"), lambda row: row.withdrawn_on),
            (_("Bagian bertanda"), lambda row: row.n_marked),
            (_("Dikutip oleh bukti"), lambda row: row.n_evidence),
        )

    def rows_to_write(self):
        record_access(self.evaluation, _("daftar wawancara"))
        return super().rows_to_write()
