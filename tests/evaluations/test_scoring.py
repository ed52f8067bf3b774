from decimal import Decimal

import pytest

from evaluations.scoring import percent_of_maximum, percent_of_range, reversed_value, scale_score


@pytest.mark.parametrize(
    ("value", "minimum", "maximum", "expected"),
    [
        (1, 1, 5, 5),
        (5, 1, 5, 1),
        (3, 1, 5, 3),
        (0, 0, 10, 10),
        (2, 1, 4, 3),
        (Decimal("1.5"), 1, 4, Decimal("3.5")),
    ],
)
def test_reversed_value_mirrors_the_scale(value, minimum, maximum, expected):
    assert reversed_value(value, minimum=minimum, maximum=maximum) == expected


@pytest.mark.parametrize("value", [0, 6, float("nan"), float("inf")])
def test_reversed_value_refuses_what_lies_outside(value):
    with pytest.raises(ValueError, match="outside 1 to 5"):
        reversed_value(value, minimum=1, maximum=5)


def score(answers, reverse=None, **options):
    reverse = [False] * len(answers) if reverse is None else reverse
    return scale_score(answers, reverse=reverse, minimum=1, maximum=5, **options)


@pytest.mark.parametrize(
    ("answers", "reverse", "expected"),
    [
        ([4, 5, 3], None, 4.0),
        ([4, 5, 1], [False, False, True], 14 / 3),
        ([5, 5, 5], [True, True, True], 1.0),
        ([3.5, Decimal("4.5")], None, 4.0),
        ([5, None, 4, None], None, 4.5),
        ([5, None, None], None, None),
        ([None, None], None, None),
        ([], None, None),
    ],
)
def test_scale_score_is_the_mean_of_the_answered_items(answers, reverse, expected):
    assert score(answers, reverse) == expected


@pytest.mark.parametrize(
    ("n_answered", "share", "is_scored"),
    [
        (6, 1, True),
        (5, 1, False),
        (4, 2 / 3, True),
        (3, 2 / 3, False),
        (3, 0.5, True),
        (2, 0.5, False),
        (1, 0, True),
        (0, 0, False),
    ],
)
def test_scale_score_needs_the_given_share_of_answers(n_answered, share, is_scored):
    answers = [4] * n_answered + [None] * (6 - n_answered)
    assert (score(answers, min_answered_share=share) is not None) == is_scored


def test_scale_score_adds_decimals_exactly():
    assert score([1.1, 1.1, 1.1, 2.2, 2.2, 2.2]) == 1.65


@pytest.mark.parametrize(
    ("answers", "reverse", "options", "message"),
    [
        ([0, 3], None, {}, "outside 1 to 5"),
        ([6], [True], {}, "outside 1 to 5"),
        ([3], [False, True], {}, "zip"),
        ([3], None, {"min_answered_share": 1.5}, "share"),
    ],
)
def test_scale_score_refuses_what_cannot_be(answers, reverse, options, message):
    with pytest.raises(ValueError, match=message):
        score(answers, reverse, **options)


@pytest.mark.parametrize(
    ("value", "of_maximum", "of_range"), [(1, 25.0, 0.0), (4, 100.0, 100.0), (2.5, 62.5, 50.0), (None, None, None)]
)
def test_the_two_conversions_to_one_hundred_differ(value, of_maximum, of_range):
    assert percent_of_maximum(value, maximum=4) == of_maximum
    assert percent_of_range(value, minimum=1, maximum=4) == of_range


@pytest.mark.parametrize(
    ("convert", "arguments"),
    [
        (percent_of_maximum, {"maximum": 4}),
        (percent_of_range, {"minimum": 1, "maximum": 4}),
    ],
)
@pytest.mark.parametrize("value", [-1, 4.1])
def test_conversions_refuse_what_lies_outside(convert, arguments, value):
    with pytest.raises(ValueError, match="outside"):
        convert(value, **arguments)


def test_a_scale_without_width_is_refused():
    with pytest.raises(ValueError, match="no width"):
        percent_of_range(3, minimum=3, maximum=3)
    with pytest.raises(ValueError, match="no width"):
        percent_of_maximum(0, maximum=0)
