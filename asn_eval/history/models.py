"""Who changed what and when. receivers.py and bulk.py write it; the region gate decides who reads it."""

from auditlog.models import AbstractLogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import Office, Region
from asn_eval.history.registration import Kind
from asn_eval.scoping import NOTHING, ScopedModel, ScopedQuerySet


class HistoryQuerySet(ScopedQuerySet):
    def of(self, row) -> "HistoryQuerySet":
        """The entries of one record."""
        return self.of_kind(type(row), row.pk)

    def of_kind(self, model, pk: int | None = None) -> "HistoryQuerySet":
        """The entries of all records of a model, or of the one with that key."""
        found = self.filter(content_type=ContentType.objects.get_for_model(model))
        return found if pk is None else found.filter(object_id=pk)

    def of_whole(self, row) -> "HistoryQuerySet":
        """The entries of a record and of all its parts, those that are gone included."""
        return self.filter(whole=key_of(row))

    def told(self) -> "HistoryQuerySet":
        """Newest first, with all that telling them reads."""
        return self.select_related("actor", "content_type").order_by("-timestamp", "-pk")


class LogEntry(ScopedModel, AbstractLogEntry):
    """One change of one record. Visible where the record was: by region, by office, or to everyone."""

    region_path = "region"

    # Fewer indexes than auditlog's: an entry is written with every change and read seldom.
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", db_index=False)
    object_pk = models.CharField(max_length=255)
    object_id = models.BigIntegerField(blank=True, null=True)
    action = models.PositiveSmallIntegerField(choices=AbstractLogEntry.Action.choices)
    cid = models.CharField(max_length=32, blank=True)
    timestamp = models.DateTimeField(default=now)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True)
    former_region = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True)  # that it left
    office = models.ForeignKey(Office, models.SET_NULL, related_name="+", null=True)
    is_open = models.BooleanField(default=False)  # reference data, the same for every office
    whole = models.CharField(max_length=80, blank=True)  # key_of() the record that this one is a part of

    objects = HistoryQuerySet.as_manager()

    class Meta(AbstractLogEntry.Meta):
        abstract = False
        ordering = ["-timestamp", "-pk"]
        verbose_name = _("catatan perubahan")
        verbose_name_plural = _("catatan perubahan")
        indexes = [
            models.Index(fields=["timestamp", "id"], name="entry_in_order"),
            models.Index(fields=["content_type", "object_id", "timestamp"], name="entry_of_record"),
            models.Index(fields=["whole", "timestamp"], name="entry_of_whole"),
        ]

    def __str__(self):
        return self.object_repr

    @classmethod
    def scope_for(cls, user) -> Q:
        by_region = super().scope_for(user)
        if by_region == NOTHING and not user.is_authenticated:
            return NOTHING
        if user.sees_every_region:
            return Q()
        left = Q()
        for code in user.region_codes:
            left |= Q(former_region__code__startswith=code)
        return by_region | left | Q(office=user.office_id) | Q(is_open=True)


def key_of(row) -> str:
    """A record as one word: "programs.program:12"."""
    return f"{row._meta.label_lower}:{row.pk}"


def place_of(kind: Kind, row) -> dict[str, object]:
    """The region, the office, or the openness of a record, and what it is a part of, as columns of its entries."""
    if isinstance(row, ScopedModel):
        place = {"region_id": _key_at(row, row.region_path)}
    elif isinstance(row, Office):
        place = {"office_id": row.pk}
    elif hasattr(row, "office_id"):
        place = {"office_id": row.office_id}
    else:
        place = {"is_open": True}
    return place | {"whole": _whole_of(kind, row)}


def _whole_of(kind: Kind, row) -> str:
    if not kind.part_of:
        return key_of(row)
    model = kind.model
    for name in kind.part_of.split("__"):
        model = model._meta.get_field(name).related_model
    key = _key_at(row, kind.part_of)
    return f"{model._meta.label_lower}:{key}" if key else key_of(row)


def _key_at(row, path: str) -> object:
    """The key at the end of ``path``; None when a row on the way is missing."""
    *way, last = path.split("__")
    try:
        for name in way:
            row = getattr(row, name)
            if row is None:
                return None
    except ObjectDoesNotExist:
        return None
    return getattr(row, row._meta.get_field(last).attname)
