"""The item bank: found in both languages, taken over with everything that an item needs."""

import pytest
from django.urls import reverse

from evaluations.models import Instrument
from tests.evaluations.building import YES_NO_OPTIONS, add, keys, own_version
from tests.queries import page_queries
from tests.world import make_instrument


@pytest.fixture
def version(world):
    """The one being built; ``uji`` and ``sumber`` are ready, ``draf`` is not."""
    source = make_instrument("sumber", items=0)
    source.dimensions = {"layanan": {"id": "Mutu layanan", "en": "Service", "order": 1}}
    source.save()
    add(source, key="ramah", text="Petugas ramah", text_en="Staff are friendly", dimension="layanan", level=1)
    add(source, "pilihan", key="kendala", text="Apa kendalanya?", options=YES_NO_OPTIONS, level=3)
    add(source, "halaman", key="judul", text="Petugas", is_required=False)
    draft = make_instrument("draf", items=1)
    Instrument.objects.filter(pk=draft.instrument_id).update(is_ready=False)
    return own_version(world.here)


def found(client, version, **wanted) -> list[str]:
    page = client.get(reverse("item_bank", args=[version.pk]), wanted)
    return [line["item"].key for line in page.context["found"]]


@pytest.mark.parametrize(
    ("wanted", "items"),
    [
        ({}, ["ramah", "kendala", "b1", "b2", "b3"]),
        ({"q": "RAMAH"}, ["ramah"]),
        ({"q": "friendly staff"}, ["ramah"]),
        ({"q": "mutu"}, ["ramah"]),
        ({"q": "service"}, ["ramah"]),
        ({"q": "tidak ada"}, []),
        ({"jenis": "pilihan"}, ["kendala"]),
        ({"tingkat": "3"}, ["kendala"]),
        ({"tingkat": "9", "jenis": "halaman", "q": "petugas"}, []),
    ],
)
def test_items_of_ready_instruments_are_found_in_both_languages(evaluator, version, wanted, items):
    assert found(evaluator, version, **wanted) == items


def test_ticked_items_are_taken_over_and_their_source_is_named(evaluator, version):
    url = reverse("item_bank", args=[version.pk])
    page = evaluator.get(url)
    ticked = [line["item"].pk for line in page.context["found"] if line["item"].key in ("ramah", "kendala", "b1")]
    response = evaluator.post(url, {"butir": ticked}, follow=True)
    assert keys(version) == ["b1", "b2", "b3", "ramah", "kendala", "b1_2"]
    assert "3 butir diambil dari: Instrumen sumber, Instrumen uji." in response.content.decode()
    version.refresh_from_db()
    assert version.dimensions["layanan"]["id"] == "Mutu layanan"


@pytest.mark.parametrize("ticked", [[], ["x", "", "9" * 30], ["999999"]])
def test_nothing_ticked_takes_nothing(evaluator, version, ticked):
    page = evaluator.post(reverse("item_bank", args=[version.pk]), {"butir": ticked}, follow=True)
    assert "Centang dahulu butir yang akan diambil." in page.content.decode()
    assert keys(version) == ["b1", "b2", "b3"]


def test_an_item_that_is_not_in_the_bank_cannot_be_taken(evaluator, version):
    hidden = Instrument.objects.get(key="draf").versions.get().items.get()
    evaluator.post(reverse("item_bank", args=[version.pk]), {"butir": [hidden.pk]})
    assert keys(version) == ["b1", "b2", "b3"]


def test_the_bank_takes_the_same_queries_for_few_and_many(evaluator, version):
    url = reverse("item_bank", args=[version.pk])
    evaluator.get(url)
    few = page_queries(evaluator, url)
    for number in range(4):
        make_instrument(f"lain{number}", items=9)
    assert page_queries(evaluator, url) == few
    assert len(found(evaluator, version)) == 25
