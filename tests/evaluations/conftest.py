"""Fixtures for the tests of asking and hearing."""

import pytest
from django.db import transaction


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def survey(world):
    """The survey after the program, open today."""
    from tests.evaluations.surveying import take_answers

    return take_answers(world.here.surveys["sesudah"])


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """All five examples, loaded once for a module and rolled back after it."""
    from tests.evaluations.examples import load

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        load()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.fixture
def examples(loaded, db):
    return None
