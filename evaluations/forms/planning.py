"""All surveys of an evaluation on one page: the dates of the waves, and who is asked what in which of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField, check_year
from asn_eval.forms import DateInput
from evaluations.actions.surveys import SurveyPlan, WavePlan
from evaluations.due_dates import WaveDates
from evaluations.forms.surveys import MODES, VersionField, ready_versions
from evaluations.models import InstrumentVersion, Survey
from evaluations.sampling import LARGEST_POPULATION, invitations_needed, krejcie_morgan

EMPTY_ROWS = 3


class WaveDatesForm(forms.Form):
    """When each wave opens and closes; a wave that nobody is asked in may stay without dates."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for wave, label in Survey.Wave.choices:
            for end, words in (("opens", _("dibuka mulai")), ("closes", _("ditutup setelah"))):
                self.fields[f"{wave}_{end}"] = forms.DateField(
                    label=f"{label}: {words}",
                    widget=DateInput(attrs={"class": "form-control"}),
                    required=False,
                    validators=[check_year],
                )
        self.fields["follows_dates"] = forms.BooleanField(
            label=_("Buka dan tutup semuanya menurut tanggal ini, tanpa ditekan"),
            required=False,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        )

    @staticmethod
    def initial_of(dates: Mapping[str, WaveDates]) -> dict[str, date]:
        """The proposed dates as they stand in the form."""
        initial = {}
        for wave, each in dates.items():
            initial |= {f"{wave}_opens": each.opens_on, f"{wave}_closes": each.closes_on}
        return initial

    def rows(self) -> list[tuple[str, str, forms.BoundField, forms.BoundField]]:
        """(wave, its name, first day, last day)."""
        return [
            (wave, label, self[f"{wave}_opens"], self[f"{wave}_closes"]) for wave, label in Survey.Wave.choices
        ]

    def require(self, waves: Iterable[str]) -> None:
        """Add an error where one of these waves lacks a date, or ends before it begins."""
        for wave in waves:
            opens, closes = (self.cleaned_data.get(f"{wave}_{end}") for end in ("opens", "closes"))
            for end, value in (("opens", opens), ("closes", closes)):
                if value is None and f"{wave}_{end}" not in self.errors:
                    self.add_error(f"{wave}_{end}", _("Isi tanggal ini, karena gelombangnya dipakai."))
            if opens and closes and closes < opens:
                self.add_error(f"{wave}_closes", _("Tanggal tutup tidak boleh mendahului tanggal buka."))

    def plan(self, wave: str) -> WavePlan:
        return WavePlan(wave, self.cleaned_data[f"{wave}_opens"], self.cleaned_data[f"{wave}_closes"])


class PlanRowForm(forms.Form):
    """One group of respondents: what it is asked, how, and in which waves. Without either it is not asked."""

    group = forms.ChoiceField(label=gettext_lazy("Responden"), choices=Survey.Group)
    version = VersionField(
        queryset=InstrumentVersion.objects.none(),
        label=gettext_lazy("Instrumen"),
        empty_label=gettext_lazy("Tidak ditanya"),
        required=False,
    )
    mode = forms.ChoiceField(label=gettext_lazy("Kerahasiaan"), choices=MODES, required=False)
    waves = forms.MultipleChoiceField(
        label=gettext_lazy("Gelombang"),
        choices=Survey.Wave,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_retrospective = forms.BooleanField(
        label=gettext_lazy("Retrospektif (“sebelum” menurut ingatan)"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = ready_versions()
        for name in ("group", "version", "mode"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("waves", "is_retrospective"):
            self.fields[name].widget.attrs["class"] = "form-check-input"

    def choice_fields(self) -> list[forms.BoundField]:
        """The fields that are chosen from a list."""
        return [self["group"], self["version"], self["mode"]]

    def clean(self):
        cleaned = super().clean()
        version, waves = cleaned.get("version"), cleaned.get("waves", [])
        if not version:
            return cleaned
        if cleaned.get("is_retrospective") and Survey.Wave.BEFORE in waves:
            self.add_error("waves", _("Survei retrospektif diadakan sesudah program."))
        is_public = cleaned.get("group") == Survey.Group.PUBLIC
        if version.scoring == InstrumentVersion.Scoring.SKM and not is_public:
            self.add_error("group", _("Survei Kepuasan Masyarakat selalu ditujukan kepada masyarakat."))
        cleaned["mode"] = Survey.Mode.ANONYMOUS if is_public else cleaned.get("mode") or Survey.Mode.CONFIDENTIAL
        return cleaned

    @property
    def is_asked(self) -> bool:
        return bool(self.cleaned_data.get("version") and self.cleaned_data.get("waves"))

    def plan(self, dates: WaveDatesForm) -> SurveyPlan:
        cleaned = self.cleaned_data
        return SurveyPlan(
            version=cleaned["version"],
            group=cleaned["group"],
            mode=cleaned["mode"],
            waves=[dates.plan(wave) for wave in cleaned["waves"]],
            is_retrospective=cleaned["is_retrospective"],
            settings={"follows_dates": dates.cleaned_data["follows_dates"]},
        )


PlanRowFormSet = forms.formset_factory(PlanRowForm, extra=EMPTY_ROWS, max_num=30, validate_max=True)


def proposed_rows(surveys: Iterable[Survey]) -> list[dict[str, object]]:
    """A row for each group that a ready instrument is made for and that is not asked yet, by group."""
    asked = {(survey.version.instrument_id, survey.group) for survey in surveys}
    rows = []
    for version in ready_versions():
        instrument = version.instrument
        for group in instrument.audience:
            if (instrument.pk, group) not in asked and instrument.waves:
                row = {"group": group, "version": version.pk, "waves": [], "name": instrument.name}
                # What is saved for the public whatever is chosen, so that the row does not promise another thing.
                mode = Survey.Mode.ANONYMOUS if group == Survey.Group.PUBLIC else Survey.Mode.CONFIDENTIAL
                rows.append(row | {"mode": mode, "group_name": Survey.Group(group).label})
    order = Survey.Group.values
    return sorted(rows, key=lambda row: (order.index(row["group"]), row["name"]))


class SampleSizeForm(forms.Form):
    """How many of the public must answer, and how many to ask for that."""

    population = NumberField(
        label=gettext_lazy("Banyaknya penerima layanan"),
        min_value=1,
        max_value=LARGEST_POPULATION,
        decimal_places=0,
    )
    margin = NumberField(
        label=gettext_lazy("Batas kesalahan (%)"), min_value=1, max_value=20, initial=5, decimal_places=1
    )
    expected_rate = NumberField(
        label=gettext_lazy("Perkiraan yang menjawab (%)"), min_value=1, max_value=100, initial=40, decimal_places=0
    )

    def result(self) -> tuple[int, int]:
        """(answers that are needed, people to ask)."""
        cleaned = self.cleaned_data
        sample = krejcie_morgan(int(cleaned["population"]), margin=Decimal(cleaned["margin"]) / 100)
        return sample, invitations_needed(sample, expected_rate=Decimal(cleaned["expected_rate"]) / 100)
