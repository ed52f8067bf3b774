"""How one picture of the guide is taken: a browser, a demo account, a small PNG."""

import io
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Response

FOLDER = Path(__file__).parent / "gambar"
PASSWORD = "contoh-asn-eval"  # noqa: S105 - of every demo account
DESK, PHONE = 1100, 360
HEIGHTS = {DESK: 760, PHONE: 740}
COLOURS = 64
LARGEST = 120_000  # bytes
PATIENCE = 120  # seconds until the server answers
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
