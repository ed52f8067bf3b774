"""Case studies and the sources they are told from: linked, cited as consent allows, told in the report."""

import pytest
from django.urls import reverse

from evaluations.actions.case_studies import link_source
from evaluations.models import Excerpt, Interview
from reports.facts import case_study_facts
from tests.evaluations.evidence import (
    make_case_study,
    make_document,
    make_indicator,
    make_interview,
    make_observation,
)
from tests.forms import confirm
from tests.queries import count_queries, page_queries

QUOTE = "antrean panjang"


@pytest.fixture
def case(here):
    return make_case_study(here.evaluation)


def add(browser, case, source="", quote="", **typed):
    key = f"{source._meta.model_name.removesuffix('series').removesuffix('review')}-{source.pk}" if source else ""
    return browser.post(reverse("case_evidence_add", args=[case.pk]), {"source": key, "quote": quote} | typed)


def mark(interview: Interview, coder, quote=QUOTE):
    start = interview.text.index(quote)
    return Excerpt.objects.create(
        evaluation=interview.evaluation,
        interview=interview,
        start=start,
        end=start + len(quote),
        quote=quote,
        coder=coder,
    )


@pytest.mark.parametrize("make", [make_observation, make_document, make_indicator])
def test_a_source_is_linked_shown_and_taken_off(evaluator, here, case, make):
    source = make(here.evaluation)
    assert add(evaluator, case, source, "yang terlihat").url == f"{case.get_absolute_url()}#sumber"
    link = case.sources.get()
    assert (link.source, link.quote) == (source, "yang terlihat")
    page = evaluator.get(case.get_absolute_url()).content.decode()
    assert f'<a href="{source.get_absolute_url()}">{source}</a>' in page
    assert "yang terlihat" in page
    gone = confirm(evaluator, reverse("case_evidence_delete", args=[link.pk]))
    assert gone.url == f"{case.get_absolute_url()}#sumber"
    assert not case.sources.exists()


def test_an_interview_is_quoted_as_it_was_said(evaluator, here, case):
    interview = make_interview(here.evaluation)
    assert add(evaluator, case, interview).context["form"].errors["quote"]
    assert add(evaluator, case, interview, "antrean pendek").context["form"].errors["quote"]
    add(evaluator, case, interview, " antrean\n panjang ")
    assert case.sources.get().quote == QUOTE
    again = add(evaluator, case, interview, QUOTE)
    assert again.context["form"].errors["quote"] == ["Sumber ini sudah tertaut dengan kutipan yang sama."]


def test_an_answer_to_a_question_of_the_guide_can_be_quoted(evaluator, here, case):
    interview = make_interview(here.evaluation, text="")
    interview.answers.create(item_key="p1", text="Dulu lima meja, sekarang dua.")
    add(evaluator, case, interview, "lima meja")
    assert case.sources.get().quote == "lima meja"


def test_a_marked_passage_is_pinned(evaluator, here, case):
    interview = make_interview(here.evaluation)
    marked = mark(interview, here.users["evaluator"])
    page = evaluator.get(reverse("case_evidence_add", args=[case.pk]) + f"?bagian={marked.pk}")
    assert page.context["form"].initial["excerpt"] == marked.pk
    add(evaluator, case, excerpt=marked.pk)
    link = case.sources.get()
    assert (link.source, link.excerpt, link.quote) == (interview, marked, QUOTE)
    both = add(evaluator, case, interview, QUOTE, excerpt=marked.pk)
    assert both.context["form"].errors["excerpt"]


def test_what_lies_elsewhere_is_not_offered(evaluator, world, case):
    there = make_observation(world.there.evaluation)
    marked = mark(make_interview(world.there.evaluation), world.there.users["evaluator"])
    mark(make_interview(world.here.evaluation), world.here.users["evaluator"])
    assert add(evaluator, case, there).context["form"].errors["source"]
    assert add(evaluator, case, excerpt=marked.pk).context["form"].errors["excerpt"]
    assert add(evaluator, case).context["form"].errors["source"] == ["Pilih sumber yang mendasari kasus ini."]
    assert not case.sources.exists()


def test_a_source_that_tells_a_case_is_kept(evaluator, here, case):
    seen = make_observation(here.evaluation)
    link_source(case=case, source=seen)
    refused = evaluator.post(reverse("observation_delete", args=[seen.pk]))
    assert refused.status_code == 200
    assert here.evaluation.observations.filter(pk=seen.pk).exists()


def test_deleting_a_case_takes_its_links_along(evaluator, here, case):
    link_source(case=case, source=make_observation(here.evaluation))
    confirm(evaluator, reverse("casestudy_delete", args=[case.pk]))
    assert not here.evaluation.case_studies.exists()
    assert here.evaluation.observations.count() == 1


@pytest.mark.parametrize(
    ("consent", "quote", "source"),
    [
        (Interview.Consent.BY_NAME, "Kata Ratna Uji: antrean panjang.", "Ratna Uji (pimpinan unit kerja)"),
        (Interview.Consent.BY_ROLE, "Kata [nama informan]: antrean panjang.", "Pimpinan unit kerja"),
        (Interview.Consent.NO_QUOTE, "", "Pimpinan unit kerja"),
    ],
)
def test_the_report_tells_a_case_with_what_consent_allows(evaluator, here, case, consent, quote, source):
    interview = make_interview(here.evaluation, consent=consent)
    link_source(case=case, source=interview, quote="Kata Ratna Uji: antrean panjang.")
    link_source(case=case, source=make_indicator(here.evaluation))
    (facts,) = case_study_facts(here.evaluation)
    assert [(one.kind, one.source, one.quote) for one in facts.evidence] == [
        ("Wawancara", source, quote),
        ("Indikator", "Waktu layanan", ""),
    ]
    page = evaluator.get(reverse("evaluation_result", args=[here.evaluation.pk])).content.decode()
    assert f"d; Wawancara: {source}, 3 Juli 2026; Indikator: Waktu layanan." in page
    assert ("antrean panjang" in page) is bool(quote)


def test_a_passage_whose_text_changed_asks_to_be_looked_at(evaluator, here, case):
    interview = make_interview(here.evaluation)
    marked = mark(interview, here.users["evaluator"])
    link_source(case=case, source=interview, excerpt=marked)
    assert "perlu diperiksa" not in evaluator.get(case.get_absolute_url()).content.decode()
    marked.is_lost = True
    marked.save()
    assert "kutipan ini perlu diperiksa" in evaluator.get(case.get_absolute_url()).content.decode()


def test_the_page_and_the_report_ask_the_same_however_many_sources_tell_it(evaluator, here, case):
    pages, facts = [], []
    for number in range(3):
        interview = make_interview(here.evaluation)
        link_source(case=case, source=interview, excerpt=mark(interview, here.users["evaluator"]))
        link_source(case=case, source=make_observation(here.evaluation, unit=f"Loket {number}"))
        pages.append(page_queries(evaluator, case.get_absolute_url()))
        facts.append(count_queries(lambda: case_study_facts(here.evaluation)))
    assert (pages, facts) == ([pages[0]] * 3, [2, 2, 2])
