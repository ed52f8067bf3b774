"""Coding in the browser: two people at once, by the keyboard alone, on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from asn_eval.access import Role
from asn_eval.accounts.models import User
from evaluations.actions.themes import start_codebook
from evaluations.models import Interview
from tests.browser.conftest import DESKTOP, PASSWORD, PHONE
from tests.evaluations.coding import passages
from tests.evaluations.evidence import make_interview
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = (
    "Jadwal pelatihan 😀 berbenturan dengan layanan.\r\nDana kurang. Loket penuh. Warga marah. "
    "Kami bingung. Hujan deras. Jalan rusak. Listrik mati. Air surut."
)
SERIOUS = {"serious", "critical"}
FIRST, SECOND = "evaluator_semarang", "evaluator_kedua"
# Puts a selection on the words, as a mouse or a finger would leave it.
SELECT = """words => {
  for (const text of document.querySelectorAll(".coding-text")) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const nodes = []; let all = "", node;
    while ((node = walker.nextNode())) { nodes.push([node, all.length]); all += node.data; }
    const at = all.indexOf(words);
    if (at < 0) continue;
    const place = (position, isEnd) => {
      const [found, start] = nodes.findLast(([, first]) => isEnd ? first < position : first <= position);
      return [found, position - start];
    };
    document.getSelection().setBaseAndExtent(...place(at, false), ...place(at + words.length, true));
    return;
  }
}"""


@pytest.fixture
def interview(transactional_db) -> Interview:
    world = build_world()
    here = world.here
    User.objects.create_user(SECOND, password=PASSWORD, role=Role.EVALUATOR, office=here.office)
    start_codebook(evaluation=here.evaluation, user=here.users["evaluator"])
    return make_interview(here.evaluation, text=TEXT)


def select(page: Page, words: str) -> None:
    page.evaluate(SELECT, words)
    expect(page.locator("[name=quote]")).to_have_value(words.strip())


def give(page: Page, theme: str, said: str) -> None:
    """Type into the box, take the first that fits."""
    box = page.get_by_role("combobox", name="Tema", exact=True)
    box.fill(theme)
    expect(page.locator(".theme-options li").first).to_be_visible()
    box.press("Enter")
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()


def check_access(page: Page) -> None:
    """axe finds nothing serious."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found if each["impact"] in SERIOUS] == []


def test_two_coders_code_one_interview_at_once_and_are_compared(visit, interview):
    first, second = (visit(DESKTOP).sign_in(name) for name in (FIRST, SECOND))
    for visitor in (first, second):
        visitor.page.goto(f"/wawancara/{interview.pk}/kode/")
    select(first.page, "Jadwal pelatihan 😀 berbenturan")
    select(second.page, "pelatihan 😀 berbenturan dengan layanan.")
    give(first.page, "jadwal berbenturan", "Tema “Jadwal berbenturan dengan tugas” diberikan.")
    give(second.page, "jadwal berbenturan", "Tema “Jadwal berbenturan dengan tugas” diberikan.")
    select(first.page, "Dana kurang.")
    give(first.page, "keterbatasan anggaran", "Tema “Keterbatasan anggaran” diberikan.")
    select(second.page, "Loket penuh.")
    give(second.page, "keterbatasan anggaran", "Tema “Keterbatasan anggaran” diberikan.")
    assert passages(interview) == [
        (FIRST, "Jadwal pelatihan 😀 berbenturan", ["Jadwal berbenturan dengan tugas"]),
        (SECOND, "pelatihan 😀 berbenturan dengan layanan.", ["Jadwal berbenturan dengan tugas"]),
        (FIRST, "Dana kurang.", ["Keterbatasan anggaran"]),
        (SECOND, "Loket penuh.", ["Keterbatasan anggaran"]),
    ]
    for visitor in (first, second):
        page = visitor.page
        assert page.locator(".coding-list li[value]").count() == 2
        page.get_by_label("Tampilkan", exact=True).select_option("semua")
        page.get_by_role("button", name="Tampilkan").click()
        expect(page.locator(".coding-list li[value]")).to_have_count(4)
        expect(page.locator("mark.coded-2").first).to_have_text("pelatihan 😀 berbenturan")
        expect(page.get_by_role("button", name="Lepas tema")).to_have_count(2)
        expect(page.get_by_role("link", name="Bagian bertanda 4", exact=True)).to_be_visible()
        page.get_by_role("button", name="Selesai mengode teks ini").click()
        expect(page.get_by_text("Anda selesai mengode teks ini", exact=True)).to_be_visible()
        visitor.fits()
        check_access(page)
    first.keep_picture("coding-two-coders-desktop")
    page = second.page
    page.get_by_role("link", name="Kodebuk").click()
    page.get_by_role("link", name="Kesepakatan pengode").click()
    schedule = page.get_by_role("row", name="Jadwal berbenturan dengan tugas")
    expect(schedule).to_contain_text("1,00")
    expect(page.get_by_role("row", name="Keterbatasan anggaran")).to_contain_text("−0,13")
    second.fits()
    check_access(page)
    second.keep_picture("coding-agreement-desktop")


def test_coding_by_the_keyboard_alone_with_a_new_theme_and_undo(visit, interview):
    visitor = visit(DESKTOP).sign_in(FIRST)
    page = visitor.page
    page.goto(f"/wawancara/{interview.pk}/kode/")
    page.locator(".coding-text").focus()
    page.keyboard.press("ArrowRight")
    for _word in range(2):
        page.keyboard.press("Shift+ArrowRight")
    chosen = "Jadwal pelatihan 😀"
    expect(page.locator("[name=quote]")).to_have_value(chosen)
    page.keyboard.press("Enter")
    box = page.get_by_role("combobox", name="Tema", exact=True)
    expect(box).to_be_focused()
    page.keyboard.type("waktu sempit")
    expect(page.get_by_role("option", name="Buat tema baru: waktu sempit")).to_be_visible()
    check_access(page)
    page.keyboard.press("ArrowUp")  # the last of the list
    page.keyboard.press("Enter")
    expect(page.get_by_label("Jenis tema baru")).to_be_focused()
    page.keyboard.type("Tantangan")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Tema “waktu sempit” diberikan.")).to_be_visible()
    assert passages(interview) == [(FIRST, chosen, ["waktu sempit"])]
    give(page, "waktu sempit", "Bagian ini sudah bertema “waktu sempit”.")
    give(page, "masih memakai", "Tema “Masih memakai cara manual” diberikan.")
    assert passages(interview) == [(FIRST, chosen, ["Masih memakai cara manual", "waktu sempit"])]
    page.get_by_role("button", name="Batalkan").press("Enter")
    expect(page.get_by_role("button", name="Pasang lagi")).to_be_visible()
    assert passages(interview) == [(FIRST, chosen, ["waktu sempit"])]
    page.get_by_role("button", name="Lepas tema waktu sempit").press("Enter")
    expect(page.locator("mark.coded")).to_have_count(0)
    assert passages(interview) == []
    page.get_by_role("button", name="Pasang lagi").press("Enter")
    expect(page.locator("mark.coded")).to_have_count(1)
    assert passages(interview) == [(FIRST, chosen, ["waktu sempit"])]


def test_coding_on_a_phone(visit, interview):
    visitor = visit(PHONE).sign_in(FIRST)
    page = visitor.page
    page.goto(f"/wawancara/{interview.pk}/kode/")
    visitor.fits()
    select(page, "Loket penuh.")
    expect(page.get_by_role("combobox", name="Tema", exact=True)).to_be_in_viewport()
    visitor.fits()
    visitor.keep_picture("coding-selection-phone")
    give(page, "penjelasan lebih", "Tema “Penjelasan lebih jelas” diberikan.")
    assert passages(interview) == [(FIRST, "Loket penuh.", ["Penjelasan lebih jelas"])]
    visitor.fits()
    visitor.keep_picture("coding-marked-phone")
    page.get_by_role("button", name="Tutup").click()
    expect(page.get_by_role("button", name="Tutup")).to_be_hidden()
    page.locator(".mark-number").click()
    expect(page.locator(".coding-list li.chosen")).to_contain_text("Loket penuh.")
    for path in ("kodebuk/", "kodebuk/matriks/", "kodebuk/kesepakatan/"):
        page.goto(f"/evaluasi/{interview.evaluation_id}/{path}")
        visitor.fits()
        check_access(page)
    page.goto("/bagian/")
    visitor.fits()
    visitor.keep_picture("coding-search-phone")


def test_the_text_that_changed_meanwhile_refuses_the_mark(visit, interview):
    visitor = visit(DESKTOP).sign_in(FIRST)
    page = visitor.page
    page.goto(f"/wawancara/{interview.pk}/kode/")
    select(page, "Loket penuh.")
    interview.text = f"Kata pengantar. {TEXT}"
    interview.save()
    box = page.get_by_role("combobox", name="Tema", exact=True)
    box.fill("manual")
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Teks ini sudah berubah sejak Anda membukanya.")
    assert passages(interview) == []
