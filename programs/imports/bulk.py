"""Very many rows at once: COPY where the database is PostgreSQL, portions elsewhere. Runs inside a transaction."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal

from django.db import connection, models
from django.db.models import F, Func, QuerySet, Value
from django.utils import timezone

ROWS_PER_STATEMENT = 500
# Well under the number of parameters that any database takes in one statement.
KEYS_PER_QUERY = 5_000
ROWS_PER_BLOCK = 5_000
SPECIAL = re.compile(r"[\\\t\n\r]")
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
Told = Callable[[int], None]


def matching(rows: QuerySet, column: str, keys: Sequence[object]) -> Iterator[QuerySet]:
    """``rows`` whose column holds one of the keys, as querysets to read one after the other."""
    if connection.vendor == "postgresql":
        if keys:
            # One parameter that is an array: the planner meets a list of any length in one step.
            yield rows.filter(
                Func(
                    F(column),
                    Value(list(keys)),
                    template="%(expressions)s)",
                    arg_joiner=" = ANY(",
                    output_field=models.BooleanField(),
                )
            )
        return
    for start in range(0, len(keys), KEYS_PER_QUERY):
        yield rows.filter(**{f"{column}__in": keys[start : start + KEYS_PER_QUERY]})


def insert_rows(
    model: type[models.Model], columns: Mapping[str, list], constants: Mapping[str, object], told: Told
) -> list[int]:
    """Store rows given column by column, with the ``constants`` in each; return their keys in the same order.

    Columns not named get their default. ``told`` is called with the number of rows written since the last time.
    """
    count = len(next(iter(columns.values())))
    if not count:
        return []
    if connection.vendor == "postgresql":
        return _copy_rows(model, columns, constants, count, told)
    made: list[int] = []
    for start in range(0, count, ROWS_PER_STATEMENT):
        portion = zip(*(values[start : start + ROWS_PER_STATEMENT] for values in columns.values()), strict=True)
        objects = [model(**constants, **dict(zip(columns, row, strict=True))) for row in portion]
        made += [each.pk for each in model.objects.bulk_create(objects)]
        told(len(objects))
    return made


def _copy_rows(
    model: type[models.Model],
    columns: Mapping[str, list],
    constants: Mapping[str, object],
    count: int,
    told: Told,
) -> list[int]:
    keys = _reserve_keys(model, count)
    defaults = {
        field.attname: timezone.now() if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        else field.get_default()
        for field in model._meta.concrete_fields
        if field.attname not in (*columns, *constants) and not field.primary_key and not field.generated
    }  # fmt: skip
    rest = {**constants, **defaults}
    quote = connection.ops.quote_name
    attnames = [model._meta.pk.attname, *columns, *rest]
    names = ", ".join(quote(model._meta.get_field(name).column) for name in attnames)
    texts = [copy_texts(values) for values in (keys, *columns.values())]
    # What all rows have in common ends each of them.
    end = "".join(f"\t{copy_text(value)}" for value in rest.values()) + "\n"
    statement = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor:
        # Foreign keys are checked row by row. By its index even a small table answers twice as fast; PostgreSQL
        # would read it from end to end, for it takes the index to be on a slow disk.
        cursor.execute("SET LOCAL random_page_cost = 1")
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for start in range(0, count, ROWS_PER_BLOCK):
            lines = [
                *map("\t".join, zip(*(column[start : start + ROWS_PER_BLOCK] for column in texts), strict=True))
            ]
            copy.write(end.join(lines) + end)
            told(len(lines))
    return keys


def copy_texts(values: list) -> list[str]:
    """A column as the text format of COPY has it; each different value is written once where that is less work."""
    types = {*map(type, values)}
    if types == {str}:
        return [*map(escaped, values)] if SPECIAL.search("".join(values)) else values
    if types == {int}:
        return [*map(str, values)]
    written = {value: copy_text(value) for value in {*values}}
    return [written[value] for value in values]


def copy_text(value: object) -> str:
    """One value as the text format of COPY has it."""
    match value:
        case None:
            return r"\N"
        case bool():
            return "t" if value else "f"
        case date() | time():
            return value.isoformat()
        case str():
            return escaped(str(value))
        case int() | float() | Decimal():
            return str(value)
    raise TypeError(type(value))


def escaped(text: str) -> str:
    """A text without what would end its column or its row."""
    return text.translate(ESCAPES)


def _reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """Keys from the table's own sequence, so that nobody else is given one of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [model._meta.db_table, model._meta.pk.column])
        (sequence,) = cursor.fetchone()
        cursor.execute("SELECT array_agg(nextval(%s::regclass)) FROM generate_series(1, %s)", [sequence, count])
        return cursor.fetchone()[0]


def update_rows(rows: QuerySet, changed: Mapping[object, Mapping[str, tuple[object, object]]], told: Told) -> None:
    """Write the second of each pair of values, and raise the revision of the row: who has it open notices."""
    model = rows.model
    has_revision = any(field.name == "revision" for field in model._meta.concrete_fields)
    by_fields: dict[tuple[str, ...], list[object]] = {}
    for key, values in changed.items():
        by_fields.setdefault(tuple(sorted(values)), []).append(key)
    for names, keys in by_fields.items():
        for portion in _portions(keys):
            objects = [_with_values(model, key, changed[key]) for key in portion]
            if has_revision:
                for each in objects:
                    each.revision, each.updated_at = F("revision") + 1, timezone.now()
            extra = ["revision", "updated_at"] if has_revision else []
            rows.bulk_update(objects, [model._meta.get_field(name).name for name in names] + extra)
            told(len(portion))


def _with_values(
    model: type[models.Model], key: object, values: Mapping[str, tuple[object, object]]
) -> models.Model:
    row = model(pk=key)
    for name, (_old, new) in values.items():
        setattr(row, name, new)
    return row


def _portions(keys: Iterable[object]) -> Iterator[list[object]]:
    keys = list(keys)
    for start in range(0, len(keys), ROWS_PER_STATEMENT):
        yield keys[start : start + ROWS_PER_STATEMENT]
