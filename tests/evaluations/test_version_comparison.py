"""Which items of two versions may stand side by side."""

from decimal import Decimal

import pytest

from evaluations.version_comparison import compare_versions
from tests.evaluations.building import YES_NO_OPTIONS, item

OPTIONS = {"options": YES_NO_OPTIONS}


def options(*pairs: tuple[str, str]) -> list[dict]:
    return [{"key": key, "id": name, "en": ""} for key, name in pairs]


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (item("a"), item("a"), "same"),
        (item("a"), item("a", label="Lain", dimension="x", level=2, is_required=False), "same"),
        (item("a", text="Satu dua"), item("a", text="Satu  dua\n"), "same"),
        (item("a"), item("a", text="Kalimat lain"), "reworded"),
        (item("a"), item("a", text_en="Other words"), "reworded"),
        (item("a"), item("a", labels=[{"id": "x"}] * 5), "reworded"),
        (item("a"), item("a", maximum=Decimal(4)), "incomparable"),
        (item("a"), item("a", minimum=Decimal("1.00")), "same"),
        (item("a"), item("a", is_reverse=True), "incomparable"),
        (item("a"), item("a", "angka", minimum=Decimal(1), maximum=Decimal(5)), "incomparable"),
        (item("a", "angka", unit="hari"), item("a", "angka", unit="jam"), "incomparable"),
        (item("a", "angka", unit="Hari"), item("a", "angka", unit="hari "), "same"),
        (item("a", "pilihan", **OPTIONS), item("a", "pilihan", options=YES_NO_OPTIONS[::-1]), "same"),
        (item("a", "pilihan", **OPTIONS), item("a", "pilihan", options=YES_NO_OPTIONS[:1]), "incomparable"),
        (
            item("a", "pilihan", options=options(("x", "Satu"), ("y", "Dua"))),
            item("a", "pilihan", options=options(("x", "Pertama"), ("y", "Dua"))),
            "reworded",
        ),
        (
            item(
                "a",
                "pilihan",
                options=[{"key": "x", "id": "Satu", "score": 1}, {"key": "y", "id": "Dua", "score": 0}],
            ),
            item(
                "a",
                "pilihan",
                options=[{"key": "x", "id": "Satu", "score": 0}, {"key": "y", "id": "Dua", "score": 1}],
            ),
            "incomparable",
        ),
    ],
)
def test_bounds_type_options_and_direction_decide_words_are_told_apart(old, new, status):
    assert compare_versions([old], [new]) == [("a", status)]


def test_new_and_dropped_items_are_named_in_order_and_silent_ones_left_out():
    old = [item("a"), item("pergi"), item("judul", "halaman")]
    new = [item("baru"), item("tabel", "matriks"), item("a")]
    assert compare_versions(old, new) == [("baru", "new"), ("a", "same"), ("pergi", "dropped")]
