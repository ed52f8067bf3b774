"""Files on their way into the database: read, shown, saved, with their progress."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office, Region
from asn_eval.scoping import NOTHING, ScopedModel
from programs.models.programs import Program


class Entity(models.TextChoices):
    """What a file may hold; programs.imports has the columns of each."""

    PARTICIPANTS = "peserta", _("Peserta program")
    PEOPLE = "pegawai", _("ASN")
    AGENCIES = "unit-kerja", _("Unit kerja")
    PROGRAMS = "program", _("Program")
    OBJECTIVES = "sasaran", _("Sasaran program")
    ACTIVITIES = "kegiatan", _("Kegiatan program")
    BUDGET = "anggaran", _("Anggaran program")
    ATTENDANCE = "kehadiran", _("Kehadiran")
    SCORES = "nilai", _("Nilai pretes dan postes")
    TRAINING = "riwayat-pelatihan", _("Riwayat pelatihan")


class ImportJob(ScopedModel):
    """One uploaded file. Its rows are personal data: only the office that uploaded it sees it."""

    region_path = "region"

    class State(models.TextChoices):
        WAITING = "menunggu", _("Menunggu giliran")
        READING = "dibaca", _("Sedang diperiksa")
        MAPPING = "kolom", _("Menunggu pilihan kolom")
        READY = "siap", _("Siap disimpan")
        SAVING = "disimpan", _("Sedang disimpan")
        DONE = "selesai", _("Selesai")
        FAILED = "gagal", _("Gagal")
        DISCARDED = "dibuang", _("Dibuang")

    entity = models.CharField(_("isi berkas"), max_length=20, choices=Entity)
    program = models.ForeignKey(Program, models.CASCADE, related_name="import_jobs", null=True, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.WAITING)
    file = models.FileField(_("berkas"), upload_to="impor/", max_length=200, blank=True)
    error_file = models.FileField(_("berkas perbaikan"), upload_to="impor/", max_length=200, blank=True)
    file_name = models.CharField(_("nama berkas"), max_length=200)
    mapping = models.JSONField(_("pemetaan kolom"), default=dict)
    valid_only = models.BooleanField(_("hanya baris yang benar"), default=False)
    n_done = models.PositiveIntegerField(default=0)
    n_total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # new, changed, same, refused
    digest = models.CharField(max_length=64, blank=True)  # of the plan that was shown; agreed to while waiting
    report = models.JSONField(default=dict)  # what the page of the import shows; written by actions.imports
    message = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("oleh"), related_name="+", null=True
    )
    created_at = models.DateTimeField(_("diunggah pada"), auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    beat_at = models.DateTimeField(null=True, blank=True)  # the worker's last sign of life
    finished_at = models.DateTimeField(_("selesai pada"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("impor")
        verbose_name_plural = _("impor")

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("import_detail", args=[self.pk])

    @property
    def is_moving(self) -> bool:
        """Whether something happens to it without anybody pressing a button."""
        return self.state in (self.State.WAITING, self.State.READING, self.State.SAVING)

    @property
    def is_agreed(self) -> bool:
        """Whether its plan was shown and agreed to, so that what is left to do is saving."""
        return self.is_moving and bool(self.digest)

    @classmethod
    def scope_for(cls, user) -> Q:
        if not user.is_authenticated:
            return NOTHING
        own = Q(created_by=user)
        return own | Q(office=user.office_id) if user.office_id else own


class ColumnMapping(models.Model):
    """Which column of an office's own files means which field, remembered from the last import."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+", null=True)
    entity = models.CharField(max_length=20, choices=Entity)
    header = models.CharField(max_length=200)  # as header_key() writes it
    field = models.CharField(max_length=50)  # "" means: this column is not read

    class Meta:
        verbose_name = _("pemetaan kolom")
        verbose_name_plural = _("pemetaan kolom")
        constraints = [
            models.UniqueConstraint(fields=["office", "entity", "header"], name="column_mapped_once_per_office"),
            models.UniqueConstraint(
                fields=["entity", "header"],
                condition=Q(office__isnull=True),
                name="column_mapped_once_without_office",
            ),
        ]

    def __str__(self):
        return f"{self.header} → {self.field}"
