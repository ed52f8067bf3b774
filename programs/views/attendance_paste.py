"""Attendance from a pasted list: read, shown, saved after consent."""

from dataclasses import dataclass

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from asn_eval.views import key_in
from programs.actions.attendance import CellsChanged, note_attendance
from programs.cells import Edit, read_seen
from programs.forms.attendance import PastedAttendanceForm, cell_name
from programs.models import Activity, Attendance, Enrollment
from programs.pasted import read_lines
from programs.views.attendance import AttendanceMixin
from programs.views.pasted import PastedListMixin, Reading, read_against


@dataclass(frozen=True)
class Planned:
    """One person of the list: what will be noted and what is noted now."""

    enrollment: Enrollment
    state: str
    stored: str

    @property
    def state_label(self) -> str:
        return Attendance.State(self.state).label

    @property
    def stored_label(self) -> str:
        return Attendance.State(self.stored).label if self.stored else ""


@dataclass(frozen=True)
class Plan:
    fresh: list[Planned]
    same: list[Planned]
    different: list[Planned]
    strangers: list[Enrollment]  # of another batch than the activity

    def writes(self, *, replace: bool) -> list[Planned]:
        return [*self.fresh, *(self.different if replace else ())]


class PastedAttendanceView(PastedListMixin, AttendanceMixin, View):
    permission = "programs.change_attendance"
    grid_name = "attendance_grid"
    grid_title = gettext_lazy("Kehadiran")
    heading = gettext_lazy("Tempel daftar hadir")
    preview_name = "programs/attendance_preview.html"

    def get(self, request, pk):
        initial = {"activity": key_in(request.GET.get("kegiatan"))}
        return self.ask(PastedAttendanceForm(program=self.program, initial=initial))

    def post(self, request, pk):
        form = PastedAttendanceForm(request.POST, program=self.program)
        if not form.is_valid() or "edit" in request.POST:
            return self.ask(form)
        activity = form.cleaned_data["activity"]
        reading = read_against(read_lines(form.cleaned_data["text"]), self.people(), request.POST)
        plan = self.plan(reading, activity, form.cleaned_data["state"])
        if "save" in request.POST:
            return self.save(form, activity, reading, plan)
        return self.preview(form, activity, reading, plan)

    def people(self):
        return self.participants().select_related("person__agency", "batch").order_by("person__name", "pk")

    def plan(self, reading: Reading, activity: Activity, state: str) -> Plan:
        stored = dict(self.rows(Attendance).filter(activity=activity).values_list("enrollment_id", "state"))
        plan = Plan([], [], [], [])
        for match in reading.found:
            enrollment = reading.people[match.key]
            planned = Planned(enrollment, match.line.state or state, stored.get(match.key, ""))
            if not enrollment.is_meant_by(activity):
                plan.strangers.append(enrollment)
            elif not planned.stored:
                plan.fresh.append(planned)
            else:
                (plan.same if planned.stored == planned.state else plan.different).append(planned)
        return plan

    def preview(self, form, activity: Activity, reading: Reading, plan: Plan, *, has_changed: bool = False):
        noted = [*plan.fresh, *plan.same, *plan.different]
        seen = {cell_name(activity.pk, planned.enrollment.pk): planned.stored for planned in noted}
        return self.preview_of(reading, seen, form=form, activity=activity, plan=plan, has_changed=has_changed)

    def save(self, form, activity: Activity, reading: Reading, plan: Plan):
        seen = read_seen(self.request.POST.get("seen", ""))
        edits = []
        for planned in plan.writes(replace=form.cleaned_data["replace"]):
            cell = (activity.pk, planned.enrollment.pk)
            edits.append(Edit(cell, seen.get(cell_name(*cell), ""), planned.state))
        try:
            saved = note_attendance(program=self.program, edits=edits)
        except CellsChanged:
            return self.preview(form, activity, reading, plan, has_changed=True)
        self.tell(saved, ngettext("%d catatan kehadiran disimpan.", "%d catatan kehadiran disimpan.", saved))
        return redirect(f"{reverse('attendance_grid', args=[self.program.pk])}?kegiatan={activity.pk}")
