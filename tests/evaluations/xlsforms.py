"""XLSForms for tests, written as tables of text and as workbooks."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from pyxform.builder import create_survey_element_from_dict
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from evaluations.xlsform.model import SheetRow, Sheets, XlsFormReading
from evaluations.xlsform.reading import convert

AGREE = """
| choices |
|  | list_name | name | label                 |
|  | setuju    | 1    | Sangat tidak setuju   |
|  | setuju    | 2    | Tidak setuju          |
|  | setuju    | 3    | Ragu-ragu             |
|  | setuju    | 4    | Setuju                |
|  | setuju    | 5    | Sangat setuju         |
|  | yt        | ya   | Ya                    |
|  | yt        | tdk  | Tidak                 |
|  | warna     | merah | Merah                |
|  | warna     | biru  | Biru                 |
"""


def read(survey: str, choices: str = AGREE, settings: str = "") -> XlsFormReading:
    """The reading of a form whose sheets are tables of text."""
    return convert(sheets_of(f"{survey}\n{choices}\n{settings}"))


def sheets_of(form: str | bytes) -> Sheets:
    """The sheets of a form, as text or as a workbook, without the process that reads uploads."""
    data = get_xlsform(form, file_type=".md" if isinstance(form, str) else ".xlsx")
    headers = {
        name: tuple(title for each in getattr(data, f"{name}_header") or () for title in each)
        for name in ("survey", "choices", "settings")
    }
    rows = [
        [SheetRow(number, row) for number, row in enumerate(getattr(data, name) or (), start=2) if row]
        for name in headers
    ]
    return Sheets(*rows, headers=headers)


def problems_of(reading: XlsFormReading) -> list[tuple]:
    """(row, column, content, reason, outcome) of each problem."""
    return [
        (each.row, each.column, each.content, each.reason, each.outcome.name.lower()) for each in reading.problems
    ]


def notes_of(reading: XlsFormReading) -> list[str]:
    return [str(note.message) for note in reading.notes]


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def to_xform(content: bytes) -> tuple[str, list[str]]:
    """The XForm that pyxform makes of a workbook, and its warnings. Raises what pyxform raises."""
    warnings: list[str] = []
    data = get_xlsform(io.BytesIO(content), file_type=".xlsx")
    survey = create_survey_element_from_dict(workbook_to_json(data, form_name="data", warnings=warnings))
    return survey.to_xml(validate=False), warnings
