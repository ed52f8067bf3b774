"""A program once more, in the next year: its plan, never its people."""

import re
from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from asn_eval.accounts.models import User
from programs.models import Program

# 52 weeks, so that a Monday stays a Monday; a week more where those do not reach the next year.
YEAR, WEEK = timedelta(weeks=52), timedelta(weeks=1)
# What belongs to one row alone and never goes into its copy.
OWN_COLUMNS = frozenset({"revision", "created_at", "updated_at"})
LONGEST_NAME = Program._meta.get_field("name").max_length


class Part(models.TextChoices):
    """What may come along."""

    OBJECTIVES = "sasaran", _("Sasaran dengan indikator dan targetnya")
    BATCHES = "angkatan", _("Angkatan")
    ACTIVITIES = "kegiatan", _("Kegiatan, tanpa narasumber dan materinya")
    PARTNERS = "mitra", _("Mitra")
    BUDGET = "anggaran", _("Rencana anggaran, tanpa realisasinya")


def next_year(day: date) -> date:
    """The same weekday of the next year."""
    later = day + YEAR
    return later if later.year > day.year else later + WEEK


def name_next_year(name: str, *, year: int) -> str:
    """The name with ``year`` raised by one, else with the new year behind it, so that no two look alike.

    Pelatihan 2026 -> Pelatihan 2027, Pelatihan -> Pelatihan (2027)
    """
    later, found = re.subn(rf"(?<!\d){year}(?!\d)", str(year + 1), name)
    mark = f" ({year + 1})"
    return later if found else name[: LONGEST_NAME - len(mark)].rstrip() + mark


@transaction.atomic
def copy_program(
    *, program: Program, by: User, name: str, start_date: date, end_date: date, parts: Collection[str]
) -> Program:
    """A draft with the plan of ``program``. Days of its parts move as far as its first day.

    Raises ``ValidationError``, above all when a program of this name, region and start exists.
    """
    shift = start_date - program.start_date
    copy = _twin(
        program,
        name=name,
        start_date=start_date,
        end_date=end_date,
        state=Program.State.DRAFT,
        copied_from=program,
        created_by=by,
        is_example=False,
    )
    _save(copy)
    if Part.OBJECTIVES in parts:
        for objective in program.objectives.all():
            _save(_twin(objective, program=copy))
    batches = _copy_batches(program, copy, shift) if Part.BATCHES in parts else {}
    activities = _copy_activities(program, copy, shift, batches) if Part.ACTIVITIES in parts else {}
    if Part.PARTNERS in parts:
        for partnership in program.partnerships.all():
            _save(_twin(partnership, program=copy))
    if Part.BUDGET in parts:
        for line in program.budget_lines.all():
            _save(_twin(line, program=copy, activity=activities.get(line.activity_id), realised=None))
    return copy


def _copy_batches(program: Program, copy: Program, shift: timedelta) -> dict[int, models.Model]:
    """Key of the old batch -> the new one."""
    return {batch.pk: _save(_twin(batch, program=copy, **_moved(batch, shift))) for batch in program.batches.all()}


def _copy_activities(
    program: Program, copy: Program, shift: timedelta, batches: dict[int, models.Model]
) -> dict[int, models.Model]:
    """Key of the old activity -> the new one; without its batch it is for everybody."""
    return {
        activity.pk: _save(
            _twin(activity, program=copy, batch=batches.get(activity.batch_id), **_moved(activity, shift))
        )
        for activity in program.activities.all()
    }


def _moved(row: models.Model, shift: timedelta) -> dict[str, date]:
    return {"start_date": row.start_date + shift, "end_date": row.end_date + shift}


def _twin(row: models.Model, **changes: object) -> models.Model:
    """The same row, not saved, but for ``changes``."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not (field.primary_key or field.generated or field.name in OWN_COLUMNS or field.name in changes)
    }
    return type(row)(**kept, **changes)


def _save(row: models.Model) -> models.Model:
    """Save after checking; what is wrong is told with the name of the row, for it is one of many."""
    try:
        row.full_clean()
    except ValidationError as error:
        if isinstance(row, Program):
            raise
        raise ValidationError([f"“{row}”: {message}" for message in error.messages]) from error
    row.save()
    return row
