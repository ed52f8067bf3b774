"""What a program was to cost and what it did cost, by component."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.records import RevisedModel
from asn_eval.scoping import ScopedModel, ScopedQuerySet
from programs.costs import Expense, Totals, totals_of
from programs.models.activities import Activity
from programs.models.programs import Program
from programs.models.reference import BudgetComponent


class BudgetLineQuerySet(ScopedQuerySet):
    def expenses(self) -> list[Expense]:
        """The amounts alone, in the order of their components."""
        return [Expense(*row) for row in self.values_list("component__name", "planned", "realised")]

    def totals(self) -> Totals:
        return totals_of(self.expenses())


class BudgetLine(ScopedModel, RevisedModel):
    """One planned expense and what came of it, in rupiah. ``realised`` is empty until it is known."""

    region_path = "program__region"

    program = models.ForeignKey(Program, models.CASCADE, related_name="budget_lines")
    component = models.ForeignKey(BudgetComponent, models.PROTECT, verbose_name=_("komponen"), related_name="+")
    activity = models.ForeignKey(
        Activity,
        models.RESTRICT,
        verbose_name=_("kegiatan"),
        related_name="budget_lines",
        null=True,
        blank=True,
        help_text=_("Kosong berarti untuk program secara keseluruhan."),
    )
    description = models.CharField(_("uraian"), max_length=200, blank=True)
    funding_source = models.CharField(
        _("sumber dana"), max_length=100, blank=True, help_text=_("Contoh: APBD, APBN, hibah.")
    )
    planned = models.DecimalField(
        _("rencana"), max_digits=16, decimal_places=2, validators=[MinValueValidator(0)], help_text=_("Rupiah.")
    )
    realised = models.DecimalField(
        _("realisasi"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Rupiah. Kosong berarti belum diketahui, bukan nol."),
    )

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        ordering = ["component__order", "component__name", "pk"]
        verbose_name = _("anggaran")
        verbose_name_plural = _("anggaran")
        constraints = [
            models.CheckConstraint(
                name="budget_not_negative",
                condition=Q(planned__gte=0) & (Q(realised__isnull=True) | Q(realised__gte=0)),
                violation_error_message=_("Anggaran tidak boleh negatif."),
            ),
        ]

    def __str__(self):
        return self.description or str(self.component)

    def get_absolute_url(self):
        return reverse("program_budget", args=[self.program_id])

    def clean(self):
        if self.activity_id and self.activity.program_id != self.program_id:
            raise ValidationError({"activity": _("Kegiatan ini milik program lain.")})

    @property
    def deviation(self) -> Decimal | None:
        return None if self.realised is None else self.realised - self.planned

    @property
    def deviation_share(self) -> Decimal | None:
        return self.deviation / self.planned if self.realised is not None and self.planned else None
