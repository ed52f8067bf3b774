"""When an item is asked: expressions as XLSForm writes them."""

from datetime import date

import pytest

from evaluations.expressions import ExpressionError, as_json, holds, looks_at_itself, parse, references

ANSWERS = {"a": "ya", "n": 4, "half": 2.5, "many": ["dana", "tim"], "none": None, "day": "2026-03-01", "yes": 1}


@pytest.mark.parametrize(
    ("text", "is_true"),
    [
        ("${a} = 'ya'", True),
        ('${a} = "tidak"', False),
        ("${a} != 'tidak'", True),
        ("${n} >= 4 and ${n} < 5", True),
        ("${n} > 4 or ${half} = 2.5", True),
        ("${yes} = 1", True),
        ("${yes} = '1'", True),
        ("not(${yes} = 1)", False),
        ("selected(${many}, 'tim')", True),
        ("selected(${many}, 'ti')", False),
        ("selected(${a}, 'ya')", True),
        ("count-selected(${many}) = 2", True),
        ("string-length(${a}) = 2", True),
        ("string-length(${none}) = 0", True),
        ("${none} = ''", True),
        ("${none} > 0", False),
        ("${none} < 1", False),
        ("${none} != 3", True),
        ("${absent} = 'x'", False),
        ("${n} + 1 = 5", True),
        ("${n} - 1 = 3", True),
        ("${n} * 2 div 4 = 2", True),
        ("${n} div 0 = 1", False),
        ("-7 mod 3 = -1", True),
        ("-${n} = -4", True),
        ("${day} < '2026-04-01'", True),
        ("${day} > today()", False),
        ("${a} < 'z'", False),
        ("true() and not(false())", True),
        ("(${n} = 1 or ${n} = 4) and ${a} = 'ya'", True),
        ("${n} = 1 or ${n} = 4 and ${a} = 'tidak'", False),
    ],
)
def test_an_expression_is_true_or_not(text, is_true):
    assert holds(parse(text), ANSWERS, today=date(2026, 6, 1)) is is_true


def test_the_answer_to_the_item_itself_is_a_dot():
    node = parse(". >= ${n} and . <= 10")
    assert holds(node, ANSWERS, own=7)
    assert not holds(node, ANSWERS, own=3)
    assert not holds(node, ANSWERS, own=None)
    assert looks_at_itself(node)
    assert references(node) == {"n"}


@pytest.mark.parametrize(
    ("text", "part", "position"),
    [
        ("", "", 1),
        ("${a", "${a", 1),
        ("${a} =", "", 7),
        ("${a} = 'x", "'x", 8),
        ("regex(${a}, 'x')", "regex", 1),
        ("${a} == 1", "=", 7),
        ("(1", "", 3),
        ("1 2", "2", 3),
        ("selected(${a})", ")", 14),
        ("$ {a}", "$ {a}", 1),
        ("jumlah > 3", "jumlah", 1),
        ("${a} & 1", "& 1", 6),
    ],
)
def test_what_is_no_expression_is_shown_where_it_stops(text, part, position):
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert (refused.value.part, refused.value.position) == (part, position)


def test_brackets_without_end_do_not_bring_the_server_down():
    with pytest.raises(ExpressionError):
        parse("(" * 400 + "1" + ")" * 99)
    with pytest.raises(ExpressionError):
        parse("1 + " * 200 + "1")


def test_the_browser_gets_the_same_tree():
    assert as_json(parse("selected(${b}, 'x') or . > 1.5")) == [
        "or",
        ["selected", ["ref", "b"], ["lit", "x"]],
        [">", ["self"], ["lit", 1.5]],
    ]
