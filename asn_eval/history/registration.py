"""Which records keep a history; each app names its own when it is ready."""

from collections.abc import Collection

from auditlog.registry import auditlog
from django.db import models

# What the application writes by itself says nothing about what a person changed.
OWN_COLUMNS = ("revision", "updated_at", "created_at", "search_name", "imported_in")


def keep_history(*kinds: type[models.Model], without: Collection[str] = (), many: Collection[str] = ()) -> None:
    """Write an entry for every creation, change and deletion of these models.

    ``without`` names columns that never stand in a journal, ``many`` the many-to-many fields that do.
    """
    for model in kinds:
        columns = {field.name for field in model._meta.concrete_fields}
        hidden = [name for name in (*OWN_COLUMNS, *without) if name in columns]
        auditlog.register(model, exclude_fields=hidden, m2m_fields=set(many))
