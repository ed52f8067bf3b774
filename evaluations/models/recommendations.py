"""Recommendations: what to do about findings, who answers for it, what came of it and whether it helped."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office
from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from evaluations.models.evidence import FileModel
from evaluations.models.findings import Finding

# Impact times ease: 9 is much for little, 1 is little for much.
HIGH_FROM, MEDIUM_FROM = 6, 3


def priority_of(impact: int, effort: int) -> int:
    """1 (high) to 3 (low) from two sizes of 1 to 3: impact times ease, where ease is 4 - effort."""
    worth = impact * (4 - effort)
    return 1 if worth >= HIGH_FROM else 2 if worth >= MEDIUM_FROM else 3


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

    class Size(models.IntegerChoices):
        SMALL = 1, _("Kecil")
        MEDIUM = 2, _("Sedang")
        LARGE = 3, _("Besar")

    class Implementability(models.TextChoices):
        AT_ONCE = "segera", _("Dapat segera dikerjakan")
        WITH_PREPARATION = "persiapan", _("Perlu persiapan")
        OTHERS_DECIDE = "keputusan_lain", _("Perlu keputusan pihak lain")

    class Answer(models.TextChoices):
        ACCEPTED = "diterima", _("Diterima")
        PARTLY = "sebagian", _("Diterima sebagian")
        REJECTED = "ditolak", _("Ditolak")

    class Origin(models.TextChoices):
        WRITTEN = "ditulis", _("Ditulis evaluator")
        CATEGORY = "kategori", _("Usulan dari kategori tantangan")
        EARLIER = "terdahulu", _("Usulan dari program terdahulu")
        WEAK_ITEM = "butir_lemah", _("Usulan dari butir survei yang lemah")

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
    implementability = models.CharField(
        _("keterlaksanaan"), max_length=15, choices=Implementability, default=Implementability.AT_ONCE
    )
    resources = models.CharField(
        _("sumber daya yang diperlukan"), max_length=300, blank=True, help_text=_("Orang, dana, atau sarana.")
    )
    impact = models.PositiveSmallIntegerField(_("dampak"), choices=Size, default=Size.MEDIUM)
    effort = models.PositiveSmallIntegerField(_("upaya"), choices=Size, default=Size.MEDIUM)
    priority = models.GeneratedField(
        expression=Case(
            *(
                When(impact=impact, effort=effort, then=Value(priority_of(impact, effort)))
                for impact in (1, 2, 3)
                for effort in (1, 2, 3)
            ),
            default=Value(2),
            output_field=models.PositiveSmallIntegerField(),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    owner = models.CharField(_("penanggung jawab"), max_length=150)
    owner_office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("kantor penanggung jawab"), related_name="+", null=True, blank=True
    )
    owner_person = models.CharField(_("nama pejabat atau pegawai"), max_length=150, blank=True)
    owner_email = models.EmailField(
        _("surel penanggung jawab"), blank=True, help_text=_("Pengingat tenggat dikirim ke alamat ini.")
    )
    due_date = models.DateField(_("tenggat"))
    state = models.CharField(_("status"), max_length=20, choices=State, default=State.PROPOSED)
    origin = models.CharField(_("asal"), max_length=15, choices=Origin, default=Origin.WRITTEN, editable=False)
    earlier = models.ForeignKey(
        "self", models.SET_NULL, related_name="later", null=True, blank=True, editable=False
    )
    answer = models.CharField(_("tanggapan pimpinan"), max_length=10, choices=Answer, blank=True, editable=False)
    answer_reason = models.TextField(_("alasan tanggapan"), blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    answered_on = models.DateField(_("tanggal tanggapan"), null=True, blank=True, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["priority", "due_date", "pk"]
        verbose_name = _("rekomendasi")
        verbose_name_plural = _("rekomendasi")
        constraints = [
            models.CheckConstraint(
                name="recommendation_sizes_are_small_medium_large",
                condition=Q(impact__range=(1, 3), effort__range=(1, 3)),
            ),
            models.CheckConstraint(
                name="an_answer_has_a_day",
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.statement

    def get_absolute_url(self):
        return reverse("recommendation_detail", args=[self.pk])

    def get_priority_display(self) -> str:
        return str(self.Priority(self.priority).label)

    @property
    def is_overdue(self) -> bool:
        return self.state in UNFINISHED and self.due_date < timezone.localdate()


UNFINISHED = (Recommendation.State.PROPOSED, Recommendation.State.RUNNING)
RECOMMENDATION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    Recommendation.State.PROPOSED: (Recommendation.State.RUNNING, Recommendation.State.DROPPED),
    Recommendation.State.RUNNING: (Recommendation.State.DONE, Recommendation.State.DROPPED),
    Recommendation.State.DONE: (Recommendation.State.RUNNING,),
    Recommendation.State.DROPPED: (Recommendation.State.PROPOSED,),
}


class ProgressNote(ScopedModel):
    """What was done about a recommendation, and to which state that brought it."""

    region_path = "recommendation__evaluation__program__region"

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="notes")
    date = models.DateField(_("tanggal"))
    text = models.TextField(_("kemajuan"))
    state = models.CharField(_("status"), max_length=20, choices=Recommendation.State)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("catatan kemajuan")
        verbose_name_plural = _("catatan kemajuan")

    def __str__(self):
        return self.text


class Proof(ScopedModel, FileModel):
    """A file that shows that a recommendation was carried out."""

    region_path = "recommendation__evaluation__program__region"

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="proofs")
    title = models.CharField(_("judul"), max_length=200)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bukti penyelesaian")
        verbose_name_plural = _("bukti penyelesaian")
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "sha256"],
                name="proof_once_per_recommendation",
                violation_error_message=_("Berkas yang sama sudah ada pada rekomendasi ini."),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.recommendation.get_absolute_url()


class Review(ScopedModel, RevisedModel):
    """How a later evaluation judges a recommendation of an earlier one: did it help?"""

    region_path = "evaluation__program__region"

    class Outcome(models.TextChoices):
        HELPED = "berhasil", _("Berhasil")
        PARTLY = "sebagian", _("Berhasil sebagian")
        DID_NOT_HELP = "tidak", _("Tidak berhasil")
        TOO_EARLY = "belum", _("Belum dapat dinilai")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="reviews")
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="reviews")
    outcome = models.CharField(_("apakah berhasil"), max_length=10, choices=Outcome)
    reason = models.TextField(_("dasar penilaian"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("penilaian tindak lanjut")
        verbose_name_plural = _("penilaian tindak lanjut")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "recommendation"], name="review_once_per_evaluation_and_recommendation"
            )
        ]

    def __str__(self):
        return self.get_outcome_display()


class DroppedProposal(ScopedModel):
    """A proposal that an evaluator does not want to see again; ``key`` says which one (reports/proposals.py)."""

    region_path = "evaluation__program__region"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="dropped_proposals")
    key = models.CharField(max_length=120)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )

    class Meta:
        verbose_name = _("usulan yang tidak dipakai")
        verbose_name_plural = _("usulan yang tidak dipakai")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "key"], name="dropped_proposal_once_per_evaluation")
        ]

    def __str__(self):
        return self.key
