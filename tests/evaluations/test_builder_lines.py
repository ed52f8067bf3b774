"""What people write line by line: names of points, options, rows."""

from decimal import Decimal

import pytest

from evaluations.item_lines import (
    LineError,
    free_among,
    key_from,
    plain_number,
    read_labels,
    read_options,
    read_rows,
    write_labels,
    write_options,
    write_rows,
)
from tests.evaluations.building import item

NOTHING = {"id": "", "en": ""}


def both(indonesian: str, english: str = "") -> dict[str, str]:
    return {"id": indonesian, "en": english}


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [
        ("Waktu kerja & dana", (), "waktu_kerja_dana"),
        ("Égalité", (), "egalite"),
        ("3 bulan", (), "b3_bulan"),
        ("سؤال", (), "butir"),
        ("Dana", ("dana", "DANA_2"), "dana_3"),
        ("x" * 80, (), "x" * 30),
        ("x" * 80, ("x" * 30,), f"{'x' * 28}_2"),
    ],
)
def test_a_key_is_made_of_a_name_and_free(text, taken, key):
    assert key_from(text, taken) == key


def test_a_key_that_is_free_stays_as_it_was_written():
    assert (free_among("B-3", {"b3"}), free_among("B-3", {"b-3"})) == ("B-3", "B-3_2")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("−1,5", "-1.5"),
        ("0.25", "0.25"),
        ("1.234", None),
        ("1,234", "1.234"),
        ("1e-99999999", None),
        ("123456789", None),
        ("nan", None),
        ("", None),
    ],
)
def test_a_number_is_short_and_can_be_read_one_way(text, number):
    assert plain_number(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("", []),
        ("Rendah\nTinggi | High", [both("Rendah"), NOTHING, NOTHING, both("Tinggi", "High")]),
        ("1 = Rendah\n4: Tinggi", [both("Rendah"), NOTHING, NOTHING, both("Tinggi")]),
        ("a\nb\n\nc\nd", [both("a"), both("b"), both("c"), both("d")]),
    ],
)
def test_points_are_named_one_by_one_or_at_both_ends(text, labels):
    assert read_labels(text, range(1, 5)) == labels


@pytest.mark.parametrize("text", ["a\nb\nc", "1 = a\n5 = b", "1 = a\n1 = b", f"{'x' * 101}\nb"])
def test_names_that_do_not_fit_the_points_are_refused(text):
    with pytest.raises(LineError):
        read_labels(text, range(1, 5))


def test_names_of_points_come_back_as_they_were_written():
    labels = [both("Rendah", "Low"), NOTHING, both("Tinggi")]
    assert write_labels(labels, 0) == "0 = Rendah | Low\n2 = Tinggi"
    assert read_labels(write_labels(labels, 0), range(3)) == labels


def test_options_come_back_as_they_were_written():
    options = [
        {"key": "dana", "id": "Dana", "en": "Funds", "score": 1},
        {"key": "waktu", "id": "Waktu", "en": "", "score": 0.5},
        {"key": "lain", "id": "Lain", "en": ""},
    ]
    assert write_options(options) == "[dana] Dana | Funds | 1\n[waktu] Waktu | | 0,5\n[lain] Lain"
    assert read_options(write_options(options)) == options


def test_an_option_without_a_code_gets_one_that_no_other_line_has():
    assert [option["key"] for option in read_options("Dana\n[dana] Dana lain\nDana")] == [
        "dana_2",
        "dana",
        "dana_3",
    ]


@pytest.mark.parametrize(
    "text", ["| Funds", "[a b] Dana", "Dana | Funds | banyak", "a | b | 1 | 2", f"[{'x' * 31}] a"]
)
def test_a_line_that_is_no_option_is_refused_by_name(text):
    with pytest.raises(LineError):
        read_options(text)


def test_a_row_is_no_longer_than_a_question():
    with pytest.raises(LineError):
        read_rows("x" * 2001)


def test_rows_keep_their_keys_and_new_ones_meet_no_other_item():
    rows = [item("a", text="Satu\ndua", text_en="One"), item("b", text="Tiga")]
    assert write_rows(rows) == "[a] Satu dua | One\n[b] Tiga"
    assert read_rows("[a] Satu\nLain | Other", {"lain"}) == [
        {"key": "a", "text": "Satu", "text_en": ""},
        {"key": "lain_2", "text": "Lain", "text_en": "Other"},
    ]
