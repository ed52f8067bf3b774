"""Golongan in the ways people write it, and the reference data behind it."""

import csv

import pytest

from programs.grades import GRADES_FILE, find_grade, grades


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("III/d", "III/d"),
        ("iii/D", "III/d"),
        ("III d", "III/d"),
        ("IIId", "III/d"),
        ("III-d", "III/d"),
        ("III.d", "III/d"),
        ("3/d", "III/d"),
        ("Penata Tk. I / III/d", "III/d"),
        ("Penata Tingkat I (III/d)", "III/d"),
        ("Penata Tk. I, III / d", "III/d"),
        ("Pembina Utama Muda/IV-c", "IV/c"),
        ("Juru Muda Tk.I (I/b)", "I/b"),
        ("Penata", "III/c"),
        ("penata  muda tk. I", "III/b"),
        ("Pembina Tingkat I", "IV/b"),
        ("IV/e", "IV/e"),
        ("IX", "IX"),
        ("ix", "IX"),
        ("9", "IX"),
        ("Golongan IX", "IX"),
        ("Gol. XVII PPPK", "XVII"),
        ("17", "XVII"),
        ("1", "I"),
    ],
)
def test_find_grade_finds_the_code(text, code):
    assert find_grade(text).code == code


@pytest.mark.parametrize(
    "text", ["", "0", "18", "XVIII", "I/e", "V/a", "5/a", "Staf", "²", "IX/a", "Penata Utama"]
)
def test_find_grade_finds_nothing(text):
    assert find_grade(text) is None


def test_grades_are_seventeen_of_each_status_in_order():
    listed = list(grades().values())
    assert [grade.order for grade in listed] == list(range(1, 35))
    assert [sum(grade.status == status for grade in listed) for status in ("PNS", "PPPK")] == [17, 17]
    assert {bool(grade.rank_name) for grade in listed if grade.status == "PNS"} == {True}
    assert {row["source"] == "" for row in rows(GRADES_FILE)} == {False}


def test_training_forms_carry_the_twenty_five_siasn_ids():
    forms = rows(GRADES_FILE.with_name("training_forms.csv"))
    assert sorted(int(form["siasn_id"]) for form in forms) == list(range(1, 26))
    assert len({form["code"] for form in forms}) == 25
    assert [form["siasn_id"] for form in forms if form["track"] == "klasikal"] == [
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "11", "12", "13",
    ]  # fmt: skip
    assert {form["track"] for form in forms} == {"klasikal", "nonklasikal"}
    assert all(form["name"] and form["source"] for form in forms)
