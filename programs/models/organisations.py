"""Units that people work in, and the reference lists that programs choose from."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Region
from asn_eval.scoping import ScopedModel


class Agency(ScopedModel):
    """An instansi, a perangkat daerah or a unit kerja."""

    region_path = "region"

    name = models.CharField(_("nama unit kerja"), max_length=150)
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


class Grade(models.Model):
    """Golongan: PNS I/a to IV/e with pangkat, PPPK I to XVII without."""

    class Status(models.TextChoices):
        PNS = "PNS", _("PNS")
        PPPK = "PPPK", _("PPPK")

    code = models.CharField(_("golongan"), max_length=10)
    rank_name = models.CharField(_("pangkat"), max_length=50, blank=True)
    status = models.CharField(_("status"), max_length=4, choices=Status)
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(_("sumber"), max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("golongan")
        verbose_name_plural = _("golongan")
        constraints = [models.UniqueConstraint(fields=["status", "code"], name="grade_once_per_status")]

    def __str__(self):
        return f"{self.rank_name} ({self.code})" if self.rank_name else self.code


class TrainingForm(models.Model):
    """Bentuk pengembangan kompetensi, with the id that SIASN gives it."""

    class Track(models.TextChoices):
        CLASSICAL = "klasikal", _("Klasikal")
        NON_CLASSICAL = "nonklasikal", _("Nonklasikal")

    code = models.SlugField(_("kode"), max_length=50, unique=True)
    name = models.CharField(_("nama"), max_length=100)
    siasn_id = models.PositiveSmallIntegerField(_("id SIASN"), unique=True, null=True, blank=True)
    track = models.CharField(_("jalur"), max_length=12, choices=Track)
    source = models.CharField(_("sumber"), max_length=200, blank=True)

    class Meta:
        ordering = ["track", "name"]
        verbose_name = _("bentuk pelatihan")
        verbose_name_plural = _("bentuk pelatihan")

    def __str__(self):
        return self.name
