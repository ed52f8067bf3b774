"""Deleting: what goes along is listed and agreed to, what holds is named, and all of it stands in the journal."""

import pytest
from django.test import Client
from django.urls import reverse

from asn_eval.deletion import Deletion, Group
from asn_eval.history.models import LogEntry
from evaluations.models import Invitation, Observation
from programs.models import Activity, Attendance, BudgetComponent, BudgetLine, Person, Speaker
from tests.forms import confirm
from tests.history.entries import all_entries
from tests.queries import count_queries, page_queries

DELETE = LogEntry.Action.DELETE


@pytest.fixture
def activity(world):
    return world.here.program.activities.get()


@pytest.fixture
def url(activity):
    return reverse("activity_delete", args=[activity.pk])


def add_speakers(activity, count, start=0):
    for number in range(start, start + count):
        Speaker.objects.create(activity=activity, name=f"Narasumber {number:02d}")


def still_there(row) -> bool:
    return type(row).objects.unscoped("test").filter(pk=row.pk).exists()


def told(page):
    return {group.kind: (group.count, list(group.names), group.more) for group in page.context["goes_along"]}


def test_a_record_alone_is_asked_about_once(staff, activity, url):
    assert "agreed" not in staff.get(url).content.decode()
    assert staff.post(url).status_code == 302
    assert not still_there(activity)


def test_what_would_go_along_is_listed_with_numbers(staff, activity, url, world):
    add_speakers(activity, 23)
    for enrollment in world.here.enrollments[:3]:
        Attendance.objects.create(activity=activity, enrollment=enrollment, state="hadir")
    page = staff.get(url)
    names = [f"Narasumber {number:02d}" for number in range(5)]
    present = [f"Peserta Kota Semarang {number}" for number in (1, 2, 3)]
    assert told(page) == {"Narasumber": (23, names, 18), "Kehadiran": (3, present, 0)}
    text = " ".join(page.content.decode().split())
    assert "Narasumber (23)" in text
    assert "dan 18 lainnya" in text


def test_what_goes_along_needs_a_second_consent(staff, activity, url):
    add_speakers(activity, 1)
    token = staff.get(url).context["token"]
    for consent in ({}, {"agreed": "1"}, {"goes_along": token}, {"goes_along": "junk", "agreed": "1"}):
        page = staff.post(url, consent)
        assert page.status_code == 200
        assert still_there(activity)
        assert told(page) == {"Narasumber": (1, ["Narasumber 00"], 0)}
    assert staff.post(url, {"goes_along": token, "agreed": "1"}).status_code == 302
    assert not still_there(activity)


def test_consent_holds_for_the_numbers_that_were_shown(staff, activity, url):
    add_speakers(activity, 1)
    token = staff.get(url).context["token"]
    Speaker.objects.create(activity=activity, name="Menyusul")
    page = staff.post(url, {"goes_along": token, "agreed": "1"})
    assert "Yang ikut terhapus kini berbeda dari yang ditampilkan." in page.content.decode()
    assert told(page)["Narasumber"] == (2, ["Narasumber 00", "Menyusul"], 0)
    assert still_there(activity)


def test_everything_that_went_stands_in_the_journal(staff, activity, url, world):
    add_speakers(activity, 2)
    Attendance.objects.create(activity=activity, enrollment=world.here.enrollments[0], state="sakit")
    confirm(staff, url)
    gone = [entry for entry in all_entries() if entry.action == DELETE]
    assert sorted(entry.object_repr for entry in gone) == [
        "Lokakarya",
        "Narasumber 00",
        "Narasumber 01",
        "Peserta Kota Semarang 1, Lokakarya",
    ]
    assert {entry.actor for entry in gone} == {world.here.users["staf"]}
    assert {entry.region for entry in gone} == {world.here.region}
    assert len({entry.cid for entry in gone}) == 1


def test_what_rests_on_it_is_named_at_once_and_it_stays(staff, activity, url, world):
    component = BudgetComponent.objects.create(name="Konsumsi", order=1)
    BudgetLine.objects.create(
        program=world.here.program, activity=activity, component=component, description="Makan siang", planned=1
    )
    add_speakers(activity, 1)
    for page in (staff.get(url), staff.post(url), confirm(staff, url)):
        text = page.content.decode()
        assert "Makan siang" in text
        assert '<button class="btn btn-danger"' not in text
    assert still_there(activity)


def test_a_tie_that_is_cut_is_told_and_stands_in_the_journal(world):
    boss, worker = world.here.people[:2]
    Person.objects.unscoped("test").filter(pk=worker.pk).update(superior=boss)
    boss.enrollments.all().delete()
    deletion = Deletion(boss)
    assert [(field.name, rows) for field, rows in deletion.cleared] == [("superior", [worker])]
    deletion.perform()
    entry = next(entry for entry in all_entries() if entry.object_id == worker.pk and entry.action == 1)
    assert entry.changes == {"superior": ["Peserta Kota Semarang 1", None]}
    assert Person.objects.unscoped("test").get(pk=worker.pk).superior is None


def test_who_was_invited_is_but_a_number(evaluator, world):
    survey = world.here.surveys["sebelum"]
    for enrollment in world.here.enrollments:
        Invitation.objects.create(survey=survey, enrollment=enrollment)
    page = evaluator.get(reverse("survey_delete", args=[survey.pk]))
    assert told(page) == {"Undangan": (6, [], 6)}
    assert world.here.people[0].name not in page.content.decode()


def test_rows_of_another_area_are_but_a_number(world):
    from asn_eval.deletion import groups_of

    user = world.here.users["staf"]
    rows = [*world.here.enrollments[:1], *world.there.enrollments[:2]]
    groups = groups_of(rows, user, lambda model: model.objects.visible_to(user))
    assert groups == [Group("Peserta", 3, ("Peserta Kota Semarang 1",))]
    assert str(groups[0]) == "Peserta (3): Peserta Kota Semarang 1 dan 2 lainnya"


def test_a_role_that_may_not_see_persons_gets_numbers(world):
    from asn_eval.deletion import groups_of

    manager = world.here.users["manajer"]
    groups = groups_of(world.here.enrollments, manager, lambda model: model.objects.visible_to(manager))
    assert groups == [Group("Peserta", 6, ())]


def test_a_record_that_somebody_else_deleted_first_is_told(world, staff, url):
    colleague = Client()
    colleague.force_login(world.here.users["admin"])
    assert colleague.post(url).status_code == 302
    page = staff.post(url)
    assert page.status_code == 410
    assert "dihapus oleh admin_semarang" in page.content.decode()


def test_the_page_asks_the_same_however_many_go(staff, activity, url):
    add_speakers(activity, 1)
    few = page_queries(staff, url)
    add_speakers(activity, 9, start=1)
    assert page_queries(staff, url) == few


def test_the_deletion_asks_the_same_however_many_go(world):
    def ask(count):
        activity = Activity.objects.create(
            program=world.here.program,
            title="Sementara",
            form=world.here.program.activities.first().form,
            lesson_hours=1,
            start_date="2026-02-01",
            end_date="2026-02-01",
        )
        add_speakers(activity, count)
        return count_queries(lambda: Deletion(activity).perform())

    ask(1)
    assert ask(2) == ask(9)


def test_an_action_of_its_own_is_asked_about_like_any_other(world, evaluator):
    row = Observation.objects.create(
        evaluation=world.here.evaluation, unit="Loket", date="2026-07-01", after="Antre"
    )
    assert evaluator.post(reverse("observation_delete", args=[row.pk])).status_code == 302
    assert not still_there(row)


def test_a_view_may_hold_a_record_for_reasons_of_its_own(world, rf):
    """In words, where no row stands for the reason."""
    from programs.views.program_parts import ObjectiveDeleteView

    class Held(ObjectiveDeleteView):
        permission = "programs.delete_objective"

        def find_holders(self):
            return [*super().find_holders(), "laporan yang sudah disahkan"]

    objective = world.here.program.objectives.get()
    request = rf.post("/")
    request.user = world.here.users["staf"]
    page = Held.as_view()(request, pk=objective.pk)
    assert page.context_data["held_by"] == ["laporan yang sudah disahkan"]
    assert "<li>laporan yang sudah disahkan</li>" in page.render().content.decode()
    assert still_there(objective)
