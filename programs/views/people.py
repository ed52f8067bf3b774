"""The registry of civil servants: the list, one person, what is typed about them."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from asn_eval.history.entries import record_access_by
from asn_eval.listing import LongListMixin, SortMixin, WorkbookView
from asn_eval.nip import NipError, parse_nip
from asn_eval.views import (
    AccessMixin,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedListView,
    ScopedUpdateView,
    searched,
)
from programs.actions.people import doubts_about
from programs.forms.people import PersonFilterForm, PersonForm
from programs.forms.person_fields import BETWEEN, person_label, unit_label
from programs.imports.columns import Beside
from programs.imports.exporting import columns_of, training_columns
from programs.learning_hours import duty_in, sum_of
from programs.models import Agency, Enrollment, Entity, Person, TrainingRecord
from programs.registry import below_duty, duties, found_by, sources_of, units_in, units_named, with_words

SUGGESTIONS = 12
SHORTEST_SEARCH = 2
EXPORTED_AT_ONCE = 2000


def people_trail():
    return [(_("ASN"), reverse("person_list"))]


def person_trail(person: Person):
    return [*people_trail(), (person.name, person.get_absolute_url())]


class RegistryMixin(SortMixin, AccessMixin):
    """The people whom the list shows are those whom the workbook holds."""

    abstract = True
    model = Person
    permission = "programs.view_person"
    orderings = {
        "nama": ("name",),
        "nip": ("nip",),
        "unit": ("agency__name", "name"),
        "golongan": ("-status", "grade__order", "name"),
    }
    default_ordering = "nama"

    @cached_property
    def this_year(self) -> int:
        return timezone.localdate().year

    @cached_property
    def filter_form(self) -> PersonFilterForm:
        return PersonFilterForm(self.request.GET, this_year=self.this_year)

    def get_queryset(self):
        wanted = self.filter_form.narrowed_by()
        people = super().get_queryset()
        if "q" in wanted:
            people = found_by(people, wanted["q"], self.request.user)
        for name, find in (("unit", units_named), ("region", units_in)):
            if name in wanted:
                people = people.filter(agency__in=find(self.rows(Agency), wanted[name]))
        people = people.filter(**{name: wanted[name] for name in ("status", "level", "grade") if name in wanted})
        if "below" in wanted:
            people = below_duty(people, self.request.user, self.this_year)
        return self.in_order(people.select_related("agency__region", "grade"))

    def hours_in_this_year(self, people) -> dict:
        """Person -> JP of the running year."""
        found = sources_of(people, self.request.user)
        return {
            pk: sum_of(source for source in sources if source.ended_on.year == self.this_year)
            for pk, sources in found.items()
        }


class PersonListView(RegistryMixin, LongListMixin, ScopedListView):
    template_name = "programs/person_list.html"
    paginate_by = 25

    def shown_rows(self):
        return super().shown_rows().select_related("agency__region", "grade")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            filter_form=self.filter_form,
            is_narrowed=bool(self.filter_form.narrowed_by()),
            this_year=self.this_year,
            **kwargs,
        )
        rules = duties()
        people = list(context["object_list"])
        hours = self.hours_in_this_year(people)
        for person in people:
            person.hours = hours[person.pk]
            person.duty = duty_in(rules, person.status, self.this_year)
        return context | {"people": people}


class PersonExportView(RegistryMixin, WorkbookView, ListView):
    """The list as it is filtered and sorted, with the JP of the running year; an import takes it back."""

    sheet_title = gettext_lazy("ASN")
    file_name = gettext_lazy("daftar ASN")

    def columns(self):
        return [
            *columns_of(Entity.PEOPLE),
            (Beside.CIVIL_STATUS, lambda person: person.status),
            (Beside.UNIT_REGION, lambda person: person.agency.region.label),
            (f"JP {self.this_year}", lambda person: person.hours),
        ]

    def rows_to_write(self):
        record_access_by(self.request.user, _("daftar ASN"))
        people = []
        for person in self.get_queryset().select_related("superior").iterator(chunk_size=EXPORTED_AT_ONCE):
            people.append(person)
            if len(people) == EXPORTED_AT_ONCE:
                yield from self.with_hours(people)
                people = []
        yield from self.with_hours(people)

    def with_hours(self, people):
        hours = self.hours_in_this_year(people) if people else {}
        for person in people:
            person.hours = hours[person.pk]
        return people


class TrainingExportView(RegistryMixin, WorkbookView, ListView):
    """What the people of the list learned outside the programs kept here; an import takes it back."""

    permission = "programs.view_trainingrecord"
    sheet_title = gettext_lazy("Riwayat pelatihan")
    file_name = gettext_lazy("riwayat pelatihan")

    def columns(self):
        return training_columns()

    def rows_to_write(self):
        record_access_by(self.request.user, _("riwayat pelatihan"))
        people = self.get_queryset().order_by().values("pk")
        records = self.rows(TrainingRecord).filter(person__in=people).select_related("person", "form")
        return records.order_by("person__name", "person_id", "end_date", "pk").iterator(
            chunk_size=EXPORTED_AT_ONCE
        )


class SuggestionsView(AccessMixin, ListView):
    """Options for an input in which somebody types a name."""

    abstract = True
    template_name = "programs/_suggestions.html"
    names: tuple[str, ...]  # of the inputs that ask here

    @property
    def typed(self) -> str:
        return next((text for name in self.names if (text := searched(self.request, name))), "")

    def get_queryset(self):
        rows = super().get_queryset()
        return self.find(rows, self.typed)[:SUGGESTIONS] if len(self.typed) >= SHORTEST_SEARCH else rows.none()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"labels": [self.label(row) for row in context["object_list"]]}


class PersonSearchView(SuggestionsView):
    model = Person
    permission = "programs.view_person"
    names = ("superior", "person")
    label = staticmethod(person_label)

    def find(self, people, text):
        digits = "".join(text.rpartition(BETWEEN)[2].split())
        if digits.isascii() and digits.isdigit():
            return people.filter(nip__startswith=digits)
        return with_words(people, text)


class UnitSearchView(SuggestionsView):
    model = Agency
    permission = "programs.view_agency"
    names = ("agency", "parent", "unit")
    label = staticmethod(unit_label)

    def find(self, agencies, text):
        return with_words(agencies.select_related("region"), text.partition(BETWEEN)[0])


class NipReadingView(AccessMixin, TemplateView):
    """What a typed NIP says, shown under it before anything is saved."""

    permission = "programs.add_person"
    template_name = "programs/_nip_reading.html"

    def get_context_data(self, **kwargs):
        typed = searched(self.request, "nip")
        context = super().get_context_data(**kwargs)
        if not typed:
            return context
        try:
            return context | {"nip": parse_nip(typed, today=timezone.localdate())}
        except NipError as error:
            return context | {"problem": str(error)}


class PersonFormMixin:
    """Says after saving what does not fit together in the record."""

    model = Person
    form_class = PersonForm
    template_name = "programs/person_form.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        if response.status_code == 302:
            for doubt in doubts_about(self.object, today=timezone.localdate()):
                messages.warning(self.request, _("Periksa lagi: %(doubt)s") % {"doubt": doubt})
        return response


class PersonCreateView(PersonFormMixin, ScopedCreateView):
    permission = "programs.add_person"
    heading = gettext_lazy("ASN baru")
    saved_message = gettext_lazy("Data ASN disimpan.")

    def get_back_url(self):
        return reverse("person_list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=people_trail(), **kwargs)


class PersonUpdateView(PersonFormMixin, ScopedUpdateView):
    permission = "programs.change_person"
    heading = gettext_lazy("Ubah data ASN")
    saved_message = gettext_lazy("Data ASN disimpan.")

    def get_queryset(self):
        return super().get_queryset().select_related("agency__region", "grade", "superior")

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=person_trail(self.object), **kwargs)


class PersonDeleteView(ScopedDeleteView):
    """Only a row on which nothing rests goes away; a second row of one person is merged instead."""

    model = Person
    permission = "programs.delete_person"

    def get_success_url(self):
        return reverse("person_list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=person_trail(self.object), **kwargs)

    def find_holders(self) -> list[str]:
        """What would be lost or lose its person; programs outside the area without their names."""
        person = self.object
        programs = list(person.enrollments.select_related("program"))
        seen = set(self.rows(Enrollment).filter(person=person).values_list("pk", flat=True))
        hidden = _("satu program di luar wilayah Anda")
        return [
            *(
                _("Peserta %(program)s") % {"program": row.program if row.pk in seen else hidden}
                for row in programs
            ),
            *(_("Riwayat pelatihan: %(name)s") % {"name": row} for row in person.training_records.all()),
            *(_("Riwayat penempatan: %(name)s") % {"name": row} for row in person.assignments.all()),
            *(_("Penggabungan: %(name)s") % {"name": row} for row in person.merges.all()),
            *(_("Atasan langsung dari %(name)s") % {"name": row} for row in person.subordinates.all()),
        ]
