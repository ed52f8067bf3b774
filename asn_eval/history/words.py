"""Values and times of a journal in words, in the language of the page and the time zone of the reader."""

from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asn_eval.accounts.models import Office
from asn_eval.numbers import format_decimal

MOST_NAMES = 20
ABSENT = {None, "", "None"}


def label_of(field: models.Field) -> str:
    """How a field is called; a key without a name of its own is called like what it leads to."""
    unnamed = str(field.verbose_name) == field.name.replace("_", " ")
    return capfirst(
        str(field.related_model._meta.verbose_name if unnamed and field.is_relation else field.verbose_name)
    )


def in_words(field: models.Field, text: str | None, zone: ZoneInfo) -> str:
    """A value as the journal keeps it, in words; what cannot be read stands as it is."""
    if text in ABSENT:
        return _("kosong")
    if field.is_relation:
        return text
    if field.flatchoices:
        return next((str(label) for key, label in field.flatchoices if str(key) == text), text)
    try:
        return _read(field, text, zone)
    except (ValueError, InvalidOperation):
        return text


def _read(field: models.Field, text: str, zone: ZoneInfo) -> str:
    if isinstance(field, models.BooleanField):
        return _("Ya") if text == "True" else _("Tidak")
    if isinstance(field, models.DateTimeField):
        return moment(datetime.fromisoformat(text).replace(tzinfo=UTC), zone)
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(text))
    if isinstance(field, models.TimeField):
        return time_format(time.fromisoformat(text))
    if isinstance(field, models.FileField):
        return text.rpartition("/")[2]
    if isinstance(field, models.DecimalField | models.IntegerField | models.FloatField):
        return plain_number(Decimal(text))
    return text


def plain_number(value: Decimal) -> str:
    """As many decimals as the number has."""
    places = max(0, -value.normalize().as_tuple().exponent)
    return format_decimal(value, places, get_language() or "id")


def moment(when: datetime, zone: ZoneInfo) -> str:
    """27 November 2026, 20.05"""
    return date_format(localtime(when, zone), "DATETIME_FORMAT")


def zone_of(user) -> tuple[ZoneInfo, str]:
    """The time zone of a reader's office, and how it is written behind an hour."""
    office = user.office
    if office is None:
        return get_default_timezone(), str(Office.TimeZone.WIB.label)
    return ZoneInfo(office.time_zone), office.get_time_zone_display()


def some_of(names: list[str]) -> tuple[list[str], int]:
    """The first names, and how many more there are."""
    return names[:MOST_NAMES], max(0, len(names) - MOST_NAMES)


def enumeration(names: list[str]) -> str:
    shown, more = some_of(names)
    listed = ", ".join(shown)
    return _("%(names)s dan %(more)s lainnya") % {"names": listed, "more": more} if more else listed
