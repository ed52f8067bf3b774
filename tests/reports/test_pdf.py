"""The document: its numbers against SciPy, its tags, its bytes, and what it does with nothing at all."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from pypdf import PdfReader
from scipy import stats

from asn_eval.documents import DataOnlyFetcher, write_pdf
from evaluations.models import CaseStudy
from reports.documents.pdf import render_html, render_pdf
from tests.reports.answers import (
    AFTER,
    BEFORE,
    add_challenge,
    add_indicator,
    add_satisfaction,
    add_test,
    answer_both_waves,
)
from tests.reports.test_assembly import report_of, scores

CHAPTERS = (
    "Ringkasan eksekutif",
    "Daftar isi",
    "BAB I Pendahuluan",
    "BAB II Tujuan dan sasaran program",
    "BAB III Metodologi",
    "BAB IV Hasil dan dampak",
    "BAB V Studi kasus",
    "BAB VI Tantangan",
    "BAB VII Rekomendasi dan rencana tindak lanjut",
    "BAB VIII Kesimpulan",
    "Lampiran",
)

DRAWN: list[bytes] = []


def text_of(document: bytes) -> str:
    pages = PdfReader(io.BytesIO(document)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def indonesian(value: float, places: int) -> str:
    """Written here once more, so that the product's own formatting is tested too."""
    rounded = Decimal(str(float(value))).quantize(Decimal(10) ** -places, ROUND_HALF_UP)
    return ("−" if value < 0 else "") + str(abs(rounded)).replace(".", ",")


@pytest.fixture
def full(world):
    place = world.here
    answer_both_waves(place)
    add_test(place, [(60, 80), (55, 75), (70, 85), (65, 70), (50, 75)])
    add_satisfaction(place, before=[[3, 3, 2]] * 6, after=[[4, 4, 3]] * 7)
    add_indicator(place, [(date(2026, 1, 1), 6), (date(2026, 7, 1), 2)])
    add_challenge(place)
    CaseStudy.objects.create(
        evaluation=place.evaluation,
        title="Loket satu pintu",
        unit="Disdukcapil",
        before="Lama",
        applied="Antrean",
        after="Cepat",
        source="Observasi",
    )
    return place


@pytest.fixture
def document(full):
    """The PDF of the full world, drawn once: the same report gives the same bytes."""
    if not DRAWN:
        DRAWN.append(render_pdf(report_of(full)))
    return DRAWN[0]


def test_numbers_in_the_text_are_those_of_scipy(document):
    text = text_of(document)
    before, after = scores(BEFORE), scores(AFTER)
    t = stats.ttest_rel(after, before)
    low, high = t.confidence_interval(0.95)
    mean = [sum(values) / len(values) for values in (before, after)]
    difference = mean[1] - mean[0]
    interval = f"{indonesian(low, 2)} sampai {indonesian(high, 2)}"
    assert f"dari {indonesian(mean[0], 2)} menjadi {indonesian(mean[1], 2)} (selisih +" in text
    assert f"selang kepercayaan 95% {interval}; p = {indonesian(t.pvalue, 3)}" in text
    assert f"+{indonesian(difference, 2)}" in text
    assert f"{indonesian(t.statistic, 2)} (5)" in text  # t with its degrees of freedom, in the appendix
    wilcoxon = stats.wilcoxon(after, before, zero_method="wilcox", method="exact").pvalue
    assert indonesian(wilcoxon, 3) in text


def test_numbers_of_the_test_the_satisfaction_and_the_indicator_are_in_the_text(document):
    text = text_of(document)
    assert "N-gain kelas, dihitung dari kedua rata-rata, adalah 0,43 (kategori sedang, n = 5)" in text
    assert "IKM sebelum program 66,67 dengan mutu pelayanan C (kurang baik), dari 6 responden" in text
    assert "IKM sesudah program 91,67 dengan mutu pelayanan A (sangat baik), dari 7 responden" in text
    assert (
        "turun dari 6 hari (1 Januari 2026) sebelum program menjadi 2 hari (1 Juli 2026) sesudahnya, 66,7%" in text
    )


def test_chapters_stand_in_order_with_their_page_numbers(document):
    reader = PdfReader(io.BytesIO(document))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert tuple(titles) == CHAPTERS
    contents = re.sub(r"\s+", " ", reader.pages[2].extract_text())
    page = reader.get_destination_page_number(
        next(entry for entry in reader.outline if not isinstance(entry, list) and entry.title == "Lampiran")
    )
    assert re.search(rf"Lampiran[. ]+{page + 1}\b", contents)
    assert f"Halaman 3 dari {len(reader.pages)}" in contents
    assert re.search(r"Teknik analisis[. ]+\d", contents)


def test_an_equation_a_date_and_a_short_prefix_are_not_torn_apart(full):
    report = replace(report_of(full), closing_remark="Ikuti e-learning sampai 3 Juli 2026.")
    html = render_html(report)
    assert "Ikuti e-\N{WORD JOINER}learning sampai 3\N{NO-BREAK SPACE}Juli 2026." in html
    assert "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}6" in html


def test_document_is_tagged_and_says_what_it_is(document):
    reader = PdfReader(io.BytesIO(document))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean, not Python's
    assert root["/Lang"] == "id"
    assert "/StructTreeRoot" in root
    assert (reader.metadata.title, reader.metadata.author) == ("Evaluasi Kota Semarang", "BKPSDM Kota Semarang")
    assert "Pelatihan" in reader.metadata["/Keywords"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert reader.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)  # A4


def test_every_picture_has_words_in_its_place(full):
    html = render_html(report_of(full))
    alts = re.findall(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="([^"]*)"', html)
    assert len(alts) == html.count("<img ")
    assert all(len(alt) > 20 for alt in alts)
    assert len(alts) >= 5


def test_every_font_is_embedded(document):
    reader = PdfReader(io.BytesIO(document))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        descendant = font["/DescendantFonts"][0].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"])


def test_same_report_gives_the_same_bytes(full, document):
    assert render_pdf(report_of(full)) == document


def test_nothing_is_fetched_from_anywhere(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    for url in ("http://127.0.0.1:9/x.png", "https://example.org/x.png", secret.as_uri(), "ftp://example.org/x"):
        with pytest.raises(ValueError, match="disallowed protocol"):
            DataOnlyFetcher().fetch(url)
    assert DataOnlyFetcher().fetch("data:text/plain,aman").read() == b"aman"
    assert write_pdf("<title>x</title><img src='http://127.0.0.1:9/x.png' alt='x'>").startswith(b"%PDF")


def test_text_of_people_cannot_become_markup(full):
    report = replace(report_of(full), closing_remark="<script>alert(1)</script> & <b>tebal</b>")
    html = render_html(report)
    assert "<script" not in html
    assert "&lt;b&gt;tebal&lt;/b&gt;" in html


def test_evaluation_without_any_data_says_so(world):
    world.here.evaluation.surveys.all().delete()
    world.here.evaluation.interviews.all().delete()
    world.here.program.activities.all().delete()
    world.here.program.objectives.all().delete()
    text = text_of(render_pdf(report_of(world.here)))
    assert "Belum ada data yang dikumpulkan untuk evaluasi ini" in text
    assert "Kegiatan program belum dicatat." in text
    assert (
        "Yang belum ada: sasaran dengan indikator dan target, kegiatan program, survei, jawaban survei, "
        "wawancara, temuan, rekomendasi."
    ) in text
    assert "Kesimpulan baru dapat ditarik setelah data evaluasi terkumpul." in text
    assert "Tidak ada tantangan yang tercatat" in text
    assert "Studi kasus" not in text
    assert "nan" not in text.lower().split()


def test_withheld_numbers_are_nowhere_in_the_document(world):
    answer_both_waves(world.here, before=[[1, 1, 5]] * 4, after=[[5, 5, 1]] * 4)
    text = text_of(render_pdf(report_of(world.here)))
    assert "kurang dari 5 orang" in text
    assert "+4,00" not in text
    assert "Gambar 1" not in text


def test_example_data_is_marked_on_every_page(world):
    report = replace(report_of(world.here), is_example=True)
    pages = PdfReader(io.BytesIO(render_pdf(report))).pages
    assert all("DATA CONTOH" in page.extract_text() for page in pages)
    plain = text_of(render_pdf(replace(report, is_example=False)))
    assert "DATA CONTOH" not in plain
