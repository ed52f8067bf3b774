"""What happens to a person of the registry: training elsewhere, a transfer."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.views import ScopedCreateView, ScopedDeleteView, ScopedUpdateView
from programs.actions.transfers import placed_since
from programs.forms.people import TrainingRecordForm, TransferForm
from programs.models import Person, TrainingRecord
from programs.views.people import person_trail


class OfPersonMixin:
    """A record that hangs on one person and returns to their page."""

    parent_model = Person

    @property
    def person(self) -> Person:
        return self.object.person if self.object else self.parent

    def get_success_url(self):
        return self.person.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(trail=person_trail(self.person), **kwargs)


class TrainingRecordCreateView(OfPersonMixin, ScopedCreateView):
    model = TrainingRecord
    form_class = TrainingRecordForm
    permission = "programs.add_trainingrecord"
    heading = gettext_lazy("Riwayat pelatihan baru")
    saved_message = gettext_lazy("Riwayat pelatihan disimpan.")


class TrainingRecordUpdateView(OfPersonMixin, ScopedUpdateView):
    model = TrainingRecord
    form_class = TrainingRecordForm
    permission = "programs.change_trainingrecord"
    heading = gettext_lazy("Ubah riwayat pelatihan")
    saved_message = gettext_lazy("Riwayat pelatihan disimpan.")


class TrainingRecordDeleteView(OfPersonMixin, ScopedDeleteView):
    model = TrainingRecord
    permission = "programs.delete_trainingrecord"


class TransferView(ScopedUpdateView):
    model = Person
    form_class = TransferForm
    permission = "programs.change_person"
    template_name = "programs/person_transfer.html"
    saved_message = gettext_lazy("Perpindahan dicatat; penempatan lama tersimpan sebagai riwayat.")

    @property
    def heading(self) -> str:
        return _("Pindahkan %(name)s") % {"name": self.object.name}

    def get_queryset(self):
        return super().get_queryset().select_related("agency__region", "grade")

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                form.add_error(name if name in form.fields else None, texts)
            return self.form_invalid(form)

    def get_context_data(self, **kwargs):
        before = self.get_queryset().get(pk=self.object.pk)
        return super().get_context_data(
            trail=person_trail(before), before=before, placed_since=placed_since(before), **kwargs
        )
