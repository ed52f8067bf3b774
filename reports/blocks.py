"""What a reader sees, before it is a page or a document: chapters of blocks with words, tables, pictures.

Everything here is already words; numbers were formatted by whoever filled the block.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count

ROWS_TOGETHER = 7
WORDS_TOGETHER = 110  # about a quarter of a page; a fuller table leaves a large gap when kept whole
NARROW_COLUMNS = 3
MANY_COLUMNS = 9
# No Indonesian word is as long; an address or a number without spaces may be.
LONG_WORD = re.compile(r"\S{24}(?=\S{8})")
MAY_BREAK = "\N{ZERO WIDTH SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Column:
    """A heading; ``kind`` is "text", "number" or "short" (a word or a date that never wraps)."""

    heading: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Rows of words under headings. ``number`` is given when the whole document is known."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    number: int = 0
    strong_rows: frozenset[int] = frozenset()

    @property
    def size(self) -> str:
        """Style: a short table stays on one page, a wide one takes smaller letters, a narrow one less width."""
        words = sum(len(cell.split()) for row in self.rows for cell in row)
        figures = all(column.kind != "text" for column in self.columns[1:])
        return " ".join(
            name
            for name, holds in (
                ("together", len(self.rows) <= ROWS_TOGETHER and words <= WORDS_TOGETHER),
                ("wide", len(self.columns) >= MANY_COLUMNS),
                ("narrow", figures and len(self.columns) <= NARROW_COLUMNS),
            )
            if holds
        )

    @property
    def lines(self) -> list[tuple[bool, list[tuple[str, Column]]]]:
        """(is strong, cells with their columns) for the template; no word pushes a column off the paper."""
        return [
            (
                index in self.strong_rows,
                [(breakable(cell), column) for cell, column in zip(row, self.columns, strict=True)],
            )
            for index, row in enumerate(self.rows)
        ]


def breakable(text: str) -> str:
    """The same words with a place to break in every overlong one."""
    return LONG_WORD.sub(rf"\g<0>{MAY_BREAK}", text)


@dataclass(frozen=True)
class Picture:
    svg: str = field(repr=False)
    alt: str
    caption: str
    number: int = 0

    @property
    def data_uri(self) -> str:
        """For an img element: neither the page's policy nor the PDF may load a file."""
        return f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}"


@dataclass(frozen=True)
class Quote:
    text: str
    said_by: str


@dataclass(frozen=True)
class Block:
    """One stretch of a chapter, always read in this order; ``details`` are paragraphs under a short term."""

    heading: str = ""
    sentences: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Chapter:
    """``label`` is what stands before the title ("BAB I", "Lampiran"), empty for an unnumbered chapter."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    label: str = ""


def numbered(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """The same chapters with their tables and pictures counted through from 1."""
    tables, pictures = count(1), count(1)
    return tuple(
        replace(
            chapter,
            blocks=tuple(
                replace(
                    block,
                    tables=tuple(replace(table, number=next(tables)) for table in block.tables),
                    pictures=tuple(replace(picture, number=next(pictures)) for picture in block.pictures),
                )
                for block in chapter.blocks
            ),
        )
        for chapter in chapters
    )
