"""What a single save or deletion leaves in the journal, and what it costs."""

from decimal import Decimal

import pytest
from auditlog.context import disable_auditlog
from django.db import IntegrityError, transaction
from django.urls import reverse

from asn_eval.accounts.models import Office
from asn_eval.history.models import LogEntry
from evaluations.models import Interview
from programs.models import Activity, BudgetComponent, Objective, Program, Speaker
from tests.history.entries import all_entries, entries_of
from tests.queries import count_queries

UPDATE, DELETE = LogEntry.Action.UPDATE, LogEntry.Action.DELETE


def stored(row):
    return type(row).objects.unscoped("test").get(pk=row.pk)


def test_a_change_is_written_with_its_old_and_new_value(world):
    program = stored(world.here.program)
    program.state, program.organizer = "dievaluasi", world.there.office
    program.save()
    entry = entries_of(program)[-1]
    assert entry.changes == {
        "state": ["selesai", "dievaluasi"],
        "organizer": ["BKPSDM Kota Semarang", "BKPSDM Kota Medan"],
    }
    assert (entry.region, entry.object_repr) == (world.here.region, program.name)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("maximum_score", Decimal("100")),
        ("maximum_score", "100"),
        ("start_date", "2026-02-01"),
        ("background", ""),
    ],
)
def test_the_same_value_written_otherwise_is_no_change(world, field, value):
    program = stored(world.here.program)
    setattr(program, field, value)
    program.save()
    assert entries_of(program) == []


def test_a_save_without_a_change_leaves_nothing(world):
    stored(world.here.program).save()
    assert all_entries() == []


def test_columns_that_are_not_saved_are_not_told(world):
    program = stored(world.here.program)
    program.state, program.aims = "dievaluasi", "Tidak disimpan"
    program.save(update_fields=["state"])
    assert entries_of(program)[-1].changes == {"state": ["selesai", "dievaluasi"]}


def test_a_save_that_fails_leaves_no_entry(world):
    objective = world.here.program.objectives.get()
    twin = Program.objects.create(
        name="Kembar",
        type="pelatihan",
        region=world.here.region,
        organizer=world.here.office,
        start_date=world.here.program.start_date,
        end_date=world.here.program.end_date,
    )
    count = len(all_entries())
    twin.name = world.here.program.name
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    objective.refresh_from_db()
    assert len(all_entries()) == count


def test_a_creation_tells_the_columns_and_no_related_rows(world):
    objective = Objective.objects.create(program=world.here.program, statement="Antrean pendek", indicator="Menit")
    assert entries_of(objective)[0].changes == {
        "program": [None, "Program Kota Semarang"],
        "statement": [None, "Antrean pendek"],
        "indicator": [None, "Menit"],
        "polarity": [None, "naik"],
    }


def test_everything_that_goes_along_with_a_deletion_is_told_with_its_place(world):
    activity = world.here.program.activities.get()
    speaker = Speaker.objects.create(activity=activity, name="Dr. Sari", affiliation="Universitas")
    keys = activity.pk, speaker.pk
    stored(activity).delete()
    gone = {entry.object_repr: entry for entry in all_entries() if entry.action == DELETE}
    assert set(gone) == {"Lokakarya", "Dr. Sari, Universitas"}
    assert {entry.region for entry in gone.values()} == {world.here.region}
    assert {entry.whole for entry in gone.values()} == {f"programs.program:{world.here.program.pk}"}
    assert {entry.object_id for entry in gone.values()} == set(keys)


def test_a_record_that_moves_is_told_in_both_places(world):
    agency = stored(world.here.agency)
    agency.region = world.there.region
    agency.save()
    entry = entries_of(agency)[-1]
    assert (entry.region, entry.former_region) == (world.there.region, world.here.region)
    for place in (world.here, world.there):
        assert LogEntry.objects.visible_to(place.users["auditor"]).get() == entry


def test_what_comes_to_and_goes_from_a_list_is_told(world):
    office = world.here.office
    office.regions.set([world.there.region])
    office.regions.clear()
    assert [entry.changes["regions"] for entry in entries_of(office)] == [
        {"type": "m2m", "operation": "delete", "objects": ["Kota Semarang, Jawa Tengah"]},
        {"type": "m2m", "operation": "add", "objects": ["Kota Medan, Sumatera Utara"]},
        {"type": "m2m", "operation": "delete", "objects": ["Kota Medan, Sumatera Utara"]},
    ]
    assert {entry.office for entry in entries_of(office)} == {office}


def test_a_deleted_office_is_told_to_national_administrators_alone(world):
    office = Office.objects.create(name="Kantor Sementara", kind="upt")
    key = office.pk
    office.delete()
    entry = LogEntry.objects.unscoped("test").of_kind(Office, key).get(action=DELETE)
    assert entry.office is None
    assert entry not in LogEntry.objects.visible_to(world.here.users["auditor"])
    assert entry in LogEntry.objects.visible_to(world.national)


def test_reference_data_are_told_to_everyone(world):
    component = BudgetComponent.objects.create(name="Honorarium uji", order=99)
    for place in (world.here, world.there):
        assert entries_of(component)[0] in LogEntry.objects.visible_to(place.users["auditor"])


def test_a_password_is_never_told(world):
    user = world.here.users["staf"]
    user.set_password("sandi-yang-baru-1")
    user.save()
    user.email = "staf@contoh.go.id"
    user.save()
    assert [entry.changes for entry in entries_of(user)] == [{"email": ["", "staf@contoh.go.id"]}]


def test_who_is_signed_in_is_named_and_one_request_is_one_deed(world, staff):
    staff.post(reverse("program_state", args=[world.here.program.pk]), {"state": "dievaluasi"})
    staff.post(reverse("program_state", args=[world.here.program.pk]), {"state": "selesai"})
    first, second = [entry for entry in entries_of(world.here.program) if "state" in entry.changes]
    assert (first.actor, second.actor) == (world.here.users["staf"],) * 2
    assert first.cid and second.cid and first.cid != second.cid


def test_history_that_is_switched_off_stays_off(world):
    with disable_auditlog():
        world.here.program.state = "dievaluasi"
        world.here.program.save()
    assert all_entries() == []


# --- Cost -----------------------------------------------------------------------------


def cost_of(work) -> int:
    """Queries that history adds to what is done."""
    with_history = count_queries(work)
    with disable_auditlog():
        return with_history - count_queries(work)


def test_a_change_costs_one_reading_and_one_entry(world):
    program = stored(world.here.program)

    def change():
        program.aims += "x"
        program.save()

    change()
    assert cost_of(change) == 2


def test_a_creation_costs_one_entry(world):
    def create():
        Objective.objects.create(program=world.here.program, statement="Baru", indicator="Skor")

    create()
    assert cost_of(create) == 1


def test_a_deletion_costs_one_entry_for_each_row(world):
    def delete():
        with disable_auditlog():
            activity = Activity.objects.create(
                program=world.here.program,
                title="Sementara",
                form=world.here.program.activities.first().form,
                lesson_hours=1,
                start_date="2026-02-01",
                end_date="2026-02-01",
            )
        activity.delete()

    delete()
    assert cost_of(delete) == 1


def test_a_page_that_writes_nothing_asks_nothing_for_history(world, client):
    url = reverse("account_login")
    assert count_queries(lambda: client.get(url)) == 0


def test_interviews_are_told_to_the_region_of_their_program(world):
    interview = world.here.evaluation.interviews.get()
    row = Interview.objects.unscoped("test").get(pk=interview.pk)
    row.place = "Aula"
    row.save()
    entry = entries_of(row)[-1]
    assert (entry.region, entry.whole) == (
        world.here.region,
        f"evaluations.evaluation:{world.here.evaluation.pk}",
    )
