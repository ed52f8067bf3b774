from django.utils.translation import gettext as _

from asn_eval.tables import Table
from reports.inspection.command import InspectionCommand
from reports.inspection.skm import inspect_skm


class Command(InspectionCommand):
    help = _("Menghitung indeks kepuasan masyarakat (SKM) dari sebuah berkas dan mencetaknya sebagai JSON.")

    def inspect(self, table: Table, options: dict[str, object]) -> dict[str, object]:
        return inspect_skm(table)
