"""What was typed becomes an answer or a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.answer_types import LONGEST_TEXT
from evaluations.answering import AnswerError, check_answers, read_answer
from tests.evaluations.sheets import Asked

LIKERT = Asked("a")
TEST = Asked("n", "angka", Decimal(0), Decimal(100))
SIGNED = Asked("s", "angka", Decimal("-10"), Decimal("10"))
DAYS = Asked("d", "angka", Decimal(0), Decimal(5000))
TEXT = Asked("t", "teks", None, None, is_required=False)

WHOLE = "Isi dengan bilangan bulat 1 sampai 5."
SCORE = "Isi dengan angka 0 sampai 100."


@pytest.mark.parametrize(
    ("item", "raw", "value"),
    [
        (LIKERT, "4", 4),
        (LIKERT, " 4 ", 4),
        (LIKERT, 3.0, 3),
        (LIKERT, "3.0", 3),
        (LIKERT, "3,0", 3),
        (LIKERT, 5, 5),
        (LIKERT, "", None),
        (LIKERT, "   ", None),
        (LIKERT, None, None),
        (TEST, "4,5", 4.5),
        (TEST, "4.5", 4.5),
        (TEST, 87.25, 87.25),
        (TEST, "100", 100),
        (TEST, "0", 0),
        (TEST, "12.500", 12.5),
        (SIGNED, "-1.6", -1.6),
        (SIGNED, "−1,6", -1.6),
        (SIGNED, "+2", 2),
        (SIGNED, ".5", 0.5),
        (DAYS, "1250", 1250),
        (TEXT, "  Jadwal padat\r\nsekali ", "Jadwal padat\nsekali"),
        (TEXT, "a\x00b\x07c", "abc"),
        (TEXT, 12.0, "12"),
        (TEXT, "\x00", None),
    ],
)
def test_an_answer_is_read_as_it_was_meant(item, raw, value):
    answer = read_answer(item, raw, required=False)
    assert (answer, type(answer)) == (value, type(value))


@pytest.mark.parametrize(
    ("item", "raw", "message"),
    [
        (LIKERT, "6", WHOLE),
        (LIKERT, "0", WHOLE),
        (LIKERT, "3,5", WHOLE),
        (LIKERT, 3.5, WHOLE),
        (LIKERT, "empat", WHOLE),
        (LIKERT, "1e0", WHOLE),
        (LIKERT, "٤", WHOLE),
        (LIKERT, True, WHOLE),
        (LIKERT, float("nan"), WHOLE),
        (LIKERT, float("inf"), WHOLE),
        (LIKERT, "4" * 5000, WHOLE),
        (LIKERT, "4 5", WHOLE),
        (LIKERT, date(2026, 5, 4), f"Sel ini terbaca sebagai tanggal; ubah format sel menjadi angka. {WHOLE}"),
        (TEST, "100.01", SCORE),
        (TEST, "-0.5", SCORE),
        (TEST, "1.250.000", f"Tulis bilangan tanpa titik atau koma ribuan. {SCORE}"),
        (SIGNED, "11", "Isi dengan angka −10 sampai 10."),
        (
            DAYS,
            "1.250",
            "Tulis bilangan tanpa titik atau koma ribuan. Isi dengan angka 0 sampai 5.000.",
        ),
        (Asked("x", "angka", None, None), "x", "Isi dengan angka."),
        (Asked("x", "angka", Decimal("0.50"), Decimal("9.75")), "0", "Isi dengan angka 0,5 sampai 9,75."),
        (
            TEXT,
            "x" * (LONGEST_TEXT + 1),
            f"Tulisan ini terlalu panjang: {LONGEST_TEXT + 1} huruf, paling banyak {LONGEST_TEXT}.",
        ),
    ],
)
def test_what_is_no_answer_is_refused_with_what_is_allowed(item, raw, message):
    with pytest.raises(AnswerError) as caught:
        read_answer(item, raw, required=False)
    assert str(caught.value) == message


def test_a_required_item_must_be_answered_on_the_page_but_not_on_paper():
    items = [LIKERT, TEXT]
    assert check_answers(items, {}) == ({"t": None}, {"a": "Butir ini wajib dijawab."})
    assert check_answers(items, {}, may_be_incomplete=True) == ({"a": None, "t": None}, {})


def test_every_wrong_item_is_named_and_the_right_ones_are_kept():
    values, errors = check_answers([LIKERT, TEST, TEXT], {"a": "9", "n": "70", "zz": "1"})
    assert values == {"n": 70, "t": None}
    assert errors == {"a": WHOLE, "zz": "Butir ini tidak ada dalam instrumen."}
