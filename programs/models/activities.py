"""What was done in a program: activities with their speakers and materials, partner institutions."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from programs.lesson_hours import Proposal, propose
from programs.models.programs import Batch, Program
from programs.models.reference import LessonHourRule, TrainingForm
from programs.schedule import outside


class Activity(ScopedModel, RevisedModel):
    region_path = "program__region"

    class Delivery(models.TextChoices):
        FACE_TO_FACE = "tatap_muka", _("Tatap muka")
        ONLINE = "daring", _("Daring")
        BLENDED = "campuran", _("Campuran")

    program = models.ForeignKey(Program, models.CASCADE, related_name="activities")
    batch = models.ForeignKey(
        Batch,
        models.RESTRICT,
        verbose_name=_("angkatan"),
        related_name="activities",
        null=True,
        blank=True,
        help_text=_("Kosong berarti untuk semua angkatan."),
    )
    title = models.CharField(_("nama kegiatan"), max_length=200)
    form = models.ForeignKey(TrainingForm, models.PROTECT, verbose_name=_("bentuk pelatihan"), related_name="+")
    delivery = models.CharField(
        _("cara penyampaian"), max_length=15, choices=Delivery, default=Delivery.FACE_TO_FACE
    )
    method = models.CharField(
        _("metode"),
        max_length=150,
        blank=True,
        help_text=_("Contoh: simulasi, proyek, praktik langsung, diskusi."),
    )
    topic = models.CharField(_("materi"), max_length=200, blank=True)
    lesson_hours = models.DecimalField(
        _("JP"),
        max_digits=6,
        decimal_places=1,
        validators=[MinValueValidator(0)],
        help_text=_("Jam pelajaran."),
    )
    quantity = models.DecimalField(
        _("banyaknya"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Banyaknya sesi, hari, atau bulan, bila JP dihitung dari aturan konversi."),
    )
    quantity_unit = models.CharField(_("satuan"), max_length=10, choices=LessonHourRule.Unit, blank=True)
    start_date = models.DateField(_("tanggal mulai"))
    end_date = models.DateField(_("tanggal selesai"))
    start_time = models.TimeField(_("jam mulai"), null=True, blank=True)
    end_time = models.TimeField(_("jam selesai"), null=True, blank=True)
    place = models.CharField(_("tempat"), max_length=150, blank=True)

    class Meta:
        ordering = ["start_date", "pk"]
        verbose_name = _("kegiatan")
        verbose_name_plural = _("kegiatan")
        constraints = [
            models.CheckConstraint(
                name="activity_ends_on_or_after_its_start",
                condition=Q(end_date__gte=F("start_date")),
                violation_error_message=_("Tanggal selesai tidak boleh mendahului tanggal mulai."),
            ),
            models.CheckConstraint(
                name="activity_lesson_hours_not_negative",
                condition=Q(lesson_hours__gte=0),
                violation_error_message=_("JP tidak boleh negatif."),
            ),
            models.CheckConstraint(
                name="activity_ends_after_its_start_time",
                condition=Q(start_time__isnull=True) | Q(end_time__isnull=True) | Q(end_time__gt=F("start_time")),
                violation_error_message=_("Jam selesai harus sesudah jam mulai."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("activity_detail", args=[self.pk])

    def clean(self):
        if self.batch_id and self.batch.program_id != self.program_id:
            raise ValidationError({"batch": _("Angkatan ini milik program lain.")})

    def proposal(self) -> Proposal | None:
        """The JP by the conversion rule of its first day."""
        if not self.quantity_unit:
            return None
        rules = self.form.rules.filter(unit=self.quantity_unit)
        return propose(rules, self.quantity_unit, self.quantity, self.start_date)

    @property
    def starts_early(self) -> bool:
        """It begins before its program does; shown as a warning, not refused."""
        return outside(self, self.program.start_date, self.program.end_date)[0]

    @property
    def ends_late(self) -> bool:
        return outside(self, self.program.start_date, self.program.end_date)[1]


class Speaker(ScopedModel, RevisedModel):
    """A narasumber of one activity."""

    region_path = "activity__program__region"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="speakers")
    name = models.CharField(_("nama narasumber"), max_length=150)
    affiliation = models.CharField(
        _("asal"), max_length=150, blank=True, help_text=_("Instansi, perguruan tinggi, atau organisasi.")
    )
    topic = models.CharField(_("materi"), max_length=200, blank=True)
    fee = models.DecimalField(
        _("honorarium"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Rupiah, sebelum pajak."),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("narasumber")
        verbose_name_plural = _("narasumber")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "name"],
                name="speaker_once_per_activity",
                violation_error_message=_("Narasumber ini sudah tercatat pada kegiatan."),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.affiliation}" if self.affiliation else self.name

    def get_absolute_url(self):
        return self.activity.get_absolute_url()


class Partnership(ScopedModel, RevisedModel):
    """An institution that carries a program together with its organiser, and the agreement about it."""

    region_path = "program__region"

    class Kind(models.TextChoices):
        UNIVERSITY = "perguruan_tinggi", _("Perguruan tinggi")
        PROFESSION = "organisasi_profesi", _("Organisasi profesi")
        TRAINING = "lembaga_pelatihan", _("Lembaga pelatihan")
        GOVERNMENT = "instansi", _("Instansi pemerintah")
        OTHER = "lain", _("Lainnya")

    program = models.ForeignKey(Program, models.CASCADE, related_name="partnerships")
    institution = models.CharField(_("nama lembaga"), max_length=150)
    kind = models.CharField(_("jenis lembaga"), max_length=20, choices=Kind)
    agreement_number = models.CharField(_("nomor perjanjian"), max_length=100, blank=True)
    agreement_date = models.DateField(_("tanggal perjanjian"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    contribution = models.CharField(
        _("bentuk kerja sama"),
        max_length=300,
        blank=True,
        help_text=_("Contoh: menyediakan narasumber dan modul."),
    )

    class Meta:
        ordering = ["institution"]
        verbose_name = _("mitra")
        verbose_name_plural = _("mitra")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "institution"],
                name="institution_once_per_program",
                violation_error_message=_("Lembaga ini sudah tercatat sebagai mitra program."),
            ),
            models.CheckConstraint(
                name="agreement_ends_on_or_after_its_date",
                condition=Q(valid_until__isnull=True)
                | Q(agreement_date__isnull=True)
                | Q(valid_until__gte=F("agreement_date")),
                violation_error_message=_("Perjanjian tidak dapat berakhir sebelum tanggalnya."),
            ),
        ]

    def __str__(self):
        return self.institution

    def get_absolute_url(self):
        return self.program.get_absolute_url()

    @property
    def ends_early(self) -> bool:
        """The agreement runs out while the program still goes on."""
        return self.valid_until is not None and self.valid_until < self.program.end_date


class Material(ScopedModel):
    """A file used in an activity; leaves only as a download."""

    region_path = "activity__program__region"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="materials")
    title = models.CharField(_("judul"), max_length=200)
    file = models.FileField(_("berkas"), upload_to="materi/", max_length=200)
    file_name = models.CharField(_("nama berkas"), max_length=200, editable=False)
    size = models.PositiveIntegerField(_("ukuran"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("materi")
        verbose_name_plural = _("materi")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "sha256"],
                name="file_once_per_activity",
                violation_error_message=_("Berkas yang sama sudah ada pada kegiatan ini."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.activity.get_absolute_url()
