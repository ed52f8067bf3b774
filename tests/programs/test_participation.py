"""Counting who was there, what a class scored, and settling what two people typed: without a database."""

from decimal import Decimal
from fractions import Fraction

import pytest

from programs.cells import LONGEST_SEEN, Edit, read_seen, settle, write_seen
from programs.participation import Tally, summarise_scores, tallies


def test_what_was_not_noted_is_missing_and_never_an_absence():
    found = tallies([("a", "hadir"), ("a", "hadir"), ("a", "sakit"), ("a", ""), ("b", "")])
    first, second = found["a"], found["b"]
    assert (first.present, first.ill, first.excused, first.absent, first.missing) == (2, 1, 0, 0, 1)
    assert (first.n, first.expected, first.share) == (3, 4, Fraction(2, 3))
    assert (second.n, second.expected, second.share) == (0, 1, None)


def test_a_tally_counts_only_states_that_exist():
    with pytest.raises(KeyError):
        Tally().add("terlambat")


def scores(*pairs):
    return [tuple(None if value is None else Decimal(value) for value in pair) for pair in pairs]


def test_a_missing_score_is_left_out_of_its_column():
    summary = summarise_scores(scores((40, 80), (50, None), (None, 90), (0, 100), (None, None)), minimum=3)
    assert (summary.n, summary.n_pre, summary.n_post, summary.n_both) == (5, 3, 3, 2)
    assert (summary.mean_pre, summary.mean_post) == (Decimal(30), Decimal(90))


@pytest.mark.parametrize(("n", "mean"), [(0, None), (1, None), (4, None), (5, Decimal(60))])
def test_a_mean_of_too_few_persons_is_not_shown(n, mean):
    summary = summarise_scores(scores(*[(60, None)] * n))
    assert (summary.n_pre, summary.mean_pre, summary.mean_post) == (n, mean, None)


@pytest.mark.parametrize(
    ("seen", "wanted", "now", "writes", "conflicts"),
    [
        ("", "hadir", "", {1: "hadir"}, {}),
        ("hadir", "", "hadir", {1: ""}, {}),
        ("hadir", "hadir", "sakit", {}, {}),  # untouched: whatever somebody else wrote stays
        ("", "hadir", "hadir", {}, {}),  # both wrote the same
        ("", "hadir", "sakit", {}, {1: "sakit"}),
        ("hadir", "izin", "", {}, {1: ""}),
    ],
)
def test_a_cell_is_written_only_over_what_was_seen(seen, wanted, now, writes, conflicts):
    settled = settle([Edit(1, seen, wanted)], {1: now} if now else {})
    assert (settled.writes, settled.conflicts) == (writes, conflicts)


def test_what_was_seen_travels_in_one_field():
    values = {"k-1-2": "hadir", "k-1-3": "", "k-2-2": "alpa"}
    assert write_seen(values) == "k-1-2=hadir;k-2-2=alpa"
    assert read_seen(write_seen(values)) == {"k-1-2": "hadir", "k-2-2": "alpa"}


@pytest.mark.parametrize("text", ["", ";;", "abc", "\0", "a" * (LONGEST_SEEN * 2)])
def test_what_is_no_pair_was_not_seen(text):
    assert read_seen(text) == {}
