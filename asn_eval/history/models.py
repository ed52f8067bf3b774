"""Who changed what and when. django-auditlog writes the entries; the region gate decides who reads them."""

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office, Region
from asn_eval.scoping import NOTHING, ScopedModel, ScopedQuerySet


class HistoryManager(LogEntryManager.from_queryset(ScopedQuerySet)):
    """Adds to each entry whose area it belongs to, as it was when the record changed."""

    use_in_migrations = False

    def log_create(self, instance, force_log: bool = False, **kwargs):
        return super().log_create(instance, force_log, **place_of(instance), **kwargs)

    def log_m2m_changes(self, changed_queryset, instance, operation, field_name, **kwargs):
        place = place_of(instance)
        return super().log_m2m_changes(changed_queryset, instance, operation, field_name, **place, **kwargs)


class LogEntry(ScopedModel, AbstractLogEntry):
    """One change of one record. Visible where the record was: by region, by office, or to everyone."""

    region_path = "region"

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True)
    office = models.ForeignKey(Office, models.SET_NULL, related_name="+", null=True)
    is_open = models.BooleanField(default=False)  # reference data, the same for every office

    objects = HistoryManager()

    class Meta(AbstractLogEntry.Meta):
        abstract = False
        ordering = ["-timestamp", "-pk"]
        verbose_name = _("catatan perubahan")
        verbose_name_plural = _("catatan perubahan")

    def __str__(self):
        return self.object_repr

    @classmethod
    def scope_for(cls, user) -> Q:
        by_region = super().scope_for(user)
        if by_region == NOTHING and not user.is_authenticated:
            return NOTHING
        if user.sees_every_region:
            return Q()
        return by_region | Q(office=user.office_id) | Q(is_open=True)


def place_of(instance) -> dict[str, object]:
    """The region, the office, or the openness of a record, as columns of its log entries."""
    if isinstance(instance, ScopedModel):
        return {"region": _region_of(instance)}
    if isinstance(instance, Office):
        return {"office": instance if instance.pk and Office.objects.filter(pk=instance.pk).exists() else None}
    if hasattr(instance, "office_id"):
        return {"office_id": instance.office_id}
    return {"is_open": True}


def _region_of(instance) -> Region | None:
    try:
        for name in instance.region_path.split("__"):
            instance = getattr(instance, name)
            if instance is None:
                return None
    except ObjectDoesNotExist:
        return None
    return instance
