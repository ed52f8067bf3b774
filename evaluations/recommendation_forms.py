"""Forms of recommendations: what is proposed, what the management says, what was done, whether it helped."""

from pathlib import PurePath

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.accounts.models import Office
from asn_eval.fields import check_year
from asn_eval.forms import DateInput, ScopedModelForm
from evaluations.actions.follow_up import Upload, next_states
from evaluations.evidence_forms import long_text
from evaluations.models import Recommendation, Review
from programs.material_files import ENDINGS, MaterialRefused, check_file


class FindingsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, finding):
        return f"{finding.get_kind_display()}: {finding.statement}"


def offices_in_sight(user, kept: int | None = None):
    """The offices that answer for a region which ``user`` sees, the user's own, and the one ``kept`` already."""
    if user.sees_every_region:
        return Office.objects.all()
    found = Q(pk__in=[key for key in (user.office_id, kept) if key])
    for code in user.region_codes:
        found |= Q(regions__code__startswith=code)
    return Office.objects.filter(pk__in=Office.objects.filter(found).values("pk"))


class RecommendationForm(ScopedModelForm):
    groups = (
        (gettext_lazy("Yang dijawab"), ("findings",)),
        (gettext_lazy("Rekomendasi"), ("statement", "kind", "implementation", "implementability", "resources")),
        (gettext_lazy("Prioritas"), ("impact", "effort")),
        (
            gettext_lazy("Tindak lanjut"),
            ("owner", "owner_office", "owner_person", "owner_email", "due_date"),
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
        )
        field_classes = {"findings": FindingsField}
        widgets = {
            "findings": forms.CheckboxSelectMultiple,
            "statement": long_text(2),
            "implementation": long_text(4),
        }
        help_texts = {
            "owner": gettext_lazy("Jabatan atau unit yang menjalankannya."),
            "impact": gettext_lazy("Seberapa besar perubahan yang diharapkan."),
            "effort": gettext_lazy("Seberapa banyak waktu, tenaga, dan biaya yang diperlukan."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = self.fields["findings"].queryset.filter(
            evaluation=self.instance.evaluation_id
        )
        self.fields["owner_office"].queryset = offices_in_sight(self.user, self.instance.owner_office_id)
        # The matrix of priorities stands below the two sizes that it is made of.
        self.fields["effort"].followed_by = "evaluations/_priority_matrix.html"

    def clean_due_date(self):
        due = self.cleaned_data["due_date"]
        if due != self.instance.due_date and due < timezone.localdate():
            raise forms.ValidationError(_("Tenggat tidak boleh di masa lalu."), code="past")
        return due


class AnswerForm(forms.Form):
    """What the management says to a recommendation."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Tanggapan"), choices=Recommendation.Answer.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        required=False,
        max_length=2000,
        widget=long_text(4),
        help_text=gettext_lazy("Wajib bila rekomendasi diterima sebagian atau ditolak."),
    )

    def __init__(self, *args, user, recommendation: Recommendation, **kwargs):
        super().__init__(*args, **kwargs)
        if recommendation.answer and not self.is_bound:
            self.initial |= {"answer": recommendation.answer, "reason": recommendation.answer_reason}

    def field_groups(self):
        yield "", list(self)


class UploadField(forms.FileField):
    """A file that is what its name says; holds the upload together with what the check found."""

    def __init__(self, **kwargs):
        accepted = ",".join(f".{ending}" for ending in (*ENDINGS, "jpeg"))
        super().__init__(widget=forms.FileInput(attrs={"accept": accepted}), **kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload is None:
            return None
        try:
            checked = check_file(upload.name, upload.size, upload.file)
        except MaterialRefused as refusal:
            raise forms.ValidationError(str(refusal), code="refused") from refusal
        return Upload(title=PurePath(checked.name).stem, content=upload.file, checked=checked)


FILE_HELP = gettext_lazy("Paling besar 20 MB. Jenis: %(kinds)s.")


class ProgressForm(forms.Form):
    """What was done, to which state that brings the recommendation, and a file that shows it."""

    text = forms.CharField(
        label=gettext_lazy("Kemajuan"),
        max_length=4000,
        widget=long_text(4),
        help_text=gettext_lazy("Apa yang sudah dilakukan, dan oleh siapa."),
    )
    date = forms.DateField(
        label=gettext_lazy("Tanggal"),
        required=False,
        widget=DateInput(),
        validators=[check_year],
        help_text=gettext_lazy("Dikosongkan berarti hari ini."),
    )
    state = forms.ChoiceField(label=gettext_lazy("Status sesudahnya"), required=False)
    file = UploadField(label=gettext_lazy("Berkas bukti"), required=False)
    why_no_proof = forms.CharField(
        label=gettext_lazy("Mengapa tidak ada berkas"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Hanya bila rekomendasi selesai tanpa berkas bukti."),
    )

    def __init__(self, *args, user, recommendation: Recommendation, **kwargs):
        super().__init__(*args, **kwargs)
        now = _("Tetap: %(state)s") % {"state": recommendation.get_state_display()}
        states = [(state, Recommendation.State(state).label) for state in next_states(recommendation)]
        self.fields["state"].choices = [("", now), *states]
        self.fields["file"].help_text = FILE_HELP % {"kinds": ", ".join(ENDINGS)}
        if Recommendation.State.DONE not in dict(states):
            del self.fields["why_no_proof"]
        if recommendation.state == Recommendation.State.PROPOSED and not recommendation.answer:
            self.fields["state"].help_text = _(
                "Status “Dikerjakan” tersedia setelah pimpinan menerima rekomendasi."
            )

    def field_groups(self):
        yield "", list(self)


class ProofForm(forms.Form):
    file = UploadField(label=gettext_lazy("Berkas"))
    title = forms.CharField(
        label=gettext_lazy("Judul"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Dikosongkan berarti sama dengan nama berkas."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = FILE_HELP % {"kinds": ", ".join(ENDINGS)}

    def field_groups(self):
        yield "", list(self)


class ReviewForm(forms.Form):
    """How a later evaluation judges what came of a recommendation."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Apakah berhasil?"), choices=Review.Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Dasar penilaian"),
        max_length=2000,
        widget=long_text(4),
        help_text=gettext_lazy("Angka atau bukti yang mendasarinya, dan sebab lain yang mungkin berperan."),
    )

    def __init__(self, *args, user, review: Review | None, **kwargs):
        super().__init__(*args, **kwargs)
        if review and not self.is_bound:
            self.initial |= {"outcome": review.outcome, "reason": review.reason}

    def field_groups(self):
        yield "", list(self)
