"""A snapshot leaves what its builder would, and lets nothing pass from one test to another."""

from contextlib import contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from asn_eval.accounts.models import Office, Region
from tests.access_table.activities import make_material
from tests.snapshots import Snapshot, extents, rows_of, tables
from tests.world import World, build_world


@contextmanager
def a_test():
    """What happens inside is undone afterwards, as between two tests."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything() -> dict[str, list[str]]:
    filled = [table for table, (number, _highest) in extents(tables()).items() if number]
    return {table.name: sorted(map(repr, rows_of(table))) for table in filled}


@pytest.fixture
def snapshot(db):
    """One that has been built in another test."""
    snapshot = Snapshot(build_world)
    with a_test():
        snapshot()
    return snapshot


@pytest.fixture
def buildings():
    """How often the builder below was asked."""
    return []


@pytest.fixture
def counted(db, buildings):
    def build() -> Office:
        buildings.append(None)
        return Office.objects.create(name="Kantor", kind=Office.Kind.LOCAL)

    return Snapshot(build)


def test_rows_are_put_back_as_they_were_built(db):
    snapshot, found = Snapshot(build_world), []
    for _time in range(3):
        with a_test():
            snapshot()
            found.append(everything())
    assert len(found[0]) > 15
    assert found[1] == found[0]
    assert found[2] == found[0]


def test_the_builder_is_asked_once(counted, buildings):
    for _time in range(3):
        with a_test():
            assert counted() == Office.objects.get()
    assert len(buildings) == 1


def test_objects_belong_together_as_the_builders_did(snapshot):
    world = snapshot()
    assert isinstance(world, World)
    assert world.here.evaluation.program is world.here.program
    assert world.here.surveys["sebelum"].evaluation is world.here.evaluation
    assert world.here.enrollments[0].person is world.here.people[0]


def test_a_change_of_an_object_stays_in_its_test(snapshot):
    with a_test():
        world = snapshot()
        world.here.program.name = "Diubah"
        world.here.program.save()
        world.here.people.clear()
    world = snapshot()
    assert world.here.program.name == "Program Kota Semarang"
    world.here.program.refresh_from_db()
    assert world.here.program.name == "Program Kota Semarang"
    assert len(world.here.people) == 6


def test_the_first_test_too_has_objects_of_its_own(db):
    snapshot = Snapshot(build_world)
    with a_test():
        snapshot().here.program.name = "Diubah"
    assert snapshot().here.program.name == "Program Kota Semarang"


def test_new_rows_get_keys_after_those_put_back(snapshot):
    world = snapshot()
    newest = Office.objects.create(name="Baru", kind=Office.Kind.LOCAL)
    assert newest.pk > max(world.here.office.pk, world.there.office.pk)
    assert Office.objects.count() == 4


def test_rows_that_stand_there_already_are_met_by_a_building(counted, buildings):
    with a_test():
        counted()
    Office.objects.create(name="Lain", kind=Office.Kind.LOCAL)
    assert counted().name == "Kantor"
    assert len(buildings) == 2
    assert Office.objects.count() == 2


def test_other_content_types_are_met_by_a_building(counted, buildings):
    with a_test():
        counted()
    ContentType.objects.create(app_label="baru", model="baru")
    counted()
    assert len(buildings) == 2


def test_a_builder_that_adds_to_a_filled_table_is_asked_each_time(db):
    Region.objects.create(code="33", name="Jawa Tengah", level="province")
    snapshot = Snapshot(lambda: Region.objects.create(code="34", name="Yogyakarta", level="province"))
    for _time in range(2):
        with a_test():
            assert snapshot().code == "34"
            assert Region.objects.count() == 2


def test_files_are_put_back_with_their_rows(db):
    snapshot = Snapshot(lambda: make_material(build_world().here.program.activities.get()))
    with a_test():
        first = snapshot()
        content = first.file.read()
        default_storage.delete(first.file.name)
    again = snapshot()
    assert (again.file.name, again.file.read()) == (first.file.name, content)
    assert content == b"%PDF-1.7 %%EOF"


@pytest.mark.parametrize("_time", [1, 2])
def test_each_test_has_an_empty_store_of_files(_time):
    assert default_storage.listdir("") == ([], [])
    assert default_storage.save("berkas.txt", ContentFile(b"isi")) == "berkas.txt"


def test_a_builder_that_fails_leaves_nothing(db):
    def build():
        Office.objects.create(name="Kantor", kind=Office.Kind.LOCAL)
        raise ZeroDivisionError

    snapshot = Snapshot(build)
    with pytest.raises(ZeroDivisionError):
        snapshot()
    assert (Office.objects.count(), snapshot.kept) == (0, None)
