"""A long text in blocks and stretches: nothing lost, nothing added, every passage where it was marked."""

import random

import pytest

from evaluations.coded_passages import LONGEST_BLOCK, Block, Marked, blocks_of, by_block, stretches


@pytest.mark.parametrize(
    "text",
    ["", "a", "kata " * 5_000, "x" * 20_000, ("baris\r\n" * 4_000), "😀" * 9_000, ("p" * 2_999 + "\n") * 5],
)
def test_blocks_hold_the_text_without_loss_and_are_never_endless(text):
    blocks = blocks_of(text)
    assert "".join(text[block.start : block.end] for block in blocks) == text
    assert all(0 < block.end - block.start <= LONGEST_BLOCK for block in blocks)
    assert not any(
        text[block.start : block.start + 1] == "\n" and text[block.start - 1] == "\r" for block in blocks
    )


def test_overlapping_passages_cover_their_own_characters():
    block = Block(0, 0, 10)
    passages = [Marked("a", 0, 6), Marked("b", 3, 8), Marked("c", 3, 4)]
    found = [(one.text, one.covered, one.begins) for one in stretches("0123456789", block, passages)]
    assert found == [
        ("012", ("a",), ("a",)),
        ("3", ("a", "b", "c"), ("b", "c")),
        ("45", ("a", "b"), ()),
        ("67", ("b",), ()),
        ("89", (), ()),
    ]


def test_a_passage_over_two_blocks_begins_once():
    text = ("x" * 2_999 + "\n") * 3
    blocks = blocks_of(text)
    passages = [Marked("lang", 10, len(text) - 10)]
    drawn = [
        one
        for block, here in zip(blocks, by_block(blocks, passages), strict=True)
        for one in stretches(text, block, here)
    ]
    assert [one.begins for one in drawn if one.begins] == [("lang",)]
    assert "".join(one.text for one in drawn if one.covered) == text[10:-10]


def test_whatever_is_marked_the_text_stays_and_every_character_knows_its_passages():
    chance = random.Random(5)
    text = "".join(chance.choice("ab \n") for _character in range(20_000))
    spans = [sorted(chance.sample(range(len(text)), 2)) for _passage in range(120)]
    passages = sorted((Marked(key, *span) for key, span in enumerate(spans)), key=lambda one: (one.start, one.key))
    blocks = blocks_of(text)
    at = 0
    for block, here in zip(blocks, by_block(blocks, passages), strict=True):
        for one in stretches(text, block, here):
            assert text[at : at + len(one.text)] == one.text
            expected = {passage.key for passage in passages if passage.start <= at < passage.end}
            assert set(one.covered) == expected
            at += len(one.text)
    assert at == len(text)
