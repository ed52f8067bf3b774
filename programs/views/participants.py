"""Participants of one program: the list, one by one, and as a file that leaves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.history.entries import record_access
from asn_eval.listing import SortMixin, WorkbookView
from asn_eval.views import (
    AccessMixin,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedListView,
    ScopedUpdateView,
    key_in,
    searched,
)
from programs.actions.units import AmbiguousUnit
from programs.forms.participant_lists import ParticipantFilterForm
from programs.forms.participants import EnrollmentCreateForm, EnrollmentUpdateForm
from programs.imports.exporting import columns_of
from programs.models import Batch, Enrollment, Entity, Person, Program
from programs.views.programs import program_trail


def participants_trail(program: Program):
    return [*program_trail(program), (_("Peserta"), reverse("program_participants", args=[program.pk]))]


def found(enrollments: QuerySet, text: str) -> QuerySet:
    """Those whom the words of a search name: by the beginning of a NIP, by name or by code."""
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        return enrollments.filter(Q(person__nip__startswith=digits) | Q(code__icontains=digits))
    for word in text.split():
        enrollments = enrollments.filter(Q(person__name__icontains=word) | Q(code__iexact=word))
    return enrollments


class OneProgramMixin(AccessMixin):
    """A page about one program, found only inside the person's area."""

    abstract = True

    @cached_property
    def program(self) -> Program:
        programs = self.rows(Program).select_related("region", "organizer")
        return get_object_or_404(programs, pk=self.kwargs["pk"])


class ParticipantsMixin(SortMixin, OneProgramMixin):
    """The participants that the list shows are those that the file holds, in the same order."""

    abstract = True
    permission = "programs.view_enrollment"
    orderings = {
        "nama": ("person__name",),
        "kode": ("code",),
        "unit": ("person__agency__name", "person__name"),
        "angkatan": ("batch__start_date", "batch__name", "person__name"),
        "status": ("status", "person__name"),
    }
    default_ordering = "nama"

    @cached_property
    def filter_form(self) -> ParticipantFilterForm:
        units = self.enrolled.order_by("person__agency__name").values_list(
            "person__agency_id", "person__agency__name"
        )
        return ParticipantFilterForm(self.request.GET, program=self.program, units=list(units.distinct()))

    @property
    def enrolled(self):
        return self.rows(Enrollment).filter(program=self.program)

    def participants(self):
        enrollments = self.filter_form.narrow(self.search(self.enrolled))
        return self.in_order(enrollments).select_related("person__agency", "person__grade", "batch")

    def search(self, enrollments):
        return found(enrollments, searched(self.request))


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
            filter_form=self.filter_form,
            is_narrowed=bool(self.filter_form.narrowed_by()),
            has_batches="batch" in self.filter_form.fields,
            **kwargs,
        )


class ParticipantsExportView(ParticipantsMixin, WorkbookView):
    """The columns are those of the import, so that the file can come back changed."""

    sheet_title = gettext_lazy("Peserta")

    @property
    def file_name(self) -> str:
        return f"peserta {self.program}"

    def columns(self):
        return columns_of(Entity.PARTICIPANTS)

    def rows_to_write(self):
        record_access(self.program, _("daftar peserta"))
        return self.participants()


def overfull(batch: Batch | None) -> str:
    """A sentence when more people stand in a batch than it has places for; nobody is refused for it."""
    if batch is None or batch.capacity is None:
        return ""
    people = batch.enrollments.exclude(status=Enrollment.Status.WITHDRAWN).count()
    if people <= batch.capacity:
        return ""
    return _("%(batch)s kini berisi %(people)d orang, melebihi daya tampung %(capacity)d.") % {
        "batch": batch,
        "people": people,
        "capacity": batch.capacity,
    }


class ParticipantFormMixin:
    """What is refused while saving comes back to the form, with all that was typed."""

    parent_model = Program

    def form_valid(self, form):
        try:
            response = super().form_valid(form)
            if warning := overfull(self.object.batch):
                messages.warning(self.request, warning)
            return response
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
    template_name = "programs/participant_form.html"

    def get_initial(self):
        """The data of somebody chosen from the suggestions, so that nothing is typed again."""
        key = key_in(self.request.GET.get("pegawai"))
        people = self.rows(Person).select_related("agency", "superior").filter(pk=key)
        person = people.first() if key else None
        return super().get_initial() | (known_data(person) if person else {})

    def get_success_url(self):
        if "again" in self.request.POST:
            return self.request.path
        return self.get_back_url()

    def get_back_url(self):
        return reverse("program_participants", args=[self.parent.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=participants_trail(self.parent), **kwargs)


def known_data(person: Person) -> dict[str, object]:
    """What the form asks and the registry knows already."""
    return {
        "nip": person.nip_printed,
        "name": person.name,
        "grade": person.grade_id,
        "position": person.position,
        "unit": person.agency.name,
        "email": person.email,
        "phone": person.phone,
        "superior": person.superior.name if person.superior else "",
    }


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
    """Names what would go along and asks for it; who answered or was given a certificate stays."""

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
