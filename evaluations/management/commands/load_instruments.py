from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from evaluations.actions.instruments import load_instrument_file, ready_instrument_files
from evaluations.definitions import DefinitionError


class Command(BaseCommand):
    help = "Load the ready instruments, or the given definition files. Running it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="further definitions (JSON)")

    def handle(self, *args, files, **options):
        failed = False
        for path in files or ready_instrument_files():
            try:
                definition, outcome = load_instrument_file(path=path)
            except (DefinitionError, ValidationError, OSError, UnicodeDecodeError) as error:
                failed = True
                for problem in problems_of(error):
                    self.stderr.write(f"{path.name}: {problem}")
            else:
                self.stdout.write(f"{definition.key} v{definition.number}: {outcome.value}")
        if failed:
            raise CommandError("tidak semua berkas dimuat", returncode=2)


def problems_of(error: Exception) -> list[str]:
    """One line per problem, whatever went wrong."""
    if isinstance(error, DefinitionError):
        return error.problems
    if isinstance(error, ValidationError):
        return error.messages
    return [str(error)]
