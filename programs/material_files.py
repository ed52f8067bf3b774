"""Whether a file may be kept as material of an activity: its name and its content must say the same. Pure."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 150  # characters, the ending included
# The list of contents at the end of an archive; a document of a thousand parts needs about 100 KB.
MAX_DIRECTORY_BYTES = 1024 * 1024
END_OF_ARCHIVE, END_OF_ARCHIVE_BYTES, LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
LARGE_ARCHIVE = b"PK\x06\x07"  # the marks of archives above 4 GB, which no file of ours needs
PDF_END_LIES_WITHIN = 2048
PADDING = b"\0\r\n\t "


class MaterialRefused(ValueError):
    """The file may not be kept; the message says why and how to mend it."""


@dataclass(frozen=True)
class Kind:
    """A type of file: its ending, what the browser is told, and the check of its content."""

    ending: str
    content_type: str
    accepts: Callable[[BinaryIO], bool]


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed: the name that people see and its type."""

    name: str
    kind: Kind


def check_file(name: str, size: int, content: BinaryIO) -> CheckedFile:
    """Return the file's clean name and kind. Raises ``MaterialRefused``."""
    clean = clean_name(name)
    stem, dot, ending = clean.rpartition(".")
    kind = KINDS.get(ending.lower()) if dot else None
    if kind is None:
        raise MaterialRefused(
            _("Berkas jenis ini tidak diterima. Simpan sebagai salah satu dari: %(kinds)s.")
            % {"kinds": ", ".join(ENDINGS)}
        )
    if size == 0:
        raise MaterialRefused(_("Berkas ini kosong."))
    if size > MAX_BYTES:
        raise MaterialRefused(
            _("Berkas ini lebih besar dari 20 MB. Perkecil gambar di dalamnya atau bagi menjadi beberapa berkas.")
        )
    if not kind.accepts(content):
        raise MaterialRefused(
            _("Isi berkas ini bukan %(kind)s yang utuh. Buka dengan aplikasinya, simpan ulang, lalu unggah lagi.")
            % {"kind": kind.ending.upper()}
        )
    return CheckedFile(f"{stem}.{kind.ending}" if stem else f"materi.{kind.ending}", kind)


def clean_name(name: str) -> str:
    """The last part of a path without marks that nobody sees, short enough to store, its ending kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(
        " " if mark.isspace() else mark
        for mark in unicodedata.normalize("NFC", last)
        if mark.isspace() or not unicodedata.category(mark).startswith("C")
    )
    stem, dot, ending = " ".join(visible.split()).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    ending = ending[:10]
    return f"{stem[: MAX_NAME - len(ending) - 1].rstrip(' .')}{dot}{ending}"


def content_type_of(name: str) -> str:
    """What the browser is told about a stored file."""
    kind = KINDS.get(name.rpartition(".")[2].lower())
    return kind.content_type if kind else "application/octet-stream"


def _start(content: BinaryIO, n_bytes: int) -> bytes:
    content.seek(0)
    return content.read(n_bytes)


def _end(content: BinaryIO, n_bytes: int) -> bytes:
    size = content.seek(0, io.SEEK_END)
    content.seek(max(0, size - n_bytes))
    return content.read()


def _is_pdf(content: BinaryIO) -> bool:
    return _start(content, 5) == b"%PDF-" and b"%%EOF" in _end(content, PDF_END_LIES_WITHIN)


def _is_jpeg(content: BinaryIO) -> bool:
    return _start(content, 3) == b"\xff\xd8\xff" and _end(content, 4096).rstrip(PADDING).endswith(b"\xff\xd9")


def _is_png(content: BinaryIO) -> bool:
    starts = _start(content, 16)
    return starts[:8] == b"\x89PNG\r\n\x1a\n" and starts[12:] == b"IHDR" and _end(content, 8) == b"IEND\xaeB`\x82"


def _office(main_part: str) -> Callable[[BinaryIO], bool]:
    """A document of Microsoft Office without macros."""

    def accepts(content: BinaryIO) -> bool:
        names = _archive_names(content)
        has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return {"[Content_Types].xml", main_part} <= names and not has_macros

    return accepts


def _open_document(content_type: str) -> Callable[[BinaryIO], bool]:
    """A document of LibreOffice: its type stands in the first part, not packed."""
    declared = f"mimetype{content_type}".encode()

    def accepts(content: BinaryIO) -> bool:
        if _start(content, 30 + len(declared))[30:] != declared:
            return False
        return "content.xml" in _archive_names(content)

    return accepts


def _archive_names(content: BinaryIO) -> set[str]:
    """The parts of an archive that begins and ends where the file does; none for anything else."""
    if _start(content, 4) != b"PK\x03\x04":
        return set()
    tail = _end(content, LONGEST_COMMENT + END_OF_ARCHIVE_BYTES)
    end = tail.rfind(END_OF_ARCHIVE)
    record = tail[end : end + END_OF_ARCHIVE_BYTES]
    if end < 0 or len(record) < END_OF_ARCHIVE_BYTES or LARGE_ARCHIVE in tail[max(0, end - 20) : end]:
        return set()
    comment = int.from_bytes(record[20:22], "little")
    if end + END_OF_ARCHIVE_BYTES + comment != len(tail):
        return set()
    # Read before zipfile does, which would build an object for each of a million empty parts.
    if int.from_bytes(record[12:16], "little") > MAX_DIRECTORY_BYTES:
        return set()
    try:
        with zipfile.ZipFile(content) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return set()


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_LIST = (
    Kind("pdf", "application/pdf", _is_pdf),
    Kind("docx", f"{_OFFICE}wordprocessingml.document", _office("word/document.xml")),
    Kind("pptx", f"{_OFFICE}presentationml.presentation", _office("ppt/presentation.xml")),
    Kind("xlsx", f"{_OFFICE}spreadsheetml.sheet", _office("xl/workbook.xml")),
    Kind("odt", f"{_OPEN}text", _open_document(f"{_OPEN}text")),
    Kind("odp", f"{_OPEN}presentation", _open_document(f"{_OPEN}presentation")),
    Kind("ods", f"{_OPEN}spreadsheet", _open_document(f"{_OPEN}spreadsheet")),
    Kind("jpg", "image/jpeg", _is_jpeg),
    Kind("png", "image/png", _is_png),
)
ENDINGS = tuple(kind.ending for kind in _LIST)
KINDS = {kind.ending: kind for kind in _LIST}
KINDS["jpeg"] = KINDS["jpg"]
