"""What the list pages share: an order kept in the address, and the same rows as a workbook.

A view names ``orderings``: {word in the address: fields}. ``?urut=nama`` sorts by it, ``?urut=-nama`` the other
way round; a word that is not known sorts as usual. ``{% sort_header %}`` writes the heading of such a column.
"""

from collections.abc import Callable, Iterable

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.views.generic import View

from asn_eval.exports import write_workbook, xlsx_response

SORT_PARAMETER = "urut"
KEYS_AT_ONCE = 2_000
HIGHEST_PAGE = 10**9  # what stands before it fits into every database's numbers
# (heading, what stands in the cell of a row)
Columns = Iterable[tuple[str, Callable[[object], object]]]


class SortMixin:
    """Orders a list by what the address asks for."""

    orderings: dict[str, tuple[str, ...]]
    default_ordering: str

    @property
    def sorting(self) -> str:
        """The word of the order in force, with "-" before it when it is turned round."""
        asked = self.request.GET.get(SORT_PARAMETER, "")
        return asked if asked.removeprefix("-") in self.orderings else self.default_ordering

    def in_order(self, rows: QuerySet) -> QuerySet:
        """``rows`` in that order; the key decides between equals, so that pages neither repeat nor lose a row."""
        fields = self.orderings[self.sorting.removeprefix("-")]
        if self.sorting.startswith("-"):
            fields = tuple(field[1:] if field.startswith("-") else f"-{field}" for field in fields)
        return rows.order_by(*fields, "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(sorting=self.sorting, **kwargs)


class KeyPaginator(Paginator):
    """Asks for the keys of a page, which an index alone can tell, and then for the rows behind them.

    Joins and counts are paid for the rows that are shown, however long the list and however deep the page. A page
    that is not full tells by itself how many rows there are.
    """

    def __init__(self, object_list, per_page, *args, rows: QuerySet, **kwargs):
        super().__init__(object_list, per_page, *args, **kwargs)
        self.rows = rows  # with what the lines of the page need

    def get_page(self, number: str | None) -> Page:
        """The page of that number, or the nearest that exists."""
        try:
            wanted = min(max(int(number or 1), 1), HIGHEST_PAGE)
        except ValueError:
            wanted = 1
        few = self._few_keys()
        if few is not None:
            self.count = len(few)
        if wanted > 1:
            wanted = min(wanted, self.num_pages)
        start = (wanted - 1) * self.per_page
        keys = few[start : start + self.per_page + 1] if few is not None else self._keys(wanted)
        if len(keys) <= self.per_page and "count" not in self.__dict__:
            self.count = start + len(keys)
        rows = self.rows.in_bulk(keys[: self.per_page])
        return self._get_page([rows[key] for key in keys if key in rows], wanted, self)

    def _check_object_list_is_ordered(self):
        """Nothing to warn of: whoever asks by keys says in which order."""

    def _few_keys(self) -> list[int] | None:
        """All keys of a list that was narrowed to a few: a search then goes through the rows once, not twice."""
        if not self.object_list.query.has_filters():
            return None
        keys = list(self.object_list.values_list("pk", flat=True)[: KEYS_AT_ONCE + 1])
        return keys if len(keys) <= KEYS_AT_ONCE else None

    def _keys(self, number: int) -> list[int]:
        """The keys of a page, and one more when another page follows."""
        start = (number - 1) * self.per_page
        stop = start + self.per_page + 1
        keys = self.object_list.values_list("pk", flat=True)
        if 2 * start > self.__dict__.get("count", 0) > 0:  # the end is nearer
            return list(keys.reverse()[max(0, self.count - stop) : self.count - start])[::-1]
        return list(keys[start:stop])


class LongListMixin(SortMixin):
    """A list of tens of thousands; a page that does not exist shows the nearest that does."""

    def shown_rows(self) -> QuerySet:
        """The rows of the list with what their lines on the page need."""
        return self.rows(self.model)

    def get_paginator(self, queryset, per_page, **kwargs):
        return KeyPaginator(queryset, per_page, rows=self.shown_rows())

    def paginate_queryset(self, queryset, page_size):
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get(self.page_kwarg))
        return page.paginator, page, page.object_list, page.has_other_pages()


class WorkbookView(View):
    """The rows of a list as xlsx. Goes before the mixin that gives the list its queryset."""

    sheet_title: str
    file_name: str

    def columns(self) -> Columns:
        """Heading and cell of each column, in their order."""
        return ()

    def rows_to_write(self) -> Iterable[object]:
        return self.get_queryset().iterator(chunk_size=2000)

    def get(self, request, *args, **kwargs):
        headings, cells = zip(*self.columns(), strict=True)
        rows = ([cell(row) for cell in cells] for row in self.rows_to_write())
        content = write_workbook({str(self.sheet_title): (headings, rows)})
        return xlsx_response(content, str(self.file_name))
