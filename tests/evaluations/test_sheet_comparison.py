from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from evaluations.sheet_comparison import compare_sheets


@dataclass(frozen=True)
class Asked:
    key: str = "a"
    type: str = "likert"
    label: str = "Menyapa"
    text: str = "Menyapa?"
    text_en: str = ""
    minimum: Decimal | None = Decimal(1)
    maximum: Decimal | None = Decimal(4)
    unit: str = ""
    labels: list = field(default_factory=list)
    options: list = field(default_factory=list)
    is_reverse: bool = False


SCALE = Asked()
NUMBER = Asked(type="angka", minimum=None, maximum=None)
SCORED = Asked(
    type="pilihan", options=[{"key": "ya", "id": "Ya", "score": 1}, {"key": "tidak", "id": "Tidak", "score": 0}]
)
PLAIN = Asked(type="pilihan", options=[{"key": "ya", "id": "Ya"}, {"key": "tidak", "id": "Tidak"}])


def compared(item, before, after, *, old_item=None):
    old = ([old_item or item], {item.key: before} if before is not None else {})
    new = ([item], {item.key: after} if after is not None else {})
    return [
        (line.before, line.after, line.change, line.by)
        for line in compare_sheets(old, new, words_of=lambda _i, v: str(v))
    ]


@pytest.mark.parametrize(
    ("item", "before", "after", "change", "by"),
    [
        (SCALE, 2, 4, "better", None),
        (SCALE, 4, 2, "worse", None),
        (SCALE, 3, 3, "same", None),
        (replace(SCALE, is_reverse=True), 2, 4, "worse", None),
        (replace(SCALE, is_reverse=True), 4, 2, "better", None),
        (SCALE, "*", 4, "unclear", None),
        (SCALE, 2, "*", "unclear", None),
        (SCALE, None, 4, "unclear", None),
        # Whether fewer minutes are better stands nowhere, unless the item is marked as reverse.
        (NUMBER, 35, 12.5, "fallen", Decimal("-22.5")),
        (NUMBER, 0.1, 0.3, "risen", Decimal("0.2")),
        (replace(NUMBER, is_reverse=True), 35, 12, "better", Decimal(-23)),
        (replace(NUMBER, is_reverse=True), 12, 35, "worse", Decimal(23)),
        (SCORED, "tidak", "ya", "better", None),
        (SCORED, "ya", "tidak", "worse", None),
        (PLAIN, "ya", "tidak", "changed", None),
        (replace(PLAIN, type="ya_tidak", options=[]), 0, 1, "changed", None),
        (replace(PLAIN, type="pilihan_ganda"), ["ya"], ["ya", "tidak"], "changed", None),
    ],
)
def test_two_answers_are_compared_by_the_direction_of_the_item(item, before, after, change, by):
    assert compared(item, before, after) == [(str(before), str(after), change, by)]


@pytest.mark.parametrize("kind", ["teks", "teks_singkat", "tanggal", "catatan", "halaman", "matriks"])
def test_texts_and_dates_are_not_compared(kind):
    assert compared(replace(SCALE, type=kind), "x", "y") == []


def test_nothing_on_both_sides_is_left_out():
    assert compared(SCALE, None, None) == []


def test_versions_that_ask_otherwise_are_not_compared():
    assert compared(SCALE, 2, 4, old_item=replace(SCALE, maximum=Decimal(5)))[0][2] == "unclear"
    assert compared(SCALE, 2, 4, old_item=replace(SCALE, text="Menyapa lebih dahulu?"))[0][2] == "better"


def test_an_item_that_the_first_sheet_did_not_have_is_unclear():
    lines = compare_sheets(([], {}), ([SCALE], {"a": 3}), words_of=lambda _item, value: str(value))
    assert [(line.before, line.after, line.change) for line in lines] == [("None", "3", "unclear")]
