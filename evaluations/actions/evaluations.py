"""An evaluation moves from plan to follow-up, one step at a time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.models import EVALUATION_TRANSITIONS, Evaluation


@transaction.atomic
def change_evaluation_state(*, evaluation: Evaluation, state: str) -> Evaluation:
    """Move `evaluation` to `state`. Raises `ValidationError` for a step that does not exist from where it is."""
    stored = evaluation.program.evaluations.select_for_update(no_key=True).get(pk=evaluation.pk)
    if state not in EVALUATION_TRANSITIONS[stored.state]:
        raise ValidationError(
            _("Tahap evaluasi ini sekarang “%(state)s” dan tidak dapat langsung diubah ke tahap yang diminta.")
            % {"state": stored.get_state_display()}
        )
    stored.state = state
    stored.save(update_fields=["state", "updated_at"])
    return stored
