"""Records as they leave: in the columns that their import reads, so that a file can come back changed."""

from collections.abc import Callable, Iterable, Iterator

from programs.imports.entities import IMPORTERS
from programs.models import Enrollment, Entity, Person, TrainingRecord


def headings(entity: Entity) -> list[str]:
    """The headers that the import of an entity recommends, in their order."""
    return [column.header for column in IMPORTERS[entity].columns]


def _lines(entity: Entity, rows: Iterable[object], cells: Callable[[object], dict[str, object]]) -> Iterator[list]:
    fields = [column.field for column in IMPORTERS[entity].columns]
    for row in rows:
        values = cells(row)
        yield [values.get(name) for name in fields]


def participant_lines(enrollments: Iterable[Enrollment]) -> Iterator[list]:
    """Enrollments with ``person__agency``, ``person__grade`` and ``batch`` at hand, under their headings."""
    return _lines(
        Entity.PARTICIPANTS,
        enrollments,
        lambda row: (
            _person(row.person)
            | {
                "group": row.get_group_display(),
                "superior": row.superior,
                "code": row.code,
                "status": row.get_status_display(),
                "batch": row.batch and row.batch.name,
            }
        ),
    )


def person_lines(people: Iterable[Person]) -> Iterator[list]:
    """People with ``agency``, ``grade`` and ``superior`` at hand."""
    return _lines(
        Entity.PEOPLE,
        people,
        lambda row: _person(row) | {"birth_date": row.birth_date, "superior": row.superior and row.superior.nip},
    )


def training_lines(records: Iterable[TrainingRecord]) -> Iterator[list]:
    """Training records with ``person`` and ``form`` at hand."""
    return _lines(
        Entity.TRAINING,
        records,
        lambda row: {
            "nip": row.person.nip,
            "name": row.name,
            "form": row.form and row.form.name,
            "institution": row.institution,
            "lesson_hours": row.lesson_hours,
            "certificate_number": row.certificate_number,
            "start_date": row.start_date,
            "end_date": row.end_date,
            "year": row.end_date.year,
        },
    )


def _person(person: Person) -> dict[str, object]:
    return {
        "nip": person.nip,
        "name": person.name,
        "grade": person.grade.code if person.grade else "",
        "position": person.position,
        "level": person.get_level_display(),
        "agency": person.agency.name,
        "email": person.email,
        "phone": person.phone,
    }
