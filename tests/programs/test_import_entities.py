"""Each kind of file: what is new is made, the same again changes nothing, what differs is shown and changed."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps

from programs.actions.imports import carry_out
from programs.models import Agency, BudgetComponent, Person
from tests.files import xlsx
from tests.programs.rosters import importer_for, nip, sheet_of


@dataclass
class Case:
    entity: str
    header: tuple[str, ...]
    first: tuple
    second: tuple  # the same row with another value
    model: str
    stored: dict[str, object]
    changed: dict[str, object]
    changes: list[tuple[str, str, str]]
    refused: list[tuple[tuple, str, str]] = field(default_factory=list)
    is_new: bool = True


KNOWN = "198001012010032901"  # the first participant here
FOREIGN = "198101012010032901"

CASES = [
    Case(
        "pegawai",
        ("nipBaru", "nama", "Tanggal Lahir", "golRuangAkhir", "unorNama", "NIP Atasan"),
        (nip(1), "Ani", "2 Februari 1990", "III/d", "Dinas Kota Semarang", KNOWN),
        (nip(1), "Ani Baru", None, None, "Badan Baru", None),
        "Person",
        {
            "name": "Ani",
            "birth_date": date(1990, 2, 2),
            "superior__nip": KNOWN,
            "agency__name": "Dinas Kota Semarang",
        },
        {"name": "Ani Baru", "birth_date": date(1990, 2, 2), "agency__name": "Badan Baru", "revision": 2},
        [("nama", "Ani", "Ani Baru"), ("unit kerja", "Dinas Kota Semarang", "Badan Baru")],
        [
            ((nip(2), "Budi", None, None, "Dinas A", nip(2)), "NIP Atasan", "atasannya sendiri"),
            ((nip(2), "Budi", None, None, "Dinas A", nip(3)), "NIP Atasan", "belum terdaftar"),
            ((nip(2), "Budi", "31-02-1990", None, "Dinas Kota Semarang", None), "Tanggal Lahir", "23-11-2026"),
            ((nip(2), "Budi", None, None, None, None), "unorNama", "Unit kerja kosong."),
            ((FOREIGN, "Budi", None, None, "Dinas Kota Semarang", None), "nipBaru", "minta admin"),
        ],
    ),
    Case(
        "riwayat-pelatihan",
        (
            "nipBaru",
            "namaKursus",
            "jumlahJam",
            "jenisDiklatId",
            "tanggalKursus",
            "tanggalSelesaiKursus",
            "tahunKursus",
        ),
        (KNOWN, "Pelayanan  Publik", 20, "4", "02-03-2026", None, "2026"),
        (KNOWN, "pelayanan publik", "24,5", "Workshop", "02-03-2026", "2026-03-02", None),
        "TrainingRecord",
        {
            "name": "Pelayanan Publik",
            "lesson_hours": Decimal(20),
            "form__code": "workshop",
            "end_date": date(2026, 3, 2),
        },
        {"name": "Pelayanan Publik", "lesson_hours": Decimal("24.5"), "person__nip": KNOWN},
        [("JP", "20", "24,5")],
        [
            ((nip(9), "A", 1, None, None, "02-03-2026", None), "nipBaru", "belum terdaftar"),
            ((FOREIGN, "A", 1, None, None, "02-03-2026", None), "nipBaru", "minta admin"),
            ((KNOWN, "A", 1, "Rapat", None, "02-03-2026", None), "jenisDiklatId", "tidak dikenali"),
            ((KNOWN, "A", 1, None, None, None, None), "tanggalSelesaiKursus", "kosong"),
            ((KNOWN, "A", "1.234", None, None, "02-03-2026", None), "jumlahJam", "dua cara"),
            ((KNOWN, "A", -1, None, None, "02-03-2026", None), "jumlahJam", "Tidak boleh kurang dari 0."),
            ((KNOWN, "A", 1, None, "03-03-2026", "02-03-2026", None), "tanggalSelesaiKursus", "mendahului"),
        ],
    ),
    Case(
        "unit-kerja",
        ("Nama Unit Kerja", "Tingkat", "Bagian Dari"),
        ("Bidang Pelatihan", "Unit kerja", "Dinas Kota Semarang"),
        ("bidang pelatihan", "Perangkat daerah", None),
        "Agency",
        {"kind": "unit", "parent__name": "Dinas Kota Semarang", "region__code": "33.74"},
        {"kind": "perangkat_daerah", "parent__name": "Dinas Kota Semarang", "name": "Bidang Pelatihan"},
        [("tingkat", "Unit kerja", "Perangkat daerah")],
        [
            (("Bidang A", None, "Dinas Kota Medan"), "Bagian Dari", "belum terdaftar"),
            (("Bidang A", "Raja", None), "Tingkat", "Pilih salah satu"),
            (("Dinas Kota Semarang", None, "Dinas Kota Semarang"), "Bagian Dari", "dirinya sendiri"),
        ],
    ),
    Case(
        "program",
        ("Nama Program", "Jenis Program", "Wilayah", "Tanggal Mulai", "Tanggal Selesai", "Nilai Tertinggi"),
        ("Latsar", "Pelatihan", "Kota Semarang", "02-03-2026", "30-06-2026", None),
        ("Latsar", "pembinaan", "33.74", "02-03-2026", "30-07-2026", 10),
        "Program",
        {"organizer__name": "BKPSDM Kota Semarang", "maximum_score": Decimal(100), "state": "draf"},
        {"type": "pembinaan", "end_date": date(2026, 7, 30), "maximum_score": Decimal(10)},
        [
            ("jenis program", "Pelatihan", "Pembinaan"),
            ("tanggal selesai", "30 Juni 2026", "30 Juli 2026"),
            ("nilai tertinggi pretes dan postes", "100", "10"),
        ],
        [
            (("X", "Pelatihan", "Kota Medan", "02-03-2026", "03-03-2026", None), "Wilayah", "di luar wilayah"),
            (("X", "Pelatihan", None, "03-03-2026", "02-03-2026", None), "Tanggal Selesai", "mendahului"),
            (
                ("Program Kota Semarang", "Pelatihan", None, "01-02-2026", "01-02-2026", 0),
                "Nilai Tertinggi",
                "kurang dari 1",
            ),
        ],
    ),
    Case(
        "sasaran",
        ("Sasaran", "Indikator", "Arah", "Target"),
        ("Layanan cepat", "Hari", "Makin rendah makin baik", "2,5"),
        ("Layanan cepat", "hari", None, 2),
        "Objective",
        {"polarity": "turun", "target": Decimal("2.5")},
        {"polarity": "turun", "target": Decimal(2)},
        [("target", "2,5", "2")],
        [(("Layanan", None, None, None), "Indikator", "Indikator kosong.")],
    ),
    Case(
        "kegiatan",
        (
            "Nama Kegiatan",
            "Bentuk Pelatihan",
            "JP",
            "Tanggal Mulai",
            "Tanggal Selesai",
            "Jam Mulai",
            "Jam Selesai",
        ),
        ("Simulasi", "Workshop", 4, "03-02-2026", None, "08.00", 0.5),
        ("Simulasi", "Workshop", "4,5", "03-02-2026", "04-02-2026", None, None),
        "Activity",
        {"end_date": date(2026, 2, 3), "delivery": "tatap_muka", "lesson_hours": Decimal(4)},
        {"end_date": date(2026, 2, 4), "lesson_hours": Decimal("4.5")},
        [("JP", "4", "4,5"), ("tanggal selesai", "3 Februari 2026", "4 Februari 2026")],
        [
            (("A", "Rapat", 4, "03-02-2026", None, None, None), "Bentuk Pelatihan", "tidak dikenali"),
            (("A", "Workshop", 4, "03-02-2026", None, "10.00", "09.00"), "Jam Selesai", "setelah jam mulai"),
            (("A", "Workshop", 4, "03-02-2026", None, "25.00", None), "Jam Mulai", "08.00"),
        ],
    ),
    Case(
        "anggaran",
        ("Komponen", "Kegiatan", "Uraian", "Rencana", "Realisasi"),
        ("Honorarium", "Lokakarya", "Narasumber", "Rp 5.000.000,00", None),
        ("honorarium", "Lokakarya", "narasumber", 5_000_000, "4.750.000"),
        "BudgetLine",
        {"planned": Decimal(5_000_000), "realised": None, "activity__title": "Lokakarya"},
        {"planned": Decimal(5_000_000), "realised": Decimal(4_750_000)},
        [("realisasi", "", "4.750.000")],
        [
            (("Sewa", None, None, 1, None), "Komponen", "tidak dikenal"),
            (("Honorarium", "Rapat", None, 1, None), "Kegiatan", "belum ada"),
            (("Honorarium", None, None, "sejuta", None), "Rencana", "12,5"),
        ],
    ),
    Case(
        "kehadiran",
        ("NIP", "Nama", "Kegiatan", "Kehadiran"),
        (KNOWN, None, "Lokakarya", "Hadir"),
        (KNOWN, None, "lokakarya", "Sakit"),
        "Attendance",
        {"state": "hadir", "enrollment__person__nip": KNOWN, "activity__title": "Lokakarya"},
        {"state": "sakit"},
        [("kehadiran", "Hadir", "Sakit")],
        [
            ((FOREIGN, None, "Lokakarya", "Hadir"), "NIP", "bukan peserta"),
            ((KNOWN, None, "Rapat", "Hadir"), "Kegiatan", "belum ada"),
            ((KNOWN, None, "Lokakarya", None), "Kehadiran", "Kehadiran kosong."),
        ],
    ),
    Case(
        "nilai",
        ("NIP", "Pretes", "Post-test"),
        (KNOWN, "62,5", None),
        (KNOWN, None, 80),
        "Enrollment",
        {"pre_score": Decimal("62.5"), "post_score": None},
        {"pre_score": Decimal("62.5"), "post_score": Decimal(80)},
        [("nilai postes", "", "80")],
        [
            ((FOREIGN, 1, 1), "NIP", "bukan peserta"),
            ((KNOWN, 101, None), "Pretes", "Nilai tertinggi pada program ini 100."),
        ],
        is_new=False,
    ),
]
each_case = pytest.mark.parametrize("case", CASES, ids=[case.entity for case in CASES])


@pytest.fixture
def work(world):
    BudgetComponent.objects.create(name="Honorarium")

    def work(case, *rows, saves=True):
        importer = importer_for(world.here.users["staf"], world.here.program, case.entity)
        sheet = sheet_of(xlsx([case.header, *rows]), case.entity)
        assert sheet.matching.is_settled
        if saves:
            return carry_out(importer, sheet, job=None, valid_only=False)
        return importer.plan(importer.check(sheet))

    return work


def values_of(case, wanted):
    rows = apps.get_model("programs", case.model).objects.unscoped("test").order_by("pk")
    rows = rows.filter(person__nip=KNOWN, program__region__code="33.74") if case.entity == "nilai" else rows
    return dict(zip(wanted, rows.values_list(*wanted).last(), strict=True))


def n_stored(case):
    return apps.get_model("programs", case.model).objects.unscoped("test").count()


@each_case
def test_a_row_is_made_found_again_and_changed(work, case):
    before = n_stored(case)
    made = work(case, case.first)
    assert (made.counts["new"], made.counts["changed"]) == ((1, 0) if case.is_new else (0, 1))
    assert values_of(case, case.stored) == case.stored
    assert n_stored(case) == before + case.is_new

    again = work(case, case.first)
    assert again.counts == {"new": 0, "changed": 0, "same": 1, "refused": 0}

    changed = work(case, case.second)
    assert [(change.label, change.before, change.after) for change in changed.changed[0].changes] == case.changes
    assert changed.counts == {"new": 0, "changed": 1, "same": 0, "refused": 0}
    assert values_of(case, case.changed) == case.changed
    assert n_stored(case) == before + case.is_new


@each_case
def test_what_is_wrong_is_told_at_its_column(work, case):
    for row, column, words in case.refused:
        plan = work(case, row, saves=False)
        assert plan.counts["refused"] == 1, row
        told = [(problem.row, problem.column) for problem in plan.problems]
        assert told == [(2, column)], (row, plan.problems)
        assert words in plan.problems[0].message


@each_case
def test_a_row_that_stands_twice_is_refused_once(work, case):
    plan = work(case, case.first, case.first, saves=False)
    assert plan.n_refused == 1
    assert plan.problems[0].message.endswith("sudah ada pada baris 2.")


def test_units_that_a_file_moves_make_no_circle(work, world):
    case = next(case for case in CASES if case.entity == "unit-kerja")
    for name in ("Bidang A", "Bidang B"):
        work(case, (name, None, None))
    plan = work(case, ("Bidang A", None, "Bidang B"), ("Bidang B", None, "Bidang A"), saves=False)
    assert [(told.row, told.column, told.message) for told in plan.problems] == [
        (3, "Bagian Dari", "Unit ini berada di bawah unit pada baris ini.")
    ]
    assert plan.n_changed == 1


def unit_case():
    return next(case for case in CASES if case.entity == "unit-kerja")


def parents():
    return dict(Agency.objects.unscoped("test").filter(region__code="33.74").values_list("name", "parent__name"))


def test_units_of_one_file_may_be_part_of_each_other_in_any_order(work):
    rows = (
        ("Seksi Arsip", None, "bidang  arsip"),
        ("Bidang Arsip", None, "Badan Arsip"),
        ("Badan Arsip", "Perangkat daerah", None),
        ("Dinas Kota Semarang", None, "Badan Arsip"),
    )
    plan = work(unit_case(), *rows)
    assert plan.counts == {"new": 3, "changed": 1, "same": 0, "refused": 0}
    assert [(change.before, change.after) for row in plan.changed for change in row.changes] == [
        ("", "Badan Arsip")
    ]
    assert parents() == {
        "Seksi Arsip": "Bidang Arsip",
        "Bidang Arsip": "Badan Arsip",
        "Badan Arsip": None,
        "Dinas Kota Semarang": "Badan Arsip",
    }
    assert work(unit_case(), *rows).counts == {"new": 0, "changed": 0, "same": 4, "refused": 0}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (  # a circle of new units
            [("A", None, "B"), ("B", None, "C"), ("C", None, "A")],
            [
                (2, "Unit di atasnya, pada baris 3, belum benar."),
                (3, "Unit di atasnya, pada baris 4, belum benar."),
                (4, "Unit ini berada di bawah unit pada baris ini."),
            ],
        ),
        (  # through a stored one
            [("A", None, "Dinas Kota Semarang"), ("Dinas Kota Semarang", None, "A")],
            [(3, "Unit ini berada di bawah unit pada baris ini.")],
        ),
        ([("A", None, "a")], [(2, "Unit tidak dapat menjadi bagian dari dirinya sendiri.")]),
        (  # the unit above is refused for another reason
            [("A", "Raja", None), ("B", None, "A")],
            [
                (2, "Pilih salah satu: Instansi; Perangkat daerah; Unit kerja."),
                (3, "Unit di atasnya, pada baris 2, belum benar."),
            ],
        ),
        (
            [("U1", None, None), *((f"U{level}", None, f"U{level - 1}") for level in range(2, 10))],
            [(10, "Susunan unit paling dalam 8 tingkat.")],
        ),
    ],
)
def test_units_of_one_file_that_cannot_stand_so_are_refused_at_their_rows(work, rows, told):
    plan = work(unit_case(), *rows, saves=False)
    assert [(problem.row, problem.message) for problem in plan.problems] == told
    assert {problem.column for problem in plan.problems} <= {"Bagian Dari", "Tingkat"}


def test_a_circle_longer_than_a_tree_is_deep_is_refused_whole(work):
    names = [f"U{number}" for number in range(12)]
    rows = [(name, None, names[number - 1]) for number, name in enumerate(names)]
    plan = work(unit_case(), *rows, saves=False)
    assert (plan.counts["new"], plan.counts["refused"]) == (0, 12)


def test_a_chain_of_a_whole_file_is_read_in_one_go(work):
    rows = [(f"U{number}", None, f"U{number + 1}") for number in range(3000)]
    plan = work(unit_case(), *rows, ("U3000", None, None), saves=False)
    assert (plan.counts["new"], plan.counts["refused"]) == (8, 2993)


def test_a_superior_may_come_with_the_same_file(work):
    header = CASES[0].header
    unit = "Dinas Kota Semarang"
    work(CASES[0], (nip(1), "Ani", None, None, unit, nip(2)), (nip(2), "Budi", None, None, unit, None))
    assert header[-1] == "NIP Atasan"
    assert Person.objects.unscoped("test").get(nip=nip(1)).superior.nip == nip(2)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (("A", "Workshop", 4, "01-01-2026", None, None, None), "Tanggal Mulai", "sebelum program dimulai"),
        (("A", "Workshop", 4, "03-02-2026", "01-12-2026", None, None), "Tanggal Selesai", "setelah program"),
    ],
)
def test_an_activity_outside_its_program_is_pointed_out_and_may_be_saved(work, row, column, words):
    (case,) = (case for case in CASES if case.entity == "kegiatan")
    plan = work(case, row, saves=False)
    assert (plan.counts["new"], plan.counts["refused"]) == (1, 0)
    (warning,) = plan.warnings
    assert (warning.row, warning.column) == (2, column)
    assert words in warning.message
