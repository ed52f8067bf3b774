"""Answers to every type of item, as forms, spreadsheets and people write them."""

from datetime import date, datetime

import pytest

from evaluations.answering import NOT_APPLICABLE, AnswerError, check_answers, read_answer, visible_keys
from evaluations.definitions import ItemDefinition

OPTIONS = [
    {"key": "dana", "id": "Kurang dana", "en": "Lack of funds"},
    {"key": "tim", "id": "Dukungan tim", "en": "Support of the team"},
    {"key": "lain", "id": "Lainnya", "en": "Other"},
]
CHOICE = ItemDefinition("c", "pilihan", "?", options=OPTIONS)
CHOICES = ItemDefinition("m", "pilihan_ganda", "?", options=OPTIONS)
RANKING = ItemDefinition("r", "peringkat", "?", options=OPTIONS)
YES_NO = ItemDefinition("y", "ya_tidak", "?")
DATE = ItemDefinition("d", "tanggal", "?")
SHORT = ItemDefinition("s", "teks_singkat", "?")
SCALE = ItemDefinition("l", "likert", "?", minimum=1, maximum=5, allows_na=True)
OPEN_ENDED = ItemDefinition("n", "angka", "?", minimum=0)


@pytest.mark.parametrize(
    ("item", "raw", "value"),
    [
        (CHOICE, "tim", "tim"),
        (CHOICE, " TIM ", "tim"),
        (CHOICE, "Dukungan tim", "tim"),
        (CHOICE, "support  of the TEAM", "tim"),
        (CHOICES, ["lain", "dana"], ["dana", "lain"]),
        (CHOICES, ["dana", "dana", ""], ["dana"]),
        (CHOICES, [], None),
        (CHOICES, "dana; lain", ["dana", "lain"]),
        (CHOICES, "lain dana", ["dana", "lain"]),
        (CHOICES, "Kurang dana, Lainnya", ["dana", "lain"]),
        (CHOICES, "Dukungan tim", ["tim"]),
        (RANKING, {"dana": "2", "tim": "1", "lain": "3"}, ["tim", "dana", "lain"]),
        (RANKING, {}, None),
        (RANKING, {"dana": "", "tim": ""}, None),
        (RANKING, "tim > lain > dana", ["tim", "lain", "dana"]),
        (RANKING, ["dana", "tim", "lain"], ["dana", "tim", "lain"]),
        (YES_NO, "1", 1),
        (YES_NO, "Tidak", 0),
        (YES_NO, "YES", 1),
        (YES_NO, 0.0, 0),
        (YES_NO, True, 1),
        (DATE, "2026-11-23", "2026-11-23"),
        (DATE, "23/11/2026", "2026-11-23"),
        (DATE, date(2026, 11, 23), "2026-11-23"),
        (DATE, datetime(2026, 11, 23, 8, 30), "2026-11-23"),
        (SHORT, " 😀 مرحبا ", "😀 مرحبا"),
        (SHORT, "a\ud800b", "ab"),
        (OPEN_ENDED, "1250", 1250),
        (SCALE, "*", NOT_APPLICABLE),
        (SCALE, "Tidak berlaku", NOT_APPLICABLE),
        (SCALE, "TB", NOT_APPLICABLE),
    ],
)
def test_an_answer_is_read_as_it_was_meant(item, raw, value):
    assert read_answer(item, raw, required=False) == value


@pytest.mark.parametrize(
    ("item", "raw", "message"),
    [
        (CHOICE, "uang", "Pilih salah satu jawaban yang tersedia: dana, tim, lain."),
        (CHOICE, "dana tim", "Pilih salah satu jawaban yang tersedia: dana, tim, lain."),
        (CHOICES, ["dana", "uang"], "Pilih salah satu jawaban yang tersedia: dana, tim, lain."),
        (CHOICES, "x" * 5000, "Pilih salah satu jawaban yang tersedia: dana, tim, lain."),
        (RANKING, {"dana": "1", "tim": "1", "lain": "2"}, "Urutan 1 dipakai dua kali."),
        (RANKING, {"dana": "1", "tim": "2"}, "Beri urutan kepada semua pilihan, dari 1 sampai 3."),
        (RANKING, {"dana": "9", "tim": "2", "lain": "1"}, "Beri urutan kepada semua pilihan, dari 1 sampai 3."),
        (RANKING, "dana dana tim", "Satu pilihan tidak dapat menempati dua urutan."),
        (YES_NO, "mungkin", "Jawab dengan ya atau tidak."),
        (DATE, "31/02/2026", "Tanggal ini tidak dikenali; tulis seperti 2026-11-23 atau 23/11/2026."),
        (DATE, "0206-01-01", "Tanggal ini tidak dikenali; tulis seperti 2026-11-23 atau 23/11/2026."),
        (SHORT, "x" * 201, "Tulisan ini terlalu panjang: 201 huruf, paling banyak 200."),
        (OPEN_ENDED, "-1", "Isi dengan angka mulai dari 0."),
        (YES_NO, "*", "Jawab dengan ya atau tidak."),
    ],
)
def test_what_is_no_answer_is_refused_in_words(item, raw, message):
    with pytest.raises(AnswerError, match="^" + message.replace(".", r"\.") + "$"):
        read_answer(item, raw, required=False)


def form() -> list[ItemDefinition]:
    """A barrier question, a text for those alone who chose "lain", and a matrix for those who chose anything."""
    return [
        ItemDefinition("m", "pilihan_ganda", "?", options=OPTIONS, is_required=False),
        ItemDefinition("sebut", "teks_singkat", "?", relevance="selected(${m}, 'lain')"),
        ItemDefinition("catatan", "catatan", "Terima kasih"),
        ItemDefinition("x", "matriks", "?", minimum=1, maximum=4, relevance="count-selected(${m}) > 0"),
        ItemDefinition("x1", "likert", "?", minimum=1, maximum=4, matrix="x"),
        ItemDefinition("x2", "likert", "?", minimum=1, maximum=4, matrix="x", allows_na=True),
        ItemDefinition(
            "akhir", "angka", "?", is_required=False, constraint=". >= ${x1}", constraint_message="Kurang."
        ),
    ]


def test_who_is_not_asked_need_not_answer_and_what_was_typed_there_is_dropped():
    values, errors = check_answers(form(), {"m": [], "sebut": "Terlanjur", "x1": "4"})
    assert errors == {}
    assert values == {"m": None, "sebut": None, "x1": None, "x2": None, "akhir": None}


def test_who_is_asked_must_answer():
    values, errors = check_answers(form(), {"m": ["lain"], "x1": "2"})
    assert values == {"m": ["lain"], "x1": 2, "akhir": None}
    assert errors == dict.fromkeys(("sebut", "x2"), "Butir ini wajib dijawab.")


def test_not_applicable_answers_a_required_item_and_no_condition():
    values, errors = check_answers(form(), {"m": ["dana"], "x1": "2", "x2": "*"})
    assert errors == {}
    assert values["x2"] == NOT_APPLICABLE
    asked = [ItemDefinition("x2", "likert", "?", minimum=1, maximum=4, allows_na=True)]
    asked.append(ItemDefinition("b", "teks", "?", relevance="${x2} != ''"))
    assert check_answers(asked, {"x2": "*"}) == ({"x2": NOT_APPLICABLE, "b": None}, {})


def test_a_constraint_speaks_in_the_words_of_its_item():
    answers = {"m": ["dana"], "x1": "3", "x2": "1", "akhir": "2"}
    assert check_answers(form(), answers)[1] == {"akhir": "Kurang."}
    assert check_answers(form(), answers | {"akhir": "3"})[1] == {}
    assert check_answers(form(), answers | {"akhir": ""})[1] == {}


def test_what_is_seen_follows_the_answers():
    assert visible_keys(form(), {}) == {"m", "catatan", "akhir"}
    assert visible_keys(form(), {"m": ["lain"]}) == {"m", "sebut", "catatan", "x", "x1", "x2", "akhir"}


def test_an_item_that_is_not_there_is_named():
    assert check_answers(form(), {"zz": "1"})[1] == {"zz": "Butir ini tidak ada dalam instrumen."}
    assert "catatan" in check_answers(form(), {"catatan": "1"})[1]
