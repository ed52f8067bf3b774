"""Forms of what was seen and read."""

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.forms import ScopedModelForm
from evaluations.actions.sheets import parts_of
from evaluations.actions.texts import follow_edit
from evaluations.evidence_forms import NotInTheFutureMixin, long_text
from evaluations.models import CaseStudy, DocumentReview, Instrument, InstrumentVersion, Observation


class VersionField(forms.ModelChoiceField):
    def label_from_instance(self, version):
        return version.instrument.name


class SourceForm(NotInTheFutureMixin, ScopedModelForm):
    """A source that may follow a sheet; what coders marked in its texts follows when they are rewritten."""

    sheet_kind: str
    told_in: str  # the field that says what was seen or read; a sheet may say it instead

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.old_texts = parts_of(self.instance) if self.instance.pk else {}
        self.fields["version"].queryset = self._versions()
        self.fields["version"].empty_label = _("Tanpa lembar")

    def _versions(self):
        """The newest version of each instrument of this kind, and the one that is in use here."""
        ready = InstrumentVersion.objects.filter(instrument__kind=self.sheet_kind, instrument__is_ready=True)
        newest = {}
        for key, instrument in ready.order_by("number").values_list("pk", "instrument"):
            newest[instrument] = key
        wanted = Q(pk__in=newest.values()) | Q(pk=self.instance.version_id)
        return InstrumentVersion.objects.filter(wanted).select_related("instrument").order_by("instrument__name")

    def clean_version(self):
        version = self.cleaned_data["version"]
        if self.instance.sheet and version != self.instance.version:
            raise forms.ValidationError(
                _("Lembar ini sudah diisi. Catat tersendiri bila memakai lembar lain."), code="filled"
            )
        return version

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get(self.told_in) and not cleaned.get("version") and self.told_in not in self.errors:
            self.add_error(self.told_in, self.fields[self.told_in].error_messages["required"])
        return cleaned

    @transaction.atomic
    def save(self, commit=True):
        is_new = self.instance.pk is None
        source = super().save(commit)
        if not is_new:
            follow_edit(source=source, old=self.old_texts, new=parts_of(source))
        return source


class ObservationForm(SourceForm):
    sheet_kind = Instrument.Kind.OBSERVATION
    told_in = "after"
    groups = (
        (gettext_lazy("Pengamatan"), ("unit", "date", "moment", "observer")),
        (gettext_lazy("Yang terlihat"), ("version", "before", "after")),
    )

    class Meta:
        model = Observation
        fields = ("unit", "date", "moment", "observer", "version", "before", "after")
        field_classes = {"version": VersionField}
        widgets = {"before": long_text(4), "after": long_text(6), "moment": forms.RadioSelect}
        labels = {"version": gettext_lazy("Lembar observasi")}
        help_texts = {
            "unit": gettext_lazy(
                "Tulis sama persis pada kunjungan sebelum dan sesudah agar keduanya disandingkan."
            ),
            "version": gettext_lazy("Pilih lembar bila pengamatan dicatat per butir; diisi sesudah disimpan."),
            "after": gettext_lazy("Wajib bila tidak memakai lembar."),
            "before": gettext_lazy("Menurut keterangan orang di tempat, bila tidak diamati sendiri."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["moment"].choices = Observation.Moment.choices

    def clean(self):
        cleaned = super().clean()
        when, moment = cleaned.get("date"), cleaned.get("moment")
        starts = self.instance.evaluation.program.start_date
        if when and moment == Observation.Moment.BEFORE and when > starts:
            self.add_error("moment", _("Pada tanggal pengamatan ini program sudah dimulai."))
        if when and moment and moment != Observation.Moment.BEFORE and when < starts:
            self.add_error("moment", _("Pada tanggal pengamatan ini program belum dimulai."))
        return cleaned


class DocumentReviewForm(SourceForm):
    sheet_kind = Instrument.Kind.DOCUMENT
    told_in = "shows"
    groups = (
        (gettext_lazy("Dokumen"), ("title", "kind", "number", "date", "unit")),
        (gettext_lazy("Isi"), ("version", "shows")),
    )

    class Meta:
        model = DocumentReview
        fields = ("title", "kind", "number", "date", "unit", "version", "shows")
        field_classes = {"version": VersionField}
        widgets = {"shows": long_text(6)}
        labels = {"version": gettext_lazy("Daftar periksa")}
        help_texts = {
            "version": gettext_lazy("Bila dokumen diperiksa per butir; diisi sesudah disimpan."),
            "shows": gettext_lazy("Wajib bila tidak memakai daftar periksa."),
        }


class CaseStudyForm(ScopedModelForm):
    groups = (
        (gettext_lazy("Kasus"), ("title", "unit")),
        (gettext_lazy("Cerita"), ("before", "applied", "after", "public_effect")),
        (gettext_lazy("Sumber"), ("source",)),
    )

    class Meta:
        model = CaseStudy
        fields = ("title", "unit", "before", "applied", "after", "public_effect", "source")
        widgets = {name: long_text(4) for name in ("before", "applied", "after", "public_effect")}
        help_texts = {
            "public_effect": gettext_lazy("Apa yang kini dialami warga, bila diketahui."),
            "source": gettext_lazy("Keterangan singkat. Bukti dan kutipan ditautkan sesudah disimpan."),
        }
