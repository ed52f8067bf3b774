"""Chapters in words: what a comparison group, a single wave and missing parts look like."""

from datetime import date

import pytest

from evaluations.models import DocumentReview, Evidence, Finding, Observation
from programs.models import Enrollment
from reports.blocks import MAY_BREAK, Column, Table
from reports.chapters.book import chapters_of
from tests.reports.answers import (
    AFTER,
    add_challenge,
    add_indicator,
    add_survey,
    add_test,
    answer,
    answer_both_waves,
    enroll_more,
    respond,
)
from tests.reports.test_assembly import report_of
from tests.world import make_instrument


def chapter(place, key):
    return next(one for one in chapters_of(report_of(place)) if one.key == key)


def block(place, heading, key="hasil"):
    return next(one for one in chapter(place, key).blocks if one.heading == heading)


def test_comparison_group_has_its_own_block_with_both_rows(world):
    others = enroll_more(world.here, 5, group=Enrollment.Group.COMPARISON)
    answer_both_waves(world.here)
    for wave, row in (("sebelum", [3, 3, 3]), ("sesudah", [3, 4, 3])):
        answer(world.here.surveys[wave], others, [row] * 5)
    told = block(world.here, "Peserta dan kelompok pembanding")
    (table,) = told.tables
    assert [row[:5] for row in table.rows] == [
        ("Peserta", "6", "2,67", "3,89", "+1,22"),
        ("Kelompok pembanding", "5", "3,00", "3,33", "+0,33"),
    ]
    assert told.sentences[0].endswith(
        "Dalam masa yang sama, selisih pada peserta +1,22 (n = 6) dan pada kelompok pembanding +0,33 (n = 5). "
        "Beda antara kedua selisih itu tidak diuji."
    )
    assert told.source == (
        "survei instrumen uji, peserta: sebelum 12 Januari 2026, n = 6; sesudah 14 Juli 2026, n = 6; kelompok "
        "pembanding: sebelum 12 Januari 2026, n = 5; sesudah 14 Juli 2026, n = 5."
    )
    assert len(told.pictures) == 1


def test_test_with_too_few_pairs_is_withheld_in_words_table_and_picture(world):
    add_test(world.here, [(60, 80), (50, 75)])
    told = block(world.here, "Tes pengetahuan")
    assert told.pictures == ()
    assert told.tables[0].rows == (("Peserta", "< 5", *["–"] * 7),)
    assert told.sentences == (
        "Hasil untuk nilai tes pengetahuan tidak ditampilkan karena kurang dari 5 orang mengisinya pada kedua "
        "gelombang.",
    )


def test_single_wave_is_described_without_before_and_after(world):
    survey = add_survey(world.here, world.version, "sesudah", group="masyarakat")
    for row in AFTER:
        respond(survey, row)
    told = block(world.here, "Instrumen uji (masyarakat, sesudah)")
    assert told.tables[0].rows[0][:3] == ("Keseluruhan", "6", "3,89")
    assert "perubahan tidak dapat dihitung" in told.sentences[0]


def test_indicator_measured_once_has_a_table_and_no_picture(world):
    add_indicator(world.here, [(date(2026, 1, 1), 5)])
    told = block(world.here, "Waktu penyelesaian, Disdukcapil")
    assert (told.pictures, told.tables[1].rows) == ((), (("1 Januari 2026", "5", "–"),))


def test_many_measurements_stand_in_two_halves_beside_each_other(world):
    add_indicator(world.here, [(date(2026, month, 1), month) for month in range(1, 10)])
    _levels, table = block(world.here, "Waktu penyelesaian, Disdukcapil").tables
    assert [column.heading for column in table.columns] == ["Tanggal", "Nilai (hari)", "Jumlah kasus"] * 2
    assert table.rows[0] == ("1 Januari 2026", "1", "–", "1 Juni 2026", "6", "–")
    assert table.rows[-1] == ("1 Mei 2026", "5", "–", "", "", "")


def test_quotes_stand_under_their_own_finding(world):
    for consent in ("peran", "nama"):
        add_challenge(world.here, consent=consent)
    voices = chapter(world.here, "tantangan").blocks[1:]
    assert [(one.heading, len(one.points), len(one.quotes)) for one in voices] == [
        ("Bukti setiap tantangan", 1, 1),
        ("", 1, 1),
    ]
    assert voices[1].quotes[0].said_by == "Wawancara: Nama Sangat Rahasia (pimpinan unit kerja), 3 Juli 2026"


def test_terms_that_the_report_does_not_use_are_not_explained(world):
    answer_both_waves(world.here)
    (table,) = block(world.here, "Istilah dan rumus", key="lampiran").tables
    terms = {row[0] for row in table.rows}
    assert {"Uji Wilcoxon", "Penyesuaian Holm"} <= terms
    assert not {"N-gain", "IKM"} & terms


def test_many_items_are_drawn_on_pictures_that_fit_a_page(world):
    version = make_instrument("panjang", items=60)
    for wave in ("sebelum", "sesudah"):
        answer(add_survey(world.here, version, wave), world.here.enrollments, [[3] * 60] * 6)
    told = next(one for one in chapter(world.here, "hasil").blocks if one.heading == "Perubahan per butir")
    assert [picture.alt.count("Butir ") for picture in told.pictures] == [26, 26, 8]


def test_an_overlong_word_may_break_inside_its_cell():
    table = Table(caption="", columns=(Column("Unit"), Column("Nama")), rows=(("W" * 60, "Pengadministrasian"),))
    ((_strong, ((unit, _first), (name, _second))),) = table.lines
    assert [len(part) for part in unit.split(MAY_BREAK)] == [24, 24, 12]
    assert name == "Pengadministrasian"


def test_challenges_of_two_categories_have_a_picture(world):
    add_challenge(world.here)
    assert chapter(world.here, "tantangan").blocks[0].pictures == ()
    second = Finding.objects.create(
        evaluation=world.here.evaluation,
        kind="tantangan",
        statement="Jadwal bentrok",
        category="waktu",
        severity=1,
    )
    interview = world.here.evaluation.interviews.get(informant_role="atasan")
    Evidence.objects.create(
        finding=second, interview=interview, quote="Jadwal pelatihan berbenturan dengan layanan."
    )
    overview = chapter(world.here, "tantangan").blocks[0]
    assert len(overview.pictures) == 1
    assert overview.sentences[0].startswith("Ada 2 tantangan yang tercatat, menyangkut")
    heard = "1 informan, 1 peran; keyakinan rendah"
    assert [row[:4] for row in overview.tables[0].rows] == [
        ("Anggaran pelatihan terbatas", "Anggaran", "Tinggi", f"1 wawancara; {heard}"),
        ("Jadwal bentrok", "Waktu dan jadwal", "Rendah", f"1 wawancara; {heard}"),
    ]


def test_recommendations_name_owner_priority_due_date_and_what_they_answer(world):
    add_challenge(world.here)
    first, plan = chapter(world.here, "rekomendasi").blocks
    assert first.details == (
        ("Dasar temuan", "“Anggaran pelatihan terbatas”."),
        ("Penanggung jawab", "BKPSDM; prioritas sedang; tenggat 31 Maret 2027; status diusulkan."),
        ("Keterlaksanaan", "dapat segera dikerjakan."),
    )
    assert plan.tables[0].rows == (
        ("1", "Susun anggaran pelatihan bersama", "BKPSDM", "Sedang", "31 Maret 2027", "Diusulkan"),
    )


@pytest.mark.parametrize("consent", ["peran", "tanpa_kutipan"])
def test_quotes_appear_as_far_as_the_informant_allowed(world, consent):
    add_challenge(world.here, consent=consent)
    quotes = [quote for one in chapter(world.here, "tantangan").blocks for quote in one.quotes]
    expected = [("Anggaran kami kecil sekali.", "Wawancara: Pimpinan unit kerja, 3 Juli 2026")]
    assert [(quote.text, quote.said_by) for quote in quotes] == (expected if consent == "peran" else [])


def test_limitations_say_only_what_holds(world):
    answer_both_waves(world.here, before=[[3, 3, 3]] * 6, after=[*AFTER[:5], None])
    points = block(world.here, "Keterbatasan", key="metodologi").points
    assert any("Rancangan satu kelompok" in point for point in points)
    assert any("n = 5" in point for point in points)
    assert any("1 orang hanya mengisi satu gelombang" in point for point in points)
    assert not any("SKM" in point or "Tingkat respons" in point for point in points)


def test_low_response_is_a_limitation_with_its_numbers(world):
    more = enroll_more(world.here, 6)
    answer_both_waves(world.here)
    answer(world.here.surveys["sesudah"], more, [None] * 6)
    points = block(world.here, "Keterbatasan", key="metodologi").points
    assert any("Tingkat respons rendah pada instrumen uji sesudah (50,0%, n = 6)" in point for point in points)


def test_low_reliability_is_a_limitation_with_its_numbers(world):
    rows = [[1, 5, 3], [5, 1, 3], [3, 3, 1], [2, 4, 5], [4, 2, 2], [3, 1, 3]]
    answer_both_waves(world.here, before=rows, after=rows)
    points = block(world.here, "Keterbatasan", key="metodologi").points
    assert any("Keandalan rendah pada instrumen uji sebelum program (alpha −" in point for point in points)


def test_small_groups_of_participants_are_dashes_with_a_reason(world):
    for number, person in enumerate(world.here.people):
        person.status = "PPPK" if number < 2 else "PNS"
        person.save()
    enroll_more(world.here, 4)
    (table,) = block(world.here, "Peserta", key="tujuan").tables
    assert table.rows == (("PNS", "–"), ("PPPK", "–"))
    assert table.note == "–: tidak ditampilkan untuk melindungi kelompok yang lebih kecil dari 5 orang."


def test_observations_and_documents_stand_in_the_appendix(world):
    day = date(2026, 7, 9)
    Observation.objects.create(evaluation=world.here.evaluation, unit="Loket", date=day, after="Antrean pendek.")
    DocumentReview.objects.create(
        evaluation=world.here.evaluation, title="SOP loket", date=day, kind="SOP", shows="Alur baru."
    )
    seen = block(world.here, "Observasi", key="lampiran").tables[0].rows
    read = block(world.here, "Dokumen yang ditelaah", key="lampiran").tables[0].rows
    assert seen == (("Loket", "9 Juli 2026", "–", "Antrean pendek."),)
    assert read == (("SOP loket (SOP)", "–", "9 Juli 2026", "Alur baru."),)


def test_source_of_every_survey_is_listed_in_the_appendix(world):
    answer_both_waves(world.here)
    points = block(world.here, "Sumber data", key="lampiran").points
    assert points == (
        "Survei instrumen uji, peserta: sebelum 12 Januari 2026, n = 6; sesudah 14 Juli 2026, n = 6.",
    )
