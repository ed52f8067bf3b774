"""SKM as an office may have it: its own grades and weights, further questions, later waves, a second version."""

import pytest

from evaluations.models import InstrumentVersion, Item
from reports.chapters.book import chapters_of
from reports.documents.pdf import render_html
from reports.narrative.summary import key_numbers
from tests.reports.answers import add_satisfaction, add_survey, respond
from tests.reports.test_assembly import report_of

BANDS = [
    {"low": "90", "grade": "Prima", "id": "Sangat Memuaskan", "en": ""},
    {"low": "70", "grade": "Cukup", "id": "Cukup", "en": ""},
]


@pytest.fixture
def place(world):
    add_satisfaction(world.here, before=[[2, 2, 2]] * 6, after=[[4, 4, 3]] * 7)
    return world.here


def version() -> InstrumentVersion:
    return InstrumentVersion.objects.get(instrument__key="skm", number=1)


def later(place, rows, wave="bulan_3"):
    survey = add_survey(place, version(), wave, group="masyarakat")
    for row in rows:
        respond(survey, row)


def blocks(place, key: str):
    return next(one for one in chapters_of(report_of(place)) if one.key == key).blocks


def results(place):
    return [one for one in blocks(place, "hasil") if any("SKM" in table.caption for table in one.tables)]


def analysis(place) -> tuple[str, ...]:
    return next(one for one in blocks(place, "metodologi") if one.heading == "Teknik analisis").sentences


def formulas(place) -> list[str]:
    (found,) = [one for one in blocks(place, "lampiran") if one.heading == "Istilah dan rumus"]
    return [row[1] for row in found.tables[0].rows if row[0] == "IKM"]


def test_own_grades_reach_sentence_table_picture_and_method(place):
    InstrumentVersion.objects.filter(pk=version().pk).update(bands=BANDS)
    (found,) = results(place)
    assert found.pictures[0].alt.startswith("IKM dan nilai tiap unsur: sebelum 50,00 (tanpa mutu)")
    assert "91,67 (Prima)" in found.pictures[0].alt
    assert "dengan mutu pelayanan Prima (sangat memuaskan)" in found.sentences[0]
    assert [row[-1] for row in found.tables[0].rows] == ["Prima", "Prima", "Cukup", "Prima"]
    assert "(IKM) dihitung dengan bobot yang sama untuk setiap unsur" in analysis(place)[-1]
    assert analysis(place)[-1].endswith("lalu diberi mutu menurut rentang pada instrumennya.")
    assert formulas(place) == ["jumlah (NRR unsur × 1/banyak unsur) × 25; Prima 90,00–100; Cukup 70,00–89,99"]


def test_own_weights_and_their_source_are_told(place):
    InstrumentVersion.objects.filter(pk=version().pk).update(weights={"u1": "2"}, legal_source="Perwal 7/2026")
    (found,) = results(place)
    assert "IKM sesudah program 93,75" in found.sentences[0]  # (2 × 4 + 4 + 3) / 4 × 25
    (told,) = [sentence for sentence in analysis(place) if "IKM" in sentence]
    assert "menurut Perwal 7/2026 dengan bobot tiap unsur sendiri" in told
    assert "(unsur 1: 2; unsur 2: 1; unsur 3: 1)" in told
    assert formulas(place)[0].startswith(
        "jumlah (NRR unsur × bobot unsur) / jumlah bobot × 25; A 88,31–100; B 76,61"
    )


def test_the_regulation_is_named_where_nothing_else_is_set(place):
    assert "Nomor 14 Tahun 2017 dengan bobot yang sama untuk setiap unsur" in analysis(place)[-1]
    assert formulas(place)[0].endswith("A 88,31–100; B 76,61–88,30; C 65,00–76,60; D 25,00–64,99")


def test_further_questions_of_the_instrument_are_no_unsur(world):
    add_satisfaction(world.here, before=[], after=[])
    sexes = [{"key": "p", "id": "Perempuan"}, {"key": "l", "id": "Laki-laki"}]
    Item.objects.create(
        version=version(), position=9, key="jenis", label="Jenis", text="Jenis kelamin Anda?", type="pilihan",
        options=sexes, is_required=False,
    )  # fmt: skip
    for _respondent in range(6):
        respond(world.here.evaluation.surveys.get(version=version(), wave="sesudah"), [4, 4, 3, "p"])
    (found,) = results(world.here)
    assert [row[0] for row in found.tables[0].rows] == ["Unsur 1", "Unsur 2", "Unsur 3", "IKM"]


def test_a_wave_months_later_is_compared_with_the_one_before(place):
    later(place, [[3, 3, 3]] * 8)
    first, second = results(place)
    assert (first.heading, second.heading) == (
        "Survei Kepuasan Masyarakat",
        "Survei Kepuasan Masyarakat (3 bulan sesudah)",
    )
    assert "IKM 3 bulan sesudah program 75,00 dengan mutu pelayanan C (kurang baik), dari 8" in second.sentences[0]
    assert "IKM naik 25,00 poin" in second.sentences[0]
    assert second.tables[0].columns[-1].heading == "Mutu 3 bulan sesudah"
    report = report_of(place)
    assert [row[:3] for row in key_numbers(report)] == [(first.heading, "50,00 (D)", "91,67 (A)")]
    assert "Nilai SKM per unsur" in render_html(report)


def test_a_wave_months_later_stands_alone_where_there_was_none_before(world):
    add_satisfaction(world.here, before=[], after=[])
    world.here.evaluation.surveys.filter(version=version()).delete()
    later(world.here, [[3, 3, 3]] * 8, "bulan_12")
    (found,) = results(world.here)
    assert found.sentences[0].startswith("IKM 12 bulan sesudah program 75,00")
    assert key_numbers(report_of(world.here))[0][:3] == (found.heading, "–", "75,00 (C)")


def test_another_version_is_a_result_of_its_own_and_the_break_is_named(world):
    place = world.here
    add_satisfaction(place, before=[[2, 2, 2]] * 6, after=[])
    place.evaluation.surveys.filter(version=version(), wave="sesudah").delete()
    second = InstrumentVersion.objects.create(
        instrument=version().instrument, number=2, scoring="skm", dimensions={}
    )
    for position, key in enumerate(("u1", "u9"), start=1):
        Item.objects.create(
            version=second, position=position, key=key, label=f"Unsur {key}", text=f"Bagaimana {key}?",
            type="likert", minimum=1, maximum=4,
        )  # fmt: skip
    survey = add_survey(place, second, "sesudah", group="masyarakat")
    for _respondent in range(7):
        respond(survey, [4, 4])
    before, after = results(place)
    assert "IKM naik" not in before.sentences[0] + after.sentences[0]
    limits = next(one for one in blocks(place, "metodologi") if one.heading == "Keterbatasan").points
    assert any("Survei Kepuasan Masyarakat" in point and "versi" in point for point in limits)
