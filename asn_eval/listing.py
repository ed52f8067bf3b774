"""What the list pages share: an order kept in the address, and the same rows as a workbook.

A view names ``orderings``: {word in the address: fields}. ``?urut=nama`` sorts by it, ``?urut=-nama`` the other
way round; a word that is not known sorts as usual. ``{% sort_header %}`` writes the heading of such a column.
"""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from django.views.generic import View

from asn_eval.exports import write_workbook, xlsx_response

SORT_PARAMETER = "urut"
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
