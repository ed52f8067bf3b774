"""The lists that programs choose from, each row with its source. Open to all, edited by administrators."""

from datetime import date
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel


class Grade(models.Model):
    """Golongan: PNS I/a to IV/e with pangkat, PPPK I to XVII without."""

    class Status(models.TextChoices):
        PNS = "PNS", _("PNS")
        PPPK = "PPPK", _("PPPK")

    code = models.CharField(_("golongan"), max_length=10)
    rank_name = models.CharField(_("pangkat"), max_length=50, blank=True)
    status = models.CharField(_("status"), max_length=4, choices=Status)
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(_("sumber"), max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("golongan")
        verbose_name_plural = _("golongan")
        constraints = [models.UniqueConstraint(fields=["status", "code"], name="grade_once_per_status")]

    def __str__(self):
        return f"{self.rank_name} ({self.code})" if self.rank_name else self.code


class TrainingForm(models.Model):
    """Bentuk pengembangan kompetensi, with the id that SIASN gives it."""

    class Track(models.TextChoices):
        CLASSICAL = "klasikal", _("Klasikal")
        NON_CLASSICAL = "nonklasikal", _("Nonklasikal")

    code = models.SlugField(_("kode"), max_length=50, unique=True)
    name = models.CharField(_("nama"), max_length=100)
    siasn_id = models.PositiveSmallIntegerField(_("id SIASN"), unique=True, null=True, blank=True)
    track = models.CharField(_("jalur"), max_length=12, choices=Track)
    source = models.CharField(_("sumber"), max_length=200, blank=True)

    class Meta:
        ordering = ["track", "name"]
        verbose_name = _("bentuk pelatihan")
        verbose_name_plural = _("bentuk pelatihan")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("training_form_list") + f"#baris-{self.pk}"


def hours(value: Decimal) -> str:
    """A number of JP as the language of the page writes it: 20 or 2,5."""
    return number_format(Decimal(value).normalize())


class DatedRuleQuerySet(models.QuerySet):
    def between(self, first: date, last: date | None) -> "DatedRuleQuerySet":
        """Those that hold on a day from ``first`` to ``last``; None is for ever."""
        not_over = self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first))
        return not_over if last is None else not_over.filter(valid_from__lte=last)

    def on(self, day: date) -> "DatedRuleQuerySet":
        return self.between(day, day)


class DatedRule(RevisedModel):
    """A rule with the document it rests on and the days between which it holds."""

    legal_basis = models.CharField(_("dasar hukum"), max_length=300, blank=True)
    is_verified = models.BooleanField(
        _("terverifikasi"), default=False, help_text=_("Dicocokkan dengan naskah resminya.")
    )
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = DatedRuleQuerySet.as_manager()

    class Meta:
        abstract = True


class LessonHourRule(DatedRule):
    """How many JP one session, day or activity of a form of training counts for."""

    class Unit(models.TextChoices):
        SESSION = "sesi", _("sesi")
        DAY = "hari", _("hari")
        MONTH = "bulan", _("bulan")
        ACTIVITY = "kegiatan", _("kegiatan")

    form = models.ForeignKey(
        TrainingForm, models.PROTECT, verbose_name=_("bentuk pelatihan"), related_name="rules"
    )
    unit = models.CharField(_("satuan"), max_length=10, choices=Unit)
    lesson_hours = models.DecimalField(
        _("JP per satuan"), max_digits=6, decimal_places=1, validators=[MinValueValidator(0)]
    )
    maximum = models.DecimalField(
        _("JP paling banyak"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Batas untuk satu kegiatan. Kosong berarti tanpa batas."),
    )

    class Meta:
        ordering = ["form__name", "unit", "-valid_from"]
        verbose_name = _("aturan konversi JP")
        verbose_name_plural = _("aturan konversi JP")
        constraints = [
            models.UniqueConstraint(
                fields=["form", "unit", "valid_from"],
                name="lesson_hour_rule_once_per_start",
                violation_error_message=_(
                    "Bentuk dan satuan ini sudah mempunyai aturan yang mulai pada hari itu."
                ),
            ),
            models.CheckConstraint(
                name="lesson_hour_rule_ends_on_or_after_its_start",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("Tanggal akhir tidak boleh mendahului tanggal mulai berlaku."),
            ),
        ]

    def __str__(self):
        return f"{self.form}: {hours(self.lesson_hours)} JP / {self.get_unit_display()}"

    def get_absolute_url(self):
        return reverse("lesson_hour_rule_list") + f"#baris-{self.pk}"


class LearningDuty(DatedRule):
    """How many JP a civil servant of one status owes in a year."""

    status = models.CharField(_("status kepegawaian"), max_length=4, choices=Grade.Status)
    lesson_hours = models.DecimalField(
        _("JP per tahun"), max_digits=6, decimal_places=1, validators=[MinValueValidator(0)]
    )

    class Meta:
        ordering = ["status", "-valid_from"]
        verbose_name = _("kewajiban JP")
        verbose_name_plural = _("kewajiban JP")
        constraints = [
            models.UniqueConstraint(
                fields=["status", "valid_from"],
                name="learning_duty_once_per_start",
                violation_error_message=_("Status ini sudah mempunyai kewajiban yang mulai pada hari itu."),
            ),
            models.CheckConstraint(
                name="learning_duty_ends_on_or_after_its_start",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("Tanggal akhir tidak boleh mendahului tanggal mulai berlaku."),
            ),
        ]

    def __str__(self):
        return f"{self.status}: {hours(self.lesson_hours)} JP"

    def get_absolute_url(self):
        return reverse("learning_duty_list") + f"#baris-{self.pk}"


class BudgetComponent(RevisedModel):
    """What money is spent on: fees, meals, travel …"""

    name = models.CharField(_("nama komponen"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("komponen anggaran")
        verbose_name_plural = _("komponen anggaran")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("budget_component_list") + f"#baris-{self.pk}"
