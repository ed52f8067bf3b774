"""Programs: the list, the workspace of one, its plan, objectives and activities."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from asn_eval.accounts.models import Region
from asn_eval.views import (
    AccessMixin,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedDetailView,
    ScopedListView,
    ScopedUpdateView,
)
from programs.actions.programs import MoveRefused, move_program
from programs.forms.programs import ObjectiveForm, ProgramFilterForm, ProgramForm
from programs.models import Enrollment, Objective, Program

Trail = list[tuple[str, str]]


def list_trail() -> Trail:
    return [(_("Program"), reverse("program_list"))]


def program_trail(program: Program) -> Trail:
    return [*list_trail(), (str(program), program.get_absolute_url())]


class ProgramListView(ScopedListView):
    model = Program
    permission = "programs.view_program"
    template_name = "programs/program_list.html"

    @cached_property
    def filter_form(self) -> ProgramFilterForm:
        starts = self.rows(Program).dates("start_date", "year", order="DESC")
        return ProgramFilterForm(self.request.GET, years=[start.year for start in starts])

    def get_queryset(self):
        programs = super().get_queryset().select_related("region", "organizer")
        wanted = self.filter_form.narrowed_by()
        for word in wanted.get("q", "").split():
            programs = programs.filter(name__icontains=word)
        if "region" in wanted:
            programs = programs.filter(_lies_in(wanted["region"]))
        exact = {"type": "type", "state": "state", "year": "start_date__year"}
        programs = programs.filter(**{exact[name]: value for name, value in wanted.items() if name in exact})
        return programs.annotate(n_enrollments=Count("enrollments")).order_by("-start_date", "name", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filter_form=self.filter_form, is_narrowed=bool(self.filter_form.narrowed_by()), **kwargs
        )


def _lies_in(text: str) -> Exists:
    """Whether a program's region is, or lies inside, one whose name or code matches ``text``."""
    own_code = ExpressionWrapper(OuterRef("region__code"), output_field=CharField())
    matching = Region.objects.search(text).alias(own_code=own_code)
    return Exists(matching.filter(own_code__startswith=F("code")))


@dataclass(frozen=True)
class Step:
    """One thing that a program needs before it can be evaluated, and where it is done."""

    label: str
    count: int
    missing: str
    action: str
    url: str
    permission: str


class ProgramDetailView(ScopedDetailView):
    """The workspace: what the program holds, what is missing, what comes next. It shows counts, no person."""

    model = Program
    permission = "programs.view_program"
    template_name = "programs/program_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("region", "organizer")

    def get_context_data(self, **kwargs):
        program = self.object
        groups = dict(program.enrollments.order_by().values_list("group").annotate(Count("pk")))
        objectives = list(program.objectives.all())
        activities = list(program.activities.select_related("form").prefetch_related("speakers"))
        evaluations = list(program.evaluations.all())
        steps = _steps(program, len(objectives), len(activities), sum(groups.values()), len(evaluations))
        missing = [step for step in steps if not step.count]
        return super().get_context_data(
            trail=list_trail(),
            objectives=objectives,
            activities=activities,
            evaluations=evaluations,
            n_participants=groups.get(Enrollment.Group.PARTICIPANT, 0),
            n_comparison=groups.get(Enrollment.Group.COMPARISON, 0),
            total_hours=sum(activity.lesson_hours for activity in activities),
            steps=steps,
            current_step=missing[0] if missing else None,
            next_step=next((step for step in missing if self.request.user.has_perm(step.permission)), None),
            **kwargs,
        )


def _steps(program: Program, *counts: int) -> list[Step]:
    n_objectives, n_activities, n_people, n_evaluations = counts
    return [
        Step(
            label=_("Sasaran"),
            count=n_objectives,
            missing=_("Program ini belum mempunyai sasaran dengan indikator dan targetnya."),
            action=_("Tambah sasaran"),
            url=reverse("objective_create", args=[program.pk]),
            permission="programs.add_objective",
        ),
        Step(
            label=_("Kegiatan"),
            count=n_activities,
            missing=_("Kegiatan pelatihan beserta tanggal dan JP-nya belum dicatat."),
            action=_("Tambah kegiatan"),
            url=reverse("activity_create", args=[program.pk]),
            permission="programs.add_activity",
        ),
        Step(
            label=_("Peserta"),
            count=n_people,
            missing=_("Peserta belum didaftarkan. Masukkan satu per satu atau dari berkas Excel."),
            action=_("Tambah peserta"),
            url=reverse("roster_upload", args=[program.pk]),
            permission="programs.add_enrollment",
        ),
        Step(
            label=_("Evaluasi"),
            count=n_evaluations,
            missing=_("Program ini belum dievaluasi."),
            action=_("Buat evaluasi"),
            url=reverse("evaluation_create", args=[program.pk]),
            permission="evaluations.add_evaluation",
        ),
    ]


class ProgramCreateView(ScopedCreateView):
    model = Program
    form_class = ProgramForm
    permission = "programs.add_program"
    heading = gettext_lazy("Program baru")
    saved_message = gettext_lazy("Program disimpan. Lengkapi sasaran, kegiatan, dan pesertanya.")

    def form_valid(self, form):
        form.instance.created_by = self.request.user
        return super().form_valid(form)

    def get_back_url(self):
        return reverse("program_list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=list_trail(), **kwargs)


class ProgramUpdateView(ScopedUpdateView):
    model = Program
    form_class = ProgramForm
    permission = "programs.change_program"
    heading = gettext_lazy("Ubah program")
    saved_message = gettext_lazy("Program disimpan.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=program_trail(self.object), **kwargs)


class ProgramStateView(AccessMixin, View):
    permission = "programs.change_program"
    http_method_names = ["post"]

    def post(self, request, pk):
        program = get_object_or_404(self.rows(Program), pk=pk)
        try:
            program = move_program(program=program, state=request.POST.get("state", ""))
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("Status program kini “%(state)s”.") % {"state": program.get_state_display()}
            )
        return redirect(program)


class ProgramPartMixin:
    """A record that hangs on one program and returns to its workspace."""

    parent_model = Program

    @property
    def program(self) -> Program:
        return self.object.program if self.object else self.parent

    def get_success_url(self):
        return self.program.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=program_trail(self.program), **kwargs)


class ObjectiveCreateView(ProgramPartMixin, ScopedCreateView):
    model = Objective
    form_class = ObjectiveForm
    permission = "programs.add_objective"
    heading = gettext_lazy("Sasaran baru")
    saved_message = gettext_lazy("Sasaran disimpan.")


class ObjectiveUpdateView(ProgramPartMixin, ScopedUpdateView):
    model = Objective
    form_class = ObjectiveForm
    permission = "programs.change_objective"
    heading = gettext_lazy("Ubah sasaran")


class ObjectiveDeleteView(ProgramPartMixin, ScopedDeleteView):
    model = Objective
    permission = "programs.delete_objective"
