from collections.abc import Iterable
from hashlib import sha256

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField
from asn_eval.forms import PeriodFormMixin, ScopedModelForm
from programs.clashes import ScheduleWarning, schedule_warnings
from programs.lesson_hours import Proposal
from programs.models import Activity, LessonHourRule, TrainingForm

METHODS = (
    gettext_lazy("workshop"),
    gettext_lazy("seminar"),
    gettext_lazy("e-learning"),
    gettext_lazy("pembelajaran berbasis proyek"),
    gettext_lazy("simulasi"),
    gettext_lazy("coaching"),
    gettext_lazy("mentoring"),
    gettext_lazy("praktik langsung"),
    gettext_lazy("studi kasus"),
    gettext_lazy("diskusi"),
    gettext_lazy("bermain peran"),
    gettext_lazy("kunjungan lapangan"),
    gettext_lazy("penugasan mandiri"),
)
TIME_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]
# A change of these may bring a warning that nobody has seen yet.
SCHEDULE_FIELDS = ("start_date", "end_date", "start_time", "end_time", "batch", "place", "delivery")


class SuggestionInput(forms.TextInput):
    """A text input that offers what is usual and takes anything else."""

    def __init__(self, suggestions: Iterable[str] = (), attrs=None):
        super().__init__({"autocomplete": "off"} | (attrs or {}))
        self.suggestions = suggestions

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{attrs['id']}-list"
        field = super().render(name, value, attrs | {"list": list_id}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((text,) for text in self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class LessonHoursForm(forms.Form):
    """What the JP of an activity is worked out from; anything unknown gives no proposal."""

    form = forms.ModelChoiceField(TrainingForm.objects.all())
    start_date = forms.DateField()
    quantity = NumberField(required=False, max_digits=6, decimal_places=1, min_value=0)
    quantity_unit = forms.ChoiceField(choices=LessonHourRule.Unit.choices)
    lesson_hours = NumberField(required=False)

    def proposal(self) -> Proposal | None:
        if not {"form", "start_date", "quantity", "quantity_unit"} <= self.cleaned_data.keys():
            return None
        return proposal_for(self.cleaned_data)


def proposal_for(values: dict) -> Proposal | None:
    """The JP by the rule that holds for a form of training on the first day of an activity."""
    names = ("form", "start_date", "quantity", "quantity_unit")
    return Activity(**{name: values[name] for name in names}).proposal()


class ActivityForm(PeriodFormMixin, ScopedModelForm):
    seen_warnings = forms.CharField(required=False, widget=forms.HiddenInput)
    groups = (
        (gettext_lazy("Kegiatan"), ("title", "form", "delivery", "method", "topic")),
        (
            gettext_lazy("Pelaksanaan"),
            ("batch", "start_date", "end_date", "start_time", "end_time", "place"),
        ),
        (gettext_lazy("Jam pelajaran"), ("quantity", "quantity_unit", "lesson_hours")),
    )

    class Meta:
        model = Activity
        fields = (
            "title",
            "form",
            "delivery",
            "method",
            "topic",
            "batch",
            "start_date",
            "end_date",
            "start_time",
            "end_time",
            "place",
            "quantity",
            "quantity_unit",
            "lesson_hours",
        )
        field_classes = {"lesson_hours": NumberField, "quantity": NumberField}
        widgets = {"method": SuggestionInput(METHODS)}
        labels = {"topic": gettext_lazy("Pokok bahasan")}
        help_texts = {
            "method": gettext_lazy("Pilih dari saran atau tulis sendiri."),
            "quantity": gettext_lazy("Isi bila JP dihitung dari aturan konversi, misalnya 4 sesi."),
            "lesson_hours": gettext_lazy(
                "Dikosongkan berarti menurut aturan konversi; bila diisi, isian ini yang berlaku."
            ),
            "start_time": gettext_lazy("Kosong berarti sepanjang hari. Bila beberapa hari: jam setiap harinya."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        program = self.instance.program
        self.proposal: Proposal | None = None
        self.warnings: list[ScheduleWarning] = []
        forms_by_track = {label: [] for _value, label in TrainingForm.Track.choices}
        for form in self.fields["form"].queryset:
            forms_by_track[form.get_track_display()].append((form.pk, training_form_label(form)))
        self.fields["form"].choices = [("", _("Pilih bentuk pelatihan")), *forms_by_track.items()]
        self.fields["batch"].queryset = program.batches.all()
        self.fields["batch"].empty_label = _("Semua angkatan")
        if not program.batches.exists():
            del self.fields["batch"]
        self.fields["lesson_hours"].required = False
        for name in ("start_time", "end_time"):
            self.fields[name].input_formats = TIME_FORMATS
            self.fields[name].widget = forms.TimeInput({"type": "time"}, format="%H:%M")
        if self.instance.pk is None:
            self.initial["start_date"] = self.initial["end_date"] = program.start_date
        else:
            self.proposal = self.instance.proposal()

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if start and end and end <= start:
            self.add_error("end_time", _("Jam selesai harus sesudah jam mulai."))
        self._decide_lesson_hours(cleaned)
        if not self.errors:
            self._ask_about_warnings(cleaned)
        return cleaned

    def _decide_lesson_hours(self, cleaned: dict) -> None:
        """The JP that was typed; where none was, the JP of the rule."""
        unit, quantity = cleaned.get("quantity_unit"), cleaned.get("quantity")
        if quantity is not None and not unit:
            self.add_error("quantity_unit", _("Pilih satuannya: sesi, hari, bulan, atau kegiatan."))
        if not {"form", "start_date", "lesson_hours"} <= cleaned.keys():
            return
        self.proposal = proposal_for(cleaned) if unit and "quantity" in cleaned else None
        if cleaned["lesson_hours"] is None and self.proposal:
            cleaned["lesson_hours"] = self.proposal.hours
        elif cleaned["lesson_hours"] is None and "quantity_unit" not in self.errors:
            self.add_error("lesson_hours", self._why_no_hours(unit, quantity, cleaned))

    def _why_no_hours(self, unit: str, quantity, cleaned: dict) -> str:
        if not unit:
            return _("Isi JP, atau isi banyaknya dan satuannya agar dihitung dari aturan konversi.")
        if quantity is None and unit != LessonHourRule.Unit.ACTIVITY:
            return _("Isi JP, atau isi banyaknya %(unit)s agar dihitung.") % {
                "unit": LessonHourRule.Unit(unit).label
            }
        return _("Belum ada aturan konversi untuk %(form)s per %(unit)s pada tanggal ini. Isi JP-nya.") % {
            "form": cleaned["form"],
            "unit": LessonHourRule.Unit(unit).label,
        }

    def _ask_about_warnings(self, cleaned: dict) -> None:
        """What the schedule collides with is shown once; pressing Simpan again is the decision."""
        if self.instance.pk and not set(SCHEDULE_FIELDS) & set(self.changed_data):
            return
        planned = Activity(pk=self.instance.pk, program=self.instance.program)
        for name in SCHEDULE_FIELDS:
            setattr(planned, name, cleaned.get(name) or getattr(planned, name))
        (self.warnings,) = schedule_warnings(planned.program, [planned], self.user)
        texts = [warning.text for warning in self.warnings]
        seen = sha256("\n".join(texts).encode()).hexdigest()
        if not texts or cleaned.get("seen_warnings") == seen:
            return
        for text in texts:
            self.add_error(None, text)
        self.add_error(None, _("Bila memang demikian, tekan Simpan sekali lagi."))
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_warnings")] = seen

    @property
    def differing_hours(self):
        """The JP that stand in the form when they are not those of the rule."""
        hours = self.cleaned_data.get("lesson_hours") if self.is_bound else self.instance.lesson_hours
        return hours if self.proposal and self.proposal.differs_from(hours) else None

    @property
    def asks(self) -> bool:
        """Nothing is wrong; only warnings wait to be read."""
        return bool(self.warnings) and set(self.errors) == {"__all__"}


def training_form_label(form: TrainingForm) -> str:
    """The name with the number that SIASN gives it."""
    return f"{form.name} (SIASN {form.siasn_id})" if form.siasn_id else form.name
