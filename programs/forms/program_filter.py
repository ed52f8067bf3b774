"""What the list of programs may be narrowed by."""

import re

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import Office, Region, search_key
from asn_eval.fields import RegionInput
from programs.models import Program

WORDS = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
MAX_WORDS = 8
FEW_REGIONS = 1_000
LONGEST = 200  # characters that somebody types


class ProgramFilterForm(forms.Form):
    """A value that it does not know narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Cari nama atau wilayah"), required=False, max_length=LONGEST)
    region = forms.CharField(label=gettext_lazy("Wilayah"), required=False, max_length=LONGEST, widget=RegionInput)
    organizer = forms.CharField(
        label=gettext_lazy("Penyelenggara"),
        required=False,
        max_length=LONGEST,
        widget=RegionInput(attrs={"hx-get": reverse_lazy("organizer_search")}),
    )
    type = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    year = forms.TypedChoiceField(label=gettext_lazy("Tahun mulai"), required=False, coerce=int)

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

    def narrow(self, programs: QuerySet) -> QuerySet:
        """Those of ``programs`` that fit every valid value."""
        wanted = self.narrowed_by()
        for word in WORDS.findall(wanted.get("q", ""))[:MAX_WORDS]:
            programs = programs.filter(_named_or_placed(word))
        if "region" in wanted:
            programs = programs.filter(_placed(wanted["region"]))
        if "organizer" in wanted:
            offices = Office.objects.filter(search_name__contains=search_key(wanted["organizer"]))
            programs = programs.filter(organizer__in=offices)
        exact = {"type": "type", "state": "state", "year": "start_date__year"}
        return programs.filter(**{exact[name]: value for name, value in wanted.items() if name in exact})


def _named_or_placed(word: str) -> Q:
    """Programs with ``word`` in their own name or in that of a region around them; either spelling."""
    named = Q(search_name__contains=search_key(word))
    # Digits are part of a name, not the code of a region: "Pelatihan 12" is not everything in 12.
    if word.isdecimal():
        return named
    few, regions = _regions(word)
    if not few:
        return named
    return named | Q(region__in=few if len(few) <= FEW_REGIONS else regions)


def _placed(text: str) -> Q:
    """Programs in the regions that ``text`` names."""
    few, regions = _regions(text)
    return Q(region__in=few if len(few) <= FEW_REGIONS else regions)


def _regions(text: str) -> tuple[list[int], QuerySet]:
    """The regions that ``text`` names: the keys of a few, looked up once; and all, to ask with every query."""
    regions = Region.objects.found_or_inside(text).order_by()
    return list(regions.values_list("pk", flat=True)[: FEW_REGIONS + 1]), regions
