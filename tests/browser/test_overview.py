"""The home page and the tile map in a real browser: one line of navigation, a map for eye, finger and keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1200, "height": 800}
BOXES = (
    "(tiles) => tiles.map((tile) => { const box = tile.getBoundingClientRect(); return [box.width, box.height]; })"
)
LABELS = """(names) => names.filter((name) => {
  const range = document.createRange();
  range.selectNodeContents(name);
  return range.getBoundingClientRect().width > name.closest(".province").clientWidth;
}).map((name) => name.textContent)"""
# Contrast by WCAG 2: text against its own ground, for every square and mark of the map.
CONTRAST = """(boxes) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return boxes.map((box) => {
    const text = light(getComputedStyle(box.querySelector(".province-name")).color);
    const ground = light(getComputedStyle(box).backgroundColor);
    return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
  });
}"""
SHADES = ["shade-0", "shade-1", "shade-2", "shade-3", "shade-4", "shade-5", "shade-none", "no-programs"]


def test_the_navigation_stands_in_one_line(transactional_db, visit):
    visitor = visit(DESK).sign_in(build_world().here.users["admin"].username)
    tops = visitor.page.locator(".app-bar .nav-link").evaluate_all(
        "(links) => links.map((link) => link.offsetTop)"
    )
    assert len(set(tops)) == 1
    assert visitor.page.locator(".app-bar").evaluate("(bar) => bar.offsetHeight") < 80


def test_the_menu_of_the_person_opens_and_closes_by_keyboard(transactional_db, visit):
    page = visit(DESK).sign_in(build_world().here.users["staf"].username).page
    sign_out = page.get_by_role("button", name="Keluar")
    expect(sign_out).to_be_hidden()
    page.locator(".nav-person summary").focus()
    page.keyboard.press("Enter")
    sign_out.wait_for(state="visible")
    page.keyboard.press("Escape")
    sign_out.wait_for(state="hidden")


@pytest.mark.parametrize("name", ["tile_map", "home"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_map_is_made_of_equal_squares_that_hold_their_names(transactional_db, visit, viewport, name):
    visitor = visit(viewport).sign_in(build_world().national.username)
    visitor.page.goto(f"{reverse(name)}?tahun=2026")
    visitor.fits()
    sizes = visitor.page.locator(".province").evaluate_all(BOXES)
    assert len(sizes) == 38
    width = sizes[0][0]
    assert width >= 44
    assert all(abs(side - width) < 1.5 for size in sizes for side in size)
    assert visitor.page.locator(".province-name").evaluate_all(LABELS) == []


def test_every_province_is_reached_by_keyboard_and_leads_to_its_programs(transactional_db, visit):
    page = visit(DESK).sign_in(build_world().national.username).page
    page.goto(f"{reverse('tile_map')}?tahun=2026")
    page.locator(".province a").first.focus()
    reached = []
    for _tile in range(38):
        reached.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    assert len(set(reached)) == 38
    assert "Jawa Tengah: 1 program" in reached
    page.get_by_role("link", name="Jawa Tengah: 1 program").focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/program/?region=33&year=2026")
    assert page.locator("main").get_by_text("Program Kota Semarang").count() == 1
    assert page.locator("main").get_by_text("Program Kota Medan").count() == 0


def test_names_and_numbers_can_be_read_on_every_shade(transactional_db, visit):
    page = visit(DESK).sign_in(build_world().national.username).page
    page.goto(reverse("tile_map"))
    tiles = page.locator(".province")
    for number, shade in enumerate(SHADES):
        tiles.nth(number).evaluate(f"(tile) => {{ tile.className = 'province {shade}'; }}")
    assert min(tiles.evaluate_all(CONTRAST)) >= 4.5
