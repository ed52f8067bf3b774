"""Many measurements at once: compared with what is stored, shown, and saved as a whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from asn_eval.history.bulk import record_changes, record_creations
from evaluations.indicator_columns import new_measurement
from evaluations.measurement_lines import MeasuredLine
from evaluations.models import IndicatorSeries, Measurement

WRITTEN = ("value", "n", "counts")


@dataclass(frozen=True)
class PlannedMeasurement:
    """One line beside what is stored for its day."""

    number: int
    new: Measurement
    stored: Measurement | None

    @property
    def changes(self) -> dict[str, tuple[object, object]]:
        """What differs from the stored measurement: field -> (old, new)."""
        pairs = {name: (getattr(self.stored, name), getattr(self.new, name)) for name in WRITTEN}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def outcome(self) -> str:
        if self.stored is None:
            return "new"
        return "changed" if self.changes else "same"


@dataclass(frozen=True)
class MeasurementPlan:
    planned: tuple[PlannedMeasurement, ...]

    @property
    def n_new(self) -> int:
        return sum(one.outcome == "new" for one in self.planned)

    @property
    def n_changed(self) -> int:
        return sum(one.outcome == "changed" for one in self.planned)

    @property
    def n_same(self) -> int:
        return len(self.planned) - self.n_written

    @property
    def n_written(self) -> int:
        return self.n_new + self.n_changed

    @property
    def seal(self) -> str:
        """The same for two plans that would write the same over the same, and for no others."""
        told = [
            (str(one.new.date), *(_plain(row, name) for row in (one.new, one.stored) for name in WRITTEN))
            for one in self.planned
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


class PlanChanged(Exception):
    """What is stored, or what was typed, is no longer what the person agreed to; nothing was saved."""

    def __init__(self, plan: MeasurementPlan):
        super().__init__(plan)
        self.plan = plan


def plan_measurements(*, series: IndicatorSeries, lines: Sequence[MeasuredLine]) -> MeasurementPlan:
    """What saving ``lines`` would do now."""
    stored = {one.date: one for one in series.measurements.all()}
    return MeasurementPlan(
        tuple(
            PlannedMeasurement(line.number, new_measurement(series, line.date, line.values), stored.get(line.date))
            for line in sorted(lines, key=lambda line: line.date)
        )
    )


@transaction.atomic
def save_measurements(*, series: IndicatorSeries, lines: Sequence[MeasuredLine], seen: str) -> MeasurementPlan:
    """Store ``lines`` and return what was done; ``seen`` is the seal of the plan that the person agreed to.

    Raises ``PlanChanged`` when the plan is another one by now, and ``ValidationError`` for a number that no
    column takes.
    """
    series.evaluation.indicators.select_for_update().get(pk=series.pk)
    plan = plan_measurements(series=series, lines=lines)
    if plan.seal != seen:
        raise PlanChanged(plan)
    new = [one.new for one in plan.planned if one.outcome == "new"]
    for one in plan.planned:
        one.new.clean_fields(exclude=["series"])  # held already; looking it up would ask for every row
    Measurement.objects.bulk_create(new)
    record_creations(new)
    _write_changes([one for one in plan.planned if one.outcome == "changed"])
    return plan


def _write_changes(changed: Sequence[PlannedMeasurement]) -> None:
    told = [(one.stored, one.changes) for one in changed]
    for one in changed:
        for name in WRITTEN:
            setattr(one.stored, name, getattr(one.new, name))
        one.stored.revision += 1
        one.stored.updated_at = timezone.now()
    rows = [row for row, _changes in told]
    if rows:
        rows[0].series.measurements.bulk_update(rows, [*WRITTEN, "revision", "updated_at"])
    record_changes(told)


def _plain(row: Measurement | None, name: str) -> object:
    value = getattr(row, name, None)
    if name == "value" and value is not None:
        return f"{value.normalize():f}"
    return sorted(value.items()) if isinstance(value, dict) else value
