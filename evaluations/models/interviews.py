"""Interviews: planned, held, and what the informant allowed us to do with their words."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from evaluations.models.instruments import InstrumentVersion

LONGEST_TEXT = 2_000_000  # characters; a day of talk has about 100,000


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

    class State(models.TextChoices):
        PLANNED = "rencana", _("Direncanakan")
        HELD = "selesai", _("Sudah dilaksanakan")
        CANCELLED = "batal", _("Batal")

    class Consent(models.TextChoices):
        BY_NAME = "nama", _("Boleh dikutip dengan nama")
        BY_ROLE = "peran", _("Boleh dikutip dengan peran saja")
        NO_QUOTE = "tanpa_kutipan", _("Tidak boleh dikutip")

    class ConsentForm(models.TextChoices):
        SPOKEN = "lisan", _("Lisan")
        WRITTEN = "tertulis", _("Tertulis")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="interviews")
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.HELD)
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
    guide = models.ForeignKey(
        InstrumentVersion,
        models.PROTECT,
        verbose_name=_("panduan wawancara"),
        related_name="+",
        null=True,
        blank=True,
    )
    consent = models.CharField(
        _("persetujuan informan"),
        max_length=15,
        choices=Consent,
        blank=True,
        help_text=_("Isi wawancara hanya dicatat bila informan menyetujuinya."),
    )
    consent_form = models.CharField(_("bentuk persetujuan"), max_length=10, choices=ConsentForm, blank=True)
    withdrawn_on = models.DateField(_("persetujuan ditarik pada"), null=True, blank=True, editable=False)
    text = models.TextField(_("catatan wawancara"), blank=True)

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("wawancara")
        verbose_name_plural = _("wawancara")
        constraints = [
            models.CheckConstraint(
                name="interview_held_has_a_consent",
                condition=~Q(state="selesai") | ~Q(consent=""),
                violation_error_message=_("Catat persetujuan informan sebelum menyimpan isi wawancara."),
            )
        ]

    def __str__(self):
        role = self.get_informant_role_display()
        return f"{role}, {self.unit}" if self.unit else role

    def get_absolute_url(self):
        return reverse("interview_detail", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def cited_as(self) -> str:
        """How a reader may know the informant."""
        if self.consent == self.Consent.BY_NAME and self.informant_name and self.withdrawn_on is None:
            return self.informant_name
        return self.get_informant_role_display()

    @property
    def may_be_quoted(self) -> bool:
        return self.withdrawn_on is None and self.consent in {self.Consent.BY_NAME, self.Consent.BY_ROLE}


INTERVIEW_TRANSITIONS = {
    Interview.State.PLANNED: (Interview.State.HELD, Interview.State.CANCELLED),
    Interview.State.CANCELLED: (Interview.State.PLANNED,),
    Interview.State.HELD: (),
}


class InterviewAnswer(ScopedModel):
    """What was said to one question of the guide; an interview has these or one transcript, or both."""

    region_path = "interview__evaluation__program__region"

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="answers")
    item_key = models.SlugField(max_length=30)
    text = models.TextField(_("jawaban"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("jawaban wawancara")
        verbose_name_plural = _("jawaban wawancara")
        constraints = [
            models.UniqueConstraint(fields=["interview", "item_key"], name="interview_answer_once_per_question")
        ]

    def __str__(self):
        return self.item_key
