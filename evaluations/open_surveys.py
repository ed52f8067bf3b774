"""The way from a link to its survey, as short as it can be: hundreds open theirs in the same minute.

The ORM takes longer to write this SQL than the database to answer it, so it writes it once and it is kept. Who has
answered is read anew each time. What decides for everybody (state, dates, consent, the items' stamp) may be as old
as ``settings.SURVEY_STATE_SECONDS``; the names of office, program and instrument a minute.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.utils.html import escape

from evaluations.models import Invitation, SavedAnswers, Survey

REASON = "the token itself is the right to this row"
PARTS = ("version__instrument", "evaluation__program__organizer", "consent")
ANY = "-"  # stands in kept SQL where the token goes
KEEP_SECONDS = 60
MOST_KEPT = 500
SURVEY_COLUMNS = ("pk", "state", "opens_on", "closes_on", "consent_id", "version__stamp")
OWN_COLUMNS = ("pk", "enrollment_id", "respondent_id", "is_answered", "closes_on", "has_saved")
NAME_COLUMN = "enrollment__person__name"


@dataclass(frozen=True, slots=True)
class Door:
    """What stands behind a link now; without an invitation where everybody may use it."""

    survey_id: int
    state: str
    opens_on: date
    survey_closes_on: date
    consent_id: int | None
    stamp: str
    invitation_id: int | None = None
    enrollment_id: int | None = None
    respondent_id: int | None = None
    is_answered: bool = False
    closes_on: date | None = None
    has_saved: bool = False
    participant: str = ""


class Shell:
    """A page that is made once, with room for what is one person's own, as bytes that only need to be joined."""

    def __init__(self, html: str, places: Mapping[str, str]):
        parts = re.split(f"({'|'.join(map(re.escape, places.values()))})", html)
        name_of = {mark: name for name, mark in places.items()}
        self.parts = [part.encode() for part in parts[::2]]
        self.names = [name_of[mark] for mark in parts[1::2]]

    def filled(self, own: Mapping[str, str]) -> bytes:
        """The page with ``own`` texts in their places, escaped."""
        texts = {name: escape(own[name]).encode() for name in dict.fromkeys(self.names)}
        pieces = [self.parts[0]]
        for name, part in zip(self.names, self.parts[1:], strict=True):
            pieces += (texts[name], part)
        return b"".join(pieces)


class KeptSurvey:
    """A survey with its parts, and the pages made of it, for a minute."""

    def __init__(self, survey: Survey):
        self.survey = survey
        self.until = time.monotonic() + KEEP_SECONDS
        self.shells: dict[tuple, Shell] = {}

    def fits(self, door: Door) -> bool:
        is_same = (self.survey.version.stamp, self.survey.consent_id) == (door.stamp, door.consent_id)
        return is_same and time.monotonic() < self.until

    def as_of(self, door: Door) -> Survey:
        """The survey with what the door says of it."""
        survey = Survey.__new__(Survey)
        survey.__dict__ = self.survey.__dict__ | {
            "state": door.state,
            "opens_on": door.opens_on,
            "closes_on": door.survey_closes_on,
        }
        return survey


_kept: dict[int, KeptSurvey] = {}
_standings: dict[int, tuple[float, tuple]] = {}


def forget_all() -> None:
    """Read everything anew."""
    _kept.clear()
    _standings.clear()


def personal_door(token: str, *, with_name: bool) -> Door | None:
    """What the link of one person opens; None for a token that nobody has.

    The name of a participant is only read to be shown: two more tables cost as much as all the rest.
    """
    row = _first(_personal_sql(with_name), token)
    if row is None:
        return None
    survey_id, pk, enrollment, respondent, is_answered, closes_on, has_saved, *name = row
    return Door(
        *_standing(survey_id),
        pk,
        enrollment,
        respondent,
        bool(is_answered),
        _as_date(closes_on),
        bool(has_saved),
        name[0] or "" if name else "",
    )


def _standing(survey_id: int) -> tuple:
    """Key, state, dates, consent and stamp of a survey, read anew when they are too old."""
    kept = _standings.get(survey_id)
    now = time.monotonic()
    if kept is None or now >= kept[0]:
        if len(_standings) >= MOST_KEPT:
            _standings.clear()
        row = _read(_first(_standing_sql(), survey_id))
        kept = _standings[survey_id] = now + settings.SURVEY_STATE_SECONDS, row
    return kept[1]


def public_door(token: str) -> Door | None:
    """What the link of a public survey opens."""
    row = _first(_public_sql(), token)
    return None if row is None else Door(*_read(row))


def kept_survey(door: Door) -> KeptSurvey:
    """The survey behind the door with all that its page needs."""
    kept = _kept.get(door.survey_id)
    if kept is None or not kept.fits(door):
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        kept = KeptSurvey(Survey.objects.unscoped(REASON).select_related(*PARTS).get(pk=door.survey_id))
        _kept[door.survey_id] = kept
    return kept


def insert(row: Model) -> None:
    """Insert one row whose values were checked; a key that the database hands out is left to it.

    The same statement each time: ``save()`` takes longer to write it than the database to carry it out.
    """
    sql, fields = _insert_sql(type(row))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    row._state.adding, row._state.db = False, connection.alias


def can_write_at_once() -> bool:
    """Whether several rows are written by one statement, which is a transaction of its own."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block


def write_at_once(rows: Sequence[Model], invitation_id: int) -> None:
    """Insert all of ``rows`` and tick the invitation off, or nothing. One journey to the database instead of six.

    Raises ``IntegrityError``.
    """
    parts, values = [], []
    for number, row in enumerate(rows):
        sql, fields = _insert_sql(type(row))
        parts.append(f"row_{number} AS ({sql})")
        values += [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        row._state.adding, row._state.db = False, connection.alias
    with _cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {_tick_sql()}", [*values, invitation_id])
        row = cursor.fetchone()
    if row and row[0]:
        SavedAnswers.objects.unscoped(REASON).filter(invitation=invitation_id).delete()


def tick_off(invitation_id: int) -> bool:
    """Note that this person has answered; what was saved under way goes. False: there is no such invitation."""
    row = _first(_tick_sql(), invitation_id)
    if row and row[0]:
        SavedAnswers.objects.unscoped(REASON).filter(invitation=invitation_id).delete()
    return row is not None


def _first(sql: str, parameter: object) -> tuple | None:
    with _cursor() as cursor:
        cursor.execute(sql, (parameter,))
        return cursor.fetchone()


def _cursor() -> CursorWrapper:
    """Where a statement is sent. PostgreSQL keeps the plan of one that comes again and again: making it takes
    five times as long as carrying it out. Django's own cursor sends every statement as a new one."""
    if connection.vendor != "postgresql" or connection.queries_logged:  # only Django's own can be logged
        return connection.cursor()
    from psycopg import Cursor

    connection.ensure_connection()
    return connection.make_cursor(Cursor(connection.connection))


def _read(row: tuple) -> tuple:
    pk, state, opens_on, closes_on, consent_id, stamp = row
    return pk, state, _as_date(opens_on), _as_date(closes_on), consent_id, stamp


def _as_date(value: date | str | None) -> date | None:
    """SQLite keeps dates as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _sql(rows: Callable[[], QuerySet]) -> str:
    """The SQL of a queryset with one parameter, as it would be sent."""
    sql, parameters = rows().query.sql_with_params()
    if len(parameters) != 1:
        raise ValueError("a kept statement takes one parameter")
    return sql


@cache
def _personal_sql(with_name: bool) -> str:
    columns = ("survey_id", *OWN_COLUMNS, *([NAME_COLUMN] if with_name else ()))
    invitations = Invitation.objects.unscoped(REASON)
    return _sql(lambda: invitations.filter(**{"token": ANY}).order_by().values_list(*columns))


@cache
def _standing_sql() -> str:
    surveys = Survey.objects.unscoped(REASON)
    return _sql(lambda: surveys.filter(pk=0).order_by().values_list(*SURVEY_COLUMNS))


@cache
def _public_sql() -> str:
    surveys = Survey.objects.unscoped(REASON)
    return _sql(lambda: surveys.filter(**{"public_token": ANY}).order_by().values_list(*SURVEY_COLUMNS))


@cache
def _insert_sql(model: type[Model]) -> tuple[str, list]:
    quote, meta = connection.ops.quote_name, model._meta
    fields = [
        field for field in meta.local_concrete_fields if field is not meta.auto_field and not field.generated
    ]
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks})", fields  # noqa: S608 - our names


@cache
def _tick_sql() -> str:
    quote, meta = connection.ops.quote_name, Invitation._meta
    names = ("id", "is_answered", "next_mail_at", "has_saved")
    pk, is_answered, next_mail_at, has_saved = (quote(meta.get_field(name).column) for name in names)
    return (
        f"UPDATE {quote(meta.db_table)} SET {is_answered} = TRUE, {next_mail_at} = NULL "  # noqa: S608 - our names
        f"WHERE {pk} = %s RETURNING {has_saved}"
    )
