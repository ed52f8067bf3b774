import json
from decimal import Decimal

import pytest

from evaluations.actions.instruments import ready_instrument_files
from evaluations.answering import NOT_APPLICABLE, check_answers, visible_keys
from evaluations.definitions import GROUPS, WAVES, InstrumentDefinition, read_definition
from evaluations.expressions import parse, references
from evaluations.item_rules import LIKERT, MATRIX, MOST_POINTS, SILENT, WITH_OPTIONS
from evaluations.scale_library import named_scale, named_scales

READY = {path.stem: read_definition(path.read_text(encoding="utf-8")) for path in ready_instrument_files()}
RATERS = ("pasca_alumni", "pasca_atasan", "pasca_rekan", "pasca_bawahan")
every_ready = pytest.mark.parametrize("name", sorted(READY))


def test_ready_instruments_cover_the_levels_the_groups_and_the_kinds():
    assert sorted(READY) == [
        "kebutuhan_pelatihan",
        "kompetensi",
        "observasi_layanan",
        "panduan_wawancara_atasan",
        "panduan_wawancara_masyarakat",
        "panduan_wawancara_narasumber",
        "panduan_wawancara_penyelenggara",
        "panduan_wawancara_peserta",
        "panduan_wawancara_pimpinan_unit",
        "pasca_alumni",
        "pasca_atasan",
        "pasca_bawahan",
        "pasca_rekan",
        "periksa_dokumen",
        "reaksi_narasumber",
        "reaksi_penyelenggara",
        "skm",
        "skm_2",
        "tes_pengetahuan",
        "tes_pengetahuan_pilihan",
    ]
    assert {item.level for each in READY.values() for item in each.items} - {None} == {1, 2, 3, 4}
    assert {group for each in READY.values() for group in each.audience} == set(GROUPS)
    assert {wave for each in READY.values() for wave in each.waves} == set(WAVES)
    assert {each.kind for each in READY.values()} == {"kuesioner", "observasi", "dokumen", "wawancara"}


@every_ready
def test_ready_instrument_says_whom_and_when_it_is_for(name):
    assert READY[name].audience
    assert READY[name].waves
    assert READY[name].source


@every_ready
def test_ready_instrument_is_complete_in_english(name):
    assert [each for each in _pairs(READY[name]) if bool(each[0]) != bool(each[1])] == []


@every_ready
def test_ready_instrument_asks_nothing_twice(name):
    asked = [(item.matrix, item.text) for item in READY[name].items]
    assert len(set(asked)) == len(asked)
    named = [item.label for item in READY[name].items if not item.matrix and item.type not in SILENT]
    assert len(set(named)) == len(named)


@every_ready
def test_ready_instrument_without_required_answers_is_refused_item_by_item(name):
    items = READY[name].items
    asked = visible_keys(items, {})
    required = {item.key for item in items if item.is_required and item.type not in SILENT and item.key in asked}
    assert set(check_answers(items, {})[1]) == required


def test_ready_instrument_relevance_shows_and_hides_what_it_should():
    seen = {}
    for name, item in _all_items():
        if item.relevance:
            (source,) = references(parse(item.relevance))
            seen[f"{name}.{item.key}"] = [
                value for value in _possible(name, source) if item.key in _visible(name, {source: value})
            ]
    assert seen == {
        "kebutuhan_pelatihan.hambatan_lain": [["lain"]],
        "kebutuhan_pelatihan.terakhir": [1],
        "pasca_alumni.contoh": [1],
        "pasca_alumni.hambatan_lain": [["lain"]],
        "pasca_atasan.contoh": [1],
        "pasca_atasan.hambatan_lain": [["lain"]],
        "pasca_bawahan.contoh": [1],
        "pasca_bawahan.hambatan_lain": [["lain"]],
        "pasca_rekan.contoh": [1],
        "pasca_rekan.hambatan_lain": [["lain"]],
        "reaksi_penyelenggara.m_daring": [1],
        "skm_2.pekerjaan_lain": ["lain"],
    }


def test_ready_instrument_hides_the_rows_of_a_hidden_matrix():
    rows = {"dr_akses", "dr_panduan", "dr_bimbing"}
    assert _visible("reaksi_penyelenggara", {"ada_daring": 0}) & rows == set()
    assert _visible("reaksi_penyelenggara", {"ada_daring": 1}) & rows == rows


@pytest.mark.parametrize("name", [*RATERS, "kebutuhan_pelatihan"])
def test_no_obstacle_cannot_be_chosen_beside_an_obstacle(name):
    def errors(chosen):
        return check_answers(READY[name].items, {"hambatan": chosen}, may_be_incomplete=True)[1]

    assert errors(["tidak_ada"]) == {}
    assert errors(["waktu", "lain"]) == {}
    assert errors(["waktu", "tidak_ada"]) == {
        "hambatan": "“Tidak ada hambatan” tidak dapat dipilih bersama hambatan lain."
    }


def test_raters_are_asked_the_same_by_the_same_keys():
    def comparable(name):
        fields = ("key", "type", "minimum", "maximum", "matrix", "dimension", "level", "is_reverse", "label")
        return [
            (*(getattr(item, field) for field in fields), [option["key"] for option in item.options])
            for item in READY[name].items
        ]

    assert [name for name in RATERS if comparable(name) != comparable("pasca_alumni")] == []
    assert [name for name in RATERS if READY[name].dimensions != READY["pasca_alumni"].dimensions] == []


def test_raters_are_asked_in_words_of_their_own():
    behaviour = [
        {item.text for item in READY[name].items if item.matrix in ("m_pelayanan", "m_kerja", "m_sikap")}
        for name in RATERS
    ]
    assert [len(texts) for texts in behaviour] == [11, 11, 11, 11]
    assert len(set.union(*behaviour)) == 44


def test_raters_may_say_that_they_do_not_know_but_an_alumnus_answers_for_himself():
    assert {name: {item.allows_na for item in READY[name].items if item.matrix} for name in RATERS} == {
        "pasca_alumni": {False},
        "pasca_atasan": {True},
        "pasca_rekan": {True},
        "pasca_bawahan": {True},
    }
    values, errors = check_answers(READY["pasca_rekan"].items, {"kj_tepat": "*"}, may_be_incomplete=True)
    assert (values["kj_tepat"], errors) == (NOT_APPLICABLE, {})


def test_knowledge_test_has_one_right_answer_to_each_question_and_none_betrays_itself_by_its_place():
    questions = [item for item in READY["tes_pengetahuan_pilihan"].items if item.options]
    right = ["".join(each["key"] for each in item.options if each["score"] == 1) for item in questions]
    assert "".join(right) == "bdacbadcbd"
    assert {each["score"] for item in questions for each in item.options} == {0, 1}


def test_skm_second_version_keeps_the_unsur_and_adds_the_respondent():
    first, second = READY["skm"], READY["skm_2"]
    assert [item for item in second.items if item.type == LIKERT] == [
        item for item in first.items if item.type == LIKERT
    ]
    assert (first.key, first.number, second.key, second.number) == ("skm", 1, "skm", 2)
    profile = [item for item in second.items if item not in first.items and item.type not in SILENT]
    assert [item.key for item in profile] == [
        "jenis_kelamin",
        "usia",
        "pendidikan",
        "pekerjaan",
        "pekerjaan_lain",
        "layanan",
    ]
    assert {item.is_required for item in profile} == {False}


@pytest.mark.parametrize("name", ["skm", "skm_2"])
def test_skm_bands_are_those_of_the_regulation(name):
    # PermenPANRB 14/2017; the bands of 2004 began at 81.26, 62.51 and 43.76
    assert [(band["low"], band["grade"], band["id"]) for band in READY[name].bands] == [
        ("88.31", "A", "Sangat Baik"),
        ("76.61", "B", "Baik"),
        ("65.00", "C", "Kurang Baik"),
        ("25.00", "D", "Tidak Baik"),
    ]
    assert READY[name].weights == {}
    assert READY[name].legal_source.startswith("Peraturan Menteri PANRB Nomor 14 Tahun 2017")


def test_training_needs_ask_the_present_and_the_needed_ability_of_the_same_fields():
    rows = {
        matrix: [item.text for item in READY["kebutuhan_pelatihan"].items if item.matrix == matrix]
        for matrix in ("m_kini", "m_perlu")
    }
    assert len(rows["m_kini"]) == 7
    assert rows["m_kini"] == rows["m_perlu"]


def test_interview_guide_gives_probes_to_every_question():
    guides = [READY[name] for name in READY if READY[name].kind == "wawancara"]
    assert [item.key for guide in guides for item in guide.items if item.type == "teks" and not item.help] == []
    assert {guide.scoring for guide in guides} == {"tanpa"}


def test_library_of_scales_has_names_for_every_point_it_claims():
    scales = named_scales()
    assert len({scale.key for scale in scales}) == len(scales) == 27
    assert {scale.n_points for scale in scales} == {3, 4, 5, 7, 10}
    for scale in scales:
        assert len(scale.labels) == scale.n_points <= MOST_POINTS
        assert all(scale.name.values())
        assert all(scale.labels[0].values())
        assert all(scale.labels[-1].values())
        assert all(bool(label["id"]) == bool(label["en"]) for label in scale.labels)


def test_library_scale_fits_an_instrument():
    scale = named_scale("puas_10")
    raw = {
        "key": "contoh",
        "number": 1,
        "name": "Contoh",
        "scoring": "rata_rata",
        "items": [
            {
                "key": "q",
                "type": "likert",
                "label": {"id": "Q"},
                "text": {"id": "Seberapa puas Anda?"},
                "minimum": scale.minimum,
                "maximum": scale.maximum,
                "labels": list(scale.labels),
            }
        ],
    }
    item = read_definition(json.dumps(raw)).items[0]
    assert (item.minimum, item.maximum) == (Decimal(1), Decimal(10))
    assert item.labels[9] == {"id": "Sangat puas", "en": "Very satisfied"}


def _all_items():
    return [(name, item) for name in sorted(READY) for item in READY[name].items]


def _visible(name, values):
    return visible_keys(READY[name].items, values)


def _possible(name, key):
    item = next(item for item in READY[name].items if item.key == key)
    if item.options:
        keys = [option["key"] for option in item.options]
        return keys if item.type == "pilihan" else [[each] for each in keys]
    return [0, 1, None]


def _pairs(definition: InstrumentDefinition):
    """Every text with its English."""
    yield from ((names["id"], names.get("en", "")) for names in definition.dimensions.values())
    yield from ((band["id"], band.get("en", "")) for band in definition.bands)
    for item in definition.items:
        yield item.label, item.label_en
        yield item.text, item.text_en
        yield item.help, item.help_en
        yield item.constraint_message, item.constraint_message_en
        if item.type in WITH_OPTIONS:
            yield from ((option["id"], option.get("en", "")) for option in item.options)
        if item.type in (LIKERT, MATRIX):
            yield from ((names["id"], names["en"]) for names in item.labels)
