"""A table of answers becomes rows and problems, without a database."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from asn_eval.tables import TableError
from evaluations.answer_sheet import AnswerSheet, SheetProblem, SheetRow, read_answers
from tests.evaluations.sheets import Asked, table

ITEMS = (Asked("p1", label="Menjelaskan prosedur", label_en="Explaining"), Asked("p2", label="Mendengarkan"))
OPEN = Asked("saran", "teks", None, None, is_required=False, label="Saran")
SCORE = (Asked("nilai", "angka", Decimal(0), Decimal(100), label="Nilai tes"),)
WHOLE = "Isi dengan bilangan bulat 1 sampai 5."


def read(*lines, items=ITEMS, key_required=True) -> AnswerSheet:
    return read_answers(table(*lines), items, key_required=key_required)


def row(number, key, wave, **answers) -> SheetRow:
    return SheetRow(number, key, wave, None, answers)


@pytest.mark.parametrize(
    "name",
    ["Kode Peserta", "kode", "KUNCI", "Responden", "id", "resp", "respondent", "Nip", "NIP Baru", "kode_peserta"],
)
def test_the_key_column_goes_by_many_names(name):
    assert read([name, "p1", "p2"], ["P001", 4, 5.0]).rows == (row(2, "P001", None, p1=4, p2=5),)


@pytest.mark.parametrize("name", ["p1", "P1", "Menjelaskan prosedur", "menjelaskan PROSEDUR", "Explaining"])
def test_an_item_is_found_by_key_and_by_label(name):
    assert read(["kode", name], ["P001", "4"]).rows == (row(2, "P001", None, p1=4),)


@pytest.mark.parametrize(
    ("word", "wave"),
    [
        *((word, "sebelum") for word in ("Sebelum", "pre", "Before", "pre-test")),
        *((word, "sesudah") for word in ("sesudah", "POST", "after", "Setelah")),
        (None, None),
    ],
)
def test_the_wave_is_read_in_both_languages(word, wave):
    assert read(["kode", "gelombang", "p1"], ["P001", word, 4]).rows == (row(2, "P001", wave, p1=4),)


def test_the_wide_shape_holds_both_waves_of_one_item():
    sheet = read(["id", "before", "after"], ["S01", 60, "72,5"], ["S02", None, 80], items=SCORE)
    assert sheet.rows == (
        row(2, "S01", "sebelum", nilai=60),
        row(2, "S01", "sesudah", nilai=72.5),
        row(3, "S02", "sesudah", nilai=80),
    )
    assert (sheet.problems, sheet.notes) == ((), ())


def test_the_wide_shape_needs_an_instrument_of_one_item():
    with pytest.raises(TableError) as caught:
        read(["id", "sebelum", "sesudah"], ["S01", 4, 5])
    assert "Kolom jawaban tidak ditemukan" in str(caught.value)


def test_a_text_beside_two_waves_is_not_guessed():
    sheet = read(["id", "pre", "post", "saran"], ["S01", 60, 70, "Bagus"], items=(*SCORE, OPEN))
    assert [each.answers for each in sheet.rows] == [{"nilai": 60}, {"nilai": 70}]
    assert sheet.notes == ("Kolom yang tidak dibaca: saran.",)


def test_wrong_answers_are_named_by_row_and_column_and_keep_the_row_out():
    sheet = read(["kode", "Menjelaskan prosedur", "p2"], ["P001", 6, "x"], ["P002", 3, 4])
    assert sheet.rows == (row(3, "P002", None, p1=3, p2=4),)
    assert sheet.problems == (
        SheetProblem(2, "Menjelaskan prosedur", "6", WHOLE),
        SheetProblem(2, "p2", "x", WHOLE),
    )


def test_a_missing_cell_is_a_missing_answer():
    assert read(["kode", "p1", "p2"], ["P001", None, 4]).rows == (row(2, "P001", None, p1=None, p2=4),)


def test_a_row_without_answers_is_left_out_with_a_note():
    sheet = read(["kode", "p1"], ["P001", None], ["P002", 4], ["P003", None])
    assert [each.number for each in sheet.rows] == [3]
    assert sheet.notes == (
        "Butir yang tidak ada dalam berkas dan dianggap tidak dijawab: p2.",
        "2 baris tanpa jawaban dilewati: baris 2, 4.",
    )


def test_an_unknown_column_is_a_problem_of_the_file():
    sheet = read(["kode", "p1", "p2", "p13"], ["P001", 4, 4, 4])
    assert sheet.problems == (
        SheetProblem(
            None,
            "p13",
            "",
            "Kolom ini tidak dikenal. Judul kolom yang dikenal: Kode Peserta, NIP, Gelombang, Tanggal, p1, p2.",
        ),
    )


def test_an_item_that_stands_in_two_columns_is_a_problem():
    sheet = read(["kode", "p1", "Menjelaskan prosedur", "p2"], ["P001", 4, 5, 4])
    assert sheet.problems == (
        SheetProblem(None, "Menjelaskan prosedur", "", "Butir ini sudah ada pada kolom lain; hapus salah satu."),
    )


def test_known_extras_are_passed_over_with_a_note():
    sheet = read(["No", "kode", "nama", "group", "NIP", "p1", "p2"], [1, "P001", "Ani", "A", "1", 4, 4])
    assert sheet.rows == (row(2, "P001", None, p1=4, p2=4),)
    assert sheet.notes == ("Kolom yang tidak dibaca: No, nama, group, NIP.",)


def test_the_same_respondent_twice_in_one_wave_is_a_problem():
    sheet = read(
        ["kode", "gelombang", "p1", "p2"],
        ["P001", "pre", 4, 4],
        ["P001", "post", 4, 4],
        ["p001", "sebelum", 5, 5],
    )
    assert [each.number for each in sheet.rows] == [2, 3]
    assert sheet.problems == (
        SheetProblem(4, "kode", "p001", "Responden ini sudah ada pada baris 2 untuk gelombang yang sama."),
    )


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (1.98609e17, "NIP ini tersimpan sebagai bilangan"),
        ("1.98609E+17", "NIP ini tersimpan sebagai bilangan"),
        ("1,98609e17", "NIP ini tersimpan sebagai bilangan"),
        (198609262015051001, "NIP ini tersimpan sebagai bilangan"),
        (None, "Kunci responden kosong pada baris yang berisi jawaban."),
        ("x" * 101, "Kunci responden ini terlalu panjang."),
    ],
)
def test_a_key_that_cannot_be_trusted_is_refused(cell, message):
    sheet = read(["NIP", "p1", "p2"], [cell, 4, 4])
    assert sheet.rows == ()
    assert [(problem.row, problem.column) for problem in sheet.problems] == [(2, "NIP")]
    assert sheet.problems[0].message.startswith(message)


@pytest.mark.parametrize(("cell", "key"), [(7.0, "7"), (12, "12"), ("'0007", "0007"), (" P 01 ", "P 01")])
def test_a_key_is_text_whatever_the_spreadsheet_made_of_it(cell, key):
    assert read(["kode", "p1", "p2"], [cell, 4, 4]).rows[0].key == key


@pytest.mark.parametrize(
    "cell", [date(2026, 7, 3), datetime(2026, 7, 3, 9, 30), "2026-07-03", "03/07/2026", "3-7-2026", "03.07.2026"]
)
def test_the_day_of_a_sheet_is_read(cell):
    assert read(["kode", "tanggal", "p1", "p2"], ["P001", cell, 4, 4]).rows[0].given_on == date(2026, 7, 3)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("tanggal", "kemarin", "Tanggal ini tidak dikenali; tulis seperti 2026-11-23 atau 23/11/2026."),
        ("tanggal", 46000.0, "Tanggal ini tidak dikenali; tulis seperti 2026-11-23 atau 23/11/2026."),
        ("gelombang", "tengah", "Gelombang harus salah satu dari: sebelum, sesudah, bulan_3, bulan_6, bulan_12."),
    ],
)
def test_a_wave_or_day_that_is_none_is_refused(column, cell, message):
    sheet = read(["kode", column, "p1", "p2"], ["P001", cell, 4, 4])
    assert (sheet.rows, [problem.message for problem in sheet.problems]) == ((), [message])


def test_a_public_file_needs_no_key():
    sheet = read(["p1", "p2"], [4, 4], [4, 4], key_required=False)
    assert [(each.number, each.key) for each in sheet.rows] == [(2, ""), (3, "")]
    assert sheet.problems == ()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((["p1", "p2"], [4, 4]), "Kolom kunci responden tidak ditemukan."),
        ((["kode", "nama"], ["P001", "Ani"]), "Kolom jawaban tidak ditemukan."),
    ],
)
def test_a_table_without_the_needed_columns_is_refused(lines, message):
    with pytest.raises(TableError) as caught:
        read(*lines)
    assert str(caught.value).startswith(message)


def test_an_english_label_that_is_empty_names_no_column():
    assert read(["kode", "p1", "p2", "--"], ["P001", 4, 4, 1]).problems[0].column == "--"


def test_a_sheet_survives_the_way_through_json():
    sheet = read(
        ["kode", "tanggal", "p1", "p2"],
        ["P001", date(2026, 7, 3), 4, None],
        ["P002", None, 9, 4],
    )
    assert sheet.rows
    assert sheet.problems
    assert AnswerSheet.unpacked(json.loads(json.dumps(sheet.packed()))) == sheet


def test_control_characters_do_not_reach_what_is_shown_or_stored():
    sheet = read(["kode", "p1", "p\x002"], ["P\x0001", "x\x00", 4])
    assert "\x00" not in json.dumps(sheet.packed())
    assert sheet.problems[-1].value == "x "
