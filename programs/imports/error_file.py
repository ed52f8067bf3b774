"""The rows that were refused, as a workbook to correct and upload again as it is."""

from collections.abc import Iterable
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from asn_eval.exports import append_row, text_cell
from programs.imports.checking import Problem
from programs.imports.sheets import REMARK, Sheet

WIDTH = 24


def write_error_file(sheet: Sheet, problems: Iterable[Problem]) -> ContentFile:
    """The refused rows in the layout of the file they came with, and what is wrong with each in a last column."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter

    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row, []).append(problem)
    table = sheet.table
    kept = [at for at, name in enumerate(table.header) if name and name != REMARK]
    workbook = Workbook(write_only=True)
    worksheet = workbook.create_sheet(_("Perbaikan"))
    for number in range(1, len(kept) + 2):
        worksheet.column_dimensions[get_column_letter(number)].width = WIDTH if number <= len(kept) else 3 * WIDTH
    worksheet.freeze_panes = "A2"
    append_row(worksheet, [*(table.header[at] for at in kept), REMARK], bold=True)
    wrong = PatternFill("solid", fgColor="F8D7DA")
    for at, number in enumerate(table.numbers):
        if number not in by_row:
            continue
        told = by_row[number]
        columns = {problem.column for problem in told}
        line = []
        for position in kept:
            value = table.columns[position][at]
            cell = text_cell(worksheet, value) if isinstance(value, str) else WriteOnlyCell(worksheet, value)
            line.append(cell)
            if table.header[position] in columns:
                cell.fill = wrong
        remark = text_cell(worksheet, " ".join(f"{problem.column}: {problem.message}" for problem in told))
        remark.alignment = Alignment(wrap_text=True, vertical="top")
        worksheet.append([*line, remark])
    buffer = BytesIO()
    workbook.save(buffer)
    return ContentFile(buffer.getvalue())
