"""Cells of participants: what is taken, what is refused and where. All numbers are synthetic."""

from datetime import date, datetime

import pytest

from asn_eval.tables import Columns, TableError
from programs.imports.columns import missing_error
from programs.imports.entities import IMPORTERS
from programs.imports.sheets import make_sheet
from programs.models import Enrollment, Grade
from tests.files import xlsx
from tests.programs.rosters import importer_for, sheet_of

PNS = "198601012015051901"
PPPK = "199001012022212902"


@pytest.fixture
def check(world):
    """Check lines, the first of which is the header."""
    Grade.objects.create(code="IX", status="PPPK", order=40)

    def check(*lines):
        importer = importer_for(world.here.users["staf"], world.here.program)
        return importer.check(sheet_of(xlsx(lines)))

    return check


@pytest.fixture
def one(check):
    """Check one participant with a valid NIP and name beside the cells given."""

    def one(**cells):
        cells = {"NIP": PNS, "Nama": "Ani"} | cells
        return check(tuple(cells), tuple(cells.values()))

    return one


def told(problems):
    return [(problem.row, problem.column, problem.value, problem.message) for problem in problems]


def test_every_column_is_read(check):
    header = (
        "No", "NIP / NI PPPK", "NAMA LENGKAP", "Pangkat/Gol.", "Jabatan", "Perangkat Daerah", "E-mail", "No. HP",
        "Kelompok", "Nama Atasan", "Kode Peserta", "Status", "Jenjang",
    )  # fmt: skip
    checked = check(
        header,
        (1, "19860101 201505 1 901", "  Ani \n Contoh, S.Sos. ", "Penata Tk. I / III/d", "Analis", "Dinas Contoh",
         "ani@contoh.go.id", 81200000001, "Pembanding", "Budi Contoh", 7, "Hadir", "pengawas"),
        (2, PPPK, "Citra", *[None] * 10),
    )  # fmt: skip
    grade = Grade.objects.get(code="III/d").pk
    assert {name: cells[0] for name, cells in checked.cells.items()} == {
        "nip": PNS,
        "name": "Ani Contoh, S.Sos.",
        "grade": grade,
        "position": "Analis",
        "agency": "Dinas Contoh",
        "email": "ani@contoh.go.id",
        "phone": "+6281200000001",
        "group": Enrollment.Group.COMPARISON,
        "superior": "Budi Contoh",
        "code": "7",
        "status": "hadir",
        "batch": None,
        "level": "pengawas",
        "exit_reason": None,
        "exit_note": None,
    }
    assert {cells[1] or "" for name, cells in checked.cells.items() if name not in ("nip", "name")} == {""}
    assert (told(checked.problems), told(checked.warnings)) == ([], [])
    assert checked.sheet.matching.unread == ("No",)


def test_a_letterhead_above_the_header_keeps_the_numbers_of_the_rows(check):
    checked = check(
        ("DAFTAR PESERTA",), ("No", "NIP", "Nama", "Gol"), (1, PNS, "Ani", "III/d"), (2, None, "Budi", "?")
    )
    assert checked.numbers == [3, 4]
    assert told(checked.problems) == [
        (4, "NIP", "", "NIP kosong."),
        (4, "Gol", "?", "Golongan tidak dikenali; tulis seperti III/d (PNS) atau IX (PPPK)."),
    ]


def test_a_nip_that_excel_keeps_as_a_number_is_refused(check):
    message = (
        "NIP tersimpan sebagai bilangan (1.98601e+17) sehingga angka belakangnya hilang; ubah kolom menjadi Teks "
        "lalu ketik ulang NIP."
    )
    assert told(check(("NIP", "Nama"), (int(PNS), "Ani")).problems) == [
        (2, "NIP", "1.986010120150519e+17", message)
    ]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (("NIP", "Jabatan"), "Kolom Nama tidak ditemukan; judul kolom yang terbaca pada baris 1: NIP, Jabatan."),
        (("a", "", "b"), "Kolom NIP, Nama tidak ditemukan; judul kolom yang terbaca pada baris 1: a, b."),
    ],
)
def test_a_missing_column_is_named_with_those_that_are_there(header, message):
    sheet = sheet_of(xlsx([header, ["x"] * len(header)]))
    assert str(missing_error(sheet.matching, sheet.table.header, sheet.table.header_number)) == message


def test_a_long_list_of_headers_is_shortened():
    sheet = sheet_of(xlsx([[f"kolom {number}" for number in range(200)], ["x"] * 200]))
    text = str(missing_error(sheet.matching, sheet.table.header, 1))
    assert text.endswith("kolom 30,….")
    assert len(text) < 400


def test_each_row_that_repeats_a_nip_names_the_first_one(check):
    checked = check(("NIP", "Nama"), (PNS, "Ani"), (PPPK, "Budi"), (f" {PNS}", "Citra"), (PNS, "Dewi"))
    assert [*checked.good_rows()] == [0, 1]
    assert told(checked.problems) == [
        (4, "NIP", PNS, "NIP ini sudah ada pada baris 2."),
        (5, "NIP", PNS, "NIP ini sudah ada pada baris 2."),
    ]


def test_a_row_that_repeats_a_code_names_the_first_one(check):
    checked = check(
        ("NIP", "Nama", "Kode Peserta"),
        (PNS, "Ani", 7),
        (PPPK, "Budi", " 7"),
        ("198601012015051902", "Citra", None),
        ("198601012015051903", "Dewi", None),
    )
    assert told(checked.problems) == [(3, "Kode Peserta", "7", "Kode peserta ini sudah ada pada baris 2.")]


def test_every_problem_of_a_row_is_told(check):
    checked = check(("NIP", "Nama", "Email", "Kelompok"), ("123", None, "ani@", "lain"), (PNS, "Ani", None, None))
    assert [*checked.good_rows()] == [1]
    assert told(checked.problems) == [
        (2, "NIP", "123", "NIP harus 18 angka; yang tertulis 3 angka."),
        (2, "Nama", "", "Nama kosong."),
        (2, "Email", "ani@", "Alamat email tidak sah; tulis seperti nama@contoh.go.id."),
        (2, "Kelompok", "lain", "Pilih salah satu: Peserta; Pembanding."),
    ]


LONG = "Paling panjang 150 huruf."
INVISIBLE = "Memuat karakter yang tidak terlihat; ketik ulang isinya."
NO_LETTERS = "Nama tidak memuat huruf."
NO_EMAIL = "Alamat email tidak sah; tulis seperti nama@contoh.go.id."


@pytest.mark.parametrize(
    ("column", "value", "shown", "message"),
    [
        ("Nama", "x" * 151, "x" * 79 + "…", LONG),
        ("Nama", "Ani\u202eidub", "Ani\u202eidub", INVISIBLE),
        ("Nama", 12.0, "12", NO_LETTERS),
        ("Nama", "---", "---", NO_LETTERS),
        ("Nama", " \u00a0 ", "", "Nama kosong."),
        ("Jabatan", "j" * 151, "j" * 79 + "…", LONG),
        ("Unit Kerja", "Dinas\u200b", "Dinas\u200b", INVISIBLE),
        ("Kode Peserta", "k" * 21, "k" * 21, "Paling panjang 20 huruf."),
        ("Atasan", "a" * 151, "a" * 79 + "…", LONG),
        ("Email", "bukan email", "bukan email", NO_EMAIL),
        ("Email", "ani@contoh", "ani@contoh", NO_EMAIL),
        ("Email", "ani..budi@contoh.id", "ani..budi@contoh.id", NO_EMAIL),
        ("Golongan", "V/a", "V/a", "Golongan tidak dikenali; tulis seperti III/d (PNS) atau IX (PPPK)."),
        ("Golongan", "IV/e", "IV/e", "Golongan ini belum ada pada data acuan."),
        (
            "Angkatan",
            "Angkatan IX",
            "Angkatan IX",
            "Angkatan ini belum ada pada program; tambahkan dulu pada halaman program.",
        ),
        ("Jenjang Jabatan", "raja", "raja", None),
    ],
)
def test_a_cell_is_refused_and_shown(one, column, value, shown, message):
    ((row, where, seen, why),) = told(one(**{column: value}).problems)
    assert (row, where, seen) == (2, column, shown)
    assert why == message or (message is None and why.startswith("Pilih salah satu: JPT utama; "))


@pytest.mark.parametrize(
    ("column", "value", "field", "expected"),
    [
        ("Nama", "x" * 150, "name", "x" * 150),
        ("Nama", "Drs. H. Ani  bin\tBudi, M.Si., Ph.D.", "name", "Drs. H. Ani bin Budi, M.Si., Ph.D."),
        ("Nama", "Andre\u0301", "name", "André"),
        ("Jabatan", 3.0, "position", "3"),
        ("Jabatan", True, "position", "True"),
        ("Unit", date(2026, 1, 2), "agency", "2026-01-02"),
        ("Email", " ani@contoh.go.id ", "email", "ani@contoh.go.id"),
        ("Email", "a+b%c@contoh.go.id", "email", "a+b%c@contoh.go.id"),
        ("Kelompok", "PESERTA", "group", "peserta"),
        ("Kelompok", "Kelompok pembanding", "group", "pembanding"),
        ("Telepon", "0812-0000-0001", "phone", "+6281200000001"),
        ("Status Keikutsertaan", "Mengundurkan diri", "status", "mengundurkan_diri"),
    ],
)
def test_a_cell_is_taken_as(one, column, value, field, expected):
    checked = one(**{column: value})
    assert (checked.cells[field], told(checked.problems), told(checked.warnings)) == ([expected], [], [])


def test_warnings_do_not_keep_a_row_out(check):
    checked = check(
        ("NIP", "Nama", "Gol", "WA"),
        ("198606012004051901", "Ani", "IX", "tidak ada"),
        (PNS, "Budi", None, datetime(2026, 1, 2)),
    )
    phone = "Nomor telepon tidak dikenali dan tidak akan disimpan; tulis seperti 0812…"
    assert told(checked.warnings) == [
        (
            2, "NIP", "198606012004051901",
            "Usia saat diangkat kurang dari 18 tahun; periksa tahun lahir dan tahun pengangkatan.",
        ),
        (2, "Gol", "IX", "Golongan IX adalah golongan PPPK, sedangkan nomornya nomor PNS."),
        (2, "WA", "tidak ada", phone),
        (3, "WA", "2026-01-02", phone),
    ]  # fmt: skip
    assert ([*checked.good_rows()], checked.cells["phone"]) == ([0, 1], ["", ""])


def test_numbered_empty_lines_and_column_numbers_are_passed_over(check):
    checked = check(
        ("No", "NIP", "Nama"), ("(1)", "(2)", "(3)"), (1, PNS, "Ani"), (2, None, None), (3, None, None)
    )
    assert (checked.numbers, told(checked.problems)) == ([3], [])
    assert len(check(("No", "NIP", "Nama"), (1, PNS, "Ani"), (1, 2, 3)).problems) == 2


@pytest.mark.parametrize("body", [[("1", None, None)], [(1, 2, 3)], [(1, "CONTOH 1985", "Nama")]])
def test_a_file_without_participants_is_refused(body):
    with pytest.raises(TableError) as caught:
        sheet_of(xlsx([("No", "NIP", "Nama"), *body]))
    assert str(caught.value) == (
        "Berkas ini tidak memuat isi yang dapat dibaca; isi kolom NIP, Nama, lalu unggah lagi."
    )


def test_of_two_columns_for_one_field_the_better_known_is_proposed_and_the_other_asked_about():
    lines = [("NIP", "Nama", "Instansi", "Unit Kerja", "Hobi"), (PNS, "Ani", "Pemkot", "Dinas", "x")]
    matching = sheet_of(xlsx(lines)).matching
    assert matching.positions == {"nip": 0, "name": 1, "agency": 3}
    assert (matching.questions, matching.is_settled) == ((2, 4), False)
    known = sheet_of(xlsx(lines), remembered={"instansi": "agency", "unitkerja": "", "hobi": ""}).matching
    assert (known.positions["agency"], known.questions, known.unread) == (2, (), ("Unit Kerja", "Hobi"))


@pytest.mark.parametrize("entity", IMPORTERS)
def test_no_header_means_two_fields(entity):
    keys = [key for column in IMPORTERS[entity].columns for key in {*column.keys}]
    assert sorted(keys) == sorted({*keys})


@pytest.mark.parametrize(
    ("header", "entity", "fields"),
    [
        (
            ("nipBaru", "nama", "golRuangAkhir", "jabatanNama", "unorNama"),
            "peserta",
            ["nip", "name", "grade", "position", "agency"],
        ),
        (
            (
                "nipBaru", "namaKursus", "jenisKursusNama", "jumlahJam", "noSertipikat", "institusiPenyelenggara",
                "tanggalKursus", "tanggalSelesaiKursus", "tahunKursus",
            ),
            "riwayat-pelatihan",
            [
                "nip", "name", "form", "lesson_hours", "certificate_number", "institution", "start_date",
                "end_date", "year",
            ],
        ),
    ],
)  # fmt: skip
def test_the_names_that_siasn_uses_are_known(header, entity, fields):
    columns = IMPORTERS[entity].columns
    table = Columns(header, tuple(["x"] for _name in header), [2])
    matching = make_sheet(table, columns).matching
    assert sorted(matching.positions, key=matching.positions.get) == fields
    assert matching.is_settled
