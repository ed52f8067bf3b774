"""From marked passages to a finding: a new one, or further evidence of one that is there."""

import pytest
from django.urls import reverse

from tests.evaluations.coding import make_theme, mark
from tests.evaluations.evidence import make_finding, make_interview


@pytest.fixture
def evaluation(here):
    return here.evaluation


@pytest.fixture
def coder(here):
    return here.users["evaluator"]


@pytest.fixture
def marked(evaluation, coder):
    """A passage on a theme, one on the theme below it, one elsewhere."""
    time = make_theme(evaluation, "Waktu", category="waktu")
    schedule = make_theme(evaluation, "Jadwal", parent=time)
    interview = make_interview(evaluation, text="Jadwal padat sekali. Antrean lama. Dana habis.")
    return [
        mark(interview, theme, coder, words).excerpt
        for theme, words in (
            (schedule, "Jadwal padat"),
            (time, "Antrean lama"),
            (make_theme(evaluation, "Dana", kind="saran"), "Dana habis"),
        )
    ]


def url_of(name, evaluation, query="") -> str:
    return reverse(name, args=[evaluation.pk]) + query


TYPED = {"kind": "tantangan", "statement": "Jadwal padat", "category": "waktu", "severity": "2"}


def test_passages_of_a_theme_become_a_finding_with_its_evidence(evaluator, marked, evaluation):
    url = url_of("finding_from_passages", evaluation, f"?tema={evaluation.themes.get(key='waktu').pk}")
    form = evaluator.get(url).context["form"]
    assert list(form.fields["excerpts"].queryset) == marked[:2]
    assert (form["kind"].value(), form["category"].value()) == ("tantangan", "waktu")
    assert evaluator.post(url, TYPED).context["form"].errors["excerpts"]
    response = evaluator.post(url, TYPED | {"excerpts": [one.pk for one in marked[:2]]})
    finding = evaluation.findings.get(statement="Jadwal padat")
    assert response.url == finding.get_absolute_url()
    assert [(piece.excerpt, piece.quote) for piece in finding.evidence.all()] == [
        (one, one.quote) for one in marked[:2]
    ]


def test_one_passage_brings_the_kind_of_its_theme_where_findings_have_it(evaluator, marked, evaluation):
    url = url_of("finding_from_passages", evaluation, f"?bagian={marked[2].pk}")
    form = evaluator.get(url).context["form"]
    assert list(form.fields["excerpts"].queryset) == [marked[2]]
    assert form["kind"].value() == ""  # a suggestion is no finding


def test_a_wrong_finding_is_refused_and_nothing_is_saved(evaluator, marked, evaluation):
    url = url_of("finding_from_passages", evaluation, f"?bagian={marked[0].pk}")
    page = evaluator.post(url, TYPED | {"severity": "", "excerpts": [marked[0].pk]})
    assert page.context["form"].errors["severity"]
    page = evaluator.post(url, TYPED | {"excerpts": [marked[1].pk]})  # not among those that one came with
    assert page.context["form"].errors["excerpts"]
    assert evaluation.findings.count() == 0


@pytest.mark.parametrize("stance", ["mendukung", "bertentangan"])
def test_passages_speak_for_a_finding_that_is_there_or_against_it(evaluator, marked, evaluation, here, stance):
    finding = make_finding(here)
    url = url_of("passages_to_finding", evaluation, f"?bagian={marked[0].pk}&bagian={marked[1].pk}")
    typed = {"finding": finding.pk, "stance": stance, "excerpts": [marked[0].pk, marked[1].pk]}
    for _press in range(2):
        assert evaluator.post(url, typed).url == finding.get_absolute_url()
    added = finding.evidence.filter(excerpt__isnull=False)
    assert [(piece.excerpt, piece.stance) for piece in added] == [(one, stance) for one in marked[:2]]


def test_only_findings_and_passages_of_the_evaluation_are_offered(evaluator, marked, evaluation, here, world):
    strange = make_finding(world.there)
    url = url_of("passages_to_finding", evaluation, f"?bagian={marked[0].pk}")
    page = evaluator.post(url, {"finding": strange.pk, "stance": "x", "excerpts": [marked[2].pk]})
    assert set(page.context["form"].errors) == {"finding", "stance", "excerpts"}


@pytest.mark.parametrize("name", ["finding_from_passages", "passages_to_finding"])
@pytest.mark.parametrize("query", ["", "?bagian=x&bagian=0", "?bagian=" + "9" * 30])
def test_without_passages_there_is_nothing_to_tick(evaluator, marked, evaluation, name, query):
    page = evaluator.get(url_of(name, evaluation, query))
    assert list(page.context["form"].fields["excerpts"].queryset) == []


def test_a_strange_theme_does_not_exist_there(evaluator, evaluation, world):
    theme = make_theme(world.there.evaluation)
    assert evaluator.get(url_of("finding_from_passages", evaluation, f"?tema={theme.pk}")).status_code == 404
