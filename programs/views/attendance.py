"""Attendance: the whole program as a grid, one activity as a list for a phone."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from asn_eval.views import key_in, searched
from programs.actions.attendance import CellsChanged, note_attendance, note_rest_present
from programs.cells import Edit, write_seen
from programs.forms.attendance import LETTER_OF, cell_name, typed_edits
from programs.models import Activity, Attendance, Batch, Enrollment
from programs.participation import MISSING, STATES, Tally
from programs.views.participants import OneProgramMixin, found
from programs.views.programs import program_trail

PEOPLE_OF_ONE_ACTIVITY = 100
PEOPLE_OF_A_GRID = 50
# Django takes a thousand fields of one form; some are no cells.
CELLS_OF_A_PAGE = 800
OPEN_STATES = {*STATES, MISSING}


@dataclass
class Cell:
    """One person at one activity, as the page shows it."""

    name: str
    activity: Activity
    state: str  # what the page shows: typed or stored
    is_meant: bool  # only activities of one's own batch can be noted
    now: str = ""  # what somebody else wrote meanwhile, in words
    has_conflict: bool = False

    @property
    def letter(self) -> str:
        return LETTER_OF.get(self.state, self.state)

    @property
    def is_wrong(self) -> bool:
        return self.state not in OPEN_STATES


@dataclass
class Row:
    enrollment: Enrollment
    cells: list[Cell] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


class AttendanceMixin(OneProgramMixin):
    abstract = True
    permission = "programs.view_attendance"

    @cached_property
    def activities(self) -> list[Activity]:
        return list(self.program.activities.select_related("batch"))

    @cached_property
    def may_write(self) -> bool:
        return self.request.user.has_perm("programs.change_attendance")

    def participants(self):
        return self.rows(Enrollment).filter(program=self.program, group=Enrollment.Group.PARTICIPANT)

    def activity_tallies(self) -> dict[int, Tally]:
        """What was noted at each activity, and of how many people nothing was."""
        meant = Counts(self.participants().exclude(status=Enrollment.Status.WITHDRAWN))
        staying = ~Q(enrollment__status=Enrollment.Status.WITHDRAWN)
        notes = (
            self.rows(Attendance)
            .filter(activity__program=self.program, enrollment__group=Enrollment.Group.PARTICIPANT)
            .order_by()
            .values("activity_id", "state")
            .annotate(noted=Count("pk"), noted_staying=Count("pk", filter=staying))
            .values_list("activity_id", "state", "noted", "noted_staying")
        )
        tallies = {activity.pk: Tally() for activity in self.activities}
        noted = dict.fromkeys(tallies, 0)
        for activity, state, number, number_staying in notes:
            tallies[activity].add(state, number)
            noted[activity] += number_staying
        for activity in self.activities:
            tallies[activity.pk].add(MISSING, max(0, meant.of(activity) - noted[activity.pk]))
        return tallies


class Counts:
    """How many people an activity is meant for."""

    def __init__(self, people):
        self.by_batch = dict(people.order_by().values_list("batch_id").annotate(Count("pk")))

    def of(self, activity: Activity) -> int:
        if activity.batch_id is None:
            return sum(self.by_batch.values())
        return self.by_batch.get(activity.batch_id, 0)


class AttendanceGridView(AttendanceMixin, View):
    """?kegiatan=… notes one activity, person under person; without it people × activities on a wide screen."""

    def get(self, request, pk):
        return self.page()

    def post(self, request, pk):
        program = self.program  # a row of another area is unknown, whatever the right
        if not self.may_write:
            raise PermissionDenied
        edits = typed_edits(request.POST)
        try:
            with transaction.atomic():
                saved = note_attendance(program=program, edits=edits)
                if "all_present" in request.POST and self.activity:
                    saved += note_rest_present(activity=self.activity)
        except CellsChanged as changed:
            return self.page(edits, conflicts=changed.conflicts)
        except ValidationError as error:
            return self.page(edits, refused=error.messages)
        if saved:
            text = ngettext("%d catatan kehadiran disimpan.", "%d catatan kehadiran disimpan.", saved) % saved
            messages.success(request, text)
        else:
            messages.info(request, _("Tidak ada yang berubah."))
        return redirect(request.get_full_path())

    @cached_property
    def activity(self) -> Activity | None:
        if "kegiatan" not in self.request.GET:
            return None
        key = key_in(self.request.GET["kegiatan"])
        return get_object_or_404(self.program.activities.select_related("batch"), pk=key or 0)

    @cached_property
    def batch(self) -> Batch | None:
        key = key_in(self.request.GET.get("angkatan"))
        return self.program.batches.filter(pk=key).first() if key else None

    @property
    def columns(self) -> list[Activity]:
        return [self.activity] if self.activity else self.activities

    def people(self):
        people = found(self.participants(), searched(self.request))
        for batch in {self.batch, self.activity.batch if self.activity else None} - {None}:
            people = people.filter(batch=batch)
        return people.select_related("person__agency", "batch").order_by("person__name", "pk")

    def page(self, edits: list[Edit] | None = None, *, conflicts=None, refused=()):
        per_page = PEOPLE_OF_ONE_ACTIVITY if self.activity else PEOPLE_OF_A_GRID
        per_page = max(1, min(per_page, CELLS_OF_A_PAGE // max(1, len(self.columns))))
        page = Paginator(self.people(), per_page).get_page(self.request.GET.get("page"))
        stored = self.stored(page.object_list)
        tallies = self.activity_tallies()
        return render(
            self.request,
            "programs/attendance_activity.html" if self.activity else "programs/attendance_grid.html",
            {
                "program": self.program,
                "trail": self.trail(),
                "activity": self.activity,
                "activities": [(activity, tallies[activity.pk]) for activity in self.activities],
                "tally": tallies[self.activity.pk] if self.activity else None,
                "batches": self.program.batches.all(),
                "batch": self.batch,
                "text": searched(self.request),
                "rows": self.grid(page.object_list, stored, edits or [], conflicts or {}),
                "seen": write_seen({cell_name(*cell): state for cell, state in stored.items()}),
                "states": [*Attendance.State.choices, ("", _("Belum dicatat"))],
                "letters": [(LETTER_OF[value], label) for value, label in Attendance.State.choices],
                "may_write": self.may_write,
                "n_conflicts": len(conflicts or {}),
                "refused": refused,
                "page_obj": page,
                "paginator": page.paginator,
                "is_paginated": page.has_other_pages(),
            },
        )

    def trail(self):
        trail = program_trail(self.program)
        return [*trail, (_("Kehadiran"), self.request.path)] if self.activity else trail

    def stored(self, people) -> dict[tuple[int, int], str]:
        notes = self.rows(Attendance).filter(enrollment__in=[row.pk for row in people])
        if self.activity:
            notes = notes.filter(activity=self.activity)
        return {(note.activity_id, note.enrollment_id): note.state for note in notes}

    def grid(self, people, stored, edits: list[Edit], conflicts) -> list[Row]:
        typed = {edit.key: edit.wanted for edit in edits if edit.is_touched}
        words = dict(Attendance.State.choices) | {"": _("Belum dicatat")}
        rows = []
        for enrollment in people:
            row = Row(enrollment)
            for activity in self.columns:
                key = (activity.pk, enrollment.pk)
                cell = Cell(
                    name=cell_name(*key),
                    activity=activity,
                    state=typed.get(key, stored.get(key, MISSING)),
                    is_meant=enrollment.is_meant_by(activity),
                    now=words.get(stored.get(key, MISSING), ""),
                    has_conflict=key in conflicts,
                )
                row.cells.append(cell)
                if key in stored or (cell.is_meant and not enrollment.has_withdrawn):
                    row.tally.add(stored.get(key, MISSING))
            rows.append(row)
        return rows
