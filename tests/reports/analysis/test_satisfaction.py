from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from reports.analysis.results import Reason
from reports.analysis.satisfaction import SatisfactionItem, grade_of, round_half_up, satisfaction
from tests.reports.real_data import read_rows

SEKADAU = read_rows("skm_sekadau")
UNSUR = [f"U{number}" for number in range(1, 10)]


def sekadau():
    counts = {name: Counter(int(row[name]) for row in SEKADAU) for name in UNSUR}
    return satisfaction(counts, n_respondents=len(SEKADAU))


def with_mean(total: int, n: int) -> Counter:
    """Answers of 3 and 4 (or 2 and 3) whose sum is `total`."""
    low, above = divmod(total, n)
    return Counter({low: n - above, low + 1: above}) if above else Counter({low: n})


def test_skm_equals_the_published_values():
    result = sekadau()
    assert result.n_respondents == 49
    assert [(item.name, item.n, item.sum) for item in result.items] == [
        (name, 49, total) for name, total in zip(UNSUR, (138, 139, 150, 177, 159, 163, 161, 143, 159), strict=True)
    ]
    printed = ["2.816", "2.837", "3.061", "3.612", "3.245", "3.327", "3.286", "2.918", "3.245"]
    assert [str(round(item.nrr, 3)) for item in result.items] == printed
    assert round(result.index, 6) == Decimal("3.149660")
    assert (str(result.ikm), result.grade, result.lowest, result.reason) == ("78.74", "B", ("U1",), None)


def test_everybody_content_is_exactly_one_hundred():
    result = satisfaction({name: {4: 1} for name in UNSUR}, n_respondents=1)
    assert (result.index, str(result.ikm), result.grade) == (4, "100.00", "A")
    assert result.items[0] == SatisfactionItem("U1", 1, 4, Decimal(4), "A")
    assert result.lowest == tuple(UNSUR)


def test_skm_equals_the_domain_test_vector():
    totals = (320, 310, 305, 360, 330, 340, 345, 315, 325)
    counts = {name: with_mean(total, 100) for name, total in zip(UNSUR, totals, strict=True)}
    result = satisfaction(counts, n_respondents=100)
    assert (round(result.index, 4), str(result.ikm), result.grade) == (Decimal("3.2778"), "81.94", "B")


@pytest.mark.parametrize(
    ("converted", "grade"),
    [
        ("24.99", None),
        ("25.00", "D"),
        ("64.99", "D"),
        ("65.00", "C"),
        ("76.60", "C"),
        ("76.61", "B"),
        ("88.30", "B"),
        ("88.31", "A"),
        ("100.00", "A"),
    ],
)
def test_grades_are_those_of_2017(converted, grade):
    assert grade_of(Decimal(converted)) == grade


@pytest.mark.parametrize(
    ("value", "rounded", "grade"),
    [
        (Fraction(76605, 1000), "76.61", "B"),
        (Fraction(76604, 1000), "76.60", "C"),
        (Fraction(64995, 1000), "65.00", "C"),
        (Fraction(88305, 1000), "88.31", "A"),
        (Fraction(1, 8), "0.13", None),
        (Fraction(100), "100.00", "A"),
    ],
)
def test_halves_are_rounded_up_before_grading(value, rounded, grade):
    assert str(round_half_up(value, 2)) == rounded
    assert grade_of(round_half_up(value, 2)) == grade


def test_the_index_in_a_hole_between_bands_is_rounded_once():
    # 7661 of 10000 at 100 and 64.995 exactly: 2.5998 × 25.
    result = satisfaction({"U1": {2: 2001, 3: 2999}}, n_respondents=5000)
    assert (result.index, str(result.ikm), result.grade) == (Decimal("2.5998"), "65.00", "C")


def test_an_unsur_may_have_fewer_answers_than_others():
    result = satisfaction({"U1": {4: 2}, "U2": {3: 1, 2: 2}}, n_respondents=4)
    assert [item.n for item in result.items] == [2, 3]
    assert result.index == pytest.approx(Decimal(19) / 6)


@pytest.mark.parametrize(
    ("counts", "lowest"),
    [({}, ()), ({"U1": {}}, ()), ({"U1": {4: 3}, "U2": {}}, ("U1",)), ({"U1": {4: 3}, "U2": {1: 0}}, ("U1",))],
)
def test_an_unsur_without_answers_leaves_the_index_undefined(counts, lowest):
    result = satisfaction(counts, n_respondents=3)
    assert (result.index, result.ikm, result.grade) == (None, None, None)
    assert (result.reason, result.lowest) == (Reason.UNSUR_WITHOUT_ANSWERS, lowest)
    assert [item.grade for item in result.items if item.n == 0] == [None] * (len(counts) - len(lowest))


@pytest.mark.parametrize("counts", [{0: 1}, {5: 1}, {3: -1}])
def test_answers_outside_the_scale_are_refused(counts):
    with pytest.raises(ValueError, match="U1"):
        satisfaction({"U1": counts}, n_respondents=1)


def test_own_weights_are_exact():
    counts = {"u1": {4: 1}, "u2": {1: 1}, "u3": {2: 1}}
    equal = satisfaction(counts, n_respondents=1)
    assert satisfaction(counts, n_respondents=1, weights=dict.fromkeys(counts, Fraction(7))) == equal
    weighed = satisfaction(counts, n_respondents=1, weights={"u1": Fraction(3), "u3": Fraction(0)})
    assert (weighed.index, weighed.ikm) == (Decimal("3.25"), Decimal("81.25"))  # (3 × 4 + 1 × 1) / 4


@pytest.mark.parametrize("weights", [{"u1": Fraction(-1)}, {"u1": Fraction(0), "u2": Fraction(0)}])
def test_weights_that_mean_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        satisfaction({"u1": {4: 1}, "u2": {1: 1}}, n_respondents=1, weights=weights)
