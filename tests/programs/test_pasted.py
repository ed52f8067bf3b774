"""Lists as they are pasted, and texts that nobody should paste."""

from decimal import Decimal

import pytest

from programs.pasted import (
    LONGEST_LINE,
    MOST_LINES,
    Candidate,
    Directory,
    Line,
    Outcome,
    bare_name_key,
    has_too_many_lines,
    match_lines,
    name_key,
    read_lines,
)

BUDI, SITI, NAMESAKE, AGUS, NURAINI = range(1, 6)
CLASS = Directory(
    (
        Candidate(BUDI, "198001012010031901", "P001", "Budi Santoso, S.Kom., M.M."),
        Candidate(SITI, "198001012010032902", "P002", "Dr. Siti Aminah"),
        Candidate(NAMESAKE, "198001012010031903", "003", "Budi Santoso"),
        Candidate(AGUS, "198001012010031904", "P004", "Agus Hadi"),
        Candidate(NURAINI, "198001012010032905", "P005", "Hj. Nur'aini"),
    )
)


@pytest.mark.parametrize(
    ("text", "people", "state"),
    [
        ("198001012010031901", (BUDI,), ""),
        ("'198001012010031901", (BUDI,), ""),
        ("19800101 201003 1 903 hadir", (NAMESAKE,), "hadir"),
        ("12\t198001012010031901\tBudi S.\thadir", (BUDI,), "hadir"),
        ("199912312020121999\tAgus Hadi", (), ""),  # a NIP of nobody here is not outvoted by a name
        ("p005", (NURAINI,), ""),
        ("003", (NAMESAKE,), ""),
        ("1. Budi Santoso, S.Kom., M.M. - hadir", (BUDI,), "hadir"),
        ("Budi Santoso", (BUDI, NAMESAKE), ""),
        ("2) siti aminah (izin)", (SITI,), "izin"),
        ("3.\tAgus Hadi\tsakit", (AGUS,), "sakit"),
        ("4 Agus Hadi", (AGUS,), ""),
        ("•  AGUS   HADI", (AGUS,), ""),
        ("Agus Hadi", (AGUS,), ""),  # the surname is no word for being there
        ("hadir: Agus Hadi", (AGUS,), "hadir"),
        ("NURAINI tidak hadir", (NURAINI,), "alpa"),
        ("Ibu Nur’aini – dinas luar", (NURAINI,), "izin"),
        ("[12/03/26 08.15.33] Siti Aminah: Hadir", (SITI,), "hadir"),
        ("12/03/26 08.15 - Agus Hadi: hadir ✅", (AGUS,), "hadir"),
        ("08:15:33 From Agus Hadi to Everyone: hadir", (AGUS,), "hadir"),
        ("Siti Aminah_Dinas Kesehatan", (SITI,), ""),
        ("Dinkes - Siti Aminah", (SITI,), ""),
        ("ｓｉｔｉ　ａｍｉｎａｈ", (SITI,), ""),
        ("Siti\u200b Ami\u00adnah\ufeff", (SITI,), ""),
        ("Si\0ti Aminah", (SITI,), ""),
        ("Siti Amina", (), ""),
        ("Daftar hadir hari pertama", (), ""),
    ],
)
def test_a_line_names_somebody_and_perhaps_a_state(text, people, state):
    (line,) = read_lines(text)
    assert (CLASS.find(line), line.state) == (people, state)


@pytest.mark.parametrize("text", ["", " \t ", "hadir", "\0\0", "-", "•", "\u200b\ufeff", "()[]", "✅"])
def test_a_line_that_names_nobody_is_no_line(text):
    assert read_lines(text) == []


def test_lines_are_numbered_as_the_person_counts_them():
    assert [line.number for line in read_lines("satu\n\n\ndua\r\ntiga")] == [1, 4, 5]


@pytest.mark.parametrize(
    ("text", "name", "numbers"),
    [
        ("P001\t75", "P001", ("75",)),
        ("P001\t75,5\t80.25", "P001", ("75.5", "80.25")),
        ("P001\t\t80", "P001", (None, "80")),
        ("P001\t-\t80", "P001", (None, "80")),
        ("P001\t75\t", "P001", ("75",)),
        ("003\t80\t90", "003", ("80", "90")),
        ("1. Siti Aminah 80,5 90", "Siti Aminah", ("80.5", "90")),
        ("Agus Hadi; 7,5 ; 8", "Agus Hadi", ("7.5", "8")),
        ("198001012010031901\t80\t90", "", ("80", "90")),
        ("198001012010031901\t\t90", "", (None, "90")),
        ("19800101 201003 1 903 80 90", "", ("80", "90")),
        ("198001012010031901\tBudi\t80,5\t", "Budi", ("80.5",)),
        ("P002 80 90 100", "P002", ("80", "90", "100")),
        ("P002 delapan puluh", "P002 delapan puluh", ()),
        ("P002\t-5", "P002 -5", ()),
    ],
)
def test_the_numbers_at_the_end_are_scores(text, name, numbers):
    (line,) = read_lines(text, with_numbers=True)
    expected = tuple(number and Decimal(number) for number in numbers)
    assert (line.name, line.numbers) == (name, expected)


def outcomes(text: str, chosen=None) -> list[Outcome]:
    return [match.outcome for match in match_lines(read_lines(text), CLASS, chosen)]


def test_a_person_named_twice_counts_once_and_never_twice_differently():
    assert outcomes("P004 hadir\nAgus Hadi hadir") == [Outcome.FOUND, Outcome.REPEATED]
    assert outcomes("P004 hadir\nAgus Hadi sakit") == [Outcome.CONTRADICTED, Outcome.CONTRADICTED]
    assert outcomes("Budi Santoso\nBudi Santoso") == [Outcome.AMBIGUOUS, Outcome.AMBIGUOUS]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({1: NAMESAKE}, Outcome.FOUND),
        ({1: AGUS}, Outcome.AMBIGUOUS),  # nobody the line could mean
        ({2: NAMESAKE}, Outcome.AMBIGUOUS),  # another line
    ],
)
def test_an_ambiguous_name_is_decided_by_hand(chosen, expected):
    assert outcomes("Budi Santoso", chosen) == [expected]


def test_a_choice_that_names_the_same_person_twice_is_noticed():
    assert outcomes("Budi Santoso\nBudi Santoso", {1: BUDI, 2: BUDI}) == [Outcome.FOUND, Outcome.REPEATED]


@pytest.mark.parametrize(
    ("name", "full", "bare"),
    [
        ("Dr. Siti  AMINAH, M.Si.", "drsitiaminahmsi", "sitiaminah"),
        ("Nur'aini", "nuraini", "nuraini"),
        ("H.", "h", "h"),
        ("José", "jose", "jose"),
        ("...", "", ""),
    ],
)
def test_names_are_compared_by_their_letters(name, full, bare):
    assert (name_key(name), bare_name_key(name)) == (full, bare)


def test_a_line_without_letters_finds_nobody_by_an_empty_code():
    nameless = Directory([Candidate(1, "", "", "…")])
    assert nameless.find(Line(1, "?", name="?")) == ()


def test_ten_thousand_lines_are_read_and_more_are_said_to_be_too_many():
    text = "\n".join(f"{number}. Orang {number} - hadir" for number in range(MOST_LINES))
    assert len(read_lines(text)) == MOST_LINES
    assert not has_too_many_lines(text)
    assert has_too_many_lines(text + "\nsatu lagi")


HOSTILE = (
    "a",
    "1 ",
    "9",
    "- ",
    "(",
    "hadir ",
    "\t",
    "1.1.",
    "[12/12/12 ",
    " - ",
    ":",
    "'",
    "İ",
    "ß",
    "👩‍",
    "\u202e",
)


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("with_numbers", [False, True])
def test_no_text_takes_long(piece, with_numbers):
    """Each line is cut before anything looks for a pattern in it; a bad pattern would not come back."""
    lines = read_lines("\n".join([piece * 50_000] * 20), with_numbers=with_numbers)
    assert all(len(line.text) <= LONGEST_LINE for line in lines)
