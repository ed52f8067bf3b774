"""Documents of Word for tests, as small as they can be."""

from collections.abc import Iterable

from tests.files import zipped

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(body: str, *, before: str = "", **more: bytes) -> bytes:
    """A document with this body; ``before`` stands before its root, ``more`` are further parts by name."""
    document = f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()}
    return zipped(parts | more)


def docx_of(lines: Iterable[str]) -> bytes:
    return docx("".join(map(paragraph, lines)))
