"""The SPSS file, read back with the library that others read it with."""

from datetime import date
from pathlib import Path

import pyreadstat
import pytest

from evaluations.models import Instrument, InstrumentVersion, Item
from reports.exporting.names import Names, shortened
from tests.evaluations.every_type import PACKED, every_type
from tests.reports.answers import enroll_more
from tests.reports.exporting.answered import answer, download, survey_of


def read(content: bytes, tmp_path: Path):
    path = tmp_path / "data.sav"
    path.write_bytes(content)
    return pyreadstat.read_sav(path, user_missing=True)


def test_every_type_of_answer_is_a_labelled_variable(evaluator, world, tmp_path):
    survey = survey_of(world.here, every_type(), mode="bernama")
    answer(survey, world.here.enrollments, text="Saran – panjang")
    frame, meta = read(download(evaluator, survey, "spss"), tmp_path)
    first = frame.iloc[0].to_dict()
    assert {name: first[name] for name in meta.column_names if name not in ("tanggal", "alasan")} == {
        "kode": "P001",
        "nama": "Peserta Kota Semarang 1",
        "asal": "tautan",
        "mampu": 4,
        "nilai": 85,
        "jam": 2.5,
        "pakai": 1,
        "umur": 1,
        "tempat_kelas": 1,
        "tempat_daring": 0,
        "tempat_kantor": 1,
        "urutan_kelas": 2,
        "urutan_daring": 3,
        "urutan_kantor": 1,
        "baris_a": 3,
        "baris_b": 2,
        "sejak": date(2026, 3, 5),
        "saran": "Saran – panjang 0",
    }
    labels = meta.variable_value_labels
    assert labels["mampu"] == {1: "Sangat rendah", 2: "Rendah", 3: "Sedang", 4: "Tinggi", 5: "Sangat tinggi"}
    assert labels["pakai"] == {1: "ya", 0: "tidak"}
    assert labels["umur"] == {1: "Sampai 35 tahun", 2: "Di atas 35 tahun"}
    assert labels["tempat_kelas"] == {0: "tidak dipilih", 1: "dipilih", -9: "tidak berlaku"}
    assert meta.column_names_to_labels["mampu"] == "Pertanyaan mampu"
    assert meta.column_names_to_labels["urutan_kantor"] == "Di tempat kerja: Pertanyaan urutan"
    measures = {name: meta.variable_measure[name] for name in ("mampu", "nilai", "umur", "urutan_kelas", "sejak")}
    assert measures == {
        "mampu": "ordinal",
        "nilai": "scale",
        "umur": "nominal",
        "urutan_kelas": "ordinal",
        "sejak": "scale",
    }
    assert meta.original_variable_types["saran"] == "A19"
    assert meta.original_variable_types["sejak"] == "EDATE10"


def test_not_applicable_is_a_missing_code_with_its_label(evaluator, world, tmp_path):
    survey = survey_of(world.here, every_type(), mode="bernama")
    answer(survey, world.here.enrollments, packed=[4, "*", None, 0, "tua", "*", None, 3, None, None])
    frame, meta = read(download(evaluator, survey, "spss"), tmp_path)
    first = frame.iloc[0]
    assert (first["nilai"], first["tempat_kelas"], first["umur"], first["pakai"]) == (-9, -9, 2, 0)
    assert all(first[name] != first[name] for name in ("jam", "urutan_kelas", "baris_b"))
    assert meta.missing_ranges["nilai"] == [{"lo": -9, "hi": -9}]
    assert meta.variable_value_labels["nilai"] == {-9: "tidak berlaku"}


def test_numbers_below_zero_have_a_missing_code_of_their_own(evaluator, world, tmp_path):
    instrument = Instrument.objects.create(key="suhu", name="Suhu")
    version = InstrumentVersion.objects.create(instrument=instrument, scoring="rata_rata")
    Item.objects.create(
        version=version, position=1, key="suhu", label="Suhu", text="Suhu", type="angka", allows_na=True, level=4
    )
    survey = survey_of(world.here, version, mode="bernama")
    answer(survey, world.here.enrollments[:3], packed=[-9])
    answer(survey, world.here.enrollments[3:], packed=["*"])
    frame, meta = read(download(evaluator, survey, "spss"), tmp_path)
    assert list(frame["suhu"]) == [-9.0] * 3 + [-999_999_999.0] * 3
    assert meta.missing_ranges["suhu"] == [{"lo": -999_999_999.0, "hi": -999_999_999.0}]


def test_a_date_may_be_not_applicable(evaluator, world, tmp_path):
    version = every_type()
    version.items.filter(key="sejak").update(allows_na=True)
    survey = survey_of(world.here, version, mode="bernama")
    answer(survey, world.here.enrollments[:5])
    answer(survey, world.here.enrollments[5:], packed=[*PACKED[:9], "*"])
    content = download(evaluator, survey, "spss")
    _frame, meta = read(content, tmp_path)
    # -9 seconds before the first day that SPSS counts from, as the library reads it.
    code = date(1582, 10, 13)
    assert meta.missing_ranges["sejak"] == [{"lo": code, "hi": code}]
    assert list(meta.variable_value_labels["sejak"].values()) == ["tidak berlaku"]
    seen, _meta = pyreadstat.read_sav(tmp_path / "data.sav")
    assert list(seen["sejak"].isna()) == [False] * 5 + [True]


def test_numbers_and_days_about_the_person_become_classes(evaluator, world, tmp_path):
    version = every_type()
    version.items.filter(key__in=("jam", "sejak")).update(level=None)
    survey = survey_of(world.here, version, mode="rahasia")
    enroll_more(world.here, 4)
    for number, enrollment in enumerate(world.here.enrollments):
        packed = [*PACKED[:2], number, *PACKED[3:9], f"2026-01-{number + 1:02}"]
        answer(survey, [enrollment], packed=packed)
    frame, meta = read(download(evaluator, survey, "spss"), tmp_path)
    assert sorted(frame["jam"]) == sorted(frame["sejak"]) == [1] * 5 + [2] * 5
    assert meta.variable_value_labels["jam"] == {1: "0 – 4", 2: "5 – 9", -8: "kategori kecil"}
    assert meta.variable_value_labels["sejak"][1] == "01/01/2026 – 05/01/2026"
    assert meta.variable_measure["jam"] == "ordinal"


def test_recalled_answers_are_variables_of_their_own(evaluator, world, tmp_path):
    survey = survey_of(world.here, every_type(), mode="bernama", is_retrospective=True)
    answer(survey, world.here.enrollments, recalled=[2, 40, None, None, None, None, None, 1, "*", None])
    frame, meta = read(download(evaluator, survey, "spss"), tmp_path)
    assert [name for name in meta.column_names if name.startswith("dulu_")] == [
        "dulu_mampu",
        "dulu_nilai",
        "dulu_baris_a",
        "dulu_baris_b",
    ]
    assert list(frame.iloc[0][["dulu_mampu", "mampu", "dulu_nilai", "dulu_baris_a"]]) == [2, 4, 40, 1]


def test_what_few_say_of_themselves_has_a_code_of_its_own(evaluator, world, tmp_path):
    enroll_more(world.here, 10)
    survey = survey_of(world.here, every_type(), mode="rahasia")
    for old, enrollments in ((False, world.here.enrollments[:14]), (True, world.here.enrollments[14:])):
        answer(survey, enrollments, packed=[*PACKED[:4], "tua" if old else "muda", *PACKED[5:]])
    frame, meta = read(download(evaluator, survey, "spss"), tmp_path)
    assert set(frame["umur"]) == {-8}
    assert meta.variable_value_labels["umur"] == {-8: "kategori kecil"}
    assert "saran" not in meta.column_names


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("umur", "umur"),
        ("UMUR", "UMUR_2"),
        ("umur-2", "umur_2"),
        ("_umur", "v_umur"),
        ("2026", "v_2026"),
        ("with", "with_2"),
        ("b" * 70, "b" * 64),
        ("B" * 70, "B" * 62 + "_2"),
    ],
)
def test_names_are_such_as_spss_takes(wanted, name):
    names = Names()
    names.take("umur" if wanted != "umur" else "nama")
    if wanted == "umur-2":
        names = Names()
    if wanted.startswith("B"):
        names.take("b" * 70)
    assert names.take(wanted) == name


def test_a_name_keeps_its_wave_however_long_it_is():
    names = Names()
    assert names.take("a" * 80 + "_sesudah", "_sesudah") == "a" * 56 + "_sesudah"
    assert names.take("a" * 80 + "_sesudah", "_sesudah") == "a" * 54 + "_sesudah_2"


def test_a_label_ends_with_a_whole_letter():
    assert shortened("é" * 10, 10) == "ééé…"
    assert shortened(" dua \n kata ", 256) == "dua kata"
