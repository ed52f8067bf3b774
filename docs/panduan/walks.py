"""What a person does on the pages before a picture of them is taken.

Pages that need a record are found as a person finds them, by links.
"""

import re
from datetime import date, timedelta

from camera import Steps, session_of
from playwright.sync_api import Page


def press(*names: str) -> Steps:
    """Follow links or press buttons, one after the other, by the words on them."""

    def steps(page: Page) -> None:
        for name in names:
            page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()
            page.wait_for_load_state("networkidle")

    return steps


def first_row(*tab: str) -> Steps:
    """Open the first record of a list, then one of the pages beside it."""

    def steps(page: Page) -> None:
        page.locator(".list-table .row-title a").first.click()
        page.wait_for_load_state("networkidle")
        for name in tab:
            page.locator(".tabs").get_by_role("link", name=name, exact=True).click()
            page.wait_for_load_state("networkidle")

    return steps


def open_menu(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()
    page.locator("#main-menu.show").wait_for()


def go(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")


def tab(page: Page, name: str) -> None:
    page.locator(".tabs").get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")


def into(name: str, *words: str) -> Steps:
    """Open the first program of the list, a page beside it, then follow links or press buttons."""

    def steps(page: Page) -> None:
        first_row(name)(page)
        press(*words)(page)

    return steps


def show(page: Page, selector: str) -> None:
    """Scroll until the part stands at the top of the window."""
    page.locator(selector).first.evaluate("(part) => window.scrollBy(0, part.getBoundingClientRect().top - 12)")


def scroll_to(selector: str, steps: Steps) -> Steps:
    def scroll(page: Page) -> None:
        steps(page)
        show(page, selector)

    return scroll


def participants_of(page: Page) -> list[tuple[str, str]]:
    """Name and NIP of the participants on the first page of their list."""
    first_row("Peserta")(page)
    lines = [cell.inner_text().split("\n") for cell in page.locator("tbody .row-title").all()]
    return [(name.strip(), re.sub(r"[^0-9]", "", nip)) for name, nip, *_rest in lines]


def fill_activity(page: Page) -> None:
    into("Ringkasan", "Tambah kegiatan")(page)
    page.get_by_label("Nama kegiatan").fill("Pendampingan di loket pelayanan")
    form = page.locator("#id_form option", has_text="Mentoring").first.get_attribute("value")
    page.locator("#id_form").select_option(form)
    page.locator("#id_start_date").fill(date.today().isoformat())
    page.locator("#id_quantity").fill("4")
    page.locator("#id_quantity_unit").select_option("sesi")
    page.locator("#id_quantity_unit").dispatch_event("change")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    show(page, "fieldset:has(#id_quantity)")


def paste_attendance(page: Page) -> None:
    names = [name for name, _nip in participants_of(page)]
    tab(page, "Kehadiran")
    press("Tempel daftar hadir")(page)
    page.locator("#id_activity").select_option(index=1)
    lines = [f"{number}. {name}" for number, name in enumerate(names[:5], start=1)]
    page.locator("#id_text").fill("\n".join([*lines, f"6. {names[5]} - sakit", "7. Bu Wiwik"]))
    press("Periksa dahulu")(page)


def choose_participants(page: Page) -> None:
    first_row("Peserta")(page)
    for number in range(3):
        page.locator("tbody input[name=pilih]").nth(number).check()
    press("Ubah yang dicentang")(page)
    page.locator("#id_status").select_option("tidak_lulus")
    press("Periksa dahulu")(page)


def attend_on_a_phone(page: Page) -> None:
    """Somebody has taken back what was noted of three people, so that there is something to note."""
    first_row("Kehadiran")(page)
    page.locator("tbody .row-title a").first.click()
    page.wait_for_load_state("networkidle")
    for number in range(3):
        page.locator(".person-note").nth(number).locator("input[value='']").evaluate("(choice) => choice.click()")
    page.locator(".save-bar").get_by_role("button", name="Simpan").click()
    page.wait_for_load_state("networkidle")
    show(page, ".next-step")


def verify_certificate(page: Page) -> None:
    first_row("Sertifikat")(page)
    page.locator("tbody").get_by_role("link", name="Periksa", exact=True).first.click()
    page.wait_for_load_state("networkidle")


def person_with_hours(page: Page) -> None:
    _name, nip = participants_of(page)[0]
    go(page, f"/asn/?q={nip}")
    first_row()(page)


def import_a_list(page: Page) -> None:
    people = participants_of(page)
    press("Impor dari berkas")(page)
    rows = [
        "NIP;Nama;Jabatan;Unit Kerja",
        f"{people[0][1]};{people[0][0]};Analis Pelayanan Publik;",
        "19850101 201003 1 951;Sri Wahyuni;Pengadministrasi Perkantoran;Kecamatan Candisari",
        "1,98609E+17;Joko Susilo;Pranata Komputer;Kecamatan Candisari",
        f"{people[1][1][:-1]};{people[1][0]};;",
    ]
    content = "\n".join(rows).encode()
    page.locator("input[type=file]").set_input_files(
        {"name": "peserta tambahan.csv", "mimeType": "text/csv", "buffer": content}
    )
    press("Periksa berkas")(page)


def import_unknown_columns(page: Page) -> None:
    people = participants_of(page)
    press("Impor dari berkas")(page)
    rows = ["NIP;Nama Peserta;Tempat Tugas;Jab. Sekarang"]
    rows += [f"{nip};{name};Kecamatan Candisari;Analis Pelayanan Publik" for name, nip in people[:3]]
    page.locator("input[type=file]").set_input_files(
        {"name": "rekap peserta.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    )
    press("Periksa berkas")(page)


def enter_somebody_twice(page: Page) -> None:
    """A second row for the first person of the list, one digit of the NIP mistyped."""
    name, nip = participants_of(page)[0]
    go(page, "/asn/tambah/")
    page.locator("#id_nip").fill(nip[:-1] + str((int(nip[-1]) + 1) % 10))
    page.locator("#id_name").fill(name)
    page.locator("#id_agency").fill("Kecamatan Candisari")
    press("Simpan")(page)
    go(page, "/asn/ganda/")


def edit_at_once(page: Page) -> None:
    """Somebody else saves the program while it is being changed here."""
    first_row()(page)
    press("Ubah")(page)
    base = "/".join(page.url.split("/")[:3])
    browser = page.context.browser
    other = browser.new_context(base_url=base, storage_state=session_of(browser, base, "admin"))
    form = other.new_page()
    form.goto(page.url)
    form.get_by_label("Sasaran peserta").fill("Petugas loket dan petugas penerima pengaduan")
    press("Simpan")(form)
    other.close()
    page.get_by_label("Sasaran peserta").fill("Semua petugas pelayanan di kecamatan dan kelurahan")
    press("Simpan")(page)
    show(page, ".conflict")


def delete_an_activity(page: Page) -> None:
    into("Ringkasan", "Sosialisasi nilai dasar", "Hapus")(page)
    page.locator("#agreed").scroll_into_view_if_needed()


def run_a_program(page: Page) -> None:
    """Copy a program to these days and let it run, so that there is something to do."""
    go(page, "/program/")
    first_row()(page)
    press("Salin ke tahun berikutnya")(page)
    today = date.today()
    page.locator("#id_start_date").fill((today - timedelta(days=20)).isoformat())
    page.locator("#id_end_date").fill((today + timedelta(days=40)).isoformat())
    press("Simpan")(page)
    if page.get_by_label("Isian sudah diperiksa").count():
        page.get_by_label("Isian sudah diperiksa").check()
        press("Simpan")(page)
    press("Ubah menjadi “Direncanakan”", "Ubah menjadi “Berjalan”")(page)
    go(page, "/")
