"""Where sentences end: the unit on which two coders are compared."""

import time

import pytest

from evaluations.sentences import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("  \n … --- \n", []),
        ("Satu. Dua! Tiga? Empat", ["Satu.", "Dua!", "Tiga?", "Empat"]),
        (
            "Menurut dr. Budi biayanya Rp3.500 per orang. Mahal.",
            ["Menurut dr. Budi biayanya Rp3.500 per orang.", "Mahal."],
        ),
        ("1. Jadwal padat.\n2. Dana kurang", ["1. Jadwal padat.", "2. Dana kurang"]),
        ("Program tahun 2024. Sesudah itu sepi.", ["Program tahun 2024.", "Sesudah itu sepi."]),
        ("“Kami sibuk.” Begitu katanya.", ["“Kami sibuk.”", "Begitu katanya."]),
        ("Ya... mungkin. A. B. Cipta datang", ["Ya...", "mungkin.", "A. B. Cipta datang"]),
        ("baris satu\r\nbaris dua\rbaris tiga", ["baris satu", "baris dua", "baris tiga"]),
        ("Senang 😀! Sekali", ["Senang 😀!", "Sekali"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, sentences):
    assert [text[start:end] for start, end in sentences_of(text)] == sentences


def test_two_million_characters_take_seconds_at_most():
    text = "Menurut dr. Budi, antrean panjang sekali. " * 48_000
    start = time.perf_counter()
    assert len(sentences_of(text)) == 48_000
    assert time.perf_counter() - start < 10
