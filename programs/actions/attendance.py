"""Who was where: notes of many cells at once, and the rest of an activity in one go."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from auditlog.context import disable_auditlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from asn_eval.history.bulk import record_changes, record_creations, record_deletions
from programs.actions.programs import lock_program
from programs.cells import Edit, settle
from programs.imports.bulk import matching
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
    _write(settled.writes, activities, enrollments, noted)
    return len(settled.writes)


@transaction.atomic
def note_rest_present(*, activity: Activity) -> int:
    """Note "hadir" for everybody of whom nothing is noted yet, and return how many they were."""
    program = lock_program(activity.program)
    known = set(activity.attendances.values_list("enrollment_id", flat=True))
    people = may_attend(program, activity).select_related("person")
    rest = [
        Attendance(activity=activity, enrollment=enrollment, state=Attendance.State.PRESENT)
        for enrollment in people
        if enrollment.pk not in known
    ]
    _create(rest)
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


def _write(
    writes: Mapping[tuple[int, int], str],
    activities: Mapping[int, Activity],
    enrollments: Mapping[int, Enrollment],
    noted: Mapping[tuple[int, int], Attendance],
) -> None:
    """The cells that differ, in a few statements for each activity, however many people they are."""
    new, changed, gone = [], defaultdict(list), defaultdict(list)
    for cell, state in writes.items():
        activity, enrollment = cell
        if cell not in noted:
            new.append(Attendance(activity=activities[activity], enrollment=enrollments[enrollment], state=state))
        elif state:
            changed[activity, state].append(noted[cell])
        else:
            gone[activity].append(noted[cell])
    _create(new)
    for (activity, state), notes in changed.items():
        for rows in _stored(activities[activity], notes):
            rows.update(state=state)
    record_changes(
        (note, {"state": (note.state, state)}) for (_key, state), notes in changed.items() for note in notes
    )
    record_deletions(note for notes in gone.values() for note in notes)
    for activity, notes in gone.items():
        for rows in _stored(activities[activity], notes):
            with disable_auditlog():  # told above, all at once
                rows.delete()


def _create(notes: list[Attendance]) -> None:
    record_creations(Attendance.objects.bulk_create(notes))


def _stored(activity: Activity, notes: list[Attendance]) -> Iterator[QuerySet]:
    return matching(activity.attendances.all(), "pk", [note.pk for note in notes])
