"""What hangs on a program: objectives and batches."""

from django import forms
from django.core.validators import MinValueValidator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField
from asn_eval.forms import PeriodFormMixin, ScopedModelForm
from programs.actions.objectives import append_objective
from programs.forms.asking import AskOnceMixin
from programs.models import Batch, Objective, Polarity


class ObjectiveForm(AskOnceMixin, ScopedModelForm):
    groups = (
        (gettext_lazy("Sasaran"), ("statement", "indicator")),
        (gettext_lazy("Ukuran"), ("unit", "polarity", "baseline", "target")),
    )

    class Meta:
        model = Objective
        fields = ("statement", "indicator", "unit", "polarity", "baseline", "target")
        field_classes = {"baseline": NumberField, "target": NumberField}

    def doubts(self, cleaned):
        planned = Objective(**{name: cleaned[name] for name in ("polarity", "baseline", "target")})
        if planned.goes_against_polarity:
            yield (
                "target",
                _("Target ini lebih rendah daripada nilai awal, padahal makin tinggi makin baik.")
                if planned.polarity == Polarity.MORE
                else _("Target ini lebih tinggi daripada nilai awal, padahal makin rendah makin baik."),
            )

    def save(self, commit=True):
        if commit and self.instance.pk is None:
            return append_objective(objective=self.instance)
        return super().save(commit)


class BatchForm(AskOnceMixin, PeriodFormMixin, ScopedModelForm):
    groups = (
        (gettext_lazy("Angkatan"), ("name", "capacity")),
        (gettext_lazy("Pelaksanaan"), ("start_date", "end_date", "place")),
    )

    class Meta:
        model = Batch
        fields = ("name", "capacity", "start_date", "end_date", "place")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        capacity: forms.IntegerField = self.fields["capacity"]
        capacity.validators.append(MinValueValidator(1))
        capacity.help_text = _("Banyaknya orang. Kosong berarti tidak dibatasi.")
        if self.instance.pk is None:
            self.initial |= {name: getattr(self.instance.program, name) for name in ("start_date", "end_date")}

    def doubts(self, cleaned):
        program, batch = self.instance.program, self.instance
        start, end = cleaned["start_date"], cleaned["end_date"]
        if start < program.start_date:
            values = {"day": date_format(program.start_date, "DATE_FORMAT")}
            yield "start_date", _("Angkatan dimulai sebelum program, yang dimulai pada %(day)s.") % values
        if end > program.end_date:
            values = {"day": date_format(program.end_date, "DATE_FORMAT")}
            yield "end_date", _("Angkatan berakhir setelah program, yang berakhir pada %(day)s.") % values
        if batch.pk is None:
            return
        for activity in batch.activities.all():
            field = "start_date" if activity.start_date < start else "end_date"
            if activity.start_date < start or activity.end_date > end:
                yield (
                    field,
                    _("Kegiatan “%(activity)s” berada di luar masa angkatan ini.") % {"activity": activity},
                )
        enrolled, capacity = batch.enrollments.count(), cleaned["capacity"]
        if capacity is not None and enrolled > capacity:
            yield "capacity", _("Yang sudah terdaftar pada angkatan ini %(count)s orang.") % {"count": enrolled}
