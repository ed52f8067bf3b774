"""What was promised in an earlier evaluation, what was done, how the measures moved, and the judgement."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Evaluation, Response
from reports.analysis.indicators import Direction
from reports.analysis.results import Suppressed
from reports.assembly import assemble, material_of
from reports.chapters.earlier import earlier_chapter
from reports.earlier import indicator_moves, moves_between
from tests.evaluations.evidence import new_recommendation
from tests.queries import page_queries
from tests.reports.answers import AFTER, answer_both_waves
from tests.reports.two_years import add_series, ask_again, carry_out, judge, next_evaluation, promise
from tests.world import make_instrument, make_program

HIGH = [[5, 5, 1]] * 6


@pytest.fixture
def here(world):
    return world.here


def page_of(evaluation: Evaluation) -> str:
    return reverse("earlier_follow_up", args=[evaluation.pk])


def review_of(evaluation: Evaluation, recommendation) -> str:
    return reverse("review_edit", args=[evaluation.pk, recommendation.pk])


def test_promised_done_and_judged_stand_side_by_side(evaluator, here):
    recommendation = carry_out(here, promise(here))
    later = next_evaluation(here)
    page = evaluator.get(page_of(later)).content.decode()
    assert recommendation.statement in page
    assert "Jadwal bersama dipakai" in page
    assert "belum dinilai" in page
    typed = {"outcome": "berhasil", "reason": "Bentrok jadwal tidak ada lagi."}
    sent = evaluator.post(review_of(later, recommendation), typed)
    assert sent.url == f"{page_of(later)}?evaluasi={here.evaluation.pk}#rekomendasi-{recommendation.pk}"
    page = evaluator.get(page_of(later)).content.decode()
    assert "Bentrok jadwal tidak ada lagi." in page
    assert "1 rekomendasi, 1 selesai, 1 dinilai" in page
    assert "Bentrok jadwal tidak ada lagi." in evaluator.get(recommendation.get_absolute_url()).content.decode()


def test_without_anything_earlier_the_page_says_so(evaluator, here):
    promise(here)
    assert "Belum ada evaluasi terdahulu" in evaluator.get(page_of(here.evaluation)).content.decode()


def test_of_another_region_only_the_same_type_in_sight_counts(client, world, here):
    promise(world.there, statement="Dari Medan")
    later = next_evaluation(here)
    client.force_login(here.users["evaluator"])
    assert "Dari Medan" not in client.get(page_of(later)).content.decode()
    assert client.get(review_of(later, world.there.evaluation.recommendations.get())).status_code == 404
    client.force_login(world.national)
    assert "Dari Medan" in client.get(page_of(later)).content.decode()
    world.there.program.type = "pembinaan"
    world.there.program.save()
    assert "Dari Medan" not in client.get(page_of(later)).content.decode()


def test_the_same_region_comes_first_and_another_can_be_chosen(client, world, here):
    promise(world.there, statement="Dari Medan")
    promise(here, statement="Dari Semarang")
    later = next_evaluation(here)
    client.force_login(world.national)
    page = client.get(page_of(later))
    assert [one.title for one in page.context["earlier"]] == ["Evaluasi Kota Semarang", "Evaluasi Kota Medan"]
    assert [one.statement for one in page.context["promises"]] == ["Dari Semarang"]
    chosen = client.get(page_of(later), {"evaluasi": world.there.evaluation.pk})
    assert [one.statement for one in chosen.context["promises"]] == ["Dari Medan"]
    for hostile in ("x", "-1", "9" * 40, "\0"):
        assert client.get(page_of(later), {"evaluasi": hostile}).context["chosen"] == here.evaluation


def test_a_later_or_equal_evaluation_is_no_earlier_one(evaluator, here):
    recommendation = promise(here)
    same_day = Evaluation.objects.create(
        program=here.program, title="Sehari", start_date=here.evaluation.start_date, end_date=date(2026, 9, 30)
    )
    assert evaluator.get(page_of(same_day)).context["chosen"] is None
    assert evaluator.get(review_of(same_day, recommendation)).status_code == 404


@pytest.mark.parametrize("typed", [{}, {"outcome": "berhasil"}, {"outcome": "x", "reason": "sebab"}])
def test_a_judgement_without_outcome_or_reason_is_refused(evaluator, here, typed):
    later = next_evaluation(here)
    assert evaluator.post(review_of(later, promise(here)), typed).status_code == 200
    assert later.reviews.count() == 0


def test_a_manager_reads_and_does_not_judge(client, here):
    recommendation = promise(here)
    later = next_evaluation(here)
    client.force_login(here.users["manajer"])
    assert "Nilai</a>" not in client.get(page_of(later)).content.decode()
    assert client.get(review_of(later, recommendation)).status_code == 403


def test_indicators_move_from_last_value_to_last_value(here):
    later = next_evaluation(here)
    add_series(here.evaluation, [(date(2026, 1, 1), 9), (date(2026, 7, 1), 6)])
    add_series(later, [(date(2027, 1, 1), 5), (date(2027, 7, 1), 3)])
    (move,) = indicator_moves(here.evaluation, later)
    assert (move.then, move.now) == ((date(2026, 7, 1), 6), (date(2027, 7, 1), 3))
    assert (move.change.difference, move.change.direction) == (-3.0, Direction.IMPROVED)


@pytest.mark.parametrize(
    "fields", [{"name": "Waktu tunggu"}, {"unit": "jam"}, {"agency_name": "Dinas lain"}, {"polarity": "naik"}]
)
def test_what_is_not_the_same_indicator_is_not_compared(here, fields):
    later = next_evaluation(here)
    add_series(here.evaluation, [(date(2026, 7, 1), 6)])
    add_series(later, [(date(2027, 7, 1), 3)], **fields)
    assert indicator_moves(here.evaluation, later) == []


def test_one_name_in_two_spellings_is_one_indicator(here):
    later = next_evaluation(here)
    add_series(here.evaluation, [(date(2026, 7, 1), 6)])
    add_series(later, [(date(2027, 7, 1), 3)], name="waktu  layanan", unit="Hari")
    assert len(indicator_moves(here.evaluation, later)) == 1


def test_a_series_without_values_or_with_older_ones_does_not_move(here):
    later = next_evaluation(here)
    add_series(here.evaluation, [(date(2026, 7, 1), 6)])
    series = add_series(later, [])
    assert indicator_moves(here.evaluation, later) == []
    series.measurements.create(date=date(2026, 7, 1), value=3)
    assert indicator_moves(here.evaluation, later) == []


def moves(here, later):
    return moves_between(here.evaluation, material_of(here.evaluation), later, material_of(later))


def test_scores_move_with_their_n(here):
    answer_both_waves(here)
    later = next_evaluation(here)
    ask_again(here, later, HIGH)
    found = {move.label: move for move in moves(here, later).scores}
    total = found["Keseluruhan"]
    assert (total.then.n, total.now.n, total.now.mean) == (6, 6, 5.0)
    assert total.difference == pytest.approx(5.0 - total.then.mean)
    assert set(found) == {"Keseluruhan", "Dimensi satu"}


def test_a_small_group_is_withheld_on_either_side(here):
    answer_both_waves(here)
    later = next_evaluation(here)
    ask_again(here, later, HIGH[:4])
    (total, _dimension) = moves(here, later).scores
    assert isinstance(total.now, Suppressed)
    assert total.difference is None


def test_the_stricter_minimum_of_both_holds(here):
    answer_both_waves(here)
    later = next_evaluation(here)
    ask_again(here, later, HIGH)
    later.minimum_group = 7
    later.save()
    assert isinstance(moves(here, later).scores[0].then, Suppressed)


def test_another_instrument_and_what_was_recalled_are_not_compared(here):
    answer_both_waves(here)
    later = next_evaluation(here)
    ask_again(here, later, HIGH, version=make_instrument("lain"))
    assert not moves(here, later)


def test_the_page_names_small_groups_and_cautions(evaluator, here):
    promise(here)
    answer_both_waves(here)
    later = next_evaluation(here)
    ask_again(here, later, HIGH[:4])
    page = evaluator.get(page_of(later)).content.decode()
    assert "tidak ditampilkan" in page
    assert "(n = 6)" in page
    assert "(n = 4)" not in page
    assert "tidak membuktikan" in page


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_asks_the_same_for_more_rows(evaluator, here, n):
    answer_both_waves(here)
    later = next_evaluation(here)
    ask_again(here, later, HIGH)
    for number in range(n):
        judge(here, later, carry_out(here, promise(here, statement=f"Rekomendasi {number}")))
        older = Evaluation.objects.create(
            program=make_program(here.region, here.office, f"Program {number}"),
            title=f"Evaluasi lama {number}",
            start_date=date(2025, 1, 1),
            end_date=date(2025, 2, 1),
        )
        new_recommendation(older).save()
    evaluator.get(page_of(later))
    assert page_queries(evaluator, page_of(later)) == 19


def test_the_report_tells_what_was_judged(here):
    recommendation = carry_out(here, promise(here))
    answer_both_waves(here)
    add_series(here.evaluation, [(date(2026, 7, 1), 6)])
    later = next_evaluation(here)
    ask_again(here, later, HIGH)
    add_series(later, [(date(2027, 7, 1), 3)])
    assert earlier_chapter(assembled(later)) is None
    judge(here, later, recommendation)
    chapter = earlier_chapter(assembled(later))
    promised, moved = chapter.blocks
    assert promised.heading == f"1. {recommendation.statement}"
    assert promised.details[1] == (
        "Dikerjakan",
        "selesai; tanpa berkas bukti; 3 Agustus 2026: Jadwal bersama dipakai\n"
        "Tanpa berkas bukti: Tercatat dalam rapat.",
    )
    assert promised.details[2] == ("Apakah berhasil", "Berhasil. Bentrok jadwal tidak ada lagi.")
    assert [table.rows[0][:4] for table in moved.tables] == [
        ("Waktu layanan, Dinas (hari)", "6 (1 Juli 2026)", "3 (1 Juli 2027)", "membaik"),
        ("Instrumen uji: Keseluruhan", f"{mean(AFTER)} (n = 6)", "5,00 (n = 6)", difference(AFTER)),
    ]


def mean(rows) -> str:
    turned = [(a + b + 6 - c) / 3 for a, b, c in rows]
    return f"{sum(turned) / len(turned):.2f}".replace(".", ",")


def difference(rows) -> str:
    turned = [(a + b + 6 - c) / 3 for a, b, c in rows]
    return f"+{5 - sum(turned) / len(turned):.2f}".replace(".", ",")


def assembled(evaluation: Evaluation):
    held = Evaluation.objects.unscoped("test").select_related("program__region", "program__organizer")
    return assemble(held.get(pk=evaluation.pk), generated_at=timezone.now())


def test_the_result_page_and_the_workspace_lead_there(evaluator, here):
    recommendation = carry_out(here, promise(here))
    assert "Evaluasi terdahulu</h2>" not in evaluator.get(here.evaluation.get_absolute_url()).content.decode()
    later = next_evaluation(here)
    workspace = evaluator.get(later.get_absolute_url()).content.decode()
    assert "1 rekomendasi dari evaluasi terdahulu di wilayah ini" in workspace
    assert page_of(later) in workspace
    result = reverse("evaluation_result", args=[later.pk])
    assert "Tindak lanjut evaluasi terdahulu" not in evaluator.get(result).content.decode()
    judge(here, later, recommendation)
    page = evaluator.get(result).content.decode()
    assert "Tindak lanjut evaluasi terdahulu" in page
    assert "Bentrok jadwal tidak ada lagi." in page


def test_the_report_holds_nothing_of_another_region(world, here):
    foreign = promise(world.there, statement="Dari Medan")
    later = next_evaluation(here)
    judge(here, later, foreign)
    assert assembled(later).earlier == ()
    assert assembled(later).moves is None


def test_answers_of_the_earlier_evaluation_are_never_changed(evaluator, here):
    promise(here)
    answer_both_waves(here)
    before = Response.objects.unscoped("test").count()
    evaluator.get(page_of(next_evaluation(here)))
    assert Response.objects.unscoped("test").count() == before
