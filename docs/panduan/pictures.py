"""Pictures of the pages for the guide; script/pictures starts the site and calls this.

usage: pictures.py BASE_URL [NAME...]

A picture is a row of ``PICTURES``. What has to be done before it is taken is a function of the page, called
with it after the page has been opened. Pages that need a record are found as a person finds them, by links.
"""

import io
import os
import re
import shutil
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Response, sync_playwright

FOLDER = Path(__file__).parent / "gambar"
PASSWORD = "contoh-asn-eval"  # noqa: S105 - of every demo account
DESK, PHONE = 1100, 360
HEIGHTS = {DESK: 760, PHONE: 740}
COLOURS = 64
LARGEST = 120_000  # bytes
PATIENCE = 120  # seconds until the server answers
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SETTLED = "document.fonts.ready.then(() => true)"

Steps = Callable[[Page], None]


@dataclass(frozen=True)
class Picture:
    """One file ``gambar/<name>.png``."""

    name: str
    user: str  # a demo account; "" for a page that needs none
    path: str
    steps: Steps | None = None
    width: int = DESK
    part: str = ""  # a CSS selector of what is shown; else the window from its top
    is_long: bool = False  # the whole page instead of the window


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


# In this order: what the later ones do stays on the site.
PICTURES: tuple[Picture, ...] = (
    Picture("masuk", "", "/masuk/"),
    Picture("menu-ponsel", "staf", "/", open_menu, width=PHONE),
    # Offices, units and reference lists
    Picture("data-induk", "admin", "/data-induk/"),
    Picture(
        "kop-surat",
        "admin",
        "/kantor/",
        scroll_to("fieldset:has(#id_letterhead)", press("BKPSDM Kota Semarang", "Ubah")),
    ),
    Picture("unit-kerja", "admin", "/data-induk/unit-kerja/"),
    Picture("kantor-regional", "admin", "/data-induk/kantor-regional/"),
    # Programs
    Picture("daftar-program", "admin", "/program/"),
    Picture("program", "staf", "/program/", first_row()),
    Picture("status-program", "staf", "/program/", scroll_to("#status", first_row())),
    Picture("salin-program", "staf", "/program/", into("Ringkasan", "Salin ke tahun berikutnya")),
    # Activities
    Picture("usulan-jp", "staf", "/program/", fill_activity),
    Picture("kegiatan", "staf", "/program/", into("Ringkasan", "Pelatihan keterampilan komunikasi")),
    Picture("kalender", "staf", "/program/", first_row("Kalender")),
    # Budget
    Picture("anggaran", "staf", "/program/", first_row("Anggaran")),
    Picture("isi-anggaran", "staf", "/program/", into("Anggaran", "Isi anggaran")),
    # People
    Picture("daftar-pegawai", "staf", "/asn/"),
    Picture("pegawai", "staf", "/program/", scroll_to(".facts", person_with_hours)),
    # Participants
    Picture("peserta", "staf", "/program/", first_row("Peserta")),
    Picture("ubah-banyak-peserta", "staf", "/program/", choose_participants),
    Picture("kehadiran", "staf", "/program/", scroll_to(".wide-only", first_row("Kehadiran"))),
    Picture("kehadiran-ponsel", "staf", "/program/", attend_on_a_phone, width=PHONE),
    Picture("tempel-daftar-hadir", "staf", "/program/", paste_attendance),
    Picture("nilai", "staf", "/program/", first_row("Nilai")),
    Picture("sertifikat", "staf", "/program/", first_row("Sertifikat")),
    Picture("periksa-sertifikat", "staf", "/program/", verify_certificate),
    # Imports
    Picture("impor-kolom", "staf", "/program/", import_unknown_columns),
    Picture("impor-hasil", "staf", "/program/", import_a_list, is_long=True),
    # The home page and what was changed
    Picture("beranda-manajer", "manajer", "/?tahun=2025"),
    Picture("peta", "manajer", "/peta/?tahun=2025", part=".map-page"),
    Picture("hapus-kegiatan", "staf", "/program/", delete_an_activity),
    Picture("dua-orang", "staf", "/program/", edit_at_once),
    Picture("jejak", "staf", "/program/", first_row("Jejak")),
    Picture("data-ganda", "staf", "/program/", enter_somebody_twice),
    Picture("gabungkan", "staf", "/asn/ganda/", press("Bandingkan dan gabungkan")),
    Picture("beranda-staf", "staf", "/", run_a_program),
    Picture("beranda-staf-ponsel", "staf", "/", width=PHONE),
)


def main(base: str, *names: str) -> int:
    unknown = sorted(set(names) - {picture.name for picture in PICTURES})
    if unknown:
        print(f"No such picture: {', '.join(unknown)}", file=sys.stderr)  # noqa: T201
        return 2
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
    wait_for(base)
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        signed_in = {user: session_of(browser, base, user) for user in {picture.user for picture in wanted}}
        failed = [picture.name for picture in wanted if not is_taken(browser, base, picture, signed_in)]
        browser.close()
    return 1 if failed else 0


def wait_for(base: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{base}/masuk/", timeout=5).close()  # noqa: S310 - our own server
            return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def is_taken(browser: Browser, base: str, picture: Picture, signed_in: dict[str, dict | None]) -> bool:
    """Whether the picture could be taken and is small enough; says what stood in the way."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": picture.width, "height": HEIGHTS[picture.width]},
        locale="id-ID",
        reduced_motion="reduce",
        storage_state=signed_in[picture.user],
    )
    try:
        page = context.new_page()
        refusals: list[str] = []
        page.on("response", lambda response: refusals.extend(refusal_of(response)))
        page.goto(picture.path, wait_until="networkidle")
        if picture.steps:
            picture.steps(page)
        if refusals:
            raise ValueError("; ".join(refusals))
        page.evaluate(SETTLED)
        # The line about the demonstration says nothing about the page.
        page.evaluate("document.querySelectorAll('.demo-bar').forEach((bar) => bar.remove())")
        content = shoot(page, picture)
    except Exception as error:
        print(f"{picture.name}: {error}", file=sys.stderr)  # noqa: T201
        return False
    finally:
        context.close()
    file = FOLDER / f"{picture.name}.png"
    file.write_bytes(content)
    print(f"{file.relative_to(FOLDER.parent)}  {len(content) // 1000} kB")  # noqa: T201
    if len(content) > LARGEST:
        print(f"{picture.name} is larger than {LARGEST // 1000} kB", file=sys.stderr)  # noqa: T201
        return False
    return True


def refusal_of(response: Response) -> list[str]:
    """What went wrong with a page: nobody wants a picture of an error."""
    if response.status < HTTPStatus.BAD_REQUEST or not response.request.is_navigation_request():
        return []
    return [f"{response.status} {response.url}"]


def session_of(browser: Browser, base: str, user: str) -> dict | None:
    """The cookies of ``user`` after one sign-in, which is all that their pictures need."""
    if not user:
        return None
    context = browser.new_context(base_url=base)
    page = context.new_page()
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill(user)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{base}/")
    state = context.storage_state()
    context.close()
    return state


def shoot(page: Page, picture: Picture) -> bytes:
    """A PNG with few colours, which is a third of the size."""
    if picture.part:
        content = page.locator(picture.part).first.screenshot(animations="disabled")
    else:
        content = page.screenshot(full_page=picture.is_long, animations="disabled")
    buffer = io.BytesIO()
    reduced = Image.open(io.BytesIO(content)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    reduced.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
