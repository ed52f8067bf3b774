"""The page of an activity, its form with JP by rule, its warnings, its deletion."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse

from asn_eval.access import POLICY
from programs.models import Activity, Attendance, Batch, BudgetComponent, LessonHourRule, Speaker, TrainingForm
from programs.views.activities import FEE_PERMISSION
from tests.access_table.activities import make_material
from tests.forms import confirm
from tests.programs.test_objective_activity_pages import activity_form
from tests.queries import page_queries


@pytest.fixture
def activity(world) -> Activity:
    return world.here.program.activities.get()


@pytest.fixture
def rule(world) -> LessonHourRule:
    return LessonHourRule.objects.create(
        form=TrainingForm.objects.get(),
        unit="sesi",
        lesson_hours=2,
        maximum=6,
        legal_basis="Peraturan Contoh 1/2026",
        valid_from=date(2026, 1, 1),
    )


def create(staff, world, **changes):
    return staff.post(reverse("activity_create", args=[world.here.program.pk]), activity_form(**changes))


def saved() -> Activity | None:
    return Activity.objects.unscoped("test").filter(title="Kelas Daring").first()


# --- JP ------------------------------------------------------------------------------


def test_empty_hours_are_those_of_the_rule(world, staff, rule):
    response = create(staff, world, lesson_hours="", quantity="2,5", quantity_unit="sesi")
    assert response.url == saved().get_absolute_url()
    assert (saved().lesson_hours, saved().quantity, saved().quantity_unit) == (5, Decimal("2.5"), "sesi")


def test_typed_hours_win_and_the_difference_is_shown(world, staff, rule):
    response = create(staff, world, lesson_hours="8", quantity="2", quantity_unit="sesi")
    assert saved().lesson_hours == 8
    page = staff.get(response.url)
    assert "JP yang dicatat 8,0; menurut aturan konversi 4,0." in [str(text) for text in page.context["messages"]]
    assert page.context["hours_differ"] is True
    assert "berbeda dari aturan" in page.content.decode()


def test_page_names_the_rule_and_that_nobody_verified_it(world, staff, rule):
    page = staff.get(
        create(staff, world, lesson_hours="", quantity="9", quantity_unit="sesi").url
    ).content.decode()
    assert "Menurut aturan konversi: 6,0 JP" in page
    assert "dibatasi paling banyak 6 JP" in page
    assert "Peraturan Contoh 1/2026" in page
    assert "belum diverifikasi" in page
    rule.is_verified = True
    rule.save()
    page = staff.get(saved().get_absolute_url()).content.decode()
    assert "belum diverifikasi" not in page
    assert "Terverifikasi" in page


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({}, "lesson_hours", "Isi JP, atau isi banyaknya dan satuannya agar dihitung dari aturan konversi."),
        ({"quantity": "2"}, "quantity_unit", "Pilih satuannya: sesi, hari, bulan, atau kegiatan."),
        ({"quantity_unit": "sesi"}, "lesson_hours", "Isi JP, atau isi banyaknya sesi agar dihitung."),
        (
            {"quantity": "2", "quantity_unit": "hari"},
            "lesson_hours",
            "Belum ada aturan konversi untuk Workshop per hari pada tanggal ini. Isi JP-nya.",
        ),
    ],
)
def test_hours_that_cannot_be_worked_out_are_asked_for(world, staff, rule, changes, field, message):
    response = create(staff, world, lesson_hours="", **changes)
    assert message in response.context["form"].errors[field]
    assert saved() is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"quantity": "2", "quantity_unit": "sesi", "lesson_hours": "5"}, "Menurut aturan konversi: 4,0 JP"),
        ({"quantity": "2", "quantity_unit": "sesi", "lesson_hours": "5"}, "JP yang diisi 5,0"),
        ({"quantity": "banyak", "quantity_unit": "sesi"}, "Belum ada usulan JP"),
        ({"quantity": "2", "quantity_unit": "abad"}, "Pilih bentuk, banyaknya, dan satuan"),
        ({"quantity": "NaN", "quantity_unit": "sesi"}, "Belum ada usulan JP"),
    ],
)
def test_proposal_is_shown_while_somebody_types(world, staff, rule, query, expected):
    form = TrainingForm.objects.get().pk
    page = staff.get(reverse("activity_hours"), query | {"form": form, "start_date": "2026-03-02"})
    assert expected in page.content.decode()


# --- Warnings ------------------------------------------------------------------------


def test_an_activity_outside_the_program_is_asked_about_once(world, staff):
    first = create(staff, world, start_date="2026-01-31", end_date="2026-07-01")
    form = first.context["form"]
    assert form.errors["__all__"] == [
        "Kegiatan dimulai sebelum program dimulai (1 Februari 2026).",
        "Kegiatan selesai setelah program selesai (30 Juni 2026).",
        "Bila memang demikian, tekan Simpan sekali lagi.",
    ]
    assert "Periksa dulu jadwalnya" in first.content.decode()
    assert saved() is None
    seen = form["seen_warnings"].value()
    second = create(staff, world, start_date="2026-01-31", end_date="2026-07-01", seen_warnings=seen)
    assert second.status_code == 302
    page = staff.get(second.url).content.decode()
    assert "Kegiatan dimulai sebelum program dimulai (1 Februari 2026)." in page


def test_another_warning_is_asked_about_again(world, staff):
    seen = create(staff, world, start_date="2026-01-31").context["form"]["seen_warnings"].value()
    assert create(staff, world, end_date="2026-07-01", seen_warnings=seen).status_code == 200
    assert saved() is None


def test_a_change_that_leaves_the_schedule_alone_asks_nothing(world, staff, activity):
    Activity.objects.unscoped("test").filter(pk=activity.pk).update(start_date=date(2026, 1, 1))
    form = activity_form(
        start_date="2026-01-01", end_date="2026-02-01", delivery="tatap_muka", place="", seen_revision=1
    )
    url = reverse("activity_update", args=[activity.pk])
    assert staff.post(url, form | {"title": "Judul Baru"}).status_code == 302
    form |= {"seen_revision": 2}
    assert staff.post(url, form | {"start_date": "2026-01-02"}).status_code == 200


# --- The page ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees"),
    [("admin", True), ("staf", True), ("evaluator", False), ("manajer", False), ("auditor", False)],
)
def test_fees_are_for_those_who_enter_the_budget(world, client, activity, role, sees):
    Speaker.objects.create(activity=activity, name="Dr. Contoh", fee=1_750_000)
    client.force_login(world.here.users[role])
    page = client.get(activity.get_absolute_url()).content.decode()
    assert "Dr. Contoh" in page
    assert ("1.750.000" in page) is sees
    assert ("Honorarium" in page) is sees


def test_whoever_may_enter_a_speaker_may_see_the_fee():
    may_enter = {role for role, permissions in POLICY.items() if "programs.change_speaker" in permissions}
    assert may_enter == {role for role, permissions in POLICY.items() if FEE_PERMISSION in permissions}


@pytest.mark.parametrize("role", ["manajer", "auditor"])
def test_readers_meet_no_participant_on_the_page(world, client, activity, role):
    Attendance.objects.create(activity=activity, enrollment=world.here.enrollments[0], state="hadir")
    client.force_login(world.here.users[role])
    page = client.get(activity.get_absolute_url()).content.decode()
    assert world.here.people[0].name not in page
    assert "Kehadiran pada" not in page


def test_the_page_counts_attendance(world, staff, activity):
    for enrollment, state in zip(world.here.enrollments, ("hadir", "hadir", "izin"), strict=False):
        Attendance.objects.create(activity=activity, enrollment=enrollment, state=state)
    assert "2 dari 3 peserta yang dicatat hadir." in staff.get(activity.get_absolute_url()).content.decode()


def test_the_page_needs_the_same_queries_for_few_rows_and_for_many(world, staff, activity):
    def fill(number):
        Speaker.objects.create(activity=activity, name=f"Narasumber {number}")
        make_material(activity, digest=str(number))

    fill(1)
    before = page_queries(staff, activity.get_absolute_url())
    fill(2)
    fill(3)
    assert page_queries(staff, activity.get_absolute_url()) == before


def test_only_batches_of_the_program_are_offered(world, staff):
    days = {"start_date": date(2026, 3, 1), "end_date": date(2026, 3, 31)}
    own = Batch.objects.create(program=world.here.program, name="Angkatan I", **days)
    foreign = Batch.objects.create(program=world.there.program, name="Angkatan Lain", **days)
    response = create(staff, world, batch=foreign.pk)
    assert "batch" in response.context["form"].errors
    assert create(staff, world, batch=own.pk).status_code == 302
    assert saved().batch == own


def test_hours_of_the_day_are_kept(world, staff):
    create(staff, world, start_time="08:00", end_time="15.30")
    assert (saved().start_time, saved().end_time) == (time(8), time(15, 30))
    assert "08.00–15.30" in staff.get(saved().get_absolute_url()).content.decode()


# --- Deletion ------------------------------------------------------------------------


def test_deletion_lists_what_goes_along_and_waits_for_consent(world, staff, activity):
    Speaker.objects.create(activity=activity, name="Dr. Contoh")
    Attendance.objects.create(activity=activity, enrollment=world.here.enrollments[0], state="hadir")
    url = reverse("activity_delete", args=[activity.pk])
    page = staff.get(url)
    assert [(group.kind, group.count) for group in page.context["goes_along"]] == [
        ("Kehadiran", 1),
        ("Narasumber", 1),
    ]
    response = staff.post(url, {"goes_along": page.context["token"]})
    assert "Beri tanda persetujuan" in response.content.decode()
    assert world.here.program.activities.exists()
    assert confirm(staff, url).url == world.here.program.get_absolute_url()
    assert not world.here.program.activities.exists()


def test_an_activity_that_the_budget_names_stays(world, staff, activity):
    component = BudgetComponent.objects.create(name="Konsumsi")
    world.here.program.budget_lines.create(
        component=component, activity=activity, planned=100, description="Makan siang"
    )
    page = staff.post(reverse("activity_delete", args=[activity.pk])).content.decode()
    assert "Makan siang" in page
    assert reverse("program_budget", args=[world.here.program.pk]) in page
    assert world.here.program.activities.exists()
