"""The kop of a report: its lines, its logo inside the document itself, and a logo whose file is gone."""

import base64
import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pypdf import PdfReader

from reports.documents.pdf import render_html, render_pdf
from tests.pictures import PNG
from tests.reports.test_assembly import report_of


def pictures_on_the_cover(document: bytes) -> int:
    return len(PdfReader(io.BytesIO(document)).pages[0].images)


def test_the_logo_stands_in_the_document_and_not_beside_it(world):
    world.here.office.logo.save("logo.png", ContentFile(PNG))
    report = report_of(world.here)
    assert report.office.logo == f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    default_storage.delete(world.here.office.logo.name)
    assert pictures_on_the_cover(render_pdf(report)) == 1


def test_a_logo_whose_file_is_gone_does_not_break_the_report(world):
    world.here.office.logo.save("logo.png", ContentFile(PNG))
    default_storage.delete(world.here.office.logo.name)
    report = report_of(world.here)
    assert report.office.logo == ""
    assert 'letterhead-logo"' not in render_html(report)
