import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from evaluations.actions.instruments import ready_instrument_files
from evaluations.definitions import InstrumentDefinition, ItemDefinition, read_definition
from evaluations.xlsform import read_xlsform, write_xlsform
from evaluations.xlsform.draft import packed, unpacked
from evaluations.xlsform.reading import convert
from tests.evaluations.xlsforms import notes_of, sheets_of, to_xform

READY = {path.stem: read_definition(path.read_text(encoding="utf-8")) for path in ready_instrument_files()}


def both(name):
    return {"id": name, "en": f"{name} (en)"}


# One item of every type, with everything that it can have.
EVERYTHING = read_definition(
    json.dumps(
        {
            "key": "semua-jenis_1",
            "number": 3,
            "name": "Semua jenis",
            "kind": "observasi",
            "description": "Baris satu\nbaris dua",
            "source": "=SUM(1)",
            "audience": ["atasan", "rekan"],
            "waves": ["bulan_3"],
            "scoring": "rata_rata",
            "dimensions": {"d2": both("Dua"), "d1": both("Satu")},
            "bands": [{"low": "50.5", "grade": "A", "id": "Baik", "en": "Good"}],
            "weights": {"d1": "0.25", "d2": "0.75"},
            "legal_source": "Peraturan",
            "items": [
                {
                    "key": "n",
                    "type": "catatan",
                    "label": both("Pengantar"),
                    "text": both("Selamat datang & isi < 5"),
                },
                {
                    "key": "yn",
                    "type": "ya_tidak",
                    "label": both("YN"),
                    "text": both("Ya?"),
                    "not_applicable": True,
                },
                {
                    "key": "p1",
                    "type": "halaman",
                    "label": both("Hal"),
                    "text": both("Halaman satu"),
                    "help": both("Petunjuk halaman"),
                    "relevance": "${yn} = 1",
                },
                {
                    "key": "li",
                    "type": "likert",
                    "label": both("Li"),
                    "text": both("Seberapa?"),
                    "help": both("Bantuan"),
                    "minimum": 0,
                    "maximum": 10,
                    "labels": [both("Rendah"), *[{"id": "", "en": ""}] * 9, both("Tinggi")],
                    "dimension": "d1",
                    "level": 2,
                    "reverse": True,
                    "not_applicable": True,
                    "required": False,
                },
                {
                    "key": "li2",
                    "type": "likert",
                    "label": both("L2"),
                    "text": both("Tanpa nama"),
                    "minimum": 1,
                    "maximum": 2,
                },
                {
                    "key": "sk",
                    "type": "skor",
                    "label": both("Skor"),
                    "text": both("Skor?"),
                    "dimension": "d2",
                    "level": 1,
                },
                {
                    "key": "num",
                    "type": "angka",
                    "label": both("Angka"),
                    "text": both("Berapa?"),
                    "minimum": -1.5,
                    "maximum": 10,
                    "unit": "menit",
                    "constraint": ". != 3 or ${sk} > 5",
                    "constraint_message": both("Bukan tiga"),
                    "not_applicable": True,
                },
                {
                    "key": "num2",
                    "type": "angka",
                    "label": both("A2"),
                    "text": both("Bebas"),
                    "constraint": ". > ${num}",
                },
                {
                    "key": "num3",
                    "type": "angka",
                    "label": both("A3"),
                    "text": both("Bulat"),
                    "minimum": 0,
                    "constraint": ". mod 1 = 0",
                    "constraint_message": {"id": "Isi dengan bilangan bulat.", "en": "Enter a whole number."},
                },
                {
                    "key": "ch",
                    "type": "pilihan",
                    "label": both("Pilih"),
                    "text": both("Mana?"),
                    "options": [
                        {"key": "1", **both("Satu")},
                        {"key": "2", **both("Dua")},
                        {"key": "3", **both("Tiga")},
                    ],
                },
                {
                    "key": "yt",
                    "type": "pilihan",
                    "label": both("Pilih YT"),
                    "text": both("Ya atau tidak, sebagai pilihan?"),
                    "options": [
                        {"key": "ya", "id": "Ya", "en": "Yes"},
                        {"key": "tidak", "id": "Tidak", "en": "No"},
                    ],
                },
                {
                    "key": "uji",
                    "type": "pilihan",
                    "label": both("Uji"),
                    "text": both("Mana yang benar?"),
                    "not_applicable": True,
                    "options": [
                        {"key": "a", **both("A"), "score": 1},
                        {"key": "b", **both("B"), "score": 0},
                        {"key": "tidak_berlaku", **both("Tidak berlaku"), "score": 0.5},
                    ],
                },
                {
                    "key": "chs",
                    "type": "pilihan_ganda",
                    "label": both("Banyak"),
                    "text": both("Apa saja?"),
                    "options": [{"key": "x-1", **both("X")}, {"key": "y", **both("Y")}],
                    "constraint": "count-selected(.) <= 1",
                    "not_applicable": True,
                },
                {
                    "key": "rk",
                    "type": "peringkat",
                    "label": both("Urut"),
                    "text": both("Urutkan"),
                    "options": [{"key": "x", **both("X")}, {"key": "y", **both("Y")}],
                },
                {
                    "key": "mx",
                    "type": "matriks",
                    "label": both("Matriks"),
                    "text": both("Seberapa?"),
                    "help": both("Bantuan matriks"),
                    "minimum": 1,
                    "maximum": 3,
                    "labels": [both("Kurang"), both("Cukup"), both("Lebih")],
                    "relevance": "selected(${chs}, 'y') and ${yn} != 0",
                    "not_applicable": True,
                    "dimension": "d1",
                    "rows": [
                        {"key": "r1", "label": both("R1"), "text": both("Baris satu"), "level": 3},
                        {
                            "key": "r2",
                            "label": both("R2"),
                            "text": both("Baris dua"),
                            "dimension": "d2",
                            "reverse": True,
                        },
                    ],
                },
                {"key": "p2", "type": "halaman", "label": both("Hal dua"), "text": both("Halaman dua")},
                {
                    "key": "tg",
                    "type": "tanggal",
                    "label": both("Tgl"),
                    "text": both("Kapan?"),
                    "constraint": ". <= today()",
                },
                {
                    "key": "ts",
                    "type": "teks_singkat",
                    "label": both("Singkat"),
                    "text": both("Sebut"),
                    "not_applicable": True,
                },
                {"key": "te", "type": "teks", "label": both("Teks"), "text": both("Ceritakan"), "required": False},
                {
                    "key": "meta",
                    "type": "teks",
                    "label": both("Meta"),
                    "text": both("Meta"),
                    "relevance": "${tg} != ''",
                },
                {
                    "key": "akhir",
                    "type": "teks",
                    "label": both("A"),
                    "text": both("Akhir"),
                    "relevance": "${meta} = 'x'",
                },
            ],
        }
    )
)
ALL = READY | {"semua jenis": EVERYTHING}
every = pytest.mark.parametrize("name", sorted(ALL))


def named_apart(definition: InstrumentDefinition) -> InstrumentDefinition:
    """A name that pyxform keeps for itself comes back with a sign behind it."""
    items = [
        replace(item, key=item.key.replace("meta", "meta_"), relevance=item.relevance.replace("{meta}", "{meta_}"))
        for item in definition.items
    ]
    return replace(definition, items=tuple(items))


@every
def test_instrument_comes_back_as_it_was(name):
    reading = convert(sheets_of(write_xlsform(ALL[name])))
    assert reading.problems == ()
    assert notes_of(reading) == []
    assert reading.definition == named_apart(ALL[name])


@every
def test_written_form_is_converted_by_pyxform(name):
    xform, _warnings = to_xform(write_xlsform(ALL[name]))
    answered = [item for item in ALL[name].items if item.type not in ("catatan", "halaman", "matriks")]
    for item in named_apart(replace(ALL[name], items=tuple(answered))).items:
        assert f"<{item.key}/>" in xform


@every
def test_definition_is_kept_whole_between_preview_and_saving(name):
    assert unpacked(json.loads(json.dumps(packed(ALL[name])))) == ALL[name]


def test_written_file_comes_back_as_it_was():
    assert read_xlsform(write_xlsform(EVERYTHING)).definition == named_apart(EVERYTHING)


def test_right_answers_of_a_test_do_not_reach_the_device():
    content = write_xlsform(READY["tes_pengetahuan_pilihan"])
    assert "score" not in to_xform(content)[0]
    cells = {cell.value for row in load_workbook(io.BytesIO(content))["choices"].iter_rows() for cell in row}
    assert {1, 0, "1", "0"} & cells == set()


def test_text_that_looks_like_a_formula_or_a_reference_stays_text():
    item = ItemDefinition(key="a", type="teks", label="=1+1", text='=HYPERLINK("x") ${b} <b>\x07', help="+1")
    definition = InstrumentDefinition(key="x", number=1, name="=1", scoring="tanpa", items=(item,))
    content = write_xlsform(definition)
    cells = (cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet for cell in row)
    assert "f" not in {cell.data_type for cell in cells}
    assert "=HYPERLINK" in to_xform(content)[0]
    assert read_xlsform(content).definition.items[0].text == '=HYPERLINK("x") $ {b} <b>'


def test_form_without_english_has_no_column_for_it():
    item = ItemDefinition(key="a", type="teks", label="A", text="Apa?")
    definition = InstrumentDefinition(key="x", number=1, name="X", scoring="tanpa", items=(item,))
    header = [cell.value for cell in load_workbook(io.BytesIO(write_xlsform(definition)))["survey"][1]]
    assert [title for title in header if "English" in title] == []
    assert to_xform(write_xlsform(definition))[1] == []


def test_equal_lists_are_written_once():
    content = write_xlsform(READY["kompetensi"])
    names = [row[0].value for row in load_workbook(io.BytesIO(content))["choices"].iter_rows(min_row=2)]
    assert names == ["p1"] * 5
