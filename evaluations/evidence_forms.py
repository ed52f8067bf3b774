"""Forms of what was heard, seen, read and measured."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField
from asn_eval.forms import ScopedModelForm
from evaluations.models import CaseStudy, DocumentReview, IndicatorSeries, Measurement, Observation

SHOWN_OF_A_QUOTE = 60  # characters; enough to find the passage again


def long_text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NotInTheFutureMixin:
    """What is recorded here has happened."""

    def clean_date(self):
        when = self.cleaned_data["date"]
        if when > timezone.localdate():
            raise forms.ValidationError(_("Tanggal ini belum tiba."), code="future")
        return when


def shortened(quote: str) -> str:
    return quote if len(quote) <= SHOWN_OF_A_QUOTE else quote[: SHOWN_OF_A_QUOTE - 1].rstrip() + "…"


class ObservationForm(NotInTheFutureMixin, ScopedModelForm):
    class Meta:
        model = Observation
        fields = ("unit", "date", "observer", "before", "after")
        widgets = {"before": long_text(4), "after": long_text(6)}


class DocumentReviewForm(NotInTheFutureMixin, ScopedModelForm):
    class Meta:
        model = DocumentReview
        fields = ("title", "kind", "number", "date", "shows")
        widgets = {"shows": long_text(6)}


class CaseStudyForm(ScopedModelForm):
    class Meta:
        model = CaseStudy
        fields = ("title", "unit", "before", "applied", "after", "public_effect", "source")
        widgets = {name: long_text(4) for name in ("before", "applied", "after", "public_effect")}


class IndicatorForm(ScopedModelForm):
    class Meta:
        model = IndicatorSeries
        fields = ("name", "agency_name", "unit", "polarity", "target", "source")
        field_classes = {"target": NumberField}
        widgets = {"target": forms.TextInput}
        help_texts = {
            "unit": gettext_lazy("Contoh: hari, menit, persen."),
            "source": gettext_lazy("Dari mana angka ini, misalnya register layanan."),
        }


class MeasurementForm(NotInTheFutureMixin, ScopedModelForm):
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
