"""What the three inspecting commands share: a file comes in, JSON goes out, errors are one line."""

import json
from abc import ABC, abstractmethod
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from asn_eval.tables import Table, TableError, read_table

from .cells import CellError, to_number
from .columns import InspectionError

EXIT_UNREADABLE = 2


class InspectionCommand(BaseCommand, ABC):
    """Reads FILE, prints the object that `inspect` returns; needs no database.

    Exit code 0 when the file could be read, 2 with one line on standard error when not.
    """

    requires_system_checks = []
    header_hint: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help=_("Berkas CSV atau Excel."))

    def handle(self, *args: object, **options: object) -> None:
        try:
            table = read_table(options["file"], header_hint=self.header_hint)
            result = self.inspect(table, options)
        except (TableError, InspectionError) as error:
            raise CommandError(str(error), returncode=EXIT_UNREADABLE) from error
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False, default=asdict))

    @abstractmethod
    def inspect(self, table: Table, options: dict[str, object]) -> dict[str, object]:
        """Return what is printed, from the table and the command's options; problems may be dataclasses."""


def option_number(option: str, text: str | None) -> float | None:
    """Return the number given to an option, None when it was not given.

    Raises `InspectionError` for anything that is not a number.
    """
    if text is None:
        return None
    try:
        number = to_number(text)
    except CellError:
        number = None
    if number is None:
        raise InspectionError(
            _("Nilai %(option)s harus berupa angka, bukan “%(text)s”.") % {"option": option, "text": text}
        )
    return number


def check_order(options: str, minimum: float | None, maximum: float | None) -> None:
    """Raise `InspectionError` when the minimum given to options is not below the maximum."""
    if minimum is not None and maximum is not None and minimum >= maximum:
        raise InspectionError(
            _("%(options)s: batas bawah harus lebih kecil dari batas atas.") % {"options": options}
        )
