"""The registry of civil servants: one person by NIP, where they worked, what they learned elsewhere."""

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel, searchable
from asn_eval.scoping import ScopedModel
from programs.models.imports import ImportJob
from programs.models.organisations import Agency
from programs.models.reference import Grade, TrainingForm


class PositionLevel(models.TextChoices):
    """Jenjang jabatan: UU 20/2023, with the levels of jabatan fungsional."""

    TOP = "jpt_utama", _("JPT utama")
    HIGH = "jpt_madya", _("JPT madya")
    SENIOR = "jpt_pratama", _("JPT pratama")
    ADMINISTRATOR = "administrator", _("Administrator")
    SUPERVISOR = "pengawas", _("Pengawas")
    EXPERT_4 = "ahli_utama", _("Fungsional ahli utama")
    EXPERT_3 = "ahli_madya", _("Fungsional ahli madya")
    EXPERT_2 = "ahli_muda", _("Fungsional ahli muda")
    EXPERT_1 = "ahli_pertama", _("Fungsional ahli pertama")
    SKILLED_4 = "penyelia", _("Fungsional penyelia")
    SKILLED_3 = "mahir", _("Fungsional mahir")
    SKILLED_2 = "terampil", _("Fungsional terampil")
    SKILLED_1 = "pemula", _("Fungsional pemula")
    STAFF = "pelaksana", _("Pelaksana")


class Person(ScopedModel, RevisedModel):
    region_path = "agency__region"

    nip = models.CharField(
        _("NIP"),
        max_length=18,
        validators=[RegexValidator(r"^[0-9]{18}$", _("NIP terdiri atas 18 angka."))],
        error_messages={"unique": _("NIP ini sudah terdaftar.")},
    )
    name = models.CharField(_("nama"), max_length=150)
    search_name = searchable("name", 150)
    birth_date = models.DateField(
        _("tanggal lahir"), null=True, blank=True, help_text=_("Semula dari NIP; dapat diperbaiki.")
    )
    status = models.CharField(_("status kepegawaian"), max_length=4, choices=Grade.Status)
    # Each index is kept up for every row of a large import. A grade is looked for only before it is removed.
    grade = models.ForeignKey(
        Grade,
        models.PROTECT,
        verbose_name=_("golongan"),
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    position = models.CharField(_("jabatan"), max_length=150, blank=True)
    level = models.CharField(_("jenjang jabatan"), max_length=20, choices=PositionLevel, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("unit kerja"), related_name="people")
    superior = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("atasan langsung"),
        related_name="subordinates",
        null=True,
        blank=True,
        db_index=False,  # one of its own below, of those only who have one
    )
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("nomor telepon"), max_length=20, blank=True)
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
        ordering = ["name"]
        verbose_name = _("ASN")
        verbose_name_plural = _("ASN")
        indexes = [
            models.Index(fields=["name", "id"], name="person_in_order_of_name"),
            models.Index(fields=["superior"], name="person_by_superior", condition=Q(superior__isnull=False)),
        ]
        # As a constraint, not as unique=True: that brings a second index, for searches by the beginning of a NIP.
        constraints = [models.UniqueConstraint(fields=["nip"], name="one_person_per_nip")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("person_detail", args=[self.pk])

    @property
    def nip_printed(self) -> str:
        """The NIP in the groups in which it is written: 19860926 201505 1 001."""
        return f"{self.nip[:8]} {self.nip[8:14]} {self.nip[14]} {self.nip[15:]}"


class Assignment(ScopedModel):
    """Where a person worked before: written when they are transferred; the present place stands in Person."""

    region_path = "person__agency__region"

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    agency_name = models.CharField(_("unit kerja"), max_length=150)
    region_name = models.CharField(_("wilayah"), max_length=250)
    position = models.CharField(_("jabatan"), max_length=150, blank=True)
    level = models.CharField(_("jenjang jabatan"), max_length=20, choices=PositionLevel, blank=True)
    grade_name = models.CharField(_("golongan"), max_length=60, blank=True)
    started_on = models.DateField(_("mulai"), null=True, blank=True)
    ended_on = models.DateField(_("sampai"))
    note = models.CharField(_("dasar pemindahan"), max_length=200, blank=True)

    class Meta:
        ordering = ["-ended_on", "-pk"]
        verbose_name = _("riwayat penempatan")
        verbose_name_plural = _("riwayat penempatan")
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_on_or_after_its_start",
                condition=Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("Tanggal akhir tidak boleh mendahului tanggal mulai."),
            )
        ]

    def __str__(self):
        return f"{self.position}, {self.agency_name}" if self.position else self.agency_name


class TrainingRecord(ScopedModel, RevisedModel):
    """Training outside the programs kept here, as SIASN records it (rw_kursus, rw_diklat)."""

    region_path = "person__agency__region"

    person = models.ForeignKey(Person, models.CASCADE, related_name="training_records")
    name = models.CharField(_("nama pelatihan"), max_length=200)
    form = models.ForeignKey(
        TrainingForm, models.PROTECT, verbose_name=_("bentuk pelatihan"), related_name="+", null=True, blank=True
    )
    institution = models.CharField(_("penyelenggara"), max_length=150, blank=True)
    lesson_hours = models.DecimalField(_("JP"), max_digits=6, decimal_places=1, validators=[MinValueValidator(0)])
    certificate_number = models.CharField(_("nomor sertifikat"), max_length=100, blank=True)
    start_date = models.DateField(_("tanggal mulai"), null=True, blank=True)
    end_date = models.DateField(_("tanggal selesai"))
    imported_in = models.ForeignKey(
        ImportJob, models.SET_NULL, related_name="+", null=True, blank=True, editable=False
    )

    class Meta:
        ordering = ["-end_date", "-pk"]
        verbose_name = _("riwayat pelatihan")
        verbose_name_plural = _("riwayat pelatihan")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name", "end_date"],
                name="training_once_per_person_and_day",
                violation_error_message=_("Pelatihan ini sudah tercatat pada tanggal tersebut."),
            ),
            models.CheckConstraint(
                name="training_ends_on_or_after_its_start",
                condition=Q(start_date__isnull=True) | Q(end_date__gte=F("start_date")),
                violation_error_message=_("Tanggal selesai tidak boleh mendahului tanggal mulai."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.person.get_absolute_url()


class Merge(ScopedModel):
    """Two rows that were one person: what was taken over, so that it can be given back.

    ``snapshot`` is written and read by actions.merging.
    """

    region_path = "kept__agency__region"

    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    absorbed_nip = models.CharField(_("NIP yang digabungkan"), max_length=18)
    absorbed_name = models.CharField(_("nama yang digabungkan"), max_length=150)
    snapshot = models.JSONField(editable=False)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    merged_at = models.DateTimeField(_("digabungkan pada"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(_("dipisahkan lagi pada"), null=True, blank=True)

    class Meta:
        ordering = ["-merged_at", "-pk"]
        verbose_name = _("penggabungan")
        verbose_name_plural = _("penggabungan")

    def __str__(self):
        return f"{self.absorbed_name} → {self.kept}"


class DistinctPeople(ScopedModel):
    """Two rows that look like one person and are not: somebody looked, so nobody need ask again."""

    region_path = "first__agency__region"

    first = models.ForeignKey(Person, models.CASCADE, related_name="distinct_from_later")
    second = models.ForeignKey(Person, models.CASCADE, related_name="distinct_from_earlier")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("dua orang berbeda")
        verbose_name_plural = _("dua orang berbeda")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_people_once"),
            models.CheckConstraint(name="distinct_people_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self):
        return f"{self.first} ≠ {self.second}"
