import pytest
from django.core.checks import run_checks

from asn_eval import checks
from asn_eval.scoping import ScopedModel


def ids() -> set[str]:
    return {error.id for error in run_checks()}


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_missing_or_short_secret_fails_at_start(settings, secret):
    settings.SECRET_KEY = secret
    assert "asn.E010" in ids()


def test_demo_mode_never_goes_with_https(settings):
    settings.DEMO = settings.HTTPS = True
    assert "asn.E011" in ids()


@pytest.mark.parametrize("hosts", [[], ["*"], ["asn.example", "*"]])
def test_hosts_must_be_named(settings, hosts):
    settings.ALLOWED_HOSTS = hosts
    assert "asn.E012" in ids()


def test_an_untested_database_fails_at_start(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.mysql")
    assert [error.id for error in checks.the_database_is_one_we_test_on(None)] == ["asn.E013"]


def test_every_scoped_model_reaches_a_region():
    assert "asn.E002" not in ids()
    assert len(ScopedModel.__subclasses__()) > 15


@pytest.mark.parametrize("path", ["name", "organizer", "nowhere__region", ""])
def test_a_wrong_region_path_fails_at_start(monkeypatch, path):
    from programs.models import Program

    monkeypatch.setattr(Program, "region_path", path)
    assert "asn.E002" in ids()


def test_these_settings_pass():
    assert ids() == set()
