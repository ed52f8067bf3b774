"""Which survey result measures an objective of the program: what triangulation sets side by side."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from evaluations.models.instruments import Instrument
from programs.models import Objective


class ObjectiveMeasure(ScopedModel):
    """One dimension of an instrument (all of it when ``dimension`` is empty) that speaks of an objective."""

    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="objective_measures")
    objective = models.ForeignKey(Objective, models.CASCADE, verbose_name=_("sasaran"), related_name="+")
    instrument = models.ForeignKey(Instrument, models.PROTECT, verbose_name=_("instrumen"), related_name="+")
    dimension = models.CharField(_("dimensi"), max_length=50, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("ukuran sasaran")
        verbose_name_plural = _("ukuran sasaran")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "objective", "instrument", "dimension"], name="objective_measure_once"
            )
        ]

    def __str__(self):
        return f"{self.instrument}: {self.dimension}" if self.dimension else str(self.instrument)
