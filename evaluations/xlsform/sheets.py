"""From a file to the sheets of an XLSForm: measured, recognised, then read by a process that may fail."""

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from asn_eval.tables import TableError
from asn_eval.tables.content import Kind, recognise
from evaluations.xlsform.model import SheetRow, Sheets, Stray, XlsFormError

READER = Path(__file__).with_name("sheets_process.py")
WALL_SECONDS = 60
MEBIBYTE = 1024 * 1024
MAX_BYTES = 5 * MEBIBYTE
KNOWN = ("survey", "choices", "settings")


def read_sheets(content: bytes) -> Sheets:
    """Return the three sheets that this application reads. Raises ``XlsFormError``."""
    if len(content) > MAX_BYTES:
        raise XlsFormError(
            _("Berkas ini lebih besar dari batas %(limit)s MB; sebuah formulir jauh lebih kecil daripada itu.")
            % {"limit": MAX_BYTES // MEBIBYTE}
        )
    if not content.strip():
        raise XlsFormError(_("Berkas ini kosong; pilih berkas yang berisi formulir."))
    answer = _ask_reader(content, _file_type(content))
    if "book" not in answer:
        raise _refusal(answer["refused"], answer["detail"])
    book = answer["book"]
    if not book["survey"]:
        names = ", ".join(f"“{name}”" for name in book["sheet_names"]) or "–"
        raise XlsFormError(
            _(
                "Berkas ini tidak mempunyai lembar “survey” yang berisi pertanyaan; lembar yang ada: %(names)s. "
                "Pilih berkas XLSForm."
            )
            % {"names": names}
        )
    if "type" not in {_first_word(title) for title in book["survey_header"]}:
        raise XlsFormError(
            _("Lembar “survey” tidak mempunyai kolom “type” pada baris pertama; pilih berkas XLSForm.")
        )
    return Sheets(
        *(_rows(book[name]) for name in KNOWN),
        headers={name: tuple(book[f"{name}_header"]) for name in KNOWN},
        strays=tuple(Stray(*each) for each in answer["strays"]),
        unread=tuple(name for name in book["sheet_names"] if name.lower() not in KNOWN),
    )


def _file_type(content: bytes) -> str:
    try:
        kind = recognise(content)
    except TableError as error:
        raise XlsFormError(str(error)) from error
    if kind is Kind.XLSX:
        return ".xlsx"
    if kind is Kind.XLS:
        return ".xls"
    if kind is Kind.ODS:
        raise XlsFormError(_("Buka berkas OpenDocument ini, simpan sebagai .xlsx, lalu unggah lagi."))
    try:
        start = content.decode("utf-8-sig")[:2000].lstrip()
    except UnicodeDecodeError as error:
        raise XlsFormError(_("Berkas ini bukan teks UTF-8 maupun buku kerja Excel.")) from error
    return ".md" if start.startswith("|") else ".csv"


def _ask_reader(content: bytes, file_type: str) -> dict:
    # -P keeps this package's own folder off the import path of the reader.
    command = [sys.executable, "-P", str(READER), file_type]
    try:
        # The command line is ours; the file itself goes in as bytes.
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=WALL_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise _refusal("size", "") from error
    if done.returncode:
        raise _refusal("size", "")
    return json.loads(done.stdout)


def _refusal(reason: str, detail: object) -> XlsFormError:
    match reason:
        case "duplicate":
            return XlsFormError(_("Dua kolom berjudul sama: “%(title)s”. Hapus salah satu.") % {"title": detail})
        case "rows":
            sheet, most = detail
            return XlsFormError(_("Lembar %(sheet)s lebih dari %(n)s baris.") % {"sheet": sheet, "n": most})
        case "columns":
            return XlsFormError(_("Satu lembar formulir ini lebih dari %(n)s kolom.") % {"n": detail})
        case "size":
            return XlsFormError(
                _("Pembacaan berkas ini terhenti karena isinya rusak atau terlalu besar; simpan ulang, lalu coba.")
            )
    return XlsFormError(
        _("Berkas ini tidak dapat dibaca sebagai XLSForm; buka di Excel, simpan ulang sebagai .xlsx, lalu unggah.")
    )


def _rows(rows: list[dict[str, str]]) -> tuple[SheetRow, ...]:
    """The rows that are not empty; the first below the header is row 2 of the sheet."""
    filled = (
        (number, {title: str(cell) for title, cell in row.items() if cell}) for number, row in _numbered(rows)
    )
    return tuple(SheetRow(number, cells) for number, cells in filled if cells)


def _numbered(rows: list[dict[str, str]]):
    return enumerate(rows, start=2)


def _first_word(title: str) -> str:
    return title.strip().lower().partition(":")[0] if title.strip().lower() != "command" else "type"
