"""Why somebody withdrew comes with the file: with the status, for nobody else, and is gone with it."""

import pytest

from programs.actions.imports import carry_out
from programs.models import Enrollment
from tests.files import xlsx
from tests.programs.rosters import importer_for, sheet_of

HEADER = ("NIP", "Nama", "Unit Kerja", "Status Keikutsertaan", "Alasan Berhenti", "Keterangan Berhenti")
WITHDRAWN = "Mengundurkan diri"


def plan_of(world, *cells):
    person = world.here.people[0]
    importer = importer_for(world.here.users["staf"], world.here.program)
    sheet = sheet_of(xlsx([HEADER, (person.nip, person.name, "Dinas Kota Semarang", *cells)]))
    return importer, sheet


def exits_after(world, *cells):
    importer, sheet = plan_of(world, *cells)
    carry_out(importer, sheet, job=None, valid_only=False)
    row = Enrollment.objects.unscoped("test").get(pk=world.here.enrollments[0].pk)
    return row.status, row.exit_reason, row.exit_note


def test_a_reason_comes_and_goes_with_the_status(world):
    assert exits_after(world, WITHDRAWN, "Mutasi atau promosi", "ke provinsi") == (
        "mengundurkan_diri",
        "mutasi",
        "ke provinsi",
    )
    assert exits_after(world, WITHDRAWN, None, None) == ("mengundurkan_diri", "mutasi", "ke provinsi")
    assert exits_after(world, "Terdaftar", None, None) == ("terdaftar", "", "")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ((WITHDRAWN, None, None), "Pilih alasan berhenti."),
        ((WITHDRAWN, "Lainnya", None), "Tuliskan alasannya, karena yang dipilih “Lainnya”."),
        (
            ("Selesai", "Mutasi atau promosi", None),
            "Alasan berhenti hanya diisi untuk peserta yang mengundurkan diri.",
        ),
        ((None, None, "bosan"), "Alasan berhenti hanya diisi untuk peserta yang mengundurkan diri."),
    ],
)
def test_a_reason_that_does_not_fit_the_status_is_refused(world, cells, sentence):
    importer, sheet = plan_of(world, *cells)
    plan = importer.plan(importer.check(sheet))
    assert [(told.row, told.column, told.message) for told in plan.problems] == [(2, "Alasan Berhenti", sentence)]
