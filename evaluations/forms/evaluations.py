from django.utils.translation import gettext_lazy as _

from asn_eval.forms import PeriodFormMixin, ScopedModelForm
from evaluations.models import Evaluation


class EvaluationForm(PeriodFormMixin, ScopedModelForm):
    groups = (
        (_("Evaluasi"), ("title", "questions", "criteria")),
        (_("Rancangan"), ("design", "method_note", "minimum_group")),
        (_("Pelaksanaan"), ("start_date", "end_date", "team")),
        (_("Penutup"), ("closing_remark",)),
    )

    class Meta:
        model = Evaluation
        fields = (
            "title",
            "questions",
            "criteria",
            "design",
            "method_note",
            "start_date",
            "end_date",
            "team",
            "minimum_group",
            "closing_remark",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("questions", "method_note", "closing_remark"):
            self.fields[name].widget.attrs["rows"] = 4
        if self.instance.pk is None:
            # Nothing has been found yet that could be remarked on.
            del self.fields["closing_remark"]
