"""All waves of one instrument and group in one file, one row for each person."""

import pyreadstat
import pytest
from django.urls import reverse

from evaluations.models import InstrumentVersion, Item, Respondent
from tests.evaluations.every_type import PACKED, every_type
from tests.evaluations.surveying import today
from tests.queries import count_queries
from tests.reports.answers import enroll_more
from tests.reports.exporting.answered import answer, seal, sheets_of, survey_of

LOW = [1, *PACKED[1:]]


@pytest.fixture
def version(db, world):
    return every_type()


def two_waves(place, version, mode: str):
    return [survey_of(place, version, mode=mode, wave=wave) for wave in ("sebelum", "sesudah")]


def joined(client, survey, form="excel") -> bytes:
    response = client.get(reverse("evaluation_export_file", args=[survey.evaluation_id, survey.pk, form]))
    assert response.status_code == 200
    return response.content


def test_named_waves_stand_side_by_side(evaluator, world, version):
    before, after = two_waves(world.here, version, "bernama")
    answer(before, world.here.enrollments, packed=LOW)
    answer(after, world.here.enrollments[1:])
    header, *rows = sheets_of(joined(evaluator, after))["Jawaban"]
    assert header[:4] == ("Kode Peserta", "Nama", "Tanggal_sebelum", "Asal_sebelum")
    score = [header.index(name) for name in ("mampu_sebelum", "mampu_sesudah")]
    assert [(row[0], *(row[place] for place in score)) for row in rows] == [
        ("P001", 1, None),
        *((f"P00{number}", 1, 4) for number in range(2, 7)),
    ]


@pytest.mark.parametrize("mode", ["rahasia", "anonim"])
def test_waves_pair_by_a_number_without_meaning(evaluator, world, version, mode):
    surveys = two_waves(world.here, version, mode)
    enroll_more(world.here, 14)
    for score, enrollment in enumerate(world.here.enrollments):
        answer(surveys[0], [enrollment], packed=[1, score, *PACKED[2:]])
        answer(surveys[1], [enrollment], packed=[4, score + 50, *PACKED[2:]])
    if mode == "anonim":
        for survey in surveys:
            seal(survey)
    header, *rows = sheets_of(joined(evaluator, surveys[0]))["Jawaban"]
    places = [header.index(name) for name in ("nilai_sebelum", "nilai_sesudah")]
    pairs = [tuple(row[place] for place in places) for row in rows]
    assert sorted(pairs) == [(score, score + 50) for score in range(20)]
    assert pairs != sorted(pairs)
    assert header[0] == "Nomor Catatan"
    assert "Nama" not in header


def test_the_spss_file_names_the_waves(evaluator, world, version, tmp_path):
    before, after = two_waves(world.here, version, "rahasia")
    answer(before, world.here.enrollments, packed=LOW)
    answer(after, world.here.enrollments)
    path = tmp_path / "gabungan.sav"
    path.write_bytes(joined(evaluator, before, "spss"))
    frame, meta = pyreadstat.read_sav(path)
    assert set(zip(frame["mampu_sebelum"], frame["mampu_sesudah"], strict=True)) == {(1, 4)}
    assert {"tempat_kelas_sebelum", "tanggal_sesudah", "catatan"} <= set(meta.column_names)


def test_another_version_of_the_instrument_stands_beside_the_first(evaluator, world, version):
    newer = InstrumentVersion.objects.create(instrument=version.instrument, number=2, scoring="rata_rata")
    Item.objects.create(
        version=newer, position=1, key="mampu", label="Mampu", text="Baru", type="likert", minimum=1, maximum=5
    )
    before = survey_of(world.here, version, mode="bernama", wave="sebelum")
    after = survey_of(world.here, newer, mode="bernama")
    answer(before, world.here.enrollments)
    answer(after, world.here.enrollments, packed=[2])
    header, *rows = sheets_of(joined(evaluator, before))["Buku kode"]
    versions = {row[0]: row[header.index("Versi instrumen")] for row in rows}
    assert (versions["mampu_sebelum"], versions["mampu_sesudah"]) == (1, 2)


def test_what_was_recalled_and_other_promises_stay_apart(evaluator, world, version):
    before, after = two_waves(world.here, version, "rahasia")
    recalled = survey_of(world.here, version, mode="rahasia", wave="sesudah", is_retrospective=True)
    later = survey_of(world.here, version, mode="bernama", wave="bulan_3")
    for survey in (before, after, recalled, later):
        answer(survey, world.here.enrollments)
    header = sheets_of(joined(evaluator, before))["Jawaban"][0]
    assert {name.split("_", 1)[1] for name in header if name.startswith("mampu")} == {"sebelum", "sesudah"}
    for alone in (recalled, later):
        url = reverse("evaluation_export_file", args=[alone.evaluation_id, alone.pk, "excel"])
        assert evaluator.get(url).status_code == 404


def test_raters_are_joined_as_themselves(evaluator, world, version):
    surveys = [
        survey_of(world.here, version, mode="bernama", wave=wave, group="atasan")
        for wave in ("sesudah", "bulan_3")
    ]
    raters = [
        Respondent.objects.create(
            evaluation=world.here.evaluation,
            group="atasan",
            enrollment=enrollment,
            name=f"Kepala {enrollment.code}",
        )
        for enrollment in world.here.enrollments
    ]
    for survey in surveys:
        for rater in raters:
            survey.responses.create(respondent=rater, answers=PACKED, channel="kertas", received_on=today())
            survey.invitations.create(respondent=rater, code=f"{survey.wave[:3]}{rater.pk}")
    header, *rows = sheets_of(joined(evaluator, surveys[0]))["Jawaban"]
    assert header[:3] == ("Kode Responden", "Nama", "Menilai")
    assert sorted((row[1], row[2]) for row in rows) == [
        (f"Kepala P00{number}", f"P00{number} Peserta Kota Semarang {number}") for number in range(1, 7)
    ]


def test_one_wave_alone_is_not_joined(evaluator, world, version):
    before, _after = two_waves(world.here, version, "rahasia")
    answer(before, world.here.enrollments)
    page = evaluator.get(
        reverse("evaluation_export_file", args=[before.evaluation_id, before.pk, "excel"]), follow=True
    )
    assert page.redirect_chain == [(reverse("evaluation_export", args=[before.evaluation_id]), 302)]
    assert "Belum ada dua gelombang yang dapat diunduh bersama." in page.content.decode()


@pytest.mark.parametrize("form", ["excel", "csv", "spss"])
def test_joining_takes_the_same_queries_for_few_and_many(evaluator, world, version, form):
    before, after = two_waves(world.here, version, "rahasia")
    for survey in (before, after):
        answer(survey, world.here.enrollments, text="Saran")
    joined(evaluator, before, form)
    few = count_queries(lambda: joined(evaluator, before, form))
    for survey, enrollments in ((before, enroll_more(world.here, 12)), (after, world.here.enrollments[6:])):
        answer(survey, enrollments, text="Saran")
    assert count_queries(lambda: joined(evaluator, before, form)) == few
