from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from asn_eval.tables import TableError
from asn_eval.views import key_in
from programs.actions.roster_import import RosterChanged, RosterRefused, import_roster
from programs.actions.roster_plan import Outcome, RosterPlan
from programs.models import Agency, Person, Program
from programs.roster_file import read_roster_file

REFUSED, UNREADABLE = 1, 2
REASON = "run by the administrator of this machine, on behalf of nobody"


class Command(BaseCommand):
    help = (
        "Import the participants in FILE into PROGRAM, as the page does. Exit 0: saved; 1: refused because of "
        "problems, nothing saved; 2: the file, the program or the user is not to be found or read."
    )

    def add_arguments(self, parser):
        parser.add_argument("program", metavar="PROGRAM", help="number or exact name")
        parser.add_argument("file", metavar="FILE", help="xlsx, xls, ods or csv")
        parser.add_argument("--valid-only", action="store_true", help="save the rows without problems")
        parser.add_argument("--as-user", metavar="USERNAME", help="see and change only what this user may")

    def handle(self, *, program, file, valid_only, as_user, **options):
        program_rows, people, agencies = (_reach(model, as_user) for model in (Program, Person, Agency))
        try:
            roster, notes = read_roster_file(file, filename=Path(file).name, today=timezone.localdate())
            plan = import_roster(
                program=_find_program(program_rows, program),
                roster=roster,
                people=people,
                agencies=agencies,
                valid_only=valid_only,
            )
        except TableError as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        except RosterRefused as refusal:
            self.report(refusal.plan, ())
            raise CommandError(_("Belum ada yang disimpan."), returncode=REFUSED) from refusal
        except RosterChanged as error:
            message = _("Data berubah pada saat disimpan; belum ada yang disimpan. Jalankan sekali lagi.")
            raise CommandError(message, returncode=REFUSED) from error
        self.report(plan, notes)

    def report(self, plan: RosterPlan, notes: tuple[str, ...]) -> None:
        for problem in plan.problems:
            self.stdout.write(
                _("baris %(row)s, kolom %(column)s: %(message)s")
                % {"row": problem.row, "column": problem.column, "message": problem.message}
            )
        for note in (*notes, *plan.notes):
            self.stdout.write(note)
        for outcome in Outcome:
            self.stdout.write(f"{outcome}: {len(plan.with_outcome(outcome))}")
        self.stdout.write(_("ditolak: %(count)s") % {"count": plan.n_rejected})


def _reach(model, username: str | None):
    if username is None:
        return model.objects.unscoped(REASON)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.has_perm("programs.add_enrollment"):
        message = _("Tidak ada pengguna aktif “%(name)s” yang boleh mendaftarkan peserta.") % {"name": username}
        raise CommandError(message, returncode=UNREADABLE)
    return model.objects.visible_to(user)


def _find_program(programs, wanted: str) -> Program:
    programs = programs.select_related("region", "organizer")
    found = list(programs.filter(pk=key_in(wanted))) or list(programs.filter(name=wanted)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        message = _("Ada beberapa program bernama “%(name)s”; sebutkan nomornya.")
    else:
        message = _("Program “%(name)s” tidak ditemukan.")
    raise CommandError(message % {"name": wanted}, returncode=UNREADABLE)
