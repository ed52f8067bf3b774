"""A merge is taken back: exactly what it changed, nothing that came later, or not at all and why."""

from datetime import date

import pytest

from programs.actions.merging import ABSORBED, merge_people, undo_merge
from programs.actions.steps import MergeRefused
from programs.actions.transfers import transfer_person
from programs.models import (
    Assignment,
    Attendance,
    Certificate,
    DistinctPeople,
    Enrollment,
    Merge,
    Person,
    TrainingRecord,
)
from tests.programs.people import certify, make_person, make_unit, stored, values_of

NIP, NEAR_NIP, THIRD_NIP = "198501012010031950", "198501012010031951", "198501012010031960"
KINDS = (Person, Enrollment, Attendance, Certificate, TrainingRecord, Assignment, DistinctPeople)


@pytest.fixture
def pair(world):
    """Two rows, both in one program, with something of every kind on the second."""
    here = world.here
    kept = make_person(here, NIP, "Siti Aminah")
    absorbed = make_person(here, NEAR_NIP, "Siti Aminah, S.E.", position="Analis", superior=here.people[2])
    for name in ("Kursus", "Bimbingan"):
        TrainingRecord.objects.create(person=absorbed, name=name, lesson_hours=8, end_date=date(2025, 5, 5))
    TrainingRecord.objects.create(person=kept, name="Kursus", lesson_hours=7, end_date=date(2025, 5, 5))
    Assignment.objects.create(
        person=absorbed, agency_name="Dinas lama", region_name="Kota Semarang", ended_on=date(2020, 1, 1)
    )
    here.people[0].superior = absorbed
    here.people[0].save()
    DistinctPeople.objects.create(first=here.people[1], second=absorbed)
    Enrollment.objects.create(program=here.program, person=kept, code="P901")
    second = Enrollment.objects.create(
        program=here.program, person=absorbed, code="P902", status="selesai", post_score=80
    )
    Attendance.objects.create(activity=here.program.activities.get(), enrollment=second, state="hadir")
    certify(second)
    return kept, absorbed


@pytest.fixture
def merged(world, pair):
    kept, absorbed = pair
    values = {"nip": ABSORBED, "name": ABSORBED, "position": ABSORBED, "superior": ABSORBED}
    return merge_people(kept=kept, absorbed=absorbed, values=values, by=world.here.users["staf"])


@pytest.fixture
def undo(world):
    def undo(merge: Merge, by=None) -> Person:
        return undo_merge(merge=merge, by=by or world.here.users["staf"])

    return undo


def everything() -> dict:
    return {model.__name__: values_of(model) for model in KINDS}


def test_undo_restores_every_row_and_column(world, pair, undo):
    before = everything()
    kept, absorbed = pair
    values = {"nip": ABSORBED, "name": ABSORBED, "position": ABSORBED, "superior": ABSORBED}
    merge = merge_people(kept=kept, absorbed=absorbed, values=values, by=world.here.users["staf"])
    assert everything() != before
    restored = undo(merge)
    assert everything() == before
    assert (restored.pk, restored.nip, restored.created_at) == (absorbed.pk, NEAR_NIP, absorbed.created_at)


def test_undo_is_remembered_and_happens_once(world, merged, undo):
    undo(merged)
    found = stored(merged)
    assert (found.undone_by, found.undone_at is None) == (world.here.users["staf"], False)
    with pytest.raises(MergeRefused, match="sudah dipisahkan lagi"):
        undo(merged)


def test_later_edits_of_the_kept_person_stay(pair, merged, undo):
    kept = stored(pair[0])
    kept.name, kept.email = "Siti Aminah Rahayu", "baru@contoh.test"
    kept.save()
    undo(merged)
    found = stored(kept)
    # The NIP and the position go back; what somebody wrote afterwards does not.
    assert (found.nip, found.position, found.name, found.email) == (
        NIP,
        "",
        "Siti Aminah Rahayu",
        "baru@contoh.test",
    )


def test_later_records_stay_with_the_kept_person(pair, merged, undo):
    kept, absorbed = pair
    record = TrainingRecord.objects.create(person=kept, name="Baru", lesson_hours=3, end_date=date(2026, 1, 1))
    undo(merged)
    assert stored(record).person == kept
    assert [row["name"] for row in values_of(TrainingRecord, person=absorbed)] == ["Kursus", "Bimbingan"]


def test_a_subordinate_with_a_new_superior_keeps_it(world, pair, merged, undo):
    subordinate = stored(world.here.people[0])
    subordinate.superior = world.here.people[3]
    subordinate.save()
    undo(merged)
    assert stored(subordinate).superior == world.here.people[3]


def test_a_record_deleted_since_stays_deleted(pair, merged, undo):
    record = TrainingRecord.objects.filter(person=pair[0], name="Bimbingan")
    record._mark_scoped().delete()
    undo(merged)
    assert [row["name"] for row in values_of(TrainingRecord, person=pair[1])] == ["Kursus"]


def test_a_program_deleted_since_takes_its_enrollment_along(world, pair, merged, undo):
    program = world.here.program
    for certificate in values_of(Certificate):
        stored(Certificate(pk=certificate["id"])).delete()
    program.evaluations.all().delete()
    program.delete()
    undo(merged)
    assert stored(pair[1]).nip == NEAR_NIP
    assert values_of(Enrollment, person=pair[1]) == []


def test_a_nip_taken_since_is_the_reason_of_a_refusal(world, merged, undo):
    make_person(world.there, NIP, "Orang lain")
    before = everything()
    with pytest.raises(MergeRefused, match="NIP ini sudah terdaftar"):
        undo(merged)
    assert everything() == before
    assert stored(merged).undone_at is None


def test_a_code_taken_since_is_the_reason_of_a_refusal(world, merged, undo):
    other = make_person(world.here, THIRD_NIP, "Orang lain")
    Enrollment.objects.create(program=world.here.program, person=other, code="P902")
    with pytest.raises(MergeRefused, match="Kode peserta ini sudah dipakai"):
        undo(merged)


def test_merges_are_undone_last_first(world, pair, merged, undo):
    kept, _absorbed = pair
    last = make_person(world.here, THIRD_NIP, "Siti Aminah")
    later = merge_people(kept=last, absorbed=stored(kept), values={}, by=world.here.users["staf"])
    with pytest.raises(MergeRefused, match="Pisahkan dulu Siti Aminah"):
        undo(stored(merged))
    undo(later)
    assert stored(merged).kept == kept
    undo(stored(merged))
    assert [stored(person).nip for person in (*pair, last)] == [NIP, NEAR_NIP, THIRD_NIP]


def test_undo_after_a_transfer_leaves_the_kept_person_where_they_went(world, pair, merged, undo):
    kept = stored(pair[0])
    unit = make_unit(world.here, "Dinas Baru")
    transfer_person(
        person=kept, agency=unit, position="Kepala", level="", grade=None, on=date(2026, 1, 5), note="SK 1"
    )
    undo(merged)
    assert (stored(kept).agency, stored(kept).position, stored(pair[1]).agency) == (
        unit,
        "Kepala",
        world.here.agency,
    )


def test_undo_is_refused_where_the_old_unit_is_out_of_sight(world, pair, merged, undo):
    kept = stored(pair[0])
    transfer_person(
        person=kept, agency=world.there.agency, position="", level="", grade=None, on=date(2026, 1, 5), note=""
    )
    with pytest.raises(MergeRefused, match="Unit kerja semula"):
        undo(merged, by=world.there.users["staf"])
    with pytest.raises(Merge.DoesNotExist):
        undo(merged, by=world.here.users["staf"])
    undo(merged, by=world.national)
    assert stored(pair[1]).agency == world.here.agency


def test_an_old_superior_who_is_gone_is_left_out(world, pair, merged, undo):
    superior = world.here.people[2]
    superior.enrollments.all().delete()
    superior.delete()
    undo(merged)
    assert stored(pair[1]).superior is None
