"""A unit kerja and a person, typed with suggestions; only those in sight are found."""

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import search_key
from asn_eval.fields import SuggestedInput
from asn_eval.nip import DIGITS
from programs.models import Agency, Person
from programs.registry import with_words

# What stands between a name and that which tells it from others of the same name.
BETWEEN = " · "
SHOWN_CHOICES = 3


def unit_label(agency: Agency) -> str:
    """How a unit stands in an input: its name and, because names return elsewhere, its region."""
    return f"{agency.name}{BETWEEN}{agency.region}"


def person_label(person: Person) -> str:
    """How a person stands in an input."""
    return f"{person.name}{BETWEEN}{person.nip_printed}"


class NipInput(forms.TextInput):
    """A text input under which stands, once the number is typed, what the number says."""

    def __init__(self, attrs=None):
        asking = {
            "autocomplete": "off",
            "inputmode": "numeric",
            "hx-get": reverse_lazy("nip_reading"),
            "hx-trigger": "change",
            "hx-target": "next .nip-reading",
        }
        super().__init__(asking | (attrs or {}))

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<div class="nip-reading" aria-live="polite"></div>', field)


class TypedRowField(forms.CharField):
    """A row of a list, typed by name. The form names ``user`` and says what stands there by ``keep``."""

    url_name: str

    def __init__(self, *, user=None, **kwargs):
        self.user = user
        self.current = None
        self.current_label = ""
        super().__init__(widget=SuggestedInput(self.url_name), **kwargs)

    def keep(self, row) -> None:
        """``row`` stands in the record: untouched it stays, even where it lies outside one's own area."""
        if row is not None:
            self.current = row
            in_sight = type(row).objects.visible_to(self.user).filter(pk=row.pk).exists()
            self.current_label = self.label_of(row) if in_sight else row.name

    def label_of(self, row) -> str:
        raise NotImplementedError

    def find(self, text: str) -> list:
        """Up to a few rows that ``text`` may mean."""
        raise NotImplementedError

    def prepare_value(self, value):
        return self.current_label if self.current is not None and value == self.current.pk else value

    def has_changed(self, initial, data):
        return data != self.prepare_value(initial)

    def clean(self, value):
        text = " ".join(super().clean(value).split())
        if text in self.empty_values:
            return None
        if self.current is not None and text == " ".join(self.current_label.split()):
            return self.current
        found = self.find(text)
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            shown = "; ".join(self.label_of(row) for row in found[:SHOWN_CHOICES])
            raise forms.ValidationError(
                self.error_messages["ambiguous"], code="ambiguous", params={"choices": shown}
            )
        return found[0]


class UnitField(TypedRowField):
    url_name = "unit_search"
    default_error_messages = {
        "unknown": gettext_lazy(
            "Unit kerja ini tidak ditemukan. Pilih dari saran; unit baru ditambahkan lebih dulu pada Data induk."
        ),
        "ambiguous": gettext_lazy("Nama ini dapat berarti beberapa unit: %(choices)s. Pilih satu dari saran."),
    }

    def label_of(self, row):
        return unit_label(row)

    def find(self, text):
        agencies = Agency.objects.visible_to(self.user).select_related("region")
        name, _between, region = text.partition(BETWEEN)
        if region:
            exact = list(agencies.filter(name__iexact=name, region__full_name=region)[:2])
            if exact:
                return exact
        key = search_key(text)
        if not key:
            return []
        named = list(agencies.filter(search_name=key)[: SHOWN_CHOICES + 1])
        return named or list(agencies.filter(search_name__contains=key)[: SHOWN_CHOICES + 1])


class PersonField(TypedRowField):
    url_name = "person_search"
    default_error_messages = {
        "unknown": gettext_lazy("Tidak ada ASN tercatat dengan nama atau NIP ini. Pilih dari saran."),
        "ambiguous": gettext_lazy("Nama ini dapat berarti beberapa orang: %(choices)s. Pilih satu dari saran."),
    }

    def label_of(self, row):
        return person_label(row)

    def find(self, text):
        people = Person.objects.visible_to(self.user)
        nip = "".join(text.rpartition(BETWEEN)[2].split())
        if nip.isascii() and nip.isdigit():
            return list(people.filter(nip=nip)[:1]) if len(nip) == DIGITS else []
        return list(with_words(people, text)[: SHOWN_CHOICES + 1]) if search_key(text) else []
