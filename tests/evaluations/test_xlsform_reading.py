from decimal import Decimal

import pytest

from evaluations.xlsform.columns import column_of
from tests.evaluations.xlsforms import AGREE, notes_of, problems_of, read


def one_item(row: str, choices: str = AGREE, header: str = "| type | name | label |"):
    reading = read(f"| survey |\n| {header}\n| {row}", choices)
    assert problems_of(reading) == []
    assert len(reading.definition.items) == 1
    return reading.definition.items[0]


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("select_one yt", "ya_tidak"),
        ("select one yt", "ya_tidak"),
        ("select one from warna", "pilihan"),
        ("select1 warna", "pilihan"),
        ("select_one setuju", "likert"),
        ("select_multiple warna", "pilihan_ganda"),
        ("select all that apply from warna", "pilihan_ganda"),
        ("rank warna", "peringkat"),
        ("integer", "angka"),
        ("int", "angka"),
        ("decimal", "angka"),
        ("date", "tanggal"),
        ("text", "teks_singkat"),
        ("string", "teks_singkat"),
        ("range", "likert"),
        ("acknowledge", "ya_tidak"),
    ],
)
def test_type_in_every_spelling_becomes_one_of_ours(written, ours):
    assert one_item(f"| {written} | q | Pertanyaan |").type == ours


@pytest.mark.parametrize(
    ("row", "bounds", "constraint"),
    [
        ("integer | | ", (None, None), ". mod 1 = 0"),
        ("integer | . > 3 | ", (None, None), ". mod 1 = 0 and (. > 3)"),
        ("decimal | .>=0 and .<=10 | ", (0, 10), ""),
        ("decimal | . <= 2.5 | ", (None, Decimal("2.5")), ""),
        ("decimal | 0 <= . and . <= 10 and . != 5 | ", (0, 10), ". != 5"),
        ("decimal | . >= -5 | ", (-5, None), ""),
        ("decimal | . >= 0.001 | ", (None, None), ". >= 0.001"),
        ("decimal | . >= 10 and . <= 2 | ", (None, None), ". >= 10 and . <= 2"),
        ("range | | start=0 end=100 step=5", (0, 100), ""),
        ("range | | start=10, end=0", (0, 10), ""),
    ],
)
def test_bounds_of_a_number_are_taken_out_of_its_constraint(row, bounds, constraint):
    item = one_item(f"| {row} | q | Berapa? |", header="| type | constraint | parameters | name | label |")
    assert (item.minimum, item.maximum) == bounds
    assert item.constraint == constraint


@pytest.mark.parametrize(
    ("parameters", "shape"),
    [
        ("", ("likert", 1, 10)),
        ("start=0 end=100", ("skor", 0, 100)),
        ("start=1 end=5 step=1", ("likert", 1, 5)),
        ("start=0 end=1 step=0.1", ("angka", 0, 1)),
    ],
)
def test_range_becomes_what_it_measures(parameters, shape):
    item = one_item(f"| range | q | Berapa? | {parameters} |", header="| type | name | label | parameters |")
    assert (item.type, item.minimum, item.maximum) == shape


def choice_list(*pairs):
    lines = "".join(f"|  | x | {code} | {label} |\n" for code, label in pairs)
    return f"| choices |\n|  | list_name | name | label |\n{lines}"


@pytest.mark.parametrize(
    ("pairs", "ours"),
    [
        ([("1", "Tidak puas"), ("2", "Cukup"), ("3", "Puas")], "likert"),
        ([("0", "Never"), ("1", "Sometimes"), ("2", "Always")], "likert"),
        ([("3", "Sangat baik"), ("2", "Baik"), ("1", "Kurang baik")], "likert"),
        ([("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")], "likert"),
        ([("1", "Jawa"), ("2", "Bali"), ("3", "Sumatra")], "pilihan"),
        ([("1", "Tidak sekolah"), ("2", "SD"), ("3", "SMP")], "pilihan"),
        ([("1", "Tidak puas"), ("3", "Cukup"), ("5", "Puas")], "pilihan"),
        ([("1", "Tidak puas"), ("3", "Puas"), ("2", "Cukup")], "pilihan"),
        ([("1", "Tidak puas"), ("2", "Puas")], "pilihan"),
        ([("1", "Ya"), ("2", "Tidak")], "ya_tidak"),
        ([("no", "No"), ("yes", "Yes")], "ya_tidak"),
        ([("ya", "Ya"), ("tidak", "Tidak"), ("ragu", "Ragu")], "pilihan"),
        ([("1", "Ya"), ("0", "Tidak"), ("99", "Tidak tahu")], "ya_tidak"),
    ],
)
def test_list_of_choices_is_what_it_looks_like(pairs, ours):
    assert one_item("| select_one x | q | Apa? |", choice_list(*pairs)).type == ours


def test_scale_has_its_names_from_the_lowest_point():
    item = one_item(
        "| select_one x | q | Apa? |", choice_list(("3", "Sangat baik"), ("2", "2"), ("1", "Kurang baik"))
    )
    assert (item.minimum, item.maximum) == (1, 3)
    assert item.labels == [{"id": "Kurang baik"}, {"id": ""} | {"en": ""}, {"id": "Sangat baik"}]


def test_not_applicable_beside_a_scale_is_an_answer_of_its_own():
    pairs = [("1", "Tidak puas"), ("2", "Cukup"), ("3", "Puas"), ("99", "Tidak berlaku")]
    item = one_item("| select_one x | q | Apa? |", choice_list(*pairs))
    assert (item.type, item.allows_na, item.maximum) == ("likert", True, 3)


def test_codes_of_options_become_keys_and_expressions_follow():
    reading = read(
        """
| survey |
|  | type | name | label | relevant |
|  | select_one x | q | Apa? | |
|  | text | r | Mengapa? | ${q} = 'merah tua' |
""",
        choice_list(("merah tua", "Merah tua"), ("merah.tua", "Merah lama"), ("biru", "Biru")),
    )
    question, reason = reading.definition.items
    assert [option["key"] for option in question.options] == ["merah_tua", "merah_tua_2", "biru"]
    assert reason.relevance == "${q} = 'merah_tua'"
    assert "Kode pilihan berubah: “merah tua” → “merah_tua”, “merah.tua” → “merah_tua_2”." in notes_of(reading)


def test_names_too_long_or_taken_get_keys_and_expressions_follow():
    long = "pertanyaan_yang_namanya_panjang_sekali"
    reading = read(
        f"""
| survey |
|  | type | name | label | relevant |
|  | integer | {long} | A | |
|  | integer | {long}_2 | B | ${{{long}}} > 1 |
|  | integer | Umur | C | |
|  | integer | umur | D | ${{{long}_2}} = ${{Umur}} |
|  | text | 1 alamat | E | ${{umur}} > 1 |
"""
    )
    assert [(item.key, item.relevance) for item in reading.definition.items] == [
        ("pertanyaan_yang_namanya_panjan", ""),
        ("pertanyaan_yang_namanya_panj_2", "${pertanyaan_yang_namanya_panjan} > 1"),
        ("Umur", ""),
        ("umur_2", "${pertanyaan_yang_namanya_panj_2} = ${Umur}"),
        ("b_1_alamat", "${umur_2} > 1"),
    ]
    assert problems_of(reading) == []
    assert sum(note.startswith("Nama “") for note in notes_of(reading)) == 4


def test_group_on_one_page_becomes_a_page_and_other_groups_a_heading():
    reading = read(
        """
| survey |
|  | type | name | label | appearance | relevant |
|  | integer | umur | Umur | | |
|  | begin group | g | Bagian dua | field-list | ${umur} > 17 |
|  | integer | a | A | | ${umur} < 60 |
|  | begin_group | h | Sub | | |
|  | text | b | B | multiline | |
|  | end group | | | | |
|  | end_group | | | | |
|  | begin_group | | | | ${a} = 1 |
|  | text | c | C | | |
|  | end_group | | | | |
"""
    )
    assert problems_of(reading) == []
    assert [(item.key, item.type, item.relevance) for item in reading.definition.items] == [
        ("umur", "angka", ""),
        ("g", "halaman", "${umur} > 17"),
        ("a", "angka", "(${umur} > 17) and (${umur} < 60)"),
        ("h", "catatan", "${umur} > 17"),
        ("b", "teks", "${umur} > 17"),
        ("c", "teks_singkat", "${a} = 1"),
    ]


TABLE = """
| survey |
|  | type | name | label | appearance | relevant | required |
|  | integer | umur | Umur | | | |
|  | begin_group | t | Seberapa setuju Anda? | table-list | ${umur} > 17 | |
|  | select_one setuju | a | Pernyataan A | | | yes |
|  | select_one %s | b | Pernyataan B | | %s | |
|  | end_group | | | | | |
"""


def test_table_of_one_scale_becomes_a_matrix():
    reading = read(TABLE % ("setuju", ""))
    head, *rows = reading.definition.items[1:]
    assert (head.key, head.type, head.text, head.relevance) == (
        "t",
        "matriks",
        "Seberapa setuju Anda?",
        "${umur} > 17",
    )
    assert [(row.key, row.type, row.matrix, row.relevance, row.is_required) for row in rows] == [
        ("a", "likert", "t", "", True),
        ("b", "likert", "t", "", False),
    ]
    assert {str(item.labels) for item in (head, *rows)} == {str(head.labels)}


@pytest.mark.parametrize(
    ("other", "relevance", "types"),
    [
        ("yt", "", ["catatan", "likert", "ya_tidak"]),
        ("setuju", "${a} = 1", ["catatan", "likert", "likert"]),
    ],
)
def test_table_that_cannot_be_a_matrix_keeps_its_questions(other, relevance, types):
    reading = read(TABLE % (other, relevance))
    assert [item.type for item in reading.definition.items[1:]] == types
    assert all("${umur} > 17" in item.relevance for item in reading.definition.items[1:])
    assert "Tabel ini menjadi butir satu per satu: barisnya tidak memakai satu skala, atau bersyarat." in notes_of(
        reading
    )


def test_old_style_table_takes_its_heading_from_the_group_around():
    reading = read(
        """
| survey |
|  | type | name | label | appearance |
|  | begin_group | g | Pendapat Anda | field-list |
|  | select_one setuju | kepala | | label |
|  | select_one setuju | a | A | list-nolabel |
|  | select_one setuju | b | B | list-nolabel |
|  | text | c | C | |
|  | end_group | | | |
"""
    )
    assert problems_of(reading) == []
    assert [(item.key, item.type, item.matrix, item.text) for item in reading.definition.items] == [
        ("g", "halaman", "", "Pendapat Anda"),
        ("kepala", "matriks", "", "Pendapat Anda"),
        ("a", "likert", "kepala", "A"),
        ("b", "likert", "kepala", "B"),
        ("c", "teks_singkat", "", "C"),
    ]


def test_or_other_becomes_an_option_and_a_short_text():
    reading = read(
        "| survey |\n| | type | name | label | required |\n| | select_multiple warna or_other | w | Warna | yes |"
    )
    question, which = reading.definition.items
    assert [option["key"] for option in question.options] == ["merah", "biru", "other"]
    assert (which.key, which.type, which.relevance, which.is_required) == (
        "w_other",
        "teks_singkat",
        "selected(${w}, 'other')",
        True,
    )


def test_both_languages_are_taken_and_the_others_named():
    reading = read(
        """
| survey |
| | type | name | label::en | label::Indonesia | label::Français (fr) | hint::id |
| | integer | a | How old? | Berapa umur? | Âge | Dalam tahun |
| | integer | b | Only English | | | |
""",
        "",
    )
    first, second = reading.definition.items
    assert (first.text, first.text_en, first.help) == ("Berapa umur?", "How old?", "Dalam tahun")
    assert (second.text, second.text_en) == ("Only English", "")
    assert "Bahasa “Français (fr)” (1 sel) tidak diambil." in notes_of(reading)
    assert "1 teks tidak ada dalam bahasa Indonesia; bahasa lain dipakai. Baris: 3." in notes_of(reading)


def test_message_of_a_constraint_is_taken_in_both_languages():
    reading = read(
        """
| survey |
| | type | name | label | constraint | constraint_message::en | constraint_message::id |
| | decimal | a | Berapa? | . > 0 | Above 0 | Di atas 0 |
""",
        "",
    )
    item = reading.definition.items[0]
    assert (item.constraint_message, item.constraint_message_en) == ("Di atas 0", "Above 0")


def test_language_without_a_name_is_the_default_one():
    settings = "| settings |\n| | form_title | default_language |\n| | Uji | English (en) |"
    rows = "| survey |\n| | type | name | label | label::Indonesian (id) |\n| | integer | a | How old? | Umur |"
    item = read(rows, "", settings).definition.items[0]
    assert (item.text, item.text_en) == ("Umur", "How old?")


def test_form_in_english_only_says_so():
    reading = read("| survey |\n| | type | name | label::English (en) |\n| | integer | a | How old? |", "")
    assert (reading.definition.items[0].text, reading.definition.items[0].text_en) == ("How old?", "")
    assert (
        "Formulir ini tidak berbahasa Indonesia; teksnya menjadi teks utama. Terjemahkan sebelum dipakai."
        in notes_of(reading)
    )


def test_old_headers_are_understood():
    reading = read(
        """
| survey |
| | command | tag | caption:English | caption:id | bind:relevant | required | jr:constraintMsg | bind:constraint |
|  | integer | a | How old? | Umur | | yes | Salah | . > 1 |
|  | text | b | Why? | Mengapa? | ${a} > 2 | | | |
""",
        "",
    )
    assert problems_of(reading) == []
    first, second = reading.definition.items
    assert (first.text, first.text_en, first.is_required, first.constraint_message) == (
        "Umur",
        "How old?",
        True,
        "Salah",
    )
    assert second.relevance == "${a} > 2"


@pytest.mark.parametrize(
    ("title", "single_colon", "name", "language"),
    [
        ("label", False, "label", ""),
        ("Label :: Indonesian (id)", False, "label", "Indonesian (id)"),
        ("caption:English", True, "label", "English"),
        ("bind::relevant", False, "relevant", ""),
        ("bind:jr:constraintMsg", True, "constraint_message", ""),
        ("bind::jr:constraintMsg::English (en)", False, "constraint_message", "English (en)"),
        ("jr:constraintMsg:English", True, "constraint_message", "English"),
        ("media::image::English", False, "image", "English"),
        ("control:appearance", True, "appearance", ""),
        ("Constraint Message", False, "constraint_message", ""),
        ("bind", True, "bind", ""),
    ],
)
def test_header_is_understood_in_every_spelling(title, single_colon, name, language):
    column = column_of(title, single_colon=single_colon)
    assert (column.name, column.language) == (name, language)


def test_settings_name_the_instrument():
    settings = "| settings |\n| | form_title | form_id |\n| | Survei Pelatihan 2026 | survei.pelatihan 2026 |"
    definition = read("| survey |\n| | type | name | label |\n| | integer | a | A |", "", settings).definition
    assert (definition.key, definition.name, definition.scoring, definition.number) == (
        "survei_pelatihan_2026",
        "Survei Pelatihan 2026",
        "tanpa",
        1,
    )


def test_long_question_gets_a_short_name_of_whole_words():
    text = "Seberapa sering Anda menjelaskan persyaratan layanan kepada masyarakat yang datang?"
    assert (
        one_item(f"| integer | q | {text} |").label
        == "Seberapa sering Anda menjelaskan persyaratan layanan kepada…"
    )
