"""The home page: what each role is told at a glance, and what it is never told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asn_eval.access import Role
from asn_eval.accounts.models import Office, RegionalArea, RegionalOffice, User
from evaluations.models import Evaluation, Invitation, Recommendation, Survey
from programs.models import Program
from tests.queries import page_queries
from tests.reports.years import budget, day, enrol, hold, run

HOME = "home"
STATE = Program.State


def home(client, world, role: str = "staf", place: str = "here"):
    client.force_login(getattr(world, place).users[role])
    return client.get(reverse(HOME))


def blocks(response) -> dict[str, list[tuple[str, str]]]:
    return {block.key: [(line.name, line.note) for line in block.lines] for block in response.context["blocks"]}


def open_now(survey: Survey) -> None:
    today = timezone.localdate()
    survey.state, survey.opens_on, survey.closes_on = Survey.State.OPEN, today, today + timedelta(days=3)
    survey.save()


def recommend(evaluation: Evaluation, days: int, **values) -> Recommendation:
    return Recommendation.objects.create(
        evaluation=evaluation,
        statement=f"Langkah {days}",
        kind=Recommendation.Kind.OTHER,
        owner="BKPSDM",
        due_date=day(days),
        **values,
    )


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        ("staf", ["sedang-berjalan", "segera-mulai", "rekomendasi-terlambat"]),
        (
            "evaluator",
            ["survei-dibuka", "survei-segera-dibuka", "evaluasi-belum-lengkap", "rekomendasi-terlambat"],
        ),
        (
            "manajer",
            [
                "rekomendasi-menunggu",
                "rekomendasi-terlambat",
                "hasil-siap",
                "sedang-berjalan",
                "segera-mulai",
            ],
        ),
        ("auditor", ["perubahan-pekan-ini", "belum-pernah-masuk"]),
        ("admin", ["kantor-belum-lengkap", "belum-pernah-masuk", "sedang-berjalan", "segera-mulai"]),
    ],
)
def test_each_role_has_its_own_blocks(client, world, role, keys):
    assert list(blocks(home(client, world, role))) == keys


@pytest.mark.parametrize(
    ("role", "is_asked"), [("staf", True), ("admin", True), ("manajer", False), ("auditor", False)]
)
def test_those_who_only_read_are_asked_for_nothing(client, world, role, is_asked):
    run(world.here, "Kosong")
    todo = home(client, world, role).context["todo"]
    assert (todo is not None) is is_asked


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_nobody_meets_another_area(client, world, role):
    open_now(world.there.surveys["sesudah"])
    recommend(world.there.evaluation, -1)
    for state in STATE:
        run(world.there, f"Luar {state}", -9, 9, state=state)
    page = home(client, world, role).content.decode()
    assert "Medan" not in page
    assert "Luar " not in page


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_nobody_meets_a_participant(client, world, role):
    page = home(client, world, role).content.decode()
    assert "Peserta Kota Semarang" not in page
    assert not any(person.nip in page for person in world.here.people)


def test_running_programs_come_with_those_that_are_over_last(client, world):
    run(world.here, "Sudah lewat", -30, -1, state=STATE.RUNNING)
    run(world.here, "Hari ini", -30, 0, state=STATE.RUNNING)
    run(world.here, "Besok", -30, 1, state=STATE.RUNNING)
    [block] = [block for block in home(client, world).context["blocks"] if block.key == "sedang-berjalan"]
    assert [(line.name, line.is_late) for line in block.lines] == [
        ("Hari ini", False),
        ("Besok", False),
        ("Sudah lewat", True),
    ]


def test_programs_start_within_thirty_days(client, world):
    for name, starts, state in (
        ("Hari ini", 0, STATE.PLANNED),
        ("Besok", 1, STATE.DRAFT),
        ("Bulan depan", 30, STATE.PLANNED),
        ("Nanti", 31, STATE.PLANNED),
        ("Sudah berjalan", 2, STATE.RUNNING),
    ):
        run(world.here, name, starts, 60, state=state)
    assert [name for name, _note in blocks(home(client, world))["segera-mulai"]] == ["Besok", "Bulan depan"]


def test_open_surveys_tell_how_many_of_those_asked_have_answered(client, world):
    survey = world.here.surveys["sesudah"]
    open_now(survey)
    for enrollment in world.here.enrollments[:3]:
        Invitation.objects.create(survey=survey, enrollment=enrollment)
    [(name, note)] = blocks(home(client, world, "evaluator"))["survei-dibuka"]
    assert name == f"{world.here.evaluation}: {survey}"
    assert note.startswith("0 dari 3 menjawab (0%); ditutup setelah ")
    assert note.endswith("(3 hari lagi)")


@pytest.mark.parametrize(
    ("state", "opens", "closes", "words"),
    [
        (Survey.State.DRAFT, 14, 30, "Dibuka mulai"),
        (Survey.State.OPEN, 1, 30, "Dibuka mulai"),
        (Survey.State.DRAFT, 0, 30, "Seharusnya dibuka"),
        (Survey.State.DRAFT, 15, 30, None),
        (Survey.State.DRAFT, -5, -1, None),
        (Survey.State.CLOSED, 1, 30, None),
    ],
)
def test_surveys_are_announced_two_weeks_before(client, world, state, opens, closes, words):
    Survey.objects.visible_to(world.national).update(state=Survey.State.CLOSED)
    survey = world.here.surveys["sesudah"]
    survey.state, survey.opens_on, survey.closes_on = state, day(opens), day(closes)
    survey.save()
    notes = [note for _name, note in blocks(home(client, world, "evaluator"))["survei-segera-dibuka"]]
    assert [note.startswith(words) for note in notes] == ([True] if words else [])


def test_evaluations_without_survey_or_finding_are_named(client, world):
    Evaluation.objects.visible_to(world.national).update(state=Evaluation.State.REPORTING)
    program = run(world.here, "Baru")
    Evaluation.objects.create(
        program=program, title="Tanpa survei", start_date=program.start_date, end_date=program.end_date
    )
    assert sorted(blocks(home(client, world, "evaluator"))["evaluasi-belum-lengkap"]) == [
        ("Evaluasi Kota Semarang", "Tahap “Laporan”, belum ada temuan"),
        ("Tanpa survei", "Tahap “Rencana”, belum ada survei"),
    ]


def test_overdue_recommendations_that_are_still_open_are_named(client, world):
    evaluation = world.here.evaluation
    recommend(evaluation, -1)
    recommend(evaluation, 0)
    recommend(evaluation, -2, state=Recommendation.State.DONE)
    for role in ("evaluator", "manajer"):
        names = [name for name, _note in blocks(home(client, world, role))["rekomendasi-terlambat"]]
        assert names == ["Langkah -1"]


def test_results_are_ready_from_the_report_on(client, world):
    assert blocks(home(client, world, "manajer"))["hasil-siap"] == []
    Evaluation.objects.visible_to(world.national).update(state=Evaluation.State.FOLLOWING_UP)
    response = home(client, world, "manajer")
    assert blocks(response)["hasil-siap"] == [("Evaluasi Kota Semarang", "Tahap “Tindak lanjut”")]
    result = reverse("evaluation_result", args=[world.here.evaluation.pk])
    assert f'<a href="{result}">Evaluasi Kota Semarang</a>' in response.content.decode()


def test_the_auditor_reads_who_changed_how_much(client, world):
    client.force_login(world.here.users["staf"])
    data = {"statement": "S", "indicator": "I", "polarity": "naik", "unit": "", "baseline": "", "target": ""}
    client.post(reverse("objective_create", args=[world.here.program.pk]), data)
    client.force_login(world.there.users["staf"])
    client.post(reverse("objective_create", args=[world.there.program.pk]), data)
    [(name, note)] = blocks(home(client, world, "auditor"))["perubahan-pekan-ini"]
    assert (name, note.split(",")[0]) == ("staf_semarang", "1 perubahan")


def test_accounts_of_the_own_office_are_counted(client, world):
    User.objects.filter(username="staf_semarang").update(is_active=False)
    response = home(client, world, "auditor")
    assert response.context["accounts"] == {"active": 4, "inactive": 1, "never": 3}
    names = {name for name, _note in blocks(response)["belum-pernah-masuk"]}
    assert names == {"admin_semarang", "evaluator_semarang", "manajer_semarang"}


def test_the_national_administrator_sees_which_offices_are_incomplete(client, world):
    Office.objects.update(signatory_name="Kepala")
    Office.objects.filter(pk=world.there.office.pk).update(signatory_name="")
    Office.objects.create(name="Kantor Baru", kind=Office.Kind.UNIT, signatory_name="Kepala")
    client.force_login(world.national)
    assert blocks(client.get(reverse(HOME)))["kantor-belum-lengkap"] == [
        ("BKPSDM Kota Medan", "Belum mempunyai penanda tangan"),
        ("Kantor Baru", "Belum mempunyai wilayah kerja, sehingga penggunanya tidak melihat data"),
    ]


def test_reference_data_that_nobody_checked_is_counted_for_administrators_only(client, world):
    regional = RegionalOffice.objects.create(number="I", seat="Yogyakarta")
    RegionalArea.objects.create(province=world.here.region, regional_office=regional)
    RegionalArea.objects.create(province=world.there.region, regional_office=regional, is_verified=True)
    lines = {role: home(client, world, role).context["unverified"] for role in ("admin", "staf", "auditor")}
    assert [(line.name, line.note) for line in lines["admin"]] == [
        ("Wilayah kerja kantor regional", "1 dari 2 baris belum diverifikasi")
    ]
    assert lines["staf"] == lines["auditor"] == []


def test_an_empty_world_says_what_to_do(client, world):
    office = Office.objects.create(name="Kantor Baru", kind=Office.Kind.LOCAL)
    for role in Role:
        client.force_login(User.objects.create_user(f"baru_{role}", role=role, office=office))
        response = client.get(reverse(HOME))
        assert response.status_code == 200
        assert "Belum ada program yang dimulai pada tahun" in response.content.decode()


def test_a_block_shows_six_lines_and_leads_to_the_rest(client, world):
    for number in range(7):
        run(world.here, f"Rencana {number}", 5, 9, state=STATE.PLANNED)
    response = home(client, world)
    [block] = [block for block in response.context["blocks"] if block.key == "segera-mulai"]
    assert (len(block.lines), block.total) == (6, 7)
    assert "Lihat semua (7)" in response.content.decode()
    assert len(client.get(block.more_url).context["lines"]) == 7


def test_the_rest_of_a_list_is_read_by_who_may(client, world):
    client.force_login(world.here.users["staf"])
    statuses = {
        key: client.get(reverse("overview_list", args=[key])).status_code
        for key in ("segera-mulai", "perubahan-pekan-ini", "kantor-belum-lengkap", "tidak-ada")
    }
    assert statuses == {
        "segera-mulai": 200,
        "perubahan-pekan-ini": 403,
        "kantor-belum-lengkap": 403,
        "tidak-ada": 404,
    }


def test_home_asks_the_same_number_of_queries_for_one_and_for_many(client, world):
    def add(number: int) -> None:
        for place in (world.here, world.there):
            for state in STATE:
                program = run(place, f"Program {number} {state}", -9, 9, state=state)
                hold(program, f"Pretes {number}")
                enrol(program, place.people[0])
                budget(program, 5, None)
            run(place, f"Mulai {number}", 5, 9, state=STATE.PLANNED)
            run(place, f"Kosong {number}")
            recommend(place.evaluation, -1 - number)

    for place in (world.here, world.there):
        open_now(place.surveys["sesudah"])
    add(0)
    users = [*world.here.users.values(), world.national]
    few = {}
    for user in users:
        client.force_login(user)
        few[user.username] = page_queries(client, reverse(HOME))
    for place in (world.here, world.there):
        open_now(place.surveys["sebelum"])
    add(1)
    add(2)
    for user in users:
        client.force_login(user)
        assert page_queries(client, reverse(HOME)) == few[user.username], user
