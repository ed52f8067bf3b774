"""Theme by group: persons are counted, not passages, and small groups stay hidden."""

import pytest

from reports.analysis.informants import Heard, Mention, informant_matrix
from reports.analysis.results import Reason, Suppressed

TOO_SMALL = Suppressed(Reason.GROUP_TOO_SMALL, 5)
PROTECTS = Suppressed(Reason.PROTECTS_OTHER_GROUP, 5)
PARENTS = {"waktu": None, "jadwal": "waktu", "dana": None}


def matrix(mentions, heard, minimum=5):
    return informant_matrix(
        [Mention(*mention) for mention in mentions],
        parents=PARENTS,
        heard=[Heard(*group) for group in heard],
        minimum=minimum,
    )


def test_an_informant_counts_once_and_also_at_the_theme_above():
    found = matrix(
        [
            ("jadwal", "atasan", 1),
            ("jadwal", "atasan", 1),
            ("waktu", "atasan", 1),
            ("jadwal", "peserta", 2),
            ("dana", "atasan", 3),
        ],
        [("atasan", 4, False), ("peserta", 2, False)],
    )
    assert [(row.theme, row.cells, row.total) for row in found.rows] == [
        ("waktu", (1, 1), 2),
        ("jadwal", (1, 1), 2),
        ("dana", (1, 0), 1),
    ]
    assert (found.heard, found.total_heard) == ((4, 2), 6)


def test_the_same_number_in_two_groups_is_two_people():
    found = matrix(
        [("dana", "wawancara", 7), ("dana", "survei", 7)], [("wawancara", 1, False), ("survei", 9, True)]
    )
    assert found.rows[2].total == 2


def test_observations_and_documents_are_sources_and_nobody():
    found = matrix([("dana", None, "o1"), ("dana", None, "o1"), ("dana", None, "d1")], [("atasan", 1, False)])
    assert (found.rows[2].n_sources, found.rows[2].total, found.rows[0].n_sources) == (2, 0, 0)


@pytest.mark.parametrize(
    ("sizes", "cells", "total"),
    [
        ((9, 8), (1, 1), 3),
        ((4, 8), (TOO_SMALL, PROTECTS), 3),
        ((4, 3, 9), (TOO_SMALL, TOO_SMALL, 1), 4),
        ((4,), (TOO_SMALL,), TOO_SMALL),
        ((2, 2), (TOO_SMALL, TOO_SMALL), TOO_SMALL),
    ],
)
def test_small_groups_of_respondents_are_withheld_with_what_would_reveal_them(sizes, cells, total):
    groups = [f"survei {place}" for place in range(len(sizes))]
    mentions = [("dana", group, place) for place, group in enumerate(groups)] + [("dana", "atasan", 1)]
    found = matrix(
        mentions, [("atasan", 1, False), *((group, n, True) for group, n in zip(groups, sizes, strict=True))]
    )
    row = found.rows[2]
    assert row.cells == (1, *cells)
    assert row.total == total
    assert [isinstance(n, Suppressed) for n in found.heard] == [isinstance(n, Suppressed) for n in row.cells]
    assert isinstance(found.total_heard, Suppressed) == isinstance(total, Suppressed)


def test_an_interview_is_never_withheld():
    assert matrix([("dana", "atasan", 1)], [("atasan", 1, False)]).rows[2].cells == (1,)


def test_nothing_heard_and_nothing_said_is_an_empty_table():
    found = matrix([], [])
    assert (found.groups, found.total_heard, [row.total for row in found.rows]) == ((), 0, [0, 0, 0])


@pytest.mark.parametrize("mention", [("lain", "atasan", 1), ("dana", "lain", 1)])
def test_what_is_not_given_is_refused(mention):
    with pytest.raises(KeyError):
        matrix([mention], [("atasan", 1, False)])


def test_a_circle_of_themes_is_refused():
    with pytest.raises(ValueError, match="circle"):
        informant_matrix([], parents={"a": "b", "b": "a"}, heard=[], minimum=5)
