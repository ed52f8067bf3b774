"""How widespread a finding is and how far it may be trusted, by a rule that is stated."""

import pytest
from django.urls import reverse

from evaluations.actions.findings import add_evidence
from evaluations.chain_strength import Confidence, Piece, reasons_for, spread_of, strength_of
from evaluations.finding_strength import strengths_of, with_evidence
from evaluations.models import Excerpt, Interview, OpenAnswer, Response
from tests.evaluations.evidence import (
    make_case_study,
    make_document,
    make_finding,
    make_indicator,
    make_interview,
    make_observation,
)


def heard(number: int, unit: str = "", role: str = "peserta") -> Piece:
    return Piece("interview", number, is_informant=True, unit=unit, role=role)


def read(number: int, unit: str = "") -> Piece:
    return Piece("document", number, unit=unit)


AGAINST = Piece("observation", 1, supports=False)
CASE = Piece("case_study", 1)


@pytest.mark.parametrize(
    ("pieces", "confidence"),
    [
        ([], Confidence.LOW),
        ([heard(1)], Confidence.LOW),
        ([heard(1), heard(1)], Confidence.LOW),
        ([heard(1), heard(2)], Confidence.MEDIUM),
        ([heard(1), read(1)], Confidence.MEDIUM),
        ([heard(1), heard(2), heard(3), heard(4)], Confidence.MEDIUM),
        ([heard(1), heard(2), CASE], Confidence.MEDIUM),
        ([heard(1), heard(2), read(1)], Confidence.HIGH),
        ([heard(1, "loket"), heard(2, "loket"), read(1, "loket")], Confidence.MEDIUM),
        ([heard(1, "loket"), heard(2, "loket"), read(1)], Confidence.HIGH),
        ([heard(1, "loket"), heard(2, "arsip"), read(1, "loket")], Confidence.HIGH),
        ([heard(1), heard(2), read(1), AGAINST], Confidence.MEDIUM),
        ([heard(1), heard(2), AGAINST], Confidence.LOW),
        ([heard(1), heard(2), heard(3), read(1), AGAINST, AGAINST], Confidence.HIGH),
        ([AGAINST], Confidence.LOW),
    ],
)
def test_confidence_follows_the_stated_rule(pieces, confidence):
    assert strength_of(pieces, {}, minimum=5).confidence == confidence


def test_the_reasons_say_what_was_counted():
    strength = strength_of([heard(1, "loket"), heard(2, "loket"), heard(3, "loket"), AGAINST], {}, minimum=5)
    assert reasons_for(strength) == [
        "3 sumber yang berdiri sendiri mendukung (wawancara).",
        "1 sumber bertentangan dan dikurangkan.",
        "Semua bukti berasal dari satu unit kerja.",
    ]
    assert reasons_for(strength_of([heard(1)], {}, minimum=5))[-1] == (
        "Perlu paling sedikit dua sumber yang saling menguatkan."
    )
    many = strength_of([heard(number) for number in range(4)], {}, minimum=5)
    assert reasons_for(many)[-1] == "Semua bukti diperoleh dengan cara yang sama."


def test_spread_counts_informants_units_and_roles_once():
    pieces = [heard(1, "loket"), heard(1, "loket"), heard(2, "arsip", "atasan"), read(1, "loket")]
    assert spread_of(strength_of(pieces, {}, minimum=5)) == ["2 informan", "2 unit kerja", "2 peran"]
    assert spread_of(strength_of([Piece("indicator", 1)], {}, minimum=5)) == []


@pytest.mark.parametrize(("n_answered", "shown"), [(4, 0), (5, 1)])
def test_a_survey_that_too_few_answered_tells_no_number(n_answered, shown):
    cited = Piece("survey", "s", survey=7)
    strength = strength_of([cited], {7: (n_answered, 10)}, minimum=5)
    assert len(strength.surveys) == shown


def test_the_share_of_respondents_counts_persons_who_said_it():
    quoted = [Piece("survey", who, is_informant=True, survey=7) for who in ("a", "a", "b")]
    (reach,) = strength_of(quoted, {7: (8, None)}, minimum=5).surveys
    assert (reach.n_cited, reach.share_cited, reach.share_answered) == (2, 0.25, None)
    (whole,) = strength_of([Piece("survey", "s", survey=7)], {7: (8, 10)}, minimum=5).surveys
    assert (whole.share_cited, whole.share_answered) == (None, 0.8)


def test_more_answers_than_invitations_give_no_share():
    (reach,) = strength_of([Piece("survey", "s", survey=7)], {7: (12, 10)}, minimum=5).surveys
    assert reach.share_answered is None


def strength(finding):
    findings = list(with_evidence(finding.evaluation.findings.filter(pk=finding.pk)))
    return strengths_of(findings, finding.evaluation)[finding.pk]


def test_every_kind_of_source_is_weighed(world):
    here = world.here
    finding = make_finding(here)
    makers = (make_observation, make_document, make_indicator, make_case_study)
    for make in makers:
        add_evidence(finding=finding, source=make(here.evaluation))
    add_evidence(finding=finding, source=here.surveys["sesudah"], part="item:b1")
    found = strength(finding)
    assert found.kinds == ("case_study", "document", "indicator", "interview", "observation", "survey")
    # "Loket" is the unit of observation and case study, "Dinas" that of the indicator.
    assert (found.n_sources, found.n_informants, found.n_units, found.n_methods) == (6, 1, 2, 5)


def test_one_unit_in_two_spellings_is_one(world):
    evaluation = world.here.evaluation
    finding = make_finding(world.here, make_observation(evaluation, "Loket Terpadu"))
    add_evidence(finding=finding, source=make_observation(evaluation, "loket-terpadu"))
    assert strength(finding).n_units == 1


def test_a_respondent_quoted_from_an_open_answer_is_an_informant(world):
    here = world.here
    survey = here.surveys["sesudah"]
    for number, enrollment in enumerate(here.enrollments):
        response = Response.objects.create(
            survey=survey, enrollment=enrollment, answers=[3, 3, 3], channel="kertas", received_on="2026-07-14"
        )
        if number < 2:
            OpenAnswer.objects.create(response=response, item_key="saran", text="Jadwalnya bentrok")
    finding = make_finding(here)
    for answer in OpenAnswer.objects.visible_to(world.national):
        excerpt = Excerpt.objects.create(
            evaluation=here.evaluation,
            open_answer=answer,
            start=0,
            end=17,
            quote="Jadwalnya bentrok",
            coder=here.users["evaluator"],
        )
        if not finding.evidence.filter(excerpt__isnull=False).exists():
            add_evidence(finding=finding, source=survey, excerpt=excerpt)
    found = strength(finding)
    assert (found.n_informants, found.n_sources) == (2, 2)
    assert [(reach.n_cited, reach.n_answered) for reach in found.surveys] == [(1, 6)]


def test_who_withdrew_consent_counts_for_nothing(world):
    evaluation = world.here.evaluation
    finding = make_finding(world.here, make_interview(evaluation), "antrean panjang")
    assert strength(finding).n_informants == 1
    evaluation.interviews.update(withdrawn_on="2026-08-01")
    assert strength(finding).n_informants == 0


def test_the_page_tells_confidence_and_keeps_contradiction_apart(evaluator, world):
    here = world.here
    finding = make_finding(here)
    add_evidence(finding=finding, source=make_observation(here.evaluation, "Loket lain"), stance="bertentangan")
    page = evaluator.get(finding.get_absolute_url()).content.decode()
    supporting, contradicting = page.split("Bukti yang bertentangan</h2>")
    assert "Loket lain" not in supporting.split('id="bukti"')[1]  # the chain above names them all
    assert "Loket lain" in contradicting
    assert "1 sumber bertentangan dan dikurangkan." in page
    workspace = evaluator.get(here.evaluation.get_absolute_url()).content.decode()
    assert 'data-label="Keyakinan">Rendah</td>' in workspace


def test_contradicting_evidence_may_go_and_the_last_support_stays(evaluator, world):
    here = world.here
    finding = make_finding(here)
    against = add_evidence(finding=finding, source=make_observation(here.evaluation), stance="bertentangan")
    support = finding.evidence.get(stance="mendukung")
    refused = evaluator.post(reverse("evidence_delete", args=[support.pk]), follow=True)
    assert "Bukti terakhir tidak dapat dihapus" in refused.content.decode()
    evaluator.post(reverse("evidence_delete", args=[against.pk]))
    assert list(finding.evidence.all()) == [support]


def test_a_source_that_contradicts_cannot_be_deleted_either(evaluator, world):
    here = world.here
    finding = make_finding(here)
    against = make_observation(here.evaluation, "Loket lain")
    add_evidence(finding=finding, source=against, stance="bertentangan")
    page = evaluator.post(reverse("observation_delete", args=[against.pk])).content.decode()
    assert finding.statement in page
    assert here.evaluation.observations.filter(pk=against.pk).exists()


def test_a_no_quote_informant_still_counts(world):
    evaluation = world.here.evaluation
    silent = make_interview(evaluation, consent=Interview.Consent.NO_QUOTE)
    assert strength(make_finding(world.here, silent, "antrean panjang")).n_informants == 1
