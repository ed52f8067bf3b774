"""Whether a test uses a database is read from what it asks for."""

from pathlib import Path

import pytest

from tests.selection import TOGETHER, seconds, uses_database

ROOT = Path(__file__).parent.parent


def test_a_test_that_asks_for_nothing_uses_no_database(request):
    assert not uses_database(request.node)


def test_a_test_that_asks_for_the_database_uses_it(request, db):
    assert uses_database(request.node)


def test_a_test_whose_fixtures_ask_for_the_database_uses_it(request, staff):
    assert uses_database(request.node)


@pytest.mark.django_db
def test_a_test_marked_for_the_database_uses_it(request):
    assert uses_database(request.node)


def test_a_test_is_short_unless_it_says_otherwise(request):
    assert seconds(request.node) == 0


@pytest.mark.long(7)
def test_a_long_test_says_how_long(request):
    assert seconds(request.node) == 7


def test_modules_that_run_together_exist():
    assert [start for start in TOGETHER if not list(ROOT.glob(f"{start}*.py"))] == []
