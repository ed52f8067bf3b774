"""Planning, opening and inviting."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from evaluations.actions.evaluations import change_evaluation_state
from evaluations.actions.surveys import WavePlan, change_survey_state, invite, plan_waves
from evaluations.models import EVALUATION_TRANSITIONS, SURVEY_TRANSITIONS, Evaluation, Survey
from programs.models import Enrollment
from tests.evaluations.surveying import public_survey
from tests.world import add_participant, make_instrument

WAVES = (
    WavePlan("sebelum", date(2026, 1, 5), date(2026, 1, 31)),
    WavePlan("sesudah", date(2026, 7, 1), date(2026, 7, 31)),
)


def plan(world, version, group="peserta", mode="rahasia", waves=WAVES):
    return plan_waves(evaluation=world.here.evaluation, version=version, group=group, mode=mode, waves=waves)


def test_both_waves_are_planned_at_once(world):
    surveys = plan(world, make_instrument("lain"))
    assert [(each.wave, each.opens_on, each.closes_on, each.state, each.public_token) for each in surveys] == [
        ("sebelum", date(2026, 1, 5), date(2026, 1, 31), "draf", None),
        ("sesudah", date(2026, 7, 1), date(2026, 7, 31), "draf", None),
    ]


def test_public_waves_get_a_token_of_their_own(world):
    before, after = plan(world, make_instrument("lain"), group="masyarakat", mode="anonim")
    assert before.public_token != after.public_token
    assert min(len(before.public_token), len(after.public_token)) == 16


def test_no_wave_is_planned_when_one_cannot_be(world):
    version = make_instrument("lain")
    plan(world, version, waves=WAVES[1:])
    with pytest.raises(ValidationError, match="sudah ada"):
        plan(world, version)
    assert [each.wave for each in world.here.evaluation.surveys.filter(version=version)] == ["sesudah"]


@pytest.mark.parametrize("start", Survey.State.values)
@pytest.mark.parametrize("end", Survey.State.values)
def test_a_survey_takes_only_the_steps_of_the_table(world, start, end):
    survey = world.here.surveys["sesudah"]
    survey.state = start
    survey.save()
    if end in SURVEY_TRANSITIONS[start]:
        assert change_survey_state(survey=survey, state=end).state == end
    else:
        with pytest.raises(ValidationError):
            change_survey_state(survey=survey, state=end)
    survey.refresh_from_db()
    assert survey.state == (end if end in SURVEY_TRANSITIONS[start] else start)


def test_opening_invites_both_groups_but_not_who_withdrew(world):
    people = world.here.enrollments
    people[0].group, people[1].status = Enrollment.Group.COMPARISON, Enrollment.Status.WITHDRAWN
    for enrollment in people[:2]:
        enrollment.save()
    survey = change_survey_state(survey=world.here.surveys["sesudah"], state="dibuka")
    invited = set(survey.invitations.values_list("enrollment", flat=True))
    assert invited == {each.pk for each in people} - {people[1].pk}
    assert len(set(survey.invitations.values_list("token", flat=True))) == 5


def test_reopening_keeps_every_link(world):
    survey = change_survey_state(survey=world.here.surveys["sesudah"], state="dibuka")
    links = list(survey.invitations.order_by("pk").values_list("pk", "token"))
    survey = change_survey_state(survey=change_survey_state(survey=survey, state="ditutup"), state="dibuka")
    assert list(survey.invitations.order_by("pk").values_list("pk", "token")) == links


def test_a_survey_without_participants_does_not_open(world):
    world.here.program.enrollments.all().delete()
    with pytest.raises(ValidationError, match="belum mempunyai peserta"):
        change_survey_state(survey=world.here.surveys["sesudah"], state="dibuka")
    assert world.here.evaluation.surveys.get(wave="sesudah").state == "draf"


def test_a_public_survey_opens_without_participants_and_invites_nobody(world):
    world.here.program.enrollments.all().delete()
    survey = public_survey(world.here, world.version)
    assert (survey.state, survey.invitations.count()) == ("dibuka", 0)
    with pytest.raises(ValidationError, match="satu tautan umum"):
        invite(survey=survey)


def test_who_joins_later_is_invited_once(world):
    survey = change_survey_state(survey=world.here.surveys["sesudah"], state="dibuka")
    late = add_participant(world.here, 7)
    assert invite(survey=survey) == 1
    assert invite(survey=survey) == 0
    assert survey.invitations.filter(enrollment=late).count() == 1


@pytest.mark.parametrize("start", Evaluation.State.values)
@pytest.mark.parametrize("end", [*Evaluation.State.values, "", "selesai"])
def test_an_evaluation_takes_only_the_steps_of_the_table(world, start, end):
    evaluation = world.here.evaluation
    evaluation.state = start
    evaluation.save()
    if end in EVALUATION_TRANSITIONS[start]:
        assert change_evaluation_state(evaluation=evaluation, state=end).state == end
    else:
        with pytest.raises(ValidationError, match="tidak dapat langsung diubah"):
            change_evaluation_state(evaluation=evaluation, state=end)
    evaluation.refresh_from_db()
    assert evaluation.state == (end if end in EVALUATION_TRANSITIONS[start] else start)
