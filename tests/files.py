"""Files that people (and attackers) upload, built byte by byte: no office suite is needed to test with them."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl
import pytest

from asn_eval.tables import TableError, read_table

SPREADSHEET_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHARED_CELL = '<c t="s"><v>0</v></c>'
SECTOR = 512
END_OF_CHAIN, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def refusal(content: object, **options: object) -> str:
    """Return the sentence with which `read_table` refuses a file."""
    with pytest.raises(TableError) as caught:
        read_table(content, **options)
    return str(caught.value)


def xlsx(lines: Sequence[Sequence[object]], **more_sheets: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook whose first sheet is "Data" and whose further sheets are named by keyword."""
    workbook = openpyxl.Workbook()
    workbook.active.title = "Data"
    for line in lines:
        workbook.active.append(line)
    for title, sheet_lines in more_sheets.items():
        worksheet = workbook.create_sheet(title)
        for line in sheet_lines:
            worksheet.append(line)
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    """Return the bytes of an openpyxl workbook."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def zipped(entries: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of the named entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the entries of a zip archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx_with_sheet_xml(sheet_data: str, *, before: str = "") -> bytes:
    """Return a workbook with one sheet of literal rows; `before` stands between declaration and root."""
    entries = unzipped(xlsx([["x"]]))
    sheet = (
        f'<?xml version="1.0"?>{before}<worksheet {SPREADSHEET_NS}><sheetData>{sheet_data}</sheetData></worksheet>'
    )
    entries["xl/worksheets/sheet1.xml"] = sheet.encode()
    return zipped(entries)


def understating_sizes(archive: bytes, name: str, claimed: int) -> bytes:
    """Return the archive with the directory (and the local header) claiming another size for one entry."""
    changed = bytearray(archive)
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        position = -1
        while (position := changed.find(signature, position + 1)) >= 0:
            if changed[position + name_at : position + name_at + len(name)] == name.encode():
                struct.pack_into("<I", changed, position + size_at, claimed)
    return bytes(changed)


def with_encryption_flag(archive: bytes) -> bytes:
    """Return the archive with every entry of its directory marked as encrypted."""
    changed = bytearray(archive)
    position = -1
    while (position := changed.find(b"PK\x01\x02", position + 1)) >= 0:
        changed[position + 8] |= 1
    return bytes(changed)


def ods(content_rows: str, *, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet") -> bytes:
    """Return an OpenDocument file with one table "Lembar1" of literal rows."""
    content = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Lembar1">{content_rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
        "</manifest:manifest>"
    )
    return zipped(
        {
            "mimetype": mimetype.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        },
        zipfile.ZIP_STORED,
    )


def ods_row(*texts: str, repeated: int = 1) -> str:
    """Return one row of text cells for `ods`."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE compound file (MS-CFB, version 3) with the named streams beside its root."""
    padded = [stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0") for stream in streams.values()]
    n_directory = -(-(len(streams) + 1) // 4)
    fat = [FAT_SECTOR, *range(2, n_directory + 1), END_OF_CHAIN]
    starts = []
    for stream in padded:
        start, length = len(fat), len(stream) // SECTOR
        starts.append(start)
        fat += [*range(start + 1, start + length), END_OF_CHAIN]
    fat += [FREE] * (SECTOR // 4 - len(fat))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    directory = _directory_entry("Root Entry", 5, END_OF_CHAIN, 0, child=1)
    for position, (name, start) in enumerate(zip(streams, starts, strict=True), 1):
        following = position + 1 if position < len(streams) else FREE
        directory += _directory_entry(name, 2, start, len(padded[position - 1]), right=following)
    directory = directory.ljust(n_directory * SECTOR, b"\0")
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + b"".join(padded)


def _directory_entry(
    name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE
) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def xls(cells: Mapping[tuple[int, int], str | float], *, encrypted: bool = False) -> bytes:
    """Return an Excel 97 workbook (BIFF8) with one sheet "Data" of cells by (row, column) counted from 0."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def cell(row: int, column: int, value: str | float) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            return record(0x0204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
        return record(0x0203, place + struct.pack("<d", value))

    globals_start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if encrypted:
        globals_start += record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    name = b"Data"
    sheet_at = len(globals_start) + 4 + 8 + len(name) + 4
    globals_end = record(0x0085, struct.pack("<IBBBB", sheet_at, 0, 0, len(name), 0) + name) + record(0x000A, b"")
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += b"".join(cell(row, column, value) for (row, column), value in cells.items()) + record(0x000A, b"")
    return compound_file({"Workbook": globals_start + globals_end + sheet})


def xlsx_sharing_one_text(length: int, n_cells: int) -> bytes:
    """Return a workbook whose cells all refer to one text of a length: little to store, much to read."""
    entries = unzipped(xlsx_with_sheet_xml(f'<row r="1">{SHARED_CELL * n_cells}</row>'))
    shared = f"<sst {SPREADSHEET_NS}><si><t>{'x' * length}</t></si></sst>"
    kind = "officeDocument/2006/relationships/sharedStrings"
    relation = (
        f'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/{kind}" Target="sharedStrings.xml"/>'
    )
    relations = "xl/_rels/workbook.xml.rels"
    entries[relations] = entries[relations].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    return zipped({**entries, "xl/sharedStrings.xml": shared.encode()})
