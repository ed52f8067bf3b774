"""Pre-test and post-test scores of many participants at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asn_eval.history.bulk import record_changes
from programs.actions.attendance import CellsChanged
from programs.actions.programs import lock_program
from programs.cells import Edit, settle
from programs.models import Enrollment, Program

PRE, POST = "pre", "post"
COLUMNS = {PRE: "pre_score", POST: "post_score"}


def plain(score: Decimal | None) -> str:
    """A score as pages carry it: 80.50 is 80.5, a missing one is nothing."""
    return "" if score is None else f"{score.normalize():f}"


def stored_scores(enrollments: Iterable[Enrollment]) -> dict[tuple[int, str], str]:
    return {
        (enrollment.pk, test): plain(getattr(enrollment, column))
        for enrollment in enrollments
        for test, column in COLUMNS.items()
    }


@transaction.atomic
def record_scores(*, program: Program, edits: Iterable[Edit]) -> int:
    """Write the scores that differ, one entry of history per person, and return how many scores that were.

    The key of an edit is (enrollment, test); an empty score is a missing one, never a zero. Raises
    ``CellsChanged`` when somebody else was faster, ``ValidationError`` for what is no score of this program.
    """
    program = lock_program(program)
    edits = [edit for edit in edits if edit.is_touched and edit.key[1] in COLUMNS]
    enrollments = program.enrollments.select_related("person").in_bulk({edit.key[0] for edit in edits})
    edits = [edit for edit in edits if edit.key[0] in enrollments]
    for edit in edits:
        _check(edit.wanted, program)
    settled = settle(edits, stored_scores(enrollments.values()))
    if settled.conflicts:
        raise CellsChanged(settled.conflicts)
    _write(program, enrollments, settled.writes)
    return len(settled.writes)


def _write(program: Program, enrollments: Mapping[int, Enrollment], writes: Mapping[tuple[int, str], str]) -> None:
    """All scores in a few statements, each person's revision raised and told once."""
    changes = defaultdict(dict)
    for (key, test), score in sorted(writes.items()):
        column, new = COLUMNS[test], Decimal(score) if score else None
        changes[key][column] = (getattr(enrollments[key], column), new)
        setattr(enrollments[key], column, new)
    changed = [enrollments[key] for key in changes]
    for enrollment in changed:
        enrollment.revision += 1
        enrollment.updated_at = timezone.now()
    program.enrollments.bulk_update(changed, [*COLUMNS.values(), "revision", "updated_at"])
    record_changes((enrollments[key], each) for key, each in changes.items())


def _check(score: str, program: Program) -> None:
    if score and not 0 <= Decimal(score) <= program.maximum_score:
        raise ValidationError(
            _("Nilai harus antara 0 dan %(maximum)s.") % {"maximum": plain(program.maximum_score)}
        )
