"""Many cells and many rows at once: the short ways give what the long ones give."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from asn_eval.tables.workbook_process import SEPARATOR, in_one_piece
from programs.imports.bulk import copy_text, copy_texts
from programs.imports.cells import NameReader, TextReader, read_text
from programs.models import Enrollment, Person
from tests.programs.rosters import line, nip, save


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, r"\N"),
        ("", ""),
        (r"\N", r"\\N"),
        ("a\tb\nc\rd", r"a\tb\nc\rd"),
        (Enrollment.Group.COMPARISON, "pembanding"),
        (True, "t"),
        (False, "f"),
        (7, "7"),
        (Decimal("7.50"), "7.50"),
        (date(2026, 11, 23), "2026-11-23"),
        (time(8, 30), "08:30:00"),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), "2026-11-23T08:00:00+00:00"),
    ],
)
def test_copy_text_writes_a_value_as_postgresql_reads_it(value, expected):
    assert copy_text(value) == expected


def test_copy_text_refuses_what_it_does_not_know():
    with pytest.raises(TypeError):
        copy_text({"a": 1})


@pytest.mark.parametrize(
    "values",
    [
        ["Siti", "Budi", ""],
        ["Siti\\", "Budi\n", "a\tb"],
        [1, 2, 2],
        ["Siti", None],
        [date(2026, 1, 1), None, date(2026, 1, 1)],
        [Enrollment.Group.PARTICIPANT, Enrollment.Group.COMPARISON],
        [None, None],
    ],
)
def test_copy_texts_writes_a_column_as_its_values_one_by_one(values):
    assert copy_texts(values) == [copy_text(value) for value in values]


@pytest.mark.parametrize("cells", [["Siti", "Siti Aminah", ""], ["a|b", "c.d"], ["x" * 20]])
def test_text_reader_takes_a_plain_column_as_it_is(cells):
    assert TextReader(20).whole(cells) == cells == [read_text(cell, 20) for cell in cells]


@pytest.mark.parametrize(
    "cell", [" Siti", "Siti ", "Siti  Aminah", "Siti\nAminah", "Siti\u00a0A", "é", "a\u200b", "x" * 21, 7.0, None]
)
def test_text_reader_leaves_a_column_with_one_odd_cell_to_the_long_way(cell):
    assert TextReader(20).whole(["Budi", cell, "Budi"]) is None


@pytest.mark.parametrize("cell", ["123", "- -"])
def test_name_reader_leaves_a_name_without_a_letter_to_the_long_way(cell):
    assert NameReader(20).whole(["Siti", ""]) == ["Siti", ""]
    assert NameReader(20).whole(["Siti", cell]) is None


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["a", "", "b\nc"], f"a{SEPARATOR}{SEPARATOR}b\nc"),
        (["a", 1.0], None),
        ([f"a{SEPARATOR}b", "c"], None),
        ([""], ""),
    ],
)
def test_in_one_piece_joins_text_that_can_be_taken_apart_again(column, expected):
    assert in_one_piece(column) == expected


def test_what_copy_would_take_for_its_own_signs_is_stored_as_it_stands(world):
    save(
        world.here.users["staf"],
        world.here.program,
        line(1, name=r"Dian \N Contoh", position=r"Analis \t\\"),
        line(2, name=r"Eka \.", position=r"\."),
    )
    people = Person.objects.unscoped("test").filter(nip__in=[nip(1), nip(2)])
    assert {*people.values_list("name", "position")} == {
        (r"Dian \N Contoh", r"Analis \t\\"),
        (r"Eka \.", r"\."),
    }


def test_a_second_person_with_a_number_is_refused_at_the_number(world):
    known = world.here.people[0]
    with pytest.raises(ValidationError) as refusal:
        Person(nip=known.nip, name="Lain", status="PNS", agency=known.agency).full_clean()
    assert refusal.value.message_dict == {"nip": ["NIP ini sudah terdaftar."]}
