"""Telephone numbers as they are typed and as spreadsheets store them."""

import pytest

from programs.phones import normalise_phone


@pytest.mark.parametrize(
    "raw",
    [
        "081200000001",
        "0812-0000-0001",
        "0812 0000 0001",
        "(0812) 0000.0001",
        "+62 812-0000-0001",
        "6281200000001",
        "+62081200000001",
        "00 62 81200000001",
        "81200000001",
        "'081200000001",
        "0812\u00a00000\u200b0001",
        81200000001,
        81200000001.0,
        6281200000001.0,
    ],
)
def test_normalise_phone_brings_one_number_to_one_form(raw):
    assert normalise_phone(raw) == "+6281200000001"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("0711-350001", "+62711350001"),
        ("021 3500001", "+62213500001"),
        ("+65 6123 4567", "+6561234567"),
        ("0065 6123 4567", "+6561234567"),
        ("081200000", None),
        ("081200001", None),
        ("0812000012", "+62812000012"),
        ("0812000000012", "+62812000000012"),
        ("08120000000123", None),
        ("tidak ada", None),
        ("-", None),
        ("081200000001 / 081200000002", None),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667", None),
        ("+1", None),
        (8.5, None),
        (True, None),
        (float("inf"), None),
        ("=81200000001", None),
    ],
)
def test_normalise_phone_refuses_what_is_no_number(raw, expected):
    assert normalise_phone(raw) == expected
