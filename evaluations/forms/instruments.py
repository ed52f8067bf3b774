"""Forms of an instrument as a whole and of the settings of one version."""

from collections.abc import Iterator
from decimal import Decimal

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from asn_eval.numbers import marks_of
from evaluations.item_lines import LineError, key_from, plain_number, split_line
from evaluations.models import Instrument, InstrumentVersion, Survey

LONGEST_GRADE, LONGEST_MEANING, LONGEST_DIMENSION = 10, 60, 100
MOST_LINES = 100


class StampedForm(forms.Form):
    """Carries the mark of what the page showed when it was opened; the action compares it."""

    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    # Fields that say something only together; ``other_differences`` says it.
    told_together: tuple[str, ...] = ()

    def other_differences(self, stored) -> Iterator[tuple[str, str]]:
        """(label, what is stored) of what differs from ``stored``, the form as it would be opened now."""
        yield from ()


class DescriptionForm(StampedForm, forms.ModelForm):
    """What an instrument is, for whom and when it is asked."""

    audience = forms.MultipleChoiceField(
        label=gettext_lazy("Responden"),
        choices=Survey.Group.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Kelompok yang diusulkan ketika survei direncanakan."),
    )
    waves = forms.MultipleChoiceField(
        label=gettext_lazy("Gelombang"),
        choices=Survey.Wave.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Saat yang diusulkan ketika survei direncanakan."),
    )
    groups = (
        ("", ("name", "kind", "description", "source")),
        (gettext_lazy("Dipakai untuk"), ("audience", "waves")),
    )

    class Meta:
        model = Instrument
        fields = ["name", "kind", "description", "source", "audience", "waves"]
        help_texts = {
            "source": gettext_lazy("Dari mana isinya: peraturan, buku, atau susunan sendiri."),
        }
        widgets = {"description": forms.Textarea({"rows": 3})}

    def field_groups(self):
        for heading, names in self.groups:
            yield heading, [self[name] for name in names if name in self.fields]

    def _post_clean(self):
        """The action writes; the instance stays as it was read."""

    @property
    def values(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewInstrumentForm(DescriptionForm):
    scoring = forms.ChoiceField(
        label=gettext_lazy("Cara penilaian"),
        choices=InstrumentVersion.Scoring.choices,
        help_text=gettext_lazy(
            "Panduan wawancara dan lembar tanpa skala: pilih “Tanpa skor gabungan”. Dapat diubah kemudian."
        ),
    )
    groups = (("", ("name", "kind", "description", "source", "scoring")), DescriptionForm.groups[1])


class CopyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nama salinan"), max_length=150)

    def field_groups(self):
        yield "", [self["name"]]


class SettingsForm(StampedForm):
    """How a version is scored. Dimensions, bands and weights are written line by line."""

    scoring = forms.ChoiceField(label=gettext_lazy("Cara penilaian"), choices=InstrumentVersion.Scoring.choices)
    dimensions = forms.CharField(
        label=gettext_lazy("Dimensi, satu setiap baris"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy(
            "Tulis: nama | terjemahan, menurut urutan dalam laporan. Kode dalam kurung siku menandai dimensi yang "
            "sudah ada; jangan diubah."
        ),
    )
    bands = forms.CharField(
        label=gettext_lazy("Rentang nilai, dari yang terbaik"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy(
            "Tulis: batas bawah | mutu | nama | terjemahan. Contoh: 88,31 | A | Sangat baik | Excellent"
        ),
    )
    weights = forms.CharField(
        label=gettext_lazy("Bobot"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy(
            "Untuk Survei Kepuasan Masyarakat. Tulis: kode butir = bobot, satu setiap baris. Kosong berarti semua "
            "berbobot sama."
        ),
    )
    legal_source = forms.CharField(
        label=gettext_lazy("Dasar skala, rentang, dan bobot"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Peraturan atau keputusan yang menetapkannya, dengan nomor dan tahun."),
    )
    groups = (
        ("", ("scoring", "dimensions")),
        (gettext_lazy("Rentang dan bobot"), ("bands", "weights", "legal_source")),
    )
    field_groups = DescriptionForm.field_groups

    def clean_dimensions(self):
        lines = [_read(split_line, line, 2) for line in _filled_lines(self.cleaned_data["dimensions"])]
        taken = {key for key, _parts in lines if key}
        dimensions: dict[str, dict] = {}
        for place, (key, (name, english)) in enumerate(lines, start=1):
            key = key or key_from(name, {*taken, *dimensions}, otherwise="dimensi")
            if key in dimensions:
                raise forms.ValidationError(_("Kode %(key)s tertulis dua kali.") % {"key": key})
            if max(len(name), len(english)) > LONGEST_DIMENSION:
                raise forms.ValidationError(
                    _("Nama dimensi paling panjang %(n)s huruf.") % {"n": LONGEST_DIMENSION}
                )
            dimensions[key] = {"id": name, "en": english, "order": place}
        return dimensions

    def clean_bands(self):
        bands = []
        for line in _filled_lines(self.cleaned_data["bands"]):
            parts = [part.strip() for part in line.split("|")]
            if len(parts) not in (3, 4) or not all(parts[:3]) or len(parts[1]) > LONGEST_GRADE:
                raise forms.ValidationError(
                    _("“%(line)s”: tulis batas bawah | mutu | nama | terjemahan.") % {"line": line}
                )
            english = parts[3] if len(parts) == 4 else ""
            if max(len(parts[2]), len(english)) > LONGEST_MEANING:
                raise forms.ValidationError(_("Nama mutu paling panjang %(n)s huruf.") % {"n": LONGEST_MEANING})
            bands.append({"low": _decimal(parts[0], line), "grade": parts[1], "id": parts[2], "en": english})
        lows = [Decimal(band["low"]) for band in bands]
        if lows != sorted(set(lows), reverse=True):
            raise forms.ValidationError(_("Urutkan rentang dari batas yang tertinggi; tiap batas hanya sekali."))
        return bands

    def clean_weights(self):
        weights: dict[str, str] = {}
        for line in _filled_lines(self.cleaned_data["weights"]):
            key, _sign, weight = (part.strip() for part in line.partition("="))
            if not key or not weight or key in weights:
                raise forms.ValidationError(
                    _("“%(line)s”: tulis kode = bobot, tiap kode sekali.") % {"line": line}
                )
            weights[key] = _decimal(weight, line)
            if Decimal(weights[key]) < 0:
                raise forms.ValidationError(_("“%(line)s”: bobot tidak boleh negatif.") % {"line": line})
        return weights

    @property
    def values(self) -> dict[str, object]:
        return {name: value for name, value in self.cleaned_data.items() if name != "stamp"}


def settings_of(version: InstrumentVersion) -> dict[str, object]:
    """What the form shows when it is opened."""
    ordered = sorted(version.dimensions.items(), key=lambda each: each[1].get("order", 0))
    mark = marks_of(get_language() or "id").decimal
    dimensions = [f"[{key}] {_joined(names['id'], names.get('en'))}" for key, names in ordered]
    bands = [
        " | ".join(filter(None, (band["low"].replace(".", mark), band["grade"], band["id"], band.get("en"))))
        for band in version.bands
    ]
    weights = [f"{key} = {weight.replace('.', mark)}" for key, weight in sorted(version.weights.items())]
    return {
        "scoring": version.scoring,
        "dimensions": "\n".join(dimensions),
        "bands": "\n".join(bands),
        "weights": "\n".join(weights),
        "legal_source": version.legal_source,
    }


def _filled_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(_("Paling banyak %(n)s baris.") % {"n": MOST_LINES})
    return lines


def _read(read, line: str, most: int):
    try:
        return read(line, most)
    except LineError as error:
        raise forms.ValidationError(str(error)) from error


def _joined(indonesian: str, english: str | None) -> str:
    return f"{indonesian} | {english}" if english else indonesian


def _decimal(text: str, line: str) -> str:
    """A decimal as it is stored: with a point, as it was written."""
    number = plain_number(text)
    if number is None:
        raise forms.ValidationError(_("“%(line)s”: “%(text)s” bukan angka.") % {"line": line, "text": text})
    return f"{number:f}"
