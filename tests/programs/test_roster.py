"""Rows of participants: what is taken, what is refused and where. All numbers are synthetic."""

from datetime import date, datetime

import pytest

from asn_eval.tables import Row, Table, TableError, read_table
from programs.grades import find_grade
from programs.nip import EmploymentStatus
from programs.roster import ROSTER_HEADERS, Group, Problem, Roster, RosterRow, read_roster
from tests.files import xlsx

TODAY = date(2026, 11, 23)
PNS = "198601012015051901"
PPPK = "199001012022212902"


def roster(*lines):
    """Read lines, the first of which is the header, as rows 1, 2, 3 … of a sheet."""
    header, *body = lines
    rows = tuple(Row(number, tuple(line)) for number, line in enumerate(body, 2))
    return read_roster(Table(tuple(header), rows), today=TODAY)


def one(**cells):
    """Read one participant with a valid NIP and name beside the cells given."""
    cells = {"NIP": PNS, "Nama": "Ani"} | cells
    return roster(tuple(cells), tuple(cells.values()))


FULL_HEADER = (
    "No", "NIP / NI PPPK", "NAMA LENGKAP", "Pangkat/Gol.", "Jabatan", "Perangkat Daerah", "E-mail", "No. HP",
    "Kelompok", "Nama Atasan", "Kode Peserta",
)  # fmt: skip


def test_read_roster_reads_every_column():
    result = roster(
        FULL_HEADER,
        (1.0, "19860101 201505 1 901", "  Ani \n Contoh, S.Sos. ", "Penata Tk. I / III/d", "Analis",
         "Dinas Contoh", "ani@contoh.go.id", 81200000001.0, "Pembanding", "Budi Contoh", 7.0),
        (2.0, PPPK, "Citra", None, None, None, None, None, None, None, None),
    )  # fmt: skip
    first, second = result.rows
    assert (first.nip.digits, first.nip.status) == (PNS, EmploymentStatus.PNS)
    assert first == RosterRow(
        number=2, nip=first.nip, name="Ani Contoh, S.Sos.", grade=find_grade("III/d"), position="Analis",
        unit="Dinas Contoh", email="ani@contoh.go.id", phone="+6281200000001", group=Group.COMPARISON,
        superior="Budi Contoh", code="7",
    )  # fmt: skip
    assert second == RosterRow(3, second.nip, "Citra", None, "", "", "", "", Group.PARTICIPANT, "")
    assert result == Roster((first, second), (), (), ("No",), ())


def test_read_roster_reads_what_read_table_reads():
    lines = [["DAFTAR PESERTA"], ["No", "NIP", "Nama", "Gol"], [1, PNS, "Ani", "III/d"], [2, None, "Budi", "?"]]
    result = read_roster(read_table(xlsx(lines), header_hint=ROSTER_HEADERS), today=TODAY)
    assert [(row.number, row.name, row.grade.code) for row in result.rows] == [(3, "Ani", "III/d")]
    assert result.problems == (
        Problem(4, "NIP", "", "NIP kosong."),
        Problem(4, "Gol", "?", "Golongan tidak dikenali; tulis seperti III/d (PNS) atau IX (PPPK)."),
    )


def test_read_roster_refuses_a_nip_that_excel_keeps_as_a_number():
    lines = [["NIP", "Nama"], [int(PNS), "Ani"]]
    result = read_roster(read_table(xlsx(lines), header_hint=ROSTER_HEADERS), today=TODAY)
    message = (
        "NIP tersimpan sebagai bilangan (1.98601e+17) sehingga angka belakangnya hilang; ubah kolom menjadi Teks "
        "lalu ketik ulang NIP."
    )
    assert (result.rows, result.problems) == ((), (Problem(2, "NIP", "1.986010120150519e+17", message),))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (("NIP", "Jabatan"), "Kolom Nama tidak ditemukan; judul kolom yang terbaca pada baris 1: NIP, Jabatan."),
        (("a", "", "b"), "Kolom NIP, Nama tidak ditemukan; judul kolom yang terbaca pada baris 1: a, b."),
    ],
)
def test_read_roster_refuses_a_file_without_a_required_column(header, message):
    with pytest.raises(TableError) as caught:
        roster(header, ("x",) * len(header))
    assert str(caught.value) == message


def test_read_roster_shortens_a_long_list_of_headers():
    with pytest.raises(TableError) as caught:
        roster(tuple(f"kolom {number}" for number in range(200)), ("x",) * 200)
    assert str(caught.value).endswith("kolom 30,….")
    assert len(str(caught.value)) < 400


def test_read_roster_prefers_the_earlier_of_two_headers_and_reports_the_other():
    result = roster(("NIP", "Nama", "Instansi", "Unit Kerja", "Ket"), (PNS, "Ani", "Pemkot", "Dinas", "x"))
    assert (result.rows[0].unit, result.unknown_columns) == ("Dinas", ("Instansi", "Ket"))
    assert result.missing_columns == (
        "Golongan",
        "Jabatan",
        "Email",
        "Telepon",
        "Kelompok",
        "Atasan",
        "Kode Peserta",
    )


def test_read_roster_names_the_row_that_has_the_same_nip():
    result = roster(("NIP", "Nama"), (PNS, "Ani"), (PPPK, "Budi"), (f" {PNS}", "Citra"), (PNS, "Dewi"))
    assert [row.name for row in result.rows] == ["Ani", "Budi"]
    assert result.problems == (
        Problem(4, "NIP", f" {PNS}", "NIP ini sudah ada pada baris 2."),
        Problem(5, "NIP", PNS, "NIP ini sudah ada pada baris 2."),
    )


def test_read_roster_names_the_row_that_has_the_same_code():
    header = ("NIP", "Nama", "Kode Peserta")
    result = roster(header, (PNS, "Ani", 7.0), (PPPK, "Budi", " 7"), ("198601012015051902", "Citra", None))
    assert [(row.name, row.code) for row in result.rows] == [("Ani", "7"), ("Citra", "")]
    assert result.problems == (Problem(3, "Kode Peserta", " 7", "Kode peserta ini sudah ada pada baris 2."),)


def test_read_roster_lists_every_problem_of_a_row():
    result = roster(("NIP", "Nama", "Email", "Kelompok"), ("123", None, "ani@", "lain"), (PNS, "Ani", None, None))
    assert [row.number for row in result.rows] == [3]
    assert result.problems == (
        Problem(2, "NIP", "123", "NIP harus 18 angka; yang tertulis 3 angka."),
        Problem(2, "Nama", "", "Nama kosong."),
        Problem(2, "Email", "ani@", "Alamat email tidak sah; tulis seperti nama@contoh.go.id."),
        Problem(2, "Kelompok", "lain", "Kelompok harus “peserta” atau “pembanding”."),
    )


LONG = "Paling panjang 150 huruf."
INVISIBLE = "Memuat karakter yang tidak terlihat; ketik ulang isinya."
NO_LETTERS = "Nama tidak memuat huruf."


@pytest.mark.parametrize(
    ("column", "value", "shown", "message"),
    [
        ("Nama", "x" * 151, "x" * 79 + "…", LONG),
        ("Nama", "A\x07ni", "A\x07ni", INVISIBLE),
        ("Nama", "Ani\u202eidub", "Ani\u202eidub", INVISIBLE),
        ("Nama", 12.0, "12", NO_LETTERS),
        ("Nama", "---", "---", NO_LETTERS),
        ("Nama", " \u00a0 ", " \u00a0 ", "Nama kosong."),
        ("Jabatan", "j" * 151, "j" * 79 + "…", LONG),
        ("Unit Kerja", "Dinas\x00", "Dinas\x00", INVISIBLE),
        ("Kode Peserta", "k" * 21, "k" * 21, "Paling panjang 20 huruf."),
        ("Atasan", "a" * 151, "a" * 79 + "…", LONG),
        ("Email", "bukan email", "bukan email", "Alamat email tidak sah; tulis seperti nama@contoh.go.id."),
        (
            "Email",
            f"ani@{'.'.join(['a' * 63] * 4)}.id",
            f"ani@{'a' * 63}.{'a' * 11}…",
            "Paling panjang 254 huruf.",
        ),
        ("Golongan", "V/a", "V/a", "Golongan tidak dikenali; tulis seperti III/d (PNS) atau IX (PPPK)."),
    ],
)
def test_read_roster_refuses_a_cell_and_shows_it(column, value, shown, message):
    result = one(**{column: value})
    assert (result.rows, result.problems) == ((), (Problem(2, column, shown, message),))


@pytest.mark.parametrize(
    ("column", "value", "field", "expected"),
    [
        ("Nama", "x" * 150, "name", "x" * 150),
        ("Nama", "Drs. H. Ani  bin\tBudi, M.Si., Ph.D.", "name", "Drs. H. Ani bin Budi, M.Si., Ph.D."),
        ("Nama", "Andre\u0301", "name", "André"),
        ("Jabatan", 3.0, "position", "3"),
        ("Unit", date(2026, 1, 2), "unit", "2026-01-02"),
        ("Email", " ani@contoh.go.id ", "email", "ani@contoh.go.id"),
        ("Kelompok", "PESERTA", "group", Group.PARTICIPANT),
        ("Kelompok", "Kelompok pembanding", "group", Group.COMPARISON),
        ("Golongan", 9.0, "grade", find_grade("IX")),
    ],
)
def test_read_roster_takes_a_cell_as(column, value, field, expected):
    result = one(**{column: value} | ({"NIP": PPPK} if field == "grade" else {}))
    assert (getattr(result.rows[0], field), result.problems, result.warnings) == (expected, (), ())


def test_read_roster_warns_without_keeping_the_row_out():
    header = ("NIP", "Nama", "Gol", "WA")
    result = roster(
        header, ("198606012004051901", "Ani", "IX", "tidak ada"), (PNS, "Budi", None, datetime(2026, 1, 2))
    )
    phone = "Nomor telepon tidak dikenali dan tidak akan disimpan; tulis seperti 0812…"
    assert result.warnings == (
        Problem(
            2, "NIP", "198606012004051901",
            "Usia saat diangkat kurang dari 18 tahun; periksa tahun lahir dan tahun pengangkatan.",
        ),
        Problem(2, "Gol", "IX", "Golongan IX adalah golongan PPPK, sedangkan nomornya nomor PNS."),
        Problem(2, "WA", "tidak ada", phone),
        Problem(3, "WA", "2026-01-02 00:00:00", phone),
    )  # fmt: skip
    assert [(row.number, row.phone) for row in result.rows] == [(2, ""), (3, "")]


def test_read_roster_passes_over_numbered_empty_lines_and_column_numbers():
    result = roster(
        ("No", "NIP", "Nama"), ("(1)", "(2)", "(3)"), (1.0, PNS, "Ani"), (2.0, None, None), (3.0, None, None)
    )
    assert ([row.number for row in result.rows], result.problems) == ([3], ())
    assert len(roster(("No", "NIP", "Nama"), (1.0, PNS, "Ani"), (1.0, 2.0, 3.0)).problems) == 2


@pytest.mark.parametrize("body", [[], [("1", None, None)], [(1, 2, 3)]])
def test_read_roster_refuses_a_file_without_participants(body):
    with pytest.raises(TableError) as caught:
        roster(("No", "NIP", "Nama"), *body)
    assert str(caught.value) == "Berkas ini tidak memuat peserta; isi kolom NIP dan Nama, lalu unggah lagi."
