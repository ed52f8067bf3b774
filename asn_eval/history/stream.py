"""Pages through a journal that may hold millions of entries: by where one stands, never by counting."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from asn_eval.views import LONGEST_KEY, key_in

PAGE = 50
OLDER_THAN = "sebelum"
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def cursor_of(entry) -> str:
    """Where an entry stands, for the address of the next page."""
    return f"{(entry.timestamp - EPOCH) // MICROSECOND}-{entry.pk}"


def after_cursor(entries: QuerySet, cursor: str) -> QuerySet:
    """The entries older than the one at ``cursor``; all of them when it is none of ours."""
    stamp, _dash, key = cursor.partition("-")
    stamp, key = key_in(stamp), key_in(key)
    if stamp is None or key is None or stamp > 10 ** (LONGEST_KEY - 2):
        return entries
    when = EPOCH + stamp * MICROSECOND
    return entries.filter(Q(timestamp__lt=when) | Q(timestamp=when, pk__lt=key), timestamp__lte=when)


def page_of(entries: QuerySet, cursor: str) -> tuple[list, str]:
    """The entries of one page, and the cursor of the next one ("" when this is the last)."""
    found = list(after_cursor(entries, cursor)[: PAGE + 1])
    return found[:PAGE], cursor_of(found[PAGE - 1]) if len(found) > PAGE else ""
