"""The roster as a file: reading one that was sent, making the empty one that people start from. No database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from asn_eval.exports import append_row
from asn_eval.tables import Table, read_table
from programs.grades import grades
from programs.roster import HEADERS, ROSTER_HEADERS, Group, Roster, read_roster

# What the example row of the template begins with; such a row is never read.
EXAMPLE_MARK = "CONTOH"
TEMPLATE_COLUMNS = tuple(names[0] for names in HEADERS.values())
TEXT_COLUMNS = ("nip", "phone")
# Drop-downs reach as far down as anybody pastes a list into an empty template.
LAST_ROW = 5_000
WIDTHS = {"nip": 24, "name": 32, "position": 28, "unit": 32, "email": 26, "phone": 18, "superior": 28}


def read_roster_file(
    source: str | Path | bytes | BinaryIO, *, filename: str, today: date
) -> tuple[Roster, tuple[str, ...]]:
    """Return the participants in a file and notes on how it was read. Raises ``TableError`` as read_table does."""
    table = read_table(source, filename=filename, header_hint=ROSTER_HEADERS)
    return read_roster(_without_example(table), today=today), table.notes


def _without_example(table: Table) -> Table:
    rows = (
        row
        for row in table.rows
        if not any(isinstance(cell, str) and cell.startswith(EXAMPLE_MARK) for cell in row.cells)
    )
    return replace(table, rows=tuple(rows))


def write_template() -> bytes:
    """Return an empty roster as xlsx: NIP and telephone as text, lists to choose from, instructions."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = _("Peserta")
    append_row(sheet, TEMPLATE_COLUMNS, bold=True)
    append_row(sheet, _example())
    sheet.freeze_panes = "A2"
    for position, name in enumerate(HEADERS, 1):
        column = sheet.column_dimensions[get_column_letter(position)]
        column.width = WIDTHS.get(name, 16)
        if name in TEXT_COLUMNS:
            column.number_format = "@"
    _mark_example(sheet)
    _add_choices(workbook, sheet)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _example() -> list[str]:
    example = {
        "nip": f"{EXAMPLE_MARK} 19850101 201003 1 901",
        "name": _("Nama lengkap dengan gelar"),
        "grade": "III/d",
        "position": _("Analis Kebijakan"),
        "unit": _("Dinas Kependudukan dan Pencatatan Sipil"),
        "email": "nama@contoh.go.id",
        "phone": "081200000001",
        "group": Group.PARTICIPANT.value,
        "superior": _("Nama atasan langsung"),
        "code": "",
    }
    return [example[name] for name in HEADERS]


def _mark_example(sheet) -> None:
    from openpyxl.styles import Font, PatternFill

    for cell in sheet[2]:
        cell.font = Font(italic=True, color="566164")
        cell.fill = PatternFill("solid", fgColor="FDF1DF")


def _add_choices(workbook, sheet) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    instructions = workbook.create_sheet(_("Petunjuk"))
    instructions.column_dimensions["A"].width = 110
    for line in _instructions():
        append_row(instructions, [line])
    lists = workbook.create_sheet(_("Daftar"))
    codes = [grade.code for grade in grades().values()]
    for code in codes:
        append_row(lists, [code])
    choices = {
        "grade": f"'{lists.title}'!$A$1:$A${len(codes)}",
        "group": f'"{",".join(group.value for group in Group)}"',
    }
    letters = dict(zip(HEADERS, "ABCDEFGHIJ", strict=True))
    for name, formula in choices.items():
        # A warning, not a stop: "Penata Tk. I / III/d" is understood as well.
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle="warning")
        sheet.add_data_validation(rule)
        rule.add(f"{letters[name]}2:{letters[name]}{LAST_ROW}")


def _instructions() -> Sequence[str]:
    return (
        _("Isi lembar “Peserta”, satu baris untuk satu orang. Baris contoh boleh dihapus; ia tidak ikut dibaca."),
        _("NIP dan Nama wajib diisi. NIP ditulis sebagai teks, 18 angka, boleh dengan spasi."),
        _("Jangan mengubah kolom NIP menjadi bilangan: angka belakangnya akan hilang."),
        _("Golongan ditulis seperti III/d (PNS) atau IX (PPPK)."),
        _("Unit Kerja yang belum terdaftar akan dibuat pada wilayah program setelah Anda menyetujui pratinjau."),
        _("Kelompok diisi peserta atau pembanding; kosong berarti peserta."),
        _("Kode Peserta boleh dikosongkan; aplikasi memberi nomor berikutnya, seperti P001."),
        _("Sel yang dikosongkan tidak menghapus data pegawai yang sudah tersimpan."),
    )
