"""Both rows of one person were enrolled in one program: what is combined, what is refused."""

from datetime import date

import pytest

from evaluations.models import Invitation, Response
from programs.actions.merging import merge_people, undo_merge
from programs.actions.steps import MergeRefused
from programs.models import Attendance, Batch, Enrollment
from tests.programs.people import certify, make_person, stored, values_of


@pytest.fixture
def twins(world):
    """Two rows of one person, each enrolled in the program."""
    return [
        Enrollment.objects.create(
            program=world.here.program,
            person=make_person(world.here, f"1985010120100319{number}", "Siti Aminah"),
            code=f"P9{number}",
        )
        for number in (50, 51)
    ]


@pytest.fixture
def merge(world, twins):
    def merge(by=None):
        kept, absorbed = (stored(twin.person) for twin in twins)
        return merge_people(kept=kept, absorbed=absorbed, values={}, by=by or world.here.users["staf"])

    return merge


def change(enrollment: Enrollment, **values) -> None:
    for name, value in values.items():
        setattr(enrollment, name, value)
    enrollment.save()


@pytest.mark.parametrize(
    ("ours", "theirs", "name", "expected"),
    [
        ({}, {"pre_score": 60}, "pre_score", 60),
        ({"pre_score": 50}, {}, "pre_score", 50),
        ({"post_score": 70}, {"post_score": 70}, "post_score", 70),
        ({"status": "diundang"}, {"status": "terdaftar"}, "status", "terdaftar"),
        ({"status": "hadir"}, {"status": "diundang"}, "status", "hadir"),
        ({"status": "terdaftar"}, {"status": "selesai"}, "status", "selesai"),
        ({"status": "tidak_lulus"}, {"status": "hadir"}, "status", "tidak_lulus"),
        ({"status": "selesai"}, {"status": "selesai"}, "status", "selesai"),
        ({}, {"exit_note": "Pindah"}, "exit_note", "Pindah"),
        ({"superior": "Budi"}, {"superior": "Agus"}, "superior", "Budi"),
        ({}, {"superior": "Agus"}, "superior", "Agus"),
        ({}, {}, "code", "P950"),
    ],
)
def test_what_does_not_contradict_is_combined(twins, merge, ours, theirs, name, expected):
    into, absorbed = twins
    change(into, **ours)
    change(absorbed, **theirs)
    merge()
    assert getattr(stored(into), name) == expected
    assert stored(absorbed) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "what"),
    [
        ({"pre_score": 50}, {"pre_score": 60}, "nilai pretes"),
        ({"post_score": 50}, {"post_score": 0}, "nilai postes"),
        ({"group": "pembanding"}, {}, "kelompok"),
        ({"status": "selesai"}, {"status": "tidak_lulus"}, "status keikutsertaan"),
        ({"status": "mengundurkan_diri"}, {"status": "selesai"}, "status keikutsertaan"),
    ],
)
def test_what_contradicts_is_refused_and_nothing_changes(world, twins, merge, ours, theirs, what):
    for twin, values in zip(twins, (ours, theirs), strict=True):
        change(twin, **values)
    before = values_of(Enrollment)
    with pytest.raises(MergeRefused) as refusal:
        merge()
    assert str(refusal.value) == (
        f"Keduanya peserta program “{world.here.program}” dan keduanya mempunyai {what} yang bertentangan. "
        "Betulkan dulu salah satunya pada halaman peserta."
    )
    assert values_of(Enrollment) == before


def test_two_batches_contradict_and_one_is_taken_over(world, twins, merge):
    program = world.here.program
    one, other = (
        Batch.objects.create(program=program, name=name, start_date=program.start_date, end_date=program.end_date)
        for name in ("I", "II")
    )
    change(twins[0], batch=one)
    change(twins[1], batch=other)
    with pytest.raises(MergeRefused, match="angkatan"):
        merge()
    change(twins[0], batch=None)
    merge()
    assert stored(twins[0]).batch == other


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (None, "hadir", ["hadir"]),
        ("izin", None, ["izin"]),
        ("hadir", "hadir", ["hadir"]),
        ("hadir", "alpa", None),
    ],
)
def test_attendance_is_combined_unless_it_contradicts(world, twins, merge, ours, theirs, expected):
    activity = world.here.program.activities.get()
    for twin, state in zip(twins, (ours, theirs), strict=True):
        if state:
            Attendance.objects.create(activity=activity, enrollment=twin, state=state)
    if expected is None:
        with pytest.raises(MergeRefused, match="kehadiran Lokakarya"):
            merge()
    else:
        merge()
        assert [(row["enrollment_id"], row["state"]) for row in values_of(Attendance)] == [
            (twins[0].pk, state) for state in expected
        ]


def test_the_certificate_of_one_goes_over_two_are_refused(twins, merge):
    certificate = certify(twins[1])
    own = certify(twins[0])
    with pytest.raises(MergeRefused, match="sertifikat"):
        merge()
    own.delete()
    merge()
    assert stored(certificate).enrollment == twins[0]


def answer(survey, enrollment: Enrollment) -> Response:
    Invitation.objects.create(survey=survey, enrollment=enrollment, is_answered=True)
    return Response.objects.create(
        survey=survey, enrollment=enrollment, answers=[1, 2, 3], channel="tautan", received_on=date(2026, 1, 6)
    )


def test_answers_before_by_one_and_after_by_the_other_become_one_persons(world, twins, merge):
    """What a mistyped NIP does to an evaluation: half of the answers stand with each row."""
    before, after = world.here.surveys["sebelum"], world.here.surveys["sesudah"]
    first, second = answer(before, twins[0]), answer(after, twins[1])
    Invitation.objects.create(survey=after, enrollment=twins[0])
    Invitation.objects.create(survey=before, enrollment=twins[1])
    kinds = (Invitation, Response, Enrollment)
    rows = [values_of(kind) for kind in kinds]
    record = merge()
    assert [stored(response).enrollment for response in (first, second)] == [twins[0], twins[0]]
    assert [(row["survey_id"], row["enrollment_id"], row["is_answered"]) for row in values_of(Invitation)] == [
        (before.pk, twins[0].pk, True),
        (after.pk, twins[0].pk, True),
    ]
    undo_merge(merge=record, by=world.here.users["staf"])
    assert [values_of(kind) for kind in kinds] == rows


def test_answers_of_both_to_one_survey_are_refused(world, twins, merge):
    for twin in twins:
        answer(world.here.surveys["sebelum"], twin)
    with pytest.raises(MergeRefused, match="jawaban"):
        merge()
    assert len(values_of(Response)) == 2


def test_a_program_out_of_sight_is_not_named(world, twins, merge):
    for twin, score in zip(twins, (50, 60), strict=True):
        change(twin, program=world.there.program, pre_score=score)
    with pytest.raises(MergeRefused) as refusal:
        merge()
    assert "Keduanya peserta satu program di luar wilayah Anda" in str(refusal.value)
    assert world.there.program.name not in str(refusal.value)


def test_an_enrollment_in_a_program_out_of_sight_goes_along(world, twins, merge):
    change(twins[1], program=world.there.program)
    merge()
    assert stored(twins[1]).person == twins[0].person
