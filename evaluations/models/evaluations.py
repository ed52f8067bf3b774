"""One evaluation of one program: its questions, design, dates and team."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from programs.models import Program

# Under five persons a mean can be traced to somebody; three is the least any office may choose.
DEFAULT_MINIMUM_GROUP = 5
LOWEST_MINIMUM_GROUP = 3
HIGHEST_MINIMUM_GROUP = 30


class Evaluation(ScopedModel, RevisedModel):
    region_path = "program__region"

    class State(models.TextChoices):
        PLANNING = "rencana", _("Rencana")
        COLLECTING = "pengumpulan", _("Pengumpulan data")
        ANALYSING = "analisis", _("Analisis")
        REPORTING = "laporan", _("Laporan")
        FOLLOWING_UP = "tindak_lanjut", _("Tindak lanjut")

    class Design(models.TextChoices):
        ONE_GROUP = "satu_kelompok", _("Satu kelompok, sebelum dan sesudah")
        WITH_COMPARISON = "pembanding", _("Sebelum dan sesudah dengan kelompok pembanding")
        AFTER_ONLY = "sesudah_saja", _("Sesudah program saja")

    program = models.ForeignKey(Program, models.PROTECT, verbose_name=_("program"), related_name="evaluations")
    title = models.CharField(_("judul evaluasi"), max_length=200)
    questions = models.TextField(
        _("pertanyaan evaluasi"),
        blank=True,
        help_text=_("Satu pertanyaan per baris. Contoh: Apakah kompetensi meningkat?"),
    )
    criteria = models.CharField(
        _("kriteria"), max_length=200, blank=True, help_text=_("Contoh: efektivitas, efisiensi, relevansi.")
    )
    design = models.CharField(_("rancangan"), max_length=20, choices=Design, default=Design.ONE_GROUP)
    method_note = models.TextField(
        _("catatan metode"),
        blank=True,
        help_text=_("Keterangan tentang cara pengumpulan data yang perlu diketahui pembaca."),
    )
    start_date = models.DateField(_("tanggal mulai"))
    end_date = models.DateField(_("tanggal selesai"))
    state = models.CharField(_("status"), max_length=15, choices=State, default=State.PLANNING)
    team = models.CharField(_("tim evaluator"), max_length=300, blank=True)
    minimum_group = models.PositiveSmallIntegerField(
        _("ukuran kelompok terkecil"),
        default=DEFAULT_MINIMUM_GROUP,
        validators=[MinValueValidator(LOWEST_MINIMUM_GROUP), MaxValueValidator(HIGHEST_MINIMUM_GROUP)],
        help_text=_("Hasil dari kelompok yang lebih kecil tidak ditampilkan di mana pun."),
    )
    closing_remark = models.TextField(
        _("catatan penutup"), blank=True, help_text=_("Pandangan evaluator untuk kesimpulan, di luar angka.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-start_date", "title"]
        verbose_name = _("evaluasi")
        verbose_name_plural = _("evaluasi")
        constraints = [
            models.CheckConstraint(
                name="evaluation_ends_on_or_after_its_start",
                condition=Q(end_date__gte=F("start_date")),
                violation_error_message=_("Tanggal selesai tidak boleh mendahului tanggal mulai."),
            ),
            models.CheckConstraint(
                name="evaluation_minimum_group_protects",
                condition=Q(minimum_group__gte=LOWEST_MINIMUM_GROUP),
                violation_error_message=_("Ukuran kelompok terkecil paling sedikit 3."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("evaluation_detail", args=[self.pk])

    @property
    def question_list(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    @property
    def is_reported(self) -> bool:
        """Whether its report may be in other hands already."""
        return self.state in (self.State.REPORTING, self.State.FOLLOWING_UP)

    @property
    def next_states(self) -> list[tuple[str, str]]:
        return [(state, self.State(state).label) for state in EVALUATION_TRANSITIONS[self.state]]


EVALUATION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    Evaluation.State.PLANNING: (Evaluation.State.COLLECTING,),
    Evaluation.State.COLLECTING: (Evaluation.State.ANALYSING, Evaluation.State.PLANNING),
    Evaluation.State.ANALYSING: (Evaluation.State.REPORTING, Evaluation.State.COLLECTING),
    Evaluation.State.REPORTING: (Evaluation.State.FOLLOWING_UP, Evaluation.State.ANALYSING),
    Evaluation.State.FOLLOWING_UP: (Evaluation.State.REPORTING,),
}
