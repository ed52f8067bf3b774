"""Reading the journal in tests."""

from django.contrib.contenttypes.models import ContentType

from asn_eval.history.models import LogEntry


def entries_of(row) -> list[LogEntry]:
    """The entries of one record, oldest first."""
    return list(LogEntry.objects.unscoped("test").of(row).order_by("pk"))


def entries_of_kind(model) -> list[LogEntry]:
    content_type = ContentType.objects.get_for_model(model)
    return list(LogEntry.objects.unscoped("test").filter(content_type=content_type).order_by("pk"))


def all_entries() -> list[LogEntry]:
    return list(LogEntry.objects.unscoped("test").order_by("pk"))
