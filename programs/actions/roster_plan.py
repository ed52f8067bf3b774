"""What an uploaded roster would change: each row compared with the stored people, nothing written."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asn_eval.scoping import ScopedQuerySet
from programs.actions.participants import FOREIGN_NIP, chunks, registered_nips
from programs.actions.units import AmbiguousUnit, UnitDirectory, unit_key
from programs.models import Agency, Enrollment, Grade, Person, Program
from programs.roster import HEADERS, Problem, Roster, RosterRow

# Where a record keeps the key of another one.
KEYS = {"agency": "agency_id", "grade": "grade_id"}


class Outcome(StrEnum):
    """What saving does with a row."""

    NEW = "baru"
    UPDATED = "diperbarui"
    SAME = "sama"


@dataclass(frozen=True, slots=True)
class Change:
    """One stored value and what would stand in its place, both in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row that may be saved: the stored records it meets (or None) and the values that would be set."""

    row: RosterRow
    outcome: Outcome
    person: Person | None
    person_values: dict[str, object]
    enrollment: Enrollment | None
    enrollment_values: dict[str, object]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """Rows that may be saved, problems that keep the others out, and what the person should know beside."""

    program: Program
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]
    new_agencies: tuple[Agency, ...]

    def with_outcome(self, outcome: Outcome) -> list[PlannedRow]:
        return [planned for planned in self.rows if planned.outcome is outcome]

    @property
    def n_rejected(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def digest(self) -> str:
        """A fingerprint: two plans that would do the same have the same one. It tells nothing about people."""
        content = [
            [planned.row.number, planned.row.nip.digits, planned.outcome, *map(_change_text, planned.changes)]
            for planned in self.rows
        ]
        content += [[problem.row, problem.column, problem.message] for problem in self.problems]
        content += [[agency.name] for agency in self.new_agencies]
        return salted_hmac("programs.roster_plan", json.dumps(content)).hexdigest()


def plan_roster(
    *, program: Program, roster: Roster, people: ScopedQuerySet, agencies: ScopedQuerySet
) -> RosterPlan:
    """Compare ``roster`` with the stored rows. ``people`` and ``agencies`` are those the importer may see.

    A cell left empty says nothing: it never erases a stored value. The number of queries does not depend on
    the number of rows (one more per 5.000).
    """
    planner = _Planner(program, roster, people, agencies)
    rows = [planned for row in roster.rows if (planned := planner.plan(row))]
    problems = sorted((*roster.problems, *planner.problems), key=lambda problem: problem.row)
    warnings = sorted((*roster.warnings, *planner.warnings), key=lambda problem: problem.row)
    used = {id(planned.person_values.get("agency")) for planned in rows}
    return RosterPlan(
        program=program,
        rows=tuple(rows),
        problems=tuple(problems),
        warnings=tuple(warnings),
        notes=tuple(planner.notes(rows)),
        new_agencies=tuple(agency for agency in planner.planned_agencies.values() if id(agency) in used),
    )


class _Planner:
    """The stored rows that a roster may meet, read once, and the comparison of one row with them."""

    def __init__(self, program: Program, roster: Roster, people: ScopedQuerySet, agencies: ScopedQuerySet):
        self.program = program
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.planned_agencies: dict[str, Agency] = {}
        self.units = UnitDirectory(agencies, program.region)
        self.grades = {(grade.status, grade.code): grade for grade in Grade.objects.all()}
        self.group_is_told = HEADERS["group"][0] not in roster.missing_columns
        nips = [row.nip.digits for row in roster.rows]
        # Without their units and grades: few of those stand behind many people.
        self.people = {person.nip: person for chunk in chunks(nips) for person in people.filter(nip__in=chunk)}
        units = sorted({person.agency_id for person in self.people.values()})
        self.unit_names = dict(
            pair for chunk in chunks(units) for pair in agencies.filter(pk__in=chunk).values_list("pk", "name")
        )
        self.enrolled = {row.person.nip: row for row in program.enrollments.select_related("person")}
        self.elsewhere = registered_nips([nip for nip in nips if nip not in self.people])
        self.owner_of_code = {enrollment.code: nip for nip, enrollment in self.enrolled.items()}

    def plan(self, row: RosterRow) -> PlannedRow | None:
        n_before = len(self.problems)
        enrollment = self.enrolled.get(row.nip.digits)
        person = self.people.get(row.nip.digits)
        self.check_code(row, enrollment)
        if person is None and enrollment is not None:
            person, person_values = enrollment.person, {}
            self.warn(
                row, "nip", _("Data pegawai ini dikelola kantor lain; hanya keikutsertaannya yang diperbarui.")
            )
        elif row.nip.digits in self.elsewhere:
            self.refuse(row, "nip", row.nip.formatted, str(FOREIGN_NIP))
            return None
        else:
            person_values = self.person_values(row, person)
        if len(self.problems) > n_before:
            return None
        return self.planned(row, person, person_values, enrollment)

    def planned(
        self, row: RosterRow, person: Person | None, values: dict[str, object], enrollment: Enrollment | None
    ) -> PlannedRow:
        if person is not None:
            values = _differing(person, values)
        changes = self.changes(person, values) if person is not None else ()
        enrollment_values = self.enrollment_values(row, enrollment)
        if enrollment is None:
            outcome = Outcome.NEW
        else:
            enrollment_values = _differing(enrollment, enrollment_values)
            changes += self.changes(enrollment, enrollment_values)
            outcome = Outcome.UPDATED if changes else Outcome.SAME
        return PlannedRow(row, outcome, person, values, enrollment, enrollment_values, changes)

    def check_code(self, row: RosterRow, enrollment: Enrollment | None) -> None:
        if not row.code:
            return
        owner = self.owner_of_code.get(row.code, row.nip.digits)
        if enrollment is not None and enrollment.code != row.code:
            message = _(
                "Peserta ini sudah berkode %(code)s; kode diubah pada halaman peserta, bukan lewat berkas."
            )
            self.refuse(row, "code", row.code, message % {"code": enrollment.code})
        elif owner != row.nip.digits:
            self.refuse(row, "code", row.code, _("Kode peserta ini sudah dipakai pada program."))

    def person_values(self, row: RosterRow, person: Person | None) -> dict[str, object]:
        values = {
            "name": row.name,
            "status": str(row.nip.status),
            "grade": self.grade(row),
            "position": row.position,
            "email": row.email,
            "phone": row.phone,
            "agency": self.agency(row, person),
        }
        return {name: value for name, value in values.items() if value not in ("", None)}

    def grade(self, row: RosterRow) -> Grade | None:
        if row.grade is None:
            return None
        grade = self.grades.get((row.grade.status, row.grade.code))
        if grade is None:
            self.refuse(row, "grade", row.grade.code, _("Golongan ini belum ada pada data acuan."))
        return grade

    def agency(self, row: RosterRow, person: Person | None) -> Agency | None:
        """The unit named in the row; unless the person has one already, the organiser where none is named."""
        if person is not None and (
            not row.unit or unit_key(row.unit) == unit_key(self.unit_names[person.agency_id])
        ):
            return None
        try:
            agency = self.units.find_or_plan(row.unit or self.program.organizer.name)
        except AmbiguousUnit as error:
            self.refuse(row, "unit", row.unit, str(error))
            return None
        if agency.pk is None:
            self.planned_agencies[unit_key(agency.name)] = agency
        return agency

    def enrollment_values(self, row: RosterRow, enrollment: Enrollment | None) -> dict[str, object]:
        values = {"superior": row.superior} if row.superior else {}
        if self.group_is_told or enrollment is None:
            values["group"] = str(row.group)
        if enrollment is None:
            values["code"] = row.code
        return values

    def changes(self, stored: Person | Enrollment, values: dict[str, object]) -> tuple[Change, ...]:
        return tuple(
            Change(
                label=str(stored._meta.get_field(name).verbose_name),
                before=self.before(stored, name),
                after=_in_words(stored, name, value) if isinstance(value, str) else str(value),
            )
            for name, value in values.items()
        )

    def before(self, stored: Person | Enrollment, name: str) -> str:
        if name == "agency":
            return self.unit_names[stored.agency_id]
        if name == "grade":
            return next((str(grade) for grade in self.grades.values() if grade.pk == stored.grade_id), "")
        return _in_words(stored, name, getattr(stored, name))

    def notes(self, rows: Iterable[PlannedRow]) -> Iterator[str]:
        homeless = sum(planned.person is None and not planned.row.unit for planned in rows)
        if homeless:
            yield ngettext(
                "Unit kerja %(count)s peserta baru belum diisi; ia dicatat pada “%(unit)s”.",
                "Unit kerja %(count)s peserta baru belum diisi; mereka dicatat pada “%(unit)s”.",
                homeless,
            ) % {"count": homeless, "unit": self.program.organizer.name}

    def refuse(self, row: RosterRow, column: str, value: str, message: str) -> None:
        self.problems.append(Problem(row.number, HEADERS[column][0], value, message))

    def warn(self, row: RosterRow, column: str, message: str) -> None:
        self.warnings.append(Problem(row.number, HEADERS[column][0], row.nip.formatted, message))


def _differing(stored: Person | Enrollment, values: dict[str, object]) -> dict[str, object]:
    return {
        name: value
        for name, value in values.items()
        if getattr(stored, KEYS.get(name, name)) != getattr(value, "pk", value)
    }


def _in_words(stored: Person | Enrollment, name: str, value: str) -> str:
    return str(dict(stored._meta.get_field(name).flatchoices).get(value, value))


def _change_text(change: Change) -> list[str]:
    return [change.label, change.before, change.after]
