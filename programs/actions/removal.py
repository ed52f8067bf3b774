"""A program that was only planned may go again, with everything that was planned in it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.actions.activities import forget_files
from programs.models import Program

REMOVABLE_STATES = (Program.State.DRAFT, Program.State.PLANNED)


def reasons_to_stay(program: Program) -> list[str]:
    """Why the program has to stay, in words; empty when nothing but its own parts hangs on it."""
    found = []
    if program.state not in REMOVABLE_STATES:
        found.append(
            _(
                "pelaksanaan program: statusnya “%(state)s”, dan hanya program berstatus Draf atau Direncanakan "
                "yang dapat dihapus"
            )
            % {"state": program.get_state_display()}
        )
    people = program.enrollments.count()
    if people:
        found.append(
            ngettext("%(count)s orang yang terdaftar", "%(count)s orang yang terdaftar", people)
            % {"count": people}
        )
    return [*found, *(_("evaluasi “%(title)s”") % {"title": row} for row in program.evaluations.all())]


def forget_files_of(*, program: Program) -> None:
    """Once the program is gone, so are its materials and uploaded tables; the database knows only their names."""
    for activity in program.activities.prefetch_related("materials"):
        forget_files(material.file for material in activity.materials.all())
    forget_files(job.file for job in program.import_jobs.exclude(file=""))
