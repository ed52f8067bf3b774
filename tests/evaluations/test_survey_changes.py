"""Changing and deleting a survey: what was promised and answered stays."""

from datetime import timedelta

from django.urls import reverse

from evaluations.models import Evidence, Finding, Survey
from tests.evaluations.surveying import answer, public_survey, take_answers, today
from tests.forms import confirm, send, shown
from tests.world import make_instrument


def dates(survey, **changes) -> dict:
    stays = {"layout": "gulir", "remind_after": 3, "most_mails": 3}
    return stays | {"opens_on": survey.opens_on.isoformat(), "closes_on": survey.closes_on.isoformat()} | changes


MAY_ALWAYS_CHANGE = ["opens_on", "closes_on", "follows_dates", "layout", "purpose", "purpose_en"]
MAILS = ["sends_mail", "remind_after", "most_mails"]


def test_what_was_promised_and_asked_stays_once_the_survey_was_opened(evaluator, survey):
    url = reverse("survey_update", args=[survey.pk])
    other = make_instrument("lain")
    assert shown(evaluator.get(url).context["form"]) == [*MAY_ALWAYS_CHANGE, *MAILS]
    typed = dates(survey, mode="bernama", version=other.pk, closes_on=(today() + timedelta(days=20)).isoformat())
    assert send(evaluator, url, typed).status_code == 302
    before = survey.version_id
    survey.refresh_from_db()
    assert (survey.mode, survey.version_id) == ("rahasia", before)
    assert survey.closes_on == today() + timedelta(days=20)


def test_a_survey_that_was_not_opened_may_ask_something_else(evaluator, world):
    survey = world.here.surveys["sesudah"]
    other = make_instrument("lain")
    url = reverse("survey_update", args=[survey.pk])
    assert send(evaluator, url, dates(survey, mode="bernama", version=other.pk)).status_code == 302
    survey.refresh_from_db()
    assert (survey.mode, survey.version) == ("bernama", other)


def test_a_survey_with_answers_from_paper_keeps_its_instrument_though_unopened(evaluator, world):
    survey = take_answers(world.here.surveys["sesudah"], state="draf")
    answer(survey, world.here.enrollments[0])
    form = evaluator.get(reverse("survey_update", args=[survey.pk])).context["form"]
    assert shown(form) == [*MAY_ALWAYS_CHANGE, *MAILS]


def test_the_dates_cannot_exclude_answers_that_are_there(evaluator, survey, world):
    answer(survey, world.here.enrollments[0], received_on=today())
    tomorrow, yesterday = (today() + timedelta(days=days) for days in (1, -1))
    url = reverse("survey_update", args=[survey.pk])
    for change in ({"opens_on": tomorrow.isoformat()}, {"closes_on": yesterday.isoformat()}):
        (name,) = change
        errors = send(evaluator, url, dates(survey, **change)).context["form"].errors
        assert list(errors) == [name]
        assert "Sudah ada jawaban tanggal" in errors[name][0]


def test_a_survey_is_not_changed_into_one_that_exists(evaluator, world):
    other = make_instrument("lain")
    survey = world.here.surveys["sesudah"]
    Survey.objects.create(
        evaluation=survey.evaluation,
        version=other,
        group="peserta",
        wave="sesudah",
        mode="rahasia",
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
    )
    url = reverse("survey_update", args=[survey.pk])
    errors = send(evaluator, url, dates(survey, mode="rahasia", version=other.pk)).context["form"].errors
    assert list(errors) == ["version"]


def test_a_public_survey_stays_anonymous(evaluator, world):
    survey = public_survey(world.here, world.version, state="draf")
    form = evaluator.get(reverse("survey_update", args=[survey.pk])).context["form"]
    assert shown(form) == ["version", *MAY_ALWAYS_CHANGE]


def test_a_survey_without_answers_can_be_deleted(evaluator, survey):
    url = reverse("survey_delete", args=[survey.pk])
    assert "Hapus" in evaluator.get(url).content.decode()
    assert confirm(evaluator, url).url == survey.evaluation.get_absolute_url()
    assert not survey.evaluation.surveys.filter(pk=survey.pk).exists()


def test_a_survey_with_answers_stays_and_says_why(evaluator, survey, world):
    answer(survey, world.here.enrollments[0])
    url = reverse("survey_delete", args=[survey.pk])
    for response in (evaluator.get(url), evaluator.post(url)):
        text = response.content.decode()
        assert "1 jawaban yang sudah diterima" in text
        assert 'class="btn btn-danger"' not in text
    assert survey.responses.count() == 1


def test_a_survey_that_is_evidence_stays_and_says_why(evaluator, survey, world):
    finding = Finding.objects.create(
        evaluation=survey.evaluation, kind="dampak", statement="Naik", category="kompetensi"
    )
    Evidence.objects.create(finding=finding, survey=survey)
    assert "masih dipakai" in evaluator.post(reverse("survey_delete", args=[survey.pk])).content.decode()
    assert survey.evaluation.surveys.filter(pk=survey.pk).exists()
