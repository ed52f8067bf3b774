"""The budget of a program: what it was to cost, what it did cost, per participant and per JP."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.db.models import Sum
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from asn_eval.listing import SortMixin, WorkbookView
from asn_eval.views import AccessMixin, ScopedDeleteView, ScopedListView, ScopedUpdateView
from programs.costs import ComponentCost, Costs, costs_of
from programs.forms.budget import BudgetGrid, BudgetLineForm
from programs.imports.activity_names import names_of_activities
from programs.imports.columns import Beside
from programs.imports.exporting import columns_of
from programs.models import BudgetLine, Enrollment, Entity, Program
from programs.views.programs import Trail, program_trail


def budget_trail(program: Program) -> Trail:
    return [*program_trail(program), (_("Anggaran"), reverse("program_budget", args=[program.pk]))]


@dataclass(frozen=True)
class Bar:
    """One component in the chart; widths are attributes of SVG, the largest share fills the row."""

    name: str
    planned_share: Decimal | None
    realised_share: Decimal | None
    planned_width: str
    realised_width: str


def bars_of(components: tuple[ComponentCost, ...]) -> list[Bar]:
    shares = [share for part in components for share in (part.planned_share, part.realised_share) if share]
    largest = max(shares, default=Decimal(1))

    def width(share: Decimal | None) -> str:
        return f"{(share or 0) / largest * 100:.2f}%"

    return [
        Bar(
            name=part.name,
            planned_share=part.planned_share,
            realised_share=part.realised_share,
            planned_width=width(part.planned_share),
            realised_width=width(part.realised_share),
        )
        for part in components
    ]


class BudgetLinesMixin(AccessMixin):
    """The lines of the program in the address."""

    abstract = True
    model = BudgetLine
    permission = "programs.view_budgetline"

    @cached_property
    def program(self) -> Program:
        return get_object_or_404(self.rows(Program), pk=self.kwargs["pk"])

    def get_queryset(self):
        return self.program.budget_lines.select_related("component", "activity")


class ProgramBudgetView(SortMixin, BudgetLinesMixin, ScopedListView):
    permission = "programs.view_budgetline"
    template_name = "programs/program_budget.html"
    paginate_by = None
    orderings = {
        "komponen": ("component__order", "component__name"),
        "kegiatan": ("activity__start_date", "activity__title"),
        "rencana": ("planned",),
        "realisasi": ("realised",),
    }
    default_ordering = "komponen"

    def get_queryset(self):
        return self.in_order(super().get_queryset())

    def get_context_data(self, **kwargs):
        costs = self.costs()
        return super().get_context_data(
            trail=program_trail(self.program),
            program=self.program,
            costs=costs,
            bars=bars_of(costs.components),
            **kwargs,
        )

    def costs(self) -> Costs:
        participants = self.program.enrollments.filter(group=Enrollment.Group.PARTICIPANT)
        hours = self.program.activities.aggregate(total=Sum("lesson_hours"))["total"]
        return costs_of(
            self.program.budget_lines.expenses(),
            n_participants=participants.exclude(status=Enrollment.Status.INVITED).count(),
            lesson_hours=hours or Decimal(0),
        )


class BudgetExportView(BudgetLinesMixin, WorkbookView):
    """The columns are those of the import, so that the file can come back changed."""

    permission = "programs.view_budgetline"
    sheet_title = gettext_lazy("Anggaran")

    @property
    def file_name(self) -> str:
        return f"anggaran-{self.program.name}"

    def columns(self):
        names = names_of_activities(self.program)
        return [
            *columns_of(Entity.BUDGET, {"activity": lambda line: names.get(line.activity_id)}),
            (Beside.DEVIATION, lambda line: line.deviation),
        ]


class BudgetGridView(AccessMixin, View):
    """All lines on one page; each wrong cell is marked, and nothing that was typed is lost."""

    permission = "programs.change_budgetline"

    @cached_property
    def program(self) -> Program:
        return get_object_or_404(self.rows(Program), pk=self.kwargs["pk"])

    def get(self, request, pk):
        return self.page(BudgetGrid(program=self.program, user=request.user))

    @transaction.atomic
    def post(self, request, pk):
        grid = BudgetGrid(program=self.program, user=request.user, data=request.POST)
        if grid.asks_for_more or not grid.is_valid():
            return self.page(grid)
        count = grid.save()
        if count:
            text = ngettext("%(count)d baris anggaran disimpan.", "%(count)d baris anggaran disimpan.", count)
            messages.success(request, text % {"count": count})
        else:
            messages.info(request, _("Tidak ada baris yang diubah."))
        return HttpResponseRedirect(reverse("program_budget", args=[pk]))

    def page(self, grid: BudgetGrid):
        context = {
            "program": self.program,
            "grid": grid,
            "problems": grid.problems(),
            "trail": budget_trail(self.program),
        }
        return render(self.request, "programs/budget_grid.html", context)


class BudgetLinePage:
    """A page about one line, which returns to the budget."""

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=budget_trail(self.object.program), **kwargs)


class BudgetUpdateView(BudgetLinePage, ScopedUpdateView):
    model = BudgetLine
    form_class = BudgetLineForm
    permission = "programs.change_budgetline"
    heading = gettext_lazy("Ubah baris anggaran")


class BudgetDeleteView(BudgetLinePage, ScopedDeleteView):
    model = BudgetLine
    permission = "programs.delete_budgetline"
