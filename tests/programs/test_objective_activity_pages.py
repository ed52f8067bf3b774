import pytest
from django.urls import reverse

from programs.models import Activity, Objective, TrainingForm
from tests.forms import confirm

OBJECTIVE = {
    "statement": "Waktu layanan turun",
    "indicator": "Rata-rata hari",
    "unit": "hari",
    "polarity": "turun",
    "baseline": "7,5",
    "target": "3",
}


def activity_form(**changes):
    return {
        "title": "Kelas Daring",
        "form": TrainingForm.objects.get().pk,
        "delivery": "daring",
        "method": "simulasi",
        "topic": "Layanan prima",
        "lesson_hours": "4,5",
        "start_date": "2026-03-02",
        "end_date": "2026-03-03",
        "place": "Aula kecamatan",
    } | changes


def test_an_objective_is_added_to_its_program_and_leads_back(world, staff):
    response = staff.post(reverse("objective_create", args=[world.here.program.pk]), OBJECTIVE)
    objective = Objective.objects.unscoped("test").get(statement="Waktu layanan turun")
    assert response.url == world.here.program.get_absolute_url()
    assert objective.program == world.here.program
    assert (str(objective.baseline), str(objective.target), objective.polarity) == ("7.50", "3.00", "turun")


def test_an_objective_is_changed_and_removed(world, staff):
    objective = world.here.program.objectives.get()
    staff.post(reverse("objective_update", args=[objective.pk]), OBJECTIVE | {"seen_revision": 1})
    objective.refresh_from_db()
    assert objective.indicator == "Rata-rata hari"
    response = staff.post(reverse("objective_delete", args=[objective.pk]), follow=True)
    assert str(list(response.context["messages"])[-1]) == "Waktu layanan turun dihapus."
    assert response.redirect_chain[-1][0] == world.here.program.get_absolute_url()
    assert not world.here.program.objectives.exists()


def test_an_activity_is_added_with_its_hours(world, staff):
    response = staff.post(reverse("activity_create", args=[world.here.program.pk]), activity_form())
    activity = Activity.objects.unscoped("test").get(title="Kelas Daring")
    assert response.status_code == 302
    assert (str(activity.lesson_hours), activity.program, activity.delivery) == (
        "4.5",
        world.here.program,
        "daring",
    )


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"start_time": "10:00", "end_time": "10:00"}, "end_time", "Jam selesai harus sesudah jam mulai."),
        ({"end_date": "2026-03-01"}, "end_date", "Tanggal selesai tidak boleh mendahului tanggal mulai."),
        ({"lesson_hours": "-1"}, "lesson_hours", None),
        ({"lesson_hours": "empat"}, "lesson_hours", None),
        ({"form": "999999"}, "form", None),
        ({"title": ""}, "title", None),
    ],
)
def test_a_wrong_activity_is_refused_at_its_field(world, staff, changes, field, message):
    response = staff.post(reverse("activity_create", args=[world.here.program.pk]), activity_form(**changes))
    errors = response.context["form"].errors
    assert field in errors
    assert message is None or message in errors[field]
    assert "Aula kecamatan" in response.content.decode()
    assert not Activity.objects.unscoped("test").filter(title="Kelas Daring").exists()


def test_forms_of_training_are_offered_by_track(world, staff):
    TrainingForm.objects.create(code="coaching", name="Coaching", track="nonklasikal")
    form = staff.get(reverse("activity_create", args=[world.here.program.pk])).context["form"]
    groups = [(str(label), [name for _pk, name in names]) for label, names in form.fields["form"].choices[1:]]
    assert groups == [("Klasikal", ["Workshop (SIASN 4)"]), ("Nonklasikal", ["Coaching"])]


def test_a_new_activity_begins_with_the_program(world, staff):
    form = staff.get(reverse("activity_create", args=[world.here.program.pk])).context["form"]
    assert form["start_date"].value() == world.here.program.start_date


def test_an_activity_is_changed_and_removed(world, staff):
    activity = world.here.program.activities.get()
    staff.post(
        reverse("activity_update", args=[activity.pk]), activity_form(title="Lokakarya Dua", seen_revision=1)
    )
    activity.refresh_from_db()
    assert activity.title == "Lokakarya Dua"
    confirm(staff, reverse("activity_delete", args=[activity.pk]))
    assert not world.here.program.activities.exists()


@pytest.mark.parametrize("name", ["objective_create", "activity_create", "enrollment_create"])
def test_nothing_is_added_to_a_program_of_another_area(world, staff, name):
    assert staff.post(reverse(name, args=[world.there.program.pk]), OBJECTIVE).status_code == 404
