"""Objectives in their order and with doubtful targets; batches within their program."""

import pytest
from django.urls import reverse

from programs.actions.objectives import shift_objective
from programs.models import Batch, Objective
from tests.programs.test_objective_activity_pages import OBJECTIVE


def post_objective(staff, world, **changes):
    return staff.post(reverse("objective_create", args=[world.here.program.pk]), OBJECTIVE | changes)


# --- Objectives ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("polarity", "baseline", "target", "question"),
    [
        ("naik", "3", "4", None),
        ("naik", "3", "3", None),
        ("naik", "", "2", None),
        ("naik", "3", "", None),
        ("naik", "3", "2,5", "Target ini lebih rendah daripada nilai awal, padahal makin tinggi makin baik."),
        ("turun", "7,5", "3", None),
        ("turun", "7", "8", "Target ini lebih tinggi daripada nilai awal, padahal makin rendah makin baik."),
    ],
)
def test_a_target_against_the_polarity_is_asked_about_once(world, staff, polarity, baseline, target, question):
    values = {"polarity": polarity, "baseline": baseline, "target": target}
    response = post_objective(staff, world, **values)
    if question is None:
        assert response.status_code == 302
        return
    form = response.context["form"]
    assert form.errors == {"target": [question]}
    assert "Isian sudah diperiksa dan memang demikian" in response.content.decode()
    assert world.here.program.objectives.count() == 1
    assert post_objective(staff, world, is_certain="on", **values).status_code == 302
    assert world.here.program.objectives.last().goes_against_polarity
    assert "berlawanan dengan arah" in staff.get(world.here.program.get_absolute_url()).content.decode()


def test_a_tick_does_not_hide_another_mistake(world, staff):
    response = post_objective(staff, world, is_certain="on", target="1.000")
    assert set(response.context["form"].errors) == {"target"}
    assert world.here.program.objectives.count() == 1


def statements(world):
    return [row.statement for row in world.here.program.objectives.all()]


@pytest.fixture
def three(world, staff):
    Objective.objects.unscoped("test").all().delete()
    for statement in "ABC":
        post_objective(staff, world, statement=statement)


@pytest.mark.parametrize(
    ("row", "way", "expected"),
    [
        ("A", "turun", "BAC"),
        ("A", "naik", "ABC"),
        ("C", "naik", "ACB"),
        ("C", "turun", "ABC"),
        ("B", "naik", "BAC"),
        ("B", "samping", "ABC"),
        ("B", "", "ABC"),
        ("B", "\0", "ABC"),
    ],
)
def test_objectives_are_put_in_order(world, three, staff, row, way, expected):
    objective = world.here.program.objectives.get(statement=row)
    response = staff.post(reverse("objective_shift", args=[objective.pk]), {"arah": way})
    assert response.url == f"{world.here.program.get_absolute_url()}#sasaran"
    assert statements(world) == list(expected)


def test_rows_without_an_order_keep_the_one_they_were_made_in(world):
    """Rows of an import or an older version all carry zero."""
    program = world.here.program
    Objective.objects.create(program=program, statement="Kedua", indicator="Skor")
    third = Objective.objects.create(program=program, statement="Ketiga", indicator="Skor")
    shift_objective(objective=third, steps=-1)
    assert statements(world) == ["Kompetensi meningkat", "Ketiga", "Kedua"]


def test_an_order_that_is_changed_leaves_an_open_form_valid(world, three, staff):
    objective = world.here.program.objectives.get(statement="A")
    staff.post(reverse("objective_shift", args=[objective.pk]), {"arah": "turun"})
    url = reverse("objective_update", args=[objective.pk])
    assert staff.post(url, OBJECTIVE | {"statement": "A2", "seen_revision": 1}).status_code == 302
    assert statements(world) == ["B", "A2", "C"]


def test_an_objective_that_somebody_else_changed_is_not_written_over(world, staff):
    objective = world.here.program.objectives.get()
    url = reverse("objective_update", args=[objective.pk])
    assert staff.post(url, OBJECTIVE | {"statement": "Satu", "seen_revision": 1}).status_code == 302
    response = staff.post(url, OBJECTIVE | {"statement": "Dua", "seen_revision": 1})
    assert [point.stored for point in response.context["form"].conflict.points] == ["Satu"]
    assert statements(world) == ["Satu"]


# --- Batches -------------------------------------------------------------------------


def batch_form(**changes):
    return {
        "name": "Angkatan I",
        "capacity": "30",
        "start_date": "2026-02-02",
        "end_date": "2026-02-13",
        "place": "Aula",
    } | changes


def post_batch(staff, world, **changes):
    return staff.post(reverse("batch_create", args=[world.here.program.pk]), batch_form(**changes))


@pytest.fixture
def batch(world):
    return Batch.objects.create(
        program=world.here.program, name="Angkatan I", start_date="2026-02-02", end_date="2026-02-13"
    )


def test_a_batch_is_added_and_leads_back(world, staff):
    response = post_batch(staff, world)
    assert response.url == world.here.program.get_absolute_url()
    (batch,) = world.here.program.batches.all()
    assert (batch.name, batch.capacity, batch.place) == ("Angkatan I", 30, "Aula")


def test_a_new_batch_begins_and_ends_with_its_program(world, staff):
    form = staff.get(reverse("batch_create", args=[world.here.program.pk])).context["form"]
    program = world.here.program
    assert (form["start_date"].value(), form["end_date"].value()) == (program.start_date, program.end_date)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"end_date": "2026-02-01"}, "end_date", "Tanggal selesai tidak boleh mendahului tanggal mulai."),
        ({"start_date": "0206-02-02"}, "start_date", "Tahun ini tampaknya keliru; periksa tanggalnya."),
        ({"capacity": "0"}, "capacity", "Pastikan nilai ini lebih besar dari atau sama dengan 1."),
        ({"capacity": "-1"}, "capacity", None),
        ({"capacity": "9" * 30}, "capacity", None),
        ({"capacity": "banyak"}, "capacity", "Masukkan keseluruhan angka bilangan."),
        ({"name": ""}, "name", "Bidang ini tidak boleh kosong."),
        ({"name": "a\0"}, "name", None),
    ],
)
def test_a_wrong_batch_is_refused_at_its_field(world, staff, changes, field, message):
    errors = post_batch(staff, world, **changes).context["form"].errors
    assert set(errors) == {field}
    assert message is None or message in errors[field]
    assert not world.here.program.batches.exists()


def test_the_name_of_a_batch_is_given_once(world, batch, staff):
    errors = post_batch(staff, world).context["form"].errors
    assert errors == {"__all__": ["Angkatan dengan nama ini sudah ada pada program."]}


def test_a_batch_outside_its_program_is_asked_about_once(world, staff):
    dates = {"start_date": "2026-01-26", "end_date": "2026-07-03"}
    response = post_batch(staff, world, **dates)
    assert response.context["form"].errors == {
        "start_date": ["Angkatan dimulai sebelum program, yang dimulai pada 1 Februari 2026."],
        "end_date": ["Angkatan berakhir setelah program, yang berakhir pada 30 Juni 2026."],
    }
    assert post_batch(staff, world, is_certain="on", **dates).status_code == 302


def test_a_batch_smaller_than_its_people_or_shorter_than_its_activities_is_asked_about(world, batch, staff):
    program = world.here.program
    program.activities.update(batch=batch)  # on 1 February
    program.enrollments.update(batch=batch)
    url = reverse("batch_update", args=[batch.pk])
    form = batch_form(capacity="5", seen_revision=1)
    assert staff.post(url, form).context["form"].errors == {
        "start_date": ["Kegiatan “Lokakarya” berada di luar masa angkatan ini."],
        "capacity": ["Yang sudah terdaftar pada angkatan ini 6 orang."],
    }
    assert staff.post(url, form | {"is_certain": "on"}).status_code == 302


def test_a_batch_that_others_rest_on_stays_and_says_who(world, batch, staff):
    world.here.program.activities.update(batch=batch)
    world.here.program.enrollments.update(batch=batch)
    response = staff.post(reverse("batch_delete", args=[batch.pk]))
    assert response.context["held_by"] == ["kegiatan “Lokakarya”", "6 peserta"]
    assert world.here.program.batches.exists()


def test_a_batch_that_nobody_needs_is_removed(world, batch, staff):
    response = staff.post(reverse("batch_delete", args=[batch.pk]))
    assert response.url == world.here.program.get_absolute_url()
    assert not world.here.program.batches.exists()


@pytest.mark.parametrize("name", ["batch_create", "program_copy", "program_delete", "program_state"])
def test_nothing_is_done_to_a_program_of_another_area(world, staff, name):
    url = reverse(name, args=[world.there.program.pk])
    assert staff.post(url, batch_form(state="dievaluasi", agreed="2")).status_code == 404
    world.there.program.refresh_from_db()
    assert world.there.program.state == "selesai"
