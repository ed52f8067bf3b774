"""Units kerja, in a tree."""

import re

from django import forms
from django.urls import reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import named_like
from asn_eval.fields import RegionField, RegionInput
from asn_eval.forms import ScopedModelForm
from asn_eval.views import key_in
from programs.models import Agency
from programs.models.organisations import DEEPEST

LABEL_NUMBER = re.compile(r"\[([0-9]{1,18})\]\s*$")  # what Agency.label ends with
SHOWN_CANDIDATES = 4


class AgencyInput(RegionInput):
    """A text input that asks for the names of units while somebody types."""

    def render(self, name, value, attrs=None, renderer=None):
        asking = {"hx-get": f"{reverse_lazy('agency_search')}?{urlencode({'isian': name})}"}
        return super().render(name, value, attrs | asking, renderer)


class AgencyField(forms.CharField):
    """A unit that ``user`` sees, typed by name, with suggestions; holds an ``Agency`` after cleaning."""

    widget = AgencyInput
    user = None

    @property
    def units(self):
        return Agency.objects.visible_to(self.user).select_related("region")

    def prepare_value(self, value):
        if isinstance(value, int):
            value = self.units.filter(pk=value).first()
        return value.label if isinstance(value, Agency) else value

    def clean(self, value):
        text = super().clean(value)
        if text in self.empty_values:
            return None
        number = LABEL_NUMBER.search(text)
        key = key_in(number[1] if number else text)
        found = list(self.units.filter(pk=key)) if key is not None else self._named(text)
        if not found:
            raise forms.ValidationError(
                _("Unit kerja tidak ditemukan di wilayah kerja Anda. Ketik sebagian nama lalu pilih dari daftar."),
                code="unknown",
            )
        if len(found) > 1:
            shown = "; ".join(unit.label for unit in found[:SHOWN_CANDIDATES])
            raise forms.ValidationError(
                _("Ada beberapa unit kerja dengan nama ini: %(names)s. Tulis salah satunya."),
                code="ambiguous",
                params={"names": shown},
            )
        return found[0]

    def _named(self, text: str) -> list[Agency]:
        """The one that bears exactly this name, else those in whose name it stands."""
        exact = list(self.units.filter(name__iexact=text)[: SHOWN_CANDIDATES + 1])
        return exact or list(self.units.filter(named_like(text))[: SHOWN_CANDIDATES + 1])


class AgencyForm(ScopedModelForm):
    region = RegionField(
        label=gettext_lazy("Wilayah"),
        help_text=gettext_lazy("Wilayah tempat unit kerja berada; pegawainya ikut wilayah ini."),
    )
    parent = AgencyField(
        label=gettext_lazy("Bagian dari"),
        required=False,
        help_text=gettext_lazy("Unit di atasnya. Ketik sebagian nama lalu pilih; kosongkan bila tidak ada."),
    )
    groups = (("", ("name", "kind", "region", "parent")),)

    class Meta:
        model = Agency
        fields = ("name", "kind", "region", "parent")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].user = self.user
        units = Agency.objects.visible_to(self.user)
        if self.instance.parent_id and not units.filter(pk=self.instance.parent_id).exists():
            # The unit above lies outside one's area: not offered, and so not to be lost by saving.
            del self.fields["parent"]
        else:
            self.fields["parent"].user = self.user

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent is None:
            return None
        chain = [*parent.above, parent]
        if self.instance.pk and self.instance.pk in {unit.pk for unit in chain}:
            raise forms.ValidationError(_("Unit ini membawahi unit yang sedang diubah."), code="circle")
        if len(chain) + self._height() > DEEPEST:
            raise forms.ValidationError(
                _("Susunan unit paling dalam %(levels)s tingkat."), code="depth", params={"levels": DEEPEST}
            )
        return parent

    def _height(self) -> int:
        """How many levels this unit and what is below it take."""
        height, keys = 1, [self.instance.pk]
        while self.instance.pk and height < DEEPEST:
            keys = list(Agency.objects.visible_to(self.user).filter(parent__in=keys).values_list("pk", flat=True))
            if not keys:
                break
            height += 1
        return height
