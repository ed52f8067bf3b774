"""What the pages of offices and units do beyond what they do without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from asn_eval.accounts.models import Office, Region, RegionalArea, RegionalOffice
from programs.models import Agency
from tests.browser.conftest import DESKTOP, PHONE
from tests.pictures import picture
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EACH_SCREEN = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])


@EACH_SCREEN
def test_an_office_is_given_regions_kop_and_logo(transactional_db, visit, viewport):
    world = build_world()
    regional = RegionalOffice.objects.create(number="I", seat="Yogyakarta")
    RegionalArea.objects.create(province=Region.objects.get(code="33"), regional_office=regional)
    office = world.there.office
    visitor = visit(viewport).sign_in(world.national.username)
    page = visitor.page
    page.goto(reverse("office_update", args=[office.pk]))
    page.get_by_label("Tambah satu wilayah").press_sequentially("candisari")
    page.locator("#id_region-list option").wait_for(state="attached")
    page.get_by_label("Tambah satu wilayah").fill("Candisari, Kota Semarang, Jawa Tengah (33.74.08)")
    page.get_by_role("button", name="Tambahkan ke daftar").click()
    lines = page.locator("[name=region_lines]")
    added = "Kota Medan, Sumatera Utara (12.71)\nCandisari, Kota Semarang, Jawa Tengah (33.74.08)"
    assert lines.input_value() == added
    page.get_by_label("Wilayah kerja menurut tabel kantor regional").select_option(label=str(regional))
    page.get_by_role("button", name="Isi daftar").click()
    page.get_by_text("sudah disalin ke daftar wilayah kerja").wait_for()
    assert lines.input_value() == f"{added}\nJawa Tengah (33)"
    page.locator("[name=letterhead]").fill("PEMERINTAH KOTA\n\nBADAN KEPEGAWAIAN")
    assert page.locator("[data-kop-text] p").all_inner_texts() == ["PEMERINTAH KOTA", "BADAN KEPEGAWAIAN"]
    page.locator("[name=logo]").set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": picture()})
    page.locator("[data-kop-logo] img").wait_for()
    page.locator("[name=letterhead]").press("Enter")
    visitor.fits()
    page.get_by_label("Nama kantor").press("Enter")  # saves: the button that fills the list is not the first one
    page.get_by_text("Kantor disimpan.").wait_for()
    page.locator(".kop-logo img").wait_for()
    visitor.fits()
    visitor.keep_picture(f"office_detail-{viewport['width']}")
    stored = Office.objects.get(pk=office.pk)
    assert [region.code for region in stored.regions.all()] == ["12.71", "33", "33.74.08"]
    assert stored.letterhead == "PEMERINTAH KOTA\nBADAN KEPEGAWAIAN"


@EACH_SCREEN
def test_the_tree_opens_and_closes_where_it_stands(transactional_db, visit, viewport):
    world = build_world()
    middle = Agency.objects.create(name="Bidang Arsip", region=world.here.region, parent=world.here.agency)
    Agency.objects.create(name="Seksi Surat", region=world.here.region, parent=middle)
    visitor = visit(viewport).sign_in(world.here.users["staf"].username)
    page = visitor.page
    page.goto(reverse("agency_list"))
    top = page.get_by_role("button", name="1 unit di bawahnya").first
    top.click()
    page.get_by_role("link", name="Bidang Arsip").wait_for()
    page.get_by_role("button", name="1 unit di bawahnya").nth(1).click()
    page.get_by_role("link", name="Seksi Surat").wait_for()
    visitor.fits()
    visitor.keep_picture(f"agency_tree-{viewport['width']}")
    top.press("Enter")
    expect(page.get_by_role("link", name="Bidang Arsip")).to_be_hidden()
    expect(page.get_by_role("link", name="Seksi Surat")).to_be_hidden()
    assert top.get_attribute("aria-expanded") == "false"
