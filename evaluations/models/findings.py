"""Finding -> evidence -> source record: the chain, walkable both ways."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.coding import Excerpt, exactly_one
from evaluations.models.evaluations import Evaluation
from evaluations.models.evidence import CaseStudy, DocumentReview, Observation
from evaluations.models.indicators import IndicatorSeries
from evaluations.models.interviews import Interview
from evaluations.models.surveys import Survey
from programs.models import Objective

CASE_SOURCES = ("interview", "observation", "document", "indicator", "survey")
SOURCE_FIELDS = (*CASE_SOURCES, "case_study")


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
    objective = models.ForeignKey(
        Objective,
        models.SET_NULL,
        verbose_name=_("sasaran program"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Sasaran yang disentuh temuan ini."),
    )
    kind = models.CharField(_("jenis temuan"), max_length=12, choices=Kind)
    statement = models.CharField(_("pernyataan"), max_length=300)
    category = models.CharField(_("kategori"), max_length=15, choices=Category)
    severity = models.PositiveSmallIntegerField(
        _("tingkat keparahan atau kekuatan"), choices=Severity, null=True, blank=True
    )
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

    @property
    def is_favourable(self) -> bool:
        """Whether it speaks for the program, so that its weight is a strength and no severity."""
        return self.kind in (self.Kind.IMPACT, self.Kind.STRENGTH)

    def get_absolute_url(self):
        return reverse("finding_detail", args=[self.pk])


class SourceLink(ScopedModel):
    """A link to exactly one source record of the same evaluation, with the passage that says it.

    ``excerpt`` pins the passage when it was marked in a text: the source is then the record that holds the
    text, or the survey of an open answer, and ``quote`` follows the passage. ``part`` of a survey is
    ``dimension:key`` or ``item:key``; empty means the whole.
    """

    interview = models.ForeignKey(Interview, models.RESTRICT, related_name="%(class)s", null=True, blank=True)
    observation = models.ForeignKey(Observation, models.RESTRICT, related_name="%(class)s", null=True, blank=True)
    document = models.ForeignKey(DocumentReview, models.RESTRICT, related_name="%(class)s", null=True, blank=True)
    indicator = models.ForeignKey(
        IndicatorSeries, models.RESTRICT, related_name="%(class)s", null=True, blank=True
    )
    survey = models.ForeignKey(Survey, models.RESTRICT, related_name="%(class)s", null=True, blank=True)
    excerpt = models.ForeignKey(Excerpt, models.RESTRICT, related_name="%(class)s", null=True, blank=True)
    part = models.CharField(_("bagian survei"), max_length=45, blank=True)
    quote = models.TextField(_("kutipan atau petikan"), blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.source)

    @property
    def source_field(self) -> str:
        return next(name for name in SOURCE_FIELDS if getattr(self, f"{name}_id") is not None)

    @property
    def source(self):
        return getattr(self, self.source_field)


class Evidence(SourceLink):
    """What a finding rests on, or what speaks against it."""

    region_path = "finding__evaluation__program__region"

    class Stance(models.TextChoices):
        SUPPORTS = "mendukung", _("Mendukung")
        CONTRADICTS = "bertentangan", _("Bertentangan")

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="evidence")
    stance = models.CharField(_("sikap bukti"), max_length=12, choices=Stance, default=Stance.SUPPORTS)
    case_study = models.ForeignKey(CaseStudy, models.RESTRICT, related_name="evidence", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bukti")
        verbose_name_plural = _("bukti")
        constraints = [
            models.CheckConstraint(
                name="evidence_has_exactly_one_source",
                condition=exactly_one(*SOURCE_FIELDS),
                violation_error_message=_("Pilih tepat satu sumber bukti."),
            )
        ]


class CaseEvidence(SourceLink):
    """What a case study is told from."""

    region_path = "case_study__evaluation__program__region"

    case_study = models.ForeignKey(CaseStudy, models.CASCADE, related_name="sources")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sumber studi kasus")
        verbose_name_plural = _("sumber studi kasus")
        constraints = [
            models.CheckConstraint(
                name="case_evidence_has_exactly_one_source",
                condition=exactly_one(*CASE_SOURCES),
                violation_error_message=_("Pilih tepat satu sumber bukti."),
            )
        ]

    @property
    def source_field(self) -> str:
        return next(name for name in CASE_SOURCES if getattr(self, f"{name}_id") is not None)
