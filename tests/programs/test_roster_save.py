"""Saving a roster: everything or nothing, also when two people press at the same moment."""

from functools import partial

import pytest
from django.db import IntegrityError

from programs.actions.roster_import import RosterChanged, RosterRefused, import_roster, save_plan
from programs.actions.roster_plan import Outcome, plan_roster
from programs.models import Agency, Enrollment, Person
from programs.roster import MAX_CODE, MAX_TEXT
from tests.concurrency import at_once
from tests.programs.rosters import counts, line, nip, reach, roster_of
from tests.queries import count_queries
from tests.world import add_participant, build_world, make_program


def staff_reach(world):
    return reach(world.here.users["staf"])


def test_a_constraint_that_refuses_the_last_rows_takes_back_the_first(world):
    """The people are written before the code of the third row meets one that was taken meanwhile."""
    reached = staff_reach(world)
    rows = roster_of(line(1, unit="Unit Baru"), line(2), line(3, code="K3"))
    plan = plan_roster(program=world.here.program, roster=rows, **reached)
    taken = add_participant(world.here, 40)
    Enrollment.objects.unscoped("test").filter(pk=taken.pk).update(code="K3")
    before = counts()
    with pytest.raises(IntegrityError):
        save_plan(plan=plan, people=reached["people"])
    assert counts() == before


def test_an_import_with_problems_saves_nothing(world):
    before = counts()
    with pytest.raises(RosterRefused) as refusal:
        import_roster(
            program=world.here.program, roster=roster_of(line(1), line(2, nip="x")), **staff_reach(world)
        )
    assert refusal.value.plan.n_rejected == 1
    assert counts() == before


def test_a_plan_that_nobody_saw_saves_nothing(world):
    before = counts()
    with pytest.raises(RosterChanged):
        import_roster(program=world.here.program, roster=roster_of(line(1)), seen="another", **staff_reach(world))
    assert counts() == before


def test_what_the_database_refuses_in_the_last_moment_is_told_as_a_change(world):
    """The unit exists already, but the importer's list of units was read before it did."""
    before = counts()
    outdated = staff_reach(world) | {"agencies": Agency.objects.none()}
    with pytest.raises(RosterChanged):
        import_roster(program=world.here.program, roster=roster_of(line(1)), **outdated)
    assert counts() == before


def test_the_digest_stands_for_what_would_be_done(world):
    def digest(*lines):
        return plan_roster(program=world.here.program, roster=roster_of(*lines), **staff_reach(world)).digest

    known = world.here.people[0].nip
    assert digest(line(1)) == digest(line(1))
    assert len({digest(line(1)), digest(line(2)), digest(line(1, nip=known)), digest(line(1, unit="Baru"))}) == 4


def test_given_codes_are_kept_and_free_ones_follow_the_highest(world):
    rows = roster_of(line(1), line(2, code="P050"), line(3, code="A-1"), line(4))
    import_roster(program=world.here.program, roster=rows, **staff_reach(world))
    codes = world.here.program.enrollments.filter(person__nip__in=[nip(number) for number in range(1, 5)])
    assert list(codes.order_by("person__nip").values_list("person__name", "code")) == [
        (f"Baru {number}", code)
        for number, code in sorted(
            {1: "P051", 2: "P050", 3: "A-1", 4: "P052"}.items(), key=lambda pair: nip(pair[0])
        )
    ]


def test_an_import_needs_the_same_queries_for_few_rows_and_for_many(world):
    def n_queries(program, numbers):
        rows = roster_of(*(line(number, unit=f"Unit {number}") for number in numbers))
        return count_queries(lambda: import_roster(program=program, roster=rows, **staff_reach(world)))

    few, many = (make_program(world.here.region, world.here.office, name=f"Kelas {size}") for size in (2, 30))
    assert world.here.users["staf"].region_codes == ("33.74",)  # asked once per person
    assert n_queries(few, range(1, 3)) == n_queries(many, range(3, 33))


def test_the_longest_accepted_texts_fit_their_columns():
    """SQLite does not enforce lengths; PostgreSQL would refuse in the middle of an import."""
    for name in ("name", "position"):
        assert Person._meta.get_field(name).max_length >= MAX_TEXT
    assert Person._meta.get_field("agency").related_model._meta.get_field("name").max_length >= MAX_TEXT
    assert Enrollment._meta.get_field("superior").max_length >= MAX_TEXT
    assert Enrollment._meta.get_field("code").max_length >= MAX_CODE
    assert Person._meta.get_field("phone").max_length >= len("+62") + 13


@pytest.mark.django_db(transaction=True)
def test_two_imports_into_one_program_wait_for_each_other():
    world = build_world()
    press = partial(import_roster, program=world.here.program, roster=roster_of(line(1), line(2)))
    plans = at_once(*(partial(press, **staff_reach(world)) for _press in range(2)))
    assert sorted(len(plan.with_outcome(Outcome.NEW)) for plan in plans) == [0, 2]
    assert world.here.program.enrollments.filter(person__nip__in=[nip(1), nip(2)]).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_person_into_two_programs_lose_nothing_and_double_nobody():
    world = build_world()
    programs = [world.here.program, make_program(world.here.region, world.here.office)]

    def press(program):
        for _attempt in range(3):
            try:
                return import_roster(program=program, roster=roster_of(line(1)), **staff_reach(world))
            except RosterChanged:
                continue
        raise AssertionError("refused three times")

    at_once(*(partial(press, program) for program in programs))
    assert Person.objects.unscoped("test").filter(nip=nip(1)).count() == 1
    assert Enrollment.objects.unscoped("test").filter(person__nip=nip(1)).count() == 2
