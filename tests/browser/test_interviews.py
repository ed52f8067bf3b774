"""An interview in a real browser: planned, held with an uploaded document, masked, edited, withdrawn."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from evaluations.actions.findings import record_finding
from evaluations.models import Finding
from tests.browser.conftest import DESKTOP, PHONE
from tests.evaluations.documents import docx_of
from tests.evaluations.interviewing import make_guide
from tests.world import build_world, synthetic_nip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EACH_SCREEN = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NIP = synthetic_nip(8)
SAID = [
    f"Ratna Uji (NIP {NIP}) menerima tamu sejak pagi.",
    "Menurut Ratna, jadwal pelatihan berbenturan dengan jam layanan.",
    "&lt;b&gt;Sulastri&lt;/b&gt; setuju.",
]


@EACH_SCREEN
def test_an_interview_from_plan_to_withdrawal(transactional_db, visit, viewport):
    world = build_world()
    guide = make_guide()
    evaluation = world.here.evaluation
    visitor = visit(viewport).sign_in(world.here.users["evaluator"].username)
    page, name = visitor.page, f"interview-{viewport['width']}"

    def see(what: str) -> None:
        visitor.fits()
        visitor.keep_picture(f"{name}-{what}")
        found = Axe().run(page).response["violations"]
        serious = [violation["id"] for violation in found if violation["impact"] in {"serious", "critical"}]
        assert serious == [], what

    page.goto(f"{evaluation.get_absolute_url()}#wawancara")
    page.get_by_role("link", name="Semua wawancara").click()
    see("1-list")
    page.get_by_role("link", name="Rencanakan wawancara dengan Pimpinan unit kerja").click()
    expect(page.get_by_label("Peran informan")).to_have_value("pimpinan_unit")
    page.get_by_label("Nama informan").fill("Ratna Uji")
    page.get_by_label("Unit kerja").fill("Loket terpadu")
    page.get_by_label("Tanggal wawancara").fill("2026-08-03")
    page.get_by_label("Panduan wawancara").select_option(str(guide.pk))
    see("2-plan")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Wawancara direncanakan.").wait_for()
    see("3-planned")

    page.get_by_role("link", name="Catat pelaksanaan").click()
    page.get_by_label("Boleh dikutip dengan peran saja").check()
    page.get_by_label("Tertulis").check()
    upload = {"name": "transkrip.docx", "mimeType": DOCX, "buffer": docx_of(SAID)}
    page.get_by_label("Unggah transkrip").set_input_files(upload)
    see("4-hold")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Wawancara tercatat sebagai sudah dilaksanakan.").wait_for()
    expect(page.locator(".interview-text")).to_contain_text("<b>Sulastri</b> setuju.")
    see("5-held")

    interview = evaluation.interviews.get(unit="Loket terpadu")
    finding = Finding(evaluation=evaluation, kind="kelemahan", statement="Jadwal berbenturan", category="waktu")
    record_finding(finding=finding, source=interview, quote="Menurut Ratna, jadwal pelatihan")

    page.get_by_role("link", name="Samarkan nama").click()
    page.get_by_label("Nama lain yang disebut").fill("Sulastri")
    page.get_by_role("button", name="Cari lagi").click()
    expect(page.get_by_role("checkbox", name="Sulastri")).to_be_checked()
    see("6-mask")
    page.get_by_role("button", name="Samarkan yang dicentang").click()
    page.get_by_text("Disamarkan pada 4 tempat.").wait_for()
    text = page.locator(".interview-text")
    expect(text).to_contain_text("[nama 1] (NIP [NIP]) menerima tamu")
    expect(text).to_contain_text("<b>[nama 2]</b> setuju.")
    expect(page.locator(".marked")).to_have_text("Menurut [nama 1], jadwal pelatihan")

    page.get_by_role("link", name="Ubah isi").click()
    page.get_by_label("Apa hasilnya?").fill("Antrean lebih pendek.")
    page.get_by_label("Catatan wawancara").fill("Menurut kami jam layanan terganggu.")
    see("7-content")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Lihat dan letakkan kembali").click()
    see("8-lost")
    page.get_by_role("link", name="Ganti kutipan").click()
    page.locator(".interview-text").last.evaluate("node => getSelection().selectAllChildren(node)")
    expect(page.locator("[name=quote]")).to_have_value("Menurut kami jam layanan terganggu.")
    see("9-place")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Kutipan diganti.").wait_for()

    page.get_by_role("link", name="Tambah lampiran").click()
    page.get_by_label("Berkas").set_input_files(upload)
    page.get_by_role("button", name="Unggah").click()
    page.get_by_text("Lampiran “transkrip.docx” disimpan.").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh transkrip.docx").click()
    assert download.value.suggested_filename == "transkrip.docx"

    page.get_by_role("link", name="Tarik persetujuan").click()
    see("10-withdraw")
    page.get_by_role("button", name="Tarik persetujuan").click()
    expect(page.get_by_role("link", name="Jadwal berbenturan")).to_be_visible()
    see("11-withdrawn")
    page.get_by_role("link", name="Hapus isi wawancara").click()
    expect(page.get_by_text("1 lampiran")).to_be_visible()
    see("13-erase")
    page.goto(finding.get_absolute_url())
    expect(page.get_by_text("Informan menarik persetujuannya pada")).to_be_visible()
    expect(page.get_by_text("Menurut kami jam layanan terganggu.")).to_have_count(0)
    page.goto(reverse("interview_list", args=[evaluation.pk]))
    expect(page.get_by_text("Ditarik", exact=True)).to_be_visible()
    see("12-list")
