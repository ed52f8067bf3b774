"""Relevance as conditions that one chooses, and as words that one reads."""

import pytest
from django.utils import translation

from evaluations.conditions import (
    Condition,
    ConditionError,
    condition_of,
    expression_in_words,
    lost_options,
    question_numbers,
    read_conditions,
    value_in_words,
    write_conditions,
)
from evaluations.expressions import parse
from tests.evaluations.building import YES_NO_OPTIONS, item

ITEMS = [
    item("pernah", "ya_tidak"),
    item("catatan", "catatan"),
    item("mutu", labels=[{"id": name, "en": ""} for name in ("Buruk", "", "", "", "Baik")]),
    item("kendala", "pilihan_ganda", options=YES_NO_OPTIONS),
    item("tabel", "matriks"),
    item("tabel_a", matrix="tabel"),
    item("tabel_b", matrix="tabel"),
    item("hari", "angka"),
    item("sejak", "tanggal"),
    item("jabatan", "teks_singkat"),
    item("pilih", "pilihan", options=YES_NO_OPTIONS),
]
BY_KEY = {each.key: each for each in ITEMS}


def test_numbers_count_what_is_answered_and_letter_the_rows_of_a_matrix():
    assert question_numbers(ITEMS) == {
        "pernah": "1", "mutu": "2", "kendala": "3", "tabel": "4", "tabel_a": "4a", "tabel_b": "4b", "hari": "5",
        "sejak": "6", "jabatan": "7", "pilih": "8",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "joined", "conditions"),
    [
        ("${pernah} = 1", "and", [Condition("pernah", "=", 1)]),
        ("${hari} >= -2", "and", [Condition("hari", ">=", -2)]),
        ("${mutu} > 3 and ${hari} < 2.5", "and", [Condition("mutu", ">", 3), Condition("hari", "<", 2.5)]),
        ("selected(${kendala}, 'dana')", "and", [Condition("kendala", "memuat", "dana")]),
        ("${hari} > 0.00001", "and", [Condition("hari", ">", 0.00001)]),
        ("not(selected(${kendala}, 'dana'))", "and", [Condition("kendala", "tidak_memuat", "dana")]),
        (
            "${pernah} = 1 or ${jabatan} != '' or ${jabatan} = ''",
            "or",
            [
                Condition("pernah", "=", 1),
                Condition("jabatan", "terjawab", ""),
                Condition("jabatan", "kosong", ""),
            ],
        ),
        ('${jabatan} = "Ma\'ruf"', "and", [Condition("jabatan", "=", "Ma'ruf")]),
    ],
)
def test_an_expression_that_fits_goes_into_the_editor_and_comes_back_as_it_was(text, joined, conditions):
    found = [Condition(each.key, each.operator, each.value) for each in conditions]
    assert read_conditions(text) == (joined, found)
    assert write_conditions(joined, found) == text


@pytest.mark.parametrize(
    "text",
    [
        "${pernah} = 1 and (${mutu} > 3 or ${hari} < 2)",
        "${mutu} > ${hari}",
        "count-selected(${kendala}) > 1",
        "${mutu} + 1 > 3",
        "${mutu} >",
        "true()",
    ],
)
def test_what_only_a_formula_says_stays_a_formula(text):
    assert read_conditions(text) is None


@pytest.mark.parametrize(
    ("key", "operator", "typed", "condition"),
    [
        ("pernah", "=", "Ya", Condition("pernah", "=", 1)),
        ("pernah", "!=", "tidak", Condition("pernah", "!=", 0)),
        ("pilih", "=", "waktu  KERJA", Condition("pilih", "=", "waktu")),
        ("pilih", "=", "Funds", Condition("pilih", "=", "dana")),
        ("kendala", "=", "dana", Condition("kendala", "memuat", "dana")),
        ("kendala", "!=", "Dana", Condition("kendala", "tidak_memuat", "dana")),
        ("mutu", ">=", "4", Condition("mutu", ">=", 4)),
        ("mutu", "=", "baik", Condition("mutu", "=", 5)),
        ("hari", "<", "2,5", Condition("hari", "<", 2.5)),
        ("sejak", ">", "2026-01-31", Condition("sejak", ">", "2026-01-31")),
        ("jabatan", "terjawab", "", Condition("jabatan", "terjawab")),
        ("jabatan", "=", "Camat", Condition("jabatan", "=", "Camat")),
    ],
)
def test_what_is_typed_becomes_what_is_stored(key, operator, typed, condition):
    assert condition_of(BY_KEY[key], operator, typed) == condition


@pytest.mark.parametrize(
    ("key", "operator", "typed", "message"),
    [
        ("pilih", "=", "", "Isi jawaban yang dibandingkan."),
        ("pilih", "=", "uang", "“uang” bukan pilihan jawaban pilih. Yang ada: “Dana”, “Waktu kerja”."),
        ("pilih", ">", "dana", "“pilih” tidak mempunyai jawaban berupa angka."),
        ("pernah", "=", "mungkin", "Tulis “Ya” atau “Tidak”."),
        ("hari", "=", "nan", "“hari” dijawab dengan angka."),
        ("hari", "=", "1e5", "“hari” dijawab dengan angka."),
        ("hari", "memuat", "3", "“hari” tidak mempunyai pilihan jawaban."),
        ("sejak", "=", "31/01/2026", "Tulis tanggal seperti 2026-11-23."),
        ("jabatan", "=", "'\"", "Jangan memakai kedua macam tanda petik sekaligus."),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(key, operator, typed, message):
    with pytest.raises(ConditionError) as refused:
        condition_of(BY_KEY[key], operator, typed)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("${pernah} = 1", "nomor 1 dijawab “Ya”"),
        ("${pernah} != 0", "nomor 1 tidak dijawab “Tidak”"),
        ("${pilih} = 'dana'", "nomor 8 dijawab “Dana”"),
        ("selected(${kendala}, 'waktu')", "pada nomor 3 dipilih “Waktu kerja”"),
        ("not(selected(${kendala}, 'waktu'))", "pada nomor 3 tidak dipilih “Waktu kerja”"),
        ("${mutu} >= 5", "jawaban nomor 2 paling sedikit 5 (Baik)"),
        ("${mutu} < 3", "jawaban nomor 2 kurang dari 3"),
        ("${tabel_b} <= 2", "jawaban nomor 4b paling banyak 2"),
        ("${hari} > 2.5", "jawaban nomor 5 lebih dari 2,5"),
        ("${jabatan} != ''", "nomor 7 dijawab"),
        ("${jabatan} = ''", "nomor 7 tidak dijawab"),
        (
            "${pernah} = 1 and (${hari} > 3 or ${jabatan} = 'Camat')",
            "nomor 1 dijawab “Ya” dan (jawaban nomor 5 lebih dari 3 atau nomor 7 dijawab “Camat”)",
        ),
        ("count-selected(${kendala}) >= 2", "banyaknya pilihan pada jawaban nomor 3 paling sedikit 2"),
        ("${sejak} < today()", "jawaban nomor 6 kurang dari hari pengisian"),
        ("not(${pernah} = 1)", "tidak benar bahwa nomor 1 dijawab “Ya”"),
        ("${hari} + 1 = ${mutu}", "(jawaban nomor 5 + 1) sama dengan jawaban nomor 2"),
        ("${hilang} = 1", "“hilang” dijawab 1"),
        ("true()", "selalu"),
    ],
)
def test_an_expression_is_told_in_words(text, words):
    assert expression_in_words(parse(text), ITEMS) == words


def test_words_follow_the_language_of_the_options():
    with translation.override("en"):
        assert value_in_words(BY_KEY["pilih"], "dana") == "Funds"


def test_a_condition_on_an_option_that_is_gone_is_found():
    asking = [
        item("a", "pilihan", options=YES_NO_OPTIONS),
        item("b", relevance="${a} = 'uang' or ${a} = 'dana'"),
        item("c", relevance="not(selected(${a}, 'rapat'))"),
    ]
    assert lost_options(asking) == [("b", "a", "uang"), ("c", "a", "rapat")]
