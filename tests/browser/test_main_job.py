"""The main job as people do it: from an empty program to a PDF whose numbers are right.

Staff, evaluator, respondent and manager each have a browser of their own. The expected means are computed
here from the answers that are typed and imported, not by the product.
"""

import csv
import io
import statistics
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from evaluations.models import Response
from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.world import build_world, synthetic_nip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

N_ITEMS = 12
REVERSED = 7  # w3, "Pekerjaan menumpuk", counted from 1
CODES = [f"P{number:03d}" for number in range(1, 7)]
# What everybody answers at every item but the reversed one, where it is 6 minus this.
BEFORE = dict(zip(CODES, (2, 3, 3, 2, 4, 3), strict=True))
AFTER = dict(zip(CODES, (4, 4, 3, 4, 4, 5), strict=True))


def answers(level: int) -> list[int]:
    return [6 - level if item == REVERSED else level for item in range(1, N_ITEMS + 1)]


def comma(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def iso(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def save(page: Page, name: str = "Simpan") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def upload(page: Page, name: str, lines: list[list], button: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(lines)
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    )
    save(page, button)


def enter_program(staff: Visitor) -> None:
    page = staff.page
    page.get_by_role("link", name="Buat program").click()
    page.fill("#id_name", "Pelatihan Layanan Loket")
    page.select_option("#id_type", "pelatihan")
    page.fill("#id_region", "Candi")
    page.locator("datalist option[value^='Candisari']").wait_for(state="attached")
    page.fill("#id_region", "Candisari")
    page.fill("#id_start_date", iso(-30))
    page.fill("#id_end_date", iso(-40))
    save(page)
    expect(page.locator("#error-summary")).to_contain_text("tidak boleh mendahului")
    expect(page.locator("#id_name")).to_have_value("Pelatihan Layanan Loket")
    page.fill("#id_end_date", iso(0))
    page.fill("#id_aims", "Petugas loket melayani dengan jelas dan tepat waktu.")
    save(page)
    expect(page.locator("h1")).to_have_text("Pelatihan Layanan Loket")
    staff.fits()


def describe_program(staff: Visitor) -> str:
    page = staff.page
    program_url = page.url
    page.locator("a[href$='/sasaran/tambah/']").first.click()
    page.fill("#id_statement", "Petugas menjelaskan prosedur dengan jelas")
    page.fill("#id_indicator", "Rata-rata penilaian diri")
    page.fill("#id_target", "4,0")
    save(page)
    page.locator("a[href$='/kegiatan/tambah/']").first.click()
    page.fill("#id_title", "Lokakarya komunikasi")
    page.select_option("#id_form", index=1)
    page.fill("#id_lesson_hours", "8")
    page.fill("#id_start_date", iso(-30))
    page.fill("#id_end_date", iso(-29))
    save(page)
    expect(page.locator("main")).to_contain_text("Lokakarya komunikasi")
    return program_url


def enrol(staff: Visitor, program_url: str) -> None:
    page = staff.page
    page.goto(program_url + "peserta/tambah/")
    page.fill("#id_nip", synthetic_nip(1, 1990)[:-1])
    page.fill("#id_name", "Peserta Pertama")
    page.fill("#id_unit", "Loket Candisari")
    save(page)
    expect(page.locator("#error-summary")).to_contain_text("NIP")
    expect(page.locator("#id_name")).to_have_value("Peserta Pertama")
    page.fill("#id_nip", synthetic_nip(1, 1990))
    save(page)

    header = ["NIP", "Nama", "Unit kerja"]
    rows = [[synthetic_nip(number, 1990), f"Peserta {number}", "Loket Candisari"] for number in range(2, 7)]
    page.goto(program_url + "peserta/impor/")
    upload(page, "peserta.csv", [header, ["1,98609E+17", "Peserta Rusak", "Loket"], *rows], "Periksa berkas")
    expect(page.locator("main")).to_contain_text("1,98609E+17")
    staff.fits()
    save(page, "Buang")
    page.goto(program_url + "peserta/impor/")
    upload(page, "peserta.csv", [header, *rows], "Periksa berkas")
    save(page)
    expect(page.locator("main")).to_contain_text("Semua isi berkas sudah tersimpan")
    page.goto(program_url + "peserta/")
    for code in CODES:
        expect(page.locator("main")).to_contain_text(code)
    staff.fits()


def plan_evaluation(evaluator: Visitor, program_url: str) -> str:
    page = evaluator.page
    page.goto(program_url)
    page.get_by_role("link", name="Buat evaluasi").first.click()
    page.fill("#id_questions", "Apakah kompetensi meningkat?")
    page.fill("#id_start_date", iso(-30))
    page.fill("#id_end_date", iso(30))
    save(page)
    evaluation_url = page.url
    page.goto(evaluation_url + "survei/tambah/")
    page.select_option("#id_version", label="Penilaian diri kompetensi ASN (13 butir)")
    for name, day in (("before_opens", -30), ("before_closes", 0), ("after_opens", 0), ("after_closes", 30)):
        page.fill(f"#id_{name}", iso(day))
    page.check("#id_before")
    page.check("#id_after")
    page.locator("main form button[type=submit]").first.click()
    page.goto(evaluation_url)
    evaluator.fits()
    return evaluation_url


def open_survey(evaluator: Visitor, evaluation_url: str, wave: int) -> str:
    page = evaluator.page
    page.goto(evaluation_url)
    page.locator("main td a[href^='/survei/']").nth(wave).click()
    save(page, "Buka survei")
    expect(page.locator("main")).to_contain_text("0 dari 6")
    evaluator.fits()
    return page.url


def link_of(evaluator: Visitor, survey_url: str, code: str) -> str:
    """The personal link on the printed card of a participant."""
    page = evaluator.page
    page.goto(survey_url + "tautan/")
    expect(page.locator("main img")).to_have_count(6)
    evaluator.fits()
    link = page.locator(".link-card", has_text=code).locator(".link-text").inner_text()
    return link.removeprefix(evaluator.base_url)


def answer_by_phone(visit, link: str, level: int) -> None:
    person = visit(PHONE)
    page = person.page
    page.goto(link)
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator("#errors")).to_be_visible()
    scales = page.locator("fieldset:has([type=radio])")
    expect(scales).to_have_count(N_ITEMS)
    for place, point in enumerate(answers(level)):
        scales.nth(place).locator("label").nth(point - 1).click()
        if place == 5:
            page.reload()
    expect(page.locator(".progress span")).to_contain_text(f"{N_ITEMS} dari")
    person.keep_picture("job-answer-360")
    page.get_by_role("button", name="Kirim").dblclick()
    page.wait_for_url("**/terima-kasih/**")
    page.goto(link)
    expect(page.locator("main")).to_contain_text("sudah")
    expect(page.locator("fieldset")).to_have_count(0)


def key_from_paper(evaluator: Visitor, survey_url: str, code: str, level: int) -> None:
    page = evaluator.page
    page.goto(survey_url + "entri/")
    page.fill("#id_respondent", code)
    inputs = page.locator("input.keying-number")
    expect(inputs).to_have_count(N_ITEMS)
    for place, point in enumerate(answers(level)):
        inputs.nth(place).fill("9" if place == 0 else str(point))
    save(page, "Simpan dan lanjut")
    expect(page.locator("main")).to_contain_text("1 sampai 5")
    inputs.nth(0).fill(str(answers(level)[0]))
    save(page, "Simpan dan lanjut")
    expect(page.get_by_role("status")).to_contain_text(code)


def import_rest(evaluator: Visitor, survey_url: str) -> None:
    """Both waves of everybody but P001 in one file, with the wave in a column."""
    page = evaluator.page
    page.goto(survey_url + "impor/")
    keys = [*(f"p{n}" for n in range(1, 5)), *(f"w{n}" for n in range(1, 5)), *(f"t{n}" for n in range(1, 5))]
    header = ["Kode peserta", "Gelombang", *keys]
    lines = [
        [code, wave, *answers(levels[code])]
        for wave, levels in (("sebelum", BEFORE), ("sesudah", AFTER))
        for code in CODES[1:]
    ]
    upload(page, "jawaban.csv", [header, *lines, ["P999", "sebelum", *answers(3)]], "Periksa berkas")
    expect(page.locator("main")).to_contain_text("P999")
    page.get_by_role("link", name="Unggah berkas lain").click()
    upload(page, "jawaban.csv", [header, *lines], "Periksa berkas")
    page.get_by_role("button", name="Simpan 10 jawaban").click()
    expect(page.get_by_role("status")).to_contain_text("10")


def hear(evaluator: Visitor, evaluation_url: str) -> None:
    page = evaluator.page
    page.goto(evaluation_url + "wawancara/tambah/")
    page.select_option("#id_informant_role", "atasan")
    page.fill("#id_informant_name", "Nama Yang Dirahasiakan")
    page.fill("#id_date", iso(0))
    page.check("input[name=consent][value=peran]")
    page.check("input[name=consent_form][value=lisan]")
    page.fill("#id_text", "Layanan membaik. Namun pelatihan berbenturan dengan jam sibuk loket setiap Senin.")
    save(page)
    page.fill("#mark-form [name=quote]", "pelatihan berbenturan dengan jam sibuk loket")
    page.fill("#mark-form [name=statement]", "Jadwal pelatihan berbenturan dengan jam layanan")
    page.select_option("#mark-form [name=category]", "waktu")
    page.select_option("#mark-form [name=severity]", "2")
    save(page, "Simpan tantangan")
    page.get_by_role("link", name="Tambah rekomendasi").first.click()
    page.fill("#id_statement", "Jadwalkan pelatihan di luar jam sibuk loket")
    page.select_option("#id_kind", "jadwal_fleksibel")
    page.fill("#id_owner", "BKPSDM Kota Semarang")
    page.fill("#id_due_date", iso(90))
    save(page)
    expect(page.locator("main")).to_contain_text("Jadwal pelatihan berbenturan")
    evaluator.fits()


def read_report(manager: Visitor, evaluation_url: str) -> str:
    page = manager.page
    page.goto(evaluation_url)
    expect(page.locator("main")).not_to_contain_text("Nama Yang Dirahasiakan")
    page.get_by_role("link", name="Lihat hasil").first.click()
    manager.fits()
    manager.keep_picture(f"job-result-{page.viewport_size['width']}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh PDF").first.click()
    text = " ".join(page.extract_text() for page in PdfReader(download.value.path()).pages)
    return " ".join(text.split())


@pytest.mark.long(60)
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_main_job_from_an_empty_program_to_its_report(transactional_db, visit, viewport):
    world = build_world()
    call_command("load_instruments", verbosity=0)
    users = world.here.users
    staff = visit(viewport).sign_in(users["staf"].username)
    enter_program(staff)
    program_url = describe_program(staff)
    enrol(staff, program_url)

    evaluator = visit(viewport).sign_in(users["evaluator"].username)
    evaluation_url = plan_evaluation(evaluator, program_url)
    before_url, after_url = (open_survey(evaluator, evaluation_url, wave) for wave in (0, 1))
    answer_by_phone(visit, link_of(evaluator, after_url, "P001"), AFTER["P001"])
    key_from_paper(evaluator, before_url, "P001", BEFORE["P001"])
    import_rest(evaluator, before_url)
    assert Response.objects.unscoped("the test counts every row").count() == 12
    hear(evaluator, evaluation_url)

    manager = visit(viewport).sign_in(users["manajer"].username)
    text = read_report(manager, evaluation_url)
    means = statistics.mean(BEFORE.values()), statistics.mean(AFTER.values())
    assert comma(means[0]) in text
    assert comma(means[1]) in text
    assert f"+{comma(means[1] - means[0])}" in text
    assert "n = 6" in text
    assert "Jadwal pelatihan berbenturan dengan jam layanan" in text
    assert "Jadwalkan pelatihan di luar jam sibuk loket" in text
    assert "Nama Yang Dirahasiakan" not in text
    assert synthetic_nip(1, 1990) not in text
