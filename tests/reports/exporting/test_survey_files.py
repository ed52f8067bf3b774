"""The three files of one survey, mode by mode."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from evaluations.models import Invitation
from tests.evaluations.every_type import CLOSED, PACKED, every_type
from tests.evaluations.surveying import today
from tests.files import unzipped
from tests.queries import count_queries
from tests.reports.answers import enroll_more
from tests.reports.exporting.answered import answer, download, seal, sheets_of, survey_of

KEYS = [*CLOSED, "alasan", "saran"]
FOLDED = (
    4,
    85,
    2.5,
    1,
    "muda",
    "kelas; kantor",
    "kantor; kelas; daring",
    3,
    2,
    date(2026, 3, 5),
)


@pytest.fixture
def version(db, world):
    return every_type()


def plain(row: tuple) -> tuple:
    """A row as it was written; a workbook gives days back as moments."""
    return tuple(cell.date() if hasattr(cell, "date") else cell for cell in row)


def test_a_named_survey_leaves_with_codes_and_names_in_order(evaluator, world, version):
    survey = survey_of(world.here, version, mode="bernama")
    answer(survey, reversed(world.here.enrollments), text="Saran")
    sheets = sheets_of(download(evaluator, survey, "excel"))
    assert list(sheets) == ["Jawaban", "Buku kode", "Keterangan"]
    header, *rows = map(plain, sheets["Jawaban"])
    assert header == ("Kode Peserta", "Nama", "Tanggal", "Asal", *KEYS)
    assert [row[0] for row in rows] == [f"P00{number}" for number in range(1, 7)]
    assert rows[0] == ("P001", "Peserta Kota Semarang 1", today(), "tautan", *FOLDED, None, "Saran 5")


def test_a_confidential_survey_leaves_without_anything_that_names_a_person(evaluator, world, version):
    survey = survey_of(world.here, version, mode="rahasia")
    answer(survey, world.here.enrollments, text="Saran")
    sheets = sheets_of(download(evaluator, survey, "excel"))
    header, *rows = map(plain, sheets["Jawaban"])
    assert header == ("Nomor Catatan", "Tanggal", "Bulan", *CLOSED)
    assert len({row[0] for row in rows}) == 6
    assert {row[1:] for row in rows} == {(today(), f"{today():%Y-%m}", *FOLDED)}
    assert sorted(row[3] for row in sheets["Jawaban terbuka"][1:]) == [f"Saran {number}" for number in range(6)]
    said = " ".join(str(cell) for rows in sheets.values() for row in rows for cell in row)
    for enrollment in world.here.enrollments:
        assert not any(
            secret in said
            for secret in (enrollment.code, enrollment.person.nip, enrollment.person.name, str(world.here.agency))
        )
    assert Invitation.objects.unscoped("test").exclude(survey=None).count() == 6


def test_a_record_keeps_its_number_over_the_waves_and_is_no_one_elses(evaluator, world, version):
    numbers = {}
    for wave in ("sebelum", "sesudah"):
        survey = survey_of(world.here, version, mode="rahasia", wave=wave)
        answer(survey, world.here.enrollments)
        numbers[wave] = {row[0] for row in sheets_of(download(evaluator, survey, "excel"))["Jawaban"][1:]}
    assert numbers["sebelum"] == numbers["sesudah"]
    assert len(numbers["sebelum"]) == 6


def test_the_number_of_a_record_needs_the_key_of_the_site(evaluator, world, version, settings):
    survey = survey_of(world.here, version, mode="rahasia")
    answer(survey, world.here.enrollments)
    first = {row[0] for row in sheets_of(download(evaluator, survey, "excel"))["Jawaban"][1:]}
    settings.SECRET_KEY = "another-key-of-another-site"
    evaluator.force_login(world.here.users["evaluator"])
    other = {row[0] for row in sheets_of(download(evaluator, survey, "excel"))["Jawaban"][1:]}
    assert first.isdisjoint(other)


def test_an_anonymous_survey_leaves_without_day_and_channel(evaluator, world, version):
    survey = survey_of(world.here, version, mode="anonim")
    responses = answer(survey, world.here.enrollments, text="Saran")
    header, *rows = map(plain, sheets_of(download(evaluator, seal(survey), "excel"))["Jawaban"])
    assert header == ("Nomor Catatan", *CLOSED)
    assert {row[1:] for row in rows} == {FOLDED}
    assert {row[0] for row in rows}.isdisjoint({response.pseudonym for response in responses})


def test_an_open_anonymous_survey_does_not_leave(evaluator, world, version):
    survey = survey_of(world.here, version, mode="anonim")
    answer(survey, world.here.enrollments)
    page = evaluator.get(reverse("survey_export_file", args=[survey.pk, "excel"]), follow=True)
    assert page.redirect_chain == [(reverse("survey_export", args=[survey.pk]), 302)]
    assert "baru dapat diunduh setelah surveinya ditutup" in page.content.decode()


def test_who_went_through_the_waves_alone_stays_out_of_the_file(evaluator, world, version):
    enroll_more(world.here, 9)
    everybody = world.here.enrollments
    before = survey_of(world.here, version, mode="anonim", wave="sebelum")
    after = survey_of(world.here, version, mode="anonim", wave="sesudah")
    marked = [1, *PACKED[1:]]
    answer(before, everybody[:1], packed=marked)
    answer(before, everybody[1:])
    answer(after, everybody[1:])
    seal(before)
    seal(after)
    rows = {wave.pk: sheets_of(download(evaluator, wave, "excel"))["Jawaban"][1:] for wave in (before, after)}
    # One person alone, and four others, so that totals minus the file are five.
    assert {row[1] for row in rows[before.pk]} == {4}
    assert [len(found) for found in rows.values()] == [10, 10]
    assert {row[0] for row in rows[before.pk]} == {row[0] for row in rows[after.pk]}
    assert (
        "Jawaban 5 orang tidak ikut" in evaluator.get(reverse("survey_export", args=[before.pk])).content.decode()
    )


def test_too_many_ways_through_the_waves_leave_nothing(evaluator, world, version):
    before = survey_of(world.here, version, mode="anonim", wave="sebelum")
    after = survey_of(world.here, version, mode="anonim", wave="sesudah")
    answer(before, world.here.enrollments)
    answer(after, world.here.enrollments[1:])
    seal(before)
    seal(after)
    page = evaluator.get(reverse("survey_export", args=[before.pk])).content.decode()
    assert "terlalu sedikit orang mengikuti gelombang yang sama" in page
    assert evaluator.get(reverse("survey_export_file", args=[before.pk, "excel"])).status_code == 302


def test_a_public_survey_leaves_shuffled_with_the_month_where_days_are_thin(evaluator, world, version):
    survey = survey_of(world.here, version, mode="anonim", group="masyarakat")
    busy, thin = today().replace(day=1) - timedelta(days=40), today().replace(day=1) - timedelta(days=1)
    answer(survey, 5, day=busy)
    for day in range(5):
        answer(survey, 1, day=thin - timedelta(days=day))
    answer(survey, 1, day=today())
    header, *rows = map(plain, sheets_of(download(evaluator, survey, "excel"))["Jawaban"])
    assert header[:3] == ("Tanggal", "Bulan", "mampu")
    counted = {row[:2]: sum(other[:2] == row[:2] for other in rows) for row in rows}
    assert counted == {(busy, f"{busy:%Y-%m}"): 5, (None, f"{thin:%Y-%m}"): 5, (None, None): 1}


@pytest.mark.parametrize("mode", ["bernama", "rahasia", "anonim"])
def test_rows_of_no_named_survey_stand_in_the_order_of_the_database(evaluator, world, version, mode):
    enroll_more(world.here, 24)
    everybody = world.here.enrollments
    survey = survey_of(world.here, version, mode=mode)
    for score, enrollment in enumerate(everybody):
        answer(survey, [enrollment], packed=[4, score, *PACKED[2:]])
    if mode == "anonim":
        seal(survey)
    header, *rows = sheets_of(download(evaluator, survey, "excel"))["Jawaban"]
    scores = [row[header.index("nilai")] for row in rows]
    assert sorted(scores) == list(range(30))
    assert (scores == list(range(30))) == (mode == "bernama")


def test_fewer_than_the_minimum_do_not_leave(evaluator, world, version):
    survey = survey_of(world.here, version, mode="bernama")
    answer(survey, world.here.enrollments[:4])
    page = evaluator.get(reverse("survey_export", args=[survey.pk])).content.decode()
    assert "jawaban kurang dari 5" in page
    assert "Unduh Excel" not in page
    for form in ("excel", "csv", "spss"):
        assert evaluator.get(reverse("survey_export_file", args=[survey.pk, form])).status_code == 302


def test_small_categories_of_the_person_go_together(evaluator, world, version):
    enroll_more(world.here, 6)
    everybody = world.here.enrollments
    survey = survey_of(world.here, version, mode="rahasia")
    old = [*PACKED[:4], "tua", *PACKED[5:]]
    answer(survey, everybody[:10])
    answer(survey, everybody[10:], packed=old)
    header, *rows = sheets_of(download(evaluator, survey, "excel"))["Jawaban"]
    place = header.index("umur")
    assert {row[place] for row in rows} == {"kategori_kecil"}  # two of the others would be what is left


def test_open_answers_of_few_stay(evaluator, world, version):
    survey = survey_of(world.here, version, mode="rahasia")
    answer(survey, world.here.enrollments[:4], text="Sendiri")
    answer(survey, world.here.enrollments[4:])
    assert sheets_of(download(evaluator, survey, "excel"))["Jawaban terbuka"][1:] == []


@pytest.mark.parametrize(("n", "is_told"), [(5, True), (4, False)])
def test_the_comparison_group_is_told_apart_where_it_is_large_enough(evaluator, world, version, n, is_told):
    others = enroll_more(world.here, n, group="pembanding")
    assert {other.pk for other in others} < {enrollment.pk for enrollment in world.here.enrollments}
    survey = survey_of(world.here, version, mode="rahasia")
    answer(survey, world.here.enrollments)
    header, *rows = sheets_of(download(evaluator, survey, "excel"))["Jawaban"]
    assert ("Kelompok" in header) == is_told
    if is_told:
        assert sorted(row[header.index("Kelompok")] for row in rows) == [0] * 6 + [1] * n


def test_the_codebook_tells_what_every_column_means(evaluator, world, version):
    survey = survey_of(world.here, version, mode="bernama")
    answer(survey, world.here.enrollments)
    header, *rows = sheets_of(download(evaluator, survey, "excel"))["Buku kode"]
    book = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert list(book) == ["Kode Peserta", "Nama", "Tanggal", "Asal", *KEYS]
    assert book["mampu"]["Nilai dan artinya"] == (
        "1 = Sangat rendah; 2 = Rendah; 3 = Sedang; 4 = Tinggi; 5 = Sangat tinggi"
    )
    assert (book["mampu"]["Dimensi"], book["mampu"]["Tingkat Kirkpatrick"]) == ("Dimensi satu", "2 Pembelajaran")
    assert book["baris_a"]["Pertanyaan"] == "Seberapa sering Anda mencatat?"
    assert book["sejak"]["Tampil bila"] == "${pakai} = 1"
    assert book["tempat"]["Nilai dan artinya"].endswith("kantor = Di tempat kerja; * = tidak berlaku")
    assert book["saran"]["Versi instrumen"] == 1


def test_csv_has_a_mark_codes_and_no_formula(evaluator, world, version):
    survey = survey_of(world.here, version, mode="bernama")
    answer(survey, world.here.enrollments, text="=1+1")
    files = unzipped(download(evaluator, survey, "csv"))
    assert list(files) == ["data.csv", "buku_kode.csv", "keterangan.txt"]
    assert all(content.startswith(b"\xef\xbb\xbf") for content in files.values())
    header, first, *_rest = files["data.csv"].decode("utf-8-sig").split("\r\n")
    assert header.startswith('"Kode Peserta";"Nama";"Tanggal";"Asal";"mampu"')
    assert first.endswith(
        '"4";"85";"2,5";"1";"muda";"kelas; kantor";"kantor; kelas; daring";"3";"2";"2026-03-05";"";"\'=1+1 0"'
    )


def test_every_download_stands_in_the_journal(evaluator, world, version):
    from asn_eval.history.models import LogEntry

    survey = survey_of(world.here, version, mode="bernama")
    answer(survey, world.here.enrollments)
    for form in ("excel", "csv", "spss"):
        download(evaluator, survey, form)
    entries = LogEntry.objects.unscoped("test").filter(action=LogEntry.Action.ACCESS, object_id=survey.pk)
    notes = sorted(entry.additional_data["note"] for entry in entries)
    assert notes == [f"jawaban survei, {name}" for name in ("CSV (.zip)", "Excel (.xlsx)", "SPSS (.sav)")]
    assert {entry.actor for entry in entries} == {world.here.users["evaluator"]}


def test_an_unknown_format_is_not_found(evaluator, world, version):
    survey = survey_of(world.here, version, mode="bernama")
    assert evaluator.get(reverse("survey_export_file", args=[survey.pk, "pdf"])).status_code == 404


@pytest.mark.parametrize("mode", ["bernama", "rahasia"])
@pytest.mark.parametrize("form", ["excel", "csv", "spss"])
def test_a_file_takes_the_same_queries_for_few_and_many(evaluator, world, version, mode, form):
    survey = survey_of(world.here, version, mode=mode)
    answer(survey, world.here.enrollments, text="Saran")
    download(evaluator, survey, form)
    few = count_queries(lambda: download(evaluator, survey, form))
    answer(survey, enroll_more(world.here, 12), text="Saran")
    assert count_queries(lambda: download(evaluator, survey, form)) == few
