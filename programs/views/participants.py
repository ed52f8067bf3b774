"""Participants of one program: the list, one by one, and as a file that leaves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from asn_eval.exports import write_workbook, xlsx_response
from asn_eval.history.entries import record_access
from asn_eval.views import (
    AccessMixin,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedListView,
    ScopedUpdateView,
    searched,
)
from programs.actions.units import AmbiguousUnit
from programs.forms.participants import EnrollmentCreateForm, EnrollmentUpdateForm
from programs.models import Enrollment, Program
from programs.roster import HEADERS
from programs.views.programs import program_trail


def participants_trail(program: Program):
    return [*program_trail(program), (_("Peserta"), reverse("program_participants", args=[program.pk]))]


class OneProgramMixin(AccessMixin):
    """A page about one program, found only inside the person's area."""

    abstract = True

    @cached_property
    def program(self) -> Program:
        programs = self.rows(Program).select_related("region", "organizer")
        return get_object_or_404(programs, pk=self.kwargs["pk"])


class ParticipantsMixin(OneProgramMixin):
    """The participants that the list shows are those that the file holds."""

    abstract = True
    permission = "programs.view_enrollment"

    def participants(self):
        enrollments = self.rows(Enrollment).filter(program=self.program)
        return self.search(enrollments).select_related("person__agency", "person__grade")

    def search(self, enrollments):
        text = searched(self.request)
        digits = "".join(text.split())
        if digits.isascii() and digits.isdigit():
            return enrollments.filter(Q(person__nip__startswith=digits) | Q(code__icontains=digits))
        for word in text.split():
            enrollments = enrollments.filter(Q(person__name__icontains=word) | Q(code__iexact=word))
        return enrollments


class ParticipantListView(ParticipantsMixin, ScopedListView):
    model = Enrollment
    template_name = "programs/participant_list.html"
    paginate_by = 50

    def get_queryset(self):
        return self.participants()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            program=self.program,
            trail=program_trail(self.program),
            text=searched(self.request),
            **kwargs,
        )


class ParticipantsExportView(ParticipantsMixin, View):
    """The columns are those of the import, so that the file can come back changed."""

    def get(self, request, pk):
        header = [*(names[0] for names in HEADERS.values()), _("Status keikutsertaan")]
        rows = (_exported(enrollment) for enrollment in self.participants())
        content = write_workbook({_("Peserta"): (header, rows)})
        record_access(self.program, _("daftar peserta"))
        return xlsx_response(content, f"peserta {self.program}")


def _exported(enrollment: Enrollment) -> list[object]:
    person = enrollment.person
    values = {
        "nip": person.nip,
        "name": person.name,
        "grade": person.grade.code if person.grade else "",
        "position": person.position,
        "unit": person.agency.name,
        "email": person.email,
        "phone": person.phone,
        "group": enrollment.group,
        "superior": enrollment.superior,
        "code": enrollment.code,
    }
    return [*(values[name] for name in HEADERS), enrollment.get_status_display()]


class ParticipantFormMixin:
    """What is refused while saving comes back to the form, with all that was typed."""

    parent_model = Program

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except (AmbiguousUnit, ValidationError) as error:
            form.refuse(error)
            return self.form_invalid(form)

    def get_success_url(self):
        return self.get_back_url()


class EnrollmentCreateView(ParticipantFormMixin, ScopedCreateView):
    model = Enrollment
    form_class = EnrollmentCreateForm
    permission = "programs.add_enrollment"
    heading = gettext_lazy("Peserta baru")
    saved_message = gettext_lazy("Peserta didaftarkan.")

    def get_back_url(self):
        return reverse("program_participants", args=[self.parent.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=participants_trail(self.parent), **kwargs)


class EnrollmentUpdateView(ParticipantFormMixin, ScopedUpdateView):
    model = Enrollment
    form_class = EnrollmentUpdateForm
    permission = "programs.change_enrollment"
    heading = gettext_lazy("Ubah peserta")
    saved_message = gettext_lazy("Data peserta disimpan.")
    template_name = "programs/enrollment_form.html"

    def get_queryset(self):
        return super().get_queryset().select_related("program__region", "person__agency", "person__grade")

    def get_back_url(self):
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=participants_trail(self.object.program), **kwargs)


class EnrollmentDeleteView(ScopedDeleteView):
    """A participant who answered stays: the answers would lose whose they are."""

    model = Enrollment
    permission = "programs.delete_enrollment"
    template_name = "programs/enrollment_confirm_delete.html"

    def form_valid(self, form):
        name, success_url = str(self.object), self.object.get_absolute_url()
        self.deletion.perform()
        messages.success(self.request, _("%(name)s dihapus dari program.") % {"name": name})
        return HttpResponseRedirect(success_url)

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=participants_trail(self.object.program), **kwargs)
