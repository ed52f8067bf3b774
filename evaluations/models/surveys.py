"""A survey: one instrument version, asked of one group of respondents, in one wave."""

import secrets
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel
from evaluations.models.evaluations import Evaluation
from evaluations.models.instruments import InstrumentVersion, in_language
from programs.models import Program

# No letter or digit that is read as another one: codes are typed from paper.
TOKEN_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105
TOKEN_LENGTH = 16  # 31**16 is about 79 bits


def new_token() -> str:
    """A link nobody can guess."""
    return "".join(secrets.choice(TOKEN_ALPHABET) for _unused in range(TOKEN_LENGTH))


class Wave(models.TextChoices):
    BEFORE = "sebelum", _("Sebelum")
    AFTER = "sesudah", _("Sesudah")
    MONTH_3 = "bulan_3", _("3 bulan sesudah")
    MONTH_6 = "bulan_6", _("6 bulan sesudah")
    MONTH_12 = "bulan_12", _("12 bulan sesudah")


class Survey(ScopedModel, RevisedModel):
    region_path = "evaluation__program__region"

    class Group(models.TextChoices):
        PARTICIPANT = "peserta", _("Peserta")
        SUPERIOR = "atasan", _("Atasan")
        COLLEAGUE = "rekan", _("Rekan kerja")
        SUBORDINATE = "bawahan", _("Bawahan")
        SPEAKER = "narasumber", _("Narasumber")
        ORGANIZER = "penyelenggara", _("Penyelenggara")
        PUBLIC = "masyarakat", _("Masyarakat")

    Wave = Wave

    class Mode(models.TextChoices):
        NAMED = "bernama", _("Bernama")
        CONFIDENTIAL = "rahasia", _("Rahasia")
        ANONYMOUS = "anonim", _("Anonim")

    class State(models.TextChoices):
        DRAFT = "draf", _("Belum dibuka")
        OPEN = "dibuka", _("Dibuka")
        CLOSED = "ditutup", _("Ditutup")

    class Layout(models.TextChoices):
        SCROLL = "gulir", _("Satu halaman yang digulir")
        PAGES = "halaman", _("Halaman demi halaman")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="surveys")
    version = models.ForeignKey(InstrumentVersion, models.PROTECT, verbose_name=_("instrumen"), related_name="+")
    group = models.CharField(_("responden"), max_length=15, choices=Group)
    wave = models.CharField(_("gelombang"), max_length=10, choices=Wave)
    is_retrospective = models.BooleanField(
        _("retrospektif: “sebelum” dan “sesudah” ditanyakan sekali"),
        default=False,
        help_text=_(
            "Tiap butir berskala dijawab dua kali pada saat yang sama: keadaan sebelum program menurut ingatan, "
            "dan keadaan sekarang. Hasilnya selalu diberi nama retrospektif dan tidak digabung dengan pengukuran "
            "sebelum dan sesudah yang sesungguhnya."
        ),
    )
    mode = models.CharField(_("kerahasiaan"), max_length=10, choices=Mode)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.DRAFT)
    opens_on = models.DateField(_("dibuka mulai"))
    closes_on = models.DateField(_("ditutup setelah"))
    follows_dates = models.BooleanField(
        _("buka dan tutup menurut tanggal"),
        default=False,
        help_text=_("Survei dibuka pada tanggal buka dan ditutup sehari setelah tanggal tutup, tanpa ditekan."),
    )
    layout = models.CharField(_("tampilan"), max_length=10, choices=Layout, default=Layout.SCROLL)
    purpose = models.TextField(
        _("tujuan survei"),
        max_length=1000,
        blank=True,
        help_text=_("Dibaca responden sebelum butir pertama, di atas keterangan kerahasiaan."),
    )
    purpose_en = models.TextField(_("tujuan survei (Inggris)"), max_length=1000, blank=True)
    sends_mail = models.BooleanField(_("kirim undangan dan pengingat lewat surel"), default=False)
    remind_after = models.PositiveSmallIntegerField(
        _("hari antara dua surel"), default=3, help_text=_("Antara undangan dan pengingat, dan antarpengingat.")
    )
    most_mails = models.PositiveSmallIntegerField(
        _("surel paling banyak per orang"), default=3, help_text=_("Undangan ikut dihitung.")
    )
    public_token = models.CharField(max_length=32, unique=True, null=True, blank=True, editable=False)
    # What respondents read now; kept when the survey is opened.
    consent = models.ForeignKey(
        "Consent", models.SET_NULL, related_name="+", null=True, blank=True, editable=False, db_index=False
    )
    # Anonymous answers were put in an order without meaning; nothing can be added to them any more.
    is_sealed = models.BooleanField(_("disegel"), default=False, editable=False)

    class Meta:
        ordering = ["version__instrument__name", "group", "opens_on", "pk"]
        verbose_name = _("survei")
        verbose_name_plural = _("survei")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "version", "group", "wave", "is_retrospective"],
                name="survey_once_per_wave",
                violation_error_message=_("Survei dengan instrumen, responden, dan gelombang ini sudah ada."),
            ),
            models.CheckConstraint(
                name="survey_closes_on_or_after_its_opening",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("Tanggal tutup tidak boleh mendahului tanggal buka."),
            ),
            models.CheckConstraint(
                name="a_public_survey_has_a_link_and_is_anonymous",
                condition=Q(group="masyarakat", mode="anonim", public_token__isnull=False)
                | (~Q(group="masyarakat") & Q(public_token__isnull=True)),
            ),
            models.CheckConstraint(
                name="retrospective_survey_looks_back",
                condition=Q(is_retrospective=False) | ~Q(wave="sebelum"),
                violation_error_message=_("Survei retrospektif diadakan sesudah program."),
            ),
            models.CheckConstraint(
                name="mails_of_a_survey_have_a_measure",
                condition=Q(remind_after__range=(1, 60), most_mails__range=(1, 10)),
                violation_error_message=_("Jarak surel 1 sampai 60 hari; paling banyak 10 surel per orang."),
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_on"], name="survey_by_state")]

    def __str__(self):
        return f"{self.version.instrument}, {self.get_group_display()}, {self.wave_shown}"

    def get_absolute_url(self):
        return reverse("survey_detail", args=[self.pk])

    @property
    def wave_shown(self) -> str:
        """The wave in words; a retrospective one says so wherever it is named."""
        name, recalled = self.get_wave_display(), _("retrospektif")
        return f"{name} ({recalled})" if self.is_retrospective else name

    @property
    def is_public(self) -> bool:
        return self.group == self.Group.PUBLIC

    @property
    def is_anonymous(self) -> bool:
        return self.mode == self.Mode.ANONYMOUS

    @property
    def is_of_participants(self) -> bool:
        """Answered by the participants themselves, and by the comparison group alike."""
        return self.group == self.Group.PARTICIPANT

    @property
    def is_about_participants(self) -> bool:
        """Answered by others about one participant each."""
        return self.group in RATERS

    @property
    def purpose_shown(self) -> str:
        return in_language(self.purpose, self.purpose_en)

    def accepts_answers(self, today: date, until: date | None = None) -> bool:
        """Open by state and by date; both end days count, and a longer time that one person was given."""
        last = max(self.closes_on, until) if until else self.closes_on
        return self.state == self.State.OPEN and self.opens_on <= today <= last

    @property
    def next_states(self) -> tuple[str, ...]:
        return SURVEY_TRANSITIONS[self.state]


RATERS = (Survey.Group.SUPERIOR, Survey.Group.COLLEAGUE, Survey.Group.SUBORDINATE)

SURVEY_TRANSITIONS: dict[str, tuple[str, ...]] = {
    Survey.State.DRAFT: (Survey.State.OPEN,),
    Survey.State.OPEN: (Survey.State.CLOSED, Survey.State.DRAFT),
    Survey.State.CLOSED: (Survey.State.OPEN,),
}


class Consent(ScopedModel):
    """What respondents of a survey read before the first item, word for word. Never changed, only followed."""

    region_path = "survey__evaluation__program__region"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="consents")
    number = models.PositiveSmallIntegerField(_("versi"))
    text = models.TextField()
    text_en = models.TextField(blank=True)
    created_on = models.DateField(_("berlaku sejak"))

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="consent_number_once_per_survey")]

    def __str__(self):
        return f"{self.survey}: {self.number}"

    @property
    def lines(self) -> list[str]:
        return in_language(self.text, self.text_en).split("\n")


class WaveRule(models.Model):
    """When a wave is due, counted from the program's first or last day; editable reference data."""

    class Anchor(models.TextChoices):
        START = "mulai", _("hari pertama program")
        END = "selesai", _("hari terakhir program")

    class Unit(models.TextChoices):
        DAY = "hari", _("hari")
        MONTH = "bulan", _("bulan")

    program_type = models.CharField(
        _("jenis program"),
        max_length=25,
        choices=Program.Type,
        blank=True,
        help_text=_("Kosong berarti semua jenis yang tidak mempunyai aturan sendiri."),
    )
    wave = models.CharField(_("gelombang"), max_length=10, choices=Wave)
    anchor = models.CharField(_("dihitung dari"), max_length=10, choices=Anchor, default=Anchor.END)
    offset = models.SmallIntegerField(
        _("jarak"), help_text=_("Dari hari itu sampai survei dibuka; negatif berarti sebelum hari itu.")
    )
    unit = models.CharField(_("satuan jarak"), max_length=10, choices=Unit, default=Unit.DAY)
    days_open = models.PositiveSmallIntegerField(_("lama dibuka (hari)"), default=14)
    source = models.CharField(_("sumber"), max_length=300, blank=True)

    class Meta:
        ordering = ["program_type", "wave"]
        verbose_name = _("aturan gelombang")
        verbose_name_plural = _("aturan gelombang")
        constraints = [
            models.UniqueConstraint(
                fields=["program_type", "wave"],
                name="one_rule_per_program_type_and_wave",
                violation_error_message=_("Jenis program ini sudah mempunyai aturan untuk gelombang itu."),
            ),
            models.CheckConstraint(
                name="wave_rule_within_reason",
                condition=Q(offset__range=(-366, 366), days_open__range=(1, 180)),
                violation_error_message=_("Jarak paling jauh 366; lama dibuka 1 sampai 180 hari."),
            ),
        ]

    def __str__(self):
        return f"{self.get_program_type_display() or _('Semua jenis')}, {self.get_wave_display()}"

    @property
    def distance(self) -> int:
        """How far from its day, whichever way."""
        return abs(self.offset)
