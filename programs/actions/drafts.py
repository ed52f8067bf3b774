"""A read roster kept on the server between its preview and its saving; never in a cookie or a page."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from programs.grades import grades
from programs.models import Program, RosterDraft
from programs.nip import EmploymentStatus, parse_nip
from programs.roster import Group, Problem, Roster, RosterRow

TEXTS = ("name", "position", "unit", "email", "phone", "superior", "code")


@transaction.atomic
def keep_draft(
    *, program: Program, user, file_name: str, roster: Roster, notes: Sequence[str], now: datetime
) -> RosterDraft:
    """Store what a file held and remove every draft, of whomever, that has passed its time."""
    RosterDraft.objects.unscoped("personal data that nobody saved expires everywhere").expired(now).delete()
    draft = RosterDraft(
        program=program,
        created_by=user,
        file_name=file_name[-200:],
        content={
            "rows": [_pack_row(row) for row in roster.rows],
            "problems": [_pack_problem(problem) for problem in roster.problems],
            "warnings": [_pack_problem(problem) for problem in roster.warnings],
            "unknown_columns": [name.replace("\0", "") for name in roster.unknown_columns],
            "missing_columns": roster.missing_columns,
            "notes": notes,
        },
    )
    draft.save()
    return draft


def open_draft(draft: RosterDraft, *, today: date) -> tuple[Roster, tuple[str, ...]]:
    """Return the roster in a draft as it was read from the file, and the notes on how it was read."""
    content = draft.content
    roster = Roster(
        rows=tuple(_unpack_row(packed, today) for packed in content["rows"]),
        problems=tuple(Problem(**packed) for packed in content["problems"]),
        warnings=tuple(Problem(**packed) for packed in content["warnings"]),
        unknown_columns=tuple(content["unknown_columns"]),
        missing_columns=tuple(content["missing_columns"]),
    )
    return roster, tuple(content["notes"])


def _pack_row(row: RosterRow) -> list[object]:
    grade = row.grade and [row.grade.status, row.grade.code]
    return [row.number, row.nip.digits, grade, row.group, *(getattr(row, name) for name in TEXTS)]


def _unpack_row(packed: list, today: date) -> RosterRow:
    number, nip, grade, group, *texts = packed
    return RosterRow(
        number=number,
        nip=parse_nip(nip, today=today),
        grade=grade and grades()[EmploymentStatus(grade[0]), grade[1]],
        group=Group(group),
        **dict(zip(TEXTS, texts, strict=True)),
    )


def _pack_problem(problem: Problem) -> dict[str, object]:
    packed = asdict(problem)
    # PostgreSQL keeps no NUL in text.
    return packed | {"value": problem.value.replace("\0", ""), "column": problem.column.replace("\0", "")}
