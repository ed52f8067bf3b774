"""From a pasted column to a run chart, from a sheet to before and after, from a case to its evidence."""

import pytest
from playwright.sync_api import expect

from evaluations.models import Observation
from tests.browser.conftest import DESKTOP, PHONE
from tests.evaluations.evidence import make_case_study, make_interview
from tests.evaluations.sheets_of_kind import make_sheet_version
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEFORE = "Tanggal\tNilai\tJumlah kasus\n" + "\n".join(
    f"{month} 2025\t{value}\t{30 + place}"
    for place, (month, value) in enumerate(
        zip(
            ("Agustus", "September", "Oktober", "November", "Desember"),
            ("9,5", "9", "9,2", "9,4", "9,1"),
            strict=True,
        )
    )
)
AFTER = "Juli 2026\t6\t31\nAgustus 2026\t5,5\t29"
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desk"])


@SCREENS
def test_a_pasted_series_becomes_a_run_chart(transactional_db, visit, screen):
    place = build_world().here
    visitor = visit(screen).sign_in(place.users["evaluator"].username)
    page = visitor.page
    page.goto(place.evaluation.get_absolute_url())
    page.get_by_role("link", name="Tambah indikator").click()
    page.get_by_label("Nama indikator").fill("Waktu penyelesaian")
    page.get_by_label("Unit kerja").fill("Disdukcapil")
    page.get_by_label("Satuan").fill("hari")
    page.get_by_label("Arah").select_option(label="Makin rendah makin baik")
    page.get_by_label("Target").fill("6")
    page.get_by_label("Sumber data").fill("Register layanan")
    visitor.fits()
    page.get_by_role("button", name="Simpan").click()

    page.get_by_role("link", name="Tempel atau unggah").click()
    box = page.get_by_label("Tempel dari lembar kerja")
    box.fill(f"{BEFORE}\n{AFTER}\nkemarin\t7")
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_text("Tanggal “kemarin” tidak dikenali")).to_be_visible()
    expect(page.get_by_role("button", name="Simpan")).to_have_count(0)
    visitor.fits()
    visitor.keep_picture(f"pasted-{screen['width']}")
    box.fill(f"{BEFORE}\n{AFTER}")
    page.get_by_role("button", name="Periksa").click()
    visitor.fits()
    page.get_by_role("button", name="Simpan 7 pengukuran").click()

    expect(page.get_by_text("7 pengukuran baru disimpan")).to_be_visible()
    expect(page.get_by_text("turun dari 9,2 hari (nilai tengah 5 pengukuran, 160 kasus)")).to_be_visible()
    chart = page.get_by_role("img", name="Waktu penyelesaian di Disdukcapil turun dari 9,2 hari")
    expect(chart).to_be_visible()
    assert chart.evaluate("image => image.complete && image.naturalWidth > 0")
    page.get_by_text("Lihat tabel").first.click()
    expect(page.get_by_role("cell", name="sesudah", exact=True)).to_be_visible()
    visitor.fits()
    visitor.keep_picture(f"indicator-{screen['width']}")

    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh Excel").click()
    page.get_by_role("link", name="Tempel atau unggah").click()
    page.get_by_label("atau unggah berkas").set_input_files(download.value.path())
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_text("Tidak ada yang perlu disimpan.")).to_be_visible()
    visitor.fits()


@SCREENS
def test_two_sheets_stand_side_by_side(transactional_db, visit, screen):
    place = build_world().here
    version = make_sheet_version("observasi")
    Observation.objects.create(
        evaluation=place.evaluation,
        unit="Loket",
        date="2026-01-09",
        moment="sebelum",
        after="Antrean panjang",
        version=version,
        sheet={"senyum": 1, "tunda": 4, "tunggu": 30},
    )
    visitor = visit(screen).sign_in(place.users["evaluator"].username)
    page = visitor.page
    page.goto(f"/evaluasi/{place.evaluation.pk}/observasi/tambah/")
    page.get_by_label("Unit kerja").fill("Loket")
    page.get_by_label("Tanggal pengamatan").fill("2026-07-09")
    page.get_by_label("Sesudah program").check()
    page.get_by_label("Lembar observasi").select_option(label="Lembar observasi")
    page.get_by_label("Yang diamati").fill("Antrean tertib")
    visitor.fits()
    page.get_by_role("button", name="Simpan").click()

    page.get_by_role("group", name="1. Menyapa?").get_by_text("Selalu", exact=True).click()
    page.get_by_role("button", name="Simpan lembar").click()
    expect(page.get_by_text("2 butir perlu diperiksa")).to_be_visible()
    visitor.fits()
    page.get_by_role("group", name="2. Menunda?").get_by_text("Sesekali", exact=True).click()
    page.locator("[name=jawaban-tunggu]").fill("12")
    page.get_by_role("button", name="Simpan lembar").click()

    expect(page.get_by_role("heading", name="Sebelum dan sesudah")).to_be_visible()
    expect(page.get_by_text("membaik")).to_have_count(2)
    expect(page.get_by_text("18 menit")).to_be_visible()
    visitor.fits()
    visitor.keep_picture(f"sheets-{screen['width']}")


@SCREENS
def test_a_case_is_linked_with_what_was_said(transactional_db, visit, screen):
    place = build_world().here
    case = make_case_study(place.evaluation)
    interview = make_interview(place.evaluation, informant_name="")
    visitor = visit(screen).sign_in(place.users["evaluator"].username)
    page = visitor.page
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Tautkan sumber").click()
    page.get_by_label("Sumber").select_option(f"interview-{interview.pk}")
    page.get_by_label("Petikan").fill("tidak pernah dikatakan")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Petikan ini tidak ada dalam catatan wawancara").first).to_be_visible()
    visitor.fits()
    page.get_by_label("Petikan").fill("Anggaran habis pada triwulan ketiga.")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Anggaran habis pada triwulan ketiga.")).to_be_visible()
    visitor.fits()
    page.get_by_role("link", name="Pimpinan unit kerja, Loket terpadu", exact=True).click()
    expect(page).to_have_url(f"{visitor.base_url}{interview.get_absolute_url()}")
    page.go_back()
    page.get_by_role("link", name="Lepas sumber ini").click()
    page.get_by_role("button", name="Hapus").click()
    expect(page.get_by_text("Belum ada sumber yang ditautkan.")).to_be_visible()
