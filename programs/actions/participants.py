"""One person's place in a program."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from asn_eval.history.bulk import record_changes
from asn_eval.scoping import ScopedQuerySet
from programs.actions.programs import lock_program
from programs.actions.units import UnitDirectory
from programs.imports.bulk import matching
from programs.models import Agency, Batch, Enrollment, Person, Program

AUTOMATIC_CODE = re.compile(r"P([0-9]+)")
REASON_NEEDED = _("Pilih alasan berhenti.")
FOREIGN_NIP = _("NIP sudah terdaftar pada unit kerja di luar wilayah kantor Anda; minta admin memindahkannya.")


def registered_nips(nips: Sequence[str]) -> set[str]:
    """Those of ``nips`` that belong to anybody in any region; nothing else of these people is read."""
    everybody = Person.objects.unscoped("a NIP is unique across regions; only that it exists is told")
    return {nip for rows in matching(everybody, "nip", nips) for nip in rows.values_list("nip", flat=True)}


def foreign_nips(visible: QuerySet, nips: Sequence[str]) -> set[str]:
    """Those of ``nips`` that belong to somebody who is not among the ``visible`` people.

    Who is visible is asked last: somebody registered a moment ago by another person of the same office, after
    the caller read the people it may see, is no stranger.
    """
    registered = registered_nips(nips)
    known = matching(visible, "nip", [*registered]) if registered else ()
    return registered - {nip for rows in known for nip in rows.values_list("nip", flat=True)}


def free_codes(used: Iterable[str]) -> Iterator[str]:
    """P001, P002 … after the highest such code in use, so that a printed code never changes its owner."""
    used = set(used)
    numbers = [int(found[1]) for code in used if (found := AUTOMATIC_CODE.fullmatch(code))]
    return (f"P{number:03d}" for number in count(max(numbers, default=0) + 1))


@transaction.atomic
def enrol_person(
    *,
    program: Program,
    person: Person,
    unit: str,
    agencies: ScopedQuerySet,
    code: str,
    group: str,
    superior: str,
    batch: Batch | None = None,
    status: str = Enrollment.Status.REGISTERED,
) -> Enrollment:
    """Save ``person`` and put them into ``program``; an empty ``code`` becomes the next free one.

    ``unit`` is found among ``agencies`` or made in the region of the program. Raises ``ValidationError``
    when a field or a constraint refuses, ``AmbiguousUnit`` when the name means several units.
    """
    program = lock_program(program)
    _save_person(person, unit, program, agencies)
    enrollment = Enrollment(
        program=program,
        person=person,
        code=code or next(free_codes(program.enrollments.values_list("code", flat=True))),
        group=group,
        superior=superior,
        batch=batch,
        status=status,
    )
    enrollment.full_clean()
    enrollment.save()
    return enrollment


@transaction.atomic
def update_participant(
    *, enrollment: Enrollment, person: Person | None = None, unit: str = "", agencies: ScopedQuerySet
) -> Enrollment:
    """Save a changed enrollment and, when given, the changed person. Raises as ``enrol_person`` does."""
    program = lock_program(enrollment.program)
    if person is not None:
        _save_person(person, unit, program, agencies)
    _forget_reason_unless_withdrawn(enrollment)
    if not enrollment.code:
        enrollment.code = next(free_codes(program.enrollments.values_list("code", flat=True)))
    enrollment.full_clean()
    enrollment.save()
    return enrollment


@transaction.atomic
def set_status(
    *,
    program: Program,
    enrollments: Sequence[int],
    status: str,
    exit_reason: str = "",
    exit_note: str = "",
    corrections: bool = False,
) -> int:
    """Put many participants of ``program`` into one status and return how many changed.

    Moves that ENROLLMENT_TRANSITIONS does not know are made only with ``corrections``. Raises ``ValueError`` for
    a status that does not exist, ``ValidationError`` for a withdrawal without its reason.
    """
    status = Enrollment.Status(status)
    withdrawing = status == Enrollment.Status.WITHDRAWN
    if withdrawing and exit_reason not in Enrollment.ExitReason.values:
        raise ValidationError({"exit_reason": REASON_NEEDED})
    program = lock_program(program)
    moving = [
        enrollment
        for enrollment in _held(program, enrollments)
        if enrollment.status != status and (corrections or enrollment.may_become(status))
    ]
    return _set(
        program,
        moving,
        status=status,
        exit_reason=exit_reason if withdrawing else "",
        exit_note=exit_note if withdrawing else "",
    )


@transaction.atomic
def set_batch(*, program: Program, enrollments: Sequence[int], batch: Batch | None) -> int:
    """Put many participants into one batch of ``program``, or into none; return how many changed."""
    program = lock_program(program)
    if batch is not None and batch.program_id != program.pk:
        raise ValueError("a batch of another program")
    key = batch.pk if batch else None
    moving = [enrollment for enrollment in _held(program, enrollments) if enrollment.batch_id != key]
    return _set(program, moving, batch_id=key)


def _held(program: Program, keys: Sequence[int]) -> Iterator[Enrollment]:
    """The participants of a locked program, in the order of their keys."""
    for rows in matching(program.enrollments.order_by("pk"), "pk", sorted(set(keys))):
        yield from rows


def _set(program: Program, enrollments: Sequence[Enrollment], **values: object) -> int:
    """Give these participants the same values in a few statements, and return how many they were.

    The revision is raised, so that whoever has the form of one of them open notices. One entry of history each.
    """
    changes = []
    for enrollment in enrollments:
        changes.append((enrollment, {name: (getattr(enrollment, name), value) for name, value in values.items()}))
        enrollment.revision += 1
    for rows in matching(program.enrollments.all(), "pk", [enrollment.pk for enrollment in enrollments]):
        rows.update(**values, revision=F("revision") + 1, updated_at=timezone.now())
    record_changes(changes)
    return len(changes)


def _forget_reason_unless_withdrawn(enrollment: Enrollment) -> None:
    if not enrollment.has_withdrawn:
        enrollment.exit_reason = enrollment.exit_note = ""


def _save_person(person: Person, unit: str, program: Program, agencies: ScopedQuerySet) -> None:
    if unit:
        person.agency = _agency(unit, program, agencies)
    person.full_clean()
    person.save()


def _agency(name: str, program: Program, agencies: ScopedQuerySet) -> Agency:
    agency = UnitDirectory(agencies, program.region).find_or_plan(name)
    if agency.pk is None:
        agency.full_clean()
        agency.save()
    return agency
