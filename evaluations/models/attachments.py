"""Files that belong to what was heard, seen and read. They are private: a download asks for the record's right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from asn_eval.scoping import ScopedModel
from evaluations.models.coding import exactly_one
from evaluations.models.evaluations import Evaluation
from evaluations.models.evidence import DocumentReview, FileModel, Observation
from evaluations.models.interviews import Interview

OWNER_FIELDS = ("interview", "observation", "document")


class Attachment(ScopedModel, FileModel):
    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="attachments")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="attachments", null=True, blank=True)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="attachments", null=True, blank=True)
    document = models.ForeignKey(DocumentReview, models.CASCADE, related_name="attachments", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("lampiran")
        verbose_name_plural = _("lampiran")
        constraints = [
            models.CheckConstraint(name="attachment_has_exactly_one_owner", condition=exactly_one(*OWNER_FIELDS)),
            *(
                models.UniqueConstraint(
                    fields=[name, "sha256"],
                    name=f"attachment_once_per_{name}",
                    condition=models.Q(**{f"{name}__isnull": False}),
                    violation_error_message=_("Berkas yang sama sudah dilampirkan di sini."),
                )
                for name in OWNER_FIELDS
            ),
        ]

    @property
    def owner(self) -> Interview | Observation | DocumentReview:
        return next(getattr(self, name) for name in OWNER_FIELDS if getattr(self, f"{name}_id") is not None)

    def get_absolute_url(self):
        return self.owner.get_absolute_url()
