"""Recommendations: each answers a finding, has an owner, a priority and a date that can still be met."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asn_eval.accounts.models import Office
from evaluations.evidence_summary import state_of
from evaluations.models import Recommendation
from tests.evaluations.evidence import make_finding, make_observation, make_recommendation, new_recommendation
from tests.forms import send
from tests.queries import page_queries


@pytest.fixture
def finding(here):
    return make_finding(here)


def typed(*findings, **values) -> dict:
    return {
        "findings": [finding.pk for finding in findings],
        "statement": "Jadwal disusun bersama unit",
        "kind": "jadwal_fleksibel",
        "implementation": "",
        "owner": "BKPSDM",
        "impact": "3",
        "effort": "1",
        "implementability": "segera",
        "due_date": (timezone.localdate() + timedelta(days=30)).isoformat(),
    } | values


def create_url(place) -> str:
    return reverse("recommendation_create", args=[place.evaluation.pk])


def test_a_recommendation_is_recorded_and_proposed(evaluator, here, finding):
    page = evaluator.get(create_url(here), {"temuan": finding.pk}).content.decode()
    assert f'value="{finding.pk}"' in page
    assert page.count("checked") == 1
    sent = evaluator.post(create_url(here), typed(finding))
    recommendation = here.evaluation.recommendations.get()
    assert sent.url == recommendation.get_absolute_url()
    assert list(recommendation.findings.all()) == [finding]
    assert recommendation.state == Recommendation.State.PROPOSED


@pytest.mark.parametrize("chosen", ["", "x", "999999"])
def test_an_unknown_preselection_is_ignored(evaluator, here, finding, chosen):
    page = evaluator.get(create_url(here), {"temuan": chosen})
    assert page.status_code == 200
    assert "checked" not in page.content.decode()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"findings": []}, "Bidang ini tidak boleh kosong"),
        ({"findings": ["999999"]}, "999999"),
        ({"owner": ""}, "Bidang ini tidak boleh kosong"),
        ({"impact": ""}, "Bidang ini tidak boleh kosong"),
        ({"due_date": ""}, "Bidang ini tidak boleh kosong"),
        ({"due_date": "2020-01-31"}, "Tenggat tidak boleh di masa lalu."),
    ],
)
def test_a_mistake_is_named_and_nothing_is_saved(evaluator, here, finding, change, message):
    page = evaluator.post(create_url(here), typed(finding, **change))
    assert page.status_code == 200
    assert message in page.content.decode()
    assert "Jadwal disusun bersama unit" in page.content.decode()
    assert here.evaluation.recommendations.count() == 0


def test_findings_of_another_evaluation_are_refused(evaluator, world, here, finding):
    foreign = make_finding(world.there)
    page = evaluator.post(create_url(here), typed(finding, foreign))
    assert page.status_code == 200
    assert here.evaluation.recommendations.count() == 0


def test_without_findings_the_page_says_what_comes_first(evaluator, here):
    page = evaluator.get(create_url(here)).content.decode()
    assert "evaluasi ini belum memiliki temuan" in page
    assert reverse("finding_create", args=[here.evaluation.pk]) in page


def test_an_old_date_may_stay_and_the_state_is_no_field(evaluator, here, finding):
    recommendation = make_recommendation(finding, due_date=timezone.localdate() - timedelta(days=9))
    url = reverse("recommendation_update", args=[recommendation.pk])
    form = typed(finding, due_date=recommendation.due_date.isoformat(), state="selesai")
    assert send(evaluator, url, form).status_code == 302
    recommendation.refresh_from_db()
    assert recommendation.state == Recommendation.State.PROPOSED
    earlier = (recommendation.due_date - timedelta(days=1)).isoformat()
    assert (
        "Tenggat tidak boleh di masa lalu." in send(evaluator, url, form | {"due_date": earlier}).content.decode()
    )


def test_a_change_may_not_leave_it_without_findings(evaluator, finding):
    recommendation = make_recommendation(finding)
    url = reverse("recommendation_update", args=[recommendation.pk])
    assert evaluator.post(url, typed(state="diusulkan")).status_code == 200
    assert list(recommendation.findings.all()) == [finding]


def test_a_recommendation_is_deleted(evaluator, here, finding):
    recommendation = make_recommendation(finding)
    sent = evaluator.post(reverse("recommendation_delete", args=[recommendation.pk]))
    assert sent.url == f"{here.evaluation.get_absolute_url()}#rekomendasi"
    assert here.evaluation.findings.get() == finding


@pytest.mark.parametrize(
    ("state", "days", "text", "emphasis"),
    [
        ("diusulkan", -1, "Lewat tenggat", "attention"),
        ("dikerjakan", -1, "Lewat tenggat", "attention"),
        ("diusulkan", 0, "Diusulkan", "active"),
        ("selesai", -1, "Selesai", "active"),
        ("tidak_dilanjutkan", -1, "Tidak dilanjutkan", "active"),
    ],
)
def test_what_is_overdue_says_so(here, state, days, text, emphasis):
    due = timezone.localdate() + timedelta(days=days)
    cell = state_of(new_recommendation(here.evaluation, state=state, due_date=due))
    assert (cell.text, cell.state) == (text, emphasis)


def test_the_page_asks_the_same_whatever_it_rests_on(evaluator, here, finding):
    recommendation = make_recommendation(finding)
    counts = []
    for number in range(3):
        source = make_observation(here.evaluation, f"Loket {number}")
        recommendation.findings.add(make_finding(here, source, statement=f"Temuan {number}"))
        counts.append(page_queries(evaluator, recommendation.get_absolute_url()))
    assert counts == [counts[0]] * 3


def test_only_offices_in_sight_are_offered(evaluator, world, here, finding):
    wide = Office.objects.create(name="Kantor Regional", kind=Office.Kind.REGIONAL, city="Semarang")
    wide.regions.add(here.region, world.there.region)
    offered = set(evaluator.get(create_url(here)).context["form"].fields["owner_office"].queryset)
    assert offered == {here.office, wide}
    page = evaluator.post(create_url(here), typed(finding, owner_office=world.there.office.pk))
    assert "owner_office" in page.context["form"].errors
    sent = evaluator.post(create_url(here), typed(finding, owner_office=wide.pk, owner_person="Budi Uji"))
    page = evaluator.get(sent.url).content.decode()
    assert "Kantor Regional" in page
    assert "Budi Uji" in page


def test_an_office_that_was_chosen_stays_choosable(evaluator, world, finding):
    recommendation = make_recommendation(finding, owner_office=world.there.office)
    form = evaluator.get(reverse("recommendation_update", args=[recommendation.pk])).context["form"]
    assert world.there.office in form.fields["owner_office"].queryset


@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_who_only_reads_meets_no_person(client, here, finding, role):
    recommendation = make_recommendation(finding, owner_person="Budi Uji")
    client.force_login(here.users[role])
    assert "Budi Uji" not in client.get(recommendation.get_absolute_url()).content.decode()


def test_the_matrix_marks_where_it_stands(evaluator, here, finding):
    assert 'class="chosen"' not in evaluator.get(create_url(here)).content.decode()
    recommendation = make_recommendation(finding, impact=3, effort=1)
    page = evaluator.get(recommendation.get_absolute_url()).content.decode()
    assert page.count('class="chosen"') == 1
    assert '<td class="chosen" aria-current="true">Tinggi' in page
