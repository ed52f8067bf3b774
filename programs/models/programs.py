"""What was run: a program, its objectives and its activities."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office, Region
from asn_eval.scoping import ScopedModel


class Program(ScopedModel):
    region_path = "region"

    class Type(models.TextChoices):
        GUIDANCE = "pembinaan", _("Pembinaan")
        CAREER = "pengembangan_karier", _("Pengembangan karier")
        TRAINING = "pelatihan", _("Pelatihan")
        QUALITY = "peningkatan_kualitas", _("Peningkatan kualitas")

    class State(models.TextChoices):
        DRAFT = "draf", _("Draf")
        PLANNED = "direncanakan", _("Direncanakan")
        RUNNING = "berjalan", _("Berjalan")
        FINISHED = "selesai", _("Selesai")
        EVALUATED = "dievaluasi", _("Dievaluasi")

    name = models.CharField(_("nama program"), max_length=200)
    type = models.CharField(_("jenis program"), max_length=30, choices=Type)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("wilayah"), related_name="+")
    organizer = models.ForeignKey(Office, models.PROTECT, verbose_name=_("penyelenggara"), related_name="+")
    start_date = models.DateField(_("tanggal mulai"))
    end_date = models.DateField(_("tanggal selesai"))
    state = models.CharField(_("status"), max_length=15, choices=State, default=State.DRAFT)
    background = models.TextField(
        _("latar belakang"),
        blank=True,
        help_text=_("Mengapa program ini diadakan. Menjadi bagian pendahuluan laporan."),
    )
    aims = models.TextField(
        _("tujuan umum"), blank=True, help_text=_("Apa yang hendak dicapai dalam satu atau dua kalimat.")
    )
    target_group = models.CharField(
        _("sasaran peserta"),
        max_length=200,
        blank=True,
        help_text=_("Contoh: petugas loket dan kepala seksi pelayanan."),
    )
    is_example = models.BooleanField(default=False, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-start_date", "name"]
        verbose_name = _("program")
        verbose_name_plural = _("program")
        constraints = [
            models.CheckConstraint(
                name="program_ends_on_or_after_its_start",
                condition=Q(end_date__gte=F("start_date")),
                violation_error_message=_("Tanggal selesai tidak boleh mendahului tanggal mulai."),
            ),
            models.UniqueConstraint(
                fields=["region", "name", "start_date"],
                name="program_once_per_region_and_start",
                violation_error_message=_("Program dengan nama, wilayah, dan tanggal mulai ini sudah ada."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("program_detail", args=[self.pk])

    @property
    def next_states(self) -> list[tuple[str, str]]:
        return [(state, self.State(state).label) for state in PROGRAM_TRANSITIONS[self.state]]


PROGRAM_TRANSITIONS: dict[str, tuple[str, ...]] = {
    Program.State.DRAFT: (Program.State.PLANNED,),
    Program.State.PLANNED: (Program.State.RUNNING, Program.State.DRAFT),
    Program.State.RUNNING: (Program.State.FINISHED,),
    Program.State.FINISHED: (Program.State.EVALUATED, Program.State.RUNNING),
    Program.State.EVALUATED: (Program.State.FINISHED,),
}


class Polarity(models.TextChoices):
    MORE = "naik", _("Makin tinggi makin baik")
    LESS = "turun", _("Makin rendah makin baik")


class Objective(ScopedModel):
    """One aim with the indicator and target by which it is judged."""

    region_path = "program__region"

    program = models.ForeignKey(Program, models.CASCADE, related_name="objectives")
    statement = models.CharField(_("sasaran"), max_length=300)
    indicator = models.CharField(_("indikator"), max_length=200)
    unit = models.CharField(_("satuan"), max_length=50, blank=True, help_text=_("Contoh: skor 1–5, hari, persen."))
    polarity = models.CharField(_("arah"), max_length=5, choices=Polarity, default=Polarity.MORE)
    baseline = models.DecimalField(_("nilai awal"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sasaran")
        verbose_name_plural = _("sasaran")

    def __str__(self):
        return self.statement

    def get_absolute_url(self):
        return self.program.get_absolute_url()


class Activity(ScopedModel):
    region_path = "program__region"

    class Delivery(models.TextChoices):
        FACE_TO_FACE = "tatap_muka", _("Tatap muka")
        ONLINE = "daring", _("Daring")
        BLENDED = "campuran", _("Campuran")

    program = models.ForeignKey(Program, models.CASCADE, related_name="activities")
    title = models.CharField(_("nama kegiatan"), max_length=200)
    form = models.ForeignKey(
        "programs.TrainingForm", models.PROTECT, verbose_name=_("bentuk pelatihan"), related_name="+"
    )
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
    start_date = models.DateField(_("tanggal mulai"))
    end_date = models.DateField(_("tanggal selesai"))
    place = models.CharField(_("tempat"), max_length=150, blank=True)
    speakers = models.CharField(
        _("narasumber"), max_length=300, blank=True, help_text=_("Nama dan asal; pisahkan dengan titik koma.")
    )

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
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.program.get_absolute_url()

    def clean(self):
        if self.start_date and self.start_date < self.program.start_date:
            raise ValidationError({"start_date": _("Kegiatan dimulai sebelum program dimulai.")})
        if self.end_date and self.end_date > self.program.end_date:
            raise ValidationError({"end_date": _("Kegiatan selesai setelah program selesai.")})
