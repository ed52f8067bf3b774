"""A planned roster becomes rows, all of them or none."""

from django.db import IntegrityError, transaction

from asn_eval.scoping import ScopedQuerySet
from programs.actions.participants import free_codes
from programs.actions.programs import lock_program
from programs.actions.roster_plan import PlannedRow, RosterPlan, plan_roster
from programs.models import Agency, Enrollment, Person, Program
from programs.roster import Roster

ROWS_PER_STATEMENT = 500


class RosterRefused(Exception):
    """The roster has problems and the person did not ask to leave those rows out; nothing was saved."""

    def __init__(self, plan: RosterPlan):
        self.plan = plan
        super().__init__(plan)


class RosterChanged(Exception):
    """The stored rows are not those that the person was shown; nothing was saved."""


def import_roster(
    *,
    program: Program,
    roster: Roster,
    people: ScopedQuerySet,
    agencies: ScopedQuerySet,
    valid_only: bool = False,
    seen: str | None = None,
) -> RosterPlan:
    """Check ``roster`` against the rows of this moment, save it in one transaction, return what was done.

    ``seen`` is the digest of the plan that the person agreed to. Raises ``RosterChanged`` when the plan is
    another one by now, ``RosterRefused`` when there are problems and not ``valid_only``.
    """
    try:
        with transaction.atomic():
            program = lock_program(program)
            held = people.select_for_update(of=("self",)).order_by("pk")
            plan = plan_roster(program=program, roster=roster, people=held, agencies=agencies)
            if seen is not None and plan.digest != seen:
                raise RosterChanged
            if plan.problems and not valid_only:
                raise RosterRefused(plan)
            save_plan(plan=plan, people=people)
    except IntegrityError as error:
        # Somebody saved the same person, unit or code for another program in this very moment.
        raise RosterChanged from error
    return plan


@transaction.atomic
def save_plan(*, plan: RosterPlan, people: ScopedQuerySet) -> None:
    """Write the rows of a plan. Raises ``IntegrityError``, with nothing written, when it no longer fits."""
    Agency.objects.bulk_create(plan.new_agencies)
    everyone = [_person(planned) for planned in plan.rows]
    pairs = list(zip(plan.rows, everyone, strict=True))
    Person.objects.bulk_create([person for planned, person in pairs if planned.person is None])
    changed = [(planned, person) for planned, person in pairs if planned.person and planned.person_values]
    if changed:
        fields = sorted({name for planned, _person in changed for name in planned.person_values})
        people.bulk_update([person for _planned, person in changed], fields, batch_size=ROWS_PER_STATEMENT)
    _save_enrollments(plan.program, pairs)


def _person(planned: PlannedRow) -> Person:
    person = planned.person or Person(nip=planned.row.nip.digits)
    for name, value in planned.person_values.items():
        setattr(person, name, value)
    return person


def _save_enrollments(program: Program, pairs: list[tuple[PlannedRow, Person]]) -> None:
    stored = program.enrollments.values_list("code", flat=True)
    codes = free_codes([*stored, *(planned.row.code for planned, _person in pairs)])
    new = [
        Enrollment(
            program=program,
            person=person,
            **planned.enrollment_values | {"code": planned.row.code or next(codes)},
        )
        for planned, person in pairs
        if planned.enrollment is None
    ]
    Enrollment.objects.bulk_create(new)
    changed = [planned for planned, _person in pairs if planned.enrollment and planned.enrollment_values]
    for planned in changed:
        for name, value in planned.enrollment_values.items():
            setattr(planned.enrollment, name, value)
    program.enrollments.bulk_update(
        [planned.enrollment for planned in changed], ["group", "superior"], batch_size=ROWS_PER_STATEMENT
    )
