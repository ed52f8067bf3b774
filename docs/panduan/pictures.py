"""Pictures of the pages for the guide; script/pictures starts the site and calls this.

usage: pictures.py BASE_URL [NAME...]

A picture is a row of ``PICTURES``. What has to be done before it is taken is a function of the page, called
with it after the page has been opened. Pages that need a record are found as a person finds them, by links.
"""

import io
import os
import shutil
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent / "gambar"
PASSWORD = "contoh-asn-eval"  # noqa: S105 - of every demo account
DESK, PHONE = 1100, 360
HEIGHTS = {DESK: 760, PHONE: 740}
COLOURS = 64
LARGEST = 120_000  # bytes
PATIENCE = 60  # seconds until the server answers
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
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


PICTURES: tuple[Picture, ...] = (
    Picture("masuk", "", "/masuk/"),
    Picture("beranda-staf", "staf", "/"),
    Picture("beranda-staf-ponsel", "staf", "/", width=PHONE),
    Picture("menu-ponsel", "staf", "/", open_menu, width=PHONE),
    Picture("beranda-evaluator", "evaluator", "/"),
    Picture("beranda-manajer", "manajer", "/?tahun=2026"),
    Picture("angka-tahun", "manajer", "/?tahun=2026", part="#angka"),
    Picture("perlu-dilengkapi", "admin", "/perlu-dilengkapi/"),
    Picture("peta", "manajer", "/peta/?tahun=2026", part=".map-page"),
    Picture("peta-ponsel", "manajer", "/peta/?tahun=2026", width=PHONE, part=".tile-map"),
    Picture("daftar-program", "staf", "/program/"),
    Picture("program-baru", "staf", "/program/tambah/"),
    Picture("program", "staf", "/program/", first_row()),
    Picture("peserta", "staf", "/program/", first_row("Peserta")),
    Picture("data-induk", "staf", "/data-induk/"),
    Picture("laporan", "manajer", "/laporan/"),
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
        page.goto(picture.path, wait_until="networkidle")
        if picture.steps:
            picture.steps(page)
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
