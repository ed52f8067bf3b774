"""Tallies, the completion that may be shown of them, and the classes of a map; nothing here knows a database."""

from decimal import Decimal
from itertools import product

import pytest

from reports.analysis.overview import (
    Breakdown,
    Completion,
    MapClass,
    Tally,
    add_up,
    break_down,
    class_of,
    map_classes,
    outermost,
    region_groups,
    regional_breakdown,
    withhold_completion,
)
from reports.analysis.results import Reason, Suppressed

SMALL = Suppressed(Reason.GROUP_TOO_SMALL, 5)
PROTECTS = Suppressed(Reason.PROTECTS_OTHER_GROUP, 5)


def people(n: int, completed: int = 0) -> Tally:
    return Tally(programs=1, enrollments=n, completed=completed, with_outcome=n, persons_with_outcome=n)


def test_tallies_add_up_field_by_field():
    one = Tally(programs=1, lesson_hours=Decimal("7.5"), planned=Decimal(100), budget_lines=2, unrealised_lines=1)
    other = Tally(programs=2, activities=3, lesson_hours=Decimal("0.5"), realised=Decimal(40))
    assert add_up([one, other]) == Tally(
        programs=3,
        activities=3,
        lesson_hours=Decimal(8),
        planned=Decimal(100),
        realised=Decimal(40),
        budget_lines=2,
        unrealised_lines=1,
    )
    assert add_up([]) == Tally()


def test_completion_is_out_of_those_whose_outcome_is_known():
    shown = break_down(
        {"a": Tally(enrollments=50, completed=6, with_outcome=8, persons_with_outcome=8)}, minimum=5
    )
    assert shown.total_completion == Completion(completed=6, n=8)
    assert shown.total_completion.share == 0.75


def test_nobody_with_an_outcome_has_no_completion():
    shown = break_down({"a": Tally(programs=1, enrollments=9), "b": people(6, 3)}, minimum=5)
    assert shown.completion == {"a": None, "b": Completion(3, 6)}


def test_a_small_group_and_the_one_that_would_reveal_it_are_withheld():
    shown = break_down({"a": people(2, 2), "b": people(6, 3), "c": people(20, 10)}, minimum=5)
    assert shown.completion == {"a": SMALL, "b": PROTECTS, "c": Completion(10, 20)}
    assert shown.total_completion == Completion(15, 28)


def test_one_person_with_many_enrollments_is_still_one_person():
    often = Tally(enrollments=9, completed=9, with_outcome=9, persons_with_outcome=1)
    assert break_down({"a": often}, minimum=5).total_completion == SMALL


@pytest.mark.parametrize(
    ("within", "groups"),
    [
        ((), ["12", "33"]),
        (("33",), ["33", "33.01", "33.74"]),
        (("33.74",), ["33.74", "33.74.01", "33.74.08"]),
        (("33.74.08",), ["33.74.08"]),
        (("12", "33.74"), ["12", "33.74"]),
    ],
)
def test_regions_are_grouped_by_the_level_below(within, groups):
    codes = ["12.71", "12.71.08", "33", "33.01", "33.74", "33.74.01", "33.74.08"]
    inside = {code: people(1) for code in codes if not within or code.startswith(within)}
    found = region_groups(inside, within=within)
    assert list(found) == groups
    assert add_up(found.values()) == add_up(inside.values())


@pytest.mark.parametrize(
    ("codes", "kept"),
    [
        ([], []),
        (["33.74", "33", "33.74.08", "12.71"], ["12.71", "33"]),
        (["33.74", "33.74"], ["33.74"]),
        (["33.7", "33.74"], ["33.7"]),
    ],
)
def test_codes_inside_others_are_dropped(codes, kept):
    assert outermost(codes) == kept


def test_a_region_that_is_withheld_among_its_neighbours_is_withheld_on_its_own_page():
    tallies = {"33.74": people(2, 1), "33.01": people(6, 3), "33.02": people(20, 10)}
    own = {code: regional_breakdown(tallies, area=["33"], chosen=code, minimum=5) for code in tallies}
    assert own["33.74"].total_completion == SMALL
    assert own["33.01"].total_completion == PROTECTS
    assert own["33.01"].completion == {"33.01": PROTECTS}
    assert own["33.02"].total_completion == Completion(10, 20)


def test_what_a_province_hides_its_cities_hide_too():
    tallies = {"12.71": people(3, 3), "33.01": people(8, 4), "33.74": people(9, 9), "51.01": people(10, 3)}
    below = regional_breakdown(tallies, area=[], chosen="33", minimum=5)
    assert below.completion == {"33.01": Completion(4, 8), "33.74": Completion(9, 9)}
    tallies["51.01"] = people(30, 3)
    assert regional_breakdown(tallies, area=[], chosen="33", minimum=5).completion == {
        "33.01": PROTECTS,
        "33.74": PROTECTS,
    }
    assert regional_breakdown(tallies, area=[], chosen="12", minimum=5).completion == {"12.71": SMALL}


def test_the_own_region_is_no_choice():
    tallies = {"33.74.01": people(8, 4), "33.74.08": people(9, 9)}
    whole = regional_breakdown(tallies, area=["33.74"], minimum=5)
    assert regional_breakdown(tallies, area=["33.74"], chosen="33.74", minimum=5) == whole


def visible(breakdown: Breakdown) -> dict[str, int]:
    return {name: shown.completed for name, shown in breakdown.completion.items() if isinstance(shown, Completion)}


def test_no_small_region_follows_from_the_pages_of_the_others():
    """All sizes 0, 3, 6 and 9 of four regencies: total, table and own pages together leave two or more unknown."""
    codes = ["33.01", "33.02", "33.03", "33.74"]
    for sizes in product((0, 3, 6, 9), repeat=4):
        tallies = {code: people(n, n // 3) for code, n in zip(codes, sizes, strict=True)}
        known = visible(regional_breakdown(tallies, area=["33"], minimum=5))
        for code in codes:
            page = regional_breakdown(tallies, area=["33"], chosen=code, minimum=5)
            if isinstance(page.total_completion, Completion):
                known[code] = page.total_completion.completed
        peopled = {code for code, n in zip(codes, sizes, strict=True) if n}
        hidden = peopled - set(known)
        assert len(hidden) != 1 or sum(sizes) < 5, sizes


def test_a_crossing_table_shows_no_completion_and_keeps_its_counts():
    shown = break_down({"a": people(8, 4), "b": Tally(programs=1)}, minimum=5)
    crossing = withhold_completion(shown, minimum=5)
    assert crossing.completion == {"a": PROTECTS, "b": None}
    assert (crossing.groups, crossing.total) == (shown.groups, shown.total)


@pytest.mark.parametrize(
    ("values", "classes"),
    [
        ([], []),
        ([7], [(7, 7)]),
        ([2, 2, 2, 2, 2, 2], [(2, 2)]),
        ([3, 1, 2], [(1, 1), (2, 2), (3, 3)]),
        (range(1, 11), [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]),
        ([1, 2, 3, 4, 5, 18], [(1, 1), (2, 2), (3, 3), (4, 4), (5, 18)]),
        ([1, 1, 1, 1, 1, 1, 1, 1, 1, 40], [(1, 1), (40, 40)]),
        ([0.5, 0.25, 1.0], [(0.25, 0.25), (0.5, 0.5), (1.0, 1.0)]),
    ],
)
def test_classes_hold_about_equally_many(values, classes):
    assert map_classes(values) == tuple(MapClass(low, high) for low, high in classes)


def test_every_value_finds_its_class():
    classes = map_classes(range(1, 11))
    assert [class_of(value, classes) for value in (0, 1, 2, 3, 10, 11)] == [0, 1, 1, 2, 5, 5]


def test_no_class_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        map_classes([1], at_most=0)
