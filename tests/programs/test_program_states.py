"""Programs move along one table; every move is kept with who and when."""

from datetime import date
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from programs.actions.programs import MoveRefused, concerns, move_program
from programs.models import PROGRAM_TRANSITIONS, Attendance, Program
from tests.concurrency import at_once
from tests.queries import page_queries
from tests.world import build_world

MOVES = [(start, end) for start in Program.State.values for end in Program.State.values]
TODAY = date(2026, 11, 23)


def in_state(world, state):
    program = world.here.program
    program.state = state
    program.save()
    return program


def move(world, state, **values):
    return move_program(program=world.here.program, state=state, by=world.here.users["staf"], **values)


@pytest.mark.parametrize(("start", "end"), MOVES)
def test_a_program_moves_only_along_its_transitions(world, staff, start, end):
    program = in_state(world, start)
    response = staff.post(reverse("program_state", args=[program.pk]), {"state": end}, follow=True)
    program.refresh_from_db()
    allowed = end in PROGRAM_TRANSITIONS[start]
    assert program.state == (end if allowed else start)
    assert next(iter(response.context["messages"])).level_tag == ("success" if allowed else "error")
    assert program.state_changes.count() == allowed


def test_every_state_can_be_reached_and_left():
    assert set(PROGRAM_TRANSITIONS) == set(Program.State.values)
    assert {state for ways in PROGRAM_TRANSITIONS.values() for state in ways} == set(Program.State.values)
    assert all(PROGRAM_TRANSITIONS.values())


def test_a_move_keeps_who_when_and_why(world, staff):
    program = in_state(world, "direncanakan")
    data = {"state": "berjalan", "seen": "direncanakan", "note": "Dibuka oleh Wali Kota."}
    staff.post(reverse("program_state", args=[program.pk]), data)
    change = program.state_changes.get()
    assert (str(change), change.moved_by, change.note) == (
        "Direncanakan → Berjalan",
        world.here.users["staf"],
        "Dibuka oleh Wali Kota.",
    )
    assert "“Dibuka oleh Wali Kota.”" in staff.get(program.get_absolute_url()).content.decode()


def test_a_refused_move_says_where_the_program_can_go(world, staff):
    url = reverse("program_state", args=[world.here.program.pk])
    (message,) = staff.post(url, {"state": "draf"}, follow=True).context["messages"]
    assert (
        str(message) == "Status program “Selesai” tidak dapat diubah begitu; yang mungkin: Dievaluasi, Berjalan."
    )


def test_evaluated_needs_an_evaluation(world, staff):
    evaluation = world.here.program.evaluations.get()
    evaluation.surveys.all().delete()
    evaluation.delete()
    url = reverse("program_state", args=[world.here.program.pk])
    (message,) = staff.post(url, {"state": "dievaluasi"}, follow=True).context["messages"]
    assert str(message) == (
        "Program ini belum mempunyai evaluasi. Status “Dievaluasi” dapat dipilih setelah evaluasinya dibuat."
    )
    assert not world.here.program.state_changes.exists()


def test_the_state_is_changed_by_posting_only(world, staff):
    assert staff.get(reverse("program_state", args=[world.here.program.pk])).status_code == 405


@pytest.mark.parametrize(
    "data",
    [{"state": "\0"}, {"state": "dievaluasi", "note": "x" * 301}, {"state": "dievaluasi", "note": "a\0"}, {}],
)
def test_a_move_that_no_page_offers_is_refused_in_words(world, staff, data):
    url = reverse("program_state", args=[world.here.program.pk])
    (message,) = staff.post(url, data, follow=True).context["messages"]
    assert message.level_tag == "error"
    world.here.program.refresh_from_db()
    assert world.here.program.state == "selesai"


# --- Two people ----------------------------------------------------------------------


def test_who_decided_on_an_older_state_is_told_who_was_faster(world):
    in_state(world, "berjalan")
    move(world, "selesai")
    with pytest.raises(MoveRefused) as refused:
        move(world, "selesai", seen="berjalan")
    assert str(refused.value).startswith("Status program sudah “Selesai”, diubah oleh staf_semarang pada ")


def test_a_way_that_is_still_open_is_not_taken_by_who_saw_another_state(world):
    """Berjalan would be a way from Selesai too, but that is not what the second person meant."""
    in_state(world, "berjalan")
    move(world, "selesai")
    with pytest.raises(MoveRefused):
        move(world, "berjalan", seen="direncanakan")
    world.here.program.refresh_from_db()
    assert (world.here.program.state, world.here.program.state_changes.count()) == ("selesai", 1)


def test_a_state_that_came_without_a_move_is_told_without_a_name(world):
    with pytest.raises(MoveRefused) as refused:
        move(world, "dievaluasi", seen="berjalan")
    assert str(refused.value) == "Status program sudah “Selesai”. Tidak ada yang diubah."


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_in_one_moment_one_moves_and_the_other_is_told():
    world = build_world()
    url = reverse("program_state", args=[world.here.program.pk])

    def press(role, state):
        client = Client(raise_request_exception=False)
        client.force_login(world.here.users[role])
        return partial(client.post, url, {"state": state, "seen": "selesai"})

    answers = at_once(press("staf", "dievaluasi"), press("admin", "berjalan"))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert world.here.program.state_changes.count() == 1


# --- What the records do not show yet ------------------------------------------------


@pytest.mark.parametrize(
    ("way", "gone", "expected"),
    [
        (("draf", "direncanakan"), (), []),
        (("draf", "direncanakan"), ("objectives",), ["Sasaran program belum dicatat."]),
        (("direncanakan", "berjalan"), (), []),
        (
            ("direncanakan", "berjalan"),
            ("activities", "enrollments"),
            ["Kegiatan program belum dicatat.", "Peserta belum didaftarkan."],
        ),
        (("berjalan", "selesai"), (), ["Kehadiran belum dicatat."]),
        (("dievaluasi", "selesai"), (), []),
    ],
)
def test_a_move_tells_what_the_records_lack(world, way, gone, expected):
    start, end = way
    program = in_state(world, start)
    for name in gone:
        getattr(program, name).all().delete()
    assert concerns(move(world, end), today=TODAY) == expected


def test_a_program_with_attendance_ends_without_a_word(world):
    program = in_state(world, "berjalan")
    Attendance.objects.create(
        activity=program.activities.get(), enrollment=world.here.enrollments[0], state="hadir"
    )
    assert concerns(move(world, "selesai"), today=TODAY) == []


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (("direncanakan", "berjalan"), "Menurut rencana program baru dimulai pada 1 Februari 2026."),
        (("berjalan", "selesai"), "Menurut rencana program baru berakhir pada 30 Juni 2026."),
    ],
)
def test_a_move_ahead_of_the_plan_is_mentioned(world, way, expected):
    in_state(world, way[0])
    assert concerns(move(world, way[1]), today=date(2026, 1, 31))[0] == expected


# --- The line of states --------------------------------------------------------------


def test_the_line_shows_each_state_with_its_last_move(world, staff):
    in_state(world, "direncanakan")
    for state in ("berjalan", "selesai", "berjalan"):
        move(world, state, note=f"ke {state}")
    stations = staff.get(world.here.program.get_absolute_url()).context["stations"]
    assert [(str(row.label), row.is_passed, row.is_current, row.note) for row in stations] == [
        ("Draf", True, False, ""),
        ("Direncanakan", True, False, ""),
        ("Berjalan", False, True, "ke berjalan"),
        ("Selesai", False, False, ""),
        ("Dievaluasi", False, False, ""),
    ]
    assert [row.who for row in stations] == [None, None, world.here.users["staf"], None, None]
    assert stations[0].when == world.here.program.created_at


def test_the_page_needs_the_same_queries_however_often_a_program_moved(world, staff):
    in_state(world, "direncanakan")
    move(world, "berjalan")
    before = page_queries(staff, world.here.program.get_absolute_url())
    for state in ("selesai", "berjalan", "selesai"):
        move(world, state)
    assert page_queries(staff, world.here.program.get_absolute_url()) == before


def test_readers_see_the_line_and_no_way_to_move(world, client):
    client.force_login(world.here.users["manajer"])
    page = client.get(world.here.program.get_absolute_url()).content.decode()
    assert "state-line" in page
    assert reverse("program_state", args=[world.here.program.pk]) not in page
