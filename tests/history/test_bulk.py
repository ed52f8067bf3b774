"""Many rows written at once leave the same history as rows saved one by one."""

from datetime import date

import pytest
from auditlog.context import disable_auditlog, set_actor

from asn_eval.history.bulk import record_changes, record_creations, record_deletions
from asn_eval.history.context import Deed, acting, doing
from asn_eval.history.models import LogEntry
from programs.models import Attendance, Batch, Enrollment, Person
from tests.history.entries import all_entries, entries_of
from tests.queries import count_queries
from tests.world import synthetic_nip


def fresh(model, rows):
    """The same rows as the database gives them, with nothing fetched besides."""
    return list(model.objects.unscoped("test").filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def test_changes_are_kept_as_text_with_names_for_keys(world):
    enrollment = fresh(Enrollment, world.here.enrollments[:1])[0]
    batch = Batch.objects.create(
        program=world.here.program, name="Angkatan I", start_date="2026-02-01", end_date="2026-03-01"
    )
    record_changes([(enrollment, {"status": ("terdaftar", "hadir"), "batch": (None, batch.pk)})])
    entry = entries_of(enrollment)[-1]
    assert entry.changes == {"status": ["terdaftar", "hadir"], "batch": [None, "Angkatan I"]}
    assert (entry.action, entry.object_repr) == (LogEntry.Action.UPDATE, "Peserta Kota Semarang 1")
    assert (entry.region, entry.whole) == (world.here.region, f"programs.program:{world.here.program.pk}")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": ("hadir", "hadir")},
        {"pre_score": (80, "80.00")},
        {"program": (7, 7)},
        {"no_such_column": (1, 2)},
        {"revision": (1, 2)},
        {},
    ],
)
def test_what_did_not_change_leaves_no_entry(world, changes):
    record_changes([(world.here.enrollments[0], changes)])
    assert all_entries() == []


def test_a_key_may_be_given_as_row_or_number(world):
    one, two = world.here.people[:2]
    enrollment = world.here.enrollments[0]
    record_changes([(enrollment, {"person": (one, two.pk)}), (enrollment, {"person_id": (one.pk, two.pk)})])
    assert [entry.changes for entry in entries_of(enrollment)] == [{"person": [one.name, two.name]}] * 2


def test_creations_hold_what_saving_one_by_one_would_hold(world):
    def make(number):
        return Person(
            nip=synthetic_nip(number, 1970),
            name=f"Baru {number}",
            status="PNS",
            agency=world.here.agency,
            birth_date=date(1970, 1, 1),
        )

    saved = make(50)
    saved.save()
    bulk = Person.objects.bulk_create([make(51)])
    record_creations(bulk)
    by_save, by_bulk = entries_of(saved)[0], entries_of(bulk[0])[0]
    expected = by_save.changes | {"nip": [None, bulk[0].nip], "name": [None, "Baru 51"]}
    assert by_bulk.changes == expected
    assert by_bulk.changes["birth_date"] == [None, "1970-01-01"]
    assert by_bulk.changes["agency"] == [None, "Dinas Kota Semarang"]
    same = ("action", "region_id", "is_open", "content_type_id")
    assert [getattr(by_bulk, name) for name in same] == [getattr(by_save, name) for name in same]


def test_deletions_hold_what_went(world):
    attendance = Attendance.objects.create(
        activity=world.here.program.activities.get(), enrollment=world.here.enrollments[0], state="hadir"
    )
    record_deletions(fresh(Attendance, [attendance]))
    entry = entries_of(attendance)[-1]
    assert entry.action == LogEntry.Action.DELETE
    assert entry.changes == {
        "activity": ["Lokakarya", None],
        "enrollment": ["Peserta Kota Semarang 1", None],
        "state": ["hadir", None],
    }
    assert entry.region == world.here.region


@pytest.mark.parametrize("record", [record_creations, record_deletions])
def test_the_number_of_queries_does_not_grow(world, record):
    def ask(n):
        rows = fresh(Enrollment, world.here.enrollments[:n])
        return count_queries(lambda: record(rows))

    ask(1)  # the kinds of records are looked up once in the life of a process
    assert ask(1) == ask(6)


def test_the_number_of_queries_of_changes_does_not_grow(world):
    def ask(n):
        rows = fresh(Enrollment, world.here.enrollments[:n])
        other = [person.pk for person in world.there.people[:n]]
        changes = [(row, {"person": (row.person_id, key)}) for row, key in zip(rows, other, strict=True)]
        return count_queries(lambda: record_changes(changes))

    ask(1)
    assert ask(1) == ask(6)


def test_a_region_that_is_given_is_not_looked_up(world):
    rows = fresh(Person, world.here.people)
    record_changes([(row, {"position": ("", "Analis")}) for row in rows], region=world.here.region)
    assert {entry.region for entry in all_entries()} == {world.here.region}


def test_rows_of_several_kinds_go_together(world):
    program, other = world.here.program, world.there.program
    activity = other.activities.get()
    record_changes([(program, {"state": ("selesai", "dievaluasi")}), (activity, {"place": ("", "Aula")})])
    assert [(entry.object_repr, entry.region) for entry in all_entries()] == [
        ("Program Kota Semarang", world.here.region),
        ("Lokakarya", world.there.region),
    ]


def test_whoever_is_acting_is_named(world):
    user = world.here.users["staf"]
    with doing(Deed(actor=user, correlation="satu")):
        record_changes([(world.here.program, {"state": ("selesai", "dievaluasi")})])
    with acting(user):
        record_changes([(world.here.program, {"state": ("dievaluasi", "selesai")})])
    with set_actor(user):
        record_changes([(world.here.program, {"state": ("selesai", "dievaluasi")})])
    record_changes([(world.here.program, {"state": ("selesai", "dievaluasi")})])
    assert [entry.actor for entry in all_entries()] == [user, user, user, None]
    assert all_entries()[0].cid == "satu"


def test_a_command_is_named(world):
    with doing(Deed(command="import_participants")):
        record_changes([(world.here.program, {"state": ("selesai", "dievaluasi")})])
    entry = all_entries()[0]
    assert (entry.actor, entry.additional_data) == (None, {"revision": 1, "command": "import_participants"})


def test_history_that_is_switched_off_stays_off(world):
    with disable_auditlog():
        record_changes([(world.here.program, {"state": ("selesai", "dievaluasi")})])
        record_creations([world.here.program])
    assert all_entries() == []


def test_more_rows_than_one_batch_are_all_kept(world, monkeypatch):
    monkeypatch.setattr("asn_eval.history.bulk.CHUNK", 2)
    record_creations(fresh(Enrollment, world.here.enrollments))
    assert len(all_entries()) == len(world.here.enrollments)


def test_models_without_history_are_refused(world):
    with pytest.raises(KeyError):
        record_creations([world.here.region])
