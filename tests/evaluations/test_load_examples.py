"""Loading the examples into an installation that has none."""

import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from asn_eval.accounts.models import User
from asn_eval.history.models import LogEntry
from evaluations.examples.accounts import DEMO_PASSWORD
from evaluations.examples.chance import Chance
from evaluations.models import Invitation, OpenAnswer, Response
from programs.models import Enrollment, Person, Program
from tests.evaluations.examples import SLUGS, load, rows, snapshot_of_the_examples
from tests.snapshots import Snapshot


def drawn() -> dict:
    """What the seed decides, without the keys that the database hands out."""
    return {
        "people": sorted(rows(Person).values_list("nip", "name", "position", "grade__code", "agency__name")),
        "codes": sorted(rows(Enrollment).values_list("program__name", "code", "person__nip", "group", "status")),
        "tokens": sorted(rows(Invitation).values_list("token", "enrollment__person__nip", "is_answered")),
        "responses": sorted(
            (str(key), answers, received, person or "")
            for key, answers, received, person in rows(Response).values_list(
                "id", "answers", "received_on", "enrollment__person__nip"
            )
        ),
        "texts": sorted((str(key), text) for key, text in rows(OpenAnswer).values_list("response_id", "text")),
    }


def load_in_demo_mode() -> None:
    random.seed()  # every test starts with the same seed, which must not be why two loadings agree
    with override_settings(DEMO=True):
        call_command("load_examples", stdout=StringIO())


snapshot_of_demo_mode = Snapshot(load_in_demo_mode)


@pytest.fixture
def demo(db):
    """The examples once more, as an installation for trying out loads them: without force."""
    return snapshot_of_demo_mode()


def test_two_installations_get_the_same_examples(db):
    results = []
    for load_once in (snapshot_of_the_examples, snapshot_of_demo_mode):
        with transaction.atomic():
            load_once()
            results.append(drawn())
            transaction.set_rollback(True)
    assert results[0] == results[1]


def test_chance_draws_the_same_everywhere():
    chance = Chance("benih", 1)
    assert [chance.pick("abcdef") for _draw in range(8)] == list("fcceeebd")
    assert chance.normal(10, 2) == 7.981791612941839
    assert chance.shuffled([1, 2, 3, 4, 5]) == [2, 4, 1, 3, 5]
    assert str(chance.uuid()) == "a954ad02-6d70-4563-97e9-e468a3e7b960"


def test_nothing_loads_outside_demo_mode(db):
    with pytest.raises(CommandError, match="mode demo"):
        call_command("load_examples")
    assert not rows(Program).exists()
    assert not User.objects.exists()


def test_every_role_has_an_account_with_the_published_password(demo):
    places = {f"{role}.{slug}": role for slug in SLUGS for role in ("staf", "evaluator", "manajer")}
    plain = {role: role for role in ("admin", "staf", "evaluator", "manajer", "auditor")}
    assert dict(User.objects.values_list("username", "role")) == places | plain
    assert all(user.check_password(DEMO_PASSWORD) for user in User.objects.all())


def test_demo_mode_needs_no_force(demo):
    assert rows(Program).count() == len(SLUGS)
    # Nobody typed them; what people change later is told.
    assert not rows(LogEntry).filter(region__isnull=False).exists()


def test_a_loading_that_fails_leaves_nothing(world):
    programs, users = rows(Program).count(), User.objects.count()
    with pytest.raises(KeyError, match="bimbingan-teknis"):  # the small world knows one form of training
        load()
    assert (rows(Program).count(), User.objects.count()) == (programs, users)
