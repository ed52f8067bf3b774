"""A program that was only planned may be deleted, after a second question about what goes along."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from programs.actions.removal import (
    RemovalNotAgreed,
    RemovalRefused,
    companions,
    delete_program,
    holders,
    number_of,
)
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
from tests.access_table.participants import make_certificate
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


def test_everything_that_goes_along_is_listed(planned):
    listed = {part.kind: (part.count, part.names) for part in companions(planned)}
    assert listed == {
        "sasaran": (1, ("Cepat",)),
        "angkatan": (1, ("Angkatan I",)),
        "kegiatan": (1, ("Kelas",)),
        "narasumber": (1, ("Nova Lestari",)),
        "anggaran": (1, ("Honorarium",)),
    }


def test_many_of_a_kind_are_counted_and_the_first_named(planned):
    for number in range(11):
        Objective.objects.create(program=planned, statement=f"S{number:02d}", indicator="Hari")
    (part,) = [part for part in companions(planned) if part.kind == "sasaran"]
    assert (part.count, len(part.names), part.more) == (12, 10, 2)


def test_the_page_asks_a_second_time_and_the_server_checks_the_answer(planned, staff):
    page = staff.get(url_of(planned)).content.decode()
    assert "Kelas" in page
    assert 'name="agreed" value="5"' in page
    for answer in (
        {},
        {"agreed": "0"},
        {"agreed": "4"},
        {"agreed": "x"},
        {"agreed": "9" * 5000},
        {"agreed": "\0"},
    ):
        response = staff.post(url_of(planned), answer)
        assert response.status_code == 200
        assert "Program belum dihapus." in response.content.decode()
    assert exists(planned)
    response = staff.post(url_of(planned), {"agreed": "5"}, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Rencana dihapus."]
    assert response.redirect_chain[-1][0] == reverse("program_list")
    assert not exists(planned)
    assert not Activity.objects.unscoped("test").filter(title="Kelas").exists()


def test_what_was_added_after_the_question_is_asked_about_again(planned):
    agreed = number_of(companions(planned))
    Objective.objects.create(program=planned, statement="Baru", indicator="Hari")
    with pytest.raises(RemovalNotAgreed):
        delete_program(program=planned, agreed=agreed)
    assert exists(planned)


def test_an_empty_draft_goes_at_the_first_press(world, staff):
    program = make_program(world.here.region, world.here.office, name="Kosong")
    program.state = "draf"
    program.save()
    assert "agreed" not in staff.get(url_of(program)).content.decode()
    staff.post(url_of(program))
    assert not exists(program)


@pytest.mark.parametrize("state", Program.State.values)
def test_only_what_was_not_begun_may_go(planned, state):
    planned.state = state
    planned.save()
    assert bool(holders(planned)) == (state not in ("draf", "direncanakan"))
    if holders(planned):
        with pytest.raises(RemovalRefused):
            delete_program(program=planned, agreed=5)
        assert exists(planned)


def test_people_and_evaluations_keep_a_program_and_are_named(world, staff):
    program = world.here.program
    program.state = "draf"
    program.save()
    response = staff.post(url_of(program), {"agreed": "8"})
    assert response.context["held_by"] == ["6 orang yang terdaftar", "evaluasi “Evaluasi Kota Semarang”"]
    assert 'type="submit" class="btn btn-danger"' not in response.content.decode()
    assert exists(program)


def test_a_row_that_must_stay_is_named_rather_than_met_with_an_error(world):
    """A certificate protects its enrolment whatever the page thought before."""
    make_certificate(world.here)
    with pytest.raises(RemovalRefused) as refused:
        companions(world.here.program)
    assert "sertifikat: 001/UJI" in refused.value.held_by


def test_the_files_of_materials_go_with_them(planned, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    material = Material(
        activity=planned.activities.get(), title="Modul", file_name="modul.pdf", size=1, sha256="0"
    )
    material.file.save("modul.pdf", ContentFile(b"x"))
    path = tmp_path / material.file.name
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        delete_program(program=planned, agreed=number_of(companions(planned)))
    assert not path.exists()


def test_the_way_to_delete_is_offered_only_where_it_leads_somewhere(planned, world, staff):
    assert url_of(planned) in staff.get(planned.get_absolute_url()).content.decode()
    assert url_of(world.here.program) not in staff.get(world.here.program.get_absolute_url()).content.decode()
