"""Forms of interviews: planned, held, changed, written down, withdrawn."""

from django import forms
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import DateInput, ScopedModelForm
from evaluations.actions.interview_texts import write_texts
from evaluations.actions.interviews import change_interview_state
from evaluations.evidence_forms import NotInTheFutureMixin, long_text
from evaluations.models import Instrument, InstrumentVersion, Interview, Item
from evaluations.models.instruments import OPEN_TYPES
from evaluations.models.interviews import LONGEST_TEXT
from evaluations.transcripts import ENDINGS, TranscriptRefused, clean_text, read_transcript, too_long

ANSWER = "jawaban-"  # before the key of a question, in the names of fields
INFORMANT = gettext_lazy("Informan")
MEETING = gettext_lazy("Pelaksanaan")
CONSENT = gettext_lazy("Persetujuan informan")
TEXT = gettext_lazy("Isi wawancara")


def usable_guides(current: int | None = None):
    """The newest version of every guide that is ready and asks anything; and the one in use."""
    newest = Q(number=F("newest"), instrument__is_ready=True, instrument__kind=Instrument.Kind.INTERVIEW)
    asks = Q(pk__in=Item.objects.filter(type__in=OPEN_TYPES).values("version"))
    versions = InstrumentVersion.objects.annotate(newest=Max("instrument__versions__number"))
    return versions.filter((newest & asks) | Q(pk=current)).select_related("instrument")


class GuideField(forms.ModelChoiceField):
    def label_from_instance(self, version):
        return f"{version.instrument} ({_('versi')} {version.number})"


class TranscriptField(forms.CharField):
    """A text of any origin: pasted markup stays text, marks that nobody sees go."""

    widget = forms.Textarea

    def to_python(self, value):
        return clean_text(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if len(value) > LONGEST_TEXT:
            raise forms.ValidationError(str(too_long(LONGEST_TEXT)), code="too_long")


class PlanForm(ScopedModelForm):
    """Who is to be heard, when and by whom; nothing was said yet."""

    groups = (
        (INFORMANT, ("informant_role", "informant_name", "unit")),
        (MEETING, ("date", "guide", "interviewer", "place")),
    )

    class Meta:
        model = Interview
        fields = ("informant_role", "informant_name", "unit", "date", "guide", "interviewer", "place")
        field_classes = {"guide": GuideField}
        help_texts = {"guide": gettext_lazy("Pertanyaannya menjadi isian saat jawaban dicatat.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["guide"].queryset = usable_guides(self.instance.guide_id)

    def name_in_journal(self, name):
        return "" if name == "informant_name" else name


class HeldForm(NotInTheFutureMixin, PlanForm):
    """An interview that took place, with what the informant agreed to."""

    groups = (*PlanForm.groups, (CONSENT, ("consent", "consent_form")))

    class Meta(PlanForm.Meta):
        fields = (*PlanForm.Meta.fields, "consent", "consent_form")
        widgets = {"consent": forms.RadioSelect, "consent_form": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.withdrawn_on:
            del self.fields["consent"], self.fields["consent_form"]
            return
        for name, choices in (("consent", Interview.Consent), ("consent_form", Interview.ConsentForm)):
            self.fields[name].choices = choices.choices
            self.fields[name].required = True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("consent") == Interview.Consent.BY_NAME and not cleaned.get("informant_name"):
            self.add_error(
                "informant_name",
                _("Isi nama informan, atau pilih persetujuan dikutip dengan peran saja."),
            )
        return cleaned

    def _post_clean(self):
        # The missing consent is named at its field; the constraint need not say it again.
        if "consent" not in self.errors:
            super()._post_clean()


class TextMixin(forms.Form):
    """A transcript that is typed, pasted, or uploaded in place of what stands there."""

    upload = forms.FileField(
        label=gettext_lazy("Unggah transkrip"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        help_text=gettext_lazy(
            "Berkas .txt atau .docx. Teksnya menggantikan catatan di atas; berkasnya sendiri tidak disimpan."
        ),
    )
    transcript = None

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                self.transcript = read_transcript(upload.name, upload.size, upload.file, longest=LONGEST_TEXT)
            except TranscriptRefused as refusal:
                raise forms.ValidationError(str(refusal), code="refused") from refusal
        return upload

    def clean(self):
        cleaned = super().clean()
        if self.transcript is None or "text" in self.errors:
            return cleaned
        if cleaned["text"] and "text" in self.changed_data:
            self.add_error(
                "upload", _("Catatan di atas juga diisi. Pilih salah satu: kosongkan atau jangan unggah.")
            )
            return cleaned
        cleaned["text"] = self.transcript.text
        if self.errors:
            # A file has to be chosen anew after every mistake; its words need not.
            self.data = self.data.copy()
            self.data[self.add_prefix("text")] = self.transcript.text
        return cleaned

    @property
    def note(self) -> str:
        """What to look at in the text that was read."""
        return self.transcript.note if self.transcript else ""


class RecordForm(TextMixin, HeldForm):
    """An interview that took place, written down at once."""

    groups = (*HeldForm.groups, (TEXT, ("text", "upload")))

    class Meta(HeldForm.Meta):
        fields = (*HeldForm.Meta.fields, "text")
        field_classes = {**HeldForm.Meta.field_classes, "text": TranscriptField}
        widgets = {**HeldForm.Meta.widgets, "text": long_text(14)}
        help_texts = {
            **HeldForm.Meta.help_texts,
            "text": gettext_lazy("Boleh menyusul, atau dicatat per pertanyaan panduan setelah disimpan."),
        }


class HoldForm(RecordForm):
    """A planned interview took place."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.date > timezone.localdate():
            self.initial["date"] = timezone.localdate()

    def save(self, commit=True):
        self.raise_revision()
        self.instance = change_interview_state(interview=self.instance, state=Interview.State.HELD)
        return self.instance


class ContentForm(TextMixin, ScopedModelForm):
    """The answers to the questions of the guide, and the transcript."""

    class Meta:
        model = Interview
        fields = ("text",)
        field_classes = {"text": TranscriptField}
        widgets = {"text": long_text(18)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        items = list(self.instance.guide.items.all()) if self.instance.guide_id else []
        self.asked = [item for item in items if item.is_answered or item.type == Item.Type.NOTE]
        questions = {item.key: (item.text_shown, item.help_shown) for item in self.asked if item.is_answered}
        questions |= {key: (key, "") for key in self.answers if key not in questions}
        for key, (question, help_text) in questions.items():
            self.fields[ANSWER + key] = TranscriptField(
                label=question, help_text=help_text, required=False, widget=long_text(4)
            )
            self.initial[ANSWER + key] = self.answers.get(key, "")

    @cached_property
    def answers(self) -> dict[str, str]:
        return dict(self.instance.answers.values_list("item_key", "text"))

    def rows(self):
        """(note of the guide, "") or ("", field of a question), in the order in which they are asked."""
        names = [name for name in self.fields if name.startswith(ANSWER)]
        for item in self.asked:
            if item.type == Item.Type.NOTE:
                yield item.text_shown, ""
            else:
                names.remove(ANSWER + item.key)
                yield "", self[ANSWER + item.key]
        for name in names:
            yield "", self[name]

    @property
    def other_fields(self):
        return [name for name in self.fields if name.startswith(ANSWER)]

    def stored_value(self, stored, name):
        if name not in self.other_fields:
            return super().stored_value(stored, name)
        answer = stored.answers.filter(item_key=name.removeprefix(ANSWER)).first()
        return answer.text if answer else ""

    def name_in_journal(self, name):
        return ""

    def save(self, commit=True):
        self.raise_revision()
        cleaned = self.cleaned_data
        answers = {name.removeprefix(ANSWER): cleaned[name] for name in self.other_fields}
        self.lost = write_texts(interview=self.instance, text=cleaned["text"], answers=answers)
        return self.instance


class WithdrawForm(forms.Form):
    """The day on which the informant took the consent back."""

    day = forms.DateField(label=gettext_lazy("Tanggal penarikan"), widget=DateInput)

    def __init__(self, *args, interview: Interview, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial.setdefault("day", today)
        self.fields["day"].widget.attrs |= {"min": interview.date.isoformat(), "max": today.isoformat()}

    def field_groups(self):
        yield "", [self["day"]]


class PassageForm(forms.Form):
    """Where a passage stands that was lost, in words."""

    quote = forms.CharField(
        label=gettext_lazy("Bagian yang baru"),
        max_length=5000,
        widget=long_text(3),
        help_text=gettext_lazy("Sorot bagian teks dengan tetikus atau jari, atau salin ke sini."),
    )

    def field_groups(self):
        yield "", [self["quote"]]


class OtherNamesForm(forms.Form):
    """Names that no list knows, typed for one interview."""

    others = forms.CharField(
        label=gettext_lazy("Nama lain yang disebut"),
        required=False,
        max_length=5000,
        widget=long_text(3),
        help_text=gettext_lazy("Satu nama per baris, misalnya anggota keluarga atau warga yang disebut informan."),
    )

    def field_groups(self):
        yield "", [self["others"]]

    @property
    def names(self) -> list[str]:
        return [line for line in self.cleaned_data.get("others", "").splitlines() if line.strip()]
