"""An XLSForm on its way through upload, preview and consent, and an instrument on its way out."""

from random import Random
from string import ascii_letters

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evaluations.actions.instruments import definition_of, load_instrument_file, ready_instrument_files
from evaluations.models import Instrument
from evaluations.xlsform import read_xlsform
from tests.evaluations.surveying import text_of
from tests.evaluations.xlsforms import workbook
from tests.files import xls
from tests.queries import page_queries

HEADER = ["type", "name", "label"]
GOOD = workbook(
    {
        "survey": [HEADER, ["integer", "umur", "Berapa umur Anda?"]],
        "settings": [["form_title"], ["Kuesioner umur"]],
    }
)
MIXED = workbook(
    {
        "survey": [HEADER, ["integer", "umur", "Berapa umur Anda?"], ["geopoint", "lokasi", "Di mana?"]],
        "settings": [["form_title", "form_id"], ["Kuesioner umur", "umur"]],
    }
)
OLD = {
    (row, column): text
    for row, line in enumerate([HEADER, ["integer", "umur", "Berapa umur Anda?"]])
    for column, text in enumerate(line)
}
HOPELESS = workbook({"survey": [HEADER, ["begin group", "g", "G"], ["integer", "a", "A"]]})


@pytest.fixture
def url():
    return reverse("xlsform_import")


def upload(client, content: bytes, name: str = "formulir.xlsx"):
    return client.post(reverse("xlsform_import"), {"file": SimpleUploadedFile(name, content)})


def confirm(client, preview, **changes):
    typed = {"draft": preview.context["draft"]} | changes
    return client.post(reverse("xlsform_import"), typed, follow=True)


def imported() -> list[tuple]:
    return [
        (each.key, each.name, each.is_ready, each.owner_id)
        for each in Instrument.objects.filter(owner__isnull=False).order_by("key")
    ]


def test_nothing_is_saved_before_consent_and_all_of_it_after(evaluator, world):
    preview = upload(evaluator, GOOD)
    page = preview.content.decode()
    assert "Seluruh pertanyaan dalam berkas dapat diimpor." in page
    assert "Impor tanpa yang tidak didukung" not in page
    assert imported() == []
    done = confirm(evaluator, preview)
    instrument = Instrument.objects.get(key="kuesioner_umur")
    assert done.redirect_chain == [(instrument.get_absolute_url(), 302)]
    assert imported() == [("kuesioner_umur", "Kuesioner umur", False, world.here.users["evaluator"].office_id)]
    version = instrument.versions.get()
    assert definition_of(version) == read_xlsform(GOOD).definition


def test_every_problem_is_shown_before_the_rest_is_imported(evaluator, world):
    preview = upload(evaluator, MIXED)
    page = preview.content.decode()
    assert "Titik dan garis peta tidak didukung" in page
    assert "Baris dilewati" in page
    assert "Impor tanpa yang tidak didukung" in page
    confirm(evaluator, preview)
    assert [item.key for item in Instrument.objects.get(key="umur").versions.get().items.all()] == ["umur"]


def test_form_that_cannot_be_taken_has_no_button_to_import_it(evaluator, world):
    preview = upload(evaluator, HOPELESS)
    page = preview.content.decode()
    assert "Kelompok ini tidak ditutup dengan “end group”" in page
    assert 'name="draft"' not in page


def test_key_that_is_taken_gets_a_number(evaluator, world):
    for _time in range(2):
        confirm(evaluator, upload(evaluator, MIXED))
    assert [key for key, *_rest in imported()] == ["umur", "umur_2"]


def test_old_excel_file_is_read(evaluator, world):
    page = upload(evaluator, xls(OLD), "lama.xls").content.decode()
    assert "Berapa umur Anda?" in page


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Berkas ini kosong"),
        (b"%PDF-1.7", "Berkas ini sebenarnya dokumen PDF"),
        (workbook({"data": [["a"]], "lain": [["b"]]}), "tidak mempunyai lembar “survey”"),
    ],
)
def test_file_that_is_no_form_is_refused_at_its_field(evaluator, world, content, message):
    response = upload(evaluator, content)
    assert message in response.context["form"].errors["file"][0]


def test_page_without_a_file_asks_for_one(evaluator, world, url):
    assert evaluator.post(url, {}).context["form"].errors["file"] == ["Bidang ini tidak boleh kosong."]


def test_preview_of_somebody_else_or_altered_is_not_saved(evaluator, world):
    draft = upload(evaluator, GOOD).context["draft"]
    other = Client()
    other.force_login(world.here.users["admin"])
    for client, text in ((other, draft), (evaluator, draft[:-1] + "x"), (evaluator, ""), (evaluator, "a:b:c")):
        page = client.post(reverse("xlsform_import"), {"draft": text}, follow=True).content.decode()
        assert "Pratinjau ini sudah tidak berlaku. Unggah berkasnya sekali lagi." in page
    assert imported() == []


def test_preview_of_another_release_or_another_day_is_not_saved(evaluator, world, monkeypatch):
    salt = f"xlsform:{world.here.users['evaluator'].pk}"
    old = upload(evaluator, GOOD).context["draft"]
    other = signing.dumps({"items": [], "audience": [], "waves": [], "warna": 1}, salt=salt, compress=True)
    monkeypatch.setattr("django.core.signing.time.time", lambda: 4_000_000_000)
    for text in (old, other):
        confirm_page = evaluator.post(reverse("xlsform_import"), {"draft": text}, follow=True)
        assert "Pratinjau ini sudah tidak berlaku" in confirm_page.content.decode()
    assert imported() == []


def test_names_of_a_form_are_shown_as_text(evaluator, world):
    form = workbook({"survey": [HEADER, ["integer", "umur", "<script>alert(1)</script>"], ["<b>x", "y", "Z"]]})
    page = upload(evaluator, form).content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_instrument_leaves_as_the_form_that_it_comes_back_from(evaluator, world):
    path = next(path for path in ready_instrument_files() if path.stem == "pasca_atasan")
    definition, _outcome = load_instrument_file(path=path)
    instrument = Instrument.objects.get(key="pasca_atasan")
    response = evaluator.get(reverse("xlsform_download", args=[instrument.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="pasca_atasan-v1.xlsx"'
    assert read_xlsform(response.content).definition == definition


def test_older_version_leaves_when_it_is_asked_for(evaluator, world):
    for path in ready_instrument_files():
        if path.stem.startswith("skm"):
            load_instrument_file(path=path)
    url = reverse("xlsform_download", args=[Instrument.objects.get(key="skm").pk])
    numbers = {query: evaluator.get(url + query) for query in ("", "?versi=1", "?versi=7", "?versi=x")}
    assert {query: response.status_code for query, response in numbers.items()} == {
        "": 200,
        "?versi=1": 200,
        "?versi=7": 404,
        "?versi=x": 404,
    }
    assert read_xlsform(numbers[""].content).definition.number == 2
    assert read_xlsform(numbers["?versi=1"].content).definition.number == 1


def test_download_takes_the_same_queries_for_few_and_many_items(evaluator, world):
    queries = []
    for stem in ("tes_pengetahuan", "pasca_rekan"):
        load_instrument_file(path=next(path for path in ready_instrument_files() if path.stem == stem))
        url = reverse("xlsform_download", args=[Instrument.objects.get(key=stem).pk])
        evaluator.get(url)
        queries.append(page_queries(evaluator, url))
    assert queries[0] == queries[1]


def test_links_stand_where_they_are_looked_for(evaluator, world):
    manager = Client()
    manager.force_login(world.here.users["manajer"])
    assert "Impor XLSForm" in text_of(evaluator, "instrument_list")
    assert "Impor XLSForm" not in text_of(manager, "instrument_list")
    assert "Unduh XLSForm" in text_of(manager, "instrument_detail", world.instrument.pk)


def test_form_too_large_to_carry_back_is_refused(evaluator, world):
    chance = Random(4)
    texts = [
        ["text", f"q{number}", *("".join(chance.choices(ascii_letters, k=k)) for k in (2000, 2000, 1000))]
        for number in range(500)
    ]
    form = workbook({"survey": [["type", "name", "label", "label::English (en)", "hint"], *texts]})
    response = upload(evaluator, form)
    assert response.context["form"].errors["file"] == [
        "Formulir ini terlalu besar untuk diimpor sekaligus; bagi menjadi beberapa."
    ]
