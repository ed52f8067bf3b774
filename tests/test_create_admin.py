import io

import pytest
from django.core.management import CommandError, call_command

from asn_eval.access import Role
from asn_eval.accounts.models import User


@pytest.fixture
def create_admin(db, monkeypatch):
    def run(username: str, typed: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        call_command("create_admin", username, stdout=io.StringIO())

    return run


def test_create_admin_makes_an_administrator_of_every_region(create_admin):
    create_admin("ratna", "kata-sandi-yang-panjang\n")
    user = User.objects.get()
    assert (user.username, user.role, user.office, user.sees_every_region) == ("ratna", Role.ADMIN, None, True)
    assert user.check_password("kata-sandi-yang-panjang")


def test_create_admin_leaves_the_policy_in_force(create_admin):
    create_admin("ratna", "kata-sandi-yang-panjang\n")
    assert not User.objects.get().is_superuser


@pytest.mark.parametrize(
    ("username", "typed"),
    [("ratna", "pendek\n"), ("ratna", "\n"), ("ratna", ""), ("dua kata", "kata-sandi-yang-panjang\n")],
)
def test_create_admin_refuses_a_weak_password_or_a_wrong_name(create_admin, username, typed):
    with pytest.raises(CommandError):
        create_admin(username, typed)
    assert not User.objects.exists()


def test_create_admin_refuses_a_name_that_is_taken(create_admin):
    create_admin("ratna", "kata-sandi-yang-panjang\n")
    with pytest.raises(CommandError):
        create_admin("ratna", "kata-sandi-yang-lain\n")
    assert User.objects.count() == 1
