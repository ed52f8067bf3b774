from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reports import words
from reports.blocks import Block, Chapter, Column, Picture, Table, numbered


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 1, 5), date(2026, 1, 5), "5 Januari 2026"),
        (date(2026, 1, 5), date(2026, 1, 9), "5 sampai 9 Januari 2026"),
        (date(2026, 1, 5), date(2026, 3, 9), "5 Januari sampai 9 Maret 2026"),
        (date(2025, 12, 5), date(2026, 1, 9), "5 Desember 2025 sampai 9 Januari 2026"),
    ],
)
def test_period_says_once_what_both_days_share(start, end, expected):
    assert words.period(start, end) == expected


def test_moment_has_day_hour_and_zone():
    assert words.moment(datetime(2026, 11, 23, 14, 5, tzinfo=UTC), "WIB") == "23 November 2026, 14.05 WIB"
    assert words.day(None) == "–"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ""),
        (["satu"], "satu"),
        (["satu", "dua"], "satu dan dua"),
        (["a", "b", "c"], "a, b, dan c"),
        (["a dan b", "c"], "a dan b serta c"),
        (["a", "b dan c", "d"], "a; b dan c; serta d"),
        (["“a dan b”", "“c”"], "“a dan b” dan “c”"),
    ],
)
def test_listing_follows_indonesian_commas(given, expected):
    assert words.listing(given) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (Decimal("4.00"), "", "4"),
        (Decimal("4.50"), "hari", "4,5 hari"),
        (Decimal("1250.0000"), "berkas", "1.250 berkas"),
        (Decimal("0.3333"), "", "0,33"),
        (100, "", "100"),
        (-2.5, "", "−2,5"),
        (None, "hari", "–"),
    ],
)
def test_amount_has_no_needless_zeros(value, unit, expected):
    assert words.amount(value, unit) == expected


def test_sentences_end_once_and_abbreviations_stay_large():
    assert [words.closed(text) for text in ("Selesai", "Selesai. ", "Apa?", "")] == [
        "Selesai.",
        "Selesai.",
        "Apa?",
        "",
    ]
    assert [words.lower_first(text) for text in ("Tes", "SKM unit", "")] == ["tes", "SKM unit", ""]
    assert words.sentence_case("tes SKM") == "Tes SKM"


def test_tables_and_pictures_are_counted_through_the_chapters():
    table = Table("x", (Column("a"),), ())
    picture = Picture("<svg/>", "alt", "x")
    chapters = [
        Chapter("a", "A", (Block(tables=(table,), pictures=(picture,)), Block(tables=(table, table)))),
        Chapter("b", "B", (Block(tables=(table,), pictures=(picture,)),)),
    ]
    counted = numbered(chapters)
    assert [table.number for chapter in counted for block in chapter.blocks for table in block.tables] == [
        1,
        2,
        3,
        4,
    ]
    assert [one.number for chapter in counted for block in chapter.blocks for one in block.pictures] == [1, 2]


def test_short_tables_stay_together_and_wide_ones_are_set_smaller():
    many = tuple(("x",) * 9 for _row in range(20))
    assert Table("x", (Column("a"),) * 2, (("1", "2"),)).size == "together"
    assert Table("x", (Column("a"),) * 2, (("1", "kata " * 200),)).size == ""
    assert Table("x", (Column("a"), Column("b", "number")), (("1", "2"),)).size == "together narrow"
    assert Table("x", (Column("a"),) * 9, many).size == "wide"
