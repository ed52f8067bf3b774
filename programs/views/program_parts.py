"""What hangs on a program and is shown in its workspace: objectives and batches."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from asn_eval.views import AccessMixin, ScopedCreateView, ScopedDeleteView, ScopedUpdateView
from programs.actions.objectives import shift_objective
from programs.forms.program_parts import BatchForm, ObjectiveForm
from programs.models import Batch, Objective
from programs.views.programs import ProgramPartMixin


class ObjectiveCreateView(ProgramPartMixin, ScopedCreateView):
    model = Objective
    form_class = ObjectiveForm
    permission = "programs.add_objective"
    keeps_draft = True
    heading = gettext_lazy("Sasaran baru")
    saved_message = gettext_lazy("Sasaran disimpan.")


class ObjectiveUpdateView(ProgramPartMixin, ScopedUpdateView):
    model = Objective
    form_class = ObjectiveForm
    permission = "programs.change_objective"
    keeps_draft = True
    heading = gettext_lazy("Ubah sasaran")


class ObjectiveDeleteView(ProgramPartMixin, ScopedDeleteView):
    model = Objective
    permission = "programs.delete_objective"


class ObjectiveShiftView(AccessMixin, View):
    """One place up or down in the order in which the objectives are read."""

    permission = "programs.change_objective"
    http_method_names = ["post"]
    directions = {"naik": -1, "turun": 1}

    def post(self, request, pk):
        objective = get_object_or_404(self.rows(Objective).select_related("program"), pk=pk)
        steps = self.directions.get(request.POST.get("arah", ""), 0)
        shift_objective(objective=objective, steps=steps)
        return redirect(f"{objective.program.get_absolute_url()}#sasaran")


class BatchCreateView(ProgramPartMixin, ScopedCreateView):
    model = Batch
    form_class = BatchForm
    permission = "programs.add_batch"
    heading = gettext_lazy("Angkatan baru")
    saved_message = gettext_lazy("Angkatan disimpan.")


class BatchUpdateView(ProgramPartMixin, ScopedUpdateView):
    model = Batch
    form_class = BatchForm
    permission = "programs.change_batch"
    heading = gettext_lazy("Ubah angkatan")


class BatchDeleteView(ProgramPartMixin, ScopedDeleteView):
    model = Batch
    permission = "programs.delete_batch"

    def refuse(self, holders):
        """The activities by name; of the people only how many, for there may be hundreds."""
        people = self.object.enrollments.count()
        held_by = [_("kegiatan “%(title)s”") % {"title": activity} for activity in self.object.activities.all()]
        if people:
            held_by.append(ngettext("%(count)s peserta", "%(count)s peserta", people) % {"count": people})
        return self.render_to_response(self.get_context_data(held_by=held_by))
