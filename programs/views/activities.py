"""Activities of a program: one page each, entered with their JP, changed, removed."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import View

from asn_eval.numbers import format_decimal
from asn_eval.views import AccessMixin, ScopedCreateView, ScopedDeleteView, ScopedDetailView, ScopedUpdateView
from programs.actions.activities import delete_activity
from programs.clashes import schedule_warnings
from programs.forms.activities import ActivityForm, LessonHoursForm, training_form_label
from programs.models import Activity, Attendance
from programs.views.programs import ProgramPartMixin, Trail, program_trail

# A fee is money paid to a named person: shown to those who enter and pay it, to no other reader. What all
# speakers cost together stands in the budget, which everybody with an account may read.
FEE_PERMISSION = "programs.change_budgetline"


def activity_trail(activity: Activity) -> Trail:
    return [*program_trail(activity.program), (str(activity), activity.get_absolute_url())]


class ActivityDetailView(ScopedDetailView):
    """What was planned and done on one occasion. It counts who came and names no participant."""

    model = Activity
    permission = "programs.view_activity"
    template_name = "programs/activity_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("program__region", "batch", "form")

    def get_context_data(self, **kwargs):
        activity, user = self.object, self.request.user
        proposal = activity.proposal()
        (warnings,) = schedule_warnings(activity.program, [activity], user)
        return super().get_context_data(
            trail=program_trail(activity.program),
            program=activity.program,
            form_label=training_form_label(activity.form),
            proposal=proposal,
            hours_differ=proposal is not None and proposal.differs_from(activity.lesson_hours),
            warnings=warnings,
            speakers=activity.speakers.all(),
            materials=activity.materials.all(),
            attendance=self._attendance(),
            sees_fees=user.has_perm(FEE_PERMISSION),
            **kwargs,
        )

    def _attendance(self) -> tuple[int, int]:
        """(present, noted)."""
        rows = self.object.attendances.order_by().values_list("state").annotate(Count("pk"))
        counts = dict(rows)
        return counts.get(Attendance.State.PRESENT, 0), sum(counts.values())


class ActivityLessonHoursView(AccessMixin, View):
    """The rule and the JP that it proposes for what stands in the form of an activity."""

    permission = "programs.view_lessonhourrule"

    def get(self, request):
        form = LessonHoursForm(request.GET)
        form.is_valid()
        proposal = form.proposal()
        typed = form.cleaned_data.get("lesson_hours")
        context = {
            "proposal": proposal,
            "unit_chosen": form.cleaned_data.get("quantity_unit"),
            "typed": typed if proposal and proposal.differs_from(typed) else None,
        }
        return render(request, "programs/_lesson_hours.html", context)


class ActivityFormMixin(ProgramPartMixin):
    template_name = "programs/activity_form.html"

    def get_success_url(self):
        return self.object.get_absolute_url()

    def form_valid(self, form):
        response = super().form_valid(form)
        proposal = form.proposal
        if proposal and proposal.differs_from(self.object.lesson_hours):
            language = get_language() or "id"
            typed, proposed = (
                format_decimal(hours, 1, language) for hours in (self.object.lesson_hours, proposal.hours)
            )
            text = _("JP yang dicatat %(typed)s; menurut aturan konversi %(proposed)s.")
            messages.warning(self.request, text % {"typed": typed, "proposed": proposed})
        return response


class ActivityCreateView(ActivityFormMixin, ScopedCreateView):
    model = Activity
    form_class = ActivityForm
    permission = "programs.add_activity"
    heading = gettext_lazy("Kegiatan baru")
    saved_message = gettext_lazy("Kegiatan disimpan. Lengkapi narasumber dan materinya.")


class ActivityUpdateView(ActivityFormMixin, ScopedUpdateView):
    model = Activity
    form_class = ActivityForm
    permission = "programs.change_activity"
    heading = gettext_lazy("Ubah kegiatan")


class ActivityDeleteView(ProgramPartMixin, ScopedDeleteView):
    """What hangs on the activity goes with it, the files of its materials too."""

    model = Activity
    permission = "programs.delete_activity"
    template_name = "programs/activity_confirm_delete.html"

    def form_valid(self, form):
        success_url, name = self.get_success_url(), str(self.object)
        delete_activity(activity=self.object)
        messages.success(self.request, _("%(name)s dihapus.") % {"name": name})
        return HttpResponseRedirect(success_url)
