"""The order in which the objectives of a program are read."""

from django.db import transaction

from programs.actions.programs import lock_program
from programs.models import Objective


@transaction.atomic
def append_objective(*, objective: Objective) -> Objective:
    """Save a new objective behind those that its program has."""
    lock_program(objective.program)
    last = objective.program.objectives.last()
    objective.order = last.order + 1 if last else 1
    objective.full_clean()
    objective.save()
    return objective


@transaction.atomic
def shift_objective(*, objective: Objective, steps: int) -> None:
    """Move an objective up (below zero) or down among those of its program; it stops at either end."""
    lock_program(objective.program)
    rows = list(objective.program.objectives.all())
    place = rows.index(objective)
    rows.insert(min(max(place + steps, 0), len(rows) - 1), rows.pop(place))
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order", "updated_at"])
