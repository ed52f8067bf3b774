"""Observation sheets and checklists are filled in; marked passages follow what is rewritten."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from evaluations.actions.texts import follow_edit
from evaluations.answering import check_answers
from evaluations.coded_texts import texts_of
from evaluations.models import DocumentReview, Observation

Sheet = Observation | DocumentReview


class SheetChanged(Exception):
    """Somebody else filled in the same sheet since it was opened; nothing was saved."""

    def __init__(self, stored: Mapping[str, object]):
        super().__init__(stored)
        self.stored = stored


def parts_of(source: Sheet) -> dict[str, str]:
    """The texts of a source by their part, as they stand now."""
    return {text.part: text.text for text in texts_of(source)}


@transaction.atomic
def fill_sheet(*, row: Sheet, answers: Mapping[str, object], seen_revision: int, today: date) -> Sheet:
    """Store the ``answers`` of a sheet that was opened at ``seen_revision``; ``row`` is held by the caller.

    Raises ``SheetChanged`` when it was changed since, and ``ValidationError`` by item key for what is no answer.
    """
    values, errors = check_answers(list(row.version.items.all()), answers, today=today)
    if errors:
        raise ValidationError(errors)
    if row.revision != seen_revision:
        raise SheetChanged(row.sheet)
    old = parts_of(row)
    row.sheet = {key: value for key, value in values.items() if value is not None}
    row.revision += 1
    row.full_clean()
    row.save(update_fields=["sheet", "revision", "updated_at"])
    follow_edit(source=row, old=old, new=parts_of(row))
    return row
