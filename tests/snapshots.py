"""What a builder writes, kept once per process and put back as rows: a hundred saves become one INSERT per table.

A test cannot tell the difference: it has the same rows with the same keys, objects of its own that belong together
as the builder's did, and files of its own. What other tests did with theirs is gone.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from typing import Generic, TypeVar

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

T = TypeVar("T")
Extent = tuple[int, int | None]  # number of rows, highest key


@dataclass(frozen=True)
class Table:
    name: str
    columns: str  # as SQL lists them; without those that the database computes
    width: int
    key: str  # the column whose values the database hands out; "0" where it does not


@dataclass
class Kept:
    foundation: dict[Table, Extent]  # tables that held rows before: what the kept rows may point at
    rows: dict[Table, list[tuple]]
    files: dict[str, bytes]
    answer: bytes  # pickled, so that each test gets objects of its own
    script: str = field(default="")  # every INSERT at once, for a server that takes them so


class Snapshot(Generic[T]):
    """``Snapshot(build)()`` answers what ``build()`` does, and leaves the same rows and files.

    It builds anew where the database is not what it was before the first building: somebody has written to
    the same tables, or a test emptied every table and the content types have other keys since.
    """

    def __init__(self, build: Callable[[], T]):
        self.build = build
        self.kept: Kept | None = None

    def __call__(self) -> T:
        with transaction.atomic():
            if self.kept and self._finds_what_was_before(self.kept):
                put_back(self.kept)
                return pickle.loads(self.kept.answer)  # noqa: S301 - our own bytes
            before, files_before = extents(tables()), set(files())
            answer = self.build()
            grown = [table for table, extent in extents(tables()).items() if extent != before[table]]
            if not any(before[table][0] for table in grown):
                kept_files = {name: content for name, content in files().items() if name not in files_before}
                foundation = {table: extent for table, extent in before.items() if extent[0]}
                rows = {table: rows_of(table) for table in grown}
                self.kept = Kept(foundation, rows, kept_files, pickle.dumps(answer))
            return answer

    def _finds_what_was_before(self, kept: Kept) -> bool:
        expected = kept.foundation | dict.fromkeys(kept.rows, (0, None))
        return extents(tuple(expected)) == expected and not any(map(default_storage.exists, kept.files))


@cache
def tables() -> tuple[Table, ...]:
    quote = connection.ops.quote_name
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            columns = [
                quote(column.column) for column in model._meta.local_concrete_fields if not column.generated
            ]
            key = model._meta.pk
            found.append(
                Table(
                    quote(model._meta.db_table),
                    ", ".join(columns),
                    len(columns),
                    quote(key.column) if isinstance(key, models.AutoField) else "0",
                )
            )
    return tuple(found)


def extents(of: tuple[Table, ...]) -> dict[Table, Extent]:
    """How much each table holds, asked in one query."""
    parts = [
        f"SELECT {place}, count(*), max({table.key}) FROM {table.name}"  # noqa: S608 - names from our models
        for place, table in enumerate(of)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {of[place]: (number, highest) for place, number, highest in cursor.fetchall()}


def rows_of(table: Table) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {table.columns} FROM {table.name}")  # noqa: S608
        # SQLite's driver gives times of day, and takes none.
        return [
            tuple(value.isoformat() if isinstance(value, time) else value for value in row)
            for row in cursor.fetchall()
        ]


def files(folder: str = "") -> dict[str, bytes]:
    if folder and not default_storage.exists(folder):
        return {}
    folders, names = default_storage.listdir(folder)
    found = {}
    for name in names:
        path = f"{folder}{name}"
        with default_storage.open(path) as file:
            found[path] = file.read()
    for name in folders:
        found |= files(f"{folder}{name}/")
    return found


def put_back(kept: Kept) -> None:
    """The rows as they were read, in any order: foreign keys are looked at when the transaction ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One journey to the server instead of one per table.
            kept.script = kept.script or ";".join(
                connection.ops.compose_sql(insertion(table, len(rows)), [value for row in rows for value in row])
                for table, rows in kept.rows.items()
            )
            cursor.execute(kept.script)
        else:
            for table, rows in kept.rows.items():
                cursor.executemany(insertion(table, 1), rows)
    for name, content in kept.files.items():
        default_storage.save(name, ContentFile(content))


def insertion(table: Table, n_rows: int) -> str:
    row = f"({', '.join(['%s'] * table.width)})"
    return f"INSERT INTO {table.name} ({table.columns}) VALUES {', '.join([row] * n_rows)}"  # noqa: S608
