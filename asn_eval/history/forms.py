from datetime import date, datetime, time, timedelta

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import User
from asn_eval.fields import check_year
from asn_eval.forms import DateInput
from asn_eval.history.models import LogEntry
from asn_eval.history.reading import DEEDS
from asn_eval.history.registration import KINDS, kind_of
from asn_eval.history.words import zone_of

MOST_PEOPLE = 200  # whose name matches what was typed


class JournalFilterForm(forms.Form):
    """What the auditor looks for. A filter that cannot be understood narrows nothing and says so."""

    q = forms.CharField(label=_("Nama data"), required=False, max_length=200)
    oleh = forms.CharField(label=_("Pelaku"), required=False, max_length=100)
    jenis = forms.ChoiceField(label=_("Jenis data"), required=False)
    tindakan = forms.ChoiceField(label=_("Tindakan"), required=False)
    dari = forms.DateField(label=_("Dari tanggal"), required=False, widget=DateInput, validators=[check_year])
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False, widget=DateInput, validators=[check_year])

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        kinds = sorted((capfirst(str(kind.model._meta.verbose_name)), kind.label) for kind in KINDS.values())
        self.fields["jenis"].choices = [("", _("Semua jenis")), *((label, name) for name, label in kinds)]
        deeds = [(str(action), capfirst(str(word))) for action, word in DEEDS.items()]
        self.fields["tindakan"].choices = [("", _("Semua tindakan")), *deeds]
        for name in ("q", "oleh", "dari", "sampai"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in ("jenis", "tindakan"):
            self.fields[name].widget.attrs["class"] = "form-select"

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("dari"), cleaned.get("sampai")
        if start and end and end < start:
            self.add_error("sampai", _("Tanggal akhir tidak boleh mendahului tanggal awal."))
        return cleaned

    def narrowed_by(self) -> dict[str, object]:
        """What was asked for and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def narrow(self, entries: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
        wanted = self.narrowed_by()
        zone, _name = zone_of(self.user)
        if "jenis" in wanted:
            entries = entries.filter(
                content_type=ContentType.objects.get_for_model(kind_of(wanted["jenis"]).model)
            )
        if "tindakan" in wanted:
            entries = entries.filter(action=int(wanted["tindakan"]))
        if "oleh" in wanted:
            entries = entries.filter(actor__in=self._people(wanted["oleh"]))
        if "dari" in wanted:
            entries = entries.filter(timestamp__gte=_midnight(wanted["dari"], zone))
        if "sampai" in wanted:
            entries = entries.filter(timestamp__lt=_midnight(wanted["sampai"] + timedelta(days=1), zone))
        if "q" in wanted:
            entries = entries.filter(self._by_name(wanted["q"]))
        return entries

    def _people(self, text: str) -> list[int]:
        people = User.objects.all()
        for word in text.split():
            people = people.filter(
                Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
            )
        return list(people.values_list("pk", flat=True)[:MOST_PEOPLE])

    def _by_name(self, text: str) -> Q:
        """Among names that the reader may see: whether a person is in the registry is personal, too."""
        readable = [
            ContentType.objects.get_for_model(kind.model).pk
            for kind in KINDS.values()
            if not kind.has_personal_name or self.user.has_perm(kind.revealed_with)
        ]
        return Q(object_repr__icontains=text, content_type__in=readable)


def _midnight(day: date, zone) -> datetime:
    return datetime.combine(day, time.min, zone)
