from django import forms
from django.utils.translation import gettext_lazy

from asn_eval.accounts.forms import offices_managed_by
from asn_eval.accounts.models import Office
from asn_eval.fields import NumberField, RegionField
from asn_eval.forms import PeriodFormMixin, ScopedModelForm
from programs.models import Objective, Program


class ProgramForm(PeriodFormMixin, ScopedModelForm):
    region = RegionField(
        label=gettext_lazy("Wilayah"),
        help_text=gettext_lazy("Ketik nama atau kode provinsi, kabupaten/kota, atau kecamatan, lalu pilih."),
    )
    groups = (
        (gettext_lazy("Program"), ("name", "type", "region", "organizer", "start_date", "end_date")),
        (gettext_lazy("Latar belakang dan tujuan"), ("background", "aims", "target_group")),
    )

    class Meta:
        model = Program
        fields = (
            "name",
            "type",
            "region",
            "organizer",
            "start_date",
            "end_date",
            "background",
            "aims",
            "target_group",
        )
        widgets = {"background": forms.Textarea(attrs={"rows": 5}), "aims": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].user = self.user
        # A program that another office organises in one's own region keeps its organiser.
        offices = offices_managed_by(self.user) | Office.objects.filter(pk=self.instance.organizer_id)
        self.fields["organizer"].queryset = offices
        if self.instance.pk is None:
            self.initial.setdefault("organizer", self.user.office_id)


class ObjectiveForm(ScopedModelForm):
    groups = (
        (gettext_lazy("Sasaran"), ("statement", "indicator")),
        (gettext_lazy("Ukuran"), ("unit", "polarity", "baseline", "target")),
    )

    class Meta:
        model = Objective
        fields = ("statement", "indicator", "unit", "polarity", "baseline", "target")
        field_classes = {"baseline": NumberField, "target": NumberField}


class ProgramFilterForm(forms.Form):
    """What the list of programs may be narrowed by; a value it does not know narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Cari nama program"), required=False)
    region = forms.CharField(label=gettext_lazy("Wilayah"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    year = forms.TypedChoiceField(label=gettext_lazy("Tahun"), required=False, coerce=int)

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", gettext_lazy("Semua jenis")), *Program.Type.choices]
        self.fields["state"].choices = [("", gettext_lazy("Semua status")), *Program.State.choices]
        self.fields["year"].choices = [("", gettext_lazy("Semua tahun")), *((year, year) for year in years)]
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def narrowed_by(self) -> dict[str, object]:
        """The valid, non-empty values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
