from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils import translation

from asn_eval import numbers

NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "0", "0"),
        (1234, "1.234", "1,234"),
        (-1234567, "−1.234.567", "−1,234,567"),
        (999.5, "1.000", "1,000"),
        (None, "–", "–"),
    ],
)
def test_integer_is_grouped_by_thousands(value, indonesian, english):
    assert numbers.format_integer(value) == indonesian
    assert numbers.format_integer(value, "en") == english


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1_500_000, "Rp1.500.000", "Rp1,500,000"),
        (Decimal("1500000.00"), "Rp1.500.000", "Rp1,500,000"),
        (Decimal("1041666.666"), "Rp1.041.666,67", "Rp1,041,666.67"),
        (Decimal("-600000"), "−Rp600.000", "−Rp600,000"),
        (0, "Rp0", "Rp0"),
        (None, "–", "–"),
    ],
)
def test_rupiah_shows_sen_only_where_there_are_any(value, indonesian, english):
    assert numbers.format_rupiah(value) == indonesian
    assert numbers.format_rupiah(value, "en") == english


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1041666.666"), "Rp1.041.667"),
        (Decimal("1041666.5"), "Rp1.041.667"),
        (Decimal("-0.4"), "Rp0"),
        (None, "–"),
    ],
)
def test_rupiah_without_sen_is_rounded_half_up(value, expected):
    assert numbers.format_rupiah(value, sen=False) == expected


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (12.5, 2, "12,50"),
        (1234.56, 2, "1.234,56"),
        (2.675, 2, "2,68"),  # half up on the written decimal, not on its binary neighbour
        (0.125, 2, "0,13"),
        (-0.125, 2, "−0,13"),
        (-0.004, 2, "0,00"),
        (-0.0, 2, "0,00"),
        (Decimal("78.7415"), 2, "78,74"),
        (Decimal("76.605"), 2, "76,61"),
        (Fraction(29, 9), 4, "3,2222"),
        (1e-12, 3, "0,000"),
        (3, 1, "3,0"),
        (None, 2, "–"),
        (NAN, 2, "–"),
        (INFINITE, 2, "–"),
        (Decimal("NaN"), 2, "–"),
    ],
)
def test_decimal_is_rounded_half_up(value, places, expected):
    assert numbers.format_decimal(value, places) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.58, "+1,58"), (-1.712121, "−1,71"), (0, "0,00"), (0.001, "0,00"), (-0.001, "0,00"), (None, "–")],
)
def test_signed_marks_both_directions_but_not_zero(value, expected):
    assert numbers.format_signed(value) == expected


@pytest.mark.parametrize(
    ("share", "places", "expected"),
    [
        (0.125, 1, "12,5%"),
        (1, 0, "100%"),
        (0.0005, 1, "0,1%"),
        (-0.25, 0, "−25%"),
        (Fraction(2, 3), 1, "66,7%"),
        (0.285, 0, "29%"),
        (None, 1, "–"),
        (NAN, 1, "–"),
    ],
)
def test_percent_of_a_share(share, places, expected):
    assert numbers.format_percent(share, places) == expected


@pytest.mark.parametrize(
    ("p", "sentence", "cell"),
    [
        (0.0, "p < 0,001", "< 0,001"),
        (0.000999, "p < 0,001", "< 0,001"),
        (0.001, "p = 0,001", "0,001"),
        (0.0123, "p = 0,012", "0,012"),
        (0.0499, "p = 0,050", "0,050"),
        (0.9991, "p > 0,999", "> 0,999"),
        (1.0, "p > 0,999", "> 0,999"),
        (None, "–", "–"),
        (NAN, "–", "–"),
    ],
)
def test_p_value_is_never_zero_or_one(p, sentence, cell):
    assert numbers.format_p(p) == sentence
    assert numbers.format_p_cell(p) == cell


def test_interval_uses_a_word_because_its_ends_may_be_negative():
    assert numbers.format_interval(-2.451206, -0.973036) == "−2,45 sampai −0,97"
    assert numbers.format_interval(0.7001142, 2.4598858, 2, "en") == "0.70 to 2.46"
    assert numbers.format_interval(None, 1.0) == "–"
    assert numbers.format_interval(1.0, None) == "–"


def test_unknown_language_is_written_as_indonesian():
    assert numbers.format_decimal(1.5, 1, "fr") == "1,5"
    assert numbers.format_decimal(1.5, 1, "en-gb") == "1.5"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("id", "1.234 12,50 12,5% +1,6 < 0,001"), ("en", "1,234 12.50 12.5% +1.6 < 0.001")],
)
def test_template_filters_follow_the_language_of_the_page(language, expected):
    page = Template(
        "{% load angka %}{{ n|angka }} {{ x|desimal:2 }} {{ share|persen:1 }} {{ d|bertanda:1 }} {{ p|nilai_p }}"
    )
    values = {"n": 1234, "x": 12.5, "share": 0.125, "d": 1.58, "p": 0.0001}
    with translation.override(language):
        assert page.render(Context(values, autoescape=False)) == expected
