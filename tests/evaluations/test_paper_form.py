"""An instrument on paper: everything that is asked can be answered by hand."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from evaluations.models import Instrument, InstrumentVersion
from evaluations.paper.form import paper_form, paper_html
from tests.evaluations.building import YES_NO_OPTIONS, add, own_version, row


@pytest.fixture
def version(world) -> InstrumentVersion:
    version = own_version(world.here, items=1)
    ends = [{"id": "Buruk", "en": "Bad"}, *[{"id": "", "en": ""}] * 8, {"id": "Baik", "en": "Good"}]
    add(version, "halaman", key="hal", text="Bagian kedua", text_en="Part two", is_required=False)
    add(version, key="panjang", text="Seberapa baik?", text_en="How good?", maximum=10, labels=ends)
    add(version, "ya_tidak", key="pernah", text="Pernah ikut?")
    add(
        version, "pilihan_ganda", key="kendala", text="Kendala?", options=YES_NO_OPTIONS, relevance="${pernah} = 1"
    )
    add(
        version,
        "matriks",
        key="tabel",
        text="Setuju?",
        rows=[row("r1", "Jelas"), row("r2", "Cepat")],
        allows_na=True,
    )
    add(version, "angka", key="hari", text="Berapa hari?", unit="hari", minimum=0, maximum=30)
    add(version, "peringkat", key="urut", text="Urutkan", options=YES_NO_OPTIONS)
    add(version, "skor", key="nilai", text="Nilai?", minimum=0, maximum=100)
    add(version, "tanggal", key="sejak", text="Sejak kapan?")
    add(
        version,
        "teks",
        key="saran",
        text="Saran?",
        is_required=False,
        relevance="${panjang} < 4 or ${kendala} = ''",
    )
    return version


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def html(version, **changes) -> str:
    options = {
        "office": None, "title": "Judul", "lines": (), "code": "", "language": "id", "is_retrospective": False,
    }  # fmt: skip
    return paper_html(version, **options | changes)


def test_the_form_carries_kop_title_purpose_numbers_and_pages(world, version):
    office = world.here.office
    office.letterhead = "PEMERINTAH KOTA SEMARANG\nBKPSDM"
    pages = pages_of(
        paper_form(version, office=office, title="Evaluasi pelatihan", lines=["Untuk memperbaiki program."])
    )
    text = " ".join(pages)
    for words in (
        "PEMERINTAH KOTA SEMARANG", "Evaluasi pelatihan", "Untuk memperbaiki program.", "Kode responden",
        "Bagian kedua", "2. Seberapa baik?", "5a. Jelas", "5b. Cepat", "hari (0 sampai 30)", "(0 sampai 100)",
    ):  # fmt: skip
        assert words in text, words
    for number, page in enumerate(pages, start=1):
        assert f"halaman {number} dari {len(pages)}" in page


def test_what_is_asked_under_a_condition_says_when_by_the_number_of_the_question(version):
    page = html(version)
    assert "Diisi bila nomor 3 dijawab “Ya”." in page
    assert "Diisi bila jawaban nomor 2 kurang dari 4 atau nomor 4 tidak dijawab." in page
    assert "dilewati bila tidak sesuai dengan jawaban Anda" in page


def test_a_long_scale_is_a_row_of_numbers_between_its_ends(version):
    page = html(version)
    scale = page[page.index("Seberapa baik?") : page.index("Pernah ikut?")]
    assert [f'<span class="numbered">{point}</span>' in scale for point in (1, 10, 11)] == [True, True, False]
    assert (scale.index("Buruk") < scale.index(">1<"), scale.index("Baik") > scale.index(">10<")) == (True, True)


def test_a_matrix_has_a_box_for_every_row_and_point_and_for_not_applicable(version):
    page = html(version)
    table = page[page.index('<table class="matrix') :]
    table = table[: table.index("</table>")]
    assert table.count('class="box"') == 2 * (5 + 1)


def test_the_code_of_a_respondent_stands_in_place_of_the_boxes(version):
    assert html(version).count("<td></td>") == 8
    page = html(version, code="abcd2345")
    assert ("abcd2345" in page, "<td></td>" in page) == (True, False)


def test_looking_back_asks_every_scale_twice_and_says_which(version):
    plain, twice = html(version), html(version, is_retrospective=True)
    assert plain.count("menurut ingatan Anda") == 0
    # Two scales, a score and the two rows of the matrix.
    assert twice.lower().count("sebelum program, menurut ingatan anda") == 5


def test_the_form_speaks_the_language_that_is_asked_for(version):
    page = html(version, language="en")
    assert ("How good?" in page, "Part two" in page, 'lang="en"' in page) == (True, True, True)


@pytest.mark.parametrize(
    ("kind", "field"),
    [("wawancara", "Pewawancara"), ("observasi", "Pengamat"), ("dokumen", "Pemeriksa")],
)
def test_guides_and_sheets_have_a_head_for_who_fills_them_in_and_more_room(version, kind, field):
    plain = html(version)
    Instrument.objects.filter(pk=version.instrument_id).update(kind=kind)
    page = html(InstrumentVersion.objects.get(pk=version.pk))
    assert (field in page, "Kode responden" in page, field in plain) == (True, False, False)
    assert page.count("<p>&nbsp;</p>") > plain.count("<p>&nbsp;</p>")


def test_a_test_does_not_say_that_no_answer_is_wrong(version):
    assert "tidak ada jawaban benar atau salah" in html(version)
    InstrumentVersion.objects.filter(pk=version.pk).update(scoring="tes")
    page = html(InstrumentVersion.objects.get(pk=version.pk))
    assert ("benar atau salah" in page, "tanpa bantuan orang lain" in page) == (False, True)


def test_markup_in_a_question_stays_text(version):
    add(version, key="jahat", text="<script>alert(1)</script> & <b>tebal</b>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in html(version)


def test_an_empty_version_and_the_longest_words_still_make_a_file(world):
    empty = own_version(world.here, key="kosong", items=0)
    assert len(pages_of(paper_form(empty, office=None, title="Kosong", lines=()))) == 1
    add(empty, "pilihan", key="lebar", text="x" * 1500, options=[
        {"key": f"p{number}", "id": "panjang " * 30 + "y" * 60, "en": ""} for number in range(60)
    ])  # fmt: skip
    assert len(pages_of(paper_form(empty, office=None, title="z" * 150, lines=["w" * 900]))) > 3


def test_the_page_answers_with_a_file_for_the_readers_office(client, world, version):
    client.force_login(world.there.users["auditor"])
    response = client.get(reverse("version_paper", args=[version.pk]), {"bahasa": "zz"})
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="instrumen-milik-versi-1.pdf"'
    assert world.there.office.name in " ".join(pages_of(response.content))
