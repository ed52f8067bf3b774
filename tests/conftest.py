"""Fixtures that every test may use. Two regions, an office in each, a user of every role."""

import tempfile

import pytest
from django.conf import settings

pytest_plugins = ["tests.selection"]


def pytest_configure():
    """The suite decides its own settings; what var/env says of this machine is of no account."""
    settings.SECRET_KEY = "only-for-tests-" * 5
    settings.DEBUG = settings.DEMO = settings.HTTPS = False
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="asn-eval-tests-")
    settings.SURVEY_STATE_SECONDS = 0
    settings.WHITENOISE_AUTOREFRESH = True  # looks a file up when it is asked for, not all of them in every test
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def media(settings):
    """Files that a test uploads are gone afterwards: each has an empty store of its own."""
    settings.STORAGES = dict(settings.STORAGES)


@pytest.fixture(autouse=True)
def forms_made_anew():
    """A test that changes an item in its own way does not renew the stamp of the version."""
    from evaluations import form_rendering, open_surveys

    open_surveys.forget_all()
    form_rendering.items_of.cache_clear()
    form_rendering._empty.cache_clear()


@pytest.fixture
def world(db):
    from tests.world import snapshot_of_the_world

    return snapshot_of_the_world()


@pytest.fixture
def staff(client, world):
    """The browser of who enters programs and participants in Kota Semarang."""
    client.force_login(world.here.users["staf"])
    return client


@pytest.fixture
def evaluator(client, world):
    """The browser of who asks and hears in Kota Semarang."""
    client.force_login(world.here.users["evaluator"])
    return client
