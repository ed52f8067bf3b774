"""Certificates as one PDF, a page each. Imported by functions only: WeasyPrint is slow to load."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from mimetypes import guess_type

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from asn_eval.accounts.models import Office
from asn_eval.dates import day
from asn_eval.documents import write_pdf
from asn_eval.numbers import format_decimal
from programs.models import Certificate

# Characters up to which a name fits in one line of its size; a longer one is set smaller and may take two.
SIZES = ((34, "short"), (58, "medium"), (90, "long"))
SMALLEST = "longest"


@dataclass(frozen=True)
class Page:
    certificate: Certificate
    name_size: str
    program_size: str
    lesson_hours: str
    place_and_date: str
    url: str
    qr: SafeString


def render_certificates(certificates: Sequence[Certificate], *, address: Callable[[str], str]) -> bytes:
    """One PDF of all of them, in their order. ``address`` makes the verification address of a token.

    The certificates come with their issuer; all are of one office.
    """
    office = certificates[0].issuer
    with translation.override("id"):
        html = render_to_string(
            "programs/certificate_document.html",
            {
                "css": _css(),
                "letterhead": office.letterhead_lines,
                "logo": logo_of(office),
                "pages": [_page(certificate, address(certificate.token)) for certificate in certificates],
            },
        )
    return write_pdf(html)


def _page(certificate: Certificate, url: str) -> Page:
    hours = certificate.lesson_hours
    return Page(
        certificate=certificate,
        name_size=size_of(certificate.holder_name),
        program_size=size_of(certificate.program_name),
        lesson_hours=format_decimal(hours, 0 if hours == hours.to_integral_value() else 1),
        place_and_date=", ".join(filter(None, (certificate.place, day(certificate.issued_on)))),
        url=url,
        qr=qr_code(url),
    )


def size_of(text: str) -> str:
    return next((size for most, size in SIZES if len(text) <= most), SMALLEST)


def qr_code(url: str) -> str:
    """A QR code as an SVG image that stands in the document itself."""
    return segno.make(url, error="m", micro=False).svg_data_uri(
        border=0, omitsize=True, svgclass=None, lineclass=None
    )


def logo_of(office: Office) -> str:
    """The logo as an address that loads nothing; none when there is none or its file is gone."""
    kind = guess_type(office.logo.name or "")[0]
    if kind not in ("image/png", "image/jpeg"):
        return ""
    try:
        content = office.logo.read()
    except OSError:
        return ""
    finally:
        office.logo.close()
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@lru_cache
def _css() -> SafeString:
    return mark_safe((settings.BASE_DIR / "static" / "certificate.css").read_text())  # noqa: S308 - our own file
