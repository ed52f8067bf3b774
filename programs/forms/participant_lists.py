"""Narrowing the list of participants, and changing many of them at once."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.views import key_in
from programs.forms.participants import check_exit_reason
from programs.models import Batch, Enrollment, Program

NO_BATCH = "tanpa"
LONGEST_CHOICE = 200_000  # characters of keys: more than any program has participants


class ParticipantFilterForm(forms.Form):
    """What the list may be narrowed by; a value it does not know narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Cari nama, NIP, atau kode"), required=False)
    batch = forms.ChoiceField(label=gettext_lazy("Angkatan"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Kelompok"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit kerja"), required=False)

    def __init__(self, *args, program: Program, units: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        batches = [(str(batch.pk), batch.name) for batch in program.batches.all()]
        choices = {
            "batch": [("", _("Semua angkatan")), *batches, (NO_BATCH, _("Tanpa angkatan"))],
            "status": [("", _("Semua status")), *Enrollment.Status.choices],
            "group": [("", _("Peserta dan pembanding")), *Enrollment.Group.choices],
            "unit": [("", _("Semua unit kerja")), *((str(key), name) for key, name in units)],
        }
        for name, options in choices.items():
            self.fields[name].choices = options
        if not batches:
            del self.fields["batch"]
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def narrowed_by(self) -> dict[str, str]:
        """The valid, non-empty values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, enrollments: QuerySet) -> QuerySet:
        wanted = self.narrowed_by()
        if batch := wanted.get("batch"):
            enrollments = enrollments.filter(batch=None if batch == NO_BATCH else batch)
        exact = {"status": "status", "group": "group", "unit": "person__agency"}
        return enrollments.filter(**{exact[name]: value for name, value in wanted.items() if name in exact})


class BulkForm(forms.Form):
    """One change for many participants. ``rows`` carries their keys from the page that names their number."""

    STATUS, BATCH = "status", "angkatan"

    rows = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_CHOICE, required=False)
    what = forms.ChoiceField(
        label=gettext_lazy("Yang diubah"),
        choices=((STATUS, gettext_lazy("Status keikutsertaan")), (BATCH, gettext_lazy("Angkatan"))),
        widget=forms.RadioSelect,
        initial=STATUS,
    )
    status = forms.ChoiceField(label=gettext_lazy("Status baru"), required=False)
    exit_reason = forms.ChoiceField(
        label=gettext_lazy("Alasan berhenti"),
        required=False,
        help_text=gettext_lazy("Diisi bila status barunya “Mengundurkan diri”."),
    )
    exit_note = forms.CharField(label=gettext_lazy("Keterangan berhenti"), max_length=200, required=False)
    batch = forms.ModelChoiceField(
        Batch.objects.none(),
        label=gettext_lazy("Angkatan baru"),
        required=False,
        empty_label=gettext_lazy("Tanpa angkatan"),
    )

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        self.program = program
        self.fields["status"].choices = [("", _("Pilih salah satu")), *Enrollment.Status.choices]
        self.fields["exit_reason"].choices = [("", _("Tidak diisi")), *Enrollment.ExitReason.choices]
        if program.batches.exists():
            self.fields["batch"].queryset = program.batches.all()
        else:
            del self.fields["batch"]
            self.fields["what"].choices = self.fields["what"].choices[:1]

    def field_groups(self):
        yield "", [self[name] for name in self.fields if name != "rows"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("what") == self.STATUS and not cleaned.get("status"):
            self.add_error("status", _("Pilih status baru."))
        elif cleaned.get("what") == self.STATUS:
            check_exit_reason(self)
        return cleaned

    def keys(self) -> list[int]:
        """The keys of the chosen rows; anything else that was put there is left out."""
        parts = (self.data.get("rows") or self.initial.get("rows") or "")[:LONGEST_CHOICE].split(",")
        return [key for part in parts if (key := key_in(part)) is not None]
