from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asn_eval.fields import NumberField
from asn_eval.forms import PeriodFormMixin, ScopedModelForm
from programs.models import Activity, TrainingForm


class ActivityForm(PeriodFormMixin, ScopedModelForm):
    groups = (
        (gettext_lazy("Kegiatan"), ("title", "form", "delivery", "method", "topic", "lesson_hours")),
        (gettext_lazy("Pelaksanaan"), ("start_date", "end_date", "place")),
    )

    class Meta:
        model = Activity
        fields = (
            "title",
            "form",
            "delivery",
            "method",
            "topic",
            "lesson_hours",
            "start_date",
            "end_date",
            "place",
        )
        field_classes = {"lesson_hours": NumberField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        forms_by_track = {label: [] for _value, label in TrainingForm.Track.choices}
        for form in self.fields["form"].queryset:
            forms_by_track[form.get_track_display()].append((form.pk, form.name))
        self.fields["form"].choices = [("", _("Pilih bentuk pelatihan")), *forms_by_track.items()]
        if self.instance.pk is None:
            self.initial["start_date"] = self.initial["end_date"] = self.instance.program.start_date
