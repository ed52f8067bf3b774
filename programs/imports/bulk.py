"""Very many rows at once: COPY where the database is PostgreSQL, portions elsewhere. Runs inside a transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.db import connection, models
from django.db.models import F, Func, QuerySet, Value
from django.utils import timezone

ROWS_PER_STATEMENT = 500
# Well under the number of parameters that any database takes in one statement.
KEYS_PER_QUERY = 5_000
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


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Sequence[tuple], told: Told) -> list[int]:
    """Store rows given as values of ``fields`` (column names of the model); return their keys in the same order.

    Columns not named get their default, those named but empty as well where they must not be. ``told`` is called
    with the number of rows written so far.
    """
    if not rows:
        return []
    if connection.vendor == "postgresql":
        return _copy_rows(model, fields, rows, told)
    made: list[int] = []
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        portion = rows[start : start + ROWS_PER_STATEMENT]
        objects = [model(**dict(zip(fields, row, strict=True))) for row in portion]
        made += [each.pk for each in model.objects.bulk_create(objects)]
        told(len(portion))
    return made


def _copy_rows(model: type[models.Model], fields: Sequence[str], rows: Sequence[tuple], told: Told) -> list[int]:
    keys = _reserve_keys(model, len(rows))
    constants = {
        field.attname: timezone.now() if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        else field.get_default()
        for field in model._meta.concrete_fields
        if field.attname not in fields and not field.primary_key and not field.generated
    }  # fmt: skip
    quote = connection.ops.quote_name
    attnames = [model._meta.pk.attname, *fields, *constants]
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in attnames)
    rest = tuple(constants.values())
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for number, (key, row) in enumerate(zip(keys, rows, strict=True), 1):
            copy.write_row((key, *row, *rest))
            if not number % KEYS_PER_QUERY:
                told(KEYS_PER_QUERY)
    told(len(rows) % KEYS_PER_QUERY)
    return keys


def _reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """Keys from the table's own sequence, so that nobody else is given one of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval(pg_get_serial_sequence(%s, %s))) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
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
