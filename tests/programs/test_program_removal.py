"""A program that was only planned may be deleted, after a second question about what goes along."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from programs.models import (
    Activity,
    Batch,
    BudgetComponent,
    BudgetLine,
    Material,
    Objective,
    Program,
    Speaker,
    TrainingForm,
)
from tests.world import make_program


@pytest.fixture
def planned(world):
    """A planned program with parts that hang on each other."""
    program = make_program(world.here.region, world.here.office, name="Rencana")
    program.state = "direncanakan"
    program.save()
    Objective.objects.create(program=program, statement="Cepat", indicator="Hari")
    batch = Batch.objects.create(
        program=program, name="Angkatan I", start_date=program.start_date, end_date=program.end_date
    )
    activity = Activity.objects.create(
        program=program,
        batch=batch,
        title="Kelas",
        form=TrainingForm.objects.get(),
        lesson_hours=2,
        start_date=program.start_date,
        end_date=program.start_date,
    )
    Speaker.objects.create(activity=activity, name="Nova Lestari")
    component = BudgetComponent.objects.create(name="Honorarium")
    BudgetLine.objects.create(program=program, component=component, activity=activity, planned=1)
    return program


def exists(program):
    return Program.objects.unscoped("test").filter(pk=program.pk).exists()


def url_of(program):
    return reverse("program_delete", args=[program.pk])


def press(client, program, page=None):
    """Press "Hapus" with the consent that ``page`` asks for."""
    page = page or client.get(url_of(program))
    answer = {"goes_along": page.context["token"], "agreed": "1"}
    return client.post(url_of(program), answer, follow=True)


def test_everything_that_goes_along_is_listed(planned, staff):
    groups = staff.get(url_of(planned)).context["goes_along"]
    assert [(group.kind, group.count, group.names) for group in groups] == [
        ("Anggaran", 1, ("Honorarium",)),
        ("Angkatan", 1, ("Angkatan I",)),
        ("Kegiatan", 1, ("Kelas",)),
        ("Narasumber", 1, ("Nova Lestari",)),
        ("Sasaran", 1, ("Cepat",)),
    ]


def test_the_page_asks_a_second_time_and_the_server_checks_the_answer(planned, staff):
    token = staff.get(url_of(planned)).context["token"]
    for answer in ({}, {"agreed": "1"}, {"goes_along": token}, {"goes_along": "x" * 5000, "agreed": "\0"}):
        response = staff.post(url_of(planned), answer)
        assert response.status_code == 200
        assert 'type="checkbox" name="agreed"' in response.content.decode()
    assert exists(planned)
    response = press(staff, planned)
    assert [str(message) for message in response.context["messages"]] == ["Rencana dihapus."]
    assert response.redirect_chain[-1][0] == reverse("program_list")
    assert not exists(planned)
    assert not Activity.objects.unscoped("test").filter(title="Kelas").exists()


def test_what_was_added_after_the_question_is_asked_about_again(planned, staff):
    page = staff.get(url_of(planned))
    Objective.objects.create(program=planned, statement="Baru", indicator="Hari")
    again = press(staff, planned, page)
    assert again.context["why"] == "Yang ikut terhapus kini berbeda dari yang ditampilkan. Periksa sekali lagi."
    assert exists(planned)


def test_an_empty_draft_goes_at_the_first_press(world, staff):
    program = make_program(world.here.region, world.here.office, name="Kosong")
    program.state = "draf"
    program.save()
    assert "agreed" not in staff.get(url_of(program)).content.decode()
    staff.post(url_of(program))
    assert not exists(program)


@pytest.mark.parametrize("state", Program.State.values)
def test_only_what_was_not_begun_may_go(planned, staff, state):
    planned.state = state
    planned.save()
    page = staff.get(url_of(planned))
    may_go = state in ("draf", "direncanakan")
    assert bool(page.context["held_by"]) != may_go
    press(staff, planned, page)
    assert exists(planned) != may_go


def test_people_and_evaluations_keep_a_program_and_are_named(world, staff):
    program = world.here.program
    program.state = "draf"
    program.save()
    response = press(staff, program)
    assert response.context["held_by"] == ["6 orang yang terdaftar", "evaluasi “Evaluasi Kota Semarang”"]
    assert "btn-danger" not in response.content.decode()
    assert exists(program)


def test_the_files_of_materials_go_with_them(planned, staff, django_capture_on_commit_callbacks):
    material = Material(
        activity=planned.activities.get(), title="Modul", file_name="modul.pdf", size=1, sha256="0"
    )
    material.file.save("modul.pdf", ContentFile(b"x"))
    assert material.file.storage.exists(material.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        press(staff, planned)
    assert not exists(planned)
    assert not material.file.storage.exists(material.file.name)


def test_the_way_to_delete_is_offered_only_where_it_leads_somewhere(planned, world, staff):
    assert url_of(planned) in staff.get(planned.get_absolute_url()).content.decode()
    assert url_of(world.here.program) not in staff.get(world.here.program.get_absolute_url()).content.decode()
