"""Who took part: one person by NIP, and their place in each program."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.scoping import ScopedModel
from programs.models.organisations import Agency, Grade
from programs.models.programs import Program


class Person(ScopedModel):
    region_path = "agency__region"

    nip = models.CharField(
        _("NIP"),
        max_length=18,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{18}$", _("NIP terdiri atas 18 angka."))],
        error_messages={"unique": _("NIP ini sudah terdaftar.")},
    )
    name = models.CharField(_("nama"), max_length=150)
    status = models.CharField(_("status kepegawaian"), max_length=4, choices=Grade.Status)
    grade = models.ForeignKey(
        Grade, models.PROTECT, verbose_name=_("golongan"), related_name="+", null=True, blank=True
    )
    position = models.CharField(_("jabatan"), max_length=150, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("unit kerja"), related_name="people")
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("nomor telepon"), max_length=20, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("ASN")
        verbose_name_plural = _("ASN")

    def __str__(self):
        return self.name

    @property
    def nip_printed(self) -> str:
        """The NIP in the groups in which it is written: 19860926 201505 1 001."""
        return f"{self.nip[:8]} {self.nip[8:14]} {self.nip[14]} {self.nip[15:]}"


class Enrollment(ScopedModel):
    region_path = "program__region"

    class Group(models.TextChoices):
        PARTICIPANT = "peserta", _("Peserta")
        COMPARISON = "pembanding", _("Pembanding")

    class Status(models.TextChoices):
        REGISTERED = "terdaftar", _("Terdaftar")
        ATTENDED = "hadir", _("Hadir")
        COMPLETED = "selesai", _("Selesai")
        WITHDRAWN = "mengundurkan_diri", _("Mengundurkan diri")

    program = models.ForeignKey(Program, models.CASCADE, related_name="enrollments")
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
    superior = models.CharField(_("nama atasan langsung"), max_length=150, blank=True)
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
        ]

    def __str__(self):
        return str(self.person)

    def get_absolute_url(self):
        return reverse("program_participants", args=[self.program_id])
