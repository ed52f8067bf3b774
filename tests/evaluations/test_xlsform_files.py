"""Files as they are uploaded: good ones of every format, and those that are none."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from evaluations.xlsform import XlsFormError, read_xlsform
from tests.evaluations.xlsforms import notes_of, problems_of, workbook

SURVEY = [["type", "name", "label"], ["integer", "umur", "Berapa umur Anda?"], ["text", "nama", "Nama"]]
SETTINGS = [["form_title"], ["Uji"]]
CHOICES = [["list_name", "name", "label"], ["yt", "ya", "Ya"], ["yt", "tidak", "Tidak"]]
NO_SURVEY = "Berkas ini tidak mempunyai lembar “survey” yang berisi pertanyaan"
SINGLE = "Pertanyaan teks tanpa tampilan “multiline” menjadi teks singkat, paling panjang 200 huruf. Baris: 3."


def test_workbook_is_read():
    reading = read_xlsform(workbook({"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}))
    assert problems_of(reading) == []
    assert [item.key for item in reading.definition.items] == ["umur", "nama"]
    assert reading.definition.name == "Uji"


def test_sheets_and_headers_may_be_written_otherwise():
    survey = [[" Type ", "NAME", "Label"], *SURVEY[1:]]
    reading = read_xlsform(workbook({"Survey": survey, "Settings": SETTINGS, "catatan": [["x"]]}))
    assert [item.key for item in reading.definition.items] == ["umur", "nama"]
    assert notes_of(reading) == ["Lembar yang tidak dibaca: “catatan”.", SINGLE]


def test_numbers_in_cells_are_codes():
    choices = [["list_name", "name", "label"], ["s", 1, "Tidak puas"], ["s", 2.0, "Cukup"], ["s", 3, "Puas"]]
    survey = [["type", "name", "label", "required"], ["select_one s", "a", "Apa?", True]]
    item = read_xlsform(workbook({"survey": survey, "choices": choices})).definition.items[0]
    assert (item.type, item.maximum, item.is_required) == ("likert", 3, True)


@pytest.mark.parametrize(
    "text",
    [
        "| survey |\n| | type | name | label |\n| | integer | umur | Umur |",
        '"survey",,,\n,"type","name","label"\n,"integer","umur","Umur"\n',
    ],
)
def test_forms_written_as_text_are_read(text):
    assert [item.key for item in read_xlsform(text.encode()).definition.items] == ["umur"]


def test_cells_outside_the_tables_are_named():
    survey = [
        ["type", "name", "label", None],
        ["integer", "umur", "Umur", "lepas"],
        *[[None]] * 70,
        ["integer", "jauh", "Jauh"],
    ]
    reading = read_xlsform(workbook({"survey": survey}))
    reason = "sel ini berada di luar tabel: kolomnya tidak berjudul atau barisnya terlalu jauh di bawah"
    assert problems_of(reading) == [
        (2, "D", "lepas", reason, "cell"),
        (73, "type", "integer", reason, "cell"),
        (73, "name", "jauh", reason, "cell"),
        (73, "label", "Jauh", reason, "cell"),
    ]


def test_merged_header_leaves_named_cells():
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (["type", "name", "label", None], ["integer", "umur", "Umur", "lanjutan"]):
        sheet.append(row)
    sheet.merge_cells("C1:D1")
    buffer = io.BytesIO()
    book.save(buffer)
    assert [each[:3] for each in problems_of(read_xlsform(buffer.getvalue()))] == [(2, "D", "lanjutan")]


def test_formula_without_a_result_is_named():
    survey = [["type", "name", "label"], ["integer", "umur", "Umur"], ["integer", "tinggi", '="Tinggi"&" badan"']]
    reading = read_xlsform(workbook({"survey": survey}))
    assert problems_of(reading) == [
        (
            3,
            "label",
            '="Tinggi"&" badan"',
            "rumus Excel tanpa hasil yang tersimpan; buka dan simpan berkas ini di Excel",
            "cell",
        )
    ]


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ({"Sheet1": [["a"]], "Sheet2": [["b"]]}, NO_SURVEY),
        ({"survey": [["type", "name"]]}, NO_SURVEY),
        ({"survey": [["jenis", "nama"], ["a", "b"]]}, "Lembar “survey” tidak mempunyai kolom “type”"),
        (
            {"survey": [["type", "name", "name"], ["a", "b", "c"]]},
            "Dua kolom berjudul sama: “name”. Hapus salah satu.",
        ),
        (
            {"survey": [["type", "relevant", "relevance"], ["a", "b", "c"]]},
            "Kolom “relevant” dan “relevance” berarti sama. Hapus salah satu.",
        ),
        ({"survey": [["type"], *[["note"]] * 3001]}, "Lembar survey lebih dari 3000 baris."),
    ],
)
def test_workbook_that_is_no_form_is_refused(sheets, message):
    with pytest.raises(XlsFormError) as error:
        read_xlsform(workbook(sheets))
    assert str(error.value).startswith(message)


def archive(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c SYSTEM "file:///etc/passwd">]><workbook>&b;&c;</workbook>'
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Berkas ini kosong"),
        (b"   \n ", "Berkas ini kosong"),
        (b"%PDF-1.7 x", "Berkas ini sebenarnya dokumen PDF"),
        (b"\x89PNG\r\n\x1a\n", "Berkas ini sebenarnya gambar PNG"),
        (b"<html><body>", "Berkas ini sebenarnya halaman web atau XML"),
        (b"PK\x03\x04rusak", "Berkas ini rusak atau tidak lengkap"),
        (b"\xff\xfe\x00\x01", "Berkas ini bukan teks UTF-8 maupun buku kerja Excel"),
        (b"nama;umur\nA;3\n", "Berkas ini tidak dapat dibaca sebagai XLSForm"),
        (b"x" * (5 * 1024 * 1024 + 1), "Berkas ini lebih besar dari batas 5 MB"),
        (archive(xl__workbook_xml=ENTITIES), "Berkas ini tidak dapat dibaca sebagai XLSForm"),
        (archive(xl__workbook_xml=b"<x/>", xl__a_xml=b"0" * 150_000_000), "Isi berkas ini terlalu besar"),
        (archive(word__document_xml=b"<x/>"), "Berkas ini sebenarnya dokumen Word"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_file_that_is_no_form_is_refused(content, message):
    with pytest.raises(XlsFormError) as error:
        read_xlsform(content)
    assert str(error.value).startswith(message)


def test_cell_in_the_last_corner_costs_no_memory():
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in SURVEY:
        sheet.append(row)
    sheet["XFD1048576"] = "jauh"
    buffer = io.BytesIO()
    book.save(buffer)
    assert [item.key for item in read_xlsform(buffer.getvalue()).definition.items] == ["umur", "nama"]
