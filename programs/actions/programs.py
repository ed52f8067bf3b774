"""A program on its way through its states."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from programs.models import PROGRAM_TRANSITIONS, Program, StateChange


class MoveRefused(Exception):
    """The program does not go to that state; the message says why, and where it can go."""


def lock_program(program: Program) -> Program:
    """Return the stored program and hold it until the transaction ends, so that others wait their turn."""
    stored = Program.objects.unscoped("the program in hand, read again under lock")
    return stored.select_for_update().get(pk=program.pk)


@transaction.atomic
def move_program(*, program: Program, state: str, by: User, note: str = "", seen: str = "") -> Program:
    """Move a program to ``state``, keep who moved it, and return it.

    ``seen`` is the state that ``by`` saw when deciding; a program that was moved meanwhile stays where it is.
    Raises ``MoveRefused``.
    """
    program = lock_program(program)
    _refuse_unless_open(program, state, seen)
    change = StateChange(program=program, from_state=program.state, to_state=state, moved_by=by, note=note)
    program.state = state
    program.full_clean()
    program.save(update_fields=["state", "updated_at"])
    change.full_clean()
    change.save()
    return program


def _refuse_unless_open(program: Program, state: str, seen: str) -> None:
    if state == program.state or (seen and seen != program.state):
        raise MoveRefused(_was_moved(program))
    if state not in PROGRAM_TRANSITIONS[program.state]:
        raise MoveRefused(
            _("Status program “%(now)s” tidak dapat diubah begitu; yang mungkin: %(possible)s.")
            % {
                "now": program.get_state_display(),
                "possible": ", ".join(str(label) for _state, label in program.next_states),
            }
        )
    if state == Program.State.EVALUATED and not program.evaluations.exists():
        raise MoveRefused(
            _("Program ini belum mempunyai evaluasi. Status “%(state)s” dapat dipilih setelah evaluasinya dibuat.")
            % {"state": Program.State.EVALUATED.label}
        )


def _was_moved(program: Program) -> str:
    """The state that somebody else chose meanwhile, with who and when as far as that is known."""
    values = {"state": program.get_state_display()}
    change = program.state_changes.select_related("moved_by").last()
    if change is None or change.to_state != program.state:
        return _("Status program sudah “%(state)s”. Tidak ada yang diubah.") % values
    values |= {
        "who": change.moved_by or _("pengguna yang sudah dihapus"),
        "when": date_format(localtime(change.moved_at), "j F Y, H.i"),
    }
    return (
        _("Status program sudah “%(state)s”, diubah oleh %(who)s pada %(when)s. Tidak ada yang diubah.") % values
    )


def concerns(program: Program, *, today: date) -> list[str]:
    """What the records do not yet show for the state that the program has come to; nothing after a step back.

    No reason to refuse the move: work goes on before it is written down.
    """
    found = []
    change = program.state_changes.last()
    states = Program.State.values
    if change and states.index(change.to_state) < states.index(change.from_state):
        return found
    if program.state == Program.State.PLANNED and not program.objectives.exists():
        found.append(_("Sasaran program belum dicatat."))
    if program.state == Program.State.RUNNING:
        if program.start_date > today:
            values = {"day": date_format(program.start_date, "DATE_FORMAT")}
            found.append(_("Menurut rencana program baru dimulai pada %(day)s.") % values)
        if not program.activities.exists():
            found.append(_("Kegiatan program belum dicatat."))
        if not program.enrollments.exists():
            found.append(_("Peserta belum didaftarkan."))
    if program.state == Program.State.FINISHED:
        if program.end_date > today:
            values = {"day": date_format(program.end_date, "DATE_FORMAT")}
            found.append(_("Menurut rencana program baru berakhir pada %(day)s.") % values)
        if not program.activities.filter(attendances__isnull=False).exists():
            found.append(_("Kehadiran belum dicatat."))
    return found
