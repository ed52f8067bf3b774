"""What was run: a program, its objectives and its activities."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office, Region
from asn_eval.records import RevisedModel, searchable
from asn_eval.scoping import ScopedModel
from programs.certificate_pattern import check_certificate_pattern


class Program(ScopedModel, RevisedModel):
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
    search_name = searchable("name")
    type = models.CharField(_("jenis program"), max_length=30, choices=Type)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("wilayah"), related_name="+")
    organizer = models.ForeignKey(Office, models.PROTECT, verbose_name=_("penyelenggara"), related_name="+")
    start_date = models.DateField(_("tanggal mulai"))
    end_date = models.DateField(_("tanggal selesai"))
    state = models.CharField(_("status"), max_length=15, choices=State, default=State.DRAFT)
    # States in the order of a program's life, not of the alphabet.
    state_place = models.GeneratedField(
        expression=Case(
            *(When(state=state, then=Value(place)) for place, state in enumerate(State.values)),
            output_field=models.PositiveSmallIntegerField(),
        ),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
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
    needs_note = models.TextField(
        _("kebutuhan pelatihan"),
        blank=True,
        help_text=_("Kesenjangan kompetensi yang mendasari program, dan dari mana diketahui."),
    )
    maximum_score = models.DecimalField(
        _("nilai tertinggi pretes dan postes"),
        max_digits=6,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(1)],
    )
    certificate_pattern = models.CharField(
        _("pola nomor sertifikat"),
        max_length=100,
        blank=True,
        validators=[check_certificate_pattern],
        help_text=_(
            "Boleh memuat {nomor}, {angkatan}, {bulan}, dan {tahun}. Contoh: {nomor}/BKPSDM/{bulan}/{tahun}."
        ),
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, related_name="copies", null=True, blank=True, editable=False
    )
    is_example = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-start_date", "name"]
        verbose_name = _("program")
        verbose_name_plural = _("program")
        indexes = [
            # A page of the list is the next 25 entries of one of these, however many programs there are.
            # The first also holds what a search compares: read alone it is a fifth of the table.
            models.Index(fields=["-start_date", "name", "id", "search_name", "region"], name="program_by_start"),
            models.Index(fields=["name", "id"], name="program_by_name"),
            models.Index(fields=["type", "id"], name="program_by_type"),
            models.Index(fields=["state_place", "id"], name="program_by_state"),
        ]
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

    def get_type_display(self) -> str:
        """As Django's own, which goes through all choices anew for every row of a list."""
        return str(TYPE_LABELS.get(self.type, self.type))

    def get_state_display(self) -> str:
        return str(STATE_LABELS.get(self.state, self.state))

    @property
    def next_states(self) -> list[tuple[str, str]]:
        return [(state, self.State(state).label) for state in PROGRAM_TRANSITIONS[self.state]]


TYPE_LABELS = dict(Program.Type.choices)
STATE_LABELS = dict(Program.State.choices)
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


class StateChange(ScopedModel):
    """One move of a program through its states: from where to where, who, when."""

    region_path = "program__region"

    program = models.ForeignKey(Program, models.CASCADE, related_name="state_changes")
    from_state = models.CharField(_("status semula"), max_length=15, choices=Program.State)
    to_state = models.CharField(_("status baru"), max_length=15, choices=Program.State)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("oleh"), related_name="+", null=True
    )
    moved_at = models.DateTimeField(_("pada"), auto_now_add=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        ordering = ["moved_at", "pk"]
        verbose_name = _("perpindahan status")
        verbose_name_plural = _("perpindahan status")

    def __str__(self):
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"


class Batch(ScopedModel, RevisedModel):
    """Angkatan: the people of a program who go through it together."""

    region_path = "program__region"

    program = models.ForeignKey(Program, models.CASCADE, related_name="batches")
    name = models.CharField(_("nama angkatan"), max_length=50, help_text=_("Contoh: Angkatan I."))
    start_date = models.DateField(_("tanggal mulai"))
    end_date = models.DateField(_("tanggal selesai"))
    place = models.CharField(_("tempat"), max_length=150, blank=True)
    capacity = models.PositiveIntegerField(_("daya tampung"), null=True, blank=True)

    class Meta:
        ordering = ["start_date", "name"]
        verbose_name = _("angkatan")
        verbose_name_plural = _("angkatan")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="batch_name_once_per_program",
                violation_error_message=_("Angkatan dengan nama ini sudah ada pada program."),
            ),
            models.CheckConstraint(
                name="batch_ends_on_or_after_its_start",
                condition=Q(end_date__gte=F("start_date")),
                violation_error_message=_("Tanggal selesai tidak boleh mendahului tanggal mulai."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.program.get_absolute_url()


class Objective(ScopedModel, RevisedModel):
    """One aim with the indicator and target by which it is judged."""

    region_path = "program__region"

    program = models.ForeignKey(Program, models.CASCADE, related_name="objectives")
    statement = models.CharField(_("sasaran"), max_length=300)
    indicator = models.CharField(_("indikator"), max_length=200)
    unit = models.CharField(_("satuan"), max_length=50, blank=True, help_text=_("Contoh: skor 1–5, hari, persen."))
    polarity = models.CharField(_("arah"), max_length=5, choices=Polarity, default=Polarity.MORE)
    baseline = models.DecimalField(_("nilai awal"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=0, editable=False)  # set by actions.objectives

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("sasaran")
        verbose_name_plural = _("sasaran")

    def __str__(self):
        return self.statement

    @property
    def goes_against_polarity(self) -> bool:
        """Whether reaching the target would be worse than the baseline."""
        if self.baseline is None or self.target is None:
            return False
        return self.target < self.baseline if self.polarity == Polarity.MORE else self.target > self.baseline

    def get_absolute_url(self):
        return self.program.get_absolute_url()
