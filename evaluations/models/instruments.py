"""Instruments: what is asked. Reference data of the installation, open to all who may sign in."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Instrument(models.Model):
    key = models.SlugField(_("kode"), max_length=50, unique=True)
    name = models.CharField(_("nama instrumen"), max_length=150)
    description = models.TextField(_("keterangan"), blank=True)
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    is_ready = models.BooleanField(_("siap pakai"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("instrumen")
        verbose_name_plural = _("instrumen")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("instrument_detail", args=[self.pk])


class InstrumentVersion(models.Model):
    class Scoring(models.TextChoices):
        MEAN = "rata_rata", _("Rata-rata butir per dimensi")
        SKM = "skm", _("Survei Kepuasan Masyarakat")
        TEST = "tes", _("Nilai tes")

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("versi"), default=1)
    scoring = models.CharField(_("cara penilaian"), max_length=10, choices=Scoring)
    dimensions = models.JSONField(default=dict, help_text="dimension key -> {id, en} names, in order")

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
        NUMBER = "angka", _("Angka")
        TEXT = "teks", _("Teks")

    version = models.ForeignKey(InstrumentVersion, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(_("kode butir"), max_length=30)
    label = models.CharField(_("nama singkat"), max_length=60)
    label_en = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("pertanyaan"))
    text_en = models.TextField(blank=True)
    type = models.CharField(_("jenis"), max_length=10, choices=Type)
    minimum = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    maximum = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    labels = models.JSONField(default=list, help_text="one {id, en} per scale point, lowest first")
    dimension = models.SlugField(_("dimensi"), max_length=30, blank=True)
    level = models.PositiveSmallIntegerField(_("tingkat Kirkpatrick"), null=True, blank=True)
    is_reverse = models.BooleanField(_("butir terbalik"), default=False)
    is_required = models.BooleanField(_("wajib"), default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="item_key_once_per_version"),
            models.UniqueConstraint(fields=["version", "position"], name="item_position_once_per_version"),
            models.CheckConstraint(
                name="scale_item_has_both_ends",
                condition=~Q(type="likert") | Q(minimum__isnull=False, maximum__gt=F("minimum")),
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.label}"

    @property
    def is_closed(self) -> bool:
        """Closed answers stand in the packed row of a response, open texts in rows of their own."""
        return self.type != self.Type.TEXT

    @property
    def text_shown(self) -> str:
        return in_language(self.text, self.text_en)

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


def in_language(indonesian: str, english: str) -> str:
    """The English wording where English is on and a translation exists, else the Indonesian one."""
    return english if english and (get_language() or "").startswith("en") else indonesian
