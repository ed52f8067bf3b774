"""A region's year, entered by one member of staff as people do it: by hand where there is little, by file or by
pasting where there is much. 3 programs, 8 activities, 400 people, attendance, scores, budget, certificates.

What the pages then say is compared with what was typed here.
"""

import io
import re
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.management import call_command
from openpyxl import Workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from asn_eval.access import Role
from asn_eval.accounts.models import Office, User
from programs.models import Activity, Attendance, BudgetLine, Certificate, Enrollment, Person, Program
from tests.browser.conftest import DESKTOP, PASSWORD, PHONE, Visitor
from tests.world import make_regions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Plan:
    """One program as it stands in the papers of the office."""

    name: str
    kind: str
    year: int  # of birth of its people, so that their NIPs differ
    size: int
    starts: date
    ends: date
    batches: tuple[str, ...]
    activities: tuple[tuple[str, str, str], ...]  # title, day, JP

    @property
    def people(self) -> list[tuple[str, str]]:
        return [(nip(self.year, n), f"Pegawai {self.year} {n:03d}") for n in range(1, self.size + 1)]


def nip(year: int, number: int) -> str:
    """Born 1 January, appointed in the month that the hundreds say, serial from 901: given to nobody."""
    return f"{year}01012010{number // 90 + 1:02d}{1 + number % 2}{901 + number % 90:03d}"


PLANS = (
    Plan(
        "Pelatihan Layanan Loket",
        "pelatihan",
        1985,
        160,
        date(2026, 2, 1),
        date(2026, 4, 30),
        ("Angkatan I", "Angkatan II"),
        (("Komunikasi loket", "2026-02-09", "8"), ("Simulasi", "2026-03-09", "12"), ("Proyek", "2026-04-13", "6")),
    ),
    Plan(
        "Pembinaan Integritas",
        "pembinaan",
        1986,
        160,
        date(2026, 5, 1),
        date(2026, 7, 31),
        (),
        (("Seminar", "2026-05-11", "4"), ("Coaching", "2026-06-08", "8"), ("Studi kasus", "2026-07-06", "6")),
    ),
    Plan(
        "Peningkatan Mutu Arsip",
        "peningkatan_kualitas",
        1987,
        80,
        date(2026, 8, 1),
        date(2026, 9, 30),
        (),
        (("Bimbingan teknis", "2026-08-10", "10"), ("E-learning", "2026-09-07", "5,5")),
    ),
)


def save(visitor: Visitor, name: str = "Simpan") -> None:
    visitor.page.get_by_role("button", name=name, exact=True).first.click()


def saved(visitor: Visitor) -> None:
    """The form was taken: no error is shown on the page that followed."""
    visitor.page.wait_for_load_state()
    assert visitor.page.locator("#error-summary").count() == 0, visitor.page.locator("#error-summary").inner_text()


def workbook(header: list[str], rows: list[list]) -> dict:
    book = Workbook()
    book.active.append(header)
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "daftar.xlsx", "mimeType": kind, "buffer": buffer.getvalue()}


def enter_program(staff: Visitor, plan: Plan) -> str:
    page = staff.page
    page.goto("/program/tambah/")
    page.fill("#id_name", plan.name)
    page.select_option("#id_type", plan.kind)
    page.fill("#id_region", "Kota Semarang")
    page.locator("datalist option[value^='Kota Semarang']").wait_for(state="attached")
    page.fill("#id_start_date", plan.starts.isoformat())
    page.fill("#id_end_date", plan.ends.isoformat())
    page.fill("#id_certificate_pattern", "{nomor}/BKPSDM/{bulan}/{tahun}" + f"/{plan.year}")
    save(staff)
    saved(staff)
    expect(page.locator("h1")).to_have_text(plan.name)
    program_url = page.url
    page.goto(f"{program_url}sasaran/tambah/")
    page.fill("#id_statement", f"{plan.name} menaikkan nilai postes")
    page.fill("#id_indicator", "Rata-rata nilai postes")
    page.fill("#id_baseline", "60")
    page.fill("#id_target", "80")
    save(staff)
    saved(staff)
    for name in plan.batches:
        page.goto(f"{program_url}angkatan/tambah/")
        page.fill("#id_name", name)
        page.fill("#id_start_date", plan.starts.isoformat())
        page.fill("#id_end_date", plan.ends.isoformat())
        save(staff)
        saved(staff)
    return program_url


def enter_activities(staff: Visitor, plan: Plan, program_url: str) -> None:
    page = staff.page
    for title, day, hours in plan.activities:
        page.goto(f"{program_url}kegiatan/tambah/")
        page.fill("#id_title", title)
        page.select_option("#id_form", index=1)
        page.fill("#id_lesson_hours", hours)
        page.fill("#id_start_date", day)
        page.fill("#id_end_date", day)
        save(staff)
        saved(staff)
    page.goto(program_url)
    for title, _day, _hours in plan.activities:
        expect(page.locator("main")).to_contain_text(title)
    staff.fits()


def enter_people(staff: Visitor, plan: Plan, program_url: str) -> None:
    """The first by hand, the others from Excel; one row of the file is wrong and mended at the second try."""
    page = staff.page
    (first_nip, first_name), *others = plan.people
    page.goto(f"{program_url}peserta/tambah/")
    page.fill("#id_nip", first_nip)
    page.fill("#id_name", first_name)
    page.fill("#id_unit", "Dinas Kearsipan")
    if plan.batches:
        page.select_option("#id_batch", label=plan.batches[0])
    save(staff)
    saved(staff)

    header = ["NIP", "Nama", "Unit Kerja", "Angkatan"]
    rows = [
        [number, name, "Dinas Kearsipan", plan.batches[i % len(plan.batches)] if plan.batches else ""]
        for i, (number, name) in enumerate(others, start=1)
    ]
    broken = [["198613" + rows[0][0][6:], *rows[0][1:]], *rows[1:]]
    for content in (broken, rows):
        page.goto(f"{program_url}peserta/impor/")
        page.set_input_files("input[type=file]", workbook(header, content))
        save(staff, "Periksa berkas")
        page.wait_for_load_state()
        if content is broken:
            expect(page.locator("main")).to_contain_text("198613")
            expect(page.locator("main")).to_contain_text("tanggal")
            staff.fits()
            save(staff, "Buang")
    save(staff)
    expect(page.locator("main")).to_contain_text("Semua isi berkas sudah tersimpan")
    page.goto(f"{program_url}peserta/")
    expect(page.locator("main")).to_contain_text(f"{plan.size} orang")
    staff.fits()


def paste_attendance(staff: Visitor, plan: Plan, program_url: str) -> None:
    """As a list comes out of a chat: numbers before the names, a word behind the one who was ill."""
    page = staff.page
    for place, (title, _day, _hours) in enumerate(plan.activities):
        page.goto(f"{program_url}kehadiran/tempel/")
        option = page.locator("#id_activity option", has_text=title).first.get_attribute("value")
        page.select_option("#id_activity", option)
        lines = [f"{i}. {number} {name}" for i, (number, name) in enumerate(plan.people, start=1)]
        lines[place] += " sakit"
        page.fill("#id_text", "\n".join(lines))
        save(staff, "Periksa dahulu")
        expect(page.locator(".tile", has_text="akan dicatat").locator("strong")).to_have_text(str(plan.size))
        save(staff)
        saved(staff)
    page.goto(f"{program_url}kehadiran/")
    expect(page.locator("main")).to_contain_text(f"{plan.size - 1} dari {plan.size}")
    staff.fits()


def note_attendance_by_phone(visit, username: str, plan: Plan, program_url: str) -> None:
    """At the door with a phone: one was not there, everybody else was."""
    person = visit(PHONE).sign_in(username, PASSWORD)
    page = person.page
    for title, _day, _hours in plan.activities:
        page.goto(f"{program_url}kehadiran/")
        page.get_by_role("link", name=title).first.click()
        person.fits()
        while True:
            absent = page.locator("fieldset.person-note", has_text=f"{plan.people[4][1]} ")
            if absent.count():
                absent.locator("label", has_text="Tanpa keterangan").click()
            save(person, "Simpan, yang lain hadir semua")
            page.wait_for_load_state()
            if page.locator("a[rel=next]").count() == 0:
                break
            page.locator("a[rel=next]").first.click()
        person.keep_picture("year-attendance-360")


def enter_scores(staff: Visitor, plan: Plan, program_url: str) -> None:
    page = staff.page
    page.goto(f"{program_url}nilai/tempel/")
    lines = [f"{number}\t{55 + i % 10},5\t{75 + i % 20}" for i, (number, _name) in enumerate(plan.people)]
    page.fill("#id_text", "\n".join(lines))
    save(staff, "Periksa dahulu")
    save(staff)
    saved(staff)
    page.goto(f"{program_url}nilai/")
    both = page.locator(".tile", has_text="mempunyai keduanya").locator("strong")
    expect(both).to_have_text(str(plan.size))
    staff.fits()


def enter_budget(staff: Visitor, program_url: str) -> None:
    page = staff.page
    page.goto(f"{program_url}anggaran/isi/")
    page.fill("#id_funding", "APBD")
    amounts = (("12.000.000", "11.500.000"), ("8.000.000", ""))
    for row, (planned, realised) in enumerate(amounts):
        cells = page.locator("tr.new-row").nth(row)
        cells.locator("select[name$=component]").select_option(index=row + 1)
        cells.locator("input[name$=planned]").fill(planned)
        cells.locator("input[name$=realised]").fill(realised)
    staff.fits()
    save(staff)
    saved(staff)
    expect(page.locator("main")).to_contain_text("20.000.000")
    expect(page.locator("main")).to_contain_text("11.500.000")
    staff.fits()


def finish(staff: Visitor, plan: Plan, program_url: str) -> None:
    """Everybody has finished, but one who left; the program goes through its states."""
    page = staff.page
    page.goto(f"{program_url}peserta/?q={plan.people[1][0]}")
    page.get_by_role("link", name="Ubah", exact=True).first.click()
    page.select_option("#id_status", "mengundurkan_diri")
    save(staff)
    expect(page.locator("#error-summary")).to_contain_text("Alasan")
    page.select_option("#id_exit_reason", "beban_kerja")
    save(staff)
    saved(staff)
    page.goto(f"{program_url}peserta/?status=terdaftar")
    page.get_by_role("button", name=f"Ubah semua {plan.size - 1} orang").click()
    page.locator("[name=status]").select_option("selesai")
    save(staff, "Periksa dahulu")
    if page.locator("#corrections").count():
        page.check("#corrections")
    save(staff, "Ya, ubah")
    saved(staff)
    for state in ("direncanakan", "berjalan", "selesai"):
        page.goto(program_url)
        page.locator(f"button[name=state][value={state}]").click()
        page.wait_for_load_state()
    expect(page.locator(".lead .state")).to_have_text("Selesai")


def issue_certificates(staff: Visitor, plan: Plan, program_url: str) -> None:
    """For whoever finished and was there: not for who left, nor for who was absent by the list of the door."""
    page = staff.page
    expected = plan.size - 2 if plan is PLANS[-1] else plan.size - 1
    page.goto(f"{program_url}sertifikat/")
    page.get_by_role("link", name="Terbitkan sertifikat").first.click()
    page.fill("#id_minimum_attendance", "60")
    save(staff, "Periksa dahulu")
    staff.fits()
    page.locator("button[name=confirmed]").click()
    saved(staff)
    expect(page.locator("main")).to_contain_text(f"{expected} sertifikat berlaku")
    staff.fits()


@pytest.mark.long(120)
def test_the_year_of_a_region_is_entered_and_read_back(transactional_db, visit):
    regions = make_regions()
    call_command("load_reference", verbosity=0)
    office = Office.objects.create(name="BKPSDM Kota Semarang", kind=Office.Kind.LOCAL, city="Semarang")
    office.regions.add(regions["33.74"])
    User.objects.create_user("staf", password=PASSWORD, role=Role.STAFF, office=office)
    staff = visit(DESKTOP).sign_in("staf")

    urls = {}
    for plan in PLANS:
        urls[plan] = enter_program(staff, plan)
        enter_activities(staff, plan, urls[plan])
        enter_people(staff, plan, urls[plan])
        if plan is PLANS[-1]:
            note_attendance_by_phone(visit, "staf", plan, urls[plan])
        else:
            paste_attendance(staff, plan, urls[plan])
        enter_scores(staff, plan, urls[plan])
        enter_budget(staff, urls[plan])
        finish(staff, plan, urls[plan])
        issue_certificates(staff, plan, urls[plan])

    every = {
        model: model.objects.unscoped("the test counts every row")
        for model in (Program, Activity, Person, Enrollment, Attendance, BudgetLine, Certificate)
    }
    assert {model.__name__: rows.count() for model, rows in every.items()} == {
        "Program": 3,
        "Activity": 8,
        "Person": 400,
        "Enrollment": 400,
        "Attendance": 160 * 3 + 160 * 3 + 80 * 2,
        "BudgetLine": 6,
        "Certificate": 396,
    }
    assert every[Attendance].exclude(state="hadir").count() == 3 + 3 + 2
    assert every[Enrollment].filter(pre_score__isnull=True).count() == 0

    page = staff.page
    page.goto(urls[PLANS[-1]] + "sertifikat/")
    with page.expect_download() as download:
        page.locator("main a[href$='.pdf'], main a[href*='cetak']").first.click()
    text = PdfReader(download.value.path()).pages[0].extract_text()
    assert "Peningkatan Mutu Arsip" in " ".join(text.split())
    assert "15,5" in text

    token = every[Certificate].first().token
    stranger = visit(PHONE)
    stranger.page.goto(f"/sertifikat/{token}/")
    expect(stranger.page.locator("main")).to_contain_text("berlaku")
    expect(stranger.page.locator("main")).not_to_contain_text(PLANS[0].people[0][0])
    stranger.fits()

    page.goto("/program/")
    for plan in PLANS:
        expect(page.locator("main")).to_contain_text(plan.name)
    page.goto(urls[PLANS[0]] + "jejak/")
    page.locator("main select").first.select_option(label="Program saja")
    save(staff, "Tampilkan")
    expect(page.locator("main")).to_contain_text(re.compile(r"Direncanakan\s*→\s*menjadi\s+Berjalan"))
    page.goto("/")
    staff.keep_picture("year-home-1440")
    staff.fits()
