"""Saving a roster: everything or nothing, also when two people press at the same moment."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from programs.actions.imports import ImportChanged, ImportRefused
from programs.actions.participants import foreign_nips
from programs.actions.programs import lock_program
from programs.imports.entities import IMPORTERS
from programs.models import Enrollment, Person
from tests.concurrency import at_once
from tests.programs.rosters import counts, file_of, importer_for, line, nip, plan_of, save, sheet_of
from tests.queries import count_queries
from tests.world import add_participant, build_world, make_program


def staff_of(world):
    return world.here.users["staf"]


def test_a_constraint_that_refuses_the_last_rows_takes_back_the_first(world):
    """The people are written before the code of the third row meets one that was taken meanwhile."""
    importer = importer_for(staff_of(world), world.here.program)
    content = file_of(line(1, unit="Unit Baru"), line(2), line(3, code="K3"))
    importer.plan(importer.check(sheet_of(content)))
    taken = add_participant(world.here, 40)
    Enrollment.objects.unscoped("test").filter(pk=taken.pk).update(code="K3")
    before = counts()
    with pytest.raises(IntegrityError), transaction.atomic():
        importer.save(None, lambda _number: None)
    assert counts() == before


def test_an_import_with_problems_saves_nothing(world):
    before = counts()
    with pytest.raises(ImportRefused) as refusal:
        save(staff_of(world), world.here.program, line(1), line(2, nip="x"))
    assert refusal.value.plan.n_refused == 1
    assert counts() == before


def test_a_plan_that_nobody_saw_saves_nothing(world):
    before = counts()
    with pytest.raises(ImportChanged):
        save(staff_of(world), world.here.program, line(1), seen="another")
    assert counts() == before


def test_the_digest_stands_for_what_would_be_done(world):
    def digest(*lines):
        return plan_of(staff_of(world), world.here.program, *lines).digest

    known = world.here.people[0].nip
    assert digest(line(1)) == digest(line(1))
    assert len({digest(line(1)), digest(line(2)), digest(line(1, nip=known)), digest(line(1, unit="Baru"))}) == 4


def test_given_codes_are_kept_and_free_ones_follow_the_highest(world):
    save(staff_of(world), world.here.program, line(1), line(2, code="P050"), line(3, code="A-1"), line(4))
    codes = world.here.program.enrollments.filter(person__nip__in=[nip(number) for number in range(1, 5)])
    assert list(codes.order_by("person__nip").values_list("person__name", "code")) == [
        (f"Baru {number}", code)
        for number, code in sorted(
            {1: "P051", 2: "P050", 3: "A-1", 4: "P052"}.items(), key=lambda pair: nip(pair[0])
        )
    ]


def test_an_import_needs_the_same_queries_for_few_rows_and_for_many(world):
    def n_queries(program, numbers):
        lines = [line(number, unit="Satu Unit Baru untuk Semua") for number in numbers]
        return count_queries(lambda: save(staff_of(world), program, *lines))

    few, many = (make_program(world.here.region, world.here.office, name=f"Kelas {size}") for size in (2, 30))
    n_queries(few, range(31, 33))  # the unit is made, and what is asked once per person is asked
    assert n_queries(few, range(1, 3)) == n_queries(many, range(3, 31))


def test_the_longest_accepted_texts_fit_their_columns():
    """SQLite does not enforce lengths; PostgreSQL would refuse in the middle of an import."""
    for importer in IMPORTERS.values():
        for column in importer.columns:
            stored = importer.stored_as.get(column.field, column.field)
            for model in (importer.model, Enrollment) if column.field not in importer.unstored else ():
                fields = {field.attname: field for field in model._meta.concrete_fields}
                longest = getattr(fields.get(stored), "max_length", None)
                if longest and column.choices is None and column.kind.value in ("teks", "nama", "kode"):
                    assert (importer.entity, column.field, column.limit <= longest) == (
                        importer.entity,
                        column.field,
                        True,
                    )
    assert Person._meta.get_field("phone").max_length >= len("+62") + 13


@pytest.mark.django_db(transaction=True)
def test_two_imports_into_one_program_wait_for_each_other():
    world = build_world()

    def press():
        with transaction.atomic():
            program = lock_program(world.here.program)
            return save(staff_of(world), program, line(1), line(2))

    plans = at_once(press, press)
    assert sorted(plan.counts["new"] for plan in plans) == [0, 2]
    assert world.here.program.enrollments.filter(person__nip__in=[nip(1), nip(2)]).count() == 2


def test_who_was_registered_a_moment_ago_by_the_same_office_is_no_stranger(world):
    """The people that a caller may see are asked after those who are registered, so nobody slips between."""
    own, foreign = world.here.people[0].nip, world.there.people[0].nip
    visible = Person.objects.visible_to(staff_of(world))
    assert foreign_nips(visible, [own, foreign, nip(7)]) == {foreign}


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_person_into_two_programs_lose_nothing_and_double_nobody():
    world = build_world()
    programs = [world.here.program, make_program(world.here.region, world.here.office)]

    def press(program):
        for _attempt in range(3):
            try:
                with transaction.atomic():
                    return save(staff_of(world), lock_program(program), line(1))
            except IntegrityError:
                continue
        raise AssertionError("refused three times")

    at_once(*(partial(press, program) for program in programs))
    assert Person.objects.unscoped("test").filter(nip=nip(1)).count() == 1
    assert Enrollment.objects.unscoped("test").filter(person__nip=nip(1)).count() == 2
