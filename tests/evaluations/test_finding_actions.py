"""Findings never stand without evidence, recommendations never without a finding."""

import pytest
from django.core.exceptions import ValidationError

from evaluations.actions.findings import (
    add_evidence,
    answered_by_it_alone,
    record_finding,
    remove_evidence,
    save_recommendation,
)
from evaluations.actions.interviews import mark_challenge, support_challenge
from evaluations.models import Finding, Recommendation
from tests.evaluations.evidence import (
    SAID,
    make_document,
    make_finding,
    make_indicator,
    make_interview,
    make_observation,
    make_recommendation,
    new_finding,
    new_recommendation,
)


def codes(refusal) -> list[str]:
    return (
        [error.code for error in refusal.value.error_list]
        if hasattr(refusal.value, "error_list")
        else [error.code for errors in refusal.value.error_dict.values() for error in errors]
    )


@pytest.fixture
def interview(here):
    return here.evaluation.interviews.get()


@pytest.mark.parametrize("make", [make_observation, make_document, make_indicator])
def test_record_finding_rests_it_on_any_kind_of_source(here, make):
    source = make(here.evaluation)
    finding = record_finding(finding=new_finding(here.evaluation), source=source, quote=" Terlihat jelas ")
    evidence = finding.evidence.get()
    assert (evidence.source, evidence.quote) == (source, "Terlihat jelas")


def test_record_finding_rests_it_on_a_survey(here):
    finding = record_finding(finding=new_finding(here.evaluation), source=here.surveys["sesudah"])
    assert finding.evidence.get().source_field == "survey"


def test_record_finding_of_another_evaluation_saves_nothing(world, here):
    with pytest.raises(ValidationError) as refusal:
        record_finding(finding=new_finding(here.evaluation), source=make_observation(world.there.evaluation))
    assert codes(refusal) == ["foreign"]
    assert here.evaluation.findings.count() == 0


def test_record_finding_refuses_a_challenge_without_severity(here):
    finding = new_finding(here.evaluation, severity=None)
    with pytest.raises(ValidationError, match="tingkat keparahan"):
        record_finding(finding=finding, source=make_observation(here.evaluation))


@pytest.mark.parametrize(
    ("quote", "code"), [("", "required"), ("  ", "required"), ("Jadwal pelatihan lancar", "not_said")]
)
def test_an_interview_is_quoted_with_what_was_said(here, interview, quote, code):
    with pytest.raises(ValidationError) as refusal:
        record_finding(finding=new_finding(here.evaluation), source=interview, quote=quote)
    assert codes(refusal) == [code]
    assert here.evaluation.findings.count() == 0


def test_the_same_evidence_is_not_added_twice(here, interview):
    finding = make_finding(here)
    with pytest.raises(ValidationError) as refusal:
        add_evidence(finding=finding, source=interview, quote=SAID)
    assert codes(refusal) == ["duplicate"]
    add_evidence(finding=finding, source=interview, quote="layanan")
    assert finding.evidence.count() == 2


def test_mark_challenge_keeps_the_passage(here, interview):
    finding = mark_challenge(
        interview=interview,
        quote="berbenturan dengan",
        statement="Jadwal berbenturan",
        category=Finding.Category.SCHEDULE,
        severity=2,
    )
    assert (finding.kind, finding.evaluation, finding.severity) == ("tantangan", here.evaluation, 2)
    assert finding.evidence.get().quote == "berbenturan dengan"


def test_support_challenge_adds_a_second_voice(here):
    challenge = make_finding(here)
    second = make_interview(here.evaluation)
    assert support_challenge(interview=second, quote="antrean panjang", challenge=challenge) == challenge
    assert [str(evidence) for evidence in challenge.evidence.all()] == [
        "Atasan",
        "Pimpinan unit kerja, Loket terpadu",
    ]


def test_support_challenge_refuses_other_kinds_and_other_evaluations(world, here, interview):
    strength = make_finding(here, kind=Finding.Kind.STRENGTH)
    with pytest.raises(ValidationError) as refusal:
        support_challenge(interview=interview, quote="layanan", challenge=strength)
    assert codes(refusal) == ["not_a_challenge"]
    with pytest.raises(ValidationError) as refusal:
        support_challenge(interview=interview, quote="layanan", challenge=make_finding(world.there))
    assert codes(refusal) == ["foreign"]


def test_the_last_evidence_stays(here):
    finding = make_finding(here)
    first = finding.evidence.get()
    with pytest.raises(ValidationError) as refusal:
        remove_evidence(evidence=first)
    assert codes(refusal) == ["last"]
    second = add_evidence(finding=finding, source=make_observation(here.evaluation))
    remove_evidence(evidence=first)
    assert list(finding.evidence.all()) == [second]


def test_a_recommendation_rests_on_a_finding_alone_as_long_as_it_answers_no_other(here):
    finding, other = make_finding(here), make_finding(here, statement="Anggaran terbatas")
    recommendation = make_recommendation(finding)
    assert answered_by_it_alone(finding) == [recommendation]
    save_recommendation(recommendation=recommendation, findings=[finding, other])
    assert answered_by_it_alone(finding) == []


def test_a_recommendation_answers_at_least_one_finding(here):
    with pytest.raises(ValidationError) as refusal:
        save_recommendation(recommendation=new_recommendation(here.evaluation), findings=[])
    assert codes(refusal) == ["required"]


def test_a_recommendation_answers_findings_of_its_own_evaluation(world, here):
    findings = [make_finding(here), make_finding(world.there)]
    with pytest.raises(ValidationError) as refusal:
        save_recommendation(recommendation=new_recommendation(here.evaluation), findings=findings)
    assert codes(refusal) == ["foreign"]
    assert Recommendation.objects.unscoped("the test looks at every row").count() == 0


def test_save_recommendation_replaces_the_findings(here):
    first, second = make_finding(here), make_finding(here, statement="Anggaran terbatas")
    recommendation = make_recommendation(first)
    recommendation.owner = "Sekretariat"
    save_recommendation(recommendation=recommendation, findings=[second])
    recommendation.refresh_from_db()
    assert (recommendation.owner, list(recommendation.findings.all())) == ("Sekretariat", [second])
