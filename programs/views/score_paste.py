"""Scores from a pasted list: read, shown, saved after consent."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from programs.actions.attendance import CellsChanged
from programs.actions.scores import PRE, record_scores, stored_scores
from programs.cells import Edit, read_seen
from programs.forms.scores import PastedScoresForm, cell_name, printed, wanted_scores
from programs.models import Enrollment
from programs.pasted import Line, read_lines
from programs.views.pasted import PastedListMixin, Reading, read_against
from programs.views.scores import ScoresMixin


@dataclass(frozen=True)
class PlannedScore:
    enrollment: Enrollment
    test: str
    wanted: str
    stored: str

    @property
    def test_label(self) -> str:
        return _("pretes") if self.test == PRE else _("postes")

    @property
    def wanted_printed(self) -> str:
        return printed(self.wanted)

    @property
    def stored_printed(self) -> str:
        return printed(self.stored)


@dataclass(frozen=True)
class ScorePlan:
    fresh: list[PlannedScore]
    same: list[PlannedScore]
    different: list[PlannedScore]
    wrong: list[tuple[Line, str]]

    @property
    def all(self) -> list[PlannedScore]:
        return [*self.fresh, *self.same, *self.different]


class PastedScoresView(PastedListMixin, ScoresMixin, View):
    permission = "programs.change_enrollment"
    grid_name = "score_grid"
    grid_title = gettext_lazy("Nilai")
    heading = gettext_lazy("Tempel daftar nilai")
    preview_name = "programs/score_preview.html"

    def get(self, request, pk):
        return self.ask(PastedScoresForm())

    def post(self, request, pk):
        people = self.enrolled()  # found before anything is read
        form = PastedScoresForm(request.POST)
        if not form.is_valid() or "edit" in request.POST:
            return self.ask(form)
        lines = read_lines(form.cleaned_data["text"], with_numbers=True)
        reading = read_against(lines, people, request.POST)
        plan = self.plan(reading, form.cleaned_data["columns"])
        return self.save(form, reading, plan) if "save" in request.POST else self.preview(form, reading, plan)

    def plan(self, reading: Reading, columns: str) -> ScorePlan:
        stored = stored_scores(reading.people.values())
        plan = ScorePlan([], [], [], [])
        for match in reading.found:
            try:
                wanted = wanted_scores(match.line.numbers, columns, self.program)
            except ValidationError as error:
                plan.wrong.append((match.line, " ".join(error.messages)))
                continue
            for test, score in wanted.items():
                planned = PlannedScore(reading.people[match.key], test, score, stored[match.key, test])
                if not planned.stored:
                    plan.fresh.append(planned)
                else:
                    (plan.same if planned.stored == score else plan.different).append(planned)
        return plan

    def preview(self, form, reading: Reading, plan: ScorePlan, *, has_changed: bool = False):
        seen = {cell_name(planned.enrollment.pk, planned.test): planned.stored for planned in plan.all}
        return self.preview_of(reading, seen, form=form, plan=plan, has_changed=has_changed)

    def save(self, form, reading: Reading, plan: ScorePlan):
        seen = read_seen(self.request.POST.get("seen", ""))
        writes = [*plan.fresh, *(plan.different if form.cleaned_data["replace"] else ())]
        edits = []
        for planned in writes:
            cell = (planned.enrollment.pk, planned.test)
            edits.append(Edit(cell, seen.get(cell_name(*cell), ""), planned.wanted))
        try:
            saved = record_scores(program=self.program, edits=edits)
        except CellsChanged:
            return self.preview(form, reading, plan, has_changed=True)
        self.tell(saved, ngettext("%d nilai disimpan.", "%d nilai disimpan.", saved))
        return redirect("score_grid", self.program.pk)
