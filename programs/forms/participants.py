"""One participant, entered or changed by hand."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import ScopedModelForm
from asn_eval.nip import NipError, parse_nip
from programs.actions.participants import (
    FOREIGN_NIP,
    REASON_NEEDED,
    enrol_person,
    foreign_nips,
    registered_nips,
    update_participant,
)
from programs.actions.units import AmbiguousUnit, UnitDirectory, unit_key
from programs.models import Agency, Enrollment, Grade, Person
from programs.phones import normalise_phone

PERSON_TEXTS = ("name", "grade", "position", "email", "phone")
# A browser would offer the staff member's own data for those of a participant.
HINTS_TO_BROWSERS = {
    "nip": {"autocomplete": "off", "inputmode": "numeric"},
    "name": {"autocomplete": "off"},
    "email": {"autocomplete": "off"},
    "phone": {"autocomplete": "off", "inputmode": "tel"},
    "code": {"autocomplete": "off"},
    "superior": {"autocomplete": "off"},
}
KEEP, UPDATE = "simpan", "ubah"


class SuggestingInput(forms.TextInput):
    """A text input with suggestions of the browser; any other text may be typed as well."""

    suggestions: tuple[str, ...] = ()

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{attrs['id']}-list"
        options = format_html_join("", '<option value="{}"></option>', ((text,) for text in self.suggestions))
        field = super().render(name, value, attrs | {"list": list_id}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class PersonInput(forms.TextInput):
    """A text input under which the people appear whom its text may mean."""

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<div class="person-suggestions" aria-live="polite"></div>', field)


def check_exit_reason(form: forms.Form) -> None:
    """Whoever withdraws says why, and in words where the list has no word for it."""
    cleaned = form.cleaned_data
    if cleaned.get("status") != Enrollment.Status.WITHDRAWN:
        return
    if not cleaned.get("exit_reason") and "exit_reason" not in form.errors:
        form.add_error("exit_reason", REASON_NEEDED)
    elif cleaned.get("exit_reason") == Enrollment.ExitReason.OTHER and not cleaned.get("exit_note"):
        form.add_error("exit_note", _("Tuliskan alasannya, karena yang dipilih “Lainnya”."))


class PersonFieldsForm(ScopedModelForm):
    """The fields of an enrollment and of the person enrolled, side by side."""

    nip = forms.CharField(
        label="NIP",
        max_length=30,
        help_text=gettext_lazy("18 angka, boleh dengan spasi. Contoh: 19850101 201003 1 901."),
    )
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=150)
    grade = forms.ModelChoiceField(Grade.objects.all(), label=gettext_lazy("Golongan"), required=False)
    position = forms.CharField(label=gettext_lazy("Jabatan"), max_length=150, required=False)
    unit = forms.CharField(
        label=gettext_lazy("Unit kerja"),
        max_length=150,
        widget=SuggestingInput,
        help_text=gettext_lazy("Pilih dari saran atau ketik nama baru; unit baru dicatat di wilayah program."),
    )
    email = forms.EmailField(label=gettext_lazy("Surel"), required=False)
    phone = forms.CharField(label=gettext_lazy("Nomor telepon"), max_length=30, required=False)

    class Meta:
        model = Enrollment
        fields = ("code", "group", "batch", "status", "superior")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, attributes in HINTS_TO_BROWSERS.items():
            self.fields[name].widget.attrs |= attributes
        program = self.instance.program
        if program.batches.exists():
            self.fields["batch"].queryset = program.batches.all()
            self.fields["batch"].empty_label = _("Tanpa angkatan")
        else:
            del self.fields["batch"]
        units = UnitDirectory(Agency.objects.visible_to(self.user), self.instance.program.region)
        self.fields["unit"].widget.suggestions = tuple(units.names())

    def clean_nip(self):
        try:
            self.nip = parse_nip(self.cleaned_data["nip"], today=timezone.localdate())
        except NipError as error:
            raise ValidationError(str(error)) from error
        return self.nip.digits

    def clean_code(self):
        code = " ".join(self.cleaned_data["code"].split())
        others = self.instance.program.enrollments.exclude(pk=self.instance.pk)
        if code and others.filter(code=code).exists():
            raise ValidationError(_("Kode peserta ini sudah dipakai pada program."))
        return code

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_unit(self):
        return " ".join(self.cleaned_data["unit"].split())

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        phone = normalise_phone(typed) if typed else ""
        if phone is None:
            raise ValidationError(_("Nomor telepon tidak dikenali; tulis seperti 0812…"))
        return phone

    def refuse(self, error: AmbiguousUnit | ValidationError) -> None:
        """Say at the form what was refused while saving."""
        if isinstance(error, AmbiguousUnit):
            self.add_error("unit", str(error))
        else:
            for name, texts in error.message_dict.items():
                for text in texts:
                    self.add_error(name if name in self.fields else None, text)

    def set_person(self, person: Person) -> Person:
        """Put what was typed into ``person``; the unit is the action's affair."""
        if person.birth_date is None:
            person.birth_date = self.nip.birth_date
        person.nip, person.status = self.nip.digits, str(self.nip.status)
        for name in PERSON_TEXTS:
            setattr(person, name, self.cleaned_data[name])
        return person


class EnrollmentCreateForm(PersonFieldsForm):
    """A new participant. A person who is known already is used; what differs is shown before it is changed."""

    difference = forms.ChoiceField(
        label=gettext_lazy("Data pegawai yang berlaku"),
        choices=(
            (KEEP, gettext_lazy("Data yang sudah tersimpan; isian saya yang berbeda diabaikan")),
            (UPDATE, gettext_lazy("Isian saya; data tersimpan diperbarui, juga untuk program lain")),
        ),
        widget=forms.RadioSelect,
        required=False,
    )
    groups = (
        (gettext_lazy("Pegawai"), ("nip", "name", "grade", "position", "unit", "email", "phone", "difference")),
        (gettext_lazy("Keikutsertaan"), ("batch", "status", "group", "superior", "code")),
    )
    known: Person | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("name", "unit", "status"):
            self.fields[name].required = False
        status = self.fields["status"]
        # Nobody is entered in order to say that they left.
        status.choices = [
            choice for choice in Enrollment.Status.choices if choice[0] != Enrollment.Status.WITHDRAWN
        ]
        search = reverse("person_suggestions", args=[self.instance.program.pk])
        for name in ("nip", "name"):
            self.fields[name].widget = PersonInput(
                self.fields[name].widget.attrs
                | {
                    "hx-get": search,
                    "hx-trigger": "input changed delay:250ms",
                    "hx-target": "next .person-suggestions",
                    "hx-sync": "this:replace",
                }
            )
        if not self.is_bound:
            del self.fields["difference"]
        self.fields["name"].help_text = _("Nama dan unit kerja boleh dikosongkan bila NIP sudah terdaftar.")

    def clean(self):
        cleaned = super().clean()
        if "nip" in cleaned:
            self._meet_known_person(cleaned["nip"])
        differences = self._differences() if self.known else ()
        if not differences:
            del self.fields["difference"]
        elif not cleaned.get("difference"):
            self._ask_which(differences)
        return cleaned

    def clean_status(self):
        return self.cleaned_data["status"] or Enrollment.Status.REGISTERED

    def _meet_known_person(self, nip: str) -> None:
        if self.instance.program.enrollments.filter(person__nip=nip).exists():
            self.add_error("nip", _("ASN ini sudah terdaftar pada program."))
            return
        people = Person.objects.visible_to(self.user).select_related("agency", "grade")
        self.known = people.filter(nip=nip).first()
        if self.known is None and foreign_nips(people, [nip]):
            self.add_error("nip", FOREIGN_NIP)
        elif self.known is None:
            for name, message in (("name", _("Isi nama.")), ("unit", _("Isi unit kerja."))):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, message)

    def _differences(self) -> list[str]:
        """Typed values that are not the stored ones; what was left empty says nothing."""
        typed = {name: self.cleaned_data.get(name) for name in PERSON_TEXTS}
        lines = [
            (self.fields[name].label, getattr(self.known, name), value)
            for name, value in typed.items()
            if value and value != getattr(self.known, name)
        ]
        unit = self.cleaned_data.get("unit")
        if unit and unit_key(unit) != unit_key(self.known.agency.name):
            lines.append((self.fields["unit"].label, self.known.agency.name, unit))
        return [
            _("%(field)s tersimpan “%(stored)s”, isian Anda “%(typed)s”")
            % {"field": label, "stored": stored or _("kosong"), "typed": value}
            for label, stored, value in lines
        ]

    def _ask_which(self, differences: list[str]) -> None:
        self.add_error(
            "difference",
            _("NIP ini sudah terdaftar dengan data yang berbeda: %(differences)s. Pilih data yang berlaku.")
            % {"differences": "; ".join(differences)},
        )

    def save(self, commit=True) -> Enrollment:
        person, unit = self._person()
        return enrol_person(
            program=self.instance.program,
            person=person,
            unit=unit,
            agencies=Agency.objects.visible_to(self.user),
            code=self.cleaned_data["code"],
            group=self.cleaned_data["group"],
            superior=self.cleaned_data["superior"],
            batch=self.cleaned_data.get("batch"),
            status=self.cleaned_data["status"],
        )

    def _person(self) -> tuple[Person, str]:
        if self.known is None:
            return self.set_person(Person()), self.cleaned_data["unit"]
        if self.cleaned_data.get("difference") != UPDATE:
            return self.known, ""
        unit = self.cleaned_data["unit"]
        for name in PERSON_TEXTS:
            setattr(self.known, name, self.cleaned_data[name] or getattr(self.known, name))
        return self.known, _unless_same(unit, self.known)


class EnrollmentUpdateForm(PersonFieldsForm):
    """A participant's place in the program and, inside one's own area, the person."""

    groups = (
        (
            gettext_lazy("Keikutsertaan"),
            ("status", "exit_reason", "exit_note", "batch", "group", "superior", "code"),
        ),
        (gettext_lazy("Pegawai"), ("nip", "name", "grade", "position", "unit", "email", "phone")),
    )

    class Meta(PersonFieldsForm.Meta):
        fields = ("code", "group", "batch", "status", "exit_reason", "exit_note", "superior")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["exit_reason"].help_text = _("Diisi bila statusnya “Mengundurkan diri”.")
        person = self.instance.person
        self.may_change_person = Person.objects.visible_to(self.user).filter(pk=person.pk).exists()
        if not self.may_change_person:
            for name in ("nip", "unit", *PERSON_TEXTS):
                del self.fields[name]
            return
        self.fields["nip"].help_text = _("Perubahan data pegawai berlaku pada semua program yang ia ikuti.")
        self.initial |= {name: getattr(person, name) for name in PERSON_TEXTS}
        self.initial |= {"nip": person.nip_printed, "unit": person.agency.name, "grade": person.grade_id}

    def clean_nip(self):
        digits = super().clean_nip()
        if digits != self.instance.person.nip and registered_nips([digits]):
            raise ValidationError(_("NIP ini sudah terdaftar."))
        return digits

    def clean(self):
        cleaned = super().clean()
        check_exit_reason(self)
        return cleaned

    def save(self, commit=True) -> Enrollment:
        self.raise_revision()
        agencies = Agency.objects.visible_to(self.user)
        if not self.may_change_person:
            return update_participant(enrollment=self.instance, agencies=agencies)
        return update_participant(
            enrollment=self.instance,
            person=self.set_person(self.instance.person),
            unit=_unless_same(self.cleaned_data["unit"], self.instance.person),
            agencies=agencies,
        )


def _unless_same(unit: str, person: Person) -> str:
    """The typed unit, or nothing when the person already belongs to a unit of that name."""
    return "" if unit_key(unit) == unit_key(person.agency.name) else unit
