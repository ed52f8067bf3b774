"""One rule for the dates of a wave."""

from django.utils.translation import gettext_lazy

from asn_eval.forms import ScopedModelForm
from evaluations.models import WaveRule


class WaveRuleForm(ScopedModelForm):
    class Meta:
        model = WaveRule
        fields = ("program_type", "wave", "anchor", "offset", "unit", "days_open", "source")

    groups = (
        (gettext_lazy("Untuk apa"), ("program_type", "wave")),
        (gettext_lazy("Kapan"), ("anchor", "offset", "unit", "days_open")),
        (gettext_lazy("Dasar"), ("source",)),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = self.fields["program_type"].choices
        self.fields["program_type"].choices = [
            (key, gettext_lazy("Semua jenis tanpa aturan sendiri") if key == "" else name) for key, name in kinds
        ]
