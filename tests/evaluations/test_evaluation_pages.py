"""The list of evaluations, the workspace of one, its plan and its stages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from evaluations.actions.responses import store_response
from evaluations.authors import Author
from evaluations.models import Evaluation, Finding, Recommendation, Response
from evaluations.workspace import open_steps, standing
from programs.models import Program
from tests.evaluations.surveying import both_waves_open, public_survey, take_answers, text_of, today
from tests.queries import page_queries
from tests.world import make_instrument, make_program


def make_evaluation(place, **changes) -> Evaluation:
    values = {
        "program": place.program,
        "title": "Evaluasi kedua",
        "start_date": place.program.start_date,
        "end_date": place.program.end_date,
    }
    return Evaluation.objects.create(**values | changes)


# --- the list ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["kedua", "KEDUA evaluasi", "semarang kedua", "Program kedua"])
def test_evaluations_are_found_by_title_program_and_region(evaluator, world, words):
    make_evaluation(world.here)
    listed = evaluator.get(reverse("evaluation_list"), {"q": words}).context["object_list"]
    assert [each.title for each in listed] == ["Evaluasi kedua"]


def test_evaluations_are_listed_by_stage(evaluator, world):
    make_evaluation(world.here, state=Evaluation.State.ANALYSING)
    listed = evaluator.get(reverse("evaluation_list"), {"status": "analisis"}).context["object_list"]
    assert [each.title for each in listed] == ["Evaluasi kedua"]
    assert len(evaluator.get(reverse("evaluation_list"), {"status": "apa"}).context["object_list"]) == 2


def test_a_search_without_result_says_so_and_offers_the_way_back(evaluator):
    text = text_of(evaluator, "evaluation_list", q="tidak ada")
    assert "Tidak ada evaluasi yang cocok" in text
    assert "Tampilkan semua evaluasi" in text


def test_the_first_visit_says_where_evaluations_begin(evaluator, world):
    world.here.evaluation.interviews.all().delete()
    world.here.evaluation.delete()
    assert "Evaluasi dimulai dari halaman sebuah program." in text_of(evaluator, "evaluation_list")


def test_the_list_takes_the_same_queries_for_one_and_many(evaluator, world):
    url = reverse("evaluation_list")
    evaluator.get(url)
    few = page_queries(evaluator, url)
    for number in range(3):
        program = make_program(world.here.region, world.here.office, f"Program {number}")
        make_evaluation(world.here, program=program)
    assert page_queries(evaluator, url) == few


# --- the plan ---------------------------------------------------------------------------------------------------

PLAN = {
    "title": "Evaluasi Program Kota Semarang",
    "questions": "Apakah kompetensi meningkat?\n\nApakah layanan lebih cepat?",
    "design": "satu_kelompok",
    "start_date": "2026-01-05",
    "end_date": "2026-09-30",
    "minimum_group": "5",
}


def test_an_evaluation_is_proposed_with_the_name_and_dates_of_the_program(evaluator, world):
    form = evaluator.get(reverse("evaluation_create", args=[world.here.program.pk])).context["form"]
    assert form.initial["title"] == "Evaluasi Program Kota Semarang"
    assert (form.initial["start_date"], form.initial["end_date"]) == (
        world.here.program.start_date,
        world.here.program.end_date,
    )
    Program.objects.unscoped("test").filter(pk=world.here.program.pk).update(name="Pelatihan " + "x" * 185)
    form = evaluator.get(reverse("evaluation_create", args=[world.here.program.pk])).context["form"]
    assert form.initial["title"] == ("Evaluasi Program Pelatihan " + "x" * 185)[:200]


def test_an_evaluation_is_created_by_whom_and_leads_to_its_workspace(evaluator, world):
    url = reverse("evaluation_create", args=[world.here.program.pk])
    response = evaluator.post(url, PLAN, follow=True)
    evaluation = response.context["object"]
    assert (evaluation.program, evaluation.created_by) == (world.here.program, world.here.users["evaluator"])
    assert evaluation.question_list == ["Apakah kompetensi meningkat?", "Apakah layanan lebih cepat?"]
    assert "rencanakan surveinya" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end_date": "2026-01-01"}, "Tanggal selesai tidak boleh mendahului tanggal mulai."),
        ({"minimum_group": "2"}, "3"),
        ({"title": ""}, "Bidang ini tidak boleh kosong."),
    ],
)
def test_a_wrong_plan_is_refused_and_what_was_typed_stays(evaluator, world, change, message):
    url = reverse("evaluation_create", args=[world.here.program.pk])
    text = evaluator.post(url, PLAN | {"team": "Tim Gabungan"} | change).content.decode()
    assert message in text
    assert "Tim Gabungan" in text
    assert world.here.program.evaluations.count() == 1


def test_two_people_do_not_overwrite_each_other(evaluator, world):
    evaluation = world.here.evaluation
    url = reverse("evaluation_update", args=[evaluation.pk])
    mine = PLAN | {"seen_revision": 1, "closing_remark": ""}
    assert evaluator.post(url, mine | {"team": "Tim A"}).status_code == 302
    page = evaluator.post(url, mine | {"team": "Tim B"})
    assert "Data ini telah diubah orang lain" in page.content.decode()
    points = page.context["form"].conflict.points
    assert [(point.label, point.stored, point.typed) for point in points] == [("Tim evaluator", "Tim A", "Tim B")]
    evaluation.refresh_from_db()
    assert (evaluation.team, evaluation.revision) == ("Tim A", 2)
    assert evaluator.post(url, mine | {"team": "Tim B", "seen_revision": 2}).status_code == 302
    evaluation.refresh_from_db()
    assert (evaluation.team, evaluation.revision) == ("Tim B", 3)


# --- stages -----------------------------------------------------------------------------------------------------


def test_a_stage_is_changed_by_button_and_shown(evaluator, world):
    evaluation = world.here.evaluation
    response = evaluator.post(
        reverse("evaluation_state", args=[evaluation.pk]), {"state": "pengumpulan"}, follow=True
    )
    text = response.content.decode()
    assert "Tahap evaluasi sekarang: Pengumpulan data." in text
    assert '<li class="current" aria-current="step">Pengumpulan data</li>' in text
    assert '<li class="done">Rencana</li>' in text


def test_a_stage_out_of_order_is_refused_in_words(evaluator, world):
    url = reverse("evaluation_state", args=[world.here.evaluation.pk])
    text = evaluator.post(url, {"state": "laporan"}, follow=True).content.decode()
    assert "tidak dapat langsung diubah" in text
    assert evaluator.get(url).status_code == 405


# --- the workspace ----------------------------------------------------------------------------------------------


def test_the_workspace_shows_who_answered_per_instrument_and_wave(evaluator, world):
    both_waves_open(world.here)
    for number, enrollment in enumerate(world.here.enrollments[:4]):
        store_response(
            survey=world.here.surveys["sesudah"],
            answers={"b1": 4, "b2": 4, "b3": 2},
            author=Author.participant(enrollment),
            response_id=f"00000000-0000-4000-8000-00000000000{number}",
            channel=Response.Channel.PAPER,
            received_on=today(),
        )
    response = evaluator.get(reverse("evaluation_detail", args=[world.here.evaluation.pk]))
    text = response.content.decode()
    assert "0 dari 6" in text
    assert "4 dari 6" in text
    (row,) = response.context["rows"]
    assert (row.before.wave, row.after.wave) == ("sebelum", "sesudah")


def test_what_is_missing_is_named_in_the_order_of_the_work(evaluator, world):
    evaluation, user = world.here.evaluation, world.here.users["evaluator"]

    def missing():
        surveys = evaluator.get(reverse("evaluation_detail", args=[evaluation.pk])).context["rows"]
        flat = [survey for row in surveys for _label, survey in row.waves if survey]
        return [step.label for step in open_steps(evaluation, flat, user=user, today=today())]

    take_answers(world.here.surveys["sebelum"], state="draf")
    take_answers(world.here.surveys["sesudah"])
    evaluation.interviews.all().delete()
    assert missing() == ["Buka survei", "Bagikan tautan", "Catat wawancara", "Catat temuan", "Tambah rekomendasi"]
    evaluation.surveys.all().delete()
    assert missing() == ["Rencanakan survei", "Catat wawancara", "Catat temuan", "Tambah rekomendasi"]


def test_a_survey_without_answers_is_to_be_closed_once_its_time_has_passed(evaluator, world):
    survey = world.here.surveys["sesudah"]
    survey.state, survey.opens_on, survey.closes_on = "dibuka", today(), today()
    survey.n_answered, user = 0, world.here.users["evaluator"]
    at_last, after = (
        open_steps(world.here.evaluation, [survey], user=user, today=today() + timedelta(days=days))[0].label
        for days in (0, 1)
    )
    assert (at_last, after) == ("Bagikan tautan", "Tutup survei")


def test_a_complete_evaluation_points_to_its_result(evaluator, world):
    evaluation = world.here.evaluation
    for survey in evaluation.surveys.all():
        survey.state = "ditutup"
        survey.save()
    finding = Finding.objects.create(
        evaluation=evaluation, kind="tantangan", statement="Jadwal", category="waktu", severity=2
    )
    recommendation = Recommendation.objects.create(
        evaluation=evaluation, statement="Fleksibel", kind="lain", owner="BKPSDM", due_date=today()
    )
    recommendation.findings.add(finding)
    text = text_of(evaluator, "evaluation_detail", evaluation.pk)
    assert "Data evaluasi ini lengkap." in text
    assert reverse("evaluation_result", args=[evaluation.pk]) in text
    assert reverse("report_download", args=[evaluation.pk]) in text


def test_who_may_not_do_a_step_sees_no_button_for_it(client, world):
    client.force_login(world.here.users["manajer"])
    context = client.get(reverse("evaluation_detail", args=[world.here.evaluation.pk])).context
    assert [context["next_step"].url, *(step.url for step in context["later_steps"])] == [""] * (
        1 + len(context["later_steps"])
    )
    text = text_of(client, "evaluation_detail", world.here.evaluation.pk)
    assert reverse("survey_create", args=[world.here.evaluation.pk]) not in text
    assert reverse("evaluation_state", args=[world.here.evaluation.pk]) not in text


def test_the_workspace_takes_the_same_queries_for_few_and_many(evaluator, world):
    url = reverse("evaluation_detail", args=[world.here.evaluation.pk])
    both_waves_open(world.here)
    evaluator.get(url)
    few = page_queries(evaluator, url)
    for number in range(3):
        public_survey(world.here, make_instrument(f"lain{number}"))
    for enrollment in world.here.enrollments:
        Response.objects.create(
            survey=world.here.surveys["sesudah"],
            enrollment=enrollment,
            answers=[1, 2, 3],
            channel="tautan",
            received_on=today(),
        )
    assert page_queries(evaluator, url) == few


@pytest.mark.parametrize(
    ("state", "opens", "closes", "text", "tone"),
    [
        ("draf", 1, 9, "Belum dibuka", ""),
        ("draf", 0, 9, "Belum dibuka", "attention"),
        ("dibuka", 0, 0, "Menerima jawaban", "active"),
        ("dibuka", -9, -1, "Masa menjawab lewat", "attention"),
        ("ditutup", -9, 9, "Ditutup", ""),
    ],
)
def test_the_standing_of_a_survey_says_more_than_its_state(world, state, opens, closes, text, tone):
    survey = world.here.surveys["sesudah"]
    survey.state = state
    survey.opens_on, survey.closes_on = today() + timedelta(days=opens), today() + timedelta(days=closes)
    assert (standing(survey, today()).text, standing(survey, today()).tone) == (text, tone)


def test_a_survey_that_opens_later_names_the_day(world):
    survey = world.here.surveys["sesudah"]
    survey.state = "dibuka"
    assert standing(survey, survey.opens_on - timedelta(days=1)).text == "Menerima jawaban mulai 1 Juli 2026"
