"""Which survey results speak of which objective of the program."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.models import Evaluation, ObjectiveMeasure

Measure = tuple[int, str]  # (pk of the instrument, key of the dimension or "" for all of it)


@transaction.atomic
def set_measures(*, evaluation: Evaluation, chosen: Mapping[int, Collection[Measure]]) -> None:
    """Let each objective of ``chosen`` (by pk) be measured by exactly these dimensions.

    Raises ``ValidationError`` for an objective of another program or an instrument that the evaluation does
    not ask.
    """
    # Two people who save at once must not leave one's ticks beside the other's.
    held = evaluation.program.evaluations.select_for_update(no_key=True).get(pk=evaluation.pk)
    objectives = set(held.program.objectives.values_list("pk", flat=True))
    asked = set(held.surveys.values_list("version__instrument", flat=True))
    wanted = {(objective, *measure) for objective, measures in chosen.items() for measure in measures}
    if not chosen.keys() <= objectives or not {instrument for _o, instrument, _d in wanted} <= asked:
        raise ValidationError(_("Sasaran atau instrumen ini bukan milik evaluasi ini."), code="foreign")
    stored = {
        (row.objective_id, row.instrument_id, row.dimension): row
        for row in held.objective_measures.filter(objective__in=chosen.keys())
    }
    held.objective_measures.filter(pk__in=[row.pk for key, row in stored.items() if key not in wanted]).delete()
    for objective, instrument, dimension in sorted(wanted - stored.keys()):
        measure = ObjectiveMeasure(
            evaluation=held, objective_id=objective, instrument_id=instrument, dimension=dimension
        )
        measure.full_clean()
        measure.save()
