"""A real Chromium before a real server. Whatever a page asks of another host, or throws, fails the test."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1440, "height": 900}
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PATIENCE = 120_000  # ms; on a busy machine two tests at once may each draw a report
PASSWORD = "rahasia-sekali"  # of every user in tests.world


@pytest.fixture(scope="session", autouse=True)
def _database_calls_beside_the_event_loop():
    """Playwright keeps an event loop in this thread; Django would take our queries for asynchronous ones."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite on a file, as in use: threads of the live server then lock as they do in production."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def browser():
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert executable, "Chromium is missing; script/test installs it"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Visitor:
    """One person's browser: a context of its own, and a record of what went wrong in it."""

    def __init__(self, browser: Browser, base_url: str, viewport: dict):
        self.base_url = base_url
        self.context: BrowserContext = browser.new_context(
            base_url=base_url, viewport=viewport, locale="en-US", accept_downloads=True
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._watch)

    def _hear(self, message) -> None:
        is_expected = "status of 4" in message.text or "ERR_INTERNET_DISCONNECTED" in message.text
        if message.type == "error" and not is_expected:
            self.wrong.append(f"{self.page.url}: {message.text}")

    def _watch(self, request) -> None:
        if not request.url.startswith((self.base_url, "data:", "blob:")):
            self.wrong.append(f"{self.page.url} asks {request.url}")

    def sign_in(self, username: str, password: str = PASSWORD) -> "Visitor":
        self.page.goto("/masuk/")
        self.page.get_by_label("Nama pengguna").fill(username)
        self.page.get_by_label("Kata sandi").fill(password)
        self.page.get_by_role("button", name="Masuk").click()
        self.page.wait_for_url(f"{self.base_url}/")
        return self

    def fits(self) -> None:
        """Nothing of the page lies beyond its right edge, and there is one heading."""
        self.page.wait_for_load_state()  # a click returns before the styles of the next page are there
        wide, inner, headings = self.page.evaluate(
            "[document.documentElement.scrollWidth, window.innerWidth, document.querySelectorAll('h1').length]"
        )
        assert inner == self.page.viewport_size["width"], self.page.url
        assert wide <= inner, f"{self.page.url} is {wide} wide on {inner}"
        assert headings == 1, self.page.url

    def keep_picture(self, name: str) -> None:
        folder = os.environ.get("ASN_EVAL_SCREENSHOTS")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def visit(browser, live_server):
    """visit(viewport) -> a Visitor; at the end every visitor must have met no error."""
    visitors = []

    def open_one(viewport: dict = DESKTOP) -> Visitor:
        visitors.append(Visitor(browser, live_server.url, viewport))
        return visitors[-1]

    yield open_one
    wrong = [line for visitor in visitors for line in visitor.wrong]
    for visitor in visitors:
        visitor.context.close()
    assert wrong == []
