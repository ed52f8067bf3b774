"""Two rows that look like one person; every NIP here is synthetic."""

import random
import tracemalloc
from datetime import date
from itertools import combinations

import pytest

from programs.duplicates import (
    MOST_OF_ONE_GROUP,
    Pair,
    Row,
    Sign,
    find_pairs,
    name_key,
    name_words,
    names_alike,
    near_nips,
)

BORN = date(1985, 1, 1)
NIP = "198501012010031901"


def row(key, nip=NIP, name="Siti Aminah", birth_date=BORN) -> Row:
    return Row(key, nip, name, birth_date)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Siti Aminah", ("siti", "aminah")),
        ("  SITI   aminah ", ("siti", "aminah")),
        ("Dr. Hj. Siti Aminah, S.Sos., M.Si", ("siti", "aminah")),
        ("Siti Aminah, M.Si., S.Sos.", ("siti", "aminah")),
        ("Siti Aminah S.Sos M.Si", ("siti", "aminah")),
        ("SITI AMINAH SE MM", ("siti", "aminah")),
        ("H. Drs. Siti Aminah", ("siti", "aminah")),
        ("Ir Siti Aminah,ST,MT", ("siti", "aminah")),
        ("Siti Aminah, S.Tr.IP., M.Tr.A.P.", ("siti", "aminah")),
        ("Nur'aini", ("nuraini",)),
        ("M. Yusuf", ("m", "yusuf")),
        ("M.Yusuf", ("m", "yusuf")),
        ("Budi, Santoso", ("budi", "santoso")),
        ("H.", ("h",)),
        ("Dr", ("dr",)),
        ("", ()),
        ("., -", ()),
    ],
)
def test_name_words_leave_titles_and_degrees_out(name, words):
    assert name_words(name) == words


def test_name_key_takes_both_spellings_for_one():
    assert name_key("Nur Hayati, S.E.") == name_key("NURHAYATI") == "nurhayati"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Siti Aminah", "Hj. Siti Aminah, S.Sos.", True),
        ("Siti Aminah", "Aminah Siti", True),
        ("Siti Aminah", "Siti Aminah Rahayu", True),
        ("Siti Aminah", "Siti Amniah", True),
        ("Mohammad Yusuf", "Muhammad Yusup", True),
        ("Siti Aminah", "Budi Santoso", False),
        ("Siti Aminah", "Siti Rahayu", False),
        ("Al", "Al Hidayat", False),
        ("", "", False),
        ("Siti", "", False),
    ],
)
def test_names_are_alike_when_one_may_be_the_other_misspelt(one, other, alike):
    assert names_alike(one, other) is alike
    assert names_alike(other, one) is alike


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ("198501012010031902", True),  # last digit
        ("298501012010031901", True),  # first digit
        ("198501012010131901", True),  # in the middle
        ("198501012010039101", True),  # neighbours changed places: 19 -> 91
        ("918501012010031901", True),  # the first two
        ("198501012010031910", True),  # the last two
        ("198501021010031901", True),  # neighbours across the middle
        ("198501012010031912", False),  # two digits differ
        ("198501012010013901", True),  # 31 -> 13
        ("198501012010033901", True),
        ("198510012010031901", True),
        ("198510102010031901", False),  # two exchanges
    ],
)
def test_near_nips_are_one_digit_or_one_exchange_apart(other, near):
    found = list(near_nips([row(1), row(2, other), row(3, "197107071999031950")]))
    assert [{one.key, two.key} for one, two in found] == ([{1, 2}] if near else [])


def test_near_nips_finds_each_pair_of_a_crowd_once():
    rows = [row(key, f"1985010120100319{key:02d}") for key in range(10, 20)]
    found = [frozenset((one.key, two.key)) for one, two in near_nips(rows)]
    # 10 … 19 differ in their last digit alone: 45 pairs, none of them an exchange of digits.
    assert len(found) == len(set(found)) == 45


def apart(one: str, other: str) -> bool:
    """The definition, digit by digit, with nothing clever in it."""
    differing = [place for place in range(18) if one[place] != other[place]]
    if len(differing) == 1:
        return True
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    left, right = differing
    return one[left] == other[right] and one[right] == other[left]


def test_near_nips_agrees_with_its_definition_on_random_numbers():
    draw = random.Random(20260101)
    # Few digits that vary, so that near pairs are many.
    nips = {f"19850{draw.randint(0, 1)}0{draw.randint(1, 3)}20100{draw.randint(1, 3)}19{draw.randint(0, 40):02d}"
            for _number in range(150)}  # fmt: skip
    rows = [row(key, nip) for key, nip in enumerate(sorted(nips))]
    found = sorted(tuple(sorted((one.key, two.key))) for one, two in near_nips(rows))
    expected = [(one.key, two.key) for one, two in combinations(rows, 2) if apart(one.nip, two.nip)]
    assert found == expected
    assert len(expected) > 100


def test_same_name_and_birth_date_make_a_pair_whatever_the_nip():
    rows = [row(7), row(3, "198501012009122950", "Hj. SITI AMINAH, S.Sos"), row(5, "198501012009122777", "Budi")]
    assert find_pairs(rows) == [Pair(3, 7, (Sign.SAME_NAME,))]


def test_same_name_without_a_birth_date_is_no_sign():
    assert find_pairs([row(1, birth_date=None), row(2, "198501012009122950", birth_date=None)]) == []


def test_a_near_nip_with_another_name_is_no_sign():
    assert find_pairs([row(1), row(2, "198501012010031902", "Budi Santoso", None)]) == []


def test_pairs_with_both_signs_come_first():
    rows = [
        row(1, "197107071999031950", "Budi Santoso", date(1971, 7, 7)),
        row(2, "197107072001031951", "Budi Santoso", date(1971, 7, 7)),
        row(3),
        row(4, "198501012010031902"),
    ]
    assert find_pairs(rows) == [
        Pair(3, 4, (Sign.SAME_NAME, Sign.NEAR_NIP)),
        Pair(1, 2, (Sign.SAME_NAME,)),
    ]


def test_a_crowd_of_one_name_and_birth_date_does_not_flood_the_list():
    rows = [row(key, f"19850101{1990 + key % 30}{1 + key % 12:02d}1{100 + key:03d}") for key in range(400)]
    pairs = [pair for pair in find_pairs(rows) if Sign.SAME_NAME in pair.signs]
    assert len(pairs) == MOST_OF_ONE_GROUP * (MOST_OF_ONE_GROUP - 1) / 2


def test_searching_many_people_needs_memory_for_the_rows_only():
    draw = random.Random(5)
    rows = {}
    while len(rows) < 2_000:
        year, month, day = draw.randint(1965, 2000), draw.randint(1, 12), draw.randint(1, 28)
        nip = f"{year}{month:02d}{day:02d}{year + 25}{draw.randint(1, 12):02d}1{draw.randint(901, 903)}"
        rows[nip] = Row(
            len(rows), nip, f"Orang {draw.choice('abcdefghij')}{len(rows) % 977}", date(year, month, day)
        )
    tracemalloc.start()
    find_pairs(rows.values())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_500 * len(rows)
