"""Instruments: what is asked. Reference data of the installation, open to all who may sign in."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office

LONG_SCALE = 5  # from the lowest to the highest point


def new_stamp() -> str:
    """The mark of one state of the items of a version."""
    return secrets.token_urlsafe(9)


class Instrument(models.Model):
    class Kind(models.TextChoices):
        QUESTIONNAIRE = "kuesioner", _("Kuesioner")
        OBSERVATION = "observasi", _("Lembar observasi")
        DOCUMENT = "dokumen", _("Daftar periksa dokumen")
        INTERVIEW = "wawancara", _("Panduan wawancara")

    key = models.SlugField(_("kode"), max_length=50, unique=True)
    name = models.CharField(_("nama instrumen"), max_length=150)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind, default=Kind.QUESTIONNAIRE)
    description = models.TextField(_("keterangan"), blank=True)
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    # Groups and waves of surveys it is made for, as the plan of an evaluation proposes them.
    audience = models.JSONField(default=list, blank=True, help_text="values of Survey.Group")
    waves = models.JSONField(default=list, blank=True, help_text="values of Survey.Wave")
    # Without an owner it came with the application, and only the national office may change it.
    owner = models.ForeignKey(
        Office,
        models.PROTECT,
        verbose_name=_("milik kantor"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    is_ready = models.BooleanField(_("siap pakai"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("instrumen")
        verbose_name_plural = _("instrumen")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("instrument_detail", args=[self.pk])

    def is_editable_by(self, user) -> bool:
        """Whether it belongs to the user's office; what came with the application, to the national one's."""
        return self.owner_id == user.office_id or (self.owner_id is None and user.sees_every_region)


class InstrumentVersion(models.Model):
    class Scoring(models.TextChoices):
        MEAN = "rata_rata", _("Rata-rata butir per dimensi")
        SKM = "skm", _("Survei Kepuasan Masyarakat")
        TEST = "tes", _("Nilai tes")
        NONE = "tanpa", _("Tanpa skor gabungan")

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("versi"), default=1)
    scoring = models.CharField(_("cara penilaian"), max_length=10, choices=Scoring)
    dimensions = models.JSONField(default=dict, blank=True, help_text="dimension key -> {id, en} names, in order")
    # Of an index with grades: [{"low": "88.31", "grade": "A", "id": …, "en": …}], best first. Of weights:
    # {item or dimension key: decimal as text}; an empty one means equal weights.
    bands = models.JSONField(_("rentang nilai"), default=list, blank=True)
    weights = models.JSONField(_("bobot"), default=dict, blank=True)
    legal_source = models.CharField(_("dasar skala, rentang, dan bobot"), max_length=300, blank=True)
    # Renewed by every change of an item, so that a form that was loaded before can be recognised.
    stamp = models.CharField(max_length=16, default=new_stamp, editable=False)

    class Meta:
        ordering = ["instrument__name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="version_once_per_instrument")
        ]

    def __str__(self):
        return f"{self.instrument} v{self.number}"

    @property
    def dimension_names(self) -> dict[str, str]:
        # PostgreSQL keeps the keys of a JSON object in an order of its own.
        ordered = sorted(self.dimensions.items(), key=lambda dimension: dimension[1].get("order", 0))
        return {key: in_language(names["id"], names.get("en", "")) for key, names in ordered}


class Item(models.Model):
    class Type(models.TextChoices):
        LIKERT = "likert", _("Skala")
        SCORE = "skor", _("Skor 0–100")
        NUMBER = "angka", _("Angka")
        YES_NO = "ya_tidak", _("Ya atau tidak")
        CHOICE = "pilihan", _("Satu pilihan")
        CHOICES = "pilihan_ganda", _("Beberapa pilihan")
        RANKING = "peringkat", _("Peringkat")
        MATRIX = "matriks", _("Matriks")
        DATE = "tanggal", _("Tanggal")
        SHORT_TEXT = "teks_singkat", _("Teks singkat")
        TEXT = "teks", _("Teks")
        NOTE = "catatan", _("Catatan")
        PAGE = "halaman", _("Halaman baru")

    class Level(models.IntegerChoices):
        """Kirkpatrick's four levels."""

        REACTION = 1, _("Reaksi")
        LEARNING = 2, _("Pembelajaran")
        BEHAVIOUR = 3, _("Perilaku")
        RESULTS = 4, _("Hasil")

    version = models.ForeignKey(InstrumentVersion, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(_("kode butir"), max_length=30)
    label = models.CharField(_("nama singkat"), max_length=60)
    label_en = models.CharField(_("nama singkat (Inggris)"), max_length=60, blank=True)
    text = models.TextField(_("pertanyaan"), max_length=2000)
    text_en = models.TextField(_("pertanyaan (Inggris)"), max_length=2000, blank=True)
    help = models.TextField(_("petunjuk"), max_length=1000, blank=True)
    help_en = models.TextField(_("petunjuk (Inggris)"), max_length=1000, blank=True)
    type = models.CharField(_("jenis"), max_length=15, choices=Type)
    minimum = models.DecimalField(_("terendah"), max_digits=10, decimal_places=2, null=True, blank=True)
    maximum = models.DecimalField(_("tertinggi"), max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=30, blank=True)
    labels = models.JSONField(default=list, blank=True, help_text="one {id, en} per scale point, lowest first")
    options = models.JSONField(default=list, blank=True, help_text="[{key, id, en, score}], in order")
    # A row of a matrix is an item of its own, of type LIKERT, that names the matrix before it.
    matrix = models.SlugField(_("matriks"), max_length=30, blank=True)
    dimension = models.SlugField(_("dimensi"), max_length=30, blank=True)
    level = models.PositiveSmallIntegerField(_("tingkat Kirkpatrick"), choices=Level, null=True, blank=True)
    is_reverse = models.BooleanField(_("butir terbalik"), default=False)
    is_required = models.BooleanField(_("wajib"), default=True)
    allows_na = models.BooleanField(_("boleh “tidak berlaku”"), default=False)
    # Expressions as in XLSForm (evaluations.expressions).
    relevance = models.CharField(_("tampil bila"), max_length=500, blank=True)
    constraint = models.CharField(_("syarat jawaban"), max_length=500, blank=True)
    constraint_message = models.CharField(_("pesan bila syarat tidak terpenuhi"), max_length=200, blank=True)
    constraint_message_en = models.CharField(_("pesan (Inggris)"), max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="item_key_once_per_version"),
            models.UniqueConstraint(fields=["version", "position"], name="item_position_once_per_version"),
            models.CheckConstraint(
                name="scale_item_has_both_ends",
                condition=~Q(type__in=["likert", "skor"]) | Q(minimum__isnull=False, maximum__gt=F("minimum")),
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.label}"

    @property
    def is_answered(self) -> bool:
        """Whether there is anything to answer: a note, a page and the head of a matrix only stand there."""
        return self.type not in SILENT_TYPES

    @property
    def is_open(self) -> bool:
        return self.type in OPEN_TYPES

    @property
    def is_closed(self) -> bool:
        """Closed answers stand in the packed row of a response, open texts in rows of their own."""
        return self.is_answered and not self.is_open

    @property
    def text_shown(self) -> str:
        return in_language(self.text, self.text_en)

    @property
    def help_shown(self) -> str:
        return in_language(self.help, self.help_en)

    @property
    def label_shown(self) -> str:
        return in_language(self.label, self.label_en)

    @property
    def scale_points(self) -> list[tuple[int, str]]:
        """(value, label) from the lowest to the highest point of a scale item."""
        points = range(int(self.minimum), int(self.maximum) + 1)
        names = [in_language(names["id"], names.get("en", "")) for names in self.labels]
        names += [""] * (len(points) - len(names))
        return list(zip(points, names, strict=False))

    @property
    def is_long_scale(self) -> bool:
        """Too many points for a line each: they stand side by side as numbers, with the names of both ends."""
        return self.type == self.Type.LIKERT and self.maximum - self.minimum >= LONG_SCALE

    @property
    def low_end(self) -> str:
        return self.scale_points[0][1]

    @property
    def high_end(self) -> str:
        return self.scale_points[-1][1]

    @property
    def constraint_shown(self) -> str:
        return in_language(self.constraint_message, self.constraint_message_en)

    @property
    def option_names(self) -> list[tuple[str, str]]:
        """(key, name) of each option, in order."""
        return [(each["key"], in_language(each["id"], each.get("en", ""))) for each in self.options]


OPEN_TYPES = frozenset({Item.Type.TEXT, Item.Type.SHORT_TEXT})
SILENT_TYPES = frozenset({Item.Type.NOTE, Item.Type.PAGE, Item.Type.MATRIX})
OPTION_TYPES = frozenset({Item.Type.CHOICE, Item.Type.CHOICES, Item.Type.RANKING})


def in_language(indonesian: str, english: str) -> str:
    """The English wording where English is on and a translation exists, else the Indonesian one."""
    return english if english and (get_language() or "").startswith("en") else indonesian
