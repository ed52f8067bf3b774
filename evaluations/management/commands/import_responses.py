"""Import answers from a file, as the page does. For the administrator of this machine, who sees every region."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from asn_eval.tables import TableError
from asn_eval.views import key_in
from evaluations.actions.imports import MAX_BYTES, ImportRefused, import_answers, read_answer_file
from evaluations.answer_sheet import SheetProblem
from evaluations.models import Evaluation, Survey
from evaluations.questionnaire import today_at

REFUSED, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = "Import answers into the surveys of an evaluation. Exit: 0 saved, 1 refused, 2 unreadable or unknown."

    def add_arguments(self, parser):
        parser.add_argument("evaluation", help="number or exact title")
        parser.add_argument("file", type=Path)
        parser.add_argument("--instrument", help="key of the instrument, where the evaluation uses several")
        parser.add_argument("--wave", choices=Survey.Wave.values, help="for rows that name no wave")
        parser.add_argument("--group", choices=Survey.Group.values)
        parser.add_argument("--valid-only", action="store_true", help="leave out rows with problems")

    def handle(self, *, evaluation, file, instrument, wave, group, valid_only, **options):
        surveys = self._surveys(self._evaluation(evaluation), instrument, group)
        survey = next((each for each in surveys if each.wave == wave), surveys[0])
        if len(surveys) == 1:
            wave = wave or survey.wave
        try:
            sheet = read_answer_file(survey=survey, content=self._content(file), file_name=file.name)
        except TableError as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        try:
            plan = import_answers(
                survey=survey, sheet=sheet, today=today_at(survey), wave=wave, valid_only=valid_only
            )
        except ImportRefused as refused:
            self._print_problems(refused.plan.problems)
            raise CommandError(_("Tidak ada yang disimpan."), returncode=REFUSED) from refused
        self._print_problems(plan.problems)
        for note in plan.notes:
            self.stdout.write(note)
        self.stdout.write(
            _("%(new)s jawaban disimpan, %(same)s sudah ada sebelumnya, %(problems)s masalah dilewati.")
            % {"new": len(plan.planned), "same": plan.same, "problems": len(plan.problems)}
        )

    def _evaluation(self, name: str) -> Evaluation:
        evaluations = Evaluation.objects.unscoped("the administrator of this machine names the evaluation")
        found = list(evaluations.filter(title=name)[:2])
        if not found:
            found = list(evaluations.filter(pk=key_in(name)))
        if len(found) != 1:
            problem = _("Ada beberapa evaluasi") if found else _("Tidak ada evaluasi")
            raise CommandError(
                _("%(problem)s dengan judul atau nomor “%(name)s”.") % {"problem": problem, "name": name},
                returncode=UNREADABLE,
            )
        return found[0]

    def _surveys(self, evaluation: Evaluation, instrument: str | None, group: str | None) -> list[Survey]:
        """The waves of the one instrument and group that the arguments leave. One that is not there is exit 2."""
        surveys = evaluation.surveys.select_related("version__instrument")
        if instrument:
            surveys = surveys.filter(version__instrument__key=instrument)
        if group:
            surveys = surveys.filter(group=group)
        surveys = list(surveys)
        kinds = {(survey.version_id, survey.group) for survey in surveys}
        if len(kinds) == 1:
            return surveys
        if not kinds:
            raise CommandError(_("Evaluasi ini tidak mempunyai survei yang diminta."), returncode=UNREADABLE)
        keys = ", ".join(sorted({f"{each.version.instrument.key} ({each.group})" for each in surveys}))
        raise CommandError(
            _("Evaluasi ini mempunyai beberapa survei; pilih dengan --instrument dan --group: %(keys)s.")
            % {"keys": keys},
            returncode=UNREADABLE,
        )

    def _content(self, file: Path) -> bytes:
        try:
            with file.open("rb") as opened:
                return opened.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(
                _("Berkas %(name)s tidak dapat dibuka; periksa nama, letak dan izinnya.") % {"name": file},
                returncode=UNREADABLE,
            ) from error

    def _print_problems(self, problems: tuple[SheetProblem, ...]) -> None:
        for problem in problems:
            where = _("seluruh berkas") if problem.row is None else _("baris %(row)s") % {"row": problem.row}
            parts = [where, problem.column, problem.value, problem.message]
            self.stderr.write(": ".join(part for part in parts if part))
