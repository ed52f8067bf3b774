"""The chain is walked both ways from every record, in one query, and says of an informant what may be said."""

import pytest
from django.urls import reverse

from evaluations.actions.findings import add_evidence, record_finding
from evaluations.chain import LINKS_SHOWN, chain_around
from evaluations.models import Evidence, Finding, Interview
from tests.evaluations.evidence import (
    make_document,
    make_indicator,
    make_interview,
    make_observation,
    make_recommendation,
)


def texts(step) -> list[str]:
    return [link.text for link in step.links]


@pytest.fixture
def chained(world):
    """Two findings on one interview; one of them on an indicator and a survey too; each with its answer."""
    evaluation = world.here.evaluation
    interview, indicator, survey = (
        make_interview(evaluation),
        make_indicator(evaluation),
        world.here.surveys["sesudah"],
    )
    first, second = (
        record_finding(
            finding=Finding(evaluation=evaluation, kind="kelemahan", statement=words, category="lain"),
            source=interview,
            quote=quote,
        )
        for words, quote in (("Antrean panjang", "antrean panjang"), ("Anggaran habis", "Anggaran habis"))
    )
    add_evidence(finding=first, source=indicator)
    add_evidence(finding=first, source=survey)
    answers = [make_recommendation(finding, statement=f"Jawab {finding}") for finding in (first, second)]
    return {
        "interview": interview,
        "indicator": indicator,
        "survey": survey,
        "findings": [first, second],
        "recommendations": answers,
    }


@pytest.mark.parametrize(
    ("start", "sources", "findings", "answers"),
    [
        ("interview", 3, ["Antrean panjang", "Anggaran habis"], ["Jawab Antrean panjang", "Jawab Anggaran habis"]),
        ("indicator", 3, ["Antrean panjang"], ["Jawab Antrean panjang"]),
        ("survey", 3, ["Antrean panjang"], ["Jawab Antrean panjang"]),
        ("findings", 3, ["Antrean panjang"], ["Jawab Antrean panjang"]),
        ("recommendations", 3, ["Antrean panjang"], ["Jawab Antrean panjang"]),
    ],
)
def test_every_record_sees_the_whole_chain_in_one_query(
    world, chained, django_assert_num_queries, start, sources, findings, answers
):
    record = chained[start][0] if isinstance(chained[start], list) else chained[start]
    evaluator = world.here.users["evaluator"]
    assert evaluator.sees_every_region is False
    list(evaluator.region_codes)
    with django_assert_num_queries(1):
        chain = chain_around(record, evaluator)
    assert (len(chain[0].links), texts(chain[1]), texts(chain[2])) == (sources, findings, answers)
    here = [link for step in chain for link in step.links if link.is_here]
    assert [link.url for link in here] == [""]


def test_the_way_leads_from_a_recommendation_to_its_sources_and_back(evaluator, chained):
    answer = chained["recommendations"][0]
    page = evaluator.get(answer.get_absolute_url()).content.decode()
    for row in (chained["interview"], chained["indicator"], chained["survey"], chained["findings"][0]):
        assert f'href="{row.get_absolute_url()}"' in page
        assert f'href="{answer.get_absolute_url()}"' in evaluator.get(row.get_absolute_url()).content.decode()


def test_a_manager_meets_no_informant(client, world, chained):
    manager = world.here.users["manajer"]
    client.force_login(manager)
    page = client.get(chained["findings"][0].get_absolute_url()).content.decode()
    assert "Ratna Uji" not in page
    assert "Loket terpadu" not in page
    link = chain_around(chained["findings"][0], manager)[0].links[0]
    assert (link.text, link.url) == (Interview.Role.UNIT_HEAD.label, "")


def test_contradicting_evidence_says_so(world, chained):
    Evidence.objects.unscoped("test").filter(indicator=chained["indicator"]).update(stance="bertentangan")
    notes = [link.note for link in chain_around(chained["findings"][0], world.here.users["evaluator"])[0].links]
    assert notes == ["wawancara", "indikator layanan, bertentangan", "survei"]


def test_a_source_on_which_nothing_rests_stands_alone(world):
    document = make_document(world.here.evaluation)
    steps = chain_around(document, world.here.users["evaluator"])
    assert [len(step.links) for step in steps] == [1, 0, 0]
    assert steps[0].links[0].is_here


def test_many_links_stand_behind_a_disclosure(evaluator, world, chained):
    for number in range(LINKS_SHOWN):
        add_evidence(
            finding=chained["findings"][0], source=make_observation(world.here.evaluation, f"Loket {number}")
        )
    step = chain_around(chained["findings"][0], world.here.users["evaluator"])[0]
    assert (len(step.first), len(step.others)) == (LINKS_SHOWN, 3)
    page = evaluator.get(reverse("finding_detail", args=[chained["findings"][0].pk])).content.decode()
    assert "3 lagi" in page
