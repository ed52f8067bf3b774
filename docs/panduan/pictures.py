"""Pictures of the pages for the guide; script/pictures starts the site and calls this.

usage: pictures.py BASE_URL [NAME...]

A picture is a row of ``PICTURES``. What has to be done before it is taken is a function of the page (walks.py),
called with it after the page has been opened.
"""

import os
import shutil
import sys

from camera import FOLDER, PHONE, Picture, is_taken, session_of, wait_for
from playwright.sync_api import sync_playwright
from walks import (
    answer_as_superior,
    ask_superiors,
    attend_on_a_phone,
    choose_participants,
    compose_instrument,
    delete_an_activity,
    edit_at_once,
    enter_somebody_twice,
    fill_activity,
    first_row,
    import_a_form,
    import_a_list,
    import_unknown_columns,
    into,
    open_menu,
    paste_attendance,
    person_with_hours,
    plan_waves,
    press,
    preview_instrument,
    propose_superiors,
    run_a_program,
    scroll_to,
    send_without_network,
    verify_certificate,
    watch_response,
)

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

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
    # Instruments
    Picture("susun-butir", "evaluator", "/data-induk/instrumen/", compose_instrument),
    Picture("pratinjau-instrumen", "evaluator", "/data-induk/instrumen/", preview_instrument),
    Picture("impor-xlsform", "evaluator", "/data-induk/instrumen/", import_a_form),
    # Surveys
    Picture("rencana-gelombang", "evaluator", "/evaluasi/", scroll_to("section:has(.wave-dates)", plan_waves)),
    Picture("rencana-responden", "evaluator", "/evaluasi/", scroll_to("section:has(.plan-row)", plan_waves)),
    Picture("usulan-responden", "evaluator", "/evaluasi/", propose_superiors),
    Picture("undangan", "evaluator", "/evaluasi/", ask_superiors),
    Picture("isi-survei", "evaluator", "/evaluasi/", answer_as_superior, width=PHONE),
    Picture("belum-terkirim", "evaluator", "/evaluasi/", send_without_network, width=PHONE),
    Picture("pantau-respons", "evaluator", "/evaluasi/", watch_response),
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


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
