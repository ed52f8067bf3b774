"""Units that people work in, in a tree."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Region
from asn_eval.records import RevisedModel, searchable
from asn_eval.scoping import ScopedModel, ScopedQuerySet

DEEPEST = 8  # levels of a tree of units; public bodies have five


class AgencyQuerySet(ScopedQuerySet):
    def with_path(self) -> "AgencyQuerySet":
        """Read the units above along, one query for each level that exists."""
        return self.prefetch_related("__".join(["parent"] * (DEEPEST - 1)))

    def tops(self, seen: "AgencyQuerySet") -> "AgencyQuerySet":
        """Those that are part of none of ``seen``: where a tree begins for who sees no more."""
        return self.exclude(parent__in=seen.order_by().values("pk"))

    def below(self, agency: "Agency") -> "AgencyQuerySet":
        """The unit itself and every one that is, at any level, part of it."""
        inside = Q(pk=agency.pk)
        for levels in range(1, DEEPEST):
            inside |= Q(**{"__".join(["parent"] * levels): agency})
        return self.filter(inside)


class Agency(ScopedModel, RevisedModel):
    """An instansi, a perangkat daerah or a unit kerja."""

    region_path = "region"

    class Kind(models.TextChoices):
        INSTITUTION = "instansi", _("Instansi")
        DEPARTMENT = "perangkat_daerah", _("Perangkat daerah")
        UNIT = "unit", _("Unit kerja")

    name = models.CharField(_("nama unit kerja"), max_length=150)
    search_name = searchable("name", 150)
    kind = models.CharField(_("tingkat"), max_length=20, choices=Kind, default=Kind.UNIT)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("wilayah"), related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("bagian dari"), related_name="units", null=True, blank=True
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("unit kerja")
        verbose_name_plural = _("unit kerja")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "region",
                name="agency_name_once_per_region",
                violation_error_message=_("Unit kerja dengan nama ini sudah ada di wilayah tersebut."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("agency_detail", args=[self.pk])

    @property
    def above(self) -> list["Agency"]:
        """The units that this one is part of, the highest first."""
        units, unit = [], self.parent
        while unit is not None and len(units) < DEEPEST:
            units.insert(0, unit)
            unit = unit.parent
        return units
