"""PURE: the text of an interview as it is typed, pasted or uploaded: readable, without what nobody sees."""

import codecs
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.material_files import MaterialRefused, check_file

ENDINGS = ("txt", "docx")
MOST_BYTES_OF_A_CHARACTER = 4
MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
# The unpacked body of a document: Word writes about ten times as much markup as words.
MAX_BODY_BYTES = 40 * 1024 * 1024
MAX_ELEMENTS = (
    2_000_000  # a document in which every word is marked by itself has as many at two million characters
)
PIECE = 1 << 16
LINES_NAMED = 5
UNREADABLE = "\ufffd"
# A text file with more than this share of marks that nobody sees is no text.
MOST_HIDDEN = 0.05
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How files begin that are often taken for text.
NO_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"MZ\x90")
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control marks but tab and line end; marks that turn the direction of writing; byte order marks; halves of pairs.
HIDDEN = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


class TranscriptRefused(ValueError):
    """The file holds no text that could be taken; the message says why and how to mend it."""


@dataclass(frozen=True)
class Transcript:
    """A text that was read, and what a person should look at in it ("" when nothing)."""

    text: str
    note: str = ""


def clean_text(text: str) -> str:
    """``text`` with one kind of line end and without marks that nobody sees; markup stays the text it is."""
    return HIDDEN.sub("", LINE_ENDS.sub("\n", text))


def read_transcript(name: str, size: int, content: BinaryIO, *, longest: int) -> Transcript:
    """The text, of at most ``longest`` characters, in a .txt or .docx file. Raises ``TranscriptRefused``."""
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise TranscriptRefused(
            _("Hanya berkas .txt dan .docx yang dapat dibaca. Simpan transkrip sebagai salah satunya.")
        )
    if size == 0:
        raise TranscriptRefused(_("Berkas ini kosong."))
    if size > (longest * MOST_BYTES_OF_A_CHARACTER if ending == "txt" else MAX_DOCUMENT_BYTES):
        raise too_long(longest)
    content.seek(0)
    transcript = _read_plain(content.read()) if ending == "txt" else _read_document(name, size, content, longest)
    text = clean_text(transcript.text).strip()
    if not text:
        raise TranscriptRefused(_("Berkas ini tidak memuat teks."))
    if len(text) > longest:
        raise too_long(longest)
    return Transcript(text, transcript.note)


def too_long(longest: int) -> TranscriptRefused:
    return TranscriptRefused(
        _("Teks ini lebih panjang dari %(longest)s karakter. Bagi menjadi beberapa wawancara.")
        % {"longest": f"{longest:,}".replace(",", ".")}
    )


# --- Plain text ------------------------------------------------------------------------


def _read_plain(content: bytes) -> Transcript:
    if content.startswith(NO_TEXT):
        raise TranscriptRefused(
            _("Isi berkas ini bukan teks biasa. Buka dengan aplikasinya, simpan sebagai .docx, lalu unggah lagi.")
        )
    transcript = _decode(content)
    if len(HIDDEN.findall(transcript.text)) > len(transcript.text) * MOST_HIDDEN:
        raise TranscriptRefused(_("Isi berkas ini bukan teks yang dapat dibaca. Simpan ulang sebagai .docx."))
    return transcript


def _decode(content: bytes) -> Transcript:
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), None)
    encoding = encoding or _unmarked_utf16(content)
    if encoding and encoding != "utf-8-sig":
        text = content.decode(encoding, errors="replace")
        return Transcript(text, _lines_note(_lines_with(text, UNREADABLE), unreadable=True))
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Transcript(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_lines(content)


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of Latin letters is zero."""
    sample = content[: 4 * 1024]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if half and sample[::2].count(0) > half * 0.7 else None


def _decode_lines(content: bytes) -> Transcript:
    """Each line by itself: what was pasted together may be written in two ways."""
    lines, older, unreadable = [], [], []
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
            continue
        except UnicodeDecodeError:
            pass
        try:
            lines.append(line.decode("cp1252"))
            older.append(number)
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
            unreadable.append(number)
    notes = (_lines_note(older), _lines_note(unreadable, unreadable=True))
    return Transcript("\n".join(lines), " ".join(filter(None, notes)))


def _lines_with(text: str, mark: str) -> list[int]:
    return [number for number, line in enumerate(text.split("\n"), start=1) if mark in line]


def _lines_note(numbers: list[int], *, unreadable: bool = False) -> str:
    if not numbers:
        return ""
    listed = ", ".join(map(str, numbers[:LINES_NAMED])) + (", …" if len(numbers) > LINES_NAMED else "")
    values = {"n": len(numbers), "lines": listed}
    if unreadable:
        return (
            ngettext(
                "Ada huruf yang tidak dapat dibaca dan diganti “�” pada %(n)s baris (%(lines)s).",
                "Ada huruf yang tidak dapat dibaca dan diganti “�” pada %(n)s baris (%(lines)s).",
                len(numbers),
            )
            % values
        )
    return (
        ngettext(
            "%(n)s baris tidak memakai UTF-8 dan dibaca sebagai Windows-1252 (%(lines)s); periksa huruf beraksen.",
            "%(n)s baris tidak memakai UTF-8 dan dibaca sebagai Windows-1252 (%(lines)s); periksa huruf beraksen.",
            len(numbers),
        )
        % values
    )


# --- Documents of Word -----------------------------------------------------------------


def _read_document(name: str, size: int, content: BinaryIO, longest: int) -> Transcript:
    try:
        check_file(name, size, content)
    except MaterialRefused as refusal:
        raise TranscriptRefused(str(refusal)) from refusal
    body = _Body(longest)
    try:
        for piece in _unpacked(content):
            body.feed(piece)
        body.close()
    except (zipfile.BadZipFile, expat.ExpatError, RuntimeError, EOFError, OSError, NotImplementedError) as error:
        raise TranscriptRefused(
            _("Isi berkas ini rusak atau terkunci. Buka dengan Word, simpan ulang tanpa sandi, lalu unggah lagi.")
        ) from error
    return Transcript(body.text)


def _unpacked(content: BinaryIO) -> Iterator[bytes]:
    n_bytes = 0
    content.seek(0)
    with zipfile.ZipFile(io.BytesIO(content.read())) as archive, archive.open("word/document.xml") as part:
        while piece := part.read(PIECE):
            n_bytes += len(piece)
            if n_bytes > MAX_BODY_BYTES:
                raise too_much()
            yield piece


def too_much() -> TranscriptRefused:
    return TranscriptRefused(_("Isi dokumen ini terlalu besar setelah dibuka. Simpan transkripnya sebagai .txt."))


WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
LIKE_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What a reader of the document does not see: the way a passage left, and the older picture of a drawing.
UNSEEN = {"moveFrom", "Fallback"}


class _Body:
    """Paragraphs and cells of tables in their order; runs through the markup once and keeps only words.

    A document type is refused: with it a few bytes could stand for gigabytes, or for another file.
    """

    def __init__(self, longest: int):
        self.longest = longest
        self.length = self.n_elements = 0
        self.pieces: list[str] = []
        self.unseen = 0
        self.is_text = False
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.refuse
        self.feed = parser.Parse
        self.close = lambda: parser.Parse(b"", True)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def start(self, tag: str, _attributes) -> None:
        self.n_elements += 1
        if self.n_elements > MAX_ELEMENTS:
            raise too_much()
        namespace, _space, name = tag.rpartition(" ")
        if self.unseen or name in UNSEEN:
            self.unseen += 1
        elif namespace in WORD:
            self.is_text = name == "t"
            if name in LIKE_TEXT:
                self.add(LIKE_TEXT[name])

    def end(self, tag: str) -> None:
        if self.unseen:
            self.unseen -= 1
            return
        namespace, _space, name = tag.rpartition(" ")
        self.is_text = False
        if namespace not in WORD:
            return
        if name == "p":
            self.add("\n")
        elif name in {"tc", "tr"}:
            # A cell ends where its last paragraph does; a row, where its last cell does.
            if self.pieces and self.pieces[-1] in {"\n", "\t"}:
                self.pieces.pop()
            self.add("\t" if name == "tc" else "\n")

    def characters(self, text: str) -> None:
        if self.is_text and not self.unseen:
            self.add(text)

    def add(self, text: str) -> None:
        self.length += len(text)
        if self.length > self.longest:
            raise too_long(self.longest)
        self.pieces.append(text)

    def refuse(self, *_declaration) -> None:
        raise TranscriptRefused(_("Isi berkas ini bukan dokumen Word yang wajar. Simpan ulang dengan Word."))
