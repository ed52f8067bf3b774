"""Who named which theme, and how far two coders agree: the pages and what they may show to whom."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.actions.coding import finish_answers
from evaluations.models import OpenAnswer
from tests.evaluations.coding import finish, make_theme, mark, open_survey
from tests.evaluations.evidence import make_interview, make_observation
from tests.queries import page_queries

TEXT = "Jadwal padat. Dana kurang. Loket penuh. Warga marah. Kami bingung. Hujan deras. Jalan rusak. Gelap. Surut."


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def coder(here):
    return here.users["evaluator"]


@pytest.fixture
def heard(here, coder):
    """Three interviews of two roles, an observation and six sheets; schedules stand under time."""
    evaluation = here.evaluation
    time = make_theme(evaluation, "Waktu")
    schedule = make_theme(evaluation, "Jadwal", parent=time)
    head, other = (
        make_interview(evaluation, text=TEXT, informant_role=role, unit=unit)
        for role, unit in (("pimpinan_unit", "Loket"), ("peserta", "Kantor"))
    )
    mark(head, schedule, coder, "Jadwal padat.")
    mark(head, schedule, here.users["admin"], "Jadwal padat.")
    mark(head, time, coder, "Kami bingung.")
    mark(other, time, coder, "Hujan deras.")
    seen = make_observation(evaluation)
    mark(seen, schedule, coder, "tertib", part="after", text=seen.after)
    survey = open_survey(here, n=6)
    for answer in OpenAnswer.objects.visible_to(coder).order_by("pk")[:2]:
        mark(answer, schedule, coder, "Tambah loket")
    return survey


def cells(client, evaluation, **asked) -> tuple[list[str], list[tuple]]:
    page = client.get(reverse("coding_matrix", args=[evaluation.pk]), asked)
    lines = [
        (
            line.name,
            [str(n) if not isinstance(n, int) else n for n in line.row.cells],
            line.row.total,
            line.row.n_sources,
        )
        for line in page.context["lines"]
    ]
    return page.context["headings"], lines


def test_the_matrix_counts_informants_by_role_and_sources_apart(evaluator, heard, here):
    headings, lines = cells(evaluator, here.evaluation)
    assert headings == [
        "Atasan, wawancara",
        "Peserta, wawancara",
        "Pimpinan unit kerja, wawancara",
        "Peserta, survei",
    ]
    assert lines == [("Waktu", [0, 1, 1, 2], 4, 1), ("Jadwal", [0, 0, 1, 2], 3, 1)]


def test_the_matrix_by_unit_names_no_unit_of_a_respondent(evaluator, heard, here):
    headings, lines = cells(evaluator, here.evaluation, menurut="unit")
    assert headings == [
        "Tanpa unit kerja, wawancara",
        "Kantor, wawancara",
        "Loket, wawancara",
        "Responden survei",
    ]
    assert lines[0] == ("Waktu", [0, 1, 1, 2], 4, 1)


@pytest.mark.parametrize("role", ["evaluator", "manajer", "auditor"])
def test_a_group_of_respondents_that_became_small_is_withheld_from_everybody(client, heard, here, role):
    here.evaluation.minimum_group = 7
    here.evaluation.save()
    client.force_login(here.users[role])
    page = client.get(reverse("coding_matrix", args=[here.evaluation.pk]))
    assert "tidak ditampilkan" in page.content.decode()
    row = page.context["lines"][0].row
    assert [isinstance(n, int) for n in (*row.cells, row.total)] == [True, True, True, False, False]
    book = openpyxl.load_workbook(
        BytesIO(client.get(reverse("coding_matrix_export", args=[here.evaluation.pk])).content)
    )
    assert [cell.value for cell in book.worksheets[0][3]] == [
        "Waktu",
        "Tantangan",
        0,
        1,
        1,
        "tidak ditampilkan",
        "tidak ditampilkan",
        1,
    ]


def test_readers_of_the_matrix_meet_no_name_and_no_words(client, heard, here):
    for role in ("manajer", "auditor"):
        client.force_login(here.users[role])
        for name in ("coding_matrix", "codebook"):
            page = client.get(reverse(name, args=[here.evaluation.pk])).content.decode()
            assert "Waktu" in page
            for secret in (
                "Ratna Uji",
                "Informan Rahasia",
                "Jadwal padat",
                "Hujan deras",
                "Tambah loket",
                coder_name(here),
            ):
                assert secret not in page


def coder_name(here) -> str:
    return here.users["evaluator"].username


def test_all_evaluations_in_sight_are_counted_by_key_and_region(client, heard, world):
    there = world.there
    theme = make_theme(there.evaluation, "Waktu")
    mark(there.evaluation.interviews.get(), theme, there.users["evaluator"], "Jadwal")
    client.force_login(world.national)
    page = client.get(reverse("coding_matrix_all"), {"menurut": "wilayah"})
    assert page.context["headings"] == [
        "Kota Medan, wawancara",
        "Kota Semarang, wawancara",
        "Kota Semarang, survei",
    ]
    by_name = {line.name: line.row for line in page.context["lines"]}
    assert (by_name["Waktu"].cells, by_name["Waktu"].total) == ((1, 2, 0), 3)
    client.force_login(world.here.users["manajer"])
    page = client.get(reverse("coding_matrix_all"), {"menurut": "wilayah"})
    assert "Kota Medan" not in page.content.decode()
    assert client.get(reverse("coding_matrix_all"), {"menurut": "x\x00"}).context["grouping"] == "peran"


@pytest.mark.parametrize("grouping", ["peran", "unit"])
def test_one_query_counts_a_matrix(evaluator, heard, here, grouping):
    url = reverse("coding_matrix", args=[here.evaluation.pk])
    with CaptureQueriesContext(connection) as queries:
        evaluator.get(url, {"menurut": grouping})
    assert sum('FROM "evaluations_coding"' in query["sql"] for query in queries) == 1


def test_the_matrix_takes_the_same_queries_for_few_and_many(evaluator, heard, here, coder):
    url = reverse("coding_matrix", args=[here.evaluation.pk])
    few = page_queries(evaluator, url)
    for number in range(5):
        theme = make_theme(here.evaluation, f"Tema {number}")
        mark(make_interview(here.evaluation, text=TEXT, unit=f"Unit {number}"), theme, coder, "Jadwal padat.")
    assert page_queries(evaluator, url) == few


def test_an_empty_matrix_says_what_to_do(evaluator, here):
    page = evaluator.get(reverse("coding_matrix", args=[here.evaluation.pk])).content.decode()
    assert "Belum ada bagian yang ditandai." in page


# --- Agreement ---


def agreement_of(client, evaluation, **asked) -> dict:
    page = client.get(reverse("coding_agreement", args=[evaluation.pk]), asked)
    return {theme.name: found for theme, found in page.context["lines"]} | {"page": page}


def test_two_coders_are_compared_sentence_by_sentence_on_what_both_have_finished(evaluator, here, coder):
    first, second = coder, here.users["admin"]
    both, alone = (make_interview(here.evaluation, text=TEXT) for _interview in range(2))
    theme = make_theme(here.evaluation)
    mark(both, theme, first, "Jadwal padat. Dana")  # touches two sentences
    mark(both, theme, first, "padat")  # counts them once more, which is once
    mark(both, theme, second, "Dana kurang.")
    mark(both, theme, second, "Loket penuh.")
    mark(alone, theme, first, "Jadwal padat.")
    finish(both, first, second)
    finish(alone, first)
    found = agreement_of(evaluator, here.evaluation)
    units = found["Jadwal"].units
    assert {units.first_only, units.second_only} == {1}
    assert (units.both, units.neither, units.n) == (1, 6, 9)
    assert found["Jadwal"].kappa == pytest.approx((7 / 9 - 53 / 81) / (1 - 53 / 81))
    assert "1 teks selesai dikode oleh keduanya, seluruhnya 9 kalimat." in found["page"].content.decode()


def test_lost_passages_are_not_compared(evaluator, here, coder):
    interview = make_interview(here.evaluation, text=TEXT)
    theme, other = make_theme(here.evaluation), here.users["admin"]
    mark(interview, theme, coder, "Jadwal padat.")
    mark(interview, theme, other, "Jadwal padat.")
    interview.excerpts.filter(coder=other).update(is_lost=True)
    finish(interview, coder, other)
    units = agreement_of(evaluator, here.evaluation)["Jadwal"].units
    assert (units.both, units.first_only + units.second_only) == (0, 1)


def test_few_sentences_give_no_kappa_and_the_page_says_so(evaluator, here, coder):
    interview, other = make_interview(here.evaluation, text="Jadwal padat. Dana kurang."), here.users["admin"]
    for who in (coder, other):
        mark(interview, make_theme(here.evaluation, f"Tema {who.username}"), who, "Jadwal padat.")
    finish(interview, coder, other)
    page = agreement_of(evaluator, here.evaluation)["page"].content.decode()
    assert page.count("terlalu sedikit kalimat") == 2


def test_open_answers_are_compared_too(evaluator, here, coder):
    survey, other = open_survey(here), here.users["admin"]
    answers = list(OpenAnswer.objects.visible_to(coder).filter(response__survey=survey))
    theme = make_theme(here.evaluation)
    mark(answers[0], theme, coder, "Tambah")
    for who in (coder, other):
        finish_answers(evaluation=here.evaluation, answers=answers, coder=who, is_finished=True)
    found = agreement_of(evaluator, here.evaluation)
    assert found["page"].context["compared"].n_texts == 5
    assert found["Jadwal"].n == 5


@pytest.mark.parametrize("asked", [{"pengode": "x", "dengan": "9" * 30}, {"pengode": "0"}, {"dengan": "-1"}])
def test_coders_that_do_not_exist_are_passed_over(evaluator, here, coder, asked):
    assert (
        "Sampai sekarang belum ada dua pengode"
        in agreement_of(evaluator, here.evaluation, **asked)["page"].content.decode()
    )
    finish(make_interview(here.evaluation, text=TEXT), coder, here.users["admin"])
    found = agreement_of(evaluator, here.evaluation, **asked)
    assert found["page"].context["compared"].n_texts == 1
