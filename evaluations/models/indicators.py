"""Service and performance indicators measured over time."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from programs.models import Objective
from programs.models.programs import Polarity


class IndicatorSeries(ScopedModel, RevisedModel):
    """A service or performance indicator measured over time at one unit."""

    region_path = "evaluation__program__region"

    class Scale(models.TextChoices):
        NUMBER = "angka", _("Angka")
        PREDICATE = "predikat", _("Predikat kinerja pegawai (jumlah pegawai per predikat)")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="indicators")
    objective = models.ForeignKey(
        Objective,
        models.SET_NULL,
        verbose_name=_("sasaran program yang diukur"),
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField(_("nama indikator"), max_length=200)
    agency_name = models.CharField(_("unit kerja"), max_length=150)
    scale = models.CharField(_("jenis ukuran"), max_length=10, choices=Scale, default=Scale.NUMBER)
    unit = models.CharField(_("satuan"), max_length=50)
    polarity = models.CharField(_("arah"), max_length=5, choices=Polarity)
    baseline = models.DecimalField(
        _("nilai awal yang diketahui"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Bila kosong, pengukuran sebelum program menjadi nilai awal."),
    )
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("sumber data"), max_length=200)
    # A unit that did not take part, measured alike: what would have happened without the program.
    compared_with = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("unit pembanding"),
        related_name="compared_by",
        null=True,
        blank=True,
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("indikator layanan")
        verbose_name_plural = _("indikator layanan")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("indicator_detail", args=[self.pk])

    def is_measured_like(self, other: "IndicatorSeries") -> bool:
        """Whether a difference of both says something: the same kind of number, unit and direction."""
        mine, theirs = ((one.scale, one.unit.strip().casefold(), one.polarity) for one in (self, other))
        return mine == theirs

    @property
    def is_of_predicates(self) -> bool:
        return self.scale == self.Scale.PREDICATE


class Measurement(ScopedModel, RevisedModel):
    """One value on one day, or how many employees had each predicate (``counts``: predicate -> n)."""

    region_path = "series__evaluation__program__region"

    series = models.ForeignKey(IndicatorSeries, models.CASCADE, related_name="measurements")
    date = models.DateField(_("tanggal"))
    value = models.DecimalField(_("nilai"), max_digits=14, decimal_places=4, null=True, blank=True)
    counts = models.JSONField(_("jumlah per predikat"), default=dict, blank=True)
    n = models.PositiveIntegerField(
        _("jumlah kasus"),
        null=True,
        blank=True,
        help_text=_("Berapa berkas atau layanan yang mendasari nilai ini."),
    )

    class Meta:
        ordering = ["date"]
        verbose_name = _("pengukuran")
        verbose_name_plural = _("pengukuran")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "date"],
                name="measurement_once_per_date",
                violation_error_message=_("Nilai untuk tanggal ini sudah ada."),
            ),
            models.CheckConstraint(
                name="measurement_has_a_value_or_counts",
                condition=Q(value__isnull=False, counts={}) | (Q(value__isnull=True) & ~Q(counts={})),
                violation_error_message=_("Isi nilai pengukuran."),
            ),
        ]

    def __str__(self):
        return f"{self.series}: {self.date}"

    def get_absolute_url(self):
        return self.series.get_absolute_url()
