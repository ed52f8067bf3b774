"""What was observed by one sheet before and after the program, item by item."""

from collections import Counter

from asn_eval.numbers import format_integer
from evaluations.sheet_comparison import BETTER, CHANGED, FALLEN, RISEN, SAME, UNCLEAR, WORSE
from reports.blocks import Block, Column, Table
from reports.fact_contents import SheetFacts, SheetLineFacts
from reports.words import amount, day, listing

CHANGE_WORDS = {
    BETTER: "membaik",
    WORSE: "memburuk",
    SAME: "tetap",
    RISEN: "naik",
    FALLEN: "turun",
    CHANGED: "berubah",
    UNCLEAR: "tidak dapat dibandingkan",
}
CAUTION = (
    "Tiap lembar mencatat satu kunjungan pada satu saat; perbedaan dua kunjungan belum menunjukkan keadaan "
    "sehari-hari."
)


def sheet_block(sheet: SheetFacts) -> Block:
    return Block(
        heading=f"Observasi {sheet.unit}",
        sentences=(sheet_sentence(sheet),),
        notes=(CAUTION,),
        tables=(sheet_table(sheet),) if sheet.lines else (),
        source=f"{sheet.instrument}, {day(sheet.before)} dan {day(sheet.after)}.",
    )


def sheet_sentence(sheet: SheetFacts) -> str:
    """How many items moved which way, of those that can be compared."""
    counts = Counter(line.change for line in sheet.lines if line.change != UNCLEAR)
    visits = f"pengamatan {day(sheet.before)} dan {day(sheet.after)}"
    if not counts:
        return f"Belum ada butir yang dapat dibandingkan antara {visits}."
    told = [f"{format_integer(counts[change])} {word}" for change, word in CHANGE_WORDS.items() if counts[change]]
    n = format_integer(counts.total())
    return f"Dari {n} butir yang dapat dibandingkan antara {visits}, {listing(told)}."


def sheet_table(sheet: SheetFacts) -> Table:
    return Table(
        caption=f"Observasi sebelum dan sesudah program, {sheet.unit}",
        columns=(Column("Butir"), Column(day(sheet.before)), Column(day(sheet.after)), Column("Perubahan")),
        rows=tuple((line.label, line.before, line.after, _change(line)) for line in sheet.lines),
    )


def _change(line: SheetLineFacts) -> str:
    size = "" if line.by is None else f" {amount(abs(line.by), line.unit)}"
    return f"{CHANGE_WORDS[line.change]}{size}"
