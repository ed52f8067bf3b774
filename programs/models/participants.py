"""Who took part: a person's place in a program, what they attended, what they were given."""

import secrets

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office
from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from programs.models.activities import Activity
from programs.models.imports import ImportJob
from programs.models.people import Person
from programs.models.programs import Batch, Program

# No letter or digit that is read as another one: the address may be typed from paper.
TOKEN_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105
TOKEN_LENGTH = 24  # 31**24 is about 119 bits


def new_certificate_token() -> str:
    """The last part of an address that nobody can guess."""
    return "".join(secrets.choice(TOKEN_ALPHABET) for _unused in range(TOKEN_LENGTH))


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
        Batch,
        models.RESTRICT,
        verbose_name=_("angkatan"),
        related_name="enrollments",
        null=True,
        blank=True,
        db_index=False,  # one of its own below, of those only who have one
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
        indexes = [models.Index(fields=["batch"], name="enrollment_by_batch", condition=Q(batch__isnull=False))]
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

    @property
    def has_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN

    @property
    def valid_certificate(self) -> "Certificate | None":
        """The one certificate that was not revoked; asked of many, prefetch ``certificates``."""
        return next((certificate for certificate in self.certificates.all() if not certificate.is_revoked), None)

    def is_meant_by(self, activity: Activity) -> bool:
        """Is that an activity of everybody, or of the participant's own batch?"""
        return activity.batch_id is None or activity.batch_id == self.batch_id

    def may_become(self, status: str) -> bool:
        """Is that the ordinary way on, or would it be a correction?"""
        return status in ENROLLMENT_TRANSITIONS[self.status]


# The ordinary way of a participant. Any other move is a correction: possible, but said to be one.
ENROLLMENT_TRANSITIONS: dict[str, tuple[str, ...]] = {
    Enrollment.Status.INVITED: (Enrollment.Status.REGISTERED, Enrollment.Status.WITHDRAWN),
    Enrollment.Status.REGISTERED: (
        Enrollment.Status.ATTENDED,
        Enrollment.Status.COMPLETED,
        Enrollment.Status.FAILED,
        Enrollment.Status.WITHDRAWN,
    ),
    Enrollment.Status.ATTENDED: (
        Enrollment.Status.COMPLETED,
        Enrollment.Status.FAILED,
        Enrollment.Status.WITHDRAWN,
    ),
    Enrollment.Status.COMPLETED: (),
    Enrollment.Status.WITHDRAWN: (),
    Enrollment.Status.FAILED: (),
}


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
    """What was printed and given to a participant. Its words stay as they were on that day.

    A revoked one keeps its number and its address; another may then be issued to the same participant.
    """

    region_path = "enrollment__program__region"

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="certificates")
    issuer = models.ForeignKey(Office, models.PROTECT, related_name="+", editable=False)
    issuer_name = models.CharField(_("penerbit"), max_length=150)
    # Numbers run on, without a gap, among those that one office gives out by the same pattern and year.
    series = models.CharField(max_length=200, editable=False)
    sequence = models.PositiveIntegerField(editable=False)
    number = models.CharField(_("nomor sertifikat"), max_length=200)
    token = models.CharField(max_length=32, unique=True, editable=False, default=new_certificate_token)
    issued_on = models.DateField(_("tanggal terbit"))
    holder_name = models.CharField(_("nama pada sertifikat"), max_length=150)
    program_name = models.CharField(_("nama program"), max_length=250)
    batch_name = models.CharField(_("angkatan"), max_length=50, blank=True)
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
        ordering = ["series", "sequence", "pk"]
        verbose_name = _("sertifikat")
        verbose_name_plural = _("sertifikat")
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=Q(revoked_at__isnull=True),
                name="one_valid_certificate_per_participant",
                violation_error_message=_("Peserta ini sudah mempunyai sertifikat yang berlaku."),
            ),
            models.UniqueConstraint(fields=["issuer", "series", "sequence"], name="certificate_sequence_once"),
            models.UniqueConstraint(
                fields=["issuer", "number"],
                name="certificate_number_once_per_office",
                violation_error_message=_("Nomor sertifikat ini sudah dipakai kantor penerbit."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("certificate_list", args=[self.enrollment.program_id])

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
