"""What fingers type for an answer of each type, and the way back."""

from decimal import Decimal

import pytest

from evaluations.answer_types import AnswerError
from evaluations.answering import read_answer
from evaluations.keying_marks import hint_of, length_of, marks_of, meant_by, raw_of, typed_of
from tests.evaluations.sheets import Asked

PLACES = ({"key": "kelas", "id": "Di kelas"}, {"key": "daring", "id": "Daring"}, {"key": "kantor", "id": "Kantor"})
GRADES = ({"key": "1", "id": "SMA"}, {"key": "3", "id": "S1"})
OPTIONS = {"minimum": None, "maximum": None}


def asked(kind: str, options=(), **more) -> Asked:
    item = Asked("b1", type=kind, options=options, **OPTIONS | more)
    object.__setattr__(item, "labels", [])
    return item


SCALE = asked("likert", minimum=Decimal(1), maximum=Decimal(5), allows_na=True)
SCORE = asked("skor", minimum=Decimal(0), maximum=Decimal(100))


@pytest.mark.parametrize(
    ("item", "typed", "value"),
    [
        (SCALE, "4", 4),
        (SCALE, "-", "*"),
        (SCALE, "*", "*"),
        (SCALE, "", None),
        (SCORE, "87,5", 87.5),
        (asked("ya_tidak"), "y", 1),
        (asked("ya_tidak"), "T", 0),
        (asked("ya_tidak"), "1", 1),
        (asked("pilihan", PLACES), "2", "daring"),
        (asked("pilihan", PLACES), "daring", "daring"),
        (asked("pilihan", GRADES), "3", "3"),
        (asked("pilihan_ganda", PLACES), "3,1", ["kelas", "kantor"]),
        (asked("pilihan_ganda", PLACES), "1 3", ["kelas", "kantor"]),
        (asked("peringkat", PLACES), "2 1 3", ["daring", "kelas", "kantor"]),
        (asked("peringkat", PLACES), "213", ["daring", "kelas", "kantor"]),
        (asked("tanggal"), "05/03/2026", "2026-03-05"),
        (asked("tanggal"), "05032026", "2026-03-05"),
        (asked("teks_singkat"), "-", "-"),
        (asked("angka", minimum=Decimal(-5)), "-3", -3),
    ],
)
def test_what_is_typed_is_read(item, typed, value):
    assert read_answer(item, raw_of(item, typed), required=False) == value


@pytest.mark.parametrize(
    ("item", "typed", "message"),
    [
        (asked("pilihan", PLACES), "4", "Tidak ada pilihan 4."),
        (asked("pilihan", PLACES), "0", "Tidak ada pilihan 0."),
        (asked("pilihan", GRADES), "2", "Tidak ada pilihan 2."),
        (asked("pilihan_ganda", PLACES), "1,9", "Tidak ada pilihan 9."),
        (asked("peringkat", PLACES), "2 1", "Ketik 3 nomor, satu untuk tiap pilihan dari atas ke bawah."),
        (asked("peringkat", PLACES), "2 2 1", "Urutan 2 dipakai dua kali."),
        (asked("peringkat", PLACES), "2 4 1", "Beri urutan kepada semua pilihan, dari 1 sampai 3."),
        (SCORE, "-", "Isi dengan angka 0 sampai 100."),
    ],
)
def test_what_no_option_has_is_refused(item, typed, message):
    with pytest.raises(AnswerError) as caught:
        read_answer(item, raw_of(item, typed), required=False)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (SCALE, 4),
        (SCALE, "*"),
        (SCALE, None),
        (SCORE, 87.5),
        (asked("ya_tidak"), 0),
        (asked("pilihan", PLACES), "kantor"),
        (asked("pilihan", GRADES), "3"),
        (asked("pilihan_ganda", PLACES), ["kelas", "kantor"]),
        (asked("peringkat", PLACES), ["kantor", "kelas", "daring"]),
        (asked("tanggal"), "2026-03-05"),
        (asked("teks"), "Tambah loket"),
    ],
)
def test_a_stored_answer_can_be_typed_again(item, value):
    assert read_answer(item, raw_of(item, typed_of(item, value)), required=False) == value


@pytest.mark.parametrize(
    ("item", "hint"),
    [
        (SCALE, "1 – 5; - tidak berlaku"),
        (SCORE, "0 sampai 100"),
        (asked("angka"), "angka"),
        (asked("angka", minimum=Decimal("0.5")), "mulai dari 0,5"),
        (asked("angka", maximum=Decimal(9)), "paling besar 9"),
        (asked("ya_tidak"), "y ya, t tidak"),
        (asked("tanggal"), "hh/bb/tttt"),
        (asked("pilihan", PLACES), "1 Di kelas, 2 Daring, 3 Kantor"),
        (asked("pilihan", GRADES), "1 SMA, 3 S1"),
        (asked("pilihan_ganda", PLACES), "boleh beberapa, misalnya 1,3: 1 Di kelas, 2 Daring, 3 Kantor"),
        (
            asked("peringkat", PLACES),
            "nomor dalam kotak dari atas ke bawah, misalnya 2 1 3: Di kelas, Daring, Kantor",
        ),
        (asked("teks"), ""),
    ],
)
def test_the_allowed_keys_stand_beside_the_field(item, hint):
    assert hint_of(item) == hint


@pytest.mark.parametrize(
    ("item", "length"),
    [
        (SCALE, 1),
        (asked("likert", minimum=Decimal(1), maximum=Decimal(10)), None),
        (asked("likert", minimum=Decimal(-2), maximum=Decimal(2)), None),
        (SCORE, None),
        (asked("ya_tidak"), 1),
        (asked("pilihan", PLACES), 1),
        (asked("pilihan", ({"key": "sd", "id": "SD"},) * 10), None),
        (asked("pilihan_ganda", PLACES), None),
    ],
)
def test_an_answer_of_one_character_goes_on_by_itself(item, length):
    assert length_of(item) == length


def test_differences_are_told_in_words():
    assert meant_by(asked("pilihan_ganda", PLACES), ["kelas", "kantor"]) == "Di kelas, Kantor"
    assert meant_by(asked("pilihan", PLACES), "daring") == "Daring"
    assert meant_by(asked("ya_tidak"), 0) == "tidak"
    assert meant_by(SCALE, None) == "kosong"
    assert meant_by(SCALE, "*") == "tidak berlaku"
    assert marks_of(asked("pilihan", GRADES)) == [("1", "SMA"), ("3", "S1")]
