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
