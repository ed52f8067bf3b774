"""A passage stays on its words when the text around it is edited; one that cannot be found is said to be lost."""

import random

import pytest

from evaluations.moved_passages import Replacement, Span, move_spans, replace_all

TEXT = "Pagi itu loket ramai. Petugas sabar. Sore hari loket ramai lagi dan petugas lelah."


def span_of(text: str, words: str, at: int = 0) -> Span:
    start = text.index(words, at)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("new", "words", "at"),
    [
        ("Catatan: " + TEXT, "Petugas sabar", 0),
        (TEXT + " Selesai.", "Petugas sabar", 0),
        (TEXT.replace("Pagi itu", "Pada pagi itu"), "Sore hari", 0),
        (TEXT.replace("Petugas sabar. ", "").replace("Sore hari", "Petugas sabar. Sore hari"), "Petugas sabar", 0),
        (TEXT.replace("Pagi itu", "Pagi hari itu").replace("lelah", "letih"), "Petugas sabar", 0),
        (TEXT.replace("Pagi itu", "Pagi hari itu").replace("lelah", "letih"), "loket ramai", 30),
    ],
)
def test_a_passage_follows_its_words(new, words, at):
    old = span_of(TEXT, words, at)
    moved = move_spans(TEXT, new, [old])[old]
    assert new[moved.start : moved.end] == words
    assert (moved.start > new.index("Petugas sabar")) == (at > 0 or words == "Sore hari")


@pytest.mark.parametrize("new", ["", TEXT.replace("Petugas sabar", "Petugas tenang"), "Petugas\nsabar"])
def test_a_passage_whose_words_changed_is_lost(new):
    old = span_of(TEXT, "Petugas sabar")
    assert move_spans(TEXT, new, [old]) == {old: None}


def test_of_two_places_that_nothing_tells_apart_none_is_chosen():
    old = "a ya b"
    assert move_spans(old, "xx ya xx ya xx", [span_of(old, "ya")]) == {Span(2, 4): None}


@pytest.mark.parametrize("seed", range(300))
def test_a_moved_passage_always_has_the_words_it_had(seed):
    chance = random.Random(seed)
    old, new = ("".join(chance.choices("ab ", k=chance.randint(1, 40))) for _text in range(2))
    start = chance.randrange(len(old))
    span = Span(start, chance.randint(start + 1, len(old)))
    moved = move_spans(old, new, [span])[span]
    assert moved is None or new[moved.start : moved.end] == old[span.start : span.end]
    assert move_spans(old, old, [span]) == {span: span}


def test_replacements_carry_the_passages_along():
    text = "Budi bilang Budi Santoso sabar"
    replacements = [Replacement(0, 4, "[nama]"), Replacement(12, 24, "[nama]")]
    spans = [Span(0, 4), Span(5, 11), Span(12, 16), Span(17, 30), Span(25, 30)]
    new, moved = replace_all(text, replacements, spans)
    assert new == "[nama] bilang [nama] sabar"
    assert [new[moved[span].start : moved[span].end] for span in spans] == [
        "[nama]",
        "bilang",
        "[nama]",
        "[nama] sabar",
        "sabar",
    ]
