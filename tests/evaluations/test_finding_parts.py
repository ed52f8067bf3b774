"""What of a survey a finding rests on, passages that were marked, and the objective it touches."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluations.actions.findings import add_evidence, record_finding
from evaluations.models import Excerpt, InterviewAnswer
from programs.models import Objective
from tests.evaluations.evidence import make_case_study, make_finding, make_interview, new_finding

NEW = {
    "kind": "kelemahan",
    "statement": "Butir ini belum naik",
    "category": "kompetensi",
    "severity": "",
    "quote": "",
}


def create_url(here) -> str:
    return reverse("finding_create", args=[here.evaluation.pk])


def excerpt_of(here, text="Jadwal pelatihan", **values) -> Excerpt:
    interview = here.evaluation.interviews.first()
    return Excerpt.objects.create(
        evaluation=here.evaluation,
        interview=interview,
        start=0,
        end=len(text),
        quote=text,
        coder=here.users["evaluator"],
        **values,
    )


@pytest.mark.parametrize("part", ["item:b2", "dimension:satu"])
def test_a_part_of_a_survey_is_cited_by_name(evaluator, here, part):
    survey = here.surveys["sesudah"]
    url = f"{create_url(here)}?sumber=survey-{survey.pk}&bagian={part}"
    assert f'<option value="{survey.pk}:{part}" selected>' in evaluator.get(url).content.decode()
    sent = evaluator.post(create_url(here), NEW | {"source": f"survey-{survey.pk}", "part": f"{survey.pk}:{part}"})
    evidence = here.evaluation.findings.get().evidence.get()
    assert (evidence.survey, evidence.part) == (survey, part)
    named = {"item:b2": "Sesudah: Butir 2", "dimension:satu": "Sesudah: Dimensi satu"}[part]
    assert named in evaluator.get(sent.url).content.decode()


def test_parts_stand_in_groups_by_survey(evaluator, here):
    page = evaluator.get(create_url(here)).content.decode()
    assert page.count('<optgroup label="Instrumen uji, Peserta, ') == 2


@pytest.mark.parametrize("typed", ["x", "999:item:b1", "item:b1", ":", "1:item:tidak_ada"])
def test_a_part_that_is_not_offered_is_refused(evaluator, here, typed):
    survey = here.surveys["sesudah"]
    page = evaluator.post(create_url(here), NEW | {"source": f"survey-{survey.pk}", "part": typed})
    assert page.status_code == 200
    assert here.evaluation.findings.count() == 0


def test_a_part_of_another_survey_is_said_at_its_field(evaluator, here):
    before, after = here.surveys["sebelum"], here.surveys["sesudah"]
    page = evaluator.post(create_url(here), NEW | {"source": f"survey-{after.pk}", "part": f"{before.pk}:item:b1"})
    assert "Bagian ini milik survei lain." in page.content.decode()


@pytest.mark.parametrize("part", ["item:b9", "dimension:dua", "b1", "item:", "lain:b1"])
def test_an_unknown_part_is_refused_by_the_action(here, part):
    with pytest.raises(ValidationError, match="tidak mempunyai bagian itu"):
        record_finding(finding=new_finding(here.evaluation), source=here.surveys["sesudah"], part=part)
    assert here.evaluation.findings.count() == 0


def test_two_parts_of_one_survey_are_two_pieces(here):
    finding = make_finding(here, here.surveys["sesudah"])
    for part in ("item:b1", "item:b2"):
        add_evidence(finding=finding, source=here.surveys["sesudah"], part=part)
    assert finding.evidence.count() == 3


def test_a_marked_passage_brings_source_and_words(evaluator, here):
    excerpt = excerpt_of(here)
    page = evaluator.get(create_url(here), {"kutipan": excerpt.pk}).content.decode()
    assert f'value="interview-{excerpt.interview_id}" selected' in page
    typed = NEW | {"source": f"interview-{excerpt.interview_id}", "excerpt": excerpt.pk, "quote": "diabaikan"}
    assert evaluator.post(create_url(here), typed).status_code == 302
    evidence = here.evaluation.findings.get().evidence.get()
    assert (evidence.excerpt, evidence.quote) == (excerpt, "Jadwal pelatihan")


def test_a_passage_of_another_evaluation_is_refused(evaluator, world, here):
    foreign = excerpt_of(world.there)
    page = evaluator.get(create_url(here), {"kutipan": foreign.pk})
    assert page.context["form"].initial.get("excerpt") is None
    interview = here.evaluation.interviews.first()
    sent = evaluator.post(create_url(here), NEW | {"source": f"interview-{interview.pk}", "excerpt": foreign.pk})
    assert sent.status_code == 200
    assert here.evaluation.findings.count() == 0


def test_another_source_lets_go_of_the_passage(evaluator, here):
    excerpt = excerpt_of(here)
    case = make_case_study(here.evaluation)
    typed = NEW | {"source": f"case_study-{case.pk}", "excerpt": excerpt.pk}
    assert evaluator.post(create_url(here), typed).status_code == 302
    evidence = here.evaluation.findings.get().evidence.get()
    assert (evidence.case_study, evidence.excerpt) == (case, None)


def test_an_answer_to_a_question_may_be_quoted(here):
    interview = make_interview(here.evaluation, text="")
    InterviewAnswer.objects.create(interview=interview, item_key="t1", text="Berkas menumpuk setiap Senin.")
    finding = make_finding(here, interview, "menumpuk setiap Senin")
    assert finding.evidence.get().quote == "menumpuk setiap Senin"


def test_only_objectives_of_the_program_are_offered(evaluator, world, here):
    own = here.program.objectives.get()
    foreign = Objective.objects.visible_to(world.national).get(program=world.there.program)
    page = evaluator.get(create_url(here)).content.decode()
    assert f'<option value="{own.pk}">' in page
    survey = here.surveys["sesudah"]
    typed = NEW | {"source": f"survey-{survey.pk}"}
    assert evaluator.post(create_url(here), typed | {"objective": foreign.pk}).status_code == 200
    sent = evaluator.post(create_url(here), typed | {"objective": own.pk})
    assert here.evaluation.findings.get().objective == own
    assert str(own) in evaluator.get(sent.url).content.decode()


@pytest.mark.parametrize("hostile", ["x", "-1", "9" * 40, "1' OR 1=1", "\0"])
def test_hostile_addresses_preselect_nothing(evaluator, here, hostile):
    page = evaluator.get(create_url(here), {"kutipan": hostile, "sumber": hostile, "bagian": hostile})
    assert page.status_code == 200
    assert page.context["form"].initial.get("excerpt") is None


def test_a_survey_that_a_finding_rests_on_is_not_deleted(evaluator, here):
    survey = here.surveys["sesudah"]
    finding = make_finding(here, survey)
    page = evaluator.post(reverse("survey_delete", args=[survey.pk])).content.decode()
    assert finding.statement in page
    assert here.evaluation.surveys.filter(pk=survey.pk).exists()


def test_a_case_study_that_a_finding_rests_on_is_not_deleted(evaluator, here):
    case = make_case_study(here.evaluation)
    finding = make_finding(here, case)
    page = evaluator.post(reverse("casestudy_delete", args=[case.pk])).content.decode()
    assert finding.statement in page
    assert here.evaluation.case_studies.filter(pk=case.pk).exists()
