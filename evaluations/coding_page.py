"""What a coding page shows: texts in blocks with their marks, and beside them the passages with their themes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from evaluations.coded_passages import Block, Marked, blocks_of, by_block, stretches
from evaluations.coded_texts import TEXT_FIELD, CodedSource
from evaluations.models import Coding, Evaluation, Excerpt

PER_PAGE = 20  # passages in the list beside the text
DEEPEST_MARK = 4  # passages on one another that the marks can tell apart
MOST_NAMED = 20  # passages that a mark names, so that a page does not grow with the square of what lies on it
OWN, EVERYBODY = "saya", "semua"


@dataclass(frozen=True)
class PageText:
    """One text on the page; ``key`` stands for it in forms."""

    key: str
    heading: str
    source: CodedSource
    part: str
    text: str

    @property
    def place(self) -> tuple[int, str]:
        return self.source.pk, self.part

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks_of(self.text)


@dataclass(frozen=True)
class DrawnBlock:
    """One block of a text as it is sent: ``start`` is its first character, counted in the stored text."""

    id: str
    start: int
    html: SafeString


@dataclass(frozen=True)
class DrawnText:
    text: PageText
    blocks: list[DrawnBlock]


@dataclass
class CodedPage:
    """The passages of some texts of one evaluation, as one coder chose to see them."""

    evaluation: Evaluation
    texts: Sequence[PageText]
    user: object
    shown: str = OWN
    passages: list[tuple] = field(init=False)  # (place of the text, start, key, end, is lost), in order

    def __post_init__(self):
        self.passages = self._load()

    def _rows(self):
        sources = [text.source for text in self.texts]
        if not sources:
            return self.evaluation.excerpts.none()
        name = TEXT_FIELD[type(sources[0])]
        return self.evaluation.excerpts.filter(**{f"{name}__in": {source.pk for source in sources}})

    def _load(self) -> list[tuple]:
        rows = self._rows()
        coders = User.objects.filter(pk__in=rows.order_by().values("coder"))
        self.coders = {coder.pk: str(coder) for coder in coders}
        if self.shown == OWN:
            rows = rows.filter(coder=self.user)
        elif self.shown != EVERYBODY:
            rows = rows.filter(coder=self.shown)
        places = {text.place: place for place, text in enumerate(self.texts)}
        name = TEXT_FIELD[type(self.texts[0].source)] if self.texts else "interview"
        columns = (f"{name}_id", "part", "start", "pk", "end", "is_lost")
        found = [
            (places.get((source, part), len(places)), start, pk, end, is_lost)
            for source, part, start, pk, end, is_lost in rows.order_by().values_list(*columns)
        ]
        return sorted(found, key=lambda row: (row[4] or row[0] == len(places), row))

    def draw(self, only: Collection[tuple[int, int, int]] | None = None) -> list[DrawnText]:
        """The texts with their marks; with ``only`` the blocks that one of these (text, start, end) touches."""
        marked: list[list[Marked]] = [[] for _text in self.texts]
        for place, start, pk, end, is_lost in self.passages:
            if not is_lost and place < len(marked):
                marked[place].append(Marked(pk, start, end))
        return [
            DrawnText(text, self._draw_text(place, text, marked[place], only))
            for place, text in enumerate(self.texts)
        ]

    def _draw_text(self, place: int, text: PageText, marked: list[Marked], only) -> list[DrawnBlock]:
        return [
            DrawnBlock(f"blok-{place}-{block.number}", block.start, draw_block(text.text, block, here))
            for block, here in zip(text.blocks, by_block(text.blocks, marked), strict=True)
            if only is None or any(at == place and block.touches(start, end) for at, start, end in only)
        ]

    # --- The list beside the text ---

    @property
    def n(self) -> int:
        return len(self.passages)

    @property
    def n_pages(self) -> int:
        return max(1, -(-self.n // PER_PAGE))

    def page_with(self, excerpt: int | None) -> int:
        """The page of the list that holds a passage; 0 when it is not in the list."""
        keys = [row[2] for row in self.passages]
        return keys.index(excerpt) // PER_PAGE + 1 if excerpt in keys else 0

    def page(self, number: int) -> list[Excerpt]:
        """The passages of one page of the list, numbered as their marks are."""
        start = (number - 1) * PER_PAGE
        keys = [row[2] for row in self.passages[start : start + PER_PAGE]]
        rows = self.evaluation.excerpts.filter(pk__in=keys).select_related("coder")
        codings = Prefetch("codings", Coding.objects.select_related("theme").order_by("theme__position", "pk"))
        by_key = {row.pk: row for row in rows.prefetch_related(codings, "evidence__finding")}
        found = [by_key[key] for key in keys if key in by_key]
        for number_shown, excerpt in enumerate(found, start=start + 1):
            excerpt.number = number_shown
            excerpt.is_own = excerpt.coder_id == self.user.pk
        return found


def draw_block(text: str, block: Block, marked: Sequence[Marked]) -> SafeString:
    """A block as HTML. Written here and not in a template: a thousand stretches there cost more than the rest.

    Nothing but the characters of the text stands in it, so that a place on the page is a place in the text; the
    number of a passage is drawn by the style sheet.
    """
    pieces, name = [], escape(_("Bagian bertanda"))
    for stretch in stretches(text, block, marked):
        for key in stretch.begins:
            pieces.append(
                f'<a class="mark-number" id="bagian-{key}" href="?bagian={key}#daftar" aria-label="{name}"></a>'
            )
        words = escape(stretch.text).replace("\r", "&#13;")
        if stretch.covered:
            depth = min(len(stretch.covered), DEEPEST_MARK)
            keys = " ".join(map(str, stretch.covered[:MOST_NAMED]))
            pieces.append(f'<mark class="coded coded-{depth}" data-passages="{keys}">{words}</mark>')
        else:
            pieces.append(words)
    return mark_safe("".join(pieces))  # noqa: S308 all of the text is escaped above
