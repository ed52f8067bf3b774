"""The keying page under a hand that never leaves the keyboard."""

import pytest
from playwright.sync_api import expect

from evaluations.models import Survey
from tests.browser.conftest import DESKTOP, PHONE
from tests.evaluations.every_type import PACKED, every_type
from tests.reports.exporting.answered import survey_of
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def survey(transactional_db) -> Survey:
    return survey_of(build_world().here, every_type(), mode="bernama")


def here(page) -> str:
    return page.evaluate("document.activeElement?.name")


def at(page, name: str) -> None:
    page.wait_for_function("name => document.activeElement?.name === name", arg=name)


def key_in(page, *, uses: str, enters_day: bool) -> None:
    """One sheet, as fingers type it: Enter after what is longer than a key, nothing after a single one."""
    at(page, "respondent")
    page.keyboard.type("P001")
    page.keyboard.press("Enter")
    if enters_day:
        at(page, "received_on")
        page.keyboard.press("Enter")
    at(page, "butir-mampu")
    page.keyboard.type("4")
    at(page, "butir-nilai")
    for text in ("85", "2,5"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    at(page, "butir-pakai")
    page.keyboard.type(uses)
    at(page, "butir-umur")
    page.keyboard.type("1")
    for text in ("1,3", "2 3 1"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    at(page, "butir-baris_a")
    page.keyboard.type("3")
    page.keyboard.type("2")


def test_a_sheet_is_typed_compared_and_decided_by_the_keyboard_alone(visit, survey):
    visitor = visit(DESKTOP).sign_in("evaluator_semarang")
    page = visitor.page
    page.goto(f"/survei/{survey.pk}/entri/")
    expect(page.locator("[data-item=sejak]")).to_have_class("keying-item not-asked")
    key_in(page, uses="y", enters_day=True)
    at(page, "butir-sejak")
    expect(page.locator("[data-item=sejak]")).to_have_class("keying-item")
    for text in ("05032026", "Perlu"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    at(page, "butir-saran")
    visitor.keep_picture("keying-desktop")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Jawaban P001 · Peserta Kota Semarang 1 disimpan.")).to_be_visible()
    assert survey.responses.get().answers == PACKED

    page.get_by_role("link", name="Ketik kedua kali").click()
    key_in(page, uses="t", enters_day=False)
    at(page, "butir-alasan")  # since when is not asked of who does not use it
    visitor.keep_picture("keying-not-asked-desktop")
    page.keyboard.type("Perlu")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 isian berbeda")).to_be_focused()
    visitor.fits()
    visitor.keep_picture("keying-differences-desktop")
    for _difference in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")  # the first entry of each
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Perbedaan pada P001 · Peserta Kota Semarang 1 sudah diputuskan")).to_be_visible()
    response = survey.responses.get()
    assert (response.answers, response.is_keyed_twice, response.n_differences) == (PACKED, True, 2)


def test_differences_fit_on_a_phone(visit, survey):
    from tests.evaluations.surveying import answer

    answer(survey, survey.evaluation.program.enrollments.get(code="P001"), answers=PACKED, channel="kertas")
    visitor = visit(PHONE).sign_in("evaluator_semarang")
    page = visitor.page
    page.goto(f"/survei/{survey.pk}/entri/?ulang=1")
    visitor.fits()
    visitor.keep_picture("keying-phone")
    page.locator("[name=respondent]").fill("P001")
    page.locator("[name=butir-tempat]").fill("2")
    page.get_by_role("button", name="Bandingkan dan lanjut").click()
    expect(page.get_by_role("heading", name="10 isian berbeda")).to_be_visible()
    visitor.fits()
    visitor.keep_picture("keying-differences-phone")
