"""What few have in common: counts in, decisions out."""

from datetime import date

import pytest

from reports.exporting.contents import Refusal, refusal
from reports.exporting.protection import (
    ShownDays,
    guard_categories,
    guard_days,
    guard_numbers,
    left_out,
    shows_halves,
)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"L": 10, "P": 5}, {"L", "P"}),
        ({"L": 10, "P": 2}, set()),  # the other one would be what is left
        ({"sma": 3, "s1": 20, "s2": 9, "s3": 2}, {"s1", "s2"}),  # two together make five
        ({"sma": 1, "s1": 20, "s2": 9}, {"s1"}),  # the smallest large one hides the small one
        ({"L": 2, "P": 2}, set()),
        ({}, set()),
    ],
)
def test_small_categories_are_hidden_with_what_would_reveal_them(counts, shown):
    assert guard_categories(counts, minimum=5).shown == shown


@pytest.mark.parametrize(
    ("counts", "bands"),
    [
        ({20: 5, 30: 5}, ((20, 20), (30, 30))),
        ({20: 2, 21: 2, 25: 1, 30: 4, 31: 1}, ((20, 25), (30, 31))),
        ({20: 5, 30: 2}, ((20, 30),)),  # what is left over joins the class before
        ({20: 4}, ()),
        ({}, ()),
    ],
)
def test_numbers_become_classes_that_enough_people_share(counts, bands):
    assert guard_numbers(counts, minimum=5).bands == bands


def test_a_number_between_the_classes_belongs_to_none():
    guard = guard_numbers({20: 5, 30: 5}, minimum=5)
    assert [guard.band_of(value) for value in (20, 25, 30, 31)] == [1, None, 2, None]


def test_days_and_months_that_enough_people_share_are_told():
    counts = {date(2026, 3, 1): 5, date(2026, 3, 2): 1, date(2026, 4, 1): 4}
    assert guard_days(counts, minimum=5) == ShownDays(frozenset({date(2026, 3, 1)}), frozenset({"2026-03"}))


@pytest.mark.parametrize(("n", "m", "told"), [(5, 5, True), (5, 4, False), (4, 5, False), (9, 0, False)])
def test_the_halves_are_told_where_both_are_large(n, m, told):
    assert shows_halves(n, m, minimum=5) == told


def paths(**sizes) -> dict[str, str]:
    return {f"{path}{number:02}": path for path, size in sizes.items() for number in range(size)}


@pytest.mark.parametrize(
    ("taken", "staying"),
    [
        (paths(ab=12), set()),
        (paths(ab=12, a=5), set()),
        (paths(ab=12, a=3, b=2), {"a00", "a01", "a02", "b00", "b01"}),
        (paths(ab=12, a=1), {"a00", "ab00", "ab01", "ab02", "ab03"}),
        (paths(ab=8, a=1), set(paths(ab=8, a=1))),  # too few would be left
    ],
)
def test_rare_ways_through_the_waves_stay_and_are_never_one_person(taken, staying):
    assert left_out(taken, minimum=5) == staying


@pytest.mark.parametrize(
    ("mode", "is_public", "is_sealed", "n", "why"),
    [
        ("bernama", False, False, 5, None),
        ("bernama", False, False, 4, Refusal.TOO_FEW),
        ("rahasia", False, False, 5, None),
        ("anonim", False, False, 50, Refusal.NOT_SEALED),
        ("anonim", False, True, 5, None),
        ("anonim", False, True, 4, Refusal.TOO_FEW),
        ("anonim", True, False, 5, None),
    ],
)
def test_nothing_leaves_of_few_or_of_anonymous_answers_under_way(mode, is_public, is_sealed, n, why):
    assert refusal(mode, is_public=is_public, is_sealed=is_sealed, n=n, minimum=5) == why
