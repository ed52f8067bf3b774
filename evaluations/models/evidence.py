"""What was seen, read and measured besides what people answered."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from programs.models.programs import Polarity


class Observation(ScopedModel, RevisedModel):
    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="observations")
    unit = models.CharField(_("unit kerja"), max_length=150)
    date = models.DateField(_("tanggal pengamatan"))
    observer = models.CharField(_("pengamat"), max_length=150, blank=True)
    before = models.TextField(_("keadaan sebelum program"), blank=True)
    after = models.TextField(_("yang diamati"))

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("observasi")
        verbose_name_plural = _("observasi")

    def __str__(self):
        return self.unit

    def get_absolute_url(self):
        return reverse("observation_detail", args=[self.pk])


class DocumentReview(ScopedModel, RevisedModel):
    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="documents")
    title = models.CharField(_("judul dokumen"), max_length=200)
    number = models.CharField(_("nomor dokumen"), max_length=100, blank=True)
    date = models.DateField(_("tanggal dokumen"))
    kind = models.CharField(
        _("jenis dokumen"), max_length=100, blank=True, help_text=_("Contoh: SOP, laporan kinerja.")
    )
    shows = models.TextField(_("yang ditunjukkan dokumen"))

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("telaah dokumen")
        verbose_name_plural = _("telaah dokumen")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("document_detail", args=[self.pk])


class IndicatorSeries(ScopedModel, RevisedModel):
    """A service or performance indicator measured over time at one unit."""

    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="indicators")
    name = models.CharField(_("nama indikator"), max_length=200)
    agency_name = models.CharField(_("unit kerja"), max_length=150)
    unit = models.CharField(_("satuan"), max_length=50)
    polarity = models.CharField(_("arah"), max_length=5, choices=Polarity)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("sumber data"), max_length=200)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("indikator layanan")
        verbose_name_plural = _("indikator layanan")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("indicator_detail", args=[self.pk])


class Measurement(ScopedModel, RevisedModel):
    region_path = "series__evaluation__program__region"

    series = models.ForeignKey(IndicatorSeries, models.CASCADE, related_name="measurements")
    date = models.DateField(_("tanggal"))
    value = models.DecimalField(_("nilai"), max_digits=14, decimal_places=4)
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
            )
        ]

    def __str__(self):
        return f"{self.series}: {self.date}"

    def get_absolute_url(self):
        return self.series.get_absolute_url()


class CaseStudy(ScopedModel, RevisedModel):
    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="case_studies")
    title = models.CharField(_("judul"), max_length=200)
    unit = models.CharField(_("unit kerja"), max_length=150)
    before = models.TextField(_("keadaan sebelum"))
    applied = models.TextField(_("yang diterapkan"))
    after = models.TextField(_("keadaan sesudah"))
    public_effect = models.TextField(_("yang dirasakan masyarakat"), blank=True)
    source = models.CharField(_("sumber"), max_length=200)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("studi kasus")
        verbose_name_plural = _("studi kasus")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("casestudy_detail", args=[self.pk])
