"""The PDF report of one evaluation into a file, for the administrator of this machine."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from asn_eval.views import key_in
from evaluations.models import Evaluation


class Command(BaseCommand):
    help = "Write the PDF report of one evaluation, named by its number or its exact title."

    def add_arguments(self, parser):
        parser.add_argument("evaluation", metavar="EVALUATION", help="number or exact title of the evaluation")
        parser.add_argument("--output", required=True, metavar="FILE.pdf", type=Path)

    def handle(self, *, evaluation, output, **options):
        found = find_evaluation(evaluation)
        # Slow libraries wait until there is something to draw.
        from reports.assembly import assemble
        from reports.documents.pdf import render_pdf

        document = render_pdf(assemble(found, generated_at=timezone.now()))
        try:
            output.write_bytes(document)
        except OSError as error:
            raise CommandError(f"{output} tidak dapat ditulis: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"{output}: {found.title}, {len(document)} byte")


def find_evaluation(name: str) -> Evaluation:
    """The evaluation with this number or title. Raises ``CommandError`` (exit 2) for none or several."""
    evaluations = Evaluation.objects.unscoped("the administrator of this machine reports on any region")
    by_name = evaluations.filter(title=name)
    if number := key_in(name):
        by_name = by_name | evaluations.filter(pk=number)
    found = list(by_name.select_related("program__region", "program__organizer")[:2])
    if not found:
        raise CommandError(f"Evaluasi “{name}” tidak ditemukan.", returncode=2)
    if len(found) > 1:
        raise CommandError(f"Ada beberapa evaluasi bernama “{name}”; sebutkan nomornya.", returncode=2)
    return found[0]
