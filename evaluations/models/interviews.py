from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation


class Interview(ScopedModel, RevisedModel):
    """What one informant said, and what they allowed us to do with it."""

    region_path = "evaluation__program__region"

    class Role(models.TextChoices):
        PARTICIPANT = "peserta", _("Peserta")
        SUPERIOR = "atasan", _("Atasan")
        UNIT_HEAD = "pimpinan_unit", _("Pimpinan unit kerja")
        SPEAKER = "narasumber", _("Narasumber")
        ORGANIZER = "penyelenggara", _("Penyelenggara")
        OFFICER = "petugas_layanan", _("Petugas layanan")
        PUBLIC = "masyarakat", _("Masyarakat")

    class Consent(models.TextChoices):
        BY_NAME = "nama", _("Boleh dikutip dengan nama")
        BY_ROLE = "peran", _("Boleh dikutip dengan peran saja")
        NO_QUOTE = "tanpa_kutipan", _("Tidak boleh dikutip")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="interviews")
    informant_role = models.CharField(_("peran informan"), max_length=20, choices=Role)
    informant_name = models.CharField(
        _("nama informan"),
        max_length=150,
        blank=True,
        help_text=_("Boleh dikosongkan. Hanya tampil bila informan mengizinkan."),
    )
    unit = models.CharField(_("unit kerja"), max_length=150, blank=True)
    date = models.DateField(_("tanggal wawancara"))
    interviewer = models.CharField(_("pewawancara"), max_length=150, blank=True)
    place = models.CharField(_("tempat"), max_length=150, blank=True)
    consent = models.CharField(
        _("persetujuan informan"),
        max_length=15,
        choices=Consent,
        help_text=_("Wawancara hanya dicatat bila informan menyetujuinya."),
    )
    text = models.TextField(_("catatan wawancara"))

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("wawancara")
        verbose_name_plural = _("wawancara")

    def __str__(self):
        return (
            f"{self.get_informant_role_display()}, {self.unit}" if self.unit else self.get_informant_role_display()
        )

    def get_absolute_url(self):
        return reverse("interview_detail", args=[self.pk])

    @property
    def cited_as(self) -> str:
        """How a reader may know the informant."""
        if self.consent == self.Consent.BY_NAME and self.informant_name:
            return self.informant_name
        return self.get_informant_role_display()

    @property
    def may_be_quoted(self) -> bool:
        return self.consent != self.Consent.NO_QUOTE
