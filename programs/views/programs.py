"""Programs: made, changed, moved through their states, copied, deleted."""

from itertools import chain

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from asn_eval.views import (
    SAME_MOMENT,
    AccessMixin,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedFormMixin,
    ScopedUpdateView,
)
from programs.actions.copying import copy_program
from programs.actions.programs import MoveRefused, concerns, move_program
from programs.actions.removal import forget_files_of, reasons_to_stay
from programs.forms.programs import CopyForm, MoveForm, ProgramForm
from programs.models import Program

Trail = list[tuple[str, str]]


def list_trail() -> Trail:
    return [(_("Program"), reverse("program_list"))]


def program_trail(program: Program) -> Trail:
    return [*list_trail(), (str(program), program.get_absolute_url())]


class ProgramCreateView(ScopedCreateView):
    model = Program
    form_class = ProgramForm
    permission = "programs.add_program"
    keeps_draft = True
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
    keeps_draft = True
    heading = gettext_lazy("Ubah program")
    saved_message = gettext_lazy("Program disimpan.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=program_trail(self.object), **kwargs)


class ProgramStateView(AccessMixin, View):
    permission = "programs.change_program"
    http_method_names = ["post"]

    def post(self, request, pk):
        program = get_object_or_404(self.rows(Program), pk=pk)
        form = MoveForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(chain.from_iterable(form.errors.values())))
            return redirect(program)
        try:
            program = move_program(program=program, by=request.user, **form.cleaned_data)
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("Status program kini “%(state)s”.") % {"state": program.get_state_display()}
            )
            for concern in concerns(program, today=localdate()):
                messages.warning(request, concern)
        return redirect(program)


class ProgramCopyView(ScopedFormMixin, FormView):
    """Next year's program from this one: name and dates to be looked at, parts to be chosen."""

    model = Program
    form_class = CopyForm
    permission = "programs.add_program"
    template_name = "programs/program_copy.html"
    heading = gettext_lazy("Salin ke tahun berikutnya")
    saved_message = gettext_lazy("Salinan dibuat sebagai draf. Periksa tanggal dan isinya.")

    @cached_property
    def object(self) -> Program:
        return get_object_or_404(self.rows(Program), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"program": self.object}
        kwargs.pop("user")
        return kwargs

    def form_valid(self, form):
        try:
            copy = copy_program(program=self.object, by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except IntegrityError:
            form.add_error(None, SAME_MOMENT)
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, self.saved_message)
        return redirect(copy)

    def get_context_data(self, **kwargs):
        copies = self.rows(Program).filter(copied_from=self.object).order_by("start_date", "pk")
        return super().get_context_data(
            program=self.object, trail=program_trail(self.object), copies=copies, **kwargs
        )


class ProgramDeleteView(ScopedDeleteView):
    """Only what was not begun goes, and the files of its materials with it."""

    model = Program
    permission = "programs.delete_program"

    def find_holders(self):
        return reasons_to_stay(self.object) or super().find_holders()

    def form_valid(self, form):
        forget_files_of(program=self.object)
        return super().form_valid(form)

    def get_success_url(self):
        return reverse("program_list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=program_trail(self.object), **kwargs)


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
