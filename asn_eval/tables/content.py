"""What a file really is, told from its bytes, and whether its archive may be unpacked at all."""

import io
import re
import zipfile
import zlib
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .model import TableError

# A sheet of 20.000 rows and 50 columns takes about 60 MB of XML; beyond 100 MB it is not a list of people.
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_ENTRIES = 2_000
# Deflate reaches 1:1032 on zeros; lists stay below 1:50. Small files are let through, they do no harm.
MAX_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 10 * 1024 * 1024
CHUNK = 256 * 1024

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# MS-XLS: in a workbook with a password the record FilePass follows the first record, or a WriteProtect after it.
XLS_PASSWORD = re.compile(
    rb"\x09\x08(?:\x10\x00\x00\x06\x05\x00.{12}|\x08\x00\x00\x05\x05\x00.{4})(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OTHER_MAGIC = (
    (b"%PDF-", gettext_lazy("dokumen PDF")),
    (b"\x89PNG\r\n\x1a\n", gettext_lazy("gambar PNG")),
    (b"\xff\xd8\xff", gettext_lazy("gambar JPEG")),
    (b"GIF8", gettext_lazy("gambar GIF")),
    (b"{\\rtf", gettext_lazy("dokumen RTF")),
    (b"Rar!\x1a\x07", gettext_lazy("arsip RAR")),
    (b"7z\xbc\xaf\x27\x1c", gettext_lazy("arsip 7z")),
    (b"\x1f\x8b", gettext_lazy("arsip GZIP")),
)
# Many systems export a web page or XML and call it .xls.
MARKUP_STARTS = (b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<?xml", b"<style", b"<workbook")


class Kind(Enum):
    """The kinds of file that can be read; the value is the word for people."""

    DELIMITED = "CSV"
    XLSX = "Excel (.xlsx)"
    XLS = "Excel 97-2003 (.xls)"
    ODS = "OpenDocument (.ods)"


def recognise(content: bytes) -> Kind:
    """Return the kind of a file from its content; an archive is also checked for size before anyone reads it.

    Raises `TableError` for a password, for a document that is no table, and for an archive that is broken
    or unpacks to more than `MAX_UNPACKED_BYTES`.
    """
    if content.startswith(ZIP_MAGIC):
        return _recognise_archive(content)
    if content.startswith(OLE_MAGIC):
        return _recognise_compound(content)
    for magic, name in OTHER_MAGIC:
        if content.startswith(magic):
            raise _not_a_table(name)
    if content[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP_STARTS):
        raise _not_a_table(_("halaman web atau XML"))
    return Kind.DELIMITED


def _recognise_compound(content: bytes) -> Kind:
    def names(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if names("EncryptedPackage") or XLS_PASSWORD.search(content):
        raise password_error()
    if names("Workbook") or names("Book"):
        return Kind.XLS
    raise _not_a_table(_("dokumen Office lama"))


def _recognise_archive(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries, len(content))
            _check_unpacked(archive, entries)
            return _archive_kind(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise broken_error() from error


def _check_directory(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise password_error()
    unpacked = sum(entry.file_size for entry in entries)
    suspicious = unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * packed
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES or suspicious:
        raise too_large_error()


def _check_unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack without keeping anything: the sizes in the directory are only claims."""
    left = MAX_UNPACKED_BYTES
    for entry in entries:
        if entry.is_dir():
            continue
        claimed = entry.file_size
        # zipfile stops at the claimed size while other readers go on: lift the claim to see what is there.
        entry.file_size = left + 2 * CHUNK
        actual = 0
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                actual += len(chunk)
                if actual > left:
                    raise too_large_error()
        entry.file_size = claimed
        if actual != claimed:
            raise broken_error()
        left -= actual


def _archive_kind(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Kind:
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        raise _not_a_table(_("buku kerja biner .xlsb"))
    if "mimetype" in names:
        mimetype = archive.read("mimetype")
        if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise password_error()
            return Kind.ODS
    if "word/document.xml" in names:
        raise _not_a_table(_("dokumen Word"))
    if "ppt/presentation.xml" in names:
        raise _not_a_table(_("presentasi PowerPoint"))
    raise _not_a_table(_("arsip ZIP"))


def password_error() -> TableError:
    """Return the error for a file that asks for a password."""
    return TableError(
        _("Berkas ini dilindungi kata sandi; buka di Excel, hapus kata sandinya, lalu simpan ulang.")
    )


def broken_error() -> TableError:
    """Return the error for a file whose inside does not hold together."""
    return TableError(
        _("Berkas ini rusak atau tidak lengkap; buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.")
    )


def too_large_error() -> TableError:
    """Return the error for a file that would take unreasonable room once opened."""
    return TableError(
        _(
            "Isi berkas ini terlalu besar setelah dibuka; salin hanya kolom dan baris yang diperlukan ke buku "
            "kerja baru, lalu unggah buku kerja itu."
        )
    )


def _not_a_table(what: object) -> TableError:
    return TableError(
        _("Berkas ini sebenarnya %(what)s, bukan tabel yang dapat dibaca; simpan datanya sebagai .xlsx atau CSV.")
        % {"what": what}
    )
