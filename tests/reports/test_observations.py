"""Sheets of one unit before and after the program, as the report tells them."""

from datetime import date
from decimal import Decimal

import pytest

from reports.assembly import assemble
from reports.chapters.observations import sheet_block, sheet_sentence
from reports.fact_contents import SheetFacts, SheetLineFacts
from reports.facts import sheet_facts
from tests.evaluations.sheets_of_kind import make_sheet_version
from tests.evaluations.test_sheets import SHEET, make_visit
from tests.queries import count_queries

DAYS = date(2026, 1, 9), date(2026, 7, 1)


def facts(*changes) -> SheetFacts:
    lines = tuple(SheetLineFacts(f"Butir {change}", "a", "b", change, None, "") for change in changes)
    return SheetFacts("Loket", "Lembar", *DAYS, lines)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            ("better", "better", "worse", "same", "fallen", "unclear"),
            "Dari 5 butir yang dapat dibandingkan antara pengamatan 9 Januari 2026 dan 1 Juli 2026, 2 membaik, 1 "
            "memburuk, 1 tetap, dan 1 turun.",
        ),
        (
            ("unclear",),
            "Belum ada butir yang dapat dibandingkan antara pengamatan 9 Januari 2026 dan 1 Juli 2026.",
        ),
        ((), "Belum ada butir yang dapat dibandingkan antara pengamatan 9 Januari 2026 dan 1 Juli 2026."),
    ],
)
def test_items_are_counted_by_the_way_they_moved(changes, told):
    assert sheet_sentence(facts(*changes)) == told


def test_the_last_visits_of_a_unit_are_paired(world):
    version = make_sheet_version("observasi")
    make_visit(world.here, version, "sebelum", SHEET | {"senyum": 1}, date(2026, 1, 2))
    make_visit(world.here, version, "sebelum", SHEET | {"senyum": 2, "tunggu": 30}, DAYS[0])
    make_visit(world.here, version, "selama", SHEET, date(2026, 4, 1))
    make_visit(world.here, version, "sesudah", SHEET, DAYS[1], unit="LOKET")
    make_visit(world.here, version, "sesudah", SHEET, DAYS[1], unit="Gudang")
    make_visit(world.here, version, "sesudah", {}, date(2026, 8, 1))
    (paired,) = sheet_facts(world.here.evaluation)
    assert (paired.unit, paired.before, paired.after) == ("LOKET", *DAYS)
    assert [(line.label, line.change, line.by) for line in paired.lines] == [
        ("Menyapa", "better", None),
        ("Menunda", "same", None),
        ("Lama menunggu", "fallen", Decimal("-17.5")),
        ("Papan alur", "same", None),
    ]
    assert sheet_block(paired).tables[0].rows[2] == ("Lama menunggu", "30 menit", "12,5 menit", "turun 17,5 menit")


def test_pairs_are_read_in_the_same_number_of_queries(world):
    version = make_sheet_version("observasi")
    counts = []
    for number in range(3):
        for moment, day in zip(("sebelum", "sesudah"), DAYS, strict=True):
            make_visit(world.here, version, moment, SHEET, day, unit=f"Loket {number}")
        counts.append(count_queries(lambda: sheet_facts(world.here.evaluation)))
    assert (counts, len(sheet_facts(world.here.evaluation))) == ([2, 2, 2], 3)


def test_sheets_alone_are_a_result(world):
    from django.utils import timezone

    from reports.chapters.results import results_chapter

    version = make_sheet_version("observasi")
    for moment, day in zip(("sebelum", "sesudah"), DAYS, strict=True):
        make_visit(world.here, version, moment, SHEET, day)
    chapter = results_chapter(assemble(world.here.evaluation, generated_at=timezone.now()))
    assert "Observasi Loket" in [block.heading for block in chapter.blocks]
