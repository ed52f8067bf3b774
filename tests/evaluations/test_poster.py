"""The sheet for the wall that brings the public to a survey."""

import io

from django.urls import reverse
from pypdf import PdfReader

from asn_eval.documents import write_pdf
from evaluations import poster
from tests.evaluations.surveying import public_survey
from tests.world import World


def test_the_poster_is_one_page_with_office_question_address_and_deadline(evaluator, world: World):
    survey = public_survey(world.here, world.version)
    response = evaluator.get(reverse("survey_poster", args=[survey.pk]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    (page,) = PdfReader(io.BytesIO(response.content)).pages
    text = " ".join(page.extract_text().split())
    for words in (
        "BKPSDM Kota Semarang",
        "Instrumen uji",
        "Pindai kode ini",
        "Tanpa nama. Jawaban diterima sampai",
    ):
        assert words in text
    # A long address may be broken over two lines.
    assert reverse("answer_public", args=[survey.public_token]) in text.replace(" ", "")


def test_the_code_on_the_poster_is_made_of_the_address(world, monkeypatch):
    drawn = []
    monkeypatch.setattr(poster, "write_pdf", lambda html: drawn.append(html) or write_pdf("<p>x</p>"))
    survey = public_survey(world.here, world.version)
    for address in ("http://testserver/s/a/", "http://testserver/s/b/"):
        poster.render_poster(survey, address)
    codes = [html.split('class="qr" src="')[1].split('"')[0] for html in drawn]
    assert codes[0] != codes[1]
    assert all(code.startswith("data:image/svg+xml") for code in codes)


def test_a_survey_of_invited_people_has_no_poster(evaluator, world):
    survey = world.here.surveys["sesudah"]
    response = evaluator.get(reverse("survey_poster", args=[survey.pk]))
    assert response.url == reverse("survey_links", args=[survey.pk])
