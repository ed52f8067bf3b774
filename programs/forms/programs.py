from django import forms
from django.db.models import Max
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from asn_eval.accounts.forms import offices_managed_by
from asn_eval.accounts.models import Office
from asn_eval.fields import NumberField, RegionField, check_year
from asn_eval.forms import DateInput, PeriodFormMixin, ScopedModelForm
from asn_eval.numbers import format_decimal
from programs.actions.copying import Part, name_next_year, next_year
from programs.forms.asking import AskOnceMixin
from programs.models import Program


class ProgramForm(AskOnceMixin, PeriodFormMixin, ScopedModelForm):
    region = RegionField(
        label=gettext_lazy("Wilayah"),
        help_text=gettext_lazy("Ketik nama atau kode provinsi, kabupaten/kota, atau kecamatan, lalu pilih."),
    )
    groups = (
        (gettext_lazy("Program"), ("name", "type", "region", "organizer")),
        (gettext_lazy("Pelaksanaan"), ("start_date", "end_date")),
        (gettext_lazy("Latar belakang dan tujuan"), ("background", "needs_note", "aims", "target_group")),
        (gettext_lazy("Nilai dan sertifikat"), ("maximum_score", "certificate_pattern")),
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
            "needs_note",
            "aims",
            "target_group",
            "maximum_score",
            "certificate_pattern",
        )
        field_classes = {"maximum_score": NumberField}
        widgets = {
            "background": forms.Textarea(attrs={"rows": 5}),
            "needs_note": forms.Textarea(attrs={"rows": 4}),
            "aims": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].user = self.user
        # A program that another office organises in one's own region keeps its organiser.
        offices = offices_managed_by(self.user) | Office.objects.filter(pk=self.instance.organizer_id)
        self.fields["organizer"].queryset = offices
        if self.instance.pk is None:
            self.initial.setdefault("organizer", self.user.office_id)

    def clean_maximum_score(self):
        maximum = self.cleaned_data["maximum_score"]
        if self.instance.pk and maximum is not None:
            highest = self.instance.enrollments.aggregate(pre=Max("pre_score"), post=Max("post_score"))
            given = max((score for score in highest.values() if score is not None), default=None)
            if given is not None and given > maximum:
                shown = format_decimal(given, 2, get_language() or "id")
                message = _("Sudah ada peserta dengan nilai %(score)s; nilai tertinggi tidak boleh di bawahnya.")
                raise forms.ValidationError(message % {"score": shown}, code="below_given")
        return maximum

    def doubts(self, cleaned):
        """A period that leaves out what is planned in it: asked when the period is changed, not ever after."""
        if self.instance.pk is None or not {"start_date", "end_date"} & set(self.changed_data):
            return
        start, end = cleaned["start_date"], cleaned["end_date"]
        for kind, rows in ((_("Kegiatan"), self.instance.activities), (_("Angkatan"), self.instance.batches)):
            for row in rows.exclude(start_date__gte=start, end_date__lte=end):
                yield (
                    "start_date" if row.start_date < start else "end_date",
                    _("%(kind)s “%(row)s” berada di luar masa program ini.") % {"kind": kind, "row": row},
                )


class MoveForm(forms.Form):
    """Where a program is to go, from where, and a word about it."""

    state = forms.CharField(required=False, max_length=15)
    seen = forms.CharField(required=False, max_length=15)
    note = forms.CharField(label=gettext_lazy("Catatan"), required=False, max_length=300)


class CopyForm(PeriodFormMixin, forms.Form):
    """The next year's program, proposed from this one."""

    name = forms.CharField(label=gettext_lazy("Nama program"), max_length=200)
    start_date = forms.DateField(label=gettext_lazy("Tanggal mulai"), widget=DateInput(), validators=[check_year])
    end_date = forms.DateField(label=gettext_lazy("Tanggal selesai"), widget=DateInput(), validators=[check_year])
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Yang ikut disalin"),
        required=False,
        choices=Part.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = (
        (gettext_lazy("Program baru"), ("name", "start_date", "end_date")),
        (gettext_lazy("Isi"), ("parts",)),
    )

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        start = next_year(program.start_date)
        self.initial = {
            "name": name_next_year(program.name, year=program.start_date.year),
            "start_date": start,
            "end_date": program.end_date + (start - program.start_date),
            "parts": Part.values,
        } | self.initial

    def field_groups(self):
        for heading, names in self.groups:
            yield heading, [self[name] for name in names]
