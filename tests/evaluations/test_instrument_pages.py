"""The pages on which instruments are found, read, begun, offered and removed."""

import pytest
from django.urls import reverse

from evaluations.actions.instrument_items import delete_item
from evaluations.models import Instrument, Survey
from tests.evaluations.building import own_version, stamp
from tests.evaluations.surveying import text_of
from tests.queries import page_queries
from tests.world import make_instrument


def names(client, **wanted) -> list[str]:
    page = client.get(reverse("instrument_list"), wanted)
    return [str(instrument) for instrument in page.context["object_list"]]


@pytest.fixture
def several(world):
    """One that came with the application, one of this office in draft, one of the other office."""
    here, there = own_version(world.here, key="kami"), own_version(world.there, key="mereka")
    Instrument.objects.filter(pk=here.instrument_id).update(is_ready=False, kind="wawancara")
    Instrument.objects.filter(pk=there.instrument_id).update(description="Tentang perilaku sesudah pelatihan")


def test_an_instrument_is_read_before_it_is_chosen(evaluator, world):
    assert "Instrumen uji" in text_of(evaluator, "instrument_list")
    text = text_of(evaluator, "instrument_detail", world.instrument.pk)
    assert "Dimensi satu" in text
    assert "Pertanyaan 1" in text
    assert text.count("butir terbalik") == 1


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Instrumen kami", "Instrumen mereka", "Instrumen uji"]),
        ({"q": "sesudah PERILAKU"}, ["Instrumen mereka"]),
        ({"jenis": "wawancara"}, ["Instrumen kami"]),
        ({"milik": "kantor"}, ["Instrumen kami"]),
        ({"milik": "bawaan"}, ["Instrumen uji"]),
        ({"milik": "lain"}, ["Instrumen mereka"]),
        ({"status": "draf"}, ["Instrumen kami"]),
        ({"status": "siap", "urut": "-nama"}, ["Instrumen uji", "Instrumen mereka"]),
        ({"jenis": "apa", "milik": "\0", "status": "x", "urut": "y"}, ["Instrumen kami", "Instrumen mereka",
                                                                       "Instrumen uji"]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_and_sorted_by_its_address(evaluator, several, wanted, found):
    assert names(evaluator, **wanted) == found


def test_the_list_of_instruments_takes_the_same_queries_for_few_and_many(evaluator, world):
    url = reverse("instrument_list")
    evaluator.get(url)
    few = page_queries(evaluator, url)
    for number in range(3):
        make_instrument(f"lain{number}")
    assert page_queries(evaluator, url) == few


def test_the_page_of_an_instrument_takes_the_same_queries_however_much_hangs_on_it(evaluator, world):
    url = reverse("instrument_detail", args=[world.instrument.pk])
    few = page_queries(evaluator, url)
    for number in (2, 3):
        world.instrument.versions.create(number=number, scoring="tanpa")
    own = world.here.surveys["sesudah"]
    for group in ("atasan", "rekan"):
        Survey.objects.create(
            evaluation=own.evaluation, version=own.version, group=group, wave="sesudah", mode="rahasia",
            opens_on=own.opens_on, closes_on=own.closes_on,
        )  # fmt: skip
    assert page_queries(evaluator, url) == few


def test_only_surveys_of_the_area_are_named_on_the_page(evaluator, world):
    text = text_of(evaluator, "instrument_detail", world.instrument.pk)
    assert (world.here.evaluation.title in text, world.there.evaluation.title in text) == (True, False)


def test_an_instrument_is_begun_and_leads_to_its_builder(evaluator, world):
    typed = {
        "name": "Kuesioner baru", "kind": "kuesioner", "scoring": "rata_rata", "audience": ["peserta", "atasan"],
        "waves": ["sesudah"],
    }  # fmt: skip
    response = evaluator.post(reverse("instrument_create"), typed)
    instrument = Instrument.objects.get(name="Kuesioner baru")
    assert response.url == reverse("instrument_version", args=[instrument.versions.get().pk])
    assert (instrument.owner, instrument.audience, instrument.waves) == (
        world.here.office,
        ["peserta", "atasan"],
        ["sesudah"],
    )


def test_the_audience_must_be_groups_that_surveys_know(evaluator, world):
    typed = {"name": "Baru", "kind": "kuesioner", "scoring": "tes", "audience": ["semua"]}
    page = evaluator.post(reverse("instrument_create"), typed)
    assert list(page.context["form"].errors) == ["audience"]


def test_what_is_broken_is_named_and_cannot_be_offered(evaluator, world):
    version = own_version(world.here, items=1)
    delete_item(item=version.items.select_related("version").get(), stamp=stamp(version))
    offer = reverse("instrument_offer", args=[version.instrument.pk])
    page = evaluator.post(offer, {"siap": "1"}, follow=True)
    text = page.content.decode()
    assert "Instrumen ini belum dapat dipakai" in text
    assert "Instrumen memerlukan paling sedikit satu butir yang dijawab." in text
    assert not Instrument.objects.get(pk=version.instrument_id).is_ready


def test_an_instrument_is_offered_and_withdrawn(evaluator, world):
    version = own_version(world.here)
    for sent, is_ready in (("0", False), ("1", True)):
        evaluator.post(reverse("instrument_offer", args=[version.instrument.pk]), {"siap": sent})
        assert Instrument.objects.get(pk=version.instrument_id).is_ready is is_ready


def test_an_instrument_in_use_stays_and_one_that_is_not_goes(evaluator, world):
    version = own_version(world.here)
    url = reverse("instrument_delete", args=[version.instrument.pk])
    Survey.objects.visible_to(world.national).filter(pk=world.there.surveys["sesudah"].pk).update(version=version)
    assert "Belum dapat dihapus" in evaluator.get(url).content.decode()
    assert "tidak dapat dihapus" in evaluator.post(url).content.decode()
    Survey.objects.visible_to(world.national).update(version=world.version)
    assert evaluator.post(url).url == reverse("instrument_list")
    assert names(evaluator) == ["Instrumen uji"]


SETTINGS = {
    "scoring": "rata_rata",
    "dimensions": "[satu] Satu | One",
    "bands": "",
    "weights": "",
    "legal_source": "",
}


def test_settings_are_written_line_by_line_and_read_back(evaluator, world):
    version = own_version(world.here)
    typed = SETTINGS | {
        "dimensions": "Hasil kerja\n[satu] Satu | One",
        "bands": "88,31 | A | Sangat baik | Excellent\n65 | C | Kurang",
        "weights": "satu = 0,6\nb2 = 1",
        "legal_source": "PermenPANRB 14/2017",
        "stamp": stamp(version),
    }
    url = reverse("version_settings", args=[version.pk])
    assert evaluator.post(url, typed).status_code == 302
    version.refresh_from_db()
    assert version.dimensions == {
        "hasil_kerja": {"id": "Hasil kerja", "en": "", "order": 1},
        "satu": {"id": "Satu", "en": "One", "order": 2},
    }
    assert version.bands == [
        {"low": "88.31", "grade": "A", "id": "Sangat baik", "en": "Excellent"},
        {"low": "65", "grade": "C", "id": "Kurang", "en": ""},
    ]
    assert version.weights == {"satu": "0.6", "b2": "1"}
    form = evaluator.get(url).context["form"]
    assert form["dimensions"].value() == "[hasil_kerja] Hasil kerja\n[satu] Satu | One"
    assert (form["bands"].value(), form["weights"].value()) == (typed["bands"], "b2 = 1\nsatu = 0,6")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"dimensions": "[satu] Satu\n[satu] Dua"}, "Kode satu tertulis dua kali."),
        ({"dimensions": "Lain"}, "Dimensi ini masih dipakai butir: “Butir 1”, “Butir 2”, “Butir 3”."),
        ({"bands": "88,31 A"}, "“88,31 A”: tulis batas bawah | mutu | nama | terjemahan."),
        ({"bands": "x | A | Baik"}, "“x | A | Baik”: “x” bukan angka."),
        (
            {"bands": "60 | B | Baik\n80 | A | Sangat baik"},
            "Urutkan rentang dari batas yang tertinggi; tiap batas hanya sekali.",
        ),
        ({"weights": "satu"}, "“satu”: tulis kode = bobot, tiap kode sekali."),
        ({"weights": "satu = -1"}, "“satu = -1”: bobot tidak boleh negatif."),
        ({"weights": "satu = 1e999999"}, "“satu = 1e999999”: “1e999999” bukan angka."),
        ({"bands": f"60 | B | {'x' * 61}"}, "Nama mutu paling panjang 60 huruf."),
        ({"dimensions": "x" * 101}, "Nama dimensi paling panjang 100 huruf."),
        ({"weights": "\n".join(f"b{n} = 1" for n in range(101))}, "Paling banyak 100 baris."),
        ({"weights": "siapa = 1"}, "Tidak ada butir atau dimensi dengan kode siapa."),
    ],
)
def test_settings_that_cannot_be_read_are_refused_by_their_line(evaluator, world, typed, message):
    version = own_version(world.here)
    page = evaluator.post(
        reverse("version_settings", args=[version.pk]), SETTINGS | typed | {"stamp": stamp(version)}
    )
    (field,) = typed
    assert page.context["form"].errors == {field: [message]}
