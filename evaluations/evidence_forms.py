"""Forms of what was heard, seen, read and measured."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import ScopedModelForm
from evaluations.models import Interview
from evaluations.passages import find_passage

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


class InterviewForm(NotInTheFutureMixin, ScopedModelForm):
    groups = (
        (
            gettext_lazy("Informan"),
            ("informant_role", "informant_name", "unit", "consent"),
        ),
        (gettext_lazy("Wawancara"), ("date", "interviewer", "place", "text")),
    )

    class Meta:
        model = Interview
        fields = (
            "informant_role",
            "informant_name",
            "unit",
            "consent",
            "date",
            "interviewer",
            "place",
            "text",
        )
        widgets = {"consent": forms.RadioSelect, "text": long_text(14)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"].choices = Interview.Consent.choices

    def clean_text(self):
        """What a finding quotes stays in the text."""
        text = self.cleaned_data["text"]
        quotes = [evidence.quote for evidence in self.instance.evidence.all()] if self.instance.pk else []
        lost = [quote for quote in quotes if find_passage(text, quote) is None]
        if lost:
            raise forms.ValidationError(
                [
                    forms.ValidationError(
                        _("Bagian ini dikutip oleh sebuah temuan dan tidak boleh hilang: “%(quote)s”."),
                        code="quoted",
                        params={"quote": shortened(quote)},
                    )
                    for quote in lost
                ]
            )
        return text

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("consent") == Interview.Consent.BY_NAME and not cleaned.get("informant_name"):
            self.add_error(
                "informant_name",
                _("Isi nama informan, atau pilih persetujuan dikutip dengan peran saja."),
            )
        return cleaned


def shortened(quote: str) -> str:
    return quote if len(quote) <= SHOWN_OF_A_QUOTE else quote[: SHOWN_OF_A_QUOTE - 1].rstrip() + "…"
