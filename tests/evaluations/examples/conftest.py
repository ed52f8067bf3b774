"""The examples are loaded once for all tests of this folder; what one of them writes is taken back after it."""

import pytest
from django.db import connection, transaction

from tests.evaluations.examples import snapshot_of_the_examples


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker) -> str:
    """What the command printed. The rows lie in a transaction around those of the tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        printed = snapshot_of_the_examples()
        connection.check_constraints()  # once, not after each test
        yield printed
        transaction.set_rollback(True)


@pytest.fixture
def examples(loaded, db) -> str:
    return loaded
