"""Fixtures for the tests of asking and hearing."""

import pytest


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def survey(world):
    """The survey after the program, open today."""
    from tests.evaluations.surveying import take_answers

    return take_answers(world.here.surveys["sesudah"])


@pytest.fixture
def examples(db):
    """All five examples: loaded once, put back for every test after that."""
    from tests.evaluations.examples import snapshot_of_the_examples

    return snapshot_of_the_examples()
