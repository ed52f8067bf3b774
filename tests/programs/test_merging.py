"""Two rows of the registry become one person; tests/programs/test_merge_undo.py takes them apart again."""

from datetime import date

import pytest
from django.db import models

from programs.actions.merging import ABSORBED, KEPT, differing_fields, merge_people, relations_of_a_person
from programs.actions.steps import MergeRefused
from programs.models import Assignment, DistinctPeople, Merge, Person, TrainingRecord
from tests.programs.people import grade, make_person, stored, values_of

NIP, NEAR_NIP = "198501012010031950", "198501012010031951"


@pytest.fixture
def pair(world):
    kept = make_person(world.here, NIP, "Siti Aminah", position="Analis")
    absorbed = make_person(world.here, NEAR_NIP, "Siti Aminah, S.E.", email="siti@contoh.test")
    return kept, absorbed


@pytest.fixture
def merge(world, pair):
    kept, absorbed = pair
    by = world.here.users["staf"]

    def merge(values=None, *, kept=kept, absorbed=absorbed, by=by) -> Merge:
        return merge_people(kept=kept, absorbed=absorbed, values=values or {}, by=by)

    return merge


def training(person: Person, name="Kursus", **values) -> TrainingRecord:
    return TrainingRecord.objects.create(
        person=person, name=name, **{"lesson_hours": 8, "end_date": date(2025, 5, 5)} | values
    )


def test_differing_fields_are_those_with_two_values(pair):
    assert differing_fields(*pair) == ["nip", "name", "position", "email"]


def test_chosen_values_stand_and_the_absorbed_row_is_gone(pair, merge):
    kept, absorbed = pair
    merge({"nip": KEPT, "name": ABSORBED, "position": KEPT, "email": ABSORBED})
    found = stored(kept)
    assert (found.nip, found.name, found.position, found.email) == (
        NIP,
        "Siti Aminah, S.E.",
        "Analis",
        "siti@contoh.test",
    )
    assert stored(absorbed) is None


def test_the_nip_of_the_absorbed_row_may_stand(pair, merge):
    kept, _absorbed = pair
    record = merge({"nip": ABSORBED})
    assert (stored(kept).nip, record.absorbed_nip) == (NEAR_NIP, NEAR_NIP)


def test_merge_remembers_who_and_whom(world, pair, merge):
    record = merge()
    kept, _absorbed = pair
    assert (record.kept, record.absorbed_nip, record.absorbed_name, record.merged_by, record.undone_at) == (
        kept,
        NEAR_NIP,
        "Siti Aminah, S.E.",
        world.here.users["staf"],
        None,
    )


def test_what_hangs_on_the_absorbed_row_goes_over(world, pair, merge):
    kept, absorbed = pair
    record = training(absorbed)
    place = Assignment.objects.create(
        person=absorbed, agency_name="Dinas lama", region_name="Kota Semarang", ended_on=date(2020, 1, 1)
    )
    subordinate = world.here.people[0]
    subordinate.superior = absorbed
    subordinate.save()
    enrollment = world.here.enrollments[1]
    enrollment.person = absorbed
    enrollment.save()
    merge()
    assert [stored(record).person, stored(place).person, stored(subordinate).superior] == [kept, kept, kept]
    assert stored(enrollment).person == kept


def test_training_recorded_on_both_is_kept_once(pair, merge):
    kept, absorbed = pair
    own, twin, other = (
        training(kept, lesson_hours=8),
        training(absorbed, lesson_hours=9),
        training(absorbed, "Lain"),
    )
    merge()
    assert [row["id"] for row in values_of(TrainingRecord)] == [own.pk, other.pk]
    assert stored(own).lesson_hours == 8
    assert stored(twin) is None


def test_a_pair_once_told_apart_can_be_merged(world, pair, merge):
    kept, absorbed = pair
    third = world.here.people[0]
    DistinctPeople.objects.create(first=kept, second=absorbed)
    DistinctPeople.objects.create(first=third, second=absorbed)
    DistinctPeople.objects.create(first=third, second=kept)
    merge()
    assert [(row["first_id"], row["second_id"]) for row in values_of(DistinctPeople)] == [(third.pk, kept.pk)]


def test_an_open_form_of_the_kept_person_notices(pair, merge):
    kept, _absorbed = pair
    merge({"name": ABSORBED})
    assert stored(kept).revision == kept.revision + 1


def test_superior_and_subordinate_can_be_one_person(pair, merge):
    kept, absorbed = pair
    kept.superior = absorbed
    kept.save()
    merge()
    assert stored(kept).superior is None


def test_a_row_may_not_become_its_own_superior(pair, merge):
    kept, absorbed = pair
    absorbed.superior = kept
    absorbed.save()
    merge({"superior": ABSORBED})
    assert stored(kept).superior is None


def test_a_circle_of_superiors_is_refused(world, pair, merge):
    kept, absorbed = pair
    between = world.here.people[0]
    between.superior = absorbed
    between.save()
    kept.superior = between
    kept.save()
    with pytest.raises(MergeRefused, match="berada di bawah orang ini"):
        merge()
    assert stored(between).superior == absorbed


def test_status_and_grade_come_from_one_row(pair, merge):
    kept, absorbed = pair
    absorbed.grade, absorbed.status = grade("IX", "PPPK"), "PPPK"
    absorbed.save()
    with pytest.raises(MergeRefused, match="Golongan IX bukan golongan PNS"):
        merge({"grade": ABSORBED, "status": KEPT})
    assert stored(absorbed) is not None
    merge({"grade": ABSORBED, "status": ABSORBED})
    assert (stored(kept).status, stored(kept).grade.code) == ("PPPK", "IX")


@pytest.mark.parametrize("answer", ["", "keduanya", "absorbed ", "\0", "KEPT"])
def test_an_answer_that_is_none_is_refused(pair, merge, answer):
    with pytest.raises(MergeRefused, match="Pilih nilai yang berlaku"):
        merge({"name": answer})
    assert stored(pair[1]) is not None


def test_values_of_other_fields_are_not_written(pair, merge):
    kept, _absorbed = pair
    merge({"revision": ABSORBED, "agency": "12", "id": ABSORBED, "is_staff": ABSORBED})
    assert stored(kept).agency_id == kept.agency_id


def test_a_row_is_not_merged_with_itself(pair, merge):
    with pytest.raises(MergeRefused, match="dua data yang berbeda"):
        merge(absorbed=pair[0])


def test_people_out_of_sight_are_not_merged(world, pair, merge):
    foreign = make_person(world.there, "198501012010031960", "Siti Aminah")
    for people in ({"absorbed": foreign}, {"kept": foreign, "absorbed": pair[0]}):
        with pytest.raises(MergeRefused, match="di luar wilayah kantor Anda"):
            merge(**people)
    assert stored(foreign) is not None


def test_who_sees_both_areas_may_merge_across_them(world, pair, merge):
    foreign = make_person(world.there, "198501012010031960", "Siti Aminah")
    merge({"agency": KEPT}, absorbed=foreign, by=world.national)
    assert stored(foreign) is None
    assert stored(pair[0]).agency == world.here.agency


def test_a_merged_person_can_be_absorbed_with_all_that_came_before(world, pair, merge):
    kept, _absorbed = pair
    first = merge()
    last = make_person(world.here, "198501012010031960", "Siti Aminah")
    merge(kept=last, absorbed=kept)
    assert stored(first).kept == last


def test_every_relation_to_a_person_can_be_followed():
    """A relation without a name of its own would be lost without a word when a person is absorbed."""
    pointing = [
        field
        for field in Person._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and isinstance(field, models.ForeignObjectRel)
    ]
    assert {field.field for field in pointing} == {relation.field for relation in relations_of_a_person()}
