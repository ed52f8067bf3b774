"""What a respondent typed so far, kept for another day and another device."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from evaluations.models import Invitation, SavedAnswers

REASON = "the invitation is in hand"


def save_answers(*, invitation: Invitation, form_id: UUID, typed: dict, now: datetime) -> bool:
    """Keep what was `typed`, unless the answers were sent meanwhile; say whether it was kept."""
    saved = SavedAnswers.objects.unscoped(REASON)
    try:
        with transaction.atomic():
            # The lock lets an answer that is being stored come first; what was typed is not kept beside it.
            waiting = Invitation.objects.unscoped(REASON).select_for_update(no_key=True)
            if not waiting.filter(pk=invitation.pk, is_answered=False).exists():
                return False
            saved.update_or_create(
                invitation=invitation, defaults={"form_id": form_id, "typed": typed, "saved_at": now}
            )
    except IntegrityError:  # the same page in two windows, at the same moment: one of them is kept
        return True
    return True
