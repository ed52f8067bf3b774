"""Issuing certificates and taking one back."""

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField, check_year
from asn_eval.forms import DateInput
from asn_eval.views import key_in
from programs.certificates.eligibility import Rule
from programs.forms.participant_lists import LONGEST_CHOICE
from programs.models import Batch, Certificate, Program

PLACE_LENGTH = Certificate._meta.get_field("place").max_length


class CertificateFilterForm(forms.Form):
    """What the list may be narrowed by; a value it does not know narrows nothing."""

    VALID, REVOKED = "berlaku", "dibatalkan"

    q = forms.CharField(label=gettext_lazy("Cari nama atau nomor"), required=False)
    batch = forms.ChoiceField(label=gettext_lazy("Angkatan"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Keadaan"),
        required=False,
        choices=(
            ("", gettext_lazy("Berlaku dan dibatalkan")),
            (VALID, gettext_lazy("Berlaku")),
            (REVOKED, gettext_lazy("Dibatalkan")),
        ),
    )

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        batches = [(str(batch.pk), batch.name) for batch in program.batches.all()]
        self.fields["batch"].choices = [("", _("Semua angkatan")), *batches]
        if not batches:
            del self.fields["batch"]
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def narrowed_by(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, certificates: QuerySet) -> QuerySet:
        wanted = self.narrowed_by()
        for word in wanted.get("q", "").split():
            certificates = certificates.filter(Q(holder_name__icontains=word) | Q(number__icontains=word))
        if "batch" in wanted:
            certificates = certificates.filter(enrollment__batch=wanted["batch"])
        if "state" in wanted:
            certificates = certificates.filter(revoked_at__isnull=wanted["state"] == self.VALID)
        return certificates


class IssueForm(forms.Form):
    """The rule that decides, and what stands on every certificate."""

    batch = forms.ModelChoiceField(
        Batch.objects.none(),
        label=gettext_lazy("Angkatan"),
        required=False,
        empty_label=gettext_lazy("Seluruh program"),
    )
    minimum_attendance = forms.IntegerField(
        label=gettext_lazy("Kehadiran paling sedikit (persen)"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=gettext_lazy(
            "Dari semua kegiatan angkatannya; yang belum dicatat tidak dihitung hadir. Kosong berarti tanpa batas."
        ),
    )
    minimum_post = NumberField(
        label=gettext_lazy("Nilai postes paling rendah"),
        min_value=0,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Kosong berarti tanpa batas."),
    )
    issued_on = forms.DateField(label=gettext_lazy("Tanggal terbit"), widget=DateInput, validators=[check_year])
    place = forms.CharField(label=gettext_lazy("Tempat terbit"), max_length=PLACE_LENGTH)
    rows = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_CHOICE, required=False)

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["minimum_post"].validators.append(MaxValueValidator(program.maximum_score))
        if program.batches.exists():
            self.fields["batch"].queryset = program.batches.all()
        else:
            del self.fields["batch"]

    def field_groups(self):
        yield (
            _("Syarat"),
            [self[name] for name in ("batch", "minimum_attendance", "minimum_post") if name in self.fields],
        )
        yield _("Tercetak pada sertifikat"), [self["issued_on"], self["place"]]

    @property
    def rule(self) -> Rule:
        return Rule(self.cleaned_data["minimum_attendance"], self.cleaned_data["minimum_post"])

    def confirmed_rows(self) -> list[int]:
        """The people whom the confirmation named."""
        parts = self.cleaned_data["rows"].split(",")
        return [key for part in parts if (key := key_in(part)) is not None]


class RevokeForm(forms.Form):
    """Why a certificate is no longer valid, and whether another takes its place."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan pembatalan"),
        max_length=Certificate._meta.get_field("revoke_reason").max_length,
        help_text=gettext_lazy("Contoh: nama tertulis keliru. Tidak ditampilkan pada halaman pemeriksaan."),
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Terbitkan pengganti dengan nomor baru dan data yang berlaku sekarang"), required=False
    )
    issued_on = forms.DateField(
        label=gettext_lazy("Tanggal terbit pengganti"), widget=DateInput, validators=[check_year], required=False
    )
    place = forms.CharField(label=gettext_lazy("Tempat terbit pengganti"), max_length=PLACE_LENGTH, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("replace"):
            for name, message in (("issued_on", _("Isi tanggal terbit.")), ("place", _("Isi tempat terbit."))):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, message)
        return cleaned

    def field_groups(self):
        yield "", [self["reason"], self["replace"], self["issued_on"], self["place"]]
