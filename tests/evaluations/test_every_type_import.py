"""Answers of every type come in by the file that the page hands out, and back as they left."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from evaluations.actions.imports import import_answers, plan_import, read_answer_file
from evaluations.models import Instrument, InstrumentVersion, Invitation, Item, Respondent
from tests.evaluations.every_type import PACKED, TYPED, every_type
from tests.evaluations.sheets import csv
from tests.evaluations.surveying import today
from tests.files import saved, unzipped
from tests.queries import count_queries
from tests.reports.answers import enroll_more
from tests.reports.exporting.answered import answer, download, survey_of

TEXTS = {"alasan": "Perlu", "saran": "Tambah latihan"}


def template(client, survey):
    """The empty workbook as the page hands it out."""
    return load_workbook(BytesIO(client.get(reverse("response_template", args=[survey.pk])).content))


def filled(workbook, typed=TYPED, rows: int | None = None) -> bytes:
    """The same workbook with answers in every row that somebody has (or in so many)."""
    sheet = workbook["Jawaban"]
    header = [cell.value for cell in sheet[1]]
    for number in range(2, (rows + 1 if rows else sheet.max_row) + 1):
        for name, value in typed.items():
            sheet.cell(number, header.index(name) + 1, value)
    return saved(workbook)


def plan(survey, content: bytes, name="jawaban.xlsx"):
    sheet = read_answer_file(survey=survey, content=content, file_name=name)
    return plan_import(survey=survey, sheet=sheet, today=today(), wave=survey.wave)


def take_in(survey, content: bytes, name="jawaban.xlsx"):
    sheet = read_answer_file(survey=survey, content=content, file_name=name)
    return import_answers(survey=survey, sheet=sheet, today=today(), wave=survey.wave)


def stored(survey) -> list[list]:
    return list(survey.responses.values_list("answers", flat=True))


def raters(world, survey, n: int = 3) -> list[Respondent]:
    made = [
        Respondent.objects.create(
            evaluation=world.here.evaluation,
            group="atasan",
            enrollment=enrollment,
            name=f"Kepala {enrollment.code}",
        )
        for enrollment in world.here.enrollments[:n]
    ]
    for rater in made:
        Invitation.objects.create(survey=survey, respondent=rater)
    return made


def test_the_template_of_participants_takes_every_type(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama")
    done = take_in(survey, filled(template(evaluator, survey)))
    assert (len(done.planned), done.problems) == (6, ())
    assert stored(survey) == [PACKED] * 6
    first = survey.responses.get(enrollment=world.here.enrollments[0])
    assert dict(first.open_answers.values_list("item_key", "text")) == TEXTS


def test_a_workbook_gives_numbers_and_days_of_its_own(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama")
    cells = TYPED | {"mampu": 4, "nilai": 85.0, "jam": 2.5, "pakai": 1, "baris_a": 3, "sejak": date(2026, 3, 5)}
    take_in(survey, filled(template(evaluator, survey), cells))
    assert stored(survey) == [PACKED] * 6


def test_the_template_of_raters_names_them_by_their_codes(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="rahasia", group="atasan")
    asked = raters(world, survey)
    workbook = template(evaluator, survey)
    codes = dict(survey.invitations.values_list("respondent", "code"))
    assert [tuple(cell.value for cell in row[:2]) for row in workbook["Jawaban"]] == [
        ("Kode Responden", "Nama"),
        *((codes[rater.pk], f"{rater.name}, menilai {rater.enrollment.person.name}") for rater in asked),
    ]
    assert workbook["Petunjuk"]["C2"].value == "Kode yang tercetak pada lembar; ada setelah survei dibuka"
    take_in(survey, filled(workbook))
    assert sorted(survey.responses.values_list("respondent", "answers")) == [(rater.pk, PACKED) for rater in asked]
    assert survey.invitations.filter(is_answered=True).count() == 3


def test_the_template_of_an_anonymous_survey_holds_codes_alone(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="anonim")
    for enrollment in world.here.enrollments:
        Invitation.objects.create(survey=survey, enrollment=enrollment)
    workbook = template(evaluator, survey)
    sheet = workbook["Jawaban"]
    assert [cell.value for cell in sheet[1]][:3] == ["Kode Responden", "Tanggal", "mampu"]
    codes = sorted(survey.invitations.values_list("code", flat=True))
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == codes
    done = take_in(survey, filled(workbook))
    assert (len(done.planned), done.problems) == (6, ())
    assert stored(survey) == [PACKED] * 6
    assert {response.enrollment_id for response in survey.responses.all()} == {None}
    assert plan(survey, filled(template(evaluator, survey))).same == 6


def test_anonymous_rows_cost_no_query_each(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="anonim")
    for enrollment in world.here.enrollments:
        Invitation.objects.create(survey=survey, enrollment=enrollment)
    content = filled(template(evaluator, survey))
    plan(survey, content)
    few = count_queries(lambda: plan(survey, content))
    for enrollment in enroll_more(world.here, 6):
        Invitation.objects.create(survey=survey, enrollment=enrollment)
    content = filled(template(evaluator, survey))
    assert count_queries(lambda: plan(survey, content)) == few


def test_the_template_of_the_public_is_empty_and_takes_rows(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="anonim", group="masyarakat")
    workbook = template(evaluator, survey)
    assert workbook["Jawaban"].max_row == 1
    take_in(survey, filled(workbook, rows=4))
    assert stored(survey) == [PACKED] * 4


def test_a_retrospective_template_has_both_times(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama", is_retrospective=True)
    then = {"dulu:mampu": "2", "dulu:nilai": "*", "dulu:baris_a": 1}
    take_in(survey, filled(template(evaluator, survey), TYPED | then))
    assert {tuple(recalled) for recalled in survey.responses.values_list("recalled", flat=True)} == {
        (2, "*", None, None, None, None, None, 1, None, None)
    }


def test_what_is_recalled_has_no_place_in_another_survey(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama")
    done = plan(survey, csv(["kode", "mampu", "dulu:mampu"], ["P001", 4, 2]), "jawaban.csv")
    assert [(each.row, each.column) for each in done.problems] == [(None, "dulu:…")]
    assert done.is_blocked


def test_items_may_be_called_as_our_own_columns_are(evaluator, world):
    instrument = Instrument.objects.create(key="formulir", name="Formulir")
    version = InstrumentVersion.objects.create(instrument=instrument, scoring="tanpa")
    kinds = {"tanggal": "tanggal", "nama": "teks_singkat", "kode": "angka", "b_1": "angka", "b1": "angka"}
    for position, (key, kind) in enumerate(kinds.items(), start=1):
        Item.objects.create(
            version=version, position=position, key=key, label=key, text=key, type=kind, is_required=False
        )
    survey = survey_of(world.here, version, mode="bernama")
    typed = {"tanggal": "05/03/2026", "nama": "Budi", "kode": 7, "b_1": 1, "b1": 2}
    workbook = template(evaluator, survey)
    assert [cell.value for cell in workbook["Jawaban"][1]][:3] == [
        "Kode Peserta",
        "Nama Lengkap",
        "Tanggal Diterima",
    ]
    done = take_in(survey, filled(workbook, typed))
    assert done.problems == ()
    assert stored(survey) == [["2026-03-05", 7, 1, 2]] * 6


def test_answers_that_were_not_asked_for_are_named(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama")
    done = plan(survey, filled(template(evaluator, survey), TYPED | {"pakai": "tidak"}))
    assert done.notes[-1] == (
        "Jawaban pada butir yang tidak ditanyakan kepada respondennya tidak disimpan: sejak (6)."
    )


@pytest.mark.parametrize(
    ("key", "cell", "message"),
    [
        ("tempat", "kelas; laut", "Pilih salah satu jawaban yang tersedia: kelas, daring, kantor."),
        ("urutan", "kelas; daring", "Beri urutan kepada semua pilihan, dari 1 sampai 3."),
        ("pakai", "mungkin", "Jawab dengan ya atau tidak."),
        ("sejak", "kemarin", "Tanggal ini tidak dikenali; tulis seperti 2026-11-23 atau 23/11/2026."),
        ("umur", "3", "Pilih salah satu jawaban yang tersedia: muda, tua."),
        ("baris_b", "5", "Isi dengan bilangan bulat 1 sampai 4."),
        ("mampu", "*", "Isi dengan bilangan bulat 1 sampai 5."),
    ],
)
def test_a_wrong_cell_is_named(evaluator, world, key, cell, message):
    survey = survey_of(world.here, every_type(), mode="bernama")
    done = plan(survey, csv(["kode", key], ["P001", cell]), "jawaban.csv")
    assert [(each.row, each.column, each.value, each.message) for each in done.problems] == [
        (2, key, cell, message)
    ]


@pytest.mark.parametrize("form", ["excel", "csv"])
@pytest.mark.parametrize("is_retrospective", [False, True])
def test_a_named_file_that_left_comes_back_as_the_same(evaluator, world, is_retrospective, form):
    survey = survey_of(world.here, every_type(), mode="bernama", is_retrospective=is_retrospective)
    recalled = [2, "*", None, None, None, None, None, 1, None, None] if is_retrospective else None
    packed = [*PACKED[:5], "*", *PACKED[6:]]
    # In a text file a formula would be defused for good; a workbook keeps it as a text.
    text = "Saran; – “dua”" if form == "csv" else "=Saran; – “dua”"
    answer(survey, world.here.enrollments, packed=packed, recalled=recalled, text=text)
    content = download(evaluator, survey, form)
    back = plan(survey, unzipped(content)["data.csv"], "data.csv") if form == "csv" else plan(survey, content)
    assert (back.same, back.planned, back.problems) == (6, (), ())


def test_a_file_of_raters_that_left_comes_back_as_the_same(evaluator, world):
    survey = survey_of(world.here, every_type(), mode="bernama", group="atasan")
    for rater in raters(world, survey, 6):
        survey.responses.create(respondent=rater, answers=PACKED, channel="kertas", received_on=today())
    back = plan(survey, download(evaluator, survey, "excel"))
    assert (back.same, back.planned, back.problems) == (6, (), ())


def test_the_command_takes_every_type_as_well(evaluator, world, tmp_path):
    survey = survey_of(world.here, every_type(), mode="rahasia", group="atasan")
    raters(world, survey)
    path = tmp_path / "atasan.xlsx"
    path.write_bytes(filled(template(evaluator, survey)))
    said = StringIO()
    call_command("import_responses", world.here.evaluation.title, path, instrument="lengkap", stdout=said)
    assert said.getvalue().splitlines()[-1] == "3 jawaban disimpan, 0 sudah ada sebelumnya, 0 masalah dilewati."
    assert stored(survey) == [PACKED] * 3


@pytest.mark.parametrize(
    ("mode", "group", "told"),
    [
        ("bernama", "peserta", "Kode Peserta, NIP"),
        ("anonim", "peserta", "Kode Responden"),
        ("bernama", "atasan", "Kode Responden"),
        ("anonim", "masyarakat", "Responden"),
    ],
)
def test_the_page_says_which_column_tells_who_answered(evaluator, world, mode, group, told):
    survey = survey_of(world.here, every_type(), mode=mode, group=group)
    page = evaluator.get(reverse("response_import", args=[survey.pk]))
    assert page.context["head"][0] == told
    columns = dict(page.context["columns"])
    assert "pengantar" not in columns
    assert columns["tempat"] == (
        "Tempat: Satu kode atau beberapa, dipisah titik koma: kelas Di kelas; daring Daring; "
        "kantor Di tempat kerja; * tidak berlaku"
    )
