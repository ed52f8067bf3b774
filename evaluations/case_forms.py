"""The form that links a case study with what it is told from."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.coded_sources import still_said
from evaluations.evidence_forms import long_text, shortened
from evaluations.finding_forms import SourceField
from evaluations.models import CaseStudy, Excerpt

EXCERPTS_OFFERED = 300  # the newest; a longer list is no list


class ExcerptField(forms.ModelChoiceField):
    def label_from_instance(self, excerpt):
        return f"“{shortened(excerpt.quote)}” ({_(excerpt.text_source._meta.verbose_name)})"


class CaseSourceField(SourceField):
    """The sources of an evaluation without its case studies."""

    def offer(self, evaluation, user) -> None:
        super().offer(evaluation, user)
        self.records = {key: row for key, row in self.records.items() if not isinstance(row, CaseStudy)}
        self.choices = [
            (heading, group)
            for heading, group in self.choices
            if isinstance(group, str) or any(key in self.records for key, _name in group)
        ]

    def clean(self, value):
        return super().clean(value) if value else None


class CaseEvidenceForm(forms.Form):
    excerpt = ExcerptField(
        queryset=Excerpt.objects.none(),
        required=False,
        label=gettext_lazy("Bagian bertanda"),
        empty_label=gettext_lazy("Tidak dipakai"),
        help_text=gettext_lazy("Bagian teks yang sudah ditandai saat mengode."),
    )
    source = CaseSourceField(
        label=gettext_lazy("atau sumber"),
        required=False,
        help_text=gettext_lazy("Wawancara, observasi, dokumen, indikator, atau survei dari evaluasi ini."),
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

    def __init__(self, *args, case: CaseStudy, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].offer(case.evaluation, user)
        newest = (
            still_said(Excerpt.objects.visible_to(user))
            .filter(evaluation=case.evaluation_id, is_lost=False)
            .order_by("-pk")
            .values("pk")[:EXCERPTS_OFFERED]
        )
        offered = Excerpt.objects.visible_to(user).filter(pk__in=[row["pk"] for row in newest])
        if newest:
            self.fields["excerpt"].queryset = offered.select_related(
                "interview", "observation", "document", "open_answer__response__survey"
            ).defer("interview__text")
        else:
            del self.fields["excerpt"]
            self.fields["source"].label = _("Sumber")

    def field_groups(self):
        yield "", [self[name] for name in self.fields]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("excerpt") and not cleaned.get("source") and "source" not in self.errors:
            self.add_error("source", _("Pilih sumber yang mendasari kasus ini."))
        if cleaned.get("excerpt") and (cleaned.get("source") or cleaned.get("quote")):
            self.add_error("excerpt", _("Pilih bagian bertanda, atau sumber dengan petikannya, tidak keduanya."))
        return cleaned
