"""Two members of staff have the same program open."""

from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from programs.forms.programs import ProgramForm
from programs.models import Program
from tests.concurrency import at_once
from tests.programs.test_program_pages import program_form
from tests.world import build_world


@pytest.fixture
def desks(world):
    """The pages of two colleagues who opened the same program at the same revision."""
    colleagues = Client(), Client()
    colleagues[0].force_login(world.here.users["staf"])
    colleagues[1].force_login(world.here.users["admin"])
    return colleagues


def update_url(world):
    return reverse("program_update", args=[world.here.program.pk])


def stored(world):
    return Program.objects.unscoped("test").get(pk=world.here.program.pk)


def typed(world, **changes):
    own = {"name": world.here.program.name, "start_date": "2026-02-01", "end_date": "2026-06-30"}
    return program_form(world, **own | changes)


def test_the_second_sees_what_changed_and_keeps_what_was_typed(world, desks):
    first, second = desks
    forms = [desk.get(update_url(world)).context["form"] for desk in desks]
    assert [form["seen_revision"].value() for form in forms] == [1, 1]

    response = first.post(update_url(world), typed(world, aims="Tujuan pertama", seen_revision=1))
    assert response.status_code == 302

    response = second.post(update_url(world), typed(world, aims="Tujuan kedua", seen_revision=1))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Data ini telah diubah orang lain" in page
    points = response.context["form"].conflict.points
    assert [(point.label, point.stored, point.typed) for point in points] == [
        ("Tujuan umum", "Tujuan pertama", "Tujuan kedua")
    ]
    assert page.count("Tujuan kedua") == 2  # beside the stored value, and in the form
    assert (stored(world).aims, stored(world).revision) == ("Tujuan pertama", 2)

    seen = response.context["form"]["seen_revision"].value()
    assert second.post(update_url(world), typed(world, aims="Tujuan kedua", seen_revision=seen)).status_code == 302
    assert (stored(world).aims, stored(world).revision) == ("Tujuan kedua", 3)


def test_nobody_is_stopped_when_nobody_else_saved(world, desks):
    first, _second = desks
    for revision in (1, 2):
        form = typed(world, aims=f"Tujuan {revision}", seen_revision=revision)
        assert first.post(update_url(world), form).status_code == 302
    assert (stored(world).aims, stored(world).revision) == ("Tujuan 2", 3)


@pytest.mark.parametrize("seen", ["", "0", "99", "abc"])
def test_a_form_that_cannot_say_what_it_saw_saves_nothing(world, desks, seen):
    first, _second = desks
    assert first.post(update_url(world), typed(world, aims="Paksa", seen_revision=seen)).status_code == 200
    assert stored(world).aims == ""


def test_a_move_between_opening_and_saving_is_not_written_over(world, desks):
    first, second = desks
    second.post(reverse("program_state", args=[world.here.program.pk]), {"state": "dievaluasi"})
    assert first.post(update_url(world), typed(world, aims="Tujuan", seen_revision=1)).status_code == 302
    assert (stored(world).aims, stored(world).state) == ("Tujuan", "dievaluasi")


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_in_one_moment_exactly_one_saves():
    world = build_world()

    def press(role, aims):
        client = Client(raise_request_exception=False)
        client.force_login(world.here.users[role])
        return partial(client.post, update_url(world), typed(world, aims=aims, seen_revision=1))

    answers = at_once(press("staf", "Satu"), press("admin", "Dua"))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert stored(world).revision == 2


@pytest.mark.parametrize("revision", ["", "abc", "-1", "0", "9" * 40, "1.5"])
def test_a_revision_that_was_tampered_with_saves_nothing(world, desks, revision):
    response = desks[0].post(update_url(world), typed(world, aims="Isian saya", seen_revision=revision))
    assert response.status_code == 200
    assert "Isian saya" in response.content.decode()
    assert (stored(world).aims, stored(world).revision) == ("", 1)


def test_saving_the_form_leaves_a_state_that_was_moved_meanwhile(world):
    user = world.here.users["staf"]
    program = stored(world)
    form = ProgramForm(typed(world, seen_revision=1), instance=program, user=user)
    Program.objects.visible_to(user).update(state=Program.State.EVALUATED)
    with transaction.atomic():
        assert form.is_valid(), form.errors
        form.save()
    assert (stored(world).state, stored(world).revision) == (Program.State.EVALUATED, 2)
