"""Forms of findings, of the evidence they rest on and of the recommendations that answer them."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import ScopedModelForm
from evaluations.evidence_forms import long_text, shortened
from evaluations.models import (
    DocumentReview,
    Evaluation,
    Finding,
    IndicatorSeries,
    Interview,
    Observation,
    Recommendation,
    Survey,
)

SOURCES = {
    "interview": (gettext_lazy("Wawancara"), Interview),
    "observation": (gettext_lazy("Observasi"), Observation),
    "document": (gettext_lazy("Telaah dokumen"), DocumentReview),
    "indicator": (gettext_lazy("Indikator layanan"), IndicatorSeries),
    "survey": (gettext_lazy("Survei"), Survey),
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
                rows = rows.select_related("version__instrument")
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


class EvidenceForm(forms.Form):
    """One more source under a finding, and the words that say it."""

    source = SourceField(
        label=gettext_lazy("Sumber bukti"),
        help_text=gettext_lazy("Temuan harus bertumpu pada sesuatu yang didengar, diamati, dibaca, atau diukur."),
    )
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
        self.fields["source"].offer(evaluation, user)

    def field_groups(self):
        yield "", [self[name] for name in self.fields]


class FindingForm(ScopedModelForm):
    groups = ((gettext_lazy("Temuan"), ("kind", "statement", "category", "severity", "mitigation", "actor")),)

    class Meta:
        model = Finding
        fields = ("kind", "statement", "category", "severity", "mitigation", "actor")
        widgets = {"statement": long_text(2), "mitigation": long_text(4)}
        help_texts = {"severity": gettext_lazy("Wajib untuk tantangan.")}

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


class FindingCreateForm(FindingForm):
    """A new finding comes with the first evidence it rests on."""

    source = SourceField(label=EvidenceForm.base_fields["source"].label)
    quote = EvidenceForm.base_fields["quote"]
    groups = (*FindingForm.groups, (gettext_lazy("Bukti pertama"), ("source", "quote")))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].offer(self.instance.evaluation, self.user)


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


class FindingsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, finding):
        return f"{finding.get_kind_display()}: {shortened(finding.statement)}"


class RecommendationForm(ScopedModelForm):
    groups = (
        (gettext_lazy("Yang dijawab"), ("findings",)),
        (gettext_lazy("Rekomendasi"), ("statement", "kind", "implementation", "implementability", "resources")),
        (gettext_lazy("Prioritas"), ("impact", "effort")),
        (
            gettext_lazy("Tindak lanjut"),
            ("owner", "owner_office", "owner_person", "owner_email", "due_date", "state"),
        ),
    )

    class Meta:
        model = Recommendation
        fields = (
            "findings",
            "statement",
            "kind",
            "implementation",
            "implementability",
            "resources",
            "impact",
            "effort",
            "owner",
            "owner_office",
            "owner_person",
            "owner_email",
            "due_date",
            "state",
        )
        field_classes = {"findings": FindingsField}
        widgets = {
            "findings": forms.CheckboxSelectMultiple,
            "statement": long_text(2),
            "implementation": long_text(4),
        }
        help_texts = {"owner": gettext_lazy("Jabatan atau unit yang menjalankannya.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = self.fields["findings"].queryset.filter(
            evaluation=self.instance.evaluation_id
        )
        if self.instance.pk is None:
            del self.fields["state"]

    def clean_due_date(self):
        due = self.cleaned_data["due_date"]
        if due != self.instance.due_date and due < timezone.localdate():
            raise forms.ValidationError(_("Tenggat tidak boleh di masa lalu."), code="past")
        return due
