"""What programs lack, kind by kind: found when it is so, with its numbers, and not a day or a state too early."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Evaluation
from programs.models import Certificate, Enrollment, Program
from reports.overview.gaps import LONGEST_WAITING, count_gaps, gaps_open_to, open_programs
from reports.overview.lines import take_turns
from tests.queries import page_queries
from tests.reports.years import budget, day, enrol, hold, note, run

STATE, STATUS = Program.State, Enrollment.Status


@pytest.fixture(autouse=True)
def _only_what_the_test_builds(world):
    """The program of the world is evaluated, and so is asked for nothing."""
    Program.objects.visible_to(world.national).update(state=STATE.EVALUATED)


def found(world, role: str = "staf") -> dict[str, list[tuple[str, str]]]:
    """Kind -> (program, note), of what the person sees missing."""
    user, today = world.here.users[role], timezone.localdate()
    programs = open_programs(Program.objects.visible_to(user), today)
    gaps = gaps_open_to(user)
    counts = count_gaps(programs, gaps, today)
    lines = {}
    for gap in gaps:
        keys = list(gap.programs(programs, today).order_by(*LONGEST_WAITING).values_list("pk", flat=True))
        assert len(keys) == counts[gap.key]
        if keys:
            lines[gap.key] = [(line.name, line.note) for line in gap.lines(programs, keys, today)]
    return lines


def complete(world, **values) -> Program:
    """A finished program that lacks nothing."""
    program = run(world.here, "Lengkap", **values)
    activity = hold(program)
    scores = {"status": STATUS.COMPLETED, "pre_score": 60, "post_score": 80}
    enrollment = enrol(program, world.here.people[0], **scores)
    note(activity, enrollment)
    budget(program, 100, 90)
    certify(enrollment)
    Evaluation.objects.create(program=program, title="E", start_date=program.start_date, end_date=program.end_date)
    return program


def certify(enrollment: Enrollment, **values) -> Certificate:
    return Certificate.objects.create(
        enrollment=enrollment,
        issuer=enrollment.program.organizer,
        issuer_name=enrollment.program.organizer.name,
        series=uuid4().hex,
        sequence=1,
        number=uuid4().hex,
        token=uuid4().hex,
        issued_on=day(0),
        holder_name="Peserta",
        program_name="Program",
        period="Januari",
        lesson_hours=8,
        **values,
    )


def test_a_complete_program_lacks_nothing(world):
    complete(world)
    assert found(world) == {}


def test_a_finished_program_with_nothing_lacks_everything_that_can_be_said_of_it(world):
    program = run(world.here, "Kosong")
    assert found(world) == {
        "peserta": [("Kosong", f"Belum ada peserta; pelaksanaan mulai {_written(program.start_date)}.")],
        "anggaran": [("Kosong", "Anggaran belum dicatat.")],
        "evaluasi": [("Kosong", f"Selesai {_written(program.end_date)}, belum ada evaluasi.")],
    }


def _written(value: date) -> str:
    from django.utils.formats import date_format

    return date_format(value, "DATE_FORMAT")


def test_an_evaluated_program_is_asked_for_nothing(world):
    run(world.here, "Tutup", state=STATE.EVALUATED)
    assert found(world) == {}


def test_what_ended_before_last_year_is_left_to_the_archive(world):
    first = date(timezone.localdate().year - 1, 1, 1)
    old = {"start_date": first.replace(year=first.year - 1), "state": STATE.FINISHED}
    for name, end in (("Arsip", first.replace(year=first.year - 1, month=12, day=31)), ("Belum arsip", first)):
        Program.objects.create(
            name=name, type="pelatihan", region=world.here.region, organizer=world.here.office, end_date=end, **old
        )
    assert [name for name, _note in found(world)["evaluasi"]] == ["Belum arsip"]


@pytest.mark.parametrize(
    ("state", "starts", "ends", "is_late"),
    [
        (STATE.DRAFT, 0, 5, True),
        (STATE.DRAFT, 1, 5, False),
        (STATE.PLANNED, -1, 5, True),
        (STATE.PLANNED, 1, 5, False),
        (STATE.RUNNING, -9, -1, True),
        (STATE.RUNNING, -9, 0, False),
        (STATE.FINISHED, -9, -1, False),
    ],
)
def test_a_state_lags_behind_the_days(world, state, starts, ends, is_late):
    run(world.here, "Tertinggal", starts, ends, state=state)
    assert ("status" in found(world)) is is_late


@pytest.mark.parametrize(
    ("state", "starts", "is_due"),
    [
        (STATE.PLANNED, 30, True),
        (STATE.PLANNED, 31, False),
        (STATE.DRAFT, 1, False),
        (STATE.RUNNING, -3, True),
    ],
)
def test_participants_are_asked_for_from_thirty_days_before_the_start(world, state, starts, is_due):
    run(world.here, "Tanpa peserta", starts, 60, state=state)
    assert ("peserta" in found(world)) is is_due


def test_activities_that_are_over_wait_for_attendance(world):
    program = run(world.here, "Berjalan", -5, 20, state=STATE.RUNNING)
    first, *_others = [hold(program, f"Sesi {days}", days=days) for days in (0, 1, 4, 5, 9)]
    assert found(world) == {"peserta": found(world)["peserta"]}
    note(first, enrol(program, world.here.people[0]))
    note(first, enrol(program, world.here.people[1]))
    assert found(world) == {
        "kehadiran": [("Berjalan", "2 dari 3 kegiatan yang sudah berlangsung belum dicatat kehadirannya.")]
    }


def test_the_outcome_of_participants_is_asked_for_when_the_program_is_over(world):
    program = complete(world)
    enrol(program, world.here.people[1], status=STATUS.ATTENDED, pre_score=1, post_score=2)
    enrol(program, world.here.people[2], status=STATUS.WITHDRAWN)
    enrol(program, world.here.people[3], status=STATUS.REGISTERED, group=Enrollment.Group.COMPARISON)
    assert found(world) == {"kelulusan": [("Lengkap", "1 dari 3 peserta belum ditetapkan kelulusannya.")]}
    program.state, program.end_date = STATE.RUNNING, day(5)
    program.save()
    assert found(world) == {}


def test_scores_are_asked_for_when_some_are_there(world):
    program = complete(world)
    for number, scores in enumerate(({"pre_score": 50}, {}, {"pre_score": 40, "post_score": 70}), start=1):
        certify(enrol(program, world.here.people[number], status=STATUS.COMPLETED, **scores))
    enrol(program, world.here.people[4], status=STATUS.WITHDRAWN)
    assert found(world) == {"nilai": [("Lengkap", "2 dari 4 peserta belum lengkap nilai pretes dan postesnya.")]}


@pytest.mark.parametrize(("title", "is_test"), [("Pretes dan pembukaan", True), ("Lokakarya", False)])
def test_scores_are_asked_for_when_a_test_was_planned(world, title, is_test):
    program = complete(world)
    program.enrollments.update(pre_score=None, post_score=None)
    note(hold(program, title), program.enrollments.get())
    assert ("nilai" in found(world)) is is_test


def test_certificates_are_asked_for_those_who_completed(world):
    program = complete(world)
    scores = {"pre_score": 1, "post_score": 2}
    revoked = enrol(program, world.here.people[1], status=STATUS.COMPLETED, **scores)
    certify(revoked, revoked_at=timezone.now())
    enrol(program, world.here.people[2], status=STATUS.COMPLETED, **scores)
    enrol(program, world.here.people[3], status=STATUS.FAILED, **scores)
    assert found(world) == {
        "sertifikat": [("Lengkap", "2 dari 3 peserta yang selesai belum mendapat sertifikat.")]
    }


def test_the_lines_of_a_budget_wait_for_what_was_spent(world):
    program = complete(world)
    budget(program, 50, None)
    budget(program, 50, 0)
    assert found(world) == {"anggaran": [("Lengkap", "1 dari 3 pos anggaran belum diisi realisasinya.")]}


def test_programs_of_another_area_are_not_asked_for(world):
    run(world.there, "Di Medan")
    assert found(world) == {}


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (
            "staf",
            ["status", "peserta", "kehadiran", "kelulusan", "nilai", "sertifikat", "anggaran", "evaluasi"],
        ),
        ("evaluator", ["evaluasi"]),
        ("manajer", ["evaluasi"]),
    ],
)
def test_each_role_is_asked_for_what_it_may_do(world, role, kinds):
    assert [gap.key for gap in gaps_open_to(world.here.users[role])] == kinds


def test_who_may_plan_an_evaluation_goes_straight_there(world):
    pages = {role: gaps_open_to(world.here.users[role])[-1].page for role in ("staf", "evaluator", "manajer")}
    assert pages == {"staf": "program_detail", "evaluator": "evaluation_create", "manajer": "program_detail"}


def test_the_page_shows_one_kind_with_the_numbers_of_all(world, staff):
    for number in range(2):
        budget(run(world.here, f"Program {number}"), 10, None)
    context = staff.get(reverse("todo_list"), {"jenis": "anggaran"}).context
    assert [line.name for line in context["lines"]] == ["Program 0", "Program 1"]
    assert {gap.key: n for gap, n in context["kinds"] if n} == {"peserta": 2, "anggaran": 2, "evaluasi": 2}


@pytest.mark.parametrize("kind", ["", "x", "status'", "\0", "9" * 5000])
def test_a_kind_that_is_none_shows_the_first_that_lacks_something(world, staff, kind):
    run(world.here, "Kosong")
    assert staff.get(reverse("todo_list"), {"jenis": kind}).context["gap"].key == "peserta"


def test_a_kind_of_another_role_is_not_shown(world, evaluator):
    run(world.here, "Kosong")
    context = evaluator.get(reverse("todo_list"), {"jenis": "anggaran"}).context
    assert (context["gap"].key, len(context["kinds"])) == ("evaluasi", 1)


def test_the_page_of_an_empty_world_says_so(world, staff):
    page = staff.get(reverse("todo_list")).content.decode()
    assert "Status: tidak ada program yang kurang." in page


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_three(world, staff):
    url = f"{reverse('todo_list')}?jenis=kelulusan"

    def lacking(number: int) -> None:
        enrol(run(world.here, f"Program {number}"), world.here.people[0])

    lacking(0)
    one = page_queries(staff, url)
    for number in (1, 2):
        lacking(number)
    assert page_queries(staff, url) == one


@pytest.mark.parametrize(
    ("lists", "limit", "taken"),
    [
        ([[1, 2, 3, 4], [5]], 3, [[1, 2], [5]]),
        ([[], [1, 2]], 8, [[], [1, 2]]),
        ([[1], [2], [3]], 2, [[1], [2], []]),
        ([], 5, []),
    ],
)
def test_no_kind_crowds_out_another(lists, limit, taken):
    assert take_turns(lists, limit) == taken
