"""A file of answers on its way through upload, preview and consent."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from evaluations.actions.imports import import_answers, plan_import, read_answer_file
from evaluations.models import Response, ResponseDraft
from tests.evaluations.sheets import csv
from tests.evaluations.surveying import add_open_question, both_waves_open, public_survey, take_answers, today
from tests.files import saved, xls, xlsx
from tests.queries import count_queries
from tests.world import add_participant, synthetic_nip

HEADER = ["kode", "gelombang", "b1", "b2", "b3"]
GOOD = csv(HEADER, ["P001", "pre", 3, 3, 3], ["P001", "post", 4, 5, 2], ["P002", "post", 5, "", 1])


@pytest.fixture
def survey(world):
    both_waves_open(world.here)
    world.here.surveys["sesudah"].refresh_from_db()
    return world.here.surveys["sesudah"]


def upload(client, survey, content: bytes, name: str = "jawaban.csv", **options):
    url = reverse("response_import", args=[survey.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, content)}, **options)


def preview(client, survey, content: bytes, name: str = "jawaban.csv"):
    response = upload(client, survey, content, name, follow=True)
    assert response.status_code == 200
    return response


def confirm(client, survey, **typed):
    draft = ResponseDraft.objects.unscoped("test").get()
    url = reverse("response_import", args=[survey.pk])
    return client.post(url, {"draft": draft.pk} | typed, follow=True)


def stored(place) -> list[tuple]:
    rows = Response.objects.unscoped("test").filter(survey__evaluation=place.evaluation)
    return list(
        rows.order_by("survey__opens_on", "survey", "enrollment").values_list("enrollment__code", "answers")
    )


def problems(response) -> list[tuple]:
    return [(each.row, each.column, each.value, each.message) for each in response.context["problems"]]


def test_nothing_is_saved_before_consent_and_all_of_it_after(evaluator, survey, world):
    response = preview(evaluator, survey, GOOD)
    assert stored(world.here) == []
    plan = response.context["plan"]
    assert (len(plan.planned), plan.same, plan.problems) == (3, 0, ())
    assert "Simpan 3 jawaban" in response.content.decode()
    text = confirm(evaluator, survey).content.decode()
    assert "3 jawaban disimpan, 0 sudah ada sebelumnya, 0 masalah dilewati." in text
    waves = {name: world.here.surveys[name].responses for name in ("sebelum", "sesudah")}
    assert list(waves["sebelum"].values_list("enrollment__code", "answers")) == [("P001", [3, 3, 3])]
    assert sorted(waves["sesudah"].values_list("enrollment__code", "answers")) == [
        ("P001", [4, 5, 2]),
        ("P002", [5, None, 1]),
    ]
    response = waves["sebelum"].get()
    assert (response.channel, response.entered_by) == ("berkas", world.here.users["evaluator"])
    assert survey.invitations.filter(is_answered=True).count() == 2
    assert not ResponseDraft.objects.unscoped("test").exists()


def test_the_same_file_twice_changes_nothing(evaluator, survey, world):
    preview(evaluator, survey, GOOD)
    confirm(evaluator, survey)
    before = stored(world.here)
    response = preview(evaluator, survey, GOOD)
    plan = response.context["plan"]
    assert (len(plan.planned), plan.same, plan.problems) == (0, 3, ())
    assert "Tidak ada jawaban baru untuk disimpan." in response.content.decode()
    confirm(evaluator, survey)
    assert stored(world.here) == before


def test_other_answers_of_who_has_answered_are_a_problem(evaluator, survey, world):
    preview(evaluator, survey, GOOD)
    confirm(evaluator, survey)
    response = preview(evaluator, survey, csv(HEADER, ["P001", "post", 1, 1, 1]))
    assert problems(response) == [
        (2, "kode", "P001", "Responden ini sudah menjawab survei ini dengan jawaban yang berbeda.")
    ]


def test_wrong_rows_keep_the_whole_file_out_unless_told_otherwise(evaluator, survey, world):
    content = csv(HEADER, ["P001", "post", 9, 5, 2], ["P002", "post", 5, 4, 1], ["X1", "post", 5, 4, 1])
    response = preview(evaluator, survey, content)
    assert problems(response) == [
        (2, "b1", "9", "Isi dengan bilangan bulat 1 sampai 5."),
        (4, "kode", "X1", "Tidak ada responden survei ini dengan kode atau NIP ini."),
    ]
    assert response.context["n_rows_wrong"] == 2
    again = confirm(evaluator, survey)
    assert problems(again) == problems(response)
    assert "Belum ada yang disimpan. Perbaiki berkasnya," in again.content.decode()
    assert stored(world.here) == []
    confirm(evaluator, survey, valid_only="on")
    assert stored(world.here) == [("P002", [5, 4, 1])]


def test_an_unknown_column_blocks_even_the_right_rows(evaluator, survey, world):
    response = preview(evaluator, survey, csv([*HEADER, "b9"], ["P001", "post", 4, 5, 2, 1]))
    assert [(row, column) for row, column, *_rest in problems(response)] == [(None, "b9")]
    assert "Perbaiki berkasnya, lalu unggah lagi." in response.content.decode()
    assert "seluruh berkas" in response.content.decode()
    confirm(evaluator, survey, valid_only="on")
    assert stored(world.here) == []


def test_a_person_named_by_code_and_by_nip_is_the_same_person(evaluator, survey):
    content = csv(["id", "b1", "b2", "b3"], ["P001", 4, 5, 2], [f"'{synthetic_nip(1, 1980)}", 4, 5, 2])
    assert problems(preview(evaluator, survey, content)) == [
        (
            3,
            "id",
            synthetic_nip(1, 1980),
            "Responden ini sudah ada pada baris 2 untuk gelombang yang sama.",
        )
    ]


def test_the_wave_of_the_page_and_its_name_in_the_file_are_the_same_wave(evaluator, survey):
    response = preview(evaluator, survey, csv(HEADER, ["P001", "", 4, 5, 2], ["P001", "sesudah", 4, 5, 2]))
    assert [(row, message[:28]) for row, _column, _value, message in problems(response)] == [
        (3, "Responden ini sudah ada pada")
    ]


def test_people_of_another_program_are_unknown_here(evaluator, survey):
    content = csv(["NIP", "b1"], [f"'{synthetic_nip(1, 1981)}", 4])
    assert (
        problems(preview(evaluator, survey, content))[0][3] == "NIP ini tidak terdaftar sebagai peserta program."
    )


def test_a_nip_that_became_a_number_is_refused_with_the_way_to_fix_it(evaluator, survey):
    content = xlsx([["NIP", "b1", "b2", "b3"], [float(synthetic_nip(1, 1980)), 4, 5, 2]])
    message = problems(preview(evaluator, survey, content, "jawaban.xlsx"))[0][3]
    assert message.startswith("NIP ini tersimpan sebagai bilangan sehingga angka belakangnya hilang.")
    assert "Ubah kolomnya menjadi teks" in message


def test_a_wave_that_was_not_planned_is_said_once(evaluator, survey, world):
    world.here.surveys["sebelum"].delete()
    content = csv(HEADER, ["P001", "pre", 4, 5, 2], ["P002", "pre", 4, 5, 2], ["P003", "post", 4, 5, 2])
    assert problems(preview(evaluator, survey, content)) == [
        (None, "", "", "Evaluasi ini belum mempunyai survei gelombang “Sebelum” dengan instrumen ini.")
    ]


def test_after_closing_nothing_comes_in(evaluator, world):
    survey = take_answers(world.here.surveys["sesudah"], state="ditutup")
    response = preview(evaluator, survey, csv(["kode", "b1"], ["P001", 4], ["P002", 4]))
    assert [(row, message[:47]) for row, _column, _value, message in problems(response)] == [
        (None, "Survei gelombang “Sesudah” sudah ditutup. Buka ")
    ]
    confirm(evaluator, survey, valid_only="on")
    assert stored(world.here) == []


def test_a_survey_that_closes_between_preview_and_consent_takes_nothing(evaluator, survey, world):
    preview(evaluator, survey, GOOD)
    evaluator.post(reverse("survey_state", args=[survey.pk]), {"state": "ditutup"})
    assert "sudah ditutup" in confirm(evaluator, survey).content.decode()
    assert stored(world.here) == []


def test_the_day_of_each_sheet_is_kept_or_refused(evaluator, survey, world):
    inside, outside, coming = (today() + timedelta(days=days) for days in (-3, -30, 1))
    content = csv(
        ["kode", "tanggal", "b1"], ["P001", inside, 4], ["P002", outside, 4], ["P003", "", 4], ["P004", coming, 4]
    )
    response = preview(evaluator, survey, content)
    refused = [(row, message.split(";")[-1]) for row, _column, _value, message in problems(response)]
    assert [row for row, _why in refused] == [3, 5]
    assert refused[0][1].endswith("di luar itu.")
    assert refused[1][1] == "Tanggal pada baris ini belum tiba."
    confirm(evaluator, survey, valid_only="on")
    days = survey.responses.order_by("enrollment").values_list("received_on", flat=True)
    assert list(days) == [inside, today()]


def test_open_answers_come_along(evaluator, survey, world):
    add_open_question(survey.version)
    content = csv(["kode", "b1", "saran"], ["P001", 4, "=SUM(A1)"], ["P002", 4, ""])
    preview(evaluator, survey, content)
    confirm(evaluator, survey)
    texts = [
        list(each.open_answers.values_list("text", flat=True)) for each in survey.responses.order_by("enrollment")
    ]
    assert texts == [["=SUM(A1)"], []]
    assert preview(evaluator, survey, content).context["plan"].same == 2
    other = csv(["kode", "b1", "saran"], ["P001", 4, "Lain"])
    assert len(problems(preview(evaluator, survey, other))) == 1


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "kosong.csv", "Berkas ini kosong; pilih berkas yang berisi data."),
        (b"%PDF-1.7 x", "jawaban.xlsx", "dokumen PDF"),
        (b"kode,b1\n", "jawaban.csv", "hanya memuat judul kolom"),
        (b"nama,umur\nAni,30\n", "jawaban.csv", "Kolom jawaban tidak ditemukan."),
        (b"b1,b2\n4,5\n", "jawaban.csv", "Kolom kunci responden tidak ditemukan."),
        (xls({(0, 0): "kode", (0, 1): "b1", (1, 0): "P001", (1, 1): 4.0}, encrypted=True), "a.xls", "kata sandi"),
        (b"x" * (10 * 1024 * 1024 + 1), "besar.csv", "lebih besar dari batas 10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(evaluator, survey, content, name, message):
    response = upload(evaluator, survey, content, name)
    assert list(response.context["form"].errors) == ["file"]
    assert message in response.context["form"].errors["file"][0]
    assert not ResponseDraft.objects.unscoped("test").exists()


def test_a_renamed_file_is_read_by_its_content_and_says_so(evaluator, survey):
    response = preview(evaluator, survey, xlsx([["kode", "b1", "b2", "b3"], ["P001", 4.0, 5.0, 2.0]]), "a.csv")
    assert len(response.context["plan"].planned) == 1
    assert "dibaca menurut isinya" in response.content.decode()


def test_without_a_file_the_form_asks_for_one(evaluator, survey):
    response = evaluator.post(reverse("response_import", args=[survey.pk]), {})
    assert list(response.context["form"].errors) == ["file"]


def test_a_draft_belongs_to_who_uploaded_it(evaluator, survey, world, client):
    preview(evaluator, survey, GOOD)
    draft = ResponseDraft.objects.unscoped("test").get()
    colleague = world.here.users["evaluator"].__class__.objects.create_user(
        "rekan", password="rahasia-sekali", role="evaluator", office=world.here.office
    )
    client.force_login(colleague)
    url = reverse("response_import", args=[survey.pk])
    assert (
        "plan" not in client.get(url, {"berkas": draft.pk}).context
        or not client.get(url, {"berkas": draft.pk}).context["plan"]
    )
    text = client.post(url, {"draft": draft.pk}, follow=True).content.decode()
    assert "Berkas ini sudah disimpan atau sudah dihapus." in text
    assert stored(world.here) == []


@pytest.mark.parametrize("key", ["0", "x", "", "٣", "9" * 40])
def test_a_draft_that_is_none_leads_back_to_the_upload(evaluator, survey, key):
    url = reverse("response_import", args=[survey.pk])
    assert 'name="file"' in evaluator.get(url, {"berkas": key}).content.decode()
    assert "Unggah lagi bila perlu." in evaluator.post(url, {"draft": key}, follow=True).content.decode()


# --- public surveys ---------------------------------------------------------------------------------------------


def test_public_rows_with_keys_are_recognised_again(evaluator, world):
    survey = public_survey(world.here, world.version)
    preview(evaluator, survey, csv(["resp", "b1", "b2", "b3"], [1, 4, 4, 4], [2, 5, 5, 5]))
    confirm(evaluator, survey)
    response = preview(
        evaluator, survey, csv(["resp", "b1", "b2", "b3"], [2, 5, 5, 5], [3, 1, 1, 1], [1, 2, 2, 2])
    )
    plan = response.context["plan"]
    assert (len(plan.planned), plan.same, [problem.row for problem in plan.problems]) == (1, 1, [4])


def test_public_rows_without_keys_are_recognised_in_the_same_file_only(evaluator, world):
    survey = public_survey(world.here, world.version)
    content = csv(["b1", "b2", "b3"], [4, 4, 4], [4, 4, 4])
    assert "dihitung sebagai responden baru" in preview(evaluator, survey, content).content.decode()
    confirm(evaluator, survey)
    assert stored(world.here) == [(None, [4, 4, 4])] * 2
    assert preview(evaluator, survey, content).context["plan"].same == 2
    assert len(preview(evaluator, survey, content + b"\n1,1,1\n").context["plan"].planned) == 3


def test_the_same_keys_in_two_surveys_are_two_respondents(evaluator, world):
    after = public_survey(world.here, world.version)
    before = public_survey(world.here, world.version, wave="sebelum")
    content = csv(["resp", "gelombang", "b1"], [1, "pre", 4], [1, "post", 4])
    assert len(preview(evaluator, after, content).context["plan"].planned) == 2
    confirm(evaluator, after)
    assert (before.responses.count(), after.responses.count()) == (1, 1)


# --- the rest ---------------------------------------------------------------------------------------------------


def test_the_template_fits_its_own_import(evaluator, survey, world):
    response = evaluator.get(reverse("response_template", args=[survey.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="jawaban-survei-{survey.pk}.xlsx"'
    workbook = load_workbook(BytesIO(response.content))
    rows = list(workbook.worksheets[0].values)
    assert rows[0] == ("Kode Peserta", "Nama", "Tanggal", "b1", "b2", "b3")
    assert [row[0] for row in rows[1:]] == ["P001", "P002", "P003", "P004", "P005", "P006"]
    for column, value in zip("DEF", (4, 5, 2), strict=True):
        workbook.worksheets[0][f"{column}3"] = value
    plan = preview(evaluator, survey, saved(workbook), "templat.xlsx").context["plan"]
    assert [(each.number, each.new.response.answers) for each in plan.planned] == [(3, [4, 5, 2])]
    assert plan.problems == ()


def test_the_public_template_fits_its_own_import(evaluator, world):
    survey = public_survey(world.here, world.version)
    workbook = load_workbook(BytesIO(evaluator.get(reverse("response_template", args=[survey.pk])).content))
    workbook.worksheets[0].append([1, None, 4, 5, 2])
    plan = preview(evaluator, survey, saved(workbook), "templat.xlsx").context["plan"]
    assert ([each.new.response.answers for each in plan.planned], plan.problems) == ([[4, 5, 2]], ())


def test_many_problems_are_counted_and_the_first_are_shown(evaluator, survey):
    content = csv(["kode", "b1"], *([f"X{number}", 4] for number in range(250)))
    response = preview(evaluator, survey, content)
    assert (len(response.context["problems"]), response.context["n_hidden"]) == (200, 50)
    assert "dan 50 masalah lain" in response.content.decode()


def test_planning_and_saving_take_the_same_queries_for_few_and_many(survey, world):
    def sheet(codes):
        content = csv(["kode", "b1"], *([code, 4] for code in codes))
        return read_answer_file(survey=survey, content=content, file_name="a.csv")

    for number in range(7, 40):
        add_participant(world.here, number)
    one, many = sheet(["P002"]), sheet([f"P{number:03d}" for number in range(3, 40)])
    arguments = {"survey": survey, "today": today(), "wave": "sesudah"}
    import_answers(sheet=sheet(["P001"]), **arguments)
    assert count_queries(lambda: plan_import(sheet=one, **arguments)) == count_queries(
        lambda: plan_import(sheet=many, **arguments)
    )
    assert count_queries(lambda: import_answers(sheet=one, **arguments)) == count_queries(
        lambda: import_answers(sheet=many, **arguments)
    )
    assert survey.responses.count() == 39


def test_a_file_for_a_survey_that_begins_later_is_refused_row_by_row(survey):
    sheet = read_answer_file(survey=survey, content=csv(["kode", "b1"], ["P001", 4]), file_name="a.csv")
    plan = plan_import(survey=survey, sheet=sheet, today=date(2020, 1, 1), wave="sesudah")
    assert [(problem.row, "di luar itu" in problem.message) for problem in plan.problems] == [(2, True)]
    assert plan.planned == ()
