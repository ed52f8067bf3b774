"""The status report of recommendations as a tagged PDF on A4, lying."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from asn_eval.documents import write_pdf


def render_status(document: dict) -> bytes:
    """The PDF/UA document of what ``FollowUpReportView.get_document`` gives."""
    css = "".join(
        (settings.BASE_DIR / "static" / name).read_text() for name in ("print.css", "print_follow_up.css")
    )
    return write_pdf(
        render_to_string(
            "reports/follow_up_document.html",
            document | {"css": mark_safe(css)},  # noqa: S308 - our own files
        )
    )
