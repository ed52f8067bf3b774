"""Forms of indicators and of what was measured."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField
from asn_eval.forms import ScopedModelForm
from asn_eval.tables import TableError, read_table
from evaluations.evidence_forms import NotInTheFutureMixin
from evaluations.indicator_columns import columns_of, headings_of
from evaluations.measurement_lines import DATE_HEADINGS, MOST_LINES, lines_of
from evaluations.models import IndicatorSeries, Measurement
from evaluations.predicates import predicates
from programs.models.programs import Polarity

MAX_BYTES = 10 * 1024 * 1024
LONGEST_PASTE = 200_000  # characters
COUNT_PREFIX = "jumlah-"
NUMBER_ONLY = ("unit", "polarity")


class IndicatorForm(ScopedModelForm):
    groups = (
        (gettext_lazy("Yang diukur"), ("name", "agency_name", "objective", "scale")),
        (gettext_lazy("Cara membaca angkanya"), ("unit", "polarity", "baseline", "target")),
        (gettext_lazy("Asal angka dan pembanding"), ("source", "compared_with")),
    )

    class Meta:
        model = IndicatorSeries
        fields = (
            "name",
            "agency_name",
            "objective",
            "scale",
            "unit",
            "polarity",
            "baseline",
            "target",
            "source",
            "compared_with",
        )
        field_classes = {"target": NumberField, "baseline": NumberField}
        widgets = {"target": forms.TextInput, "baseline": forms.TextInput, "scale": forms.RadioSelect}
        help_texts = {
            "unit": gettext_lazy("Contoh: hari, menit, persen. Tidak perlu diisi untuk predikat kinerja."),
            "polarity": gettext_lazy(
                "Apakah angka yang naik berarti lebih baik. Tidak perlu diisi untuk predikat."
            ),
            "source": gettext_lazy("Dari mana angka ini, misalnya register layanan."),
            "compared_with": gettext_lazy(
                "Indikator yang sama pada unit yang tidak ikut program, bila ada. Catat dahulu sebagai indikator."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        evaluation = self.instance.evaluation
        self.fields["objective"].queryset = evaluation.program.objectives.all()
        others = evaluation.indicators.filter(scale=IndicatorSeries.Scale.NUMBER).exclude(pk=self.instance.pk)
        self.fields["compared_with"].queryset = others
        self.fields["compared_with"].label_from_instance = lambda other: f"{other.name}, {other.agency_name}"
        for name in NUMBER_ONLY:
            self.fields[name].required = False
        self.fields["scale"].choices = IndicatorSeries.Scale.choices

    def clean_scale(self):
        scale = self.cleaned_data["scale"]
        if self.instance.pk and scale != self.initial["scale"] and self.instance.measurements.exists():
            raise forms.ValidationError(
                _("Jenis ukuran tidak dapat diubah karena sudah ada pengukuran."), code="measured"
            )
        return scale

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("scale") == IndicatorSeries.Scale.PREDICATE:
            self._clean_predicates(cleaned)
        elif "scale" in cleaned:
            for name in NUMBER_ONLY:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
            self._check_comparison(cleaned)
        return cleaned

    def _clean_predicates(self, cleaned) -> None:
        """Predicates are ordered by themselves; numbers that could be mistaken for an average are refused."""
        if self.instance.pk and self.instance.compared_by.exists():
            self.add_error("scale", _("Indikator ini menjadi pembanding bagi indikator lain."))
        cleaned["unit"] = cleaned.get("unit") or _("pegawai")
        cleaned["polarity"] = Polarity.MORE
        for name in ("baseline", "target", "compared_with"):
            if cleaned.get(name) is not None:
                self.add_error(name, _("Kosongkan bagian ini: predikat tidak diukur dengan satu angka."))

    def _check_comparison(self, cleaned) -> None:
        typed = IndicatorSeries(
            scale=cleaned["scale"], unit=cleaned.get("unit", ""), polarity=cleaned.get("polarity", "")
        )
        users = self.instance.compared_by.all() if self.instance.pk else ()
        if any(not typed.is_measured_like(one) for one in users):
            self.add_error(
                "unit",
                _("Indikator ini menjadi pembanding; satuan dan arahnya harus sama dengan yang dibandingkan."),
            )
        other = cleaned.get("compared_with")
        if other is None:
            return
        if not typed.is_measured_like(other):
            self.add_error("compared_with", _("Unit pembanding harus diukur dengan satuan dan arah yang sama."))
        elif other.compared_with_id is not None:
            self.add_error("compared_with", _("Indikator ini sendiri mempunyai pembanding; pilih yang lain."))
        elif users:
            self.add_error("compared_with", _("Indikator ini sudah menjadi pembanding bagi indikator lain."))


class MeasurementForm(NotInTheFutureMixin, ScopedModelForm):
    """One value with its cases."""

    class Meta:
        model = Measurement
        fields = ("date", "value", "n")
        field_classes = {"value": NumberField}
        widgets = {"value": forms.TextInput}
        help_texts = {"value": gettext_lazy("Koma untuk desimal, misalnya 12,5.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        series = self.instance.series
        self.fields["value"].label = _("Nilai (%(unit)s)") % {"unit": series.unit}
        self.fields["value"].required = True


class PredicateForm(NotInTheFutureMixin, ScopedModelForm):
    """How many employees had each predicate on one day."""

    other_fields = tuple(f"{COUNT_PREFIX}{predicate.key}" for predicate in predicates())

    class Meta:
        model = Measurement
        fields = ("date",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for predicate in reversed(predicates()):
            name = f"{COUNT_PREFIX}{predicate.key}"
            self.fields[name] = forms.IntegerField(label=predicate.name, min_value=0, required=False)
            self.fields[name].widget.attrs["inputmode"] = "numeric"
            self.initial[name] = self.instance.counts.get(predicate.key)

    def stored_value(self, stored, name):
        if name.startswith(COUNT_PREFIX):
            return stored.counts.get(name.removeprefix(COUNT_PREFIX))
        return super().stored_value(stored, name)

    def name_in_journal(self, name):
        return "counts" if name.startswith(COUNT_PREFIX) else name

    def clean(self):
        cleaned = super().clean()
        counts = {predicate.key: cleaned.get(f"{COUNT_PREFIX}{predicate.key}") or 0 for predicate in predicates()}
        if any(counts.values()):
            self.instance.counts = {key: n for key, n in counts.items() if n}
        elif not any(name.startswith(COUNT_PREFIX) for name in self.errors):
            self.add_error(None, _("Isi jumlah pegawai pada paling sedikit satu predikat."))
        return cleaned

    def _post_clean(self):
        # What is missing was said in words already.
        if not self.non_field_errors():
            super()._post_clean()

    def written_fields(self):
        return [*super().written_fields(), "counts"]


class MeasurementLinesForm(forms.Form):
    """Lines pasted from a spreadsheet, or a file whose lines take their place."""

    lines = forms.CharField(
        label=gettext_lazy("Tempel dari lembar kerja"),
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "pasted-lines", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("atau unggah berkas"),
        required=False,
        help_text=gettext_lazy("Excel (.xlsx, .xls), OpenDocument (.ods), atau CSV; paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
    )

    def __init__(self, *args, series: IndicatorSeries, **kwargs):
        super().__init__(*args, **kwargs)
        self.series = series
        columns = ", ".join(headings_of(series))
        self.fields["lines"].help_text = _("Satu baris satu tanggal: Tanggal, %(columns)s.") % {"columns": columns}

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("file")
        if upload:
            cleaned["lines"] = self._lines_of_file(upload)
        elif not self.errors and not cleaned.get("lines", "").strip():
            self.add_error("lines", _("Tempel barisnya di sini, atau pilih berkas."))
        return cleaned

    def _lines_of_file(self, upload) -> str:
        headings = {*DATE_HEADINGS, *headings_of(self.series)}
        headings |= {heading for column in columns_of(self.series) for heading in column.headings}
        try:
            table = read_table(
                upload.read(MAX_BYTES + 1),
                filename=upload.name,
                header_hint=headings,
                max_bytes=MAX_BYTES,
                max_rows=MOST_LINES,
            )
        except TableError as error:
            self.add_error("file", str(error))
            return ""
        return lines_of(table)

    def field_groups(self):
        yield "", [self[name] for name in self.fields]
