"""Who took part: a person's place in a program, what they attended, what they were given."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from programs.models.activities import Activity
from programs.models.imports import ImportJob
from programs.models.people import Person
from programs.models.programs import Batch, Program


class Enrollment(ScopedModel, RevisedModel):
    region_path = "program__region"

    class Group(models.TextChoices):
        PARTICIPANT = "peserta", _("Peserta")
        COMPARISON = "pembanding", _("Pembanding")

    class Status(models.TextChoices):
        INVITED = "diundang", _("Diundang")
        REGISTERED = "terdaftar", _("Terdaftar")
        ATTENDED = "hadir", _("Hadir")
        COMPLETED = "selesai", _("Selesai")
        WITHDRAWN = "mengundurkan_diri", _("Mengundurkan diri")
        FAILED = "tidak_lulus", _("Tidak lulus")

    class ExitReason(models.TextChoices):
        WORKLOAD = "beban_kerja", _("Beban kerja atau jadwal tugas")
        TRANSFER = "mutasi", _("Mutasi atau promosi")
        HEALTH = "kesehatan", _("Sakit atau cuti")
        RELEVANCE = "relevansi", _("Materi tidak sesuai kebutuhan")
        DISTANCE = "jarak", _("Jarak, biaya, atau jaringan")
        PERSONAL = "pribadi", _("Alasan pribadi")
        OTHER = "lain", _("Lainnya")
        UNKNOWN = "tidak_diketahui", _("Tidak diketahui")

    # Both unique constraints begin with the program and serve as its index.
    program = models.ForeignKey(Program, models.CASCADE, related_name="enrollments", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrollments")
    code = models.CharField(
        _("kode peserta"),
        max_length=20,
        blank=True,
        help_text=_(
            "Tercetak pada daftar tautan dan formulir kertas. Dikosongkan berarti diberi nomor berikutnya."
        ),
    )
    group = models.CharField(_("kelompok"), max_length=12, choices=Group, default=Group.PARTICIPANT)
    status = models.CharField(_("status keikutsertaan"), max_length=20, choices=Status, default=Status.REGISTERED)
    batch = models.ForeignKey(
        Batch, models.PROTECT, verbose_name=_("angkatan"), related_name="enrollments", null=True, blank=True
    )
    exit_reason = models.CharField(_("alasan berhenti"), max_length=20, choices=ExitReason, blank=True)
    exit_note = models.CharField(_("keterangan berhenti"), max_length=200, blank=True)
    superior = models.CharField(_("nama atasan langsung"), max_length=150, blank=True)
    pre_score = models.DecimalField(
        _("nilai pretes"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    post_score = models.DecimalField(
        _("nilai postes"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    # Without index and constraint: of a large import each would cost as much as the row itself.
    imported_in = models.ForeignKey(
        ImportJob,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        db_constraint=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["person__name", "pk"]
        verbose_name = _("peserta")
        verbose_name_plural = _("peserta")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person"],
                name="person_once_per_program",
                violation_error_message=_("ASN ini sudah terdaftar pada program."),
            ),
            models.UniqueConstraint(
                fields=["program", "code"],
                name="enrollment_code_once_per_program",
                violation_error_message=_("Kode peserta ini sudah dipakai pada program."),
            ),
            models.CheckConstraint(
                name="enrollment_scores_not_negative",
                condition=(Q(pre_score__isnull=True) | Q(pre_score__gte=0))
                & (Q(post_score__isnull=True) | Q(post_score__gte=0)),
                violation_error_message=_("Nilai tidak boleh negatif."),
            ),
        ]

    def __str__(self):
        return str(self.person)

    def get_absolute_url(self):
        return reverse("program_participants", args=[self.program_id])


class Attendance(ScopedModel):
    """Whether one participant was at one activity. No row means: nobody noted it."""

    region_path = "activity__program__region"

    class State(models.TextChoices):
        PRESENT = "hadir", _("Hadir")
        EXCUSED = "izin", _("Izin")
        ILL = "sakit", _("Sakit")
        ABSENT = "alpa", _("Tanpa keterangan")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="attendances")
    state = models.CharField(_("kehadiran"), max_length=5, choices=State)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("kehadiran")
        verbose_name_plural = _("kehadiran")
        constraints = [
            models.UniqueConstraint(fields=["activity", "enrollment"], name="attendance_once_per_activity")
        ]

    def __str__(self):
        return self.get_state_display()


class Certificate(ScopedModel):
    """What was printed and given to a participant. Its words stay as they were on that day."""

    region_path = "enrollment__program__region"

    enrollment = models.OneToOneField(Enrollment, models.PROTECT, related_name="certificate")
    number = models.CharField(_("nomor sertifikat"), max_length=100, unique=True)
    token = models.CharField(max_length=32, unique=True, editable=False)  # the address of its verification
    issued_on = models.DateField(_("tanggal terbit"))
    holder_name = models.CharField(_("nama pada sertifikat"), max_length=150)
    program_name = models.CharField(_("nama program"), max_length=250)
    period = models.CharField(_("pelaksanaan"), max_length=100)
    lesson_hours = models.DecimalField(_("JP"), max_digits=7, decimal_places=1)
    place = models.CharField(_("tempat"), max_length=100, blank=True)
    signatory_title = models.CharField(_("jabatan penanda tangan"), max_length=150, blank=True)
    signatory_name = models.CharField(_("nama penanda tangan"), max_length=150, blank=True)
    signatory_rank = models.CharField(_("pangkat penanda tangan"), max_length=80, blank=True)
    signatory_nip = models.CharField(_("NIP penanda tangan"), max_length=18, blank=True)
    revoked_at = models.DateTimeField(_("dibatalkan pada"), null=True, blank=True)
    revoke_reason = models.CharField(_("alasan pembatalan"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("sertifikat")
        verbose_name_plural = _("sertifikat")

    def __str__(self):
        return self.number
