"""Forms made up by chance: nothing vanishes without a word, and what is taken over is sound."""

from random import Random

import pytest

from evaluations.item_rules import problems_of_items
from evaluations.xlsform import Outcome, XlsFormError, write_xlsform
from evaluations.xlsform.model import SheetRow, Sheets
from evaluations.xlsform.reading import convert
from tests.evaluations.xlsforms import sheets_of, to_xform

TYPES = (
    "select_one setuju", "select_one yt", "select_one warna", "select_one warna or_other", "select_one lima",
    "select_multiple warna", "rank warna", "select_one hilang", "integer", "decimal", "text", "date", "note",
    "range", "acknowledge", "calculate", "geopoint", "start", "begin group", "begin_group", "begin repeat",
    "end group", "end group", "end repeat", "", "aneh", "image", "select_one setuju", "select_one setuju",
)  # fmt: skip
APPEARANCES = (
    "",
    "",
    "",
    "field-list",
    "table-list",
    "table-list",
    "label",
    "list-nolabel",
    "multiline",
    "minimal",
)
NAMES = ("a", "b", "c", "Umur", "umur", "nama.lengkap", "1x", "x" * 40, "meta", "", "d", "e", "f")
EXPRESSIONS = (
    "", "", "", "", "${a} = 'ya'", "${b} > 3", "selected(${c}, 'merah')", ". > 1", ". >= 1 and . <= 9",
    "regex(., 'x')", "${nama.lengkap} != ''", "${a} = 99", "not(", "${umur} = ${Umur}",
    "today() > date('2026-01-01')",
)  # fmt: skip
LABELS = ("Apa?", "Seberapa ${a}?", "x" * 2001, "=1+1", "<b>tebal</b>", "😀 مرحبا", "Apa?", "Mengapa?")
LISTS = {
    "setuju": [("1", "Tidak setuju"), ("2", "Ragu"), ("3", "Setuju"), ("99", "Tidak tahu")],
    "yt": [("ya", "Ya"), ("tidak", "Tidak")],
    "warna": [("merah", "Merah"), ("biru.muda", "Biru muda"), ("biru muda", "Biru muda sekali")],
    "lima": [(str(number), str(number)) for number in range(1, 6)],
}
HEADERS = {
    "survey": (
        "type", "name", "label::Indonesian (id)", "label::English (en)", "hint", "relevant", "constraint",
        "required", "appearance", "parameters", "calculation",
    ),
    "choices": ("list_name", "name", "label"),
    "settings": (),
}  # fmt: skip


def made_up(chance: Random) -> Sheets:
    rows, opened = [], []
    for number in range(2, chance.randint(3, 30)):
        kind = chance.choice(TYPES)
        if kind.startswith("begin"):
            opened.append(kind.replace("begin", "end"))
        elif kind.startswith("end") and chance.random() < 0.99:  # seldom one that closes nothing
            kind = opened.pop() if opened else "text"
        cells = (
            kind,
            chance.choice(NAMES),
            f"{chance.choice(LABELS)} #{number}",
            chance.choice(("", *LABELS)),
            chance.choice(("", "", "Petunjuk")),
            chance.choice(EXPRESSIONS),
            chance.choice(EXPRESSIONS),
            chance.choice(("", "yes", "no", "${a} = 1")),
            chance.choice(APPEARANCES),
            chance.choice(("", "", "start=0 end=100", "start=5 end=5", "rows=3", "acak")),
            chance.choice(("", "", "", "1 + 1")),
        )
        filled = {title: cell for title, cell in zip(HEADERS["survey"], cells, strict=True) if cell}
        if filled:
            rows.append(SheetRow(number, filled))
    rows += [SheetRow(40 + place, {"type": kind}) for place, kind in enumerate(reversed(opened))]
    choices = [
        SheetRow(number, {"list_name": name, "name": code, "label": label})
        for number, (name, (code, label)) in enumerate(
            ((name, pair) for name, pairs in LISTS.items() for pair in pairs), start=2
        )
    ]
    return Sheets(rows, choices, [], headers=HEADERS)


@pytest.mark.parametrize("seed", range(150))
def test_every_question_is_taken_over_or_named(seed):
    sheets = made_up(Random(seed))
    reading = convert(sheets)
    named = {problem.row for problem in reading.problems if problem.outcome is not Outcome.CELL}
    refused = any(problem.outcome is Outcome.FORM for problem in reading.problems)
    assert (reading.definition is None) == refused
    if reading.definition is None:
        return
    items = reading.definition.items
    taken = {int(item.text.rpartition("#")[2]) for item in items if "#" in item.text}
    silent = ("end", "begin group", "begin_group")
    questions = {row.number for row in sheets.survey if not row.cells.get("type", "").startswith(silent)}
    assert questions - taken - named == set()
    assert taken & named == set()
    assert problems_of_items(items, dimensions={}, scoring=reading.definition.scoring) == []


@pytest.mark.parametrize("seed", range(60))
def test_what_was_taken_over_leaves_and_comes_back(seed):
    try:
        definition = convert(made_up(Random(1000 + seed))).definition
    except XlsFormError:
        definition = None
    if definition is None:
        return
    content = write_xlsform(definition)
    to_xform(content)
    back = convert(sheets_of(content))
    assert back.problems == ()
    assert [item.type for item in back.definition.items] == [item.type for item in definition.items]
