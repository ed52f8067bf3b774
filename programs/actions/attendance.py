"""Who was where: notes of many cells at once, and the rest of an activity in one go."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programs.actions.programs import lock_program
from programs.cells import Edit, settle
from programs.models import Activity, Attendance, Enrollment, Program


class CellsChanged(Exception):
    """Somebody else wrote other values into these cells meanwhile; nothing was saved."""

    def __init__(self, conflicts: Mapping[object, str]):
        super().__init__()
        self.conflicts = dict(conflicts)


@transaction.atomic
def note_attendance(*, program: Program, edits: Iterable[Edit]) -> int:
    """Write what differs, one entry of history per cell, and return how many cells that were.

    The key of an edit is (activity, enrollment); an empty state takes the note back. Raises ``CellsChanged`` when
    somebody else was faster, ``ValidationError`` for a state that does not exist, or for an activity that is not
    one of the participant's batch. Cells of other programs are left out.
    """
    program = lock_program(program)
    edits = [edit for edit in edits if edit.is_touched]
    activities = program.activities.prefetch_related("attendances").in_bulk({edit.key[0] for edit in edits})
    enrollments = program.enrollments.select_related("person").in_bulk({edit.key[1] for edit in edits})
    edits = [edit for edit in edits if edit.key[0] in activities and edit.key[1] in enrollments]
    for edit in edits:
        _check(edit.wanted, activities[edit.key[0]], enrollments[edit.key[1]])
    noted = {
        (key, note.enrollment_id): note
        for key, activity in activities.items()
        for note in activity.attendances.all()
    }
    settled = settle(edits, {cell: note.state for cell, note in noted.items()})
    if settled.conflicts:
        raise CellsChanged(settled.conflicts)
    for cell, state in settled.writes.items():
        _write(cell, state, noted.get(cell))
    return len(settled.writes)


@transaction.atomic
def note_rest_present(*, activity: Activity) -> int:
    """Note "hadir" for everybody of whom nothing is noted yet, and return how many they were."""
    program = lock_program(activity.program)
    known = set(activity.attendances.values_list("enrollment_id", flat=True))
    rest = [key for key in may_attend(program, activity).values_list("pk", flat=True) if key not in known]
    for key in rest:
        Attendance(activity=activity, enrollment_id=key, state=Attendance.State.PRESENT).save()
    return len(rest)


def may_attend(program: Program, activity: Activity) -> QuerySet:
    """The participants for whom an activity is meant and who have not left."""
    people = program.enrollments.filter(group=Enrollment.Group.PARTICIPANT)
    if activity.batch_id is not None:
        people = people.filter(batch=activity.batch_id)
    return people.exclude(status=Enrollment.Status.WITHDRAWN)


def _check(state: str, activity: Activity, enrollment: Enrollment) -> None:
    if state and state not in Attendance.State.values:
        raise ValidationError(_("Kehadiran ditulis H, I, S, atau A; kosong berarti belum dicatat."))
    if not enrollment.is_meant_by(activity):
        raise ValidationError(
            _("%(person)s bukan peserta angkatan yang mengikuti “%(activity)s”. Belum ada yang disimpan.")
            % {"person": enrollment, "activity": activity}
        )


def _write(cell: tuple[int, int], state: str, note: Attendance | None) -> None:
    if note is None:
        Attendance(activity_id=cell[0], enrollment_id=cell[1], state=state).save()
    elif state:
        note.state = state
        note.save(update_fields=["state"])
    else:
        note.delete()
