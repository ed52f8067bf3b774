from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asn_eval.accounts.models import User
from asn_eval.scoping import ScopedModel
from asn_eval.tables import TableError
from asn_eval.views import key_in
from programs.actions.imports import ImportRefused, carry_out, reach_of
from programs.actions.programs import lock_program
from programs.imports.columns import missing_error
from programs.imports.engine import Reach
from programs.imports.entities.participants import ParticipantsImporter
from programs.imports.plans import Plan
from programs.imports.sheets import Sheet, make_sheet, read_file
from programs.models import Program

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
        user = _find_user(as_user) if as_user else None
        programs = Program.objects.visible_to(user) if user else Program.objects.unscoped(REASON)
        try:
            with transaction.atomic():
                found = lock_program(_find_program(programs, program))
                reach = replace(reach_of(user, found) if user else _whole_reach(found), locks=True)
                importer = ParticipantsImporter(reach)
                sheet = _read(file)
                plan = carry_out(importer, sheet, job=None, valid_only=valid_only)
        except TableError as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        except ImportRefused as refusal:
            self.report(refusal.plan, ())
            raise CommandError(_("Belum ada yang disimpan."), returncode=REFUSED) from refusal
        except IntegrityError as error:
            message = _("Data berubah pada saat disimpan; belum ada yang disimpan. Jalankan sekali lagi.")
            raise CommandError(message, returncode=REFUSED) from error
        self.report(plan, sheet.table.notes)

    def report(self, plan: Plan, notes: tuple[str, ...]) -> None:
        for problem in plan.problems:
            self.stdout.write(
                _("baris %(row)s, kolom %(column)s: %(message)s")
                % {"row": problem.row, "column": problem.column, "message": problem.message}
            )
        for note in (*notes, *plan.notes):
            self.stdout.write(note)
        words = {"new": _("baru"), "changed": _("berubah"), "same": _("tetap"), "refused": _("ditolak")}
        for name, number in plan.counts.items():
            self.stdout.write(f"{words[name]}: {number}")


def _read(file: str) -> Sheet:
    """The participants in a file; columns that nobody knows are not read, for there is nobody to ask."""
    columns = ParticipantsImporter.columns
    table = read_file(file, filename=Path(file).name, columns=columns)
    sheet = make_sheet(table, columns)
    if sheet.matching.missing:
        raise missing_error(sheet.matching, table.header, table.header_number)
    return sheet


def _find_user(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).select_related("office").first()
    if user is None or not user.has_perm("programs.import_rows"):
        message = _("Tidak ada pengguna aktif “%(name)s” yang boleh mengimpor data.") % {"name": username}
        raise CommandError(message, returncode=UNREADABLE)
    return user


def _whole_reach(program: Program) -> Reach:
    def rows(model):
        manager = model._default_manager
        return manager.unscoped(REASON) if issubclass(model, ScopedModel) else manager.all()

    return Reach(rows=rows, today=timezone.localdate(), program=program, regions=(program.region,))


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
