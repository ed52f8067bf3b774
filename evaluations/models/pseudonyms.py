"""The key behind the pseudonyms of one evaluation. Only ``evaluations.pseudonyms`` may read it."""

from django.db import models

from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation


class PseudonymKey(ScopedModel):
    region_path = "evaluation__program__region"

    evaluation = models.OneToOneField(Evaluation, models.CASCADE, related_name="+")
    key = models.BinaryField(max_length=32, null=True)  # destroyed when the last anonymous wave is closed
    destroyed_on = models.DateField(null=True)

    def __str__(self):
        return str(self.evaluation_id)
