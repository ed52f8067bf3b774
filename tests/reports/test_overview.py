"""The home page: what runs, what is due, what is missing; the same effort however much there is."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from evaluations.models import Evaluation, Invitation, Recommendation, Survey
from programs.models import Program
from tests.queries import page_queries
from tests.world import make_program


def open_now(survey: Survey) -> None:
    today = timezone.localdate()
    survey.state, survey.opens_on, survey.closes_on = Survey.State.OPEN, today, today
    survey.save()


def recommend(evaluation: Evaluation, days: int, **values) -> Recommendation:
    return Recommendation.objects.create(
        evaluation=evaluation,
        statement=f"Langkah {days}",
        kind=Recommendation.Kind.OTHER,
        owner="BKPSDM",
        due_date=timezone.localdate() + timedelta(days=days),
        **values,
    )


def test_home_counts_what_lies_in_the_area(world, staff):
    Program.objects.visible_to(world.national).update(state=Program.State.RUNNING)
    context = staff.get(reverse("home")).context
    assert context["counts"] == {"total": 1, "running": 1}
    assert context["n_evaluations"] == 1


def test_home_names_overdue_recommendations_that_are_still_open(world, staff):
    evaluation = world.here.evaluation
    late, due = recommend(evaluation, -1), recommend(evaluation, 0)
    recommend(evaluation, -2, state=Recommendation.State.DONE)
    context = staff.get(reverse("home")).context
    assert context["n_overdue"] == 1
    assert list(context["recommendations"]) == [late, due]


def test_home_names_finished_programs_without_an_evaluation(world, staff):
    forgotten = make_program(world.here.region, world.here.office, "Terlupakan")
    assert list(staff.get(reverse("home")).context["unevaluated"]) == [forgotten]


def test_home_shows_open_surveys_with_answers_of_those_asked(world, staff):
    survey = world.here.surveys["sesudah"]
    open_now(survey)
    for enrollment in world.here.enrollments[:3]:
        Invitation.objects.create(survey=survey, enrollment=enrollment)
    [shown] = staff.get(reverse("home")).context["open_surveys"]
    assert (shown, shown.n_invited, shown.n_answered) == (survey, 3, 0)


def test_home_asks_the_same_number_of_queries_for_one_and_for_many(world, staff):
    open_now(world.here.surveys["sesudah"])
    recommend(world.here.evaluation, 1)
    make_program(world.here.region, world.here.office, "Satu")
    few = page_queries(staff, reverse("home"))
    open_now(world.here.surveys["sebelum"])
    for number in range(3):
        recommend(world.here.evaluation, number)
        program = make_program(world.here.region, world.here.office, f"Lain {number}")
        Evaluation.objects.create(
            program=program, title=f"E{number}", start_date=program.start_date, end_date=program.end_date
        )
        make_program(world.here.region, world.here.office, f"Terlupakan {number}")
    assert page_queries(staff, reverse("home")) == few
