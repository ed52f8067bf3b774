"""Forms of what was heard, seen, read and measured."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

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
