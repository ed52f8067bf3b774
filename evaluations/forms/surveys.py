"""Planning the waves of a survey, and changing one of them."""

from django import forms
from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import check_year
from asn_eval.forms import DateInput, ScopedModelForm
from evaluations.actions.surveys import WavePlan, check_mode
from evaluations.models import Evaluation, Instrument, InstrumentVersion, Survey
from evaluations.models.instruments import SILENT_TYPES

PARTICIPANT, PUBLIC = Survey.Group.PARTICIPANT, Survey.Group.PUBLIC
AUDIENCES = (
    (Survey.Mode.CONFIDENTIAL, gettext_lazy("Peserta, rahasia: dikenal aplikasi, nama tidak tampil pada hasil")),
    (Survey.Mode.NAMED, gettext_lazy("Peserta, bernama: evaluator dapat membaca jawaban dengan namanya")),
    (Survey.Mode.ANONYMOUS, gettext_lazy("Masyarakat, anonim: satu tautan umum, tidak ada yang dikenal")),
)
MODES = (
    (Survey.Mode.CONFIDENTIAL, gettext_lazy("Rahasia: nama tidak tampil pada hasil")),
    (Survey.Mode.NAMED, gettext_lazy("Bernama: evaluator tahu siapa menjawab apa")),
    (Survey.Mode.ANONYMOUS, gettext_lazy("Anonim: terpisah dari nama, lalu disegel")),
)


def ready_versions() -> QuerySet:
    """The newest version of every instrument that is ready for use, with its number of items."""
    newest = InstrumentVersion.objects.filter(instrument=OuterRef("instrument")).order_by("-number")
    return (
        InstrumentVersion.objects.filter(
            instrument__is_ready=True,
            instrument__kind=Instrument.Kind.QUESTIONNAIRE,
            pk=Subquery(newest.values("pk")[:1]),
        )
        .select_related("instrument")
        .annotate(n_items=Count("items", filter=~Q(items__type__in=SILENT_TYPES)))
        .order_by("instrument__name")
    )


def group_of(mode: str) -> str:
    """Only the public is anonymous, and the public always is."""
    return PUBLIC if mode == Survey.Mode.ANONYMOUS else PARTICIPANT


class VersionField(forms.ModelChoiceField):
    def label_from_instance(self, version):
        return _("%(name)s (%(count)s butir)") % {"name": version.instrument.name, "count": version.n_items}


def _wave_date(label) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, required=False, validators=[check_year])


class PlanForm(forms.Form):
    """One instrument, one audience, and the dates of one wave or both."""

    groups = (
        (gettext_lazy("Apa yang ditanyakan, kepada siapa"), ("version", "mode")),
        (gettext_lazy("Sebelum program"), ("before", "before_opens", "before_closes")),
        (gettext_lazy("Sesudah program"), ("after", "after_opens", "after_closes")),
    )
    field_groups = ScopedModelForm.field_groups

    version = VersionField(
        queryset=InstrumentVersion.objects.none(),
        label=gettext_lazy("Instrumen"),
        empty_label=gettext_lazy("Pilih instrumen"),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Responden dan kerahasiaan"),
        choices=AUDIENCES,
        initial=Survey.Mode.CONFIDENTIAL,
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy("Survei Kepuasan Masyarakat selalu ditujukan kepada masyarakat dan anonim."),
    )
    before = forms.BooleanField(label=gettext_lazy("Tanyakan sebelum program"), required=False)
    before_opens = _wave_date(gettext_lazy("Dibuka mulai"))
    before_closes = _wave_date(gettext_lazy("Ditutup setelah"))
    after = forms.BooleanField(label=gettext_lazy("Tanyakan sesudah program"), required=False)
    after_opens = _wave_date(gettext_lazy("Dibuka mulai"))
    after_closes = _wave_date(gettext_lazy("Ditutup setelah"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = ready_versions()

    def clean(self):
        cleaned = super().clean()
        version = cleaned.get("version")
        if version and version.scoring == InstrumentVersion.Scoring.SKM:
            cleaned["mode"] = Survey.Mode.ANONYMOUS
        elif not cleaned.get("mode"):
            cleaned["mode"] = Survey.Mode.CONFIDENTIAL
        for wave in ("before", "after"):
            if cleaned.get(wave):
                self._check_dates(wave)
        if not cleaned.get("before") and not cleaned.get("after"):
            self.add_error("before", _("Pilih paling sedikit satu gelombang."))
        if cleaned.get("before") and cleaned.get("after") and not self.errors:
            self._check_order()
        return cleaned

    def _check_dates(self, wave: str) -> None:
        opens, closes = (self.cleaned_data.get(f"{wave}_{end}") for end in ("opens", "closes"))
        for end in ("opens", "closes"):
            name = f"{wave}_{end}"
            if self.cleaned_data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Isi tanggal ini, atau hilangkan tanda pada gelombangnya."))
        if opens and closes and closes < opens:
            self.add_error(f"{wave}_closes", _("Tanggal tutup tidak boleh mendahului tanggal buka."))

    def _check_order(self) -> None:
        if self.cleaned_data["after_opens"] < self.cleaned_data["before_closes"]:
            self.add_error(
                "after_opens", _("Gelombang sesudah tidak boleh dibuka sebelum gelombang sebelum ditutup.")
            )

    def wave_plans(self) -> list[WavePlan]:
        cleaned = self.cleaned_data
        return [
            WavePlan(wave, cleaned[f"{name}_opens"], cleaned[f"{name}_closes"])
            for name, wave in (("before", Survey.Wave.BEFORE), ("after", Survey.Wave.AFTER))
            if cleaned[name]
        ]


def proposed_dates(evaluation: Evaluation) -> dict:
    """Before: up to the first day of the program. After: from its last day on."""
    program = evaluation.program
    after_opens = min(max(program.end_date, evaluation.start_date), evaluation.end_date)
    before_opens = min(evaluation.start_date, program.start_date)
    return {
        "before": evaluation.design != Evaluation.Design.AFTER_ONLY,
        "before_opens": before_opens,
        "before_closes": program.start_date,
        "after": True,
        "after_opens": after_opens,
        "after_closes": evaluation.end_date,
    }


class SurveyForm(ScopedModelForm):
    """Dates may always change; what respondents were promised and asked stays once the survey was opened."""

    version = VersionField(queryset=InstrumentVersion.objects.none(), label=gettext_lazy("Instrumen"))

    class Meta:
        model = Survey
        fields = (
            "version",
            "mode",
            "opens_on",
            "closes_on",
            "follows_dates",
            "layout",
            "purpose",
            "purpose_en",
            "sends_mail",
            "remind_after",
            "most_mails",
        )
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("purpose", "purpose_en")}

    groups = (
        (gettext_lazy("Apa yang ditanyakan"), ("version", "mode")),
        (gettext_lazy("Kapan"), ("opens_on", "closes_on", "follows_dates")),
        (gettext_lazy("Yang dibaca responden"), ("purpose", "purpose_en", "layout")),
        (gettext_lazy("Undangan dan pengingat lewat surel"), ("sends_mail", "remind_after", "most_mails")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.received = self.instance.responses.aggregate(first=Min("received_on"), last=Max("received_on"))
        is_skm = self.instance.version.scoring == InstrumentVersion.Scoring.SKM
        same_audience = Q(scoring=InstrumentVersion.Scoring.SKM)
        candidates = ready_versions().filter(same_audience if is_skm else ~same_audience)
        self.fields["version"].queryset = candidates
        self.fields["mode"].choices = MODES
        is_settled = self.instance.state != Survey.State.DRAFT or self.received["first"]
        if is_settled:
            del self.fields["version"]
        if is_settled or self.instance.is_public:
            del self.fields["mode"]
        if self.instance.is_public:
            for name in ("sends_mail", "remind_after", "most_mails"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        first, last = self.received["first"], self.received["last"]
        if first and cleaned.get("opens_on", first) > first:
            self.add_error("opens_on", _("Sudah ada jawaban tanggal %(day)s.") % {"day": date_format(first)})
        if last and cleaned.get("closes_on", last) < last:
            self.add_error("closes_on", _("Sudah ada jawaban tanggal %(day)s.") % {"day": date_format(last)})
        if cleaned.get("mode") == Survey.Mode.ANONYMOUS:
            self.instance.mode = Survey.Mode.ANONYMOUS
            check_mode(self.instance)
        if cleaned.get("version") and self._siblings().filter(version=cleaned["version"]).exists():
            self.add_error("version", _("Survei dengan instrumen, responden, dan gelombang ini sudah ada."))
        return cleaned

    def _siblings(self):
        survey = self.instance
        same = survey.evaluation.surveys.filter(
            group=survey.group, wave=survey.wave, is_retrospective=survey.is_retrospective
        )
        return same.exclude(pk=survey.pk)
