"""Changes of a program as a whole."""

from django.db import transaction
from django.utils.translation import gettext as _

from programs.models import PROGRAM_TRANSITIONS, Program


class MoveRefused(Exception):
    """The program cannot go to that state from where it is; the message says where it can go."""


def lock_program(program: Program) -> Program:
    """Return the stored program and hold it until the transaction ends, so that others wait their turn."""
    stored = Program.objects.unscoped("the program in hand, read again under lock")
    return stored.select_for_update().get(pk=program.pk)


@transaction.atomic
def move_program(*, program: Program, state: str) -> Program:
    """Move a program to ``state`` and return it. Raises ``MoveRefused`` where PROGRAM_TRANSITIONS has no way."""
    program = lock_program(program)
    if state not in PROGRAM_TRANSITIONS[program.state]:
        raise MoveRefused(
            _("Status program “%(now)s” tidak dapat diubah begitu; yang mungkin: %(possible)s.")
            % {
                "now": program.get_state_display(),
                "possible": ", ".join(str(label) for _state, label in program.next_states),
            }
        )
    program.state = state
    program.full_clean()
    program.save(update_fields=["state", "updated_at"])
    return program
