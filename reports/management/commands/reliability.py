from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from asn_eval.tables import Table
from reports.inspection.command import InspectionCommand, check_order, option_number
from reports.inspection.reliability import Scale, inspect_reliability


class Command(InspectionCommand):
    help = _("Menghitung reliabilitas sebuah skala dari berkas jawaban dan mencetaknya sebagai JSON.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--scale", nargs=2, metavar=("MIN", "MAX"), help=_("Ujung skala jawaban."))
        parser.add_argument(
            "--reverse",
            nargs="+",
            action="extend",
            default=[],
            metavar="ITEM",
            help=_("Butir yang arahnya terbalik; memerlukan --scale."),
        )

    def inspect(self, table: Table, options: dict[str, object]) -> dict[str, object]:
        return inspect_reliability(table, scale=_scale(options["scale"]), reverse=options["reverse"])


def _scale(ends: list[str] | None) -> Scale | None:
    if ends is None:
        return None
    minimum, maximum = (option_number("--scale", end) for end in ends)
    check_order("--scale", minimum, maximum)
    return Scale(minimum, maximum)
