"""The public link of a survey as an A4 sheet for the wall. WeasyPrint is slow to load: import it in functions."""

import segno
from django.template.loader import render_to_string
from django.utils import translation

from asn_eval.documents import write_pdf
from evaluations.models import Survey
from evaluations.promises import purpose


def render_poster(survey: Survey, url: str) -> bytes:
    """One tagged page: the office, what is asked, a large QR code of ``url``, the address, the deadline."""
    qr = segno.make(url, error="q", micro=False).svg_data_uri(
        border=2, omitsize=True, svgclass=None, lineclass=None
    )
    organizer = survey.evaluation.program.organizer
    with translation.override("id"):
        html = render_to_string(
            "evaluations/poster.html",
            {
                "survey": survey,
                "letterhead": organizer.letterhead_lines or [organizer.name],
                "purpose": purpose(survey),
                "qr": qr,
                "url": url,
            },
        )
    return write_pdf(html)
