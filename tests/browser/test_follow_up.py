"""A recommendation over two program years: made, answered, carried out, judged a year later, and offered again.

Evaluator, manager and staff each have a browser of their own.
"""

import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from evaluations.models import Evaluation, Recommendation
from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.reports.answers import answer_both_waves
from tests.reports.two_years import add_challenge_of_schedule, add_series, ask_again
from tests.world import Place, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PDF = b"%PDF-1.7\nnotula\n%%EOF\n"
STATEMENT = "Jadwal pelatihan disusun bersama kepala unit"
CHALLENGE = "Jadwal pelatihan berbenturan dengan jam layanan"


def save(page: Page, name: str = "Simpan") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def find_challenge(evaluator: Visitor, here: Place) -> None:
    """A challenge that rests on an interview, then on one item of a survey, and that a document contradicts."""
    page = evaluator.page
    page.goto(f"/evaluasi/{here.evaluation.pk}/temuan/tambah/")
    page.select_option("#id_kind", "tantangan")
    page.fill("#id_statement", CHALLENGE)
    page.select_option("#id_category", "waktu")
    page.select_option("#id_severity", "3")
    page.select_option("#id_objective", label="Kompetensi meningkat")
    expect(page.locator("#id_part")).to_be_hidden()
    page.select_option("#id_source", f"interview-{here.evaluation.interviews.get().pk}")
    page.fill("#id_quote", "Jadwal pelatihan berbenturan dengan layanan.")
    evaluator.fits()
    save(page)
    expect(page.locator("h1")).to_have_text(CHALLENGE)
    expect(page.locator(".facts")).to_contain_text("Rendah")

    page.get_by_role("link", name="Tambah bukti").click()
    after = here.surveys["sesudah"].pk
    page.select_option("#id_source", f"survey-{after}")
    expect(page.locator("#id_part")).to_be_visible()
    assert page.locator("#id_part optgroup:not([hidden])").count() == 1
    page.select_option("#id_part", f"{after}:item:b2")
    save(page)
    expect(page.locator("main")).to_contain_text("Butir 2")
    expect(page.locator(".facts")).to_contain_text("Sedang")

    page.get_by_role("link", name="Tambah bukti").click()
    page.check("input[value=bertentangan]")
    page.select_option("#id_source", f"survey-{here.surveys['sebelum'].pk}")
    save(page)
    expect(page.locator(".contradiction")).to_contain_text("Sebelum")
    expect(page.locator(".facts")).to_contain_text("Rendah")
    evaluator.fits()
    evaluator.keep_picture("temuan-keyakinan")


def recommend(evaluator: Visitor, here: Place) -> str:
    """From a proposal, in the evaluator's own words; another proposal is dropped."""
    page = evaluator.page
    page.goto(here.evaluation.get_absolute_url())
    page.get_by_role("link", name="Usulan rekomendasi").click()
    evaluator.fits()
    page.locator(".proposal", has_text="sesi pendek").get_by_role("button").click()
    expect(page.locator("main > .proposal, .proposal", has_text="sesi pendek")).to_have_count(0)
    page.locator(".proposal", has_text="tidak berbenturan").get_by_role("link", name="Terima dan sunting").click()
    expect(page.locator("#id_kind")).to_have_value("jadwal_fleksibel")
    page.fill("#id_statement", STATEMENT)
    page.select_option("#id_impact", "3")
    page.select_option("#id_effort", "1")
    page.fill("#id_owner", "Kepala BKPSDM")
    page.fill("#id_due_date", (timezone.localdate() + timedelta(days=30)).isoformat())
    evaluator.fits()
    save(page)
    expect(page.locator("h1")).to_have_text(STATEMENT)
    expect(page.locator(".facts")).to_contain_text("Tinggi")
    expect(page.locator(".facts")).to_contain_text("Usulan dari kategori tantangan")
    return page.url


def answer(manager: Visitor) -> None:
    """Found on the home page; partly accepted, which needs a reason."""
    page = manager.page
    page.get_by_role("link", name=STATEMENT).first.click()
    page.get_by_role("link", name="Tanggapi").click()
    page.check("input[value=sebagian]")
    save(page)
    expect(page.locator("#error-summary")).to_contain_text("Tulis alasannya")
    expect(page.locator("input[value=sebagian]")).to_be_checked()
    page.fill("#id_reason", "Dimulai dari unit loket.")
    save(page)
    expect(page.locator("main")).to_contain_text("Dimulai dari unit loket.")
    manager.fits()


def carry_out(staff: Visitor) -> None:
    """Found in the register; begun, and ended with a file that shows it."""
    page = staff.page
    page.goto("/evaluasi/tindak-lanjut/")
    staff.fits()
    staff.keep_picture("tindak-lanjut")
    page.get_by_role("link", name=STATEMENT).click()
    page.get_by_role("link", name="Catat kemajuan").click()
    page.fill("#id_text", "Rapat dengan kepala unit pada hari Senin.")
    page.select_option("#id_state", "dikerjakan")
    save(page)
    expect(page.locator(".log")).to_contain_text("Rapat dengan kepala unit")

    page.get_by_role("link", name="Catat kemajuan").click()
    page.fill("#id_text", "Jadwal bersama dipakai sejak angkatan kedua.")
    page.select_option("#id_state", "selesai")
    save(page)
    expect(page.locator("#error-summary")).to_contain_text("Unggah bukti penyelesaian")
    expect(page.locator("#id_text")).to_have_value("Jadwal bersama dipakai sejak angkatan kedua.")
    staff.fits()
    page.set_input_files("#id_file", {"name": "notula.pdf", "mimeType": "application/pdf", "buffer": PDF})
    save(page)
    expect(page.locator(".facts")).to_contain_text("Selesai")
    with page.expect_download() as download:
        page.get_by_role("link", name="notula", exact=True).click()
    assert download.value.suggested_filename == "notula.pdf"
    staff.fits()
    staff.keep_picture("rekomendasi-selesai")


def begin_next_year(evaluator: Visitor, here: Place) -> Evaluation:
    page = evaluator.page
    page.goto(f"/program/{here.program.pk}/evaluasi/tambah/")
    page.fill("#id_title", "Evaluasi tahun kedua")
    page.fill("#id_start_date", "2027-01-05")
    page.fill("#id_end_date", "2027-09-30")
    save(page)
    expect(page.locator("h1")).to_have_text("Evaluasi tahun kedua")
    later = Evaluation.objects.visible_to(here.users["evaluator"]).get(title="Evaluasi tahun kedua")
    # What the surveys and registers of the second year bring in is not the matter of this test.
    add_series(here.evaluation, [(date(2026, 7, 1), 6)])
    add_series(later, [(date(2027, 7, 1), 3)])
    ask_again(here, later, [[5, 5, 1]] * 6)
    return later


def judge(evaluator: Visitor, later: Evaluation) -> None:
    page = evaluator.page
    page.goto(later.get_absolute_url())
    page.get_by_role("link", name="Tindak lanjut evaluasi terdahulu").click()
    promise = page.locator(".promise")
    expect(promise).to_contain_text("Kepala BKPSDM, paling lambat")
    expect(promise).to_contain_text("Jadwal bersama dipakai sejak angkatan kedua.")
    expect(page.locator("main")).to_contain_text("membaik")
    expect(page.locator("main")).to_contain_text("5,00 (n = 6)")
    page.get_by_role("link", name="Nilai", exact=True).click()
    page.check("input[value=berhasil]")
    page.fill("#id_reason", "Waktu layanan turun dan tidak ada lagi bentrok jadwal.")
    save(page)
    expect(page.locator(".promise")).to_contain_text("tidak ada lagi bentrok jadwal")
    evaluator.fits()
    evaluator.keep_picture("tindak-lanjut-terdahulu")
    page.set_viewport_size(PHONE)
    evaluator.fits()
    page.set_viewport_size(DESKTOP)


def accept_what_worked(evaluator: Visitor, here: Place, later: Evaluation) -> None:
    add_challenge_of_schedule(here, later)
    page = evaluator.page
    page.goto(later.get_absolute_url())
    page.get_by_role("link", name="Usulan rekomendasi").click()
    expect(page.get_by_role("heading", name="Pernah dikerjakan dan berhasil")).to_be_visible()
    page.set_viewport_size(PHONE)
    evaluator.fits()
    evaluator.keep_picture("usulan-rekomendasi")
    page.set_viewport_size(DESKTOP)
    page.locator(".proposal", has_text=STATEMENT).get_by_role("link", name="Terima dan sunting").click()
    expect(page.locator("#id_statement")).to_have_value(STATEMENT)
    page.fill("#id_owner", "Kepala BKPSDM")
    page.fill("#id_due_date", (timezone.localdate() + timedelta(days=60)).isoformat())
    save(page)
    expect(page.locator(".facts")).to_contain_text("Usulan dari program terdahulu")
    page.locator(".facts").get_by_role("link", name=STATEMENT).click()
    expect(page.locator("main")).to_contain_text("Waktu layanan turun dan tidak ada lagi bentrok jadwal.")


def read_status(manager: Visitor) -> None:
    page = manager.page
    page.goto("/evaluasi/tindak-lanjut/")
    manager.fits()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh PDF").click()
    reader = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
    assert "Status tindak lanjut rekomendasi" in text
    assert "BKPSDM Kota Semarang" in text
    assert "Jadwal bersama dipakai sejak angkatan kedua." in text


def test_a_recommendation_is_followed_over_two_years(visit):
    here = build_world().here
    answer_both_waves(here)
    evaluator = visit(DESKTOP).sign_in(here.users["evaluator"].username)
    find_challenge(evaluator, here)
    recommendation_url = recommend(evaluator, here)
    manager = visit(PHONE).sign_in(here.users["manajer"].username)
    answer(manager)
    carry_out(visit(PHONE).sign_in(here.users["staf"].username))
    later = begin_next_year(evaluator, here)
    judge(evaluator, later)
    accept_what_worked(evaluator, here, later)
    read_status(manager)
    made = Recommendation.objects.visible_to(here.users["evaluator"]).order_by("pk")
    assert [(one.origin, one.state, one.answer) for one in made] == [
        ("kategori", "selesai", "sebagian"),
        ("terdahulu", "diusulkan", ""),
    ]
    assert made[1].earlier == made[0]
    assert recommendation_url.endswith(made[0].get_absolute_url())
