"""Status, batch and leaving: one by one and for many at once; people found while somebody types."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from asn_eval.history.models import LogEntry
from programs.actions.participants import set_batch, set_status
from programs.models import ENROLLMENT_TRANSITIONS, Activity, Attendance, Batch, Enrollment
from tests.forms import confirm
from tests.history.entries import entries_of
from tests.programs.rosters import nip
from tests.programs.test_participant_pages import errors_of, form_of
from tests.queries import count_queries, page_queries
from tests.world import add_participant, make_program

STATUS = Enrollment.Status


def stored(enrollment: Enrollment) -> Enrollment:
    return Enrollment.objects.unscoped("test").get(pk=enrollment.pk)


def make_batch(program, name="Angkatan I", capacity=None) -> Batch:
    return Batch.objects.create(
        program=program, name=name, start_date=date(2026, 2, 1), end_date=date(2026, 3, 1), capacity=capacity
    )


def keys(world) -> list[int]:
    return [enrollment.pk for enrollment in world.here.enrollments]


def test_every_status_has_its_ordinary_ways_on():
    assert set(ENROLLMENT_TRANSITIONS) == set(STATUS)
    assert {target for targets in ENROLLMENT_TRANSITIONS.values() for target in targets} == set(STATUS) - {
        "diundang"
    }


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"exit_reason": "", "exit_note": ""}, {"exit_reason": ["Pilih alasan berhenti."]}),
        (
            {"exit_reason": "lain", "exit_note": ""},
            {"exit_note": ["Tuliskan alasannya, karena yang dipilih “Lainnya”."]},
        ),
        ({"exit_reason": "mutasi", "exit_note": ""}, {}),
        ({"exit_reason": "lain", "exit_note": "Tugas belajar"}, {}),
    ],
)
def test_whoever_withdraws_says_why(world, staff, changes, refused):
    enrollment = world.here.enrollments[0]
    url = reverse("enrollment_update", args=[enrollment.pk])
    response = staff.post(url, form_of(nip=nip(9), status="mengundurkan_diri", seen_revision=1) | changes)
    if refused:
        assert errors_of(response) == refused
        assert stored(enrollment).status == "terdaftar"
    else:
        saved = stored(enrollment)
        assert (saved.status, saved.exit_reason, saved.exit_note) == ("mengundurkan_diri", *changes.values())


def test_whoever_comes_back_loses_the_reason(world, staff):
    enrollment = world.here.enrollments[0]
    Enrollment.objects.unscoped("test").filter(pk=enrollment.pk).update(
        status=STATUS.WITHDRAWN, exit_reason="mutasi", exit_note="Ke Demak"
    )
    url = reverse("enrollment_update", args=[enrollment.pk])
    form = form_of(nip=nip(9), status="hadir", exit_reason="mutasi", exit_note="Ke Demak")
    assert staff.post(url, form).status_code == 302
    saved = stored(enrollment)
    assert (saved.status, saved.exit_reason, saved.exit_note) == ("hadir", "", "")


def test_many_change_status_with_one_entry_of_history_each(world):
    before = LogEntry.objects.unscoped("test").count()
    assert set_status(program=world.here.program, enrollments=keys(world)[:4], status="selesai") == 4
    assert [stored(row).status for row in world.here.enrollments] == ["selesai"] * 4 + ["terdaftar"] * 2
    assert [stored(row).revision for row in world.here.enrollments] == [2] * 4 + [1] * 2
    assert LogEntry.objects.unscoped("test").count() == before + 4


def test_many_change_with_the_queries_of_few(world):
    program, pks = world.here.program, keys(world)
    batch = make_batch(program)

    def queries(some):
        return (
            count_queries(lambda: set_status(program=program, enrollments=some, status=STATUS.ATTENDED)),
            count_queries(lambda: set_batch(program=program, enrollments=some, batch=batch)),
        )

    assert queries(pks[:1]) == queries(pks[1:])
    before = stored(world.here.enrollments[5]).updated_at
    set_batch(program=program, enrollments=pks, batch=None)
    last = stored(world.here.enrollments[5])
    assert (last.status, last.batch, last.revision) == (STATUS.ATTENDED, None, 4)
    assert last.updated_at > before
    assert [entry.changes for entry in entries_of(last)[-3:]] == [
        {"status": ["terdaftar", "hadir"]},
        {"batch": [None, "Angkatan I"]},
        {"batch": ["Angkatan I", None]},
    ]


def test_a_correction_is_made_only_when_told_so(world):
    program, rows = world.here.program, keys(world)
    set_status(program=program, enrollments=rows, status="selesai")
    assert set_status(program=program, enrollments=rows, status="diundang") == 0
    assert set_status(program=program, enrollments=rows, status="diundang", corrections=True) == 6
    assert set_status(program=program, enrollments=rows, status="diundang", corrections=True) == 0


def test_many_withdraw_with_one_reason_or_not_at_all(world):
    program, rows = world.here.program, keys(world)
    for reason in ("", "bosan"):
        with pytest.raises(ValidationError):
            set_status(program=program, enrollments=rows, status="mengundurkan_diri", exit_reason=reason)
    assert program.enrollments.filter(status="terdaftar").count() == 6
    set_status(program=program, enrollments=rows[:2], status="mengundurkan_diri", exit_reason="jarak")
    assert program.enrollments.filter(status="mengundurkan_diri", exit_reason="jarak").count() == 2


def test_rows_of_another_program_are_left_alone(world):
    foreign = world.there.enrollments[0]
    assert set_status(program=world.here.program, enrollments=[foreign.pk], status="selesai") == 0
    assert set_batch(program=world.here.program, enrollments=[foreign.pk], batch=None) == 0
    with pytest.raises(ValueError, match="another program"):
        set_batch(program=world.here.program, enrollments=keys(world), batch=make_batch(world.there.program))
    assert stored(foreign).status == "terdaftar"


def bulk_url(world) -> str:
    return reverse("participants_bulk", args=[world.here.program.pk])


def test_chosen_rows_are_counted_confirmed_and_changed(world, staff):
    rows = keys(world)[:2]
    page = staff.get(bulk_url(world), {"pilih": [*rows, "x", world.there.enrollments[0].pk]})
    assert [row.pk for row in page.context["chosen"]] == rows
    form = {"rows": ",".join(map(str, rows)), "what": "status", "status": "selesai"}
    confirmation = staff.post(bulk_url(world), form)
    assert "2 peserta akan menjadi “Selesai”" in confirmation.content.decode()
    assert stored(world.here.enrollments[0]).status == "terdaftar"
    answer = staff.post(bulk_url(world), form | {"confirmed": "1"}, follow=True)
    assert "2 dari 2 peserta kini “Selesai”." in answer.content.decode()
    assert stored(world.here.enrollments[0]).status == "selesai"


def test_all_filtered_rows_are_chosen_without_ticking_them(world, staff):
    set_status(program=world.here.program, enrollments=keys(world)[:4], status="hadir")
    page = staff.get(bulk_url(world), {"semua": "1", "status": "hadir"})
    assert len(page.context["chosen"]) == 4
    assert page.context["form"]["rows"].value() == ",".join(map(str, keys(world)[:4]))


def test_a_correction_of_many_is_named_and_waits_for_a_tick(world, staff):
    set_status(program=world.here.program, enrollments=keys(world), status="selesai")
    form = {"rows": ",".join(map(str, keys(world))), "what": "status", "status": "hadir"}
    page = staff.post(bulk_url(world), form).content.decode()
    assert "6 peserta tidak lazim menjadi “Hadir” dari status sekarang:" in page
    staff.post(bulk_url(world), form | {"confirmed": "1"})
    assert stored(world.here.enrollments[0]).status == "selesai"
    staff.post(bulk_url(world), form | {"confirmed": "1", "corrections": "1"})
    assert stored(world.here.enrollments[0]).status == "hadir"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": ""}, "status"),
        ({"status": "mengundurkan_diri"}, "exit_reason"),
        ({"status": "hilang"}, "status"),
        ({"what": "nama"}, "what"),
    ],
)
def test_a_wrong_change_of_many_is_refused_at_its_field(world, staff, changes, field):
    form = {"rows": str(keys(world)[0]), "what": "status", "status": "selesai", "confirmed": "1"}
    response = staff.post(bulk_url(world), form | changes)
    assert list(errors_of(response)) == [field]
    assert stored(world.here.enrollments[0]).status == "terdaftar"


@pytest.mark.parametrize("rows", ["", "x,y", "9" * 40, "1;drop", "\0"])
def test_keys_that_are_none_choose_nobody(world, staff, rows):
    form = {"rows": rows, "what": "status", "status": "selesai", "confirmed": "1"}
    assert staff.post(bulk_url(world), form).status_code in (200, 302)
    assert not world.here.program.enrollments.filter(status="selesai").exists()


def test_a_batch_that_grows_too_large_is_said_and_saved(world, staff):
    batch = make_batch(world.here.program, capacity=5)
    form = {"rows": ",".join(map(str, keys(world))), "what": "angkatan", "batch": batch.pk, "confirmed": "1"}
    page = staff.post(bulk_url(world), form, follow=True).content.decode()
    assert "Angkatan I kini berisi 6 orang, melebihi daya tampung 5." in page
    assert batch.enrollments.count() == 6


def test_the_batch_of_another_program_cannot_be_chosen(world, staff):
    make_batch(world.here.program)
    foreign = make_batch(world.there.program)
    form = {"rows": str(keys(world)[0]), "what": "angkatan", "batch": foreign.pk, "confirmed": "1"}
    assert list(errors_of(staff.post(bulk_url(world), form))) == ["batch"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "hadir"}, 2),
        ({"batch": "tanpa"}, 5),
        ({"batch": "BATCH"}, 1),
        ({"group": "pembanding"}, 0),
        ({"unit": "UNIT"}, 6),
        ({"unit": "999999"}, 6),
        ({"status": "' or 1=1"}, 6),
        ({"status": "hadir", "q": "semarang 1"}, 1),
    ],
)
def test_the_list_is_narrowed_by_what_the_address_says(world, staff, query, expected):
    batch = make_batch(world.here.program)
    set_batch(program=world.here.program, enrollments=keys(world)[-1:], batch=batch)
    set_status(program=world.here.program, enrollments=keys(world)[:2], status="hadir")
    known = {"BATCH": batch.pk, "UNIT": world.here.agency.pk}
    query = {name: known.get(value, value) for name, value in query.items()}
    page = staff.get(reverse("program_participants", args=[world.here.program.pk]), query)
    assert page.context["paginator"].count == expected


def test_save_and_add_another_stays_at_the_form(world, staff):
    url = reverse("enrollment_create", args=[world.here.program.pk])
    assert staff.post(url, form_of(again="1")).url == url
    person = world.here.program.enrollments.get(person__nip=nip(1)).person
    assert person.birth_date == date(1990, 1, 1)


def test_a_known_person_is_found_while_typing_and_fills_the_form(world, staff):
    program = make_program(world.here.region, world.here.office, name="Program kedua")
    url = reverse("person_suggestions", args=[program.pk])
    known = world.here.people[0]
    create_url = reverse("enrollment_create", args=[program.pk])
    for query in ({"name": "peserta kota SEMARANG 1"}, {"nip": known.nip_printed}):
        page = staff.get(url, query).content.decode()
        assert f'<a href="{create_url}?pegawai={known.pk}">{known.name}</a>' in page
    form = staff.get(create_url, {"pegawai": known.pk}).context["form"]
    assert (form["nip"].value(), form["unit"].value()) == (known.nip_printed, "Dinas Kota Semarang")


@pytest.mark.parametrize("query", [{}, {"name": "ab"}, {"nip": "19"}, {"name": "Medan 1"}, {"name": "\0\0\0"}])
def test_strangers_and_short_texts_find_nobody(world, staff, query):
    url = reverse("person_suggestions", args=[world.here.program.pk])
    assert staff.get(url, query).content.decode().strip() == ""


def test_somebody_of_another_area_fills_no_form(world, staff):
    url = reverse("enrollment_create", args=[world.here.program.pk])
    for key in (world.there.people[0].pk, "x", "9" * 30):
        assert world.there.people[0].name not in staff.get(url, {"pegawai": key}).content.decode()


def test_suggestions_need_the_same_queries_for_one_and_for_many(world, staff):
    url = reverse("person_suggestions", args=[world.here.program.pk]) + "?name=peserta+kota"
    before = page_queries(staff, url)
    add_participant(world.here, 20)
    assert page_queries(staff, url) == before


def test_what_goes_along_with_a_participant_is_named_and_asked_for(world, staff):
    enrollment = world.here.enrollments[0]
    activity = Activity.objects.unscoped("test").get(program=world.here.program)
    Attendance.objects.create(activity=activity, enrollment=enrollment, state="hadir")
    url = reverse("enrollment_delete", args=[enrollment.pk])
    assert "kehadiran" in staff.get(url).content.decode().lower()
    assert staff.post(url).status_code == 200
    assert world.here.program.enrollments.filter(pk=enrollment.pk).exists()
    assert confirm(staff, url).status_code == 302
    assert not world.here.program.enrollments.filter(pk=enrollment.pk).exists()
    assert not Attendance.objects.unscoped("test").exists()
