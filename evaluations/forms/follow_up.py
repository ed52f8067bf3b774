"""What the register of recommendations may be narrowed by."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import Office, Region, search_key
from asn_eval.fields import RegionInput
from evaluations.follow_up_rows import in_register, is_late
from evaluations.models import Recommendation

LONGEST = 200  # characters that somebody types
MOST_WORDS = 8


class FollowUpFilterForm(forms.Form):
    """A value that it does not know narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Cari rekomendasi"), required=False, max_length=LONGEST)
    office = forms.TypedChoiceField(label=gettext_lazy("Kantor"), required=False, coerce=int)
    region = forms.CharField(label=gettext_lazy("Wilayah"), required=False, max_length=LONGEST, widget=RegionInput)
    state = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False)
    year = forms.TypedChoiceField(label=gettext_lazy("Tahun tenggat"), required=False, coerce=int)
    late = forms.ChoiceField(label=gettext_lazy("Perhatian"), required=False)

    LATE, UNANSWERED = "terlambat", "belum-ditanggapi"

    def __init__(self, *args, offices: list[Office], years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        for name, nothing, choices in (
            ("office", gettext_lazy("Semua kantor"), [(office.pk, office.name) for office in offices]),
            ("state", gettext_lazy("Semua status"), Recommendation.State.choices),
            ("kind", gettext_lazy("Semua jenis"), Recommendation.Kind.choices),
            ("year", gettext_lazy("Semua tahun"), [(year, year) for year in years]),
            (
                "late",
                gettext_lazy("Semua"),
                [
                    (self.LATE, gettext_lazy("Lewat tenggat")),
                    (self.UNANSWERED, gettext_lazy("Belum ditanggapi pimpinan")),
                ],
            ),
        ):
            self.fields[name].choices = [("", nothing), *choices]
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def narrowed_by(self) -> dict[str, object]:
        """The valid, non-empty values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    def in_words(self) -> list[str]:
        """What the list is narrowed by, for the head of a document."""
        words = []
        for name, value in self.narrowed_by().items():
            choices = dict(getattr(self.fields[name], "choices", ()))
            words.append(f"{self.fields[name].label}: {choices.get(value, value)}")
        return words

    def narrow(self, rows: QuerySet) -> QuerySet:
        """Those of the register that fit every valid value."""
        wanted = self.narrowed_by()
        rows = in_register(rows)
        for word in wanted.get("q", "").split()[:MOST_WORDS]:
            named = Q(statement__icontains=word) | Q(owner__icontains=word) | Q(evaluation__title__icontains=word)
            rows = rows.filter(named | Q(evaluation__program__search_name__contains=search_key(word)))
        if "region" in wanted:
            regions = Region.objects.found_or_inside(wanted["region"]).order_by()
            rows = rows.filter(evaluation__program__region__in=regions)
        if wanted.get("late") == self.LATE:
            rows = rows.filter(is_late(timezone.localdate()))
        elif wanted.get("late") == self.UNANSWERED:
            rows = rows.filter(answer="", state__in=(Recommendation.State.PROPOSED, Recommendation.State.RUNNING))
        exact = {"office": "office", "state": "state", "kind": "kind", "year": "due_date__year"}
        return rows.filter(**{exact[name]: value for name, value in wanted.items() if name in exact})
