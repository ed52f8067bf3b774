"""An evaluation report -> a tagged PDF on A4. Nothing is fetched from anywhere."""

import re
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from asn_eval.documents import write_pdf
from reports.blocks import NO_BREAK, Chapter
from reports.chapters.book import chapters_of
from reports.contents import EvaluationReport
from reports.words import MONTHS, day, moment, period

OWN_PAGES = ("ringkasan", "pendahuluan")
SECTIONS_LISTED = ("pendahuluan", "tujuan", "metodologi", "hasil", "kasus")
EQUATION = re.compile(r"\b([npg]) (=|&lt;|&gt;) (?=[−\d])")
DATE = re.compile(rf"\b(\d{{1,2}}) (?={'|'.join(MONTHS)})")
LONE_LETTER = re.compile(r"(?<=[\s“(>])[Ee]-(?=\w)")
WORD_JOINER = "\N{WORD JOINER}"
CONTENTS = Chapter(key="isi", title="Daftar isi", blocks=())


def render_pdf(report: EvaluationReport) -> bytes:
    """The PDF/UA document of ``report``; the same report gives the same bytes."""
    return write_pdf(render_html(report))


def render_html(report: EvaluationReport) -> str:
    """The document as one HTML page that holds its style and pictures."""
    summary, *body = chapters_of(report)
    with translation.override("id"):
        html = render_to_string(
            "reports/document.html",
            {
                "report": report,
                "css": _css(),
                "keywords": ", ".join(("evaluasi", report.program.type, report.program.region)),
                "cover_facts": _cover_facts(report),
                "place_and_date": _place_and_date(report),
                "chapters": (summary, CONTENTS, *body),
                "contents": (summary, *body),
                "own_pages": OWN_PAGES,
                "chapters_with_sections": SECTIONS_LISTED,
            },
        )
    return _held_together(html)


def _held_together(html: str) -> str:
    """The same page with no line end inside "n = 28", "3 Juli" or "e-learning"."""
    html = EQUATION.sub(rf"\1{NO_BREAK}\2{NO_BREAK}", html)
    html = DATE.sub(rf"\1{NO_BREAK}", html)
    return LONE_LETTER.sub(rf"\g<0>{WORD_JOINER}", html)


def _cover_facts(report: EvaluationReport) -> tuple[tuple[str, str], ...]:
    facts = (
        ("Jenis program", report.program.type),
        ("Wilayah", report.program.region),
        ("Penyelenggara", report.office.name),
        ("Masa program", period(report.program.start_date, report.program.end_date)),
        ("Masa evaluasi", period(report.start_date, report.end_date)),
        ("Tim evaluator", report.team),
        ("Data per", moment(report.generated_at, report.office.time_zone)),
    )
    return tuple((term, value) for term, value in facts if value)


def _place_and_date(report: EvaluationReport) -> str:
    return ", ".join(filter(None, (report.office.city, day(report.generated_at.date()))))


@lru_cache
def _css() -> SafeString:
    return mark_safe((settings.BASE_DIR / "static" / "print.css").read_text())  # noqa: S308 - our own file
