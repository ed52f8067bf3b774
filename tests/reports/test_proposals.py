"""Proposals: offered from three sources, accepted by the evaluator alone, and dropped for good."""

import csv

import pytest
from django.urls import reverse

from evaluations.actions.findings import add_evidence
from evaluations.models import Finding, Recommendation
from evaluations.proposal_wording import FILE, wordings
from reports.proposals import offer_for
from tests.evaluations.evidence import make_finding
from tests.evaluations.test_recommendations import typed
from tests.queries import page_queries
from tests.reports.answers import add_satisfaction, answer_both_waves
from tests.reports.two_years import add_challenge_of_schedule, carry_out, judge, next_evaluation, promise

LOW = [[2, 2, 4]] * 6  # the third item is reversed: 4 means 2


@pytest.fixture
def here(world):
    return world.here


def user(here):
    return here.users["evaluator"]


def page_of(evaluation) -> str:
    return reverse("proposal_list", args=[evaluation.pk])


def accept(evaluation, key: str) -> str:
    return reverse("proposal_accept", args=[evaluation.pk, key])


def drop(client, evaluation, key: str, **extra):
    return client.post(reverse("proposal_drop", args=[evaluation.pk]), {"usulan": key} | extra, follow=True)


def test_the_wording_knows_every_category_but_other_and_no_kind_twice():
    rows = wordings()
    assert {row.category for row in rows} == set(Finding.Category.values) - {"lain"}
    assert {row.kind for row in rows} <= set(Recommendation.Kind.values)
    assert len({(row.category, row.kind) for row in rows}) == len(rows)
    longest = Recommendation._meta.get_field("statement").max_length
    assert all(row.statement and row.first_step and len(row.statement) <= longest for row in rows)
    with FILE.open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == ["category", "kind", "statement", "first_step"]


@pytest.mark.parametrize(
    ("kind", "n"), [("tantangan", 2), ("kelemahan", 2), ("kebutuhan", 2), ("dampak", 0), ("kekuatan", 0)]
)
def test_what_asks_for_something_is_answered_by_category(here, kind, n):
    make_finding(here, kind=kind)
    offer = offer_for(here.evaluation, user(here))
    assert [one.key for one in offer.open] == ["kategori:waktu:jadwal_fleksibel", "kategori:waktu:budaya_belajar"][
        :n
    ]


def test_what_was_written_unasked_is_not_offered(here):
    promise(here, kind="budaya_belajar")
    assert [one.key for one in offer_for(here.evaluation, user(here)).open] == ["kategori:waktu:jadwal_fleksibel"]


def test_nothing_enters_by_itself_and_accepting_opens_the_form(evaluator, here):
    finding = make_finding(here)
    page = evaluator.get(page_of(here.evaluation)).content.decode()
    url = accept(here.evaluation, "kategori:waktu:jadwal_fleksibel")
    assert f'href="{url}"' in page
    assert here.evaluation.recommendations.count() == 0
    form = evaluator.get(url).context["form"]
    assert form.initial["findings"] == [finding.pk]
    assert form.initial["statement"].startswith("Menyusun jadwal pelatihan bersama unit kerja")
    assert here.evaluation.recommendations.count() == 0
    sent = evaluator.post(url, typed(finding, statement="Kata evaluator sendiri"))
    made = here.evaluation.recommendations.get()
    assert sent.url == made.get_absolute_url()
    assert (made.statement, made.origin, made.earlier) == ("Kata evaluator sendiri", "kategori", None)
    assert "jadwal_fleksibel" not in [one.kind for one in offer_for(here.evaluation, user(here)).open]


def test_a_second_press_makes_no_second_recommendation(evaluator, here):
    finding = make_finding(here)
    url = accept(here.evaluation, "kategori:waktu:jadwal_fleksibel")
    evaluator.post(url, typed(finding))
    again = evaluator.post(url, typed(finding), follow=True)
    assert "Usulan ini tidak ada lagi atau sudah diterima." in again.content.decode()
    assert here.evaluation.recommendations.count() == 1


def test_a_mistake_keeps_what_was_typed(evaluator, here):
    finding = make_finding(here)
    url = accept(here.evaluation, "kategori:waktu:jadwal_fleksibel")
    page = evaluator.post(url, typed(finding, owner="", statement="Kata evaluator sendiri"))
    assert page.status_code == 200
    assert "Kata evaluator sendiri" in page.content.decode()
    assert here.evaluation.recommendations.count() == 0


@pytest.mark.parametrize(
    "key", ["kategori:anggaran:kerja_sama", "terdahulu:1", "butir:1:b1", "x", "%00", "' OR 1=1"]
)
def test_what_is_not_offered_cannot_be_accepted(evaluator, here, key):
    make_finding(here)
    assert evaluator.get(accept(here.evaluation, key)).status_code == 404


def test_what_was_dropped_stays_dropped_until_it_is_wanted_again(evaluator, here):
    make_finding(here)
    key = "kategori:waktu:budaya_belajar"
    page = drop(evaluator, here.evaluation, key).content.decode()
    assert accept(here.evaluation, key) not in page
    assert "Tawarkan lagi" in page
    assert evaluator.get(accept(here.evaluation, key)).status_code == 404
    drop(evaluator, here.evaluation, key)
    assert here.evaluation.dropped_proposals.count() == 1
    page = drop(evaluator, here.evaluation, key, kembali="1").content.decode()
    assert accept(here.evaluation, key) in page


@pytest.mark.parametrize("key", ["", "x" * 500, "kategori:anggaran:kerja_sama"])
def test_dropping_what_is_not_offered_stores_nothing(evaluator, here, key):
    make_finding(here)
    drop(evaluator, here.evaluation, key)
    assert here.evaluation.dropped_proposals.count() == 0


def test_what_worked_earlier_is_offered_with_its_source(evaluator, here):
    recommendation = carry_out(here, promise(here))
    later = next_evaluation(here)
    judge(here, later, recommendation)
    third = next_evaluation(here, title="Evaluasi ketiga")
    third.start_date = "2028-01-05"
    third.end_date = "2028-09-30"
    third.save()
    third.refresh_from_db()
    finding = add_challenge_of_schedule(here, third)
    (proposal,) = offer_for(third, user(here)).from_earlier
    assert proposal.findings == (finding,)
    assert proposal.source == (
        "Evaluasi Kota Semarang (Kota Semarang), dinilai berhasil: Bentrok jadwal tidak ada lagi."
    )
    evaluator.post(accept(third, proposal.key), typed(finding))
    made = third.recommendations.get()
    assert (made.origin, made.earlier) == ("terdahulu", recommendation)
    assert offer_for(third, user(here)).from_earlier == ()
    assert recommendation.get_absolute_url() in evaluator.get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize("outcome", ["tidak", "belum"])
def test_what_did_not_work_is_not_offered(here, outcome):
    recommendation = carry_out(here, promise(here))
    later = next_evaluation(here)
    judge(here, later, recommendation, outcome)
    add_challenge_of_schedule(here, later)
    assert offer_for(later, user(here)).from_earlier == ()


def test_what_worked_is_offered_in_the_evaluation_that_judged_it_too(here):
    recommendation = carry_out(here, promise(here))
    later = next_evaluation(here)
    judge(here, later, recommendation, "sebagian")
    add_challenge_of_schedule(here, later)
    assert [one.earlier for one in offer_for(later, user(here)).from_earlier] == [recommendation]


def test_another_category_or_an_unfinished_one_is_not_offered(here):
    unfinished = promise(here)
    later = next_evaluation(here)
    judge(here, later, unfinished)
    add_challenge_of_schedule(here, later)
    assert offer_for(later, user(here)).from_earlier == ()
    carry_out(here, unfinished)
    later.findings.update(category="anggaran")
    assert offer_for(later, user(here)).from_earlier == ()


def test_what_worked_out_of_sight_is_not_offered(world, here):
    foreign = carry_out(world.there, promise(world.there))
    judge(world.there, next_evaluation(world.there), foreign)
    later = next_evaluation(here)
    add_challenge_of_schedule(here, later)
    assert offer_for(later, user(here)).from_earlier == ()
    assert [one.earlier for one in offer_for(later, world.national).from_earlier] == [foreign]


def test_weak_items_lead_to_a_finding_first_and_then_to_a_recommendation(evaluator, here):
    answer_both_waves(here, before=LOW, after=LOW)
    offer = offer_for(here.evaluation, user(here))
    assert len(offer.from_items) == 3
    weak = offer.from_items[0]
    assert weak.findings == ()
    assert "rata-rata 2,00 pada skala 1–5 (n = 6)" in weak.source
    page = evaluator.get(page_of(here.evaluation)).content.decode()
    survey = here.surveys["sesudah"]
    assert (
        f"{reverse('finding_create', args=[here.evaluation.pk])}?sumber=survey-{survey.pk}&amp;bagian=item:b1"
        in page
    )
    finding = make_finding(here, survey, kind="kelemahan", category="kompetensi")
    add_evidence(finding=finding, source=survey, part="item:b1")
    (weak, *_others) = [one for one in offer_for(here.evaluation, user(here)).from_items if one.findings]
    evaluator.post(accept(here.evaluation, weak.key), typed(finding))
    assert here.evaluation.recommendations.get().origin == "butir_lemah"
    assert weak.key not in [one.key for one in offer_for(here.evaluation, user(here)).open]


def test_what_too_few_answered_is_never_offered(here):
    answer_both_waves(here, before=LOW[:4], after=LOW[:4])
    assert offer_for(here.evaluation, user(here)).from_items == ()


def test_an_item_that_did_not_rise_is_offered_and_one_that_did_is_not(here):
    answer_both_waves(here, before=[[3, 3, 3]] * 6, after=[[3, 5, 1]] * 6)
    (weak,) = offer_for(here.evaluation, user(here)).from_items
    assert "butir “Butir 1”: tidak naik, rata-rata sesudah program 3,00" in weak.source


def test_an_unsur_below_good_is_weak(here):
    add_satisfaction(here, before=[[3, 3, 3]] * 6, after=[[4, 3, 3]] * 6)
    labels = {one.statement for one in offer_for(here.evaluation, user(here)).from_items}
    assert labels == {
        "Memperkuat hal yang dinilai rendah: Unsur 2",
        "Memperkuat hal yang dinilai rendah: Unsur 3",
    }


def test_without_anything_the_page_says_what_leads_to_proposals(evaluator, here):
    page = evaluator.get(page_of(here.evaluation)).content.decode()
    assert "Tidak ada usulan saat ini." in page


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_asks_the_same_for_more_rows(evaluator, here, n):
    answer_both_waves(here, before=LOW, after=LOW)
    later = next_evaluation(here)
    for number in range(n):
        judge(here, later, carry_out(here, promise(here, statement=f"Rekomendasi {number}")))
        add_challenge_of_schedule(here, later)
    evaluator.get(page_of(later))
    assert page_queries(evaluator, page_of(later)) == 15
