"""A program that was only planned may go again, with everything that was planned in it."""

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import models, router, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.actions.programs import lock_program
from programs.models import Program

REMOVABLE_STATES = (Program.State.DRAFT, Program.State.PLANNED)
NAMES_SHOWN = 10


class RemovalRefused(Exception):
    """Something rests on the program; ``held_by`` says what."""

    def __init__(self, held_by: list[str]):
        super().__init__("; ".join(held_by))
        self.held_by = held_by


class RemovalNotAgreed(Exception):
    """More would go along than somebody agreed to."""


@dataclass(frozen=True)
class Companions:
    """The rows of one kind that would go along."""

    kind: str
    names: tuple[str, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.names)


def holders(program: Program) -> list[str]:
    """Why the program has to stay; empty when it may go."""
    found = []
    if program.state not in REMOVABLE_STATES:
        found.append(
            _("statusnya “%(state)s”; hanya program berstatus Draf atau Direncanakan yang dapat dihapus")
            % {"state": program.get_state_display()}
        )
    people = program.enrollments.count()
    if people:
        found.append(
            ngettext("%(count)s orang yang terdaftar", "%(count)s orang yang terdaftar", people)
            % {"count": people}
        )
    found += [_("evaluasi “%(title)s”") % {"title": row} for row in program.evaluations.all()]
    return found


def companions(program: Program) -> list[Companions]:
    """What would go along with a program that may go. Raises ``RemovalRefused`` for rows that must not."""
    collector = Collector(using=router.db_for_write(Program), origin=program)
    try:
        collector.collect([program])
    except (ProtectedError, RestrictedError) as error:
        rows = getattr(error, "protected_objects", None) or error.restricted_objects
        raise RemovalRefused(sorted(f"{row._meta.verbose_name}: {row}" for row in rows)) from error
    rows_of: dict[type[models.Model], list[str]] = {}
    for model, rows in collector.data.items():
        if model is not Program:
            rows_of.setdefault(model, []).extend(map(str, rows))
    for rows in collector.fast_deletes:
        if names := [str(row) for row in rows]:
            rows_of.setdefault(rows.model, []).extend(names)
    return [
        Companions(str(model._meta.verbose_name), tuple(sorted(names)[:NAMES_SHOWN]), len(names))
        for model, names in rows_of.items()
    ]


def number_of(parts: list[Companions]) -> int:
    return sum(part.count for part in parts)


@transaction.atomic
def delete_program(*, program: Program, agreed: int) -> None:
    """Delete a program with its parts. ``agreed`` is how many parts somebody saw listed and agreed to lose.

    Raises ``RemovalRefused`` or ``RemovalNotAgreed``.
    """
    program = lock_program(program)
    held_by = holders(program)
    if held_by:
        raise RemovalRefused(held_by)
    if number_of(companions(program)) != agreed:
        raise RemovalNotAgreed
    files = _files_of(program)
    program.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in files])


def _files_of(program: Program) -> list[str]:
    """Materials and uploaded tables; the database knows only their names."""
    materials = program.activities.filter(materials__isnull=False).values_list("materials__file", flat=True)
    return [*materials, *program.import_jobs.exclude(file="").values_list("file", flat=True)]
