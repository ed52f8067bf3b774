"""Forms of findings and of the evidence they rest on."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import ScopedModelForm
from evaluations.actions.findings import source_of
from evaluations.evidence_forms import long_text, shortened
from evaluations.models import (
    CaseStudy,
    DocumentReview,
    Evaluation,
    Evidence,
    Excerpt,
    Finding,
    IndicatorSeries,
    Interview,
    Observation,
    Survey,
)

SOURCES = {
    "interview": (gettext_lazy("Wawancara"), Interview),
    "observation": (gettext_lazy("Observasi"), Observation),
    "document": (gettext_lazy("Telaah dokumen"), DocumentReview),
    "indicator": (gettext_lazy("Indikator layanan"), IndicatorSeries),
    "survey": (gettext_lazy("Survei"), Survey),
    "case_study": (gettext_lazy("Studi kasus"), CaseStudy),
}


class SourceField(forms.ChoiceField):
    """One source of one evaluation, in groups; holds the record after cleaning."""

    def offer(self, evaluation: Evaluation, user) -> None:
        self.records = {}
        choices = [("", _("Pilih sumber"))]
        for kind, (heading, model) in SOURCES.items():
            rows = model.objects.visible_to(user).filter(evaluation=evaluation)
            if model is Interview:
                rows = rows.filter(state=Interview.State.HELD, withdrawn_on=None).defer("text")
            if model is Survey:
                rows = rows.select_related("version__instrument").prefetch_related("version__items")
            group = [(f"{kind}-{row.pk}", label_of(row)) for row in rows]
            self.records |= {f"{kind}-{row.pk}": row for row in rows}
            if group:
                choices.append((heading, group))
        self.choices = choices

    def clean(self, value):
        return self.records[super().clean(value)]


def label_of(row) -> str:
    """A source in a list of choices; the date tells two interviews with one role apart."""
    when = getattr(row, "date", None)
    return f"{row} ({when:%d/%m/%Y})" if when else str(row)


class PartField(forms.ChoiceField):
    """What of a survey says it: a dimension or an item, in groups by survey; holds (survey's key, part)."""

    def offer(self, surveys: Iterable[Survey]) -> None:
        choices = [("", _("Seluruh survei"))]
        for survey in surveys:
            group = [(f"{survey.pk}:{part}", label) for part, label in parts_of(survey)]
            if group:
                choices.append((str(survey), group))
        self.choices = choices

    def clean(self, value):
        survey, _colon, part = super().clean(value).partition(":")
        return (int(survey), part) if part else None


def parts_of(survey: Survey) -> list[tuple[str, str]]:
    """(part, name) of everything of a survey that a finding may rest on by itself."""
    version = survey.version
    dimensions = [
        (f"dimension:{key}", _("Dimensi %(name)s") % {"name": name})
        for key, name in version.dimension_names.items()
    ]
    items = [
        (f"item:{item.key}", shortened(item.label or item.text))
        for item in version.items.all()
        if item.is_answered
    ]
    return [*dimensions, *items]


class SourceFieldsMixin:
    """The fields that say what a finding rests on: a source, a part of it, a marked passage, the words."""

    def offer_sources(self, evaluation: Evaluation, user) -> None:
        source = self.fields["source"]
        source.offer(evaluation, user)
        surveys = [row for row in source.records.values() if isinstance(row, Survey)]
        self.fields["part"].offer(surveys)
        if not surveys:
            del self.fields["part"]
        self.fields["excerpt"].queryset = Excerpt.objects.visible_to(user).filter(evaluation=evaluation)

    def clean(self):
        cleaned = super().clean()
        excerpt = cleaned.get("excerpt")
        if excerpt and "source" in cleaned and source_of(excerpt) != cleaned["source"]:
            # Another source was chosen after the page had been opened from a passage.
            cleaned["excerpt"] = None
        part, source = cleaned.get("part"), cleaned.get("source")
        if part and source and not (isinstance(source, Survey) and source.pk == part[0]):
            self.add_error("part", _("Bagian ini milik survei lain. Pilih survei itu sebagai sumber bukti."))
        return cleaned

    def evidence_values(self) -> dict:
        """What the actions of findings.py take."""
        cleaned = self.cleaned_data
        return {
            "source": cleaned["source"],
            "quote": cleaned["quote"],
            "part": cleaned["part"][1] if cleaned.get("part") else "",
            "excerpt": cleaned.get("excerpt"),
        }


class EvidenceForm(SourceFieldsMixin, forms.Form):
    """One more source under a finding, and the words that say it."""

    stance = forms.ChoiceField(
        label=gettext_lazy("Sikap bukti"),
        choices=Evidence.Stance.choices,
        initial=Evidence.Stance.SUPPORTS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Bukti yang bertentangan ikut ditampilkan dan menurunkan keyakinan temuan."),
    )
    source = SourceField(
        label=gettext_lazy("Sumber bukti"),
        help_text=gettext_lazy("Temuan harus bertumpu pada sesuatu yang didengar, diamati, dibaca, atau diukur."),
    )
    part = PartField(
        label=gettext_lazy("Bagian survei"),
        required=False,
        help_text=gettext_lazy("Hanya untuk survei: dimensi atau butir yang dimaksud."),
    )
    excerpt = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    quote = forms.CharField(
        label=gettext_lazy("Petikan"),
        required=False,
        max_length=2000,
        widget=long_text(3),
        help_text=gettext_lazy(
            "Wajib untuk wawancara: salin persis dari catatannya. Untuk sumber lain boleh kosong."
        ),
    )

    def __init__(self, *args, evaluation: Evaluation, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_sources(evaluation, user)

    def field_groups(self):
        yield "", [self[name] for name in self.fields if not self[name].is_hidden]


class FindingForm(ScopedModelForm):
    groups = (
        (
            gettext_lazy("Temuan"),
            ("kind", "statement", "category", "severity", "objective", "mitigation", "actor"),
        ),
    )

    class Meta:
        model = Finding
        fields = ("kind", "statement", "category", "severity", "objective", "mitigation", "actor")
        widgets = {"statement": long_text(2), "mitigation": long_text(4)}
        help_texts = {"severity": gettext_lazy("Wajib untuk tantangan.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        objective = self.fields["objective"]
        objective.queryset = objective.queryset.filter(program=self.instance.evaluation.program_id)
        objective.empty_label = _("Tidak tentang satu sasaran")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Finding.Kind.CHALLENGE and not cleaned.get("severity"):
            self.add_error("severity", _("Pilih tingkat keparahan tantangan ini."))
        return cleaned

    def _post_clean(self):
        # The missing severity is named at its field; the constraint need not say it again.
        if "severity" in self.errors:
            return
        super()._post_clean()


class FindingCreateForm(SourceFieldsMixin, FindingForm):
    """A new finding comes with the first evidence it rests on."""

    source = SourceField(label=EvidenceForm.base_fields["source"].label)
    part = EvidenceForm.base_fields["part"]
    excerpt = EvidenceForm.base_fields["excerpt"]
    quote = EvidenceForm.base_fields["quote"]
    groups = (*FindingForm.groups, (gettext_lazy("Bukti pertama"), ("source", "part", "quote")))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_sources(self.instance.evaluation, self.user)


class ChallengeForm(forms.Form):
    """A passage of an interview, marked as a new challenge or as further evidence of one."""

    quote = forms.CharField(
        label=gettext_lazy("Bagian yang ditandai"),
        max_length=2000,
        widget=long_text(3),
        help_text=gettext_lazy("Sorot bagian catatan dengan tetikus atau jari, atau salin ke sini."),
    )
    existing = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Tantangan"),
        empty_label=gettext_lazy("Tantangan baru"),
        help_text=gettext_lazy("Pilih tantangan yang sudah ada bila bagian ini mengatakan hal yang sama."),
    )
    statement = forms.CharField(
        label=gettext_lazy("Pernyataan tantangan"),
        max_length=300,
        required=False,
        widget=long_text(2),
        help_text=gettext_lazy("Satu kalimat yang dapat berdiri sendiri dalam laporan."),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Kategori"),
        required=False,
        choices=[("", gettext_lazy("Pilih kategori")), *Finding.Category.choices],
    )
    severity = forms.TypedChoiceField(
        label=gettext_lazy("Tingkat keparahan"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", gettext_lazy("Pilih tingkat keparahan")), *Finding.Severity.choices],
    )

    def __init__(self, *args, interview: Interview, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["existing"].queryset = Finding.objects.visible_to(user).filter(
            evaluation=interview.evaluation_id, kind=Finding.Kind.CHALLENGE
        )

    def field_groups(self):
        yield "", [self[name] for name in self.fields]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("existing") or "existing" in self.errors:
            return cleaned
        for name in ("statement", "category", "severity"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Isi bagian ini untuk tantangan baru."))
        return cleaned
