"""What a respondent typed so far, kept for another day and another device."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from evaluations.models import Invitation, SavedAnswers, Survey

REASON = "the invitation is in hand"


def save_answers(*, invitation_id: int, form_id: UUID, typed: dict, now: datetime) -> bool:
    """Keep what was `typed`, unless the answers were sent meanwhile; say whether it was kept."""
    saved = SavedAnswers.objects.unscoped(REASON)
    try:
        with transaction.atomic():
            # The lock lets an answer that is being stored come first; what was typed is not kept beside it.
            waiting = Invitation.objects.unscoped(REASON).select_for_update(no_key=True)
            if not waiting.filter(pk=invitation_id, is_answered=False).exists():
                return False
            waiting.filter(pk=invitation_id).update(has_saved=True)
            saved.update_or_create(
                invitation_id=invitation_id, defaults={"form_id": form_id, "typed": typed, "saved_at": now}
            )
    except IntegrityError:  # the same page in two windows, at the same moment: one of them is kept
        return True
    return True


def forget_saved_answers(*, survey: Survey) -> None:
    """What nobody sent before the survey was closed is not ours to keep."""
    SavedAnswers.objects.unscoped(REASON).filter(invitation__survey=survey).delete()


def saved_answers(invitation_id: int) -> tuple[UUID, dict] | None:
    """The key of the form and what was typed, where something was saved."""
    saved = SavedAnswers.objects.unscoped(REASON).filter(invitation=invitation_id)
    return saved.values_list("form_id", "typed").first()
