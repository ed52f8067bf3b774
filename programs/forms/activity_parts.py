"""Speakers and materials of an activity, partners of a program."""

from pathlib import PurePath

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import ScopedModelForm
from programs.actions.activities import digest_of, store_material
from programs.forms.activities import SuggestionInput
from programs.forms.money import RupiahField
from programs.material_files import ENDINGS, MaterialRefused, check_file
from programs.models import Material, Partnership, Speaker

MOST_SUGGESTIONS = 200


def squeezed(text: str) -> str:
    """Without spaces at the ends and double ones between."""
    return " ".join(text.split())


class SpeakerForm(ScopedModelForm):
    class Meta:
        model = Speaker
        fields = ("name", "affiliation", "topic", "fee")
        field_classes = {"fee": RupiahField}
        widgets = {"name": SuggestionInput(), "affiliation": SuggestionInput()}
        labels = {"topic": gettext_lazy("Pokok bahasan")}
        help_texts = {
            "name": gettext_lazy("Dengan gelar, seperti pada surat tugas."),
            "fee": gettext_lazy(
                "Rupiah, sebelum pajak. Contoh: 1.500.000. Hanya terlihat oleh admin dan staf program."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("name", "affiliation"):
            self.fields[name].widget.suggestions = self._known(name)

    def _known(self, field: str) -> list[str]:
        """What was written at other speakers in sight."""
        values = Speaker.objects.visible_to(self.user).exclude(**{field: ""})
        return list(values.order_by(field).values_list(field, flat=True).distinct()[:MOST_SUGGESTIONS])

    def clean_name(self):
        name = squeezed(self.cleaned_data["name"])
        others = self.instance.activity.speakers.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("Narasumber ini sudah tercatat pada kegiatan."))
        return name

    def clean_affiliation(self):
        return squeezed(self.cleaned_data["affiliation"])


class PartnershipForm(ScopedModelForm):
    groups = (
        (gettext_lazy("Lembaga"), ("institution", "kind", "contribution")),
        (gettext_lazy("Perjanjian"), ("agreement_number", "agreement_date", "valid_until")),
    )

    class Meta:
        model = Partnership
        fields = ("institution", "kind", "contribution", "agreement_number", "agreement_date", "valid_until")
        widgets = {"institution": SuggestionInput()}
        help_texts = {"valid_until": gettext_lazy("Kosong berarti tanpa batas waktu.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = Partnership.objects.visible_to(self.user).order_by("institution")
        names = known.values_list("institution", flat=True).distinct()
        self.fields["institution"].widget.suggestions = list(names[:MOST_SUGGESTIONS])

    def clean_institution(self):
        institution = squeezed(self.cleaned_data["institution"])
        others = self.instance.program.partnerships.exclude(pk=self.instance.pk)
        if others.filter(institution__iexact=institution).exists():
            raise forms.ValidationError(_("Lembaga ini sudah tercatat sebagai mitra program."))
        return institution

    def clean(self):
        cleaned = super().clean()
        signed, ends = cleaned.get("agreement_date"), cleaned.get("valid_until")
        if signed and ends and ends < signed:
            self.add_error("valid_until", _("Perjanjian tidak dapat berakhir sebelum tanggalnya."))
        return cleaned


class MaterialForm(ScopedModelForm):
    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy("Paling besar 20 MB. Jenis: %(kinds)s."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in (*ENDINGS, "jpeg"))}),
    )

    class Meta:
        model = Material
        fields = ("file", "title")
        help_texts = {"title": gettext_lazy("Dikosongkan berarti sama dengan nama berkas.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = file.help_text % {"kinds": ", ".join(ENDINGS)}
        self.fields["title"].required = False

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            self.checked = check_file(upload.name, upload.size, upload.file)
        except MaterialRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        same = self.instance.activity.materials.filter(sha256=digest_of(upload.file)).first()
        if same:
            raise forms.ValidationError(
                _("Berkas yang sama sudah ada pada kegiatan ini: “%(title)s”.") % {"title": same}
            )
        return upload

    def clean(self):
        cleaned = super().clean()
        if "file" in cleaned and not cleaned.get("title"):
            cleaned["title"] = PurePath(self.checked.name).stem
        return cleaned

    def save(self, commit=True):
        self.instance = store_material(
            activity=self.instance.activity,
            title=self.cleaned_data["title"],
            content=self.cleaned_data["file"].file,
            checked=self.checked,
            author=self.user,
        )
        return self.instance
