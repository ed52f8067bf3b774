from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from asn_eval.tables import Table
from reports.inspection.command import InspectionCommand, check_order, option_number
from reports.inspection.impact import HEADER_HINT, Limits, inspect_impact


class Command(InspectionCommand):
    help = _("Menghitung perubahan sebelum dan sesudah dari sebuah berkas dan mencetaknya sebagai JSON.")
    header_hint = HEADER_HINT

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--min-score", help=_("Nilai terendah yang mungkin."))
        parser.add_argument("--max-score", help=_("Nilai tertinggi yang mungkin; diperlukan untuk N-gain."))

    def inspect(self, table: Table, options: dict[str, object]) -> dict[str, object]:
        limits = Limits(
            minimum=option_number("--min-score", options["min_score"]),
            maximum=option_number("--max-score", options["max_score"]),
        )
        check_order("--min-score, --max-score", limits.minimum, limits.maximum)
        return inspect_impact(table, limits)
