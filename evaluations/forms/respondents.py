"""One respondent who is not a participant."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import ScopedModelForm
from evaluations.models import RATERS, Respondent, Survey
from programs.models import Enrollment
from programs.phones import normalise_phone

# The public has a link of its own, and participants are enrolled.
GROUPS = [choice for choice in Survey.Group.choices if choice[0] not in ("peserta", "masyarakat")]


class EnrollmentField(forms.ModelChoiceField):
    def label_from_instance(self, enrollment):
        return f"{enrollment.person.name} ({enrollment.code})"


class RespondentForm(ScopedModelForm):
    enrollment = EnrollmentField(
        queryset=Enrollment.objects.none(),
        label=gettext_lazy("Menilai peserta"),
        required=False,
        empty_label=gettext_lazy("Tidak menilai peserta tertentu"),
        help_text=gettext_lazy("Wajib bagi atasan, rekan kerja, dan bawahan."),
    )

    class Meta:
        model = Respondent
        fields = ("group", "enrollment", "name", "unit", "email", "phone")

    groups = (
        (gettext_lazy("Siapa"), ("group", "enrollment", "name", "unit")),
        (gettext_lazy("Cara dihubungi"), ("email", "phone")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = GROUPS
        enrollments = self.instance.evaluation.program.enrollments
        self.fields["enrollment"].queryset = enrollments.select_related("person").order_by("person__name")

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        number = normalise_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(_("Nomor ini tidak dikenali; tulis seperti 0812 3456 7890."))
        return number

    def clean(self):
        cleaned = super().clean()
        group, enrollment = cleaned.get("group"), cleaned.get("enrollment")
        if group in RATERS and enrollment is None and "enrollment" not in self.errors:
            self.add_error("enrollment", _("Pilih peserta yang dinilai."))
        if group and group not in RATERS:
            cleaned["enrollment"] = None
        return cleaned
