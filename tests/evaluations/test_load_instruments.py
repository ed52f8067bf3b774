"""Instruments as data files: what is accepted, what is refused and how it is said."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from evaluations.actions.instruments import Outcome, definition_of, ready_instrument_files, save_instrument
from evaluations.definitions import DefinitionError, read_definition
from evaluations.item_rules import TYPES
from evaluations.models import Instrument, InstrumentVersion, Survey


def definition(**changes) -> dict:
    return {
        "key": "uji-muat",
        "number": 1,
        "name": "Instrumen uji",
        "scoring": "rata_rata",
        "dimensions": {"satu": {"id": "Dimensi satu", "en": "Dimension one"}},
        "scales": {"lima": {"minimum": 1, "maximum": 5}},
        "items": [item(), item(key="b2", reverse=True)],
    } | changes


def item(**changes) -> dict:
    return {
        "key": "b1",
        "label": {"id": "Butir"},
        "text": {"id": "Saya setuju.", "en": "I agree."},
        "type": "likert",
        "scale": "lima",
        "dimension": "satu",
    } | changes


def read(**changes):
    return read_definition(json.dumps(definition(**changes)))


def test_reading_keeps_order_and_fills_in_the_scale():
    read_items = read().items
    assert [(row.key, row.minimum, row.maximum, row.is_reverse, row.is_required) for row in read_items] == [
        ("b1", 1, 5, False, True),
        ("b2", 1, 5, True, True),
    ]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"key": "dua kata"}, "key wajib diisi dengan huruf, angka, garis bawah, atau tanda hubung."),
        ({"number": 0}, "number (nomor versi) wajib berupa bilangan bulat mulai dari 1."),
        ({"number": True}, "number (nomor versi) wajib berupa bilangan bulat mulai dari 1."),
        ({"name": " "}, "name wajib diisi, paling panjang 150 huruf."),
        ({"source": 7}, "source harus berupa teks, paling panjang 300 huruf."),
        ({"description": []}, "description harus berupa teks."),
        ({"scoring": "jumlah"}, "scoring harus salah satu dari: rata_rata, skm, tes, tanpa."),
        ({"dimensions": {"satu": "Satu"}}, "Dimensi satu memerlukan kode yang sah dan nama {id, en}."),
        ({"scales": []}, "scales harus berupa objek."),
        ({"items": []}, "items wajib memuat paling sedikit satu butir."),
        ({"warna": "hijau"}, "Kolom warna tidak dikenal."),
        ({"items": ["b1"]}, "Butir ke-1 harus berupa objek."),
        ({"items": [item(), item()]}, "Butir b1: kode ini dipakai lebih dari satu butir."),
        ({"items": [item(type="suara")]}, f"Butir b1: type harus salah satu dari: {', '.join(TYPES)}."),
        (
            {"items": [item(label={"id": "x" * 61})]},
            "Butir b1: label {id, en} wajib diisi, paling panjang 60 huruf.",
        ),
        ({"items": [item(text={"en": "I agree."})]}, "Butir b1: text {id, en} wajib diisi."),
        ({"items": [item(scale="tujuh")]}, "Butir b1: scale tidak ada di scales."),
        ({"items": [item(scale=["lima"])]}, "Butir b1: scale tidak ada di scales."),
        ({"items": [item(dimension=["satu"])]}, "Butir b1: dimension tidak ada di dimensions."),
        ({"items": [item(minimum=5)]}, "Butir b1: minimum dan maximum harus angka, dan maximum lebih besar."),
        (
            {"items": [item(labels=[{"id": "satu"}])]},
            "Butir b1: nama skala harus satu untuk tiap titik; nama di tengah boleh kosong.",
        ),
        (
            {"items": [item(dimension="dua")]},
            "Butir b1: dimensi ini tidak ada dalam daftar dimensi instrumen.",
        ),
        ({"items": [item(level=5)]}, "Butir b1: level harus 1 sampai 4."),
        ({"items": [item(reverse="ya")]}, "Butir b1: reverse harus true atau false."),
        ({"items": [item(wajib=True)]}, "Butir b1: memuat kolom yang tidak dikenal."),
        ({"scoring": "skm"}, "Unsur SKM memakai skala 1 sampai 4."),
        ({"scoring": "tes"}, "Tes memerlukan soal pilihan yang bernilai, atau tepat satu butir nilai."),
    ],
)
def test_a_faulty_definition_is_refused_by_naming_the_fault(changes, problem):
    with pytest.raises(DefinitionError) as refused:
        read(**changes)
    assert problem in refused.value.problems


def test_every_fault_is_named_at_once():
    with pytest.raises(DefinitionError) as refused:
        read(key="", scoring="", items=[item(level=9)])
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_what_is_no_json_object_is_refused(text):
    with pytest.raises(DefinitionError):
        read_definition(text)


def test_the_ready_instruments_are_loaded_ready_and_as_they_stand_in_their_files(db):
    call_command("load_instruments", stdout=StringIO())
    stored = {
        (version.instrument.key, version.number): definition_of(version)
        for version in InstrumentVersion.objects.select_related("instrument")
    }
    files = [read_definition(path.read_text(encoding="utf-8")) for path in ready_instrument_files()]
    newest = {definition.key: definition for definition in files}
    # Only the newest version speaks for the instrument as a whole.
    spoken = ("name", "kind", "description", "source", "audience", "waves")
    assert stored == {
        (each.key, each.number): replace(each, **{name: getattr(newest[each.key], name) for name in spoken})
        for each in files
    }
    assert set(Instrument.objects.values_list("is_ready", flat=True)) == {True}


def test_the_ready_instruments_are_complete_in_both_languages():
    for path in ready_instrument_files():
        ready = read_definition(path.read_text(encoding="utf-8"))
        for row in ready.items:
            assert row.label_en
            assert row.text_en
            assert all(names["en"] for names in row.labels)


def test_the_skm_names_the_nine_unsur_in_their_order():
    path = next(path for path in ready_instrument_files() if path.stem == "skm")
    skm = read_definition(path.read_text(encoding="utf-8"))
    assert [(row.key, row.label) for row in skm.items if row.type == "likert"] == [
        ("U1", "Persyaratan"),
        ("U2", "Prosedur"),
        ("U3", "Waktu penyelesaian"),
        ("U4", "Biaya/tarif"),
        ("U5", "Produk layanan"),
        ("U6", "Kompetensi pelaksana"),
        ("U7", "Perilaku pelaksana"),
        ("U8", "Penanganan pengaduan"),
        ("U9", "Sarana dan prasarana"),
    ]


def test_the_competence_items_stand_in_three_dimensions_of_four():
    path = next(path for path in ready_instrument_files() if path.stem == "kompetensi")
    dimensions = [
        row.dimension for row in read_definition(path.read_text(encoding="utf-8")).items if row.dimension
    ]
    assert {name: dimensions.count(name) for name in dimensions} == {"pelayanan": 4, "waktu": 4, "teknis": 4}


def test_dimensions_keep_the_order_of_the_file(db):
    names = {"zeta": {"id": "Z"}, "panjang-sekali": {"id": "P"}, "satu": {"id": "S"}}
    save_instrument(definition=read(dimensions=names))
    assert list(InstrumentVersion.objects.get().dimension_names.items()) == [
        ("zeta", "Z"),
        ("panjang-sekali", "P"),
        ("satu", "S"),
    ]


def test_loading_again_changes_nothing(db):
    assert save_instrument(definition=read()) == Outcome.ADDED
    before = list(InstrumentVersion.objects.values_list("pk", "items__pk"))
    assert save_instrument(definition=read()) == Outcome.UNCHANGED
    assert list(InstrumentVersion.objects.values_list("pk", "items__pk")) == before


def test_a_version_that_nobody_uses_is_replaced(db):
    save_instrument(definition=read())
    assert save_instrument(definition=read(items=[item(text={"id": "Kalimat lain."})])) == Outcome.REPLACED
    assert list(InstrumentVersion.objects.get().items.values_list("text", flat=True)) == ["Kalimat lain."]


def test_a_version_with_a_survey_is_locked(world):
    locked = read(key=world.instrument.key)
    world.here.surveys["sesudah"].state = Survey.State.OPEN
    world.here.surveys["sesudah"].save()
    with pytest.raises(ValidationError) as refused:
        save_instrument(definition=locked)
    assert refused.value.messages == [
        "Instrumen uji versi 1 sudah dipakai survei dan tidak dapat diubah. Beri perubahan ini nomor versi baru."
    ]
    assert world.version.items.count() == 3


def test_a_new_number_beside_a_locked_version_is_accepted(world):
    assert save_instrument(definition=read(key=world.instrument.key, number=2)) == Outcome.ADDED
    assert list(world.instrument.versions.values_list("number", flat=True)) == [2, 1]


def test_an_older_version_does_not_rename_the_instrument(db):
    save_instrument(definition=read(number=2, name="Nama baru"))
    save_instrument(definition=read(number=1, name="Nama lama"))
    assert Instrument.objects.get().name == "Nama baru"


def test_the_command_loads_a_given_file(db, tmp_path):
    path = tmp_path / "tambahan.json"
    path.write_text(json.dumps(definition()), encoding="utf-8-sig")
    out = StringIO()
    call_command("load_instruments", str(path), stdout=out)
    assert out.getvalue() == "uji-muat v1: ditambahkan\n"


def test_the_command_names_file_and_fault_and_loads_the_rest(db, tmp_path):
    faulty, good = tmp_path / "salah.json", tmp_path / "benar.json"
    faulty.write_text(json.dumps(definition(scoring="")))
    good.write_text(json.dumps(definition()))
    errors = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(
            "load_instruments",
            str(faulty),
            str(good),
            str(tmp_path / "tidak_ada.json"),
            stdout=StringIO(),
            stderr=errors,
        )
    assert refused.value.returncode == 2
    lines = errors.getvalue().splitlines()
    assert lines[0] == "salah.json: scoring harus salah satu dari: rata_rata, skm, tes, tanpa."
    assert lines[1].startswith("tidak_ada.json: ")
    assert Instrument.objects.filter(key="uji-muat").exists()
