"""Recommendation -> finding -> evidence -> source record: the chain, walkable both ways."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from evaluations.models.evidence import DocumentReview, IndicatorSeries, Observation
from evaluations.models.interviews import Interview
from evaluations.models.surveys import Survey

SOURCE_FIELDS = ("interview", "observation", "document", "indicator", "survey")


class Finding(ScopedModel, RevisedModel):
    region_path = "evaluation__program__region"

    class Kind(models.TextChoices):
        IMPACT = "dampak", _("Dampak")
        STRENGTH = "kekuatan", _("Kekuatan")
        WEAKNESS = "kelemahan", _("Kelemahan")
        CHALLENGE = "tantangan", _("Tantangan")
        NEED = "kebutuhan", _("Kebutuhan")

    class Category(models.TextChoices):
        BUDGET = "anggaran", _("Anggaran")
        SCHEDULE = "waktu", _("Waktu dan jadwal")
        RESISTANCE = "resistensi", _("Resistensi terhadap perubahan")
        PARTICIPATION = "partisipasi", _("Partisipasi dan motivasi")
        SPEAKERS = "narasumber", _("Narasumber")
        FACILITIES = "sarana", _("Sarana dan teknologi informasi")
        RELEVANCE = "relevansi", _("Relevansi materi")
        COMPETENCE = "kompetensi", _("Kompetensi")
        SERVICE = "layanan", _("Pelayanan kepada masyarakat")
        OTHER = "lain", _("Lainnya")

    class Severity(models.IntegerChoices):
        LOW = 1, _("Rendah")
        MEDIUM = 2, _("Sedang")
        HIGH = 3, _("Tinggi")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="findings")
    kind = models.CharField(_("jenis temuan"), max_length=12, choices=Kind)
    statement = models.CharField(_("pernyataan"), max_length=300)
    category = models.CharField(_("kategori"), max_length=15, choices=Category)
    severity = models.PositiveSmallIntegerField(_("tingkat keparahan"), choices=Severity, null=True, blank=True)
    mitigation = models.TextField(
        _("cara mengatasi"), blank=True, help_text=_("Apa yang sudah atau dapat dilakukan, dan mengapa.")
    )
    actor = models.CharField(_("pihak yang berperan"), max_length=150, blank=True)

    class Meta:
        ordering = ["kind", "-severity", "pk"]
        verbose_name = _("temuan")
        verbose_name_plural = _("temuan")
        constraints = [
            models.CheckConstraint(
                name="challenge_has_a_severity",
                condition=~Q(kind="tantangan") | Q(severity__isnull=False),
                violation_error_message=_("Tantangan memerlukan tingkat keparahan."),
            )
        ]

    def __str__(self):
        return self.statement

    def get_absolute_url(self):
        return reverse("finding_detail", args=[self.pk])


class Evidence(ScopedModel):
    """What a finding rests on: exactly one source, with the passage that says it."""

    region_path = "finding__evaluation__program__region"

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="evidence")
    interview = models.ForeignKey(Interview, models.RESTRICT, related_name="evidence", null=True, blank=True)
    observation = models.ForeignKey(Observation, models.RESTRICT, related_name="evidence", null=True, blank=True)
    document = models.ForeignKey(DocumentReview, models.RESTRICT, related_name="evidence", null=True, blank=True)
    indicator = models.ForeignKey(IndicatorSeries, models.RESTRICT, related_name="evidence", null=True, blank=True)
    survey = models.ForeignKey(Survey, models.RESTRICT, related_name="evidence", null=True, blank=True)
    quote = models.TextField(_("kutipan atau petikan"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bukti")
        verbose_name_plural = _("bukti")
        constraints = [
            models.CheckConstraint(
                name="evidence_has_exactly_one_source",
                condition=Q(
                    *(
                        Q(**{f"{name}__isnull": name != source for name in SOURCE_FIELDS})
                        for source in SOURCE_FIELDS
                    ),
                    _connector=Q.OR,
                ),
                violation_error_message=_("Pilih tepat satu sumber bukti."),
            )
        ]

    def __str__(self):
        return str(self.source)

    @property
    def source_field(self) -> str:
        return next(name for name in SOURCE_FIELDS if getattr(self, f"{name}_id") is not None)

    @property
    def source(self):
        return getattr(self, self.source_field)


class Recommendation(ScopedModel, RevisedModel):
    region_path = "evaluation__program__region"

    class Kind(models.TextChoices):
        FIT_NEEDS = "sesuaikan_kebutuhan", _("Menyesuaikan dengan kebutuhan")
        FLEXIBLE_SCHEDULE = "jadwal_fleksibel", _("Jadwal yang fleksibel")
        REGULAR_EVALUATION = "evaluasi_berkala", _("Evaluasi berkala")
        FEEDBACK = "umpan_balik", _("Sesi umpan balik")
        MORE_TRAINING = "tambah_pelatihan", _("Menambah pelatihan")
        INVOLVE = "libatkan_asn", _("Melibatkan ASN dalam perencanaan")
        PARTNERSHIP = "kerja_sama", _("Kerja sama dengan perguruan tinggi atau organisasi profesi")
        IT_TRAINING = "pelatihan_ti", _("Memperkuat pelatihan TI")
        SUPPORT = "dukungan", _("Dukungan dan motivasi")
        LEARNING_CULTURE = "budaya_belajar", _("Budaya belajar")
        OTHER = "lain", _("Lainnya")

    class Priority(models.IntegerChoices):
        HIGH = 1, _("Tinggi")
        MEDIUM = 2, _("Sedang")
        LOW = 3, _("Rendah")

    class State(models.TextChoices):
        PROPOSED = "diusulkan", _("Diusulkan")
        RUNNING = "dikerjakan", _("Dikerjakan")
        DONE = "selesai", _("Selesai")
        DROPPED = "tidak_dilanjutkan", _("Tidak dilanjutkan")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="recommendations")
    findings = models.ManyToManyField(Finding, verbose_name=_("menjawab temuan"), related_name="recommendations")
    statement = models.CharField(_("rekomendasi"), max_length=300)
    kind = models.CharField(_("jenis"), max_length=25, choices=Kind)
    implementation = models.TextField(
        _("cara penerapan"),
        blank=True,
        help_text=_("Langkah pertama yang dapat dikerjakan dengan sumber daya yang ada."),
    )
    owner = models.CharField(_("penanggung jawab"), max_length=150)
    priority = models.PositiveSmallIntegerField(_("prioritas"), choices=Priority, default=Priority.MEDIUM)
    due_date = models.DateField(_("tenggat"))
    state = models.CharField(_("status"), max_length=20, choices=State, default=State.PROPOSED)

    class Meta:
        ordering = ["priority", "due_date", "pk"]
        verbose_name = _("rekomendasi")
        verbose_name_plural = _("rekomendasi")

    def __str__(self):
        return self.statement

    def get_absolute_url(self):
        return reverse("recommendation_detail", args=[self.pk])
