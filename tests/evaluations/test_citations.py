"""What a reader sees of an informant: no more than the informant allowed."""

import pytest

from evaluations.citations import cite, public_quote
from evaluations.models import Evidence, Interview
from tests.evaluations.evidence import make_case_study, make_finding, make_interview, make_observation

Consent = Interview.Consent
QUOTE = "Kata Ratna Uji: antrean panjang."


@pytest.mark.parametrize(
    ("consent", "name", "shown"),
    [
        (Consent.BY_NAME, "Ratna Uji", QUOTE),
        (Consent.BY_ROLE, "Ratna Uji", "Kata [nama informan]: antrean panjang."),
        (Consent.BY_ROLE, "", QUOTE),
        (Consent.NO_QUOTE, "Ratna Uji", ""),
        (Consent.NO_QUOTE, "", ""),
    ],
)
def test_public_quote_follows_the_consent(consent, name, shown):
    assert public_quote(Interview(consent=consent, informant_name=name), QUOTE) == shown


@pytest.mark.parametrize(
    ("consent", "source", "quote"),
    [
        (Consent.BY_NAME, "Ratna Uji", QUOTE),
        (Consent.BY_ROLE, "Pimpinan unit kerja", "Kata [nama informan]: antrean panjang."),
        (Consent.NO_QUOTE, "Pimpinan unit kerja", ""),
    ],
)
def test_a_manager_reads_what_the_informant_allowed(world, consent, source, quote):
    interview = make_interview(world.here.evaluation, consent=consent)
    evidence = make_finding(world.here, interview, QUOTE).evidence.get()
    citation = cite(evidence, world.here.users["manajer"])
    assert (citation.source, citation.quote, citation.url) == (source, quote, "")
    assert bool(citation.note) == (consent == Consent.NO_QUOTE)


def test_an_evaluator_reads_the_passage_and_finds_the_interview(world):
    interview = make_interview(world.here.evaluation, consent=Consent.NO_QUOTE)
    evidence = make_finding(world.here, interview, QUOTE).evidence.get()
    citation = cite(evidence, world.here.users["evaluator"])
    assert (citation.quote, citation.url) == (QUOTE, interview.get_absolute_url())
    assert "informan tidak mengizinkan" in citation.note


def test_a_source_that_a_role_does_not_read_is_named_without_a_way_to_it(world):
    evidence = make_finding(world.here, make_observation(world.here.evaluation)).evidence.get()
    assert cite(evidence, world.here.users["manajer"]).url == ""
    assert cite(evidence, world.here.users["manajer"]).source == "Loket"
    assert cite(evidence, world.here.users["evaluator"]).url == evidence.source.get_absolute_url()


def test_a_case_study_and_a_dimension_of_a_survey_are_named(world):
    place = world.here
    finding = make_finding(place)
    case = make_case_study(place.evaluation)
    told = Evidence.objects.create(finding=finding, case_study=case)
    asked = Evidence.objects.create(finding=finding, survey=place.surveys["sesudah"], part="dimension:satu")
    manager, evaluator = place.users["manajer"], place.users["evaluator"]
    assert (cite(told, manager).source, cite(told, manager).url) == ("Loket cepat", "")
    assert (cite(told, evaluator).kind, cite(told, evaluator).url) == ("studi kasus", case.get_absolute_url())
    assert cite(asked, manager).source.endswith(": Dimensi satu")
