"""What the records of every app share: a revision against overwriting, a name that both spellings find."""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Lower, Replace

# What stands between the parts of a name and is left out when names are compared.
BETWEEN_WORDS = (" ", "-", ".", "'")


class RevisedModel(models.Model):
    """A record that two people may edit; each save of a form raises ``revision`` (asn_eval.forms)."""

    revision = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


def searchable(field: str, max_length: int = 200) -> models.GeneratedField:
    """A column kept by the database: ``field`` in small letters without spaces, hyphens, dots, apostrophes.

    Compare it with ``search_key(text)``: Palangkaraya and Palangka Raya are then the same.
    """
    expression = F(field)
    for mark in BETWEEN_WORDS:
        expression = Replace(expression, Value(mark), Value(""))
    return models.GeneratedField(
        expression=Lower(expression),
        output_field=models.CharField(max_length=max_length),
        db_persist=True,
    )


def display_value(row: models.Model, name: str) -> str:
    """A field of a record in words; empty for what is missing."""
    words = getattr(row, f"get_{name}_display", None)
    value = words() if words else getattr(row, name)
    return "" if value is None else str(value)
