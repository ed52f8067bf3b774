"""What was seen and read besides what people answered, and the files that go with it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from evaluations.models.instruments import InstrumentVersion


class SheetModel(models.Model):
    """A record that may follow an instrument; ``sheet`` holds {item key: packed value or text}."""

    version = models.ForeignKey(
        InstrumentVersion, models.PROTECT, verbose_name=_("lembar"), related_name="+", null=True, blank=True
    )
    sheet = models.JSONField(_("isi lembar"), default=dict, blank=True)

    class Meta:
        abstract = True


class Observation(ScopedModel, RevisedModel, SheetModel):
    region_path = "evaluation__program__region"

    class Moment(models.TextChoices):
        BEFORE = "sebelum", _("Sebelum program")
        DURING = "selama", _("Selama program")
        AFTER = "sesudah", _("Sesudah program")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="observations")
    unit = models.CharField(_("unit kerja"), max_length=150)
    date = models.DateField(_("tanggal pengamatan"))
    observer = models.CharField(_("pengamat"), max_length=150, blank=True)
    moment = models.CharField(_("saat pengamatan"), max_length=10, choices=Moment, default=Moment.AFTER)
    before = models.TextField(_("keadaan sebelum program"), blank=True)
    after = models.TextField(_("yang diamati"), blank=True)

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("observasi")
        verbose_name_plural = _("observasi")

    def __str__(self):
        return self.unit

    def get_absolute_url(self):
        return reverse("observation_detail", args=[self.pk])


class DocumentReview(ScopedModel, RevisedModel, SheetModel):
    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="documents")
    title = models.CharField(_("judul dokumen"), max_length=200)
    number = models.CharField(_("nomor dokumen"), max_length=100, blank=True)
    date = models.DateField(_("tanggal dokumen"))
    kind = models.CharField(
        _("jenis dokumen"), max_length=100, blank=True, help_text=_("Contoh: SOP, laporan kinerja.")
    )
    unit = models.CharField(_("unit kerja"), max_length=150, blank=True)
    shows = models.TextField(_("yang ditunjukkan dokumen"), blank=True)

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("telaah dokumen")
        verbose_name_plural = _("telaah dokumen")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("document_detail", args=[self.pk])


class CaseStudy(ScopedModel, RevisedModel):
    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="case_studies")
    title = models.CharField(_("judul"), max_length=200)
    unit = models.CharField(_("unit kerja"), max_length=150)
    before = models.TextField(_("keadaan sebelum"))
    applied = models.TextField(_("yang diterapkan"))
    after = models.TextField(_("keadaan sesudah"))
    public_effect = models.TextField(_("yang dirasakan masyarakat"), blank=True)
    source = models.CharField(_("sumber"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("studi kasus")
        verbose_name_plural = _("studi kasus")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("casestudy_detail", args=[self.pk])


class FileModel(models.Model):
    """An uploaded file that leaves only as a download, by name and by what it really is."""

    file = models.FileField(_("berkas"), upload_to="lampiran/", max_length=200)
    file_name = models.CharField(_("nama berkas"), max_length=200, editable=False)
    size = models.PositiveIntegerField(_("ukuran"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.file_name
