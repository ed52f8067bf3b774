"""The empty file to start from: columns, lists to choose from, an example row, what each column means."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from asn_eval.exports import append_row
from programs.imports.columns import TEXT_KINDS, Column, Kind
from programs.imports.engine import Importer
from programs.imports.sheets import EXAMPLE_MARK

# Drop-downs reach as far down as anybody pastes a list into an empty template.
LAST_ROW = 5_000


def write_template(importer: Importer) -> bytes:
    """Return the template of an importer as xlsx, its lists filled with what its user may choose."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = _("Data")
    append_row(sheet, [column.header for column in importer.columns], bold=True)
    append_row(sheet, _example(importer.columns))
    sheet.freeze_panes = "A2"
    for position, column in enumerate(importer.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width = column.width
        if column.kind in TEXT_KINDS or column.kind is Kind.DATE:
            dimension.number_format = "@"
    _mark_example(sheet)
    instructions = workbook.create_sheet(_("Petunjuk"))
    lists = workbook.create_sheet(_("Daftar"))
    _add_lists(sheet, lists, importer)
    _instruct(instructions, importer.columns)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _example(columns: Sequence[Column]) -> list[str]:
    first, *rest = [str(column.example) for column in columns]
    return [f"{EXAMPLE_MARK} {first}", *rest]


def _mark_example(sheet: Any) -> None:
    from openpyxl.styles import Font, PatternFill

    for cell in sheet[2]:
        cell.font = Font(italic=True, color="566164")
        cell.fill = PatternFill("solid", fgColor="FDF1DF")


def _add_lists(sheet: Any, lists: Any, importer: Importer) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    # Before the program is chosen its batches and activities are not known; what every program shares is.
    is_open = importer.needs_program and importer.reach.program is None
    options = {} if is_open else importer.options()
    listed = [
        (position, column, texts)
        for position, column in enumerate(importer.columns, 1)
        if (texts := options.get(column.field) or _labels(column))
    ]
    append_row(lists, [column.header for _position, column, _texts in listed], bold=True)
    for number in range(max((len(texts) for _position, _column, texts in listed), default=0)):
        append_row(lists, [texts[number] if number < len(texts) else None for _position, _column, texts in listed])
    for at, (position, _column, texts) in enumerate(listed, 1):
        letter, target = get_column_letter(at), get_column_letter(position)
        lists.column_dimensions[letter].width = 32
        # A warning, not a stop: what is written otherwise may be understood as well.
        rule = DataValidation(
            type="list",
            formula1=f"'{lists.title}'!${letter}$2:${letter}${len(texts) + 1}",
            allow_blank=True,
            errorStyle="warning",
        )
        sheet.add_data_validation(rule)
        rule.add(f"{target}2:{target}{LAST_ROW}")


def _labels(column: Column) -> list[str]:
    return [str(label) for label in column.choices.labels] if column.choices else []


def _instruct(sheet: Any, columns: Sequence[Column]) -> None:
    for letter, width in (("A", 26), ("B", 14), ("C", 90), ("D", 60)):
        sheet.column_dimensions[letter].width = width
    for line in (
        _("Isi lembar “Data”, satu baris untuk satu catatan. Baris contoh boleh dihapus; ia tidak ikut dibaca."),
        _("Sel yang dikosongkan tidak menghapus data yang sudah tersimpan."),
        _("Mengunggah berkas yang sama dua kali tidak mengubah apa pun."),
    ):
        append_row(sheet, [line])
    append_row(sheet, [])
    append_row(sheet, [_("Kolom"), _("Wajib diisi"), _("Isi"), _("Judul lain yang dikenali")], bold=True)
    for column in columns:
        append_row(
            sheet,
            [
                column.header,
                _("ya") if column.required else _("tidak"),
                str(column.help),
                ", ".join(column.accepted),
            ],
        )
