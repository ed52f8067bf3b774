"""Two texts as one: what went, what came, what stayed."""

import pytest

from asn_eval.history.textdiff import ADDED, GAP, REMOVED, SAME, Part, differences


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("antrean panjang", "antrean pendek", [(SAME, "antrean"), (REMOVED, " panjang"), (ADDED, " pendek")]),
        ("satu dua", "satu dua tiga", [(SAME, "satu dua"), (ADDED, " tiga")]),
        ("satu dua tiga", "dua tiga", [(REMOVED, "satu dua"), (ADDED, "dua"), (SAME, " tiga")]),
        ("", "baru", [(ADDED, "baru")]),
        ("lama", "", [(REMOVED, "lama")]),
        ("", "", []),
        ("sama", "sama", [(SAME, "sama")]),
        ("baris satu\r\nbaris dua", "baris satu\nbaris dua", [(SAME, "baris satu\nbaris dua")]),
    ],
)
def test_differences_are_the_parts_in_reading_order(old, new, expected):
    assert differences(old, new) == [Part(kind, text) for kind, text in expected]


def test_what_stayed_is_cut_to_a_few_words_around_the_change():
    words = [f"kata{n}" for n in range(40)]
    old, new = " ".join(words), " ".join([*words[:20], "SISIPAN", *words[20:]])
    assert differences(old, new) == [
        Part(GAP, "…"),
        Part(SAME, "".join(f" kata{n}" for n in range(14, 20))),
        Part(ADDED, " SISIPAN"),
        Part(SAME, "".join(f" kata{n}" for n in range(20, 26))),
        Part(GAP, "…"),
    ]


def test_no_word_is_lost_between_the_parts():
    old = "Jadwal pelatihan berbenturan dengan layanan pagi."
    new = "Jadwal lokakarya sering berbenturan dengan layanan."
    parts = differences(old, new)
    assert "".join(part.text for part in parts if part.kind in (SAME, REMOVED)) == old
    assert "".join(part.text for part in parts if part.kind in (SAME, ADDED)) == new


@pytest.mark.parametrize("separator", [" ", "\n"])
def test_very_long_texts_take_no_long_time(separator):
    old = separator.join(f"a{n}" for n in range(60_000))
    new = separator.join(f"b{n}" for n in range(60_000))
    parts = differences(old, new)
    assert [part.kind for part in parts] == [REMOVED, ADDED]
    assert all(len(part.text) <= 602 for part in parts)


def test_a_long_text_with_one_changed_word_shows_that_word():
    words = [f"k{n}" for n in range(3000)]
    changed = [*words[:1500], "LAIN", *words[1501:]]
    kinds = [part.kind for part in differences("\n".join(words), "\n".join(changed))]
    assert kinds == [GAP, SAME, REMOVED, ADDED, SAME, GAP]
