"""The empty files: ready to be filled in, their example never read, their lists from the database."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from asn_eval.tables import TableError
from programs.imports.entities import IMPORTERS
from tests.programs.rosters import nip, sheet_of


def template(client, entity, program=None):
    query = {"program": program.pk} if program else {}
    response = client.get(reverse("import_template", args=[entity]), query)
    assert response.status_code == 200
    return openpyxl.load_workbook(BytesIO(response.content))


def saved(workbook) -> bytes:
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("entity", IMPORTERS)
def test_a_template_has_the_columns_lists_and_help_of_its_entity(world, staff, entity):
    workbook = template(staff, entity, world.here.program)
    columns = IMPORTERS[entity].columns
    assert workbook.sheetnames == ["Data", "Petunjuk", "Daftar"]
    assert [cell.value for cell in workbook["Data"][1]] == [column.header for column in columns]
    explained = [row[0] for row in workbook["Petunjuk"].iter_rows(min_row=6, values_only=True)]
    assert explained == [column.header for column in columns]
    for rule in workbook["Data"].data_validations.dataValidation:
        assert rule.formula1.startswith("'Daftar'!$")


@pytest.mark.parametrize("entity", IMPORTERS)
def test_the_example_row_is_never_read(world, staff, entity):
    workbook = template(staff, entity, world.here.program)
    assert workbook["Data"]["A2"].value.startswith("CONTOH")
    with pytest.raises(TableError, match="tidak memuat isi yang dapat dibaca"):
        sheet_of(saved(workbook), entity)


def test_what_is_written_below_the_example_is_read(world, staff):
    workbook = template(staff, "peserta", world.here.program)
    workbook["Data"]["A3"], workbook["Data"]["B3"] = nip(1), "Satu"
    assert sheet_of(saved(workbook)).numbers == [3]


def test_numbers_that_excel_would_spoil_are_text(world, staff):
    sheet = template(staff, "peserta", world.here.program)["Data"]
    text = {
        sheet[f"{letter}1"].value
        for letter, column in sheet.column_dimensions.items()
        if column.number_format == "@"
    }
    assert text == {"NIP", "Telepon", "Kode Peserta"}


def test_the_lists_hold_what_the_person_may_choose(world, staff):
    lists = template(staff, "peserta", world.here.program)["Daftar"]
    columns = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in lists.iter_cols()}
    assert columns["Golongan"] == ["III/d"]
    assert columns["Unit Kerja"] == ["Dinas Kota Semarang"]
    assert columns["Kelompok"] == ["Peserta", "Pembanding"]


@pytest.mark.parametrize("entity", ["peserta", "kehadiran", "nilai", "sasaran", "anggaran"])
def test_a_template_before_the_program_is_chosen_has_the_lists_that_every_program_shares(world, staff, entity):
    assert (
        reverse("import_template", args=[entity])
        in staff.get(reverse("import_start", args=[entity])).content.decode()
    )
    book = template(staff, entity)
    lists = {column[0].value: column[1].value for column in book["Daftar"].iter_cols()}
    assert "Angkatan" not in lists
    assert "Kegiatan" not in lists
    if entity == "peserta":
        assert lists["Kelompok"] == "Peserta"
