"""A person of the registry, their training elsewhere, their transfer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField, RegionInput, SuggestedInput
from asn_eval.forms import PeriodFormMixin, ScopedModelForm
from asn_eval.nip import NipError, parse_nip
from programs.actions.participants import FOREIGN_NIP, foreign_nips
from programs.actions.people import leads_back_to
from programs.actions.transfers import transfer_person
from programs.forms.person_fields import NipInput, PersonField, UnitField, person_label
from programs.models import Grade, Merge, Person, PositionLevel, TrainingRecord
from programs.phones import normalise_phone

WRONG_GRADE = gettext_lazy("Golongan %(grade)s bukan golongan %(status)s.")
# A browser would offer the staff member's own data for those of somebody else.
OWN_DATA = ("nip", "name", "email", "phone", "position")


def single_spaced(text: str) -> str:
    return " ".join(text.split())


def grade_choices(first: str) -> list:
    """The grades of each status under its own heading."""
    grades = {label: [] for _status, label in Grade.Status.choices}
    for grade in Grade.objects.all():
        grades[grade.get_status_display()].append((grade.pk, str(grade)))
    return [("", first), *((status, rows) for status, rows in grades.items() if rows)]


class PersonForm(ScopedModelForm):
    """Identity, place and contact. Birth date and status come from the NIP when they are left empty at entry."""

    nip = forms.CharField(
        label="NIP",
        max_length=30,
        help_text=gettext_lazy("18 angka, boleh dengan spasi. Contoh: 19850101 201003 1 901."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    agency = UnitField(
        label=gettext_lazy("Unit kerja"), help_text=gettext_lazy("Ketik sebagian nama, lalu pilih dari saran.")
    )
    superior = PersonField(
        label=gettext_lazy("Atasan langsung"),
        required=False,
        help_text=gettext_lazy("Ketik nama atau NIP, lalu pilih dari saran."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Nomor telepon"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Contoh: 0812 3456 7890."),
    )
    groups = (
        (gettext_lazy("Identitas"), ("nip", "name", "birth_date", "status", "grade")),
        (gettext_lazy("Penempatan"), ("position", "level", "agency", "superior")),
        (gettext_lazy("Kontak"), ("email", "phone")),
    )

    class Meta:
        model = Person
        fields = (
            "nip",
            "name",
            "birth_date",
            "status",
            "grade",
            "position",
            "level",
            "agency",
            "superior",
            "email",
            "phone",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in OWN_DATA:
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        self.fields["grade"].choices = grade_choices(_("Tidak diisi"))
        for name in ("agency", "superior"):
            self.fields[name].user = self.user
        if self.instance.pk:
            self.initial["nip"] = self.instance.nip_printed
            self.fields["agency"].keep(self.instance.agency)
            self.fields["superior"].keep(self.instance.superior)
            self.fields["agency"].help_text = _(
                "Ubah di sini hanya untuk membetulkan kekeliruan. Perpindahan dicatat dengan tombol Pindahkan, "
                "supaya penempatan lama tersimpan sebagai riwayat."
            )
        else:
            self.fields["nip"].widget = NipInput()
            self.fields["birth_date"].help_text = _("Dikosongkan berarti diambil dari NIP.")
            self.fields["status"].required = False
            self.fields["status"].help_text = _("Dikosongkan berarti diambil dari NIP.")
            self.fields["status"].choices = [("", _("Dari NIP")), *Grade.Status.choices]

    def clean_nip(self):
        try:
            self.parsed = parse_nip(self.cleaned_data["nip"], today=timezone.localdate())
        except NipError as error:
            raise ValidationError(str(error)) from error
        nip = self.parsed.digits
        if nip != self.instance.nip:
            self._refuse_taken(nip)
        return nip

    def _refuse_taken(self, nip: str) -> None:
        known = Person.objects.visible_to(self.user).filter(nip=nip).first()
        if known is not None:
            raise ValidationError(
                _("NIP ini sudah terdaftar atas nama %(name)s."), code="unique", params={"name": known.name}
            )
        if foreign_nips(Person.objects.visible_to(self.user), [nip]):
            raise ValidationError(FOREIGN_NIP, code="foreign")
        merges = Merge.objects.visible_to(self.user).filter(absorbed_nip=nip, undone_at=None)
        merge = merges.select_related("kept").first()
        if merge is not None and merge.kept_id != self.instance.pk:
            raise ValidationError(
                _("NIP ini sudah digabungkan dengan %(person)s."),
                code="merged",
                params={"person": person_label(merge.kept)},
            )

    def clean_name(self):
        name = single_spaced(self.cleaned_data["name"])
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Nama tidak memuat huruf."))
        return name

    def clean_position(self):
        return single_spaced(self.cleaned_data["position"])

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        phone = normalise_phone(typed) if typed else ""
        if phone is None:
            raise ValidationError(_("Nomor telepon tidak dikenali; tulis seperti 0812…"))
        return phone

    def clean_birth_date(self):
        birth_date = self.cleaned_data["birth_date"]
        if birth_date and birth_date >= timezone.localdate():
            raise ValidationError(_("Tanggal lahir harus sudah lewat."))
        return birth_date

    def clean_superior(self):
        superior = self.cleaned_data["superior"]
        if self.instance.pk and superior is not None:
            if superior.pk == self.instance.pk:
                raise ValidationError(_("Seseorang tidak dapat menjadi atasannya sendiri."))
            if leads_back_to(self.instance, superior):
                raise ValidationError(
                    _("%(name)s berada di bawah orang ini, sehingga tidak dapat menjadi atasannya."),
                    params={"name": superior.name},
                )
        return superior

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None and "nip" in cleaned:
            cleaned["status"] = cleaned.get("status") or str(self.parsed.status)
            if "birth_date" in cleaned:
                cleaned["birth_date"] = cleaned["birth_date"] or self.parsed.birth_date
        refuse_other_status(self, cleaned.get("grade"), cleaned.get("status"))
        return cleaned


def refuse_other_status(form: forms.Form, grade: Grade | None, status: str | None) -> None:
    """Say at the grade that it belongs to the other status."""
    if grade is not None and status and grade.status != status:
        form.add_error(
            "grade", ValidationError(WRONG_GRADE, code="status", params={"grade": grade, "status": status})
        )


class TransferForm(ScopedModelForm):
    """Where somebody works from a day on; their present place becomes history."""

    agency = UnitField(
        label=gettext_lazy("Unit kerja baru"),
        help_text=gettext_lazy("Ketik sebagian nama, lalu pilih dari saran. Biarkan bila hanya jabatan berubah."),
    )
    on = forms.DateField(
        label=gettext_lazy("Berlaku mulai"), help_text=gettext_lazy("Hari pertama pada penempatan baru.")
    )
    note = forms.CharField(
        label=gettext_lazy("Dasar pemindahan"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Contoh: nomor dan tanggal surat keputusan."),
    )
    groups = (
        (gettext_lazy("Penempatan baru"), ("agency", "position", "level", "grade")),
        (gettext_lazy("Perpindahan"), ("on", "note")),
    )

    class Meta:
        model = Person
        fields = ("agency", "position", "level", "grade")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].user = self.user
        self.fields["agency"].keep(self.instance.agency)
        self.fields["grade"].choices = grade_choices(_("Tidak diisi"))

    def clean_position(self):
        return single_spaced(self.cleaned_data["position"])

    def clean(self):
        cleaned = super().clean()
        refuse_other_status(self, cleaned.get("grade"), self.instance.status)
        return cleaned

    def save(self, commit=True):
        self.raise_revision()
        transfer_person(
            person=self.instance, **{name: self.cleaned_data[name] for name in (*self._meta.fields, "on", "note")}
        )
        return self.instance


class TrainingRecordForm(PeriodFormMixin, ScopedModelForm):
    groups = (
        (gettext_lazy("Pelatihan"), ("name", "form", "institution", "lesson_hours")),
        (gettext_lazy("Waktu dan sertifikat"), ("start_date", "end_date", "certificate_number")),
    )

    class Meta:
        model = TrainingRecord
        fields = (
            "name",
            "form",
            "institution",
            "lesson_hours",
            "start_date",
            "end_date",
            "certificate_number",
        )
        field_classes = {"lesson_hours": NumberField}
        help_texts = {
            "lesson_hours": gettext_lazy("Jam pelajaran seperti tercetak pada sertifikat."),
            "end_date": gettext_lazy("JP dihitung pada tahun tanggal selesai."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("name", "institution", "certificate_number"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_name(self):
        return single_spaced(self.cleaned_data["name"])

    def clean_end_date(self):
        ended = self.cleaned_data["end_date"]
        if ended > timezone.localdate():
            raise ValidationError(_("Pelatihan ini belum selesai; catat setelah selesai."))
        return ended

    def clean(self):
        cleaned = super().clean()
        same = self.instance.person.training_records.exclude(pk=self.instance.pk)
        if same.filter(name=cleaned.get("name"), end_date=cleaned.get("end_date")).exists():
            self.add_error("name", _("Pelatihan ini sudah tercatat pada tanggal tersebut."))
        return cleaned


class PersonFilterForm(forms.Form):
    """What the registry may be narrowed by; a value it does not know narrows nothing."""

    FIRST = ("q", "unit")  # always in view; the others behind a disclosure

    q = forms.CharField(label=gettext_lazy("Cari nama atau NIP"), required=False)
    unit = forms.CharField(label=gettext_lazy("Unit kerja"), required=False, widget=SuggestedInput("unit_search"))
    region = forms.CharField(label=gettext_lazy("Wilayah"), required=False, widget=RegionInput)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Jenjang"), required=False)
    grade = forms.TypedChoiceField(label=gettext_lazy("Golongan"), required=False, coerce=int)
    below = forms.BooleanField(label=gettext_lazy("JP di bawah kewajiban"), required=False)

    def __init__(self, *args, this_year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", _("PNS dan PPPK")), *Grade.Status.choices]
        self.fields["level"].choices = [("", _("Semua jenjang")), *PositionLevel.choices]
        self.fields["grade"].choices = grade_choices(_("Semua golongan"))
        self.fields["below"].label = _("JP %(year)s di bawah kewajiban") % {"year": this_year}
        for field in self.fields.values():
            if isinstance(field.widget, forms.Select):
                field.widget.attrs["class"] = "form-select"
            elif not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "form-control"
            else:
                field.widget.attrs["class"] = "form-check-input"

    @property
    def first_fields(self):
        return [self[name] for name in self.FIRST]

    @property
    def more_fields(self):
        return [self[name] for name in self.fields if name not in self.FIRST]

    @property
    def more_are_used(self) -> bool:
        return any(name not in self.FIRST for name in self.narrowed_by())

    def narrowed_by(self) -> dict[str, object]:
        """The valid, non-empty values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None, False)}


class PersonPairForm(forms.Form):
    """The other row of one and the same person."""

    person = PersonField(
        label=gettext_lazy("Data lain dari orang yang sama"),
        help_text=gettext_lazy("Ketik nama atau NIP, lalu pilih dari saran."),
    )

    def __init__(self, *args, user, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].user = user
        self.first = person

    def clean_person(self):
        person = self.cleaned_data["person"]
        if person == self.first:
            raise ValidationError(_("Ini data yang sama. Pilih data lain dari orang yang sama."))
        return person
