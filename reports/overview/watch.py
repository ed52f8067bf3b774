"""A list of the home page: which rows, who may read them, what its lines say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from reports.overview.lines import Block, Line


@dataclass(frozen=True)
class WatchList:
    key: str  # stands in the address
    title: str
    permission: str
    rows: Callable[[object, date], QuerySet]  # of a user, on a day
    line: Callable[[object, object, date], Line]  # of a row, for a user, on a day
    empty: str
    page: str = "overview_list"  # where all of it stands: its own page, or a list that filters the same rows
    query: str = ""

    @property
    def more_url(self) -> str:
        if self.page == "overview_list":
            return reverse(self.page, args=[self.key])
        return f"{reverse(self.page)}?{self.query}"

    def block(self, user, today: date, limit: int) -> Block:
        rows = self.rows(user, today)
        shown = list(rows[:limit])
        return Block(
            key=self.key,
            title=self.title,
            lines=[self.line(row, user, today) for row in shown],
            total=rows.count(),
            empty=self.empty,
            more_url=self.more_url,
        )
