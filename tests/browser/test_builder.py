"""An instrument is composed in the browser: what the builder does beyond what it does without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from evaluations.models import Instrument
from tests.browser.conftest import DESKTOP, PHONE
from tests.evaluations.building import keys
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EACH_SCREEN = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])


@EACH_SCREEN
def test_an_instrument_is_composed_from_its_first_item_to_its_preview(transactional_db, visit, viewport):
    world = build_world()
    visitor = visit(viewport).sign_in(world.here.users["evaluator"].username)
    page = visitor.page
    page.goto(reverse("instrument_create"))
    page.get_by_label("Nama instrumen").fill("Kuesioner kami")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Tambahkan butir pertamanya.").wait_for()
    visitor.fits()

    # Another type brings other fields and keeps what was typed; Enter saves.
    page.get_by_role("link", name="Skala", exact=False).first.click()
    page.get_by_label("Kalimat", exact=False).first.fill("Apa kendala Anda?")
    expect(page.get_by_label("Nama titik")).to_be_hidden()
    page.get_by_label("Skala").select_option("sendiri")
    expect(page.get_by_label("Nama titik")).to_be_visible()
    page.get_by_label("Jenis jawaban").select_option("pilihan")
    page.get_by_label("Satu pilihan setiap baris").fill("Dana\nWaktu kerja")
    visitor.fits()
    page.get_by_label("Kode butir").fill("kendala")
    page.get_by_label("Kode butir").press("Enter")
    page.get_by_text("Butir Apa kendala Anda? ditambahkan.").wait_for()

    # A condition is chosen from the answers of the item before.
    page.get_by_role("link", name="Teks", exact=False).last.click()
    page.get_by_label("Kalimat", exact=False).first.fill("Ceritakan.")
    page.get_by_label("Kode butir").fill("cerita")
    page.get_by_label("Ditampilkan bila jawaban lain memenuhi syarat").check()
    page.locator("[name=condition_item_0]").select_option("kendala")
    offered = "[...document.querySelectorAll('#jawaban-0 option')].map((option) => option.value)"
    assert page.evaluate(offered) == ["Dana", "Waktu kerja"]
    page.locator("[name=condition_value_0]").fill("Waktu kerja")
    visitor.fits()
    page.get_by_role("button", name="Simpan", exact=True).last.click()
    page.get_by_text("Tampil bila nomor 1 dijawab “Waktu kerja”.").wait_for()
    visitor.keep_picture(f"builder-{viewport['width']}")

    # Items are moved where they stand; what others need stays where it is.
    version = Instrument.objects.get(name="Kuesioner kami").versions.get()
    page.get_by_role("button", name="Naikkan Ceritakan.").click()
    page.get_by_text("Tidak dapat dilakukan karena butir lain bergantung padanya.").wait_for()
    page.locator("#butir-kendala summary").click()
    page.locator("#butir-kendala").get_by_role("button", name="Salin").click()
    page.get_by_text("disalin dengan kode kendala_2").wait_for()
    assert keys(version) == ["kendala", "kendala_2", "cerita"]
    visitor.fits()

    # The preview asks as the respondent's page does.
    page.get_by_role("link", name="Pratinjau").click()
    phone = page.frame_locator("iframe.phone")
    phone.get_by_text("Apa kendala Anda?").first.wait_for()
    expect(phone.locator("#butir-cerita")).to_be_hidden()
    phone.locator("[name=jawaban-kendala][value=waktu_kerja]").check()
    phone.locator("#butir-cerita").wait_for()
    visitor.fits()
    visitor.keep_picture(f"builder-preview-{viewport['width']}")
