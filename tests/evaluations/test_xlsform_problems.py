import pytest

from tests.evaluations.xlsforms import AGREE, notes_of, problems_of, read


def read_rows(header: str, *rows: str, choices: str = AGREE, settings: str = ""):
    lines = "\n".join(f"| | {row}" for row in rows)
    return read(f"| survey |\n| | {header}\n{lines}", choices, settings)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("start", "keterangan dari perangkat tidak dikumpulkan"),
        ("deviceid", "keterangan dari perangkat tidak dikumpulkan"),
        ("audit", "keterangan dari perangkat tidak dikumpulkan"),
        ("geopoint", "titik dan garis peta tidak didukung"),
        ("geotrace", "titik dan garis peta tidak didukung"),
        ("geoshape", "titik dan garis peta tidak didukung"),
        ("image", "gambar, suara, video, dan berkas tidak didukung"),
        ("audio", "gambar, suara, video, dan berkas tidak didukung"),
        ("video", "gambar, suara, video, dan berkas tidak didukung"),
        ("file", "gambar, suara, video, dan berkas tidak didukung"),
        ("barcode", "kode batang tidak didukung"),
        ("calculate", "penghitungan dan isian tersembunyi tidak didukung"),
        ("hidden", "penghitungan dan isian tersembunyi tidak didukung"),
        ("time", "waktu dan jam tidak didukung; hanya tanggal"),
        ("dateTime", "waktu dan jam tidak didukung; hanya tanggal"),
        ("select_one_from_file kota.csv", "pilihan dari berkas lain tidak didukung"),
        ("select_multiple_from_file kota.csv", "pilihan dari berkas lain tidak didukung"),
        ("select_one_external kota", "pilihan dari berkas lain tidak didukung"),
        ("select_one ${nama}", "pilihan yang berasal dari jawaban lain tidak didukung"),
        ("select_one tidak_ada", "daftar pilihan “tidak_ada” tidak ada pada lembar choices"),
        ("csv-external", "data dari berkas lain tidak didukung"),
        ("pertanyaan", "jenis “pertanyaan” tidak dikenal"),
    ],
)
def test_type_without_an_equal_is_named_and_left_out(kind, reason):
    reading = read_rows("type | name | label |", "integer | a | A |", f"{kind} | b | B |")
    assert problems_of(reading) == [(3, "type", kind, reason, "row")]
    assert [item.key for item in reading.definition.items] == ["a"]


def test_every_row_of_a_repeat_is_named_and_what_follows_from_it_too():
    reading = read_rows(
        "type | name | label | relevant | constraint |",
        "integer | umur | Umur | | |",
        "begin repeat | anak | Anak | | |",
        "text | nama | Nama anak | | |",
        "begin group | g | Sekolah | | |",
        "text | sekolah | Sekolah | | |",
        "end group | | | | |",
        "end repeat | | | | |",
        "text | b | Mengapa? | ${nama} != '' | |",
        "integer | c | Berapa? | | . < ${anak} |",
        "integer | d | Lagi? | ${b} != '' | |",
    )
    assert problems_of(reading) == [
        (3, "type", "begin repeat", "pengulangan tidak didukung", "row"),
        (4, "type", "text", "berada di dalam pengulangan", "row"),
        (5, "type", "begin group", "berada di dalam pengulangan", "row"),
        (6, "type", "text", "berada di dalam pengulangan", "row"),
        (9, "relevant", "${nama} != ''", "menyebut “nama”, yang dilewati", "row"),
        (10, "constraint", ". < ${anak}", "menyebut “anak”, yang dilewati", "cell"),
        (11, "relevant", "${b} != ''", "menyebut “b”, yang dilewati", "row"),
    ]
    assert [(item.key, item.constraint) for item in reading.definition.items] == [
        ("umur", ". mod 1 = 0"),
        ("c", ". mod 1 = 0"),
    ]


@pytest.mark.parametrize(
    ("column", "content", "reason", "outcome"),
    [
        ("calculation", "1 + 1", "penghitungan otomatis tidak didukung", "cell"),
        ("default", "5", "jawaban awal tidak didukung", "cell"),
        ("trigger", "${a}", "pemicu tidak didukung", "cell"),
        ("choice_filter", "x=1", "penyaringan pilihan tidak didukung; semua pilihan ditampilkan", "cell"),
        ("required_message", "Isi", "pesan wajib isi memakai kalimat aplikasi ini", "cell"),
        ("guidance_hint", "Bacakan", "petunjuk untuk petugas tidak didukung", "cell"),
        ("media::image", "foto.png", "gambar dan suara tidak didukung", "cell"),
        ("audio", "suara.mp3", "gambar dan suara tidak didukung", "cell"),
        ("required", "${a} = 1", "hanya “yes” atau “no” yang didukung, bukan rumus; dianggap “no”", "cell"),
        ("read_only", "yes", "pertanyaan yang hanya dibaca tidak didukung", "row"),
        ("disabled", "yes", "baris ini dinonaktifkan", "row"),
        ("constraint", "regex(., 'x')", "fungsi regex() tidak dikenal", "cell"),
        ("relevant", "${tak_ada} = 1", "menyebut “tak_ada”, yang bukan pertanyaan sebelum baris ini", "row"),
        ("relevant", "${b} = 1", "menyebut “b”, yang bukan pertanyaan sebelum baris ini", "row"),
        (
            "relevant",
            ". > 1",
            "titik (.) berarti jawaban butir itu sendiri dan hanya berlaku dalam syarat jawaban",
            "row",
        ),
        ("parameters", "randomize=true", "pengaturan ini tidak didukung", "cell"),
        ("parameters", "acak saja", "pengaturan ini tidak didukung", "cell"),
        ("asn_level", "7", "tingkat Kirkpatrick adalah 1 sampai 4", "cell"),
        ("asn_dimension", "x", "dimensi ini tidak ada dalam daftar dimensi formulir", "cell"),
    ],
)
def test_cell_without_an_equal_is_named(column, content, reason, outcome):
    reading = read_rows(
        f"type | name | label | {column} |", "integer | a | A | |", f"integer | b | B | {content} |"
    )
    name = column.removeprefix("media::")
    assert problems_of(reading) == [(3, name, content, reason, outcome)]
    assert [item.key for item in reading.definition.items] == (["a", "b"] if outcome == "cell" else ["a"])


def test_read_only_that_says_no_is_no_problem():
    assert problems_of(read_rows("type | name | label | read_only |", "integer | a | A | no |")) == []


def test_inserted_answers_become_dots():
    reading = read_rows(
        "type | name | label |",
        "text | nama | Nama |",
        "integer | umur | Umur ${nama} sekarang |",
        "select_one x | x | X |",
        choices="| choices |\n| | list_name | name | label |\n| | x | a | Anak ${nama} |\n| | x | b | B |",
    )
    reason = "jawaban lain tidak dapat disisipkan ke dalam kalimat; diganti dengan “…”"
    assert problems_of(reading) == [
        (3, "label", "Umur ${nama} sekarang", reason, "cell"),
        (2, "label", "Anak ${nama}", reason, "cell"),
    ]
    assert reading.definition.items[1].text == "Umur … sekarang"
    assert reading.definition.items[2].options[0]["id"] == "Anak …"


def test_question_that_breaks_a_rule_of_ours_is_named_with_what_hangs_on_it():
    many = "".join(f"| | banyak | p{number} | Pilihan {number} |\n" for number in range(62))
    some = "".join(f"| | agak | p{number} | Pilihan {number} |\n" for number in range(13))
    reading = read_rows(
        "type | name | label | relevant |",
        "select_one banyak | a | A | |",
        "rank agak | b | B | |",
        "select_one satu | c | C | |",
        "text | d | D | ${b} != '' |",
        "text | e | E | |",
        choices=f"| choices |\n| | list_name | name | label |\n{many}{some}| | satu | x | Hanya satu |",
    )
    assert problems_of(reading) == [
        (2, "type", "select_one banyak", "daftar “banyak” lebih dari 60 pilihan", "row"),
        (3, "type", "rank agak", "paling banyak 12 pilihan jawaban", "row"),
        (4, "type", "select_one satu", "tulis paling sedikit dua pilihan jawaban", "row"),
        (5, "relevant", "${b} != ''", "rumus menyebut “b”, yang bukan butir sebelum butir ini", "row"),
    ]
    assert [item.key for item in reading.definition.items] == ["e"]


def test_choices_without_list_or_code_and_codes_twice_are_named():
    reading = read_rows(
        "type | name | label |",
        "select_one x | a | A |",
        choices=(
            "| choices |\n| | list_name | name | label | image |\n"
            "| | x | a | Merah | m.png |\n| | x | a | Merah lagi | |\n| | x | | Kosong | |\n| | | b | Lepas | |\n"
            "| | x | b | Biru | |"
        ),
    )
    assert problems_of(reading) == [
        (2, "image", "m.png", "gambar dan suara tidak didukung", "cell"),
        (3, "name", "a", "daftar “x” sudah memuat kode ini", "row"),
        (4, "name", "x", "kolom ini kosong", "row"),
        (5, "list_name", "b", "kolom ini kosong", "row"),
    ]
    assert {each.sheet for each in reading.problems} == {"choices"}
    assert [option["id"] for option in reading.definition.items[0].options] == ["Merah", "Biru"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            ["begin group | g | G |", "text | a | A |"],
            (2, "begin group", "kelompok ini tidak ditutup dengan “end group”"),
        ),
        (["text | a | A |", "end group | | |"], (3, "end group", "tidak ada kelompok yang ditutup di sini")),
        (
            ["begin repeat | g | G |", "text | a | A |", "end group | | |", "text | b | B |"],
            (4, "end group", "tidak cocok dengan “begin repeat” pada baris 2"),
        ),
    ],
)
def test_group_that_does_not_close_refuses_the_form(rows, problem):
    reading = read_rows("type | name | label |", *rows)
    row, content, reason = problem
    assert (row, "type", content, reason, "form") in problems_of(reading)
    assert reading.definition is None


@pytest.mark.parametrize(
    "rows",
    [["note | a | Selamat datang |"], ["image | a | A |"], ["begin group | g | G |", "end group | | |"]],
)
def test_form_without_a_question_is_refused(rows):
    reading = read_rows("type | name | label |", *rows)
    assert reading.definition is None
    assert problems_of(reading)[0] == (None, "", "", "tidak ada pertanyaan yang dapat diambil", "form")


def test_group_with_a_condition_beyond_us_is_left_out_row_by_row():
    reading = read_rows(
        "type | name | label | relevant | appearance |",
        "integer | a | A | | |",
        "begin group | g | G | pulldata('x', 'y', 'z', ${a}) = 1 | table-list |",
        "select_one setuju | b | B | | |",
        "select_one setuju | c | C | | |",
        "end group | | | | |",
    )
    assert [(each.row, each.reason) for each in reading.problems] == [
        (3, "fungsi pulldata() tidak dikenal"),
        (4, "kelompoknya dilewati"),
        (5, "kelompoknya dilewati"),
    ]


def test_texts_that_are_too_long_are_named():
    reading = read_rows(
        "type | name | label | hint | constraint | constraint_message |",
        f"text | a | {'a' * 2001} | | | |",
        f"integer | b | B | {'b' * 1001} | . > 1 | {'c' * 201} |",
    )
    assert [(each.row, each.column, each.reason, each.outcome.name) for each in reading.problems] == [
        (2, "label", "lebih panjang daripada 2000 huruf", "ROW"),
        (3, "hint", "lebih panjang daripada 1000 huruf", "CELL"),
        (3, "constraint_message", "lebih panjang daripada 200 huruf", "CELL"),
    ]
    assert len(reading.problems[0].content_shown) == 120


def test_parameters_and_expressions_without_end_are_refused_at_once():
    reading = read_rows(
        "type | name | label | parameters | relevant |",
        f"integer | a | A | {'a' * 30_000} | |",
        f"integer | b | B | | {'${' * 15_000} |",
        "integer | c | C | | |",
    )
    assert [(each.row, each.column, each.reason) for each in reading.problems] == [
        (2, "parameters", "terlalu panjang"),
        (3, "relevant", "terlalu panjang"),
    ]


def test_more_questions_than_an_instrument_may_have_refuse_the_form():
    reading = read_rows("type | name | label |", *(f"integer | a{number} | A |" for number in range(501)))
    assert problems_of(reading) == [(None, "", "501", "lebih dari 500 butir", "form")]


def test_what_has_no_effect_here_is_noted():
    reading = read_rows(
        "type | name | label | appearance | catatan_kami |",
        "select_one yt | a | Baca **ini** | minimal | periksa |",
        "text | b | <b>B</b> | | |",
        settings="| settings |\n| | form_title | style | public_key |\n| | Uji | pages | kunci |",
    )
    assert problems_of(reading) == [(2, "public_key", "kunci", "pengaturan ini tidak didukung", "cell")]
    assert notes_of(reading) == [
        "Pengaturan “style” (pages) tidak dipakai.",
        "Kolom “catatan_kami” pada lembar survey tidak dikenal dan tidak diambil (1 sel).",
        "Daftar pilihan “setuju” tidak dipakai pertanyaan mana pun.",
        "Daftar pilihan “warna” tidak dipakai pertanyaan mana pun.",
        "Tampilan “minimal” tidak dipakai. Baris: 2.",
        "Pertanyaan teks tanpa tampilan “multiline” menjadi teks singkat, paling panjang 200 huruf. Baris: 3.",
        "Tanda format (HTML atau Markdown) ditampilkan apa adanya. Baris: 2, 3.",
    ]


def test_settings_of_ours_that_are_broken_count_for_nothing():
    settings = "| settings |\n| | form_title | asn_scoring | asn_waves |\n| | Uji | rata_rata | {] |"
    reading = read_rows("type | name | label |", "select_one setuju | a | A |", settings=settings)
    assert problems_of(reading) == [(2, "asn_waves", "{]", "bukan JSON yang sah", "cell")]
    settings = "| settings |\n| | form_title | asn_scoring | asn_waves |\n| | Uji | rumus | [1] |"
    reading = read_rows("type | name | label |", "select_one setuju | a | A |", settings=settings)
    assert [(each.sheet, each.outcome.name) for each in reading.problems] == [("settings", "CELL")] * 2
    assert (reading.definition.scoring, reading.definition.waves) == ("rata_rata", ())
