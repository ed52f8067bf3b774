"""Names and NIPs in a text: what is found, whose it is, and what stands in its place."""

import time

import pytest

from evaluations.masking import (
    NIP_KEY,
    Known,
    Named,
    Names,
    find_all,
    find_nips,
    masked,
    masks_for,
    told,
    without_name,
)
from tests.world import synthetic_nip

NIP = synthetic_nip(1)
PEOPLE = [
    Known("Dr. Hj. Siti Aminah, S.Sos., M.Si"),
    Known("Siti Rahma"),
    Known("Budi Santoso"),
    Known("Ma'ruf Amin"),
    Known("Suharto"),
    Known("M. Ali"),
]


def found(text: str, people=PEOPLE) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.key) for one in find_all(text, Names(people))]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (f"NIP {NIP}.", [NIP]),
        (f"{NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}", [f"{NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}"]),
        (f"{NIP[:8]}.{NIP[8:14]}.{NIP[14]}.{NIP[15:]}", [f"{NIP[:8]}.{NIP[8:14]}.{NIP[14]}.{NIP[15:]}"]),
        (f"NIP.{NIP} dan {NIP}", [NIP, NIP]),
        (f"12 {NIP}", [NIP]),
        ("999999999999999999", ["999999999999999999"]),
        ("0812 3456 7890 1234 56", []),
        (f"{NIP}1", []),
        (NIP[:17], []),
        ("2026 2027 2028 2029 20", []),
        ("１９８６" * 5, []),
    ],
)
def test_nips_are_found_in_one_run_or_in_groups(text, written):
    assert [text[one.start : one.end] for one in find_nips(text)] == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bu Siti Aminah datang", [("Siti Aminah", "siti aminah")]),
        ("SITI AMINAH, S.Sos.", [("SITI AMINAH", "siti aminah")]),
        ("siti aminah", [("siti aminah", "siti aminah")]),
        ("Siti\nAminah", [("Siti\nAminah", "siti aminah")]),
        ("Siti. Aminah", [("Siti. Aminah", "siti aminah")]),
        ("Siti, Aminah", [("Siti", "siti"), ("Aminah", "siti aminah")]),
        ("Budi setuju", [("Budi", "budi santoso")]),
        ("budi pekerti", []),
        ("Budiman dan Aminahnya", []),
        ("Siti saja", [("Siti", "siti")]),
        ("Pak Ma’ruf", [("Ma’ruf", "maruf amin")]),
        ("Suharto, bukan suharto", [("Suharto", "suharto")]),
        ("Ali", [("Ali", "m ali")]),
        ("M saja, m. ali juga", [("m. ali", "m ali")]),
        ("Santoso Budi", [("Santoso", "budi santoso"), ("Budi", "budi santoso")]),
    ],
)
def test_names_are_found_as_whole_words(text, expected):
    assert found(text) == expected


def test_a_name_that_was_typed_is_found_in_small_letters_too():
    assert found("kata ratna begitu", [Known("Ratna", typed=True)]) == [("ratna", "ratna")]
    assert found("kata ratna begitu", [Known("Ratna")]) == []


@pytest.mark.parametrize("name", ["", "  ", "S.", "12", "!!!", "A B"])
def test_what_is_no_name_finds_nothing(name):
    assert found("S A B 12 !!! s", [Known(name, typed=True)]) == []


def test_one_person_has_one_number_over_all_texts():
    names = Names(PEOPLE)
    texts = ["Budi lalu Suharto", f"BUDI SANTOSO ({NIP}) dan Siti Aminah"]
    searched = [(text, find_all(text, names)) for text in texts]
    masks = masks_for(searched, {"budi santoso", "suharto", "siti aminah", NIP_KEY})
    assert [masked(text, names, masks) for text in texts] == [
        "[nama 1] lalu [nama 2]",
        "[nama 1] ([NIP]) dan [nama 3]",
    ]


def test_only_who_was_chosen_is_masked():
    names, text = Names(PEOPLE), f"Budi dan Suharto {NIP}"
    masks = masks_for([(text, find_all(text, names))], {"suharto"})
    assert masked(text, names, masks) == f"Budi dan [nama 1] {NIP}"


def test_numbers_go_on_after_those_of_an_earlier_time():
    names, text = Names(PEOPLE), "[nama 4] bertemu Budi"
    assert masks_for([(text, find_all(text, names))], {"budi santoso"}) == {"budi santoso": "[nama 5]"}


def test_what_was_found_is_told_with_its_spellings():
    names, text = Names(PEOPLE), f"Budi, BUDI SANTOSO, Budi; {NIP}"
    assert told([(text, find_all(text, names))], names) == [
        Named(NIP_KEY, "NIP", 1),
        Named("budi santoso", "Budi Santoso", 3, ["Budi", "BUDI SANTOSO"]),
    ]


def test_a_name_inside_a_nip_does_not_cut_it():
    grouped = f"{NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}"
    assert found(grouped, [Known(f"Unit {NIP[8:14]} abc", typed=True)]) == [(grouped, NIP_KEY)]


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("Kata Ratna Uji begitu", "Kata [x] begitu"),
        ("RATNA UJI, ratna uji, Ratna", "[x], [x], [x]"),
        ("Tidak ada", "Tidak ada"),
    ],
)
def test_a_quote_loses_every_form_of_the_name(quote, shown):
    assert without_name(quote, "Dra. Ratna Uji, M.Si", "[x]") == shown


def test_time_grows_with_the_text_and_not_with_its_square():
    names = Names([Known(f"Orang{number} Yang{number} Ketiga{number}") for number in range(500)])
    text = "Ketika orang12 yang12 datang, 1986 0926 2015 05 belum lengkap. "

    def seconds(times: int) -> float:
        begun = time.perf_counter()
        find_all(text * times, names)
        return time.perf_counter() - begun

    seconds(100)
    assert seconds(16_000) < 40 * max(seconds(1_000), 0.005)
