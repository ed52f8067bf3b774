"""Units that people work in, in a tree."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Region
from asn_eval.records import RevisedModel, searchable
from asn_eval.scoping import ScopedModel


class Agency(ScopedModel, RevisedModel):
    """An instansi, a perangkat daerah or a unit kerja."""

    region_path = "region"

    class Kind(models.TextChoices):
        INSTITUTION = "instansi", _("Instansi")
        DEPARTMENT = "perangkat_daerah", _("Perangkat daerah")
        UNIT = "unit", _("Unit kerja")

    name = models.CharField(_("nama unit kerja"), max_length=150)
    search_name = searchable("name", 150)
    kind = models.CharField(_("tingkat"), max_length=20, choices=Kind, default=Kind.UNIT)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("wilayah"), related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("bagian dari"), related_name="units", null=True, blank=True
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("unit kerja")
        verbose_name_plural = _("unit kerja")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "region",
                name="agency_name_once_per_region",
                violation_error_message=_("Unit kerja dengan nama ini sudah ada di wilayah tersebut."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("agency_detail", args=[self.pk])
