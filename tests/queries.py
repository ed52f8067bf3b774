"""Counting what the database is asked."""

from collections.abc import Callable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext


def count_queries(work: Callable[[], object]) -> int:
    know_content_types()
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def page_queries(client, url: str) -> int:
    """What one visit of a page asks; the page must be shown."""
    know_content_types()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def know_content_types() -> None:
    """A process asks for each of them once, which belongs to no test in particular."""
    ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)
