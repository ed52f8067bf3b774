"""Every page that the matrix knows, in a phone and on a desk, with a year of examples in it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.access_table import MATRIX, POST_ONLY, make_rows
from tests.access_table.letters import PUBLIC
from tests.browser.conftest import DESKTOP, PHONE
from tests.test_access import url_for
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What is no page: files that are saved, and parts that a page asks for.
FILES = {
    "activities_export",
    "activity_hours",
    "agency_export",
    "agency_units",
    "attachment_download",
    "attendance_export",
    "budget_export",
    "certificate_pdf",
    "certificates_export",
    "certificates_pdf",
    "codebook_export",
    "coding_matrix_all_export",
    "coding_matrix_export",
    "evaluation_export_file",
    "follow_up_export",
    "follow_up_report",
    "import_template",
    "interview_export",
    "journal_export",
    "material_download",
    "measurement_export",
    "nip_reading",
    "objectives_export",
    "office_logo",
    "organizer_search",
    "participants_export",
    "passage_export",
    "person_export",
    "person_search",
    "person_suggestions",
    "program_calendar_file",
    "program_export",
    "proof_download",
    "region_search",
    "report_download",
    "response_template",
    "roster_template",
    "scores_export",
    "survey_export_file",
    "survey_paper",
    "survey_poster",
    "training_export",
    "unit_search",
    "version_paper",
    "xlsform_download",
}
PAGES = sorted(
    name for name, (roles, _kind) in MATRIX.items() if roles != PUBLIC and name not in POST_ONLY | FILES
)


@pytest.mark.long(60)
@pytest.mark.parametrize(("role", "letter"), [("staf", "S"), ("evaluator", "E"), ("admin", "A")])
def test_every_page_fits_both_screens_and_loads_only_from_here(transactional_db, visit, role, letter):
    """Opened as on a phone, then widened to a desk: the width is all that the two differ in."""
    world = build_world()
    rows = make_rows(world.here)
    users = world.here.users | {"admin": world.national}
    visitor = visit(PHONE).sign_in(users[role].username)
    for name in PAGES:
        if letter in MATRIX[name][0]:
            visitor.page.set_viewport_size(PHONE)
            visitor.page.goto(url_for(name, rows))
            for screen in (PHONE, DESKTOP):
                visitor.page.set_viewport_size(screen)
                visitor.fits()
                visitor.keep_picture(f"{name}-{role}-{screen['width']}")


def test_the_menu_folds_into_one_button_on_a_phone(transactional_db, visit):
    world = build_world()
    visitor = visit(PHONE).sign_in(world.here.users["staf"].username)
    menu = visitor.page.get_by_role("link", name="Program", exact=True).first
    expect(menu).to_be_hidden()
    visitor.page.get_by_role("button", name="Menu").click()
    menu.wait_for(state="visible")
    menu.click()
    visitor.page.wait_for_url(f"**{reverse('program_list')}")


def test_the_keyboard_reaches_the_content_first(transactional_db, visit):
    world = build_world()
    visitor = visit().sign_in(world.here.users["staf"].username)
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    focused = visitor.page.evaluate("document.activeElement.closest('main') !== null")
    assert focused
    outline = visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
