"""Form fields that take what people write: a number with a comma, a region by name."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from asn_eval.accounts.models import Region
from asn_eval.numbers import marks_of

OLDEST_YEAR, LATEST_YEAR = 1945, 2100  # what lies outside is a slip of the finger: 0206 for 2026


def check_year(value: date) -> None:
    """Raise ``ValidationError`` for a year that no record of ours can carry."""
    if not OLDEST_YEAR <= value.year <= LATEST_YEAR:
        raise forms.ValidationError(_("Tahun ini tampaknya keliru; periksa tanggalnya."), code="year")


class NumberField(forms.DecimalField):
    """A decimal as the language of the page writes it: 1.234,5 in Indonesian, 1,234.5 in English.

    1.234 alone could mean either, so it is refused with both spellings named.
    """

    widget = forms.TextInput

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"inputmode": "decimal"}

    def to_python(self, value):
        return super().to_python(self._plain(value) if isinstance(value, str) else value)

    def _plain(self, typed: str) -> str:
        text = re.sub(r"\s", "", typed)
        marks = marks_of(get_language() or "id")
        if marks.decimal in text:
            return text.replace(marks.thousands, "").replace(marks.decimal, ".")
        if re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}{re.escape(marks.thousands)}\d{{3}}", text):
            raise forms.ValidationError(
                _("“%(typed)s” dapat dibaca dua cara. Tulis %(whole)s atau %(fraction)s."),
                code="ambiguous",
                params={
                    "typed": typed.strip(),
                    "whole": text.replace(marks.thousands, ""),
                    "fraction": text.replace(marks.thousands, marks.decimal),
                },
            )
        if text.count(marks.thousands) > 1:
            return text.replace(marks.thousands, "")
        return text.replace(marks.thousands, ".")

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        return f"{value.normalize():f}".replace(".", marks_of(get_language() or "id").decimal)


class SuggestedInput(forms.TextInput):
    """A text input that asks the page of a name for suggestions while somebody types."""

    def __init__(self, url_name: str, attrs=None):
        asking = {
            "autocomplete": "off",
            "hx-get": reverse_lazy(url_name),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "next datalist",
        }
        super().__init__(asking | (attrs or {}))

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{attrs['id']}-list"
        field = super().render(name, value, attrs | {"list": list_id}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', field, list_id)


class RegionInput(SuggestedInput):
    """A text input that asks for the names of regions."""

    def __init__(self, attrs=None):
        super().__init__("region_search", attrs)


class RegionField(forms.CharField):
    """A region typed by name or code, with suggestions; holds a ``Region`` after cleaning."""

    widget = RegionInput
    default_error_messages = {
        "unknown": gettext_lazy("Wilayah tidak ditemukan. Ketik sebagian nama lalu pilih dari daftar."),
        "ambiguous": gettext_lazy("Ada beberapa wilayah dengan nama ini. Pilih satu dari daftar."),
        "outside": gettext_lazy("Wilayah ini di luar wilayah kerja kantor Anda."),
    }

    def __init__(self, *, user=None, **kwargs):
        self.user = user
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if isinstance(value, int):
            value = Region.objects.filter(pk=value).first()
        return value.label if isinstance(value, Region) else value

    def clean(self, value):
        text = super().clean(value)
        if text in self.empty_values:
            return None
        code = text.rsplit("(", 1)[-1].rstrip(")") if text.endswith(")") else text
        found = list(Region.objects.filter(code=code)[:1]) or list(Region.objects.search(text)[:2])
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            raise forms.ValidationError(self.error_messages["ambiguous"], code="ambiguous")
        if self.user and not Region.objects.open_to(self.user).filter(pk=found[0].pk).exists():
            raise forms.ValidationError(self.error_messages["outside"], code="outside")
        return found[0]
